//! What one page says: raw, untyped beyond what its own words mean, each fact
//! with the place where it stands. Nothing here knows other pages.

use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    dialect::TypeWord,
    extract::{Ledger, Survey},
    model::{Direction, Location, Provenance, Text},
};

/// The facts of one page.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// The page's path within the docs.
    pub page: Arc<str>,
    /// The operations that it documents, in page order.
    pub operations: Vec<OperationFacts>,
    /// The types that it documents, whatever operations use them.
    pub types: Vec<TypeFact>,
    /// What became of each block.
    pub ledger: Ledger,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
    /// The same, counted by what the dialect lacks.
    pub survey: Survey,
}

/// The facts about one operation.
#[derive(Clone, Debug)]
pub struct OperationFacts {
    /// The uid that the page says or that its file name is.
    pub uid: Option<String>,
    /// What the heading above calls it, such as `List boats`.
    pub name: Option<String>,
    /// The method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Method and path as the page's title has them.
    pub title: Option<TitleFact>,
    /// The prose about the operation.
    pub description: Option<Text>,
    /// Path and query parameters, in page order.
    pub parameters: Vec<(Location, RowFact)>,
    /// Request headers, in page order.
    pub headers: Vec<HeaderFact>,
    /// The request's body.
    pub request: Option<BodyFact>,
    /// Status codes.
    pub responses: Vec<StatusFact>,
    /// The answer's body.
    pub answer: Option<BodyFact>,
    /// Descriptions of the two that give another type, and aren't taken.
    pub set_aside: Vec<(Direction, BodyFact)>,
    /// Sample messages.
    pub samples: Vec<SampleFact>,
    /// Where the operation is declared.
    pub provenance: Provenance,
}

/// Method and path of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleFact {
    /// The method, abbreviations resolved.
    pub method: String,
    /// The path, often without its prefix.
    pub path: String,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A row that declares a parameter or a property.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFact {
    /// The name on the wire.
    pub name: String,
    /// What the type cell means; `None` when it is blank or not understood.
    pub ty: Option<TypeWord>,
    /// The type cell's words.
    pub type_cell: String,
    /// Whether it is marked as required.
    pub required: bool,
    /// The description, without the mark.
    pub description: Option<Text>,
    /// The properties of its value, or of the value's elements, that rows of
    /// their own describe.
    pub rows: Vec<RowFact>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A documented request header.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderFact {
    /// Its name.
    pub name: String,
    /// The page's words, without the media types.
    pub description: Option<Text>,
    /// The media types that the words list.
    pub media_types: Vec<String>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A documented body.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyFact {
    /// What the heading calls it: a parameter's name on requests, a type on
    /// answers. Empty when it doesn't.
    pub label: String,
    /// The type that the heading gives besides, as it writes it; empty when it
    /// doesn't.
    pub type_label: String,
    /// The prose below the heading.
    pub description: Option<Text>,
    /// The table of properties.
    pub rows: Vec<RowFact>,
    /// Where it is declared.
    pub provenance: Provenance,
}

/// A type that a page documents by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeFact {
    /// Its properties; the label is its name as the heading writes it.
    pub body: BodyFact,
    /// The values of an enum, in page order.
    pub values: Vec<ValueFact>,
    /// Samples of such a value.
    pub samples: Vec<SampleFact>,
}

/// A documented value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueFact {
    /// The value.
    pub value: String,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A documented status code.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusFact {
    /// The code.
    pub status: u16,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A sample message.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleFact {
    /// Request or answer.
    pub direction: Direction,
    /// The answer's status.
    pub status: Option<u16>,
    /// Its header fields.
    pub headers: Vec<(String, String)>,
    /// Its body; `None` when there is none, or none that is JSON.
    pub body: Option<Arc<serde_json::Value>>,
    /// Where it stands.
    pub provenance: Provenance,
}

impl SampleFact {
    /// Whether it is no answer that tells of an error.
    pub fn is_success(&self) -> bool {
        self.status.is_none_or(|it| (200..300).contains(&it))
    }
}

impl BodyFact {
    /// A body of which only its place is known.
    pub fn at(provenance: Provenance) -> Self {
        Self {
            label: String::new(),
            type_label: String::new(),
            description: None,
            rows: Vec::new(),
            provenance,
        }
    }

    /// The type that its heading gives, as it writes it: of an answer, what it
    /// calls it.
    pub fn said(&self) -> &str {
        match self.type_label.is_empty() {
            true => &self.label,
            false => &self.type_label,
        }
    }

    /// Whether nothing says of what it consists.
    pub fn is_bare(&self) -> bool {
        self.rows.is_empty() && self.label.is_empty() && self.type_label.is_empty()
    }
}
