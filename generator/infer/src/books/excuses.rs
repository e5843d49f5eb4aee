//! Which facts a finding accounts for. A finding is about a line, and a line states many
//! facts: a finding about a type cell doesn't explain why a description is missing.

use super::Kind;
use docwright_model::diagnostic::{Rule, rules};

/// What a row or a block states by itself.
const ALL: &[Kind] = &Kind::ALL;
/// What a row states about its value.
const ROW: &[Kind] = &[
    Kind::Parameter,
    Kind::Header,
    Kind::Status,
    Kind::Property,
    Kind::TypeCell,
    Kind::Required,
    Kind::Facet,
    Kind::Value,
    Kind::Description,
];
/// What a heading states, and the table below it.
const BODY: &[Kind] = &[
    Kind::Body,
    Kind::Property,
    Kind::TypeCell,
    Kind::Required,
    Kind::Facet,
    Kind::Value,
    Kind::Description,
    Kind::MediaTypes,
];
const TYPE_CELL: &[Kind] = &[Kind::TypeCell];

/// The rules whose findings account for facts, and for which.
const EXCUSES: &[(&Rule, &[Kind])] = &[
    (rules::DUPLICATE_OPERATION, ALL),
    (rules::TITLE_PATH_MISMATCH, &[Kind::Title]),
    (rules::BODY_WITHOUT_CONTENT, BODY),
    (rules::SEVERAL_BODIES, BODY),
    (rules::NO_SUCCESS_STATUS, BODY),
    (rules::ANY_BODY, &[Kind::Body]),
    (rules::NAME_OF_SEVERAL_TYPES, &[Kind::Body]),
    (rules::TYPE_CELL_REFUTED, TYPE_CELL),
    (rules::CONFLICTING_TYPE_CELLS, TYPE_CELL),
    (rules::SAMPLE_AGAINST_TABLE, TYPE_CELL),
    (rules::ENUM_WITHOUT_VALUES, TYPE_CELL),
    (
        rules::TYPE_NOT_DESCRIBED,
        &[Kind::TypeCell, Kind::NamedType],
    ),
    (rules::PROPERTIES_OF_A_SCALAR, TYPE_CELL),
    (rules::UNKNOWN_TYPE_WORD, &[Kind::TypeCell, Kind::Body]),
    (rules::UNKNOWN_REQUIRED_WORD, &[Kind::Required]),
    (rules::UNKNOWN_LOCATION_WORD, &[Kind::Parameter]),
    (rules::REPEATED_ROW, ROW),
    (rules::ROW_WITHOUT_PATH_PARAMETER, ROW),
    (rules::REPEATED_TYPE, &[Kind::Description, Kind::NamedType]),
    (
        rules::TYPE_WITHOUT_CONTENT,
        &[Kind::NamedType, Kind::Description, Kind::Deprecated],
    ),
    (rules::SAMPLE_WITHOUT_BODY, &[Kind::Sample]),
    (rules::HEADING_WITHOUT_TYPE, ALL),
    (rules::TYPE_WITHOUT_NAME, ALL),
];

/// Whether a finding of this rule accounts for facts of this kind at its place.
pub fn explains(rule: &Rule, kind: Kind) -> bool {
    let mut excuses = EXCUSES.iter();
    excuses.any(|(it, kinds)| *it == rule && kinds.contains(&kind))
}
