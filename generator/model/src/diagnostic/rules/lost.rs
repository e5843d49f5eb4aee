//! Rules about what is missing from the result although it is on the pages.

super::rules! { Lost;
FACT_LOST = "fact-lost", Warning {
    meaning: "a fact on a page is missing from the model, without a reason",
    explanation: "Every fact on the pages should be in the model, overruled by a named rule, or \
                  reported. This one isn't: docwright read it and lost it.",
    help: "this is a bug in docwright; please report it with the page, and check what is missing \
           from your crate",
}
UNREADABLE_PAGE = "unreadable-page", Warning {
    meaning: "a page cannot be read",
    explanation: "The file exists but can't be opened or decoded. The other pages are read.",
    help: "make sure that the file is readable and is UTF-8 or UTF-16 text",
}
PAGE_NOT_READ = "page-not-read", Warning {
    meaning: "a bug in docwright stopped the reading of a page",
    explanation: "The page contains something that docwright doesn't handle. The message states \
                  the place in its code. The other pages are read.",
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
    meaning: "text belongs to no operation",
    explanation: "The text is above the first method and path of its section, where the dialect \
                  expects none. It is not read.",
    help: "give the heading above the role `introduction` or `ignored` in the dialect",
}
DUPLICATE_OPERATION = "duplicate-operation", Warning {
    meaning: "a second page declares the same method and path",
    explanation: "One of the pages is used: the one that states a uid, else the one that documents \
                  more, else the first by name. What only the other page states is ignored.",
    help: "remove the outdated page, or fix its method or path",
}
NESTED_TOO_DEEP = "nested-too-deep", Warning {
    meaning: "properties are nested more than 32 levels deep",
    explanation: "Deeper rows are read as rows of the last level, and a name with more parts as a \
                  single name.",
    help: "fix the page",
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
    explanation: "The cells after the last column are not read. Usually a `|` in the text isn't \
                  escaped.",
    help: "write `\\|` for a `|` that belongs to the text",
}
NESTED_TABLE = "nested-table", Warning {
    meaning: "a cell of a table holds a table",
    explanation: "It is unknown what the rows of the inner table describe, so they are not read.",
    help: "move the inner table below the outer one",
}
ODD_DELIMITER_ROW = "odd-delimiter-row", Warning {
    meaning: "the delimiter row of a table has too few or too many cells",
    explanation: "Markdown doesn't render this as a table (GFM, section 4.10). Docwright reads it \
                  as one.",
    help: "expected one cell of dashes per column title; it is read as a table anyway",
}
WORDS_IN_TABLE = "words-in-table", Note {
    meaning: "a table has text in its footer, or in a row that spans all columns",
    explanation: "Such a row declares no parameter or property. Its text is not read.",
    help: "if the text describes a parameter or property, give that its own row",
}
UNREAD_ELEMENT = "unread-element", Note {
    meaning: "an HTML element is not read",
    explanation: "A browser shows at most a part of a select, a template or an iframe, so its \
                  content is not read.",
    help: "if it describes the API, write it as text or as a table",
}
UNREAD_COMPONENT = "unread-component", Note {
    meaning: "the attributes of a component are not read",
    explanation: "The content of the component is read as if the component weren't there.",
    help: "if its attributes describe the API, write them as text or as a table",
}
COMPONENT_ABOVE_HEADING = "component-above-heading", Note {
    meaning: "a component is directly above a heading in Markdown",
    explanation: "In CommonMark the heading is part of the HTML above it; in MDX it isn't. \
                  Docwright reads it as MDX does.",
    help: "put a blank line above the heading",
}
STRUCK_OUT_NAME = "struck-out-name", Note {
    meaning: "the name of a parameter or property is struck out",
    explanation: "Pages strike out what no longer exists. The row is not read.",
    help: "if it still exists, remove the strikethrough on the page",
}
HIDDEN_CHARACTERS = "hidden-characters", Note {
    meaning: "a page has invisible characters",
    explanation: "Zero-width characters, soft hyphens, direction marks and control characters \
                  aren't part of any name. They are left out of all text.",
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
    meaning: "a sample is almost JSON: it has comments, an ellipsis, an extra comma or other \
              quotes",
    explanation: "It is read after small repairs. What an ellipsis stands for is unknown.",
    help: "fix the sample on the page",
}
SAMPLE_NOT_JSON = "sample-not-json", Warning {
    meaning: "a sample is not JSON",
    explanation: "The sample can't be parsed, so it isn't used to infer types, and the generated \
                  crate doesn't test it.",
    help: "fix the sample on the page; until then it isn't used to infer types",
}
COMMAND_DATA_NOT_READ = "command-data-not-read", Warning {
    meaning: "a command line sends data that isn't read",
    explanation: "The command reads its body from a file, or it sends query parameters or the \
                  fields of a form. The parameters and the body of the operation are only known \
                  if tables or sentences list them.",
    help: "list the parameters, or the request body and its media type, on the page",
}
NOT_EMITTED = "not-emitted", Warning {
    meaning: "an operation, type or property cannot be part of the crate",
    explanation: "HTTP or JSON can't express what the pages state, or the crate doesn't support \
                  the media type. The generated crate leaves it out; a body in an unsupported \
                  media type is bytes there.",
    help: "correct it in corrections.toml, or on the page",
}
SAMPLE_WITHOUT_BODY = "sample-without-body", Warning {
    meaning: "a sample has a body where no body is documented",
    explanation: "The page documents no request body, or no response body for the sample's status. \
                  The sample is not used: callers can't send or receive what it shows.",
    help: "describe the body on the page, or set its type in corrections.toml",
}
SAMPLE_NOT_TESTED = "sample-not-tested", Warning {
    meaning: "the generated crate doesn't test a sample",
    explanation: "The sample doesn't match its documented type, so a test with it would fail. \
                  Either the sample or the type is wrong.",
    help: "if the sample is right, correct the type in corrections.toml",
}
}
