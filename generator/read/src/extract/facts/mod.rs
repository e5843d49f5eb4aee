//! The facts of one page: raw, with only the types that its own words mean, each with its
//! place. Nothing here knows other pages.

mod row;
mod types;

use std::sync::Arc;

pub use row::{RowFacets, RowFact};
pub use types::{MemberFact, TypeFact, ValueFact};

use crate::extract::{Ledger, Survey};
use docwright_model::{Direction, Location, Provenance, Status, Text, diagnostic::Diagnostic};

/// The facts of one page.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// The page's path within the docs.
    pub page: Arc<str>,
    /// The operations that it documents, in page order.
    pub operations: Vec<OperationFacts>,
    /// The types that it documents, independent of operations.
    pub types: Vec<TypeFact>,
    /// Where it says that the API is served.
    pub servers: Vec<ServerFact>,
    /// What became of each block.
    pub ledger: Ledger,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
    /// The same, counted by what the dialect lacks.
    pub survey: Survey,
}

/// A documented base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFact {
    /// The URL; it may have parameters in braces.
    pub url: String,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// The facts about one operation.
#[derive(Clone, Debug)]
pub struct OperationFacts {
    /// The uid on the page, or else in its file name.
    pub uid: Option<String>,
    /// Its name in the heading above, such as `List boats`.
    pub name: Option<String>,
    /// The method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Method and path in the page's title.
    pub title: Option<TitleFact>,
    /// The prose about the operation.
    pub description: Option<Text>,
    /// Where the page states that callers should stop using it.
    pub deprecated: Option<Provenance>,
    /// Parameters, in page order; headers only if the page gives at least a type.
    pub parameters: Vec<(Location, RowFact)>,
    /// Request headers, in page order.
    pub headers: Vec<HeaderFact>,
    /// The request bodies, one for each group of media types with its own type; the first
    /// is the main one.
    pub requests: Vec<BodyFact>,
    /// Responses, each with its status, in page order.
    pub responses: Vec<ResponseFact>,
    /// A response body that belongs to none of them, because no documented success status
    /// can have a body.
    pub stray_response: Option<BodyFact>,
    /// Descriptions of bodies with another type, which aren't used.
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

/// A documented request header.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderFact {
    /// Its name.
    pub name: String,
    /// The page's description, without the media types.
    pub description: Option<Text>,
    /// The media types that the words list.
    pub media_types: Vec<String>,
    /// Where it stands.
    pub provenance: Provenance,
}

impl HeaderFact {
    /// Adds what another row of the same header states.
    pub fn add(&mut self, other: Self) {
        self.description = match (self.description.take(), other.description) {
            (Some(a), Some(b)) if a != b => Some(Text::new(
                format!("{} {}", a.markdown(), b.markdown()),
                format!("{} {}", a.plain(), b.plain()),
            )),
            (a, b) => a.or(b),
        };
        self.media_types.extend(other.media_types);
    }
}

/// A documented body.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyFact {
    /// The label in the heading: a parameter's name for requests, a type for responses.
    /// Empty if there is none.
    pub label: String,
    /// The separate type in the heading, as written; empty if there is none.
    pub type_label: String,
    /// The prose below the heading.
    pub description: Option<Text>,
    /// The table of properties.
    pub rows: Vec<RowFact>,
    /// Whether it is stated to be an array of what label and rows describe.
    pub is_array: bool,
    /// Whether it is stated that a request needs none.
    pub is_optional: bool,
    /// If the body is stated to be an object around the description, the property with
    /// the content: it is the only row, but the object may have others.
    pub envelope: Option<String>,
    /// The media types of only this body, with their parameters.
    pub media_types: Vec<String>,
    /// Where it is declared.
    pub provenance: Provenance,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseFact {
    /// Its status.
    pub status: Status,
    /// The page's words.
    pub description: Option<Text>,
    /// Its body.
    pub body: Option<BodyFact>,
    /// Its headers, in page order.
    pub headers: Vec<RowFact>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A sample message.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleFact {
    /// Request or response.
    pub direction: Direction,
    /// The response's status.
    pub status: Option<Status>,
    /// Its header fields.
    pub headers: Vec<(String, String)>,
    /// Its body; `None` if there is none or it isn't JSON.
    pub body: Option<Arc<serde_json::Value>>,
    /// Where it stands.
    pub provenance: Provenance,
}

impl SampleFact {
    /// Whether it isn't an error response.
    pub fn is_success(&self) -> bool {
        self.status.is_none_or(Status::is_success)
    }
}

impl ResponseFact {
    /// A response of which only the status is known.
    pub fn of(status: Status, provenance: Provenance) -> Self {
        Self {
            status,
            description: None,
            body: None,
            headers: Vec::new(),
            provenance,
        }
    }
}

impl OperationFacts {
    /// The main description of the request's body.
    pub fn request(&self) -> Option<&BodyFact> {
        self.requests.first()
    }

    /// The body of the first success response that has one, or the body without a status.
    pub fn response(&self) -> Option<&BodyFact> {
        let mut of_success = self.responses.iter().filter(|it| it.status.is_success());
        let body = of_success.find_map(|it| it.body.as_ref());
        body.or(self.stray_response.as_ref())
    }

    /// The main body of one side.
    pub fn body(&self, direction: Direction) -> Option<&BodyFact> {
        match direction {
            Direction::Response => self.response(),
            _ => self.request(),
        }
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
            is_array: false,
            is_optional: false,
            envelope: None,
            media_types: Vec::new(),
            provenance,
        }
    }

    /// The type in its heading, as written; for a response, its label.
    pub fn said(&self) -> &str {
        match self.type_label.is_empty() {
            true => &self.label,
            false => &self.type_label,
        }
    }

    /// Whether nothing describes its content.
    pub fn is_bare(&self) -> bool {
        self.rows.is_empty() && self.label.is_empty() && self.type_label.is_empty()
    }
}
