//! Rules about words and forms that the dialect doesn't know. They are not read until the
//! dialect knows them or the page is fixed.

super::rules! { Vocabulary;
UNKNOWN_TYPE_WORD = "unknown-type-word", Warning {
    meaning: "the dialect doesn't know a type",
    explanation: "The text of a type cell is neither in the dialect nor the name of a type. \
                  Samples may show the type; otherwise it is any JSON value.",
    help: "expected a word that the dialect knows or the name of a type; add it to [types] in the \
           dialect, or correct this one in corrections.toml",
}
UNKNOWN_HEADING = "unknown-heading", Warning {
    meaning: "the dialect doesn't know a heading",
    explanation: "The content below the heading is not read.",
    help: "add the heading to a [[section]] of the dialect, or give it the role `prose` or \
           `ignored`",
}
UNKNOWN_TABLE = "unknown-table", Warning {
    meaning: "the dialect doesn't know a table with these columns in this section",
    explanation: "Its rows are not read.",
    help: "add a [[table]] to the dialect",
}
UNKNOWN_COLUMN = "unknown-column", Warning {
    meaning: "the dialect doesn't know a column",
    explanation: "The cells of this column are not read; the other columns are.",
    help: "add it to the table's `columns` in the dialect",
}
UNKNOWN_LIST = "unknown-list", Warning {
    meaning: "the dialect doesn't know a list in this section",
    explanation: "Its items are not read.",
    help: "if its items are parameters, properties or values, add a [[list]] to the dialect",
}
UNKNOWN_ITEM = "unknown-item", Warning {
    meaning: "an item of a list is written differently from the others",
    explanation: "The item is not read; the others are.",
    help: "add its pattern to the list's `items` in the dialect",
}
UNKNOWN_CODE_BLOCK = "unknown-code-block", Warning {
    meaning: "the dialect doesn't know a code block in this section",
    explanation: "It is not read.",
    help: "add the language of its fence to the `info` of a [[code]] in the dialect",
}
UNKNOWN_REQUIRED_WORD = "unknown-required-word", Warning {
    meaning: "the dialect doesn't know a word in the `required` column",
    explanation: "The row is read as not required.",
    help: "add it to `yes` or `no` under [required] in the dialect; until then it means no",
}
UNKNOWN_LOCATION_WORD = "unknown-location-word", Warning {
    meaning: "the dialect doesn't know a word in the `location` column",
    explanation: "A parameter is sent in the path, the query, a header, a cookie or the body. It \
                  is unknown where this one is sent, so it is left out.",
    help: "add it to a list under [locations] in the dialect",
}
ODD_NAME = "odd-name", Warning {
    meaning: "the name in a row contains marks or spaces",
    explanation: "Names rarely contain them: most likely the mark states something about the row, \
                  for instance that it is optional. The name is used as it is.",
    help: "if the mark means something, add it to `name-yes`, `name-no` or `name-plain` under \
           [required] in the dialect, such as `name-plain = [\"{name} [1]\"]`",
}
}
