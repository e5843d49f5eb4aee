//! Rules about what pages leave unstated.

super::rules! { Unstated;
TYPE_NOT_DESCRIBED = "type-not-described", Warning {
    meaning: "a type is named and described nowhere",
    explanation: "Where samples show plain values, their type is taken; else the type has no \
                  properties of which anybody knows.",
    help: "add the page that describes the type, or mend its name",
}
NO_SUCCESS_STATUS = "no-success-status", Warning {
    meaning: "only error statuses are documented",
    explanation: "The success response is taken to have no body.",
    help: "the success response is taken to have no body; add its row to the page, or a status \
           under [operation.success] in the dialect",
}
STATUS_NOT_DOCUMENTED = "status-not-documented", Note {
    meaning: "a response body is documented without a status",
    explanation: "200 is taken, because the dialect gives no other success status.",
    help: "say under [operation] in the dialect what the success status is, such as `success = { \
           POST = 201, \"*\" = 200 }`",
}
RESPONSE_ONLY_IN_SAMPLE = "response-only-in-sample", Note {
    meaning: "a sample shows a response that no words document",
    explanation: "The status of the sample is taken, or 200 when it shows none, and the shape of \
                  its body.",
    help: "document the response on the page, or say under [operation] in the dialect what the \
           success status is, such as `success = { POST = 201, \"*\" = 200 }`",
}
REQUEST_BODY_ONLY_IN_SAMPLE = "request-body-only-in-sample", Warning {
    meaning: "a sample request has a body that the page doesn't describe",
    explanation: "The body is taken to be what the sample shows. Parameters of the page may be \
                  properties of it.",
    help: "describe the body on the page, or correct the request in corrections.toml",
}
ALMOST_VALUES = "almost-values", Note {
    meaning: "a description introduces values, but lists none that are understood",
    explanation: "The words stay a description; the value can be anything of its type.",
    help: "if they list values, add how they are written to a [[description]] with `means = \
           \"values\"` in the dialect",
}
COLUMN_MISSING = "column-missing", Warning {
    meaning: "a table of parameters lacks the column of types",
    explanation: "Tables of its kind have one. The table may list something else, such as headers \
                  whose heading is gone; its rows are taken as parameters.",
    help: "add the column or the missing heading to the page, or a [[table]] without the column to \
           the dialect",
}
}
