//! Rules about what pages leave unstated.

super::rules! { Unstated;
ANY_BODY = "any-body", Warning {
    meaning: "the content of a request or response body is unknown",
    explanation: "A body is documented, but no heading, table or sample shows its type, so the \
                  generated crate sends or returns any JSON value.",
    help: "describe the body on the page, or set its type in corrections.toml",
}
NO_RESPONSE = "no-response", Warning {
    meaning: "a page documents no response of its operation",
    explanation: "The page has no status, table or sample of a response. The generated client \
                  accepts every success status and returns nothing.",
    help: "document the response on the page; if it is there, add its headings and tables to the \
           dialect",
}
TYPE_NOT_DESCRIBED = "type-not-described", Warning {
    meaning: "a type is named, but no page describes it",
    explanation: "The type gets the properties that samples show, if any; other properties of a \
                  value are kept. Where samples show plain values, their type is used.",
    help: "add the page that describes the type, or fix its name",
}
ENUM_WITHOUT_VALUES = "enum-without-values", Note {
    meaning: "samples show values of a named type, but no page lists them",
    explanation: "Samples show plain strings or integers where pages name this type, so it is most \
                  likely an enum. Samples may not show all values, so the plain type is used.",
    help: "add the page that lists its values, or give them in corrections.toml, such as \
           `set = { enum = \"Name\", values = [\"a\", \"b\"] }`",
}
UNKNOWN_ELEMENTS = "unknown-elements", Note {
    meaning: "the type of the elements of an array or a map is unknown",
    explanation: "Pages state that there is an array or an object, but neither they nor samples \
                  show its elements, so these can be any JSON value.",
    help: "name the type of the elements on the page, or set it in corrections.toml",
}
TYPE_WITHOUT_CONTENT = "type-without-content", Note {
    meaning: "the description of a type lists no properties and no values",
    explanation: "The type has its own heading with only text below it, so the content of its \
                  values is unknown. All of it is kept.",
    help: "list the type's properties or values on the page; if they are there, add their table to \
           the dialect",
}
TYPE_WITHOUT_NAME = "type-without-name", Note {
    meaning: "a table describes a type, but no heading names it",
    explanation: "The table is below a heading that opens a type, but no heading gives the type a \
                  name. Nothing can refer to the type, so it is not in the model.",
    help: "give the heading that has the name the role `type` in the dialect, such as `headings = \
           [\"The {type} object\"]`",
}
HEADING_WITHOUT_TYPE = "heading-without-type", Note {
    meaning: "the dialect gives a heading the role `type`, but no type is described below it",
    explanation: "The text of the heading can't be a type's name, and no property or value is \
                  listed below it. There is no such type in the model.",
    help: "make the dialect's pattern for headings of types narrower, or give the heading another \
           role",
}
NO_SUCCESS_STATUS = "no-success-status", Warning {
    meaning: "only error statuses are documented",
    explanation: "The success response is assumed to have no body.",
    help: "document the success status on the page, or set one under [operation] in the dialect, \
           such as `success = { POST = 201, \"*\" = 200 }`",
}
STATUS_NOT_DOCUMENTED = "status-not-documented", Note {
    meaning: "a response body is documented without a status",
    explanation: "200 is assumed, because the dialect gives no other success status.",
    help: "set the success status under [operation] in the dialect, such as `success = { POST = \
           201, \"*\" = 200 }`",
}
RESPONSE_ONLY_IN_SAMPLE = "response-only-in-sample", Note {
    meaning: "a sample shows a response, but no text documents it",
    explanation: "The response gets the sample's status (200 if it shows none), and its body the \
                  type that the sample shows.",
    help: "document the response on the page, or set the success status under [operation] in the \
           dialect, such as `success = { POST = 201, \"*\" = 200 }`",
}
REQUEST_BODY_ONLY_IN_SAMPLE = "request-body-only-in-sample", Warning {
    meaning: "a sample request has a body that the page doesn't describe",
    explanation: "The body is assumed to be what the sample shows. Some documented parameters may \
                  be its properties.",
    help: "describe the body on the page, or correct the request in corrections.toml",
}
ENVELOPE_ONLY_IN_SAMPLE = "envelope-only-in-sample", Note {
    meaning: "the text states that a body is a list, but samples show the list inside an object",
    explanation: "The list is assumed to be in the property that is an array in all samples, \
                  beside the other properties of the samples.",
    help: "describe the object on the page, or set `envelope` in the dialect",
}
ALMOST_VALUES = "almost-values", Note {
    meaning: "a description introduces a list of values that docwright doesn't understand",
    explanation: "The text stays in the description; any value of the type is allowed.",
    help: "if it lists values, add its wording to a [[description]] with `means = \"values\"` in \
           the dialect",
}
RESPONSE_NOT_READ = "response-not-read", Note {
    meaning: "the text states that something is returned, but not what",
    explanation: "The page documents no response and shows no sample; a sentence mentions one, in \
                  words that the dialect doesn't know. The operation has no response body.",
    help: "add the sentence to a [[sentence]] with the role `response-body` in the dialect, or \
           document the response on the page",
}
WORDS_AGAINST_TYPE = "words-against-type", Note {
    meaning: "a description contradicts the type of its row",
    explanation: "The description states a default, limits, a pattern or values that don't fit the \
                  type in the cell, such as the length of a number, or that have a unit (`at most \
                  5 minutes`). They stay in the description only.",
    help: "fix the type or the text on the page, or set the correct type in corrections.toml",
}
COLUMN_MISSING = "column-missing", Warning {
    meaning: "a table of parameters has no column for types",
    explanation: "Other tables like it have one. The table may list something else, such as \
                  headers whose heading is missing; its rows are treated as parameters.",
    help: "add the column or the missing heading to the page, or add a [[table]] without the \
           column to the dialect",
}
}
