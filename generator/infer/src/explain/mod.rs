//! Explains a part of the API: the decision about it, the evidence, and what was
//! overruled.
//!
//! It reads what the passes recorded, and decides nothing itself.

mod operations;
mod points;
mod targets;
mod types;

pub use targets::Unknown;

use super::store::Store;
use docwright_model::Provenance;
use targets::Target;

/// What there is to say about a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The target, as corrections call it.
    pub target: String,
    /// What is decided, and by what.
    pub decision: Vec<Point>,
    /// What was found about it.
    pub evidence: Vec<Point>,
    /// What was found and says something else.
    pub overruled: Vec<Point>,
}

/// One thing that is said about a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What.
    pub words: String,
    /// Where it stands.
    pub place: Option<Provenance>,
}

impl Point {
    fn new(words: impl Into<String>, place: Option<&Provenance>) -> Self {
        Self {
            words: words.into(),
            place: place.cloned(),
        }
    }

    fn at(words: impl Into<String>, place: &Provenance) -> Self {
        Self::new(words, Some(place))
    }
}

/// Explains what is called `name`.
pub(super) fn explain(store: &Store<'_>, name: &str) -> Result<Explanation, Unknown> {
    Ok(match targets::find(store, name)? {
        Target::Type(schema) => types::of_type(store, schema),
        Target::Property(schema, property) => types::of_property(store, schema, property),
        Target::Operation(index) => operations::of_operation(store, index),
        Target::Parameter(index, parameter) => operations::of_parameter(store, index, parameter),
        Target::Body(index, direction, body, part) => {
            operations::of_body(store, index, direction, body, &part)
        }
    })
}
