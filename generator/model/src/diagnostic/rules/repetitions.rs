//! Rules about what pages repeat or misprint, without loss.

super::rules! { Repetitions;
REPEATED_ROW = "repeated-row", Warning {
    meaning: "two rows of one table declare the same parameter, property or status",
    explanation: "The first row is used.",
    help: "remove one of them",
}
TITLE_PATH_MISMATCH = "title-path-mismatch", Warning {
    meaning: "a page's title names another method or path than its code block",
    explanation: "The code block is used. The operation is not affected.",
    help: "fix the title on the page",
}
REPEATED_TYPE = "repeated-type", Note {
    meaning: "a type is described on more than one page",
    explanation: "The properties of all descriptions are combined.",
    help: "describe the type once, or give one of them another name",
}
BODIES_JOINED = "bodies-joined", Note {
    meaning: "a page describes one body twice, in compatible ways",
    explanation: "The properties of both descriptions are combined; a property is required if both \
                  require it.",
    help: "describe the body once",
}
}
