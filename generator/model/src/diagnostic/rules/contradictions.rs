//! Rules about pages that contradict themselves or each other. A correction
//! can settle most of them.

super::rules! { Contradictions;
SAMPLE_AGAINST_TABLE = "sample-against-table", Warning {
    meaning: "a sample's value can't be of the documented type",
    explanation: "The table is used, because samples are often written by hand. If the sample is \
                  right, decoding fails: set the correct type in corrections.toml.",
    help: "confirm the type, or set the correct one, in corrections.toml",
}
TABLE_AGAINST_SAMPLE = "table-against-sample", Warning {
    meaning: "a table of properties and the sample of the same body have no property in common",
    explanation: "The table is used. The body may be a map with arbitrary keys or an object that \
                  wraps the listed properties, or table and sample may belong to different bodies. \
                  In each case decoding fails, or the body's content is lost.",
    help: "if the sample's keys are arbitrary, set a map such as `map<string>` in \
           corrections.toml; otherwise fix the table or the sample on the page",
}
TYPE_CELL_REFUTED = "type-cell-refuted", Warning {
    meaning: "a type cell names a type that cannot be right",
    explanation: "Samples show properties that the named type doesn't have, or the pages also \
                  print that name where it isn't a type. The samples are used.",
    help: "confirm the type, or set the correct one, in corrections.toml",
}
CONFLICTING_TYPE_CELLS = "conflicting-type-cells", Warning {
    meaning: "tables give one property different types",
    explanation: "No type fits all type cells. One of them is used. A vague type and an exact one \
                  don't conflict: where a request states `String` and the response `date-time`, \
                  the exact type is used without a finding.",
    help: "set the correct type in corrections.toml",
}
NAME_OF_SEVERAL_TYPES = "name-of-several-types", Warning {
    meaning: "tables with the same type name have little in common",
    explanation: "The name stands above tables of different types, so it can't name all of them. A \
                  table that has little in common with the others is matched by its properties, or \
                  named after its operation.",
    help: "fix the name on the page",
}
PROPERTY_SETS_DIFFER = "property-sets-differ", Warning {
    meaning: "tables of the same type list different properties",
    explanation: "The type is assumed to have the properties of all tables.",
    help: "add the missing rows to the pages, or give one of the tables another name",
}
TYPE_OF_TWO_MEANINGS = "type-of-two-meanings", Warning {
    meaning: "pages disagree about what a type is",
    explanation: "For example, one page describes an object under the name and another a list of \
                  values, or two pages derive a type from different ones. Docwright can't decide \
                  which is right: the type becomes any value, and a derived type gets no base.",
    help: "give one of them another name, or fix the page that is wrong",
}
UNION_MEMBERS_ALIKE = "union-members-alike", Warning {
    meaning: "members of a union can't be distinguished",
    explanation: "Two members are objects with the same properties, and no property distinguishes \
                  them. The union is treated as any value.",
    help: "state on the page which property distinguishes them; until then the union is any value",
}
DISCRIMINATOR_NOWHERE = "discriminator-nowhere", Warning {
    meaning: "no member of a union has its documented discriminator",
    explanation: "The discriminator is ignored: values are distinguished by their content.",
    help: "fix the name of the discriminator, or the tables of the members",
}
TYPE_OF_ITSELF = "type-of-itself", Warning {
    meaning: "a type is another name for itself",
    explanation: "Its definition leads back to itself, directly or through other names, so its \
                  content is unknown. It is treated as any value.",
    help: "describe the type on the page; until then it is any value",
}
BODY_DENIED = "body-denied", Warning {
    meaning: "a sentence states that there is no body, but the page describes one",
    explanation: "The description is used, because it states more.",
    help: "fix the page, or the sentence in the dialect if it means something else",
}
PROPERTIES_OF_A_SCALAR = "properties-of-a-scalar", Warning {
    meaning: "a row of a scalar type has rows of properties below it",
    explanation: "A string or number has no properties, so the type cell is wrong. The row is \
                  treated as an object.",
    help: "fix the type cell on the page, or [nesting] in the dialect if the name means \
           something else",
}
BODY_WITHOUT_CONTENT = "body-without-content", Warning {
    meaning: "a response body is documented, but no success status allows a body",
    explanation: "The documented success statuses (204, 205) never have content, so the response \
                  is assumed to have no body.",
    help: "document the status that has the body, or remove the body from the page",
}
SEVERAL_BODIES = "several-bodies", Warning {
    meaning: "a page describes one body twice, in different ways",
    explanation: "The last description is used.",
    help: "if the other one is for another status, or lists parameters, state that in the dialect",
}
PATHS_AMBIGUOUS = "paths-ambiguous", Warning {
    meaning: "two paths differ only in the names of their parameters",
    explanation: "A request matches both operations, and the types of the parameters don't \
                  distinguish them either. The server uses the first one.",
    help: "these routes are ambiguous; fix one of the paths",
}
PATH_PARAMETER_WITHOUT_ROW = "path-parameter-without-row", Warning {
    meaning: "no row describes a parameter of the path",
    explanation: "The parameter is treated as a string.",
    help: "add a row for it to the page's path parameters",
}
ROW_WITHOUT_PATH_PARAMETER = "row-without-path-parameter", Warning {
    meaning: "a row describes a path parameter that isn't in the path",
    explanation: "The row is ignored.",
    help: "fix the row's name or the path on the page",
}
REPEATED_PATH_PARAMETER = "repeated-path-parameter", Warning {
    meaning: "a path has two parameters with the same name",
    explanation: "A call takes a value for each of them, in the order of the path.",
    help: "give the parameters different names",
}
TYPE_NAMES_ALIKE = "type-names-alike", Warning {
    meaning: "the names of two described types differ only in letter case",
    explanation: "Pages often write one name in several ways, so the two are treated as one type \
                  with the properties of both, unless they have too few in common.",
    help: "write the name in the same way everywhere, or rename one of the types",
}
DUPLICATE_UID = "duplicate-uid", Warning {
    meaning: "two operations have the same uid",
    explanation: "One of them keeps it; the other one is named after its method and path.",
    help: "give each operation a different uid",
}
PATHS_ALIKE = "paths-alike", Note {
    meaning: "two paths differ only in the names of their parameters, which have different types",
    explanation: "The server distinguishes them by the types of the parameters.",
    help: "nothing to do, unless a type is wrong",
}
PATH_OUTSIDE_PREFIX = "path-outside-prefix", Note {
    meaning: "a path begins differently from most others",
    explanation: "Most paths share their first segments, and the next segment names the resource, \
                  which is a module of the crate. The resource of a path that begins differently \
                  is named after its own first segment; other operations aren't affected.",
    help: "fix the path if it should begin like the others",
}
}
