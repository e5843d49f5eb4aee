//! Rules about pages that contradict themselves or each other. A correction
//! can settle most of them.

super::rules! { Contradictions;
SAMPLE_AGAINST_TABLE = "sample-against-table", Warning {
    meaning: "a sample's value can't be of the documented type",
    explanation: "The table is used, because samples are often written by hand. If the sample is \
                  right, calls fail to decode: an entry in corrections.toml gives the true type.",
    help: "an entry in corrections.toml confirms the type or gives the true one",
}
TABLE_AGAINST_SAMPLE = "table-against-sample", Warning {
    meaning: "a table of properties shares none with the sample of the same body",
    explanation: "The table is used. Either the body is a map with arbitrary keys, or an object \
                  that wraps what the table lists, or table and sample belong to different bodies. \
                  In each case calls fail to decode, or lose the body's content.",
    help: "if the sample's keys are arbitrary, set a map such as `map<string>` in \
           corrections.toml; else mend the table or the sample on the page",
}
TYPE_CELL_REFUTED = "type-cell-refuted", Warning {
    meaning: "a type cell names a type that cannot be right",
    explanation: "Samples show other properties than the named type has, or the pages print that \
                  name where they mean no type. The samples are used.",
    help: "an entry in corrections.toml confirms the type or gives the true one",
}
CONFLICTING_TYPE_CELLS = "conflicting-type-cells", Warning {
    meaning: "tables give one property different types",
    explanation: "No type fits all type cells. One of them is used. A vague word beside an exact \
                  one is no conflict: where a request states `String` and the response \
                  `date-time`, the exact word is used without a finding.",
    help: "an entry in corrections.toml gives the true type",
}
NAME_OF_SEVERAL_TYPES = "name-of-several-types", Warning {
    meaning: "tables under one type's name have little in common",
    explanation: "A name is printed above tables of different types, so it can't be the name of \
                  all of them. A table that has little in common with the others is matched by \
                  its properties, or named after its operation.",
    help: "mend the name on the page",
}
PROPERTY_SETS_DIFFER = "property-sets-differ", Warning {
    meaning: "tables of one type don't list the same properties",
    explanation: "The type is taken to have the properties of all tables.",
    help: "add the missing rows to the pages, or give one of the tables another name",
}
TYPE_OF_TWO_MEANINGS = "type-of-two-meanings", Warning {
    meaning: "pages disagree about what a type is",
    explanation: "For example, one page describes an object under the name and another a list of \
                  values, or two pages derive a type from different ones. Docwright can't decide \
                  which is right: the type is any value, and a derived type has no base.",
    help: "give one of them another name on the page, or mend what is wrong",
}
UNION_MEMBERS_ALIKE = "union-members-alike", Warning {
    meaning: "members of a union can't be told apart",
    explanation: "Two members are objects with the same properties, and no property says which \
                  one a value is. The union is taken as any value.",
    help: "say on the page which property tells them apart; until then it is any value",
}
DISCRIMINATOR_NOWHERE = "discriminator-nowhere", Warning {
    meaning: "no member of a union has the property that is stated to distinguish them",
    explanation: "The property is ignored: values are distinguished by their content.",
    help: "mend the property's name on the page, or the tables of the members",
}
TYPE_OF_ITSELF = "type-of-itself", Warning {
    meaning: "a type is another name for itself",
    explanation: "Pages define it as another name for a type that is itself another name for it. \
                  It is taken as any value.",
    help: "say on the page what the type is; until then it is any value",
}
BODY_DENIED = "body-denied", Warning {
    meaning: "words say that there is no body, but the page describes one",
    explanation: "The description is used, because it states more.",
    help: "mend the page, or the sentence in the dialect if it means something else",
}
PROPERTIES_OF_A_SCALAR = "properties-of-a-scalar", Warning {
    meaning: "a row of a scalar type has rows of properties below it",
    explanation: "A string or number has no properties, so the type cell is wrong. The row is \
                  taken as an object.",
    help: "mend the type cell on the page, or [nesting] in the dialect if the name means \
           something else",
}
BODY_WITHOUT_CONTENT = "body-without-content", Warning {
    meaning: "a response body is documented, but no success status that can have one",
    explanation: "All documented success statuses (204, 205) are without content. The response \
                  is taken to have no body.",
    help: "document the status that has the body, or remove the body from the page",
}
SEVERAL_BODIES = "several-bodies", Warning {
    meaning: "a page describes one body twice, in different ways",
    explanation: "The last description is used.",
    help: "if the other is a response of another status, or lists parameters, say so in the dialect",
}
PATHS_AMBIGUOUS = "paths-ambiguous", Warning {
    meaning: "two paths differ only in the names of their parameters",
    explanation: "A request matches both operations, and the types of the parameters don't \
                  distinguish them either. A server uses the first.",
    help: "these routes are ambiguous; mend one of the paths",
}
PATH_PARAMETER_WITHOUT_ROW = "path-parameter-without-row", Warning {
    meaning: "no row describes a parameter of the path",
    explanation: "The parameter is taken as a string.",
    help: "add a row for it to the page's path parameters",
}
ROW_WITHOUT_PATH_PARAMETER = "row-without-path-parameter", Warning {
    meaning: "a row describes a path parameter that the path doesn't have",
    explanation: "The row is ignored.",
    help: "mend the row's name or the path on the page",
}
REPEATED_PATH_PARAMETER = "repeated-path-parameter", Warning {
    meaning: "a path has two parameters of one name",
    explanation: "A call takes a value for each of them, in the path's order.",
    help: "give the parameters names of their own",
}
TYPE_NAMES_ALIKE = "type-names-alike", Warning {
    meaning: "the names of two described types differ only in upper and lower case",
    explanation: "Pages often write one name in several ways, so the two are taken as one type \
                  with the properties of both, unless they share too few.",
    help: "write the name in one way, or rename one of the types",
}
DUPLICATE_UID = "duplicate-uid", Warning {
    meaning: "two operations have the same uid",
    explanation: "One of them keeps it, the other one is named after its method and path.",
    help: "expected each operation to have a uid of its own",
}
PATHS_ALIKE = "paths-alike", Note {
    meaning: "two paths differ only in the names of their parameters, which have different types",
    explanation: "A server tells them apart by the types of the parameters.",
    help: "nothing to do, unless a type is wrong: then correct it",
}
PATH_OUTSIDE_PREFIX = "path-outside-prefix", Note {
    meaning: "a path begins differently from those of most operations",
    explanation: "Most paths share their first segments, and the segment behind them names the \
                  resource, which is a module of the crate. The resource of a path that begins \
                  differently is named after its own first segment, and other operations stay \
                  where they are.",
    help: "mend the path if it should begin as the others do",
}
}
