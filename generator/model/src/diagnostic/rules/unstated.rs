//! Rules about what pages leave unstated.

super::rules! { Unstated;
ANY_BODY = "any-body", Warning {
    meaning: "nothing shows what a request or response body holds",
    explanation: "A body is documented, but no heading, table or sample shows its type, so the \
                  generated crate sends or returns any JSON value.",
    help: "describe the body on the page, or set its type in corrections.toml",
}
NO_RESPONSE = "no-response", Warning {
    meaning: "a page documents no response of its operation",
    explanation: "No status, no table and no sample of a response was found. The generated client \
                  accepts every success status and returns nothing.",
    help: "document the response on the page; if the page does, see which of its headings and \
           tables the dialect doesn't know",
}
TYPE_NOT_DESCRIBED = "type-not-described", Warning {
    meaning: "a type is named, but no page describes it",
    explanation: "The type has the properties that samples show, if any; whatever else a value \
                  holds is kept. Where samples show plain values, their type is used.",
    help: "add the page that describes the type, or mend its name",
}
ENUM_WITHOUT_VALUES = "enum-without-values", Note {
    meaning: "samples show values of a named type, but no page lists them",
    explanation: "Samples show plain strings or integers where the type is named, so it is most \
                  likely an enum. Sample values are not a full list, so the plain type is used.",
    help: "add the page that lists its values, or give them in corrections.toml, such as \
           `set = { enum = \"Name\", values = [\"a\", \"b\"] }`",
}
UNKNOWN_ELEMENTS = "unknown-elements", Note {
    meaning: "nothing shows what an array or a map holds",
    explanation: "Pages say that there is an array or an object, and neither they nor samples \
                  show its elements, so these can be any JSON value.",
    help: "name the type of the elements on the page, or set it in corrections.toml",
}
TYPE_WITHOUT_CONTENT = "type-without-content", Note {
    meaning: "the description of a type lists no property and no value",
    explanation: "The type has a heading of its own with only words below it, so it is unknown \
                  what such a value holds. All of it is kept.",
    help: "list the type's properties or values on the page; if the page does, see which of its \
           tables the dialect doesn't know",
}
TYPE_WITHOUT_NAME = "type-without-name", Note {
    meaning: "a table describes a type, but no heading names it",
    explanation: "The table stands under a heading that opens a type, and neither it nor a heading \
                  above names one. Nobody can refer to the type, so it is not in the model.",
    help: "give the heading above that has the name the role `type` in the dialect, such as \
           `headings = [\"The {type} object\"]`",
}
HEADING_WITHOUT_TYPE = "heading-without-type", Note {
    meaning: "the dialect gives a heading the role of a type, but nothing describes one",
    explanation: "The words of the heading can't be a type's name, and no property or value is \
                  listed below it. It is not in the model.",
    help: "make the pattern of types' headings in the dialect narrower, or give the heading another \
           role",
}
NO_SUCCESS_STATUS = "no-success-status", Warning {
    meaning: "only error statuses are documented",
    explanation: "The success response is taken to have no body.",
    help: "add its row to the page, or a status under [operation.success] in the dialect",
}
STATUS_NOT_DOCUMENTED = "status-not-documented", Note {
    meaning: "a response body is documented without a status",
    explanation: "200 is assumed, because the dialect gives no other success status.",
    help: "say under [operation] in the dialect what the success status is, such as `success = { \
           POST = 201, \"*\" = 200 }`",
}
RESPONSE_ONLY_IN_SAMPLE = "response-only-in-sample", Note {
    meaning: "a sample shows a response, but no text documents it",
    explanation: "The response gets the status of the sample, or 200 when it shows none, and the \
                  shape of its body.",
    help: "document the response on the page, or say under [operation] in the dialect what the \
           success status is, such as `success = { POST = 201, \"*\" = 200 }`",
}
REQUEST_BODY_ONLY_IN_SAMPLE = "request-body-only-in-sample", Warning {
    meaning: "a sample request has a body that the page doesn't describe",
    explanation: "The body is taken to be what the sample shows. Parameters of the page may be \
                  properties of it.",
    help: "describe the body on the page, or correct the request in corrections.toml",
}
ENVELOPE_ONLY_IN_SAMPLE = "envelope-only-in-sample", Note {
    meaning: "the text states that a body is a list, but samples show the list inside an object",
    explanation: "The list is assumed to be the property that holds an array in all samples; the \
                  other properties in the samples are beside it.",
    help: "say on the page what the object is, or in the dialect with `envelope`",
}
ALMOST_VALUES = "almost-values", Note {
    meaning: "a description announces values, but docwright understands none",
    explanation: "The words stay a description; the value can be anything of its type.",
    help: "if they list values, add how they are written to a [[description]] with `means = \
           \"values\"` in the dialect",
}
RESPONSE_NOT_READ = "response-not-read", Note {
    meaning: "the text states that something is returned, but not what",
    explanation: "The page documents no response and shows none; a sentence says that there is \
                  one, in words that the dialect doesn't know. The operation has no response body.",
    help: "add the sentence to a [[sentence]] with the role `response-body` in the dialect, or \
           document the response on the page",
}
WORDS_AGAINST_TYPE = "words-against-type", Note {
    meaning: "a description states something that a value of the type can't be or have",
    explanation: "The description states a default, limits, a pattern or values that don't fit the \
                  type in the cell, such as a length of a number, or that have another unit (`at \
                  most 5 minutes`). They stay words of the description.",
    help: "mend the type or the words on the page; an entry in corrections.toml gives the true type",
}
COLUMN_MISSING = "column-missing", Warning {
    meaning: "a table of parameters lacks the column of types",
    explanation: "Tables of its kind have one. The table may list something else, such as headers \
                  whose heading is gone; its rows are taken as parameters.",
    help: "add the column or the missing heading to the page, or a [[table]] without the column to \
           the dialect",
}
}
