//! Differences that aren't changes of the API: counted, and shown on request.

use serde::Serialize;

use docwright_model::Provenance;

/// A kind of difference that isn't a change of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoiseKind {
    /// The pages state more or less, so a type is known better or worse.
    DocsCorrection,
    /// A type is the same, but known in another way.
    Knowledge,
    /// A type cell that states the same, or more, in other words.
    TypeWord,
    /// The values of a sample message.
    Sample,
    /// The words about something.
    Description,
    /// The order of parameters, properties or values.
    Order,
    /// A heading or a file with another name.
    Vocabulary,
    /// The name of a body or a type on a page, which isn't sent.
    Label,
}

impl NoiseKind {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 8] = [
        Self::DocsCorrection,
        Self::Knowledge,
        Self::TypeWord,
        Self::Sample,
        Self::Description,
        Self::Order,
        Self::Vocabulary,
        Self::Label,
    ];

    /// One of them, for a person.
    pub fn singular(self) -> &'static str {
        match self {
            Self::DocsCorrection => "docs correction",
            Self::Knowledge => "type known in another way",
            Self::TypeWord => "type word",
            Self::Sample => "sample",
            Self::Description => "description",
            Self::Order => "order",
            Self::Vocabulary => "heading",
            Self::Label => "label",
        }
    }

    /// Many of them, for a person.
    pub fn plural(self) -> &'static str {
        match self {
            Self::DocsCorrection => "docs corrections",
            Self::Knowledge => "types known in another way",
            Self::TypeWord => "type words",
            Self::Sample => "samples",
            Self::Description => "descriptions",
            Self::Order => "orders",
            Self::Vocabulary => "headings",
            Self::Label => "labels",
        }
    }
}

/// One difference that isn't a change of the API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noise {
    /// Its kind.
    pub kind: NoiseKind,
    /// What differs, such as `Pet.Name`.
    pub subject: String,
    /// The old value, if it is short.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// The place on the new pages, or else on the old ones.
    pub place: Option<Provenance>,
    /// Whether the generated Rust changes in a way that may break callers.
    pub breaks_rust: bool,
}
