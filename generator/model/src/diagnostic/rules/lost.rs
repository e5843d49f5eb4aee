//! Rules about what is missing from the result although it is on the pages.

super::rules! { Lost;
FACT_LOST = "fact-lost", Warning {
    meaning: "a fact of the pages is not in the model, and nothing says why",
    explanation: "Every fact that pages state is in the model, was overruled by a named rule, or \
                  is reported. This one is none of these, so docwright read it and lost it.",
    help: "this is a gap in docwright; report it with the page, and check what it means for your \
           crate",
}
UNREADABLE_PAGE = "unreadable-page", Warning {
    meaning: "a page cannot be read",
    explanation: "The file is there but cannot be opened or decoded. The other pages are read \
                  without it.",
    help: "make it a readable file of UTF-8 or UTF-16 text",
}
PAGE_NOT_READ = "page-not-read", Warning {
    meaning: "a bug in docwright stopped the reading of a page",
    explanation: "Docwright found something on the page that it was never tested with. The message \
                  says where in its code. The other pages are read without it.",
    help: "please report it, with the page",
}
PAGE_WITHOUT_OPERATION = "page-without-operation", Warning {
    meaning: "a page declares no operation",
    explanation: "No method and path were found on the page, so nothing on it is read. Either \
                  the dialect doesn't know how the page writes them, or the page describes \
                  something else.",
    help: "expected a code block with a method and a path, such as `GET /path`",
}
WORDS_WITHOUT_OPERATION = "words-without-operation", Warning {
    meaning: "words belong to no operation",
    explanation: "Text stands above the first method and path of its section, where the dialect \
                  expects none. It is not read.",
    help: "give the heading above the role `introduction` or `ignored` in the dialect",
}
DUPLICATE_OPERATION = "duplicate-operation", Warning {
    meaning: "a second page declares the same method and path",
    explanation: "One of the pages is used: one that states a uid, then the one that says more, \
                  then the first by its name. What only the other one states is ignored.",
    help: "remove the page that is out of date, or mend its method or path",
}
NESTED_TOO_DEEP = "nested-too-deep", Warning {
    meaning: "properties nest deeper than 32 levels",
    explanation: "A deeper row is read as if it were on the last level, and a name of more parts \
                  as one name.",
    help: "mend the page",
}
BROKEN_TABLE = "broken-table", Warning {
    meaning: "lines look like a table's rows but don't form a table",
    explanation: "A table needs a row of column titles and a row of dashes below it. The rows \
                  are not read.",
    help: "expected a row of column titles, then a row of dashes, each line with the same number \
           of `|`",
}
SURPLUS_CELLS = "surplus-cells", Warning {
    meaning: "a row has more cells than the table has columns",
    explanation: "What stands behind the last column is not read. Most often a bar in the text \
                  is not escaped.",
    help: "expected `\\|` for a bar that belongs to the text",
}
NESTED_TABLE = "nested-table", Warning {
    meaning: "a cell of a table holds a table",
    explanation: "Nothing states what the rows of the inner table are about, so they are not \
                  read.",
    help: "expected the inner table below the outer one",
}
ODD_DELIMITER_ROW = "odd-delimiter-row", Warning {
    meaning: "the row of dashes below a table's titles has too few or too many cells",
    explanation: "On the published page this is no table (GFM, section 4.10). It is read as one.",
    help: "expected as many cells of dashes as there are titles; it is read as a table all the \
           same",
}
WORDS_IN_TABLE = "words-in-table", Note {
    meaning: "a table has a row of words across its whole width, or in its footer",
    explanation: "Such a row declares no parameter or property. Its words are not read.",
    help: "if they describe a parameter or property, give it a row of its own",
}
UNREAD_ELEMENT = "unread-element", Note {
    meaning: "an element of HTML is not read",
    explanation: "Readers of the page see at most a part of what a select, a template or an \
                  iframe holds, so it is not read.",
    help: "if it describes the API, write it as text or as a table",
}
UNREAD_COMPONENT = "unread-component", Note {
    meaning: "the attributes of a component are not read",
    explanation: "The content of the component is read as if the component weren't there.",
    help: "if its attributes describe the API, write them as text or as a table",
}
COMPONENT_ABOVE_HEADING = "component-above-heading", Note {
    meaning: "a component stands right above a heading on a page of Markdown",
    explanation: "CommonMark reads the heading as a part of the HTML above it; MDX doesn't. It is \
                  read as in MDX.",
    help: "put a blank line above the heading",
}
STRUCK_OUT_NAME = "struck-out-name", Note {
    meaning: "the name of a parameter or property is struck out",
    explanation: "Pages strike out what is gone. The row is not read.",
    help: "if it still exists, the page shouldn't strike it out",
}
HIDDEN_CHARACTERS = "hidden-characters", Note {
    meaning: "a page has characters that don't show",
    explanation: "Zero-width characters, soft hyphens, marks of direction and control characters \
                  are no part of any name. They are left out of all text.",
    help: "remove them from the page",
}
ROW_WITHOUT_NAME = "row-without-name", Warning {
    meaning: "the cell for the name is blank",
    explanation: "A row without a name declares nothing. It is not read.",
    help: "expected the name of a parameter or property, or a status code",
}
INVALID_HEADER_NAME = "invalid-header-name", Warning {
    meaning: "a header's name isn't valid",
    explanation: "Header names consist of letters, digits and a few marks (RFC 9110, section \
                  5.1). The row is left out.",
    help: "expected letters, digits and hyphens (RFC 9110, section 5.1); it is left out",
}
UNKNOWN_STATUS = "unknown-status", Warning {
    meaning: "a status code isn't valid",
    explanation: "Status codes are numbers from 100 to 599. The row is not read.",
    help: "expected a number from 100 to 599 (RFC 9110, section 15)",
}
SAMPLE_ALMOST_JSON = "sample-almost-json", Note {
    meaning: "a sample is JSON but for comments, an ellipsis, a comma or quotes",
    explanation: "It is read without them. What an ellipsis stands for is unknown.",
    help: "mend the sample on the page",
}
SAMPLE_NOT_JSON = "sample-not-json", Warning {
    meaning: "a sample is not JSON",
    explanation: "The sample cannot be parsed, so it is no evidence of types, and the generated \
                  crate doesn't test it.",
    help: "mend the sample on the page; until then it is no evidence of types",
}
NOT_EMITTED = "not-emitted", Warning {
    meaning: "an operation, type or property cannot be part of the crate",
    explanation: "HTTP or JSON has no way to write what the pages state, or the crate doesn't \
                  know the media type. The generated crate leaves it out; a body in a media type \
                  that isn't JSON, such as a form, is bytes there.",
    help: "correct it in corrections.toml, or have the page corrected",
}
SAMPLE_WITHOUT_BODY = "sample-without-body", Warning {
    meaning: "a sample has a body where no body is documented",
    explanation: "The page documents no request body, or no response body of the sample's status. \
                  The sample is read but not used: callers can't send or get what it shows.",
    help: "describe the body on the page, or set its type in corrections.toml",
}
SAMPLE_NOT_TESTED = "sample-not-tested", Warning {
    meaning: "the generated crate doesn't test a sample",
    explanation: "The sample is not of its documented type, so a test of it would fail. Either \
                  the sample or the type is wrong.",
    help: "the crate doesn't test it; correct the type in corrections.toml if the sample is right",
}
}
