//! Rules about words and forms that the dialect doesn't know. What is found is
//! not read, until the dialect knows it or the page is mended.

super::rules! { Vocabulary;
UNKNOWN_TYPE_WORD = "unknown-type-word", Warning {
    meaning: "the dialect doesn't know a type",
    explanation: "A type cell holds words that are neither in the dialect nor the name of a \
                  type. Samples may show the type, else it is any JSON value.",
    help: "expected one of its words or the name of a type; add it to [types] in the dialect, or \
           correct this one in corrections.toml",
}
UNKNOWN_HEADING = "unknown-heading", Warning {
    meaning: "the dialect doesn't know a heading",
    explanation: "What is below the heading is not read.",
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
    explanation: "The other columns of the table are read; the cells of this one are not.",
    help: "its cells are not read; add it to the table's `columns` in the dialect",
}
UNKNOWN_LIST = "unknown-list", Warning {
    meaning: "the dialect doesn't know a list in this section",
    explanation: "Its items are not read.",
    help: "add a [[list]] to the dialect if its items are what the section is about",
}
UNKNOWN_ITEM = "unknown-item", Warning {
    meaning: "an item of a list is written differently from the others",
    explanation: "The item is not read; the others are.",
    help: "add its pattern to the list's `items` in the dialect",
}
UNKNOWN_CODE_BLOCK = "unknown-code-block", Warning {
    meaning: "the dialect doesn't know a code block in this section",
    explanation: "It is not read.",
    help: "add its fence's word to a [[code]] of the dialect",
}
UNKNOWN_REQUIRED_WORD = "unknown-required-word", Warning {
    meaning: "the dialect doesn't know a word in the column for required",
    explanation: "The row is read as not required.",
    help: "add it to `yes` or `no` under [required] in the dialect; read as no",
}
UNKNOWN_LOCATION_WORD = "unknown-location-word", Warning {
    meaning: "the dialect doesn't know the word for where a parameter is sent",
    explanation: "A parameter is sent in the path, the query, a header, a cookie or the body. \
                  Without knowing where, the parameter is left out.",
    help: "add it to a list under [locations] in the dialect",
}
ODD_NAME = "odd-name", Warning {
    meaning: "the name in a row has marks or blanks",
    explanation: "Names on the wire hardly ever have them: the mark states something about the \
                  row, such as that it is optional. The name is used as it is.",
    help: "if the mark means something, add it to `name-yes`, `name-no` or `name-plain` under \
           [required] in the dialect, such as `name-plain = [\"{name} [1]\"]`",
}
}
