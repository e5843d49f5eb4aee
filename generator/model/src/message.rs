//! Requests and responses: their bodies, headers and samples.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Direction, Facets, Known, Provenance, Status, Text, Type, is_false};

/// The body of a request or of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Body {
    /// What the page calls it, when that isn't the type's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How the type is known.
    pub known: Known,
    /// Whether a page says that a request needs none.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Media types in which it may be written, in page order, with their parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_types: Vec<String>,
    /// The same body in media types in which it has another type, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Content>,
    /// What else is known about its value.
    #[serde(default, skip_serializing_if = "Facets::is_empty")]
    pub facets: Facets,
    /// The page's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A body in media types in which it has a type of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Content {
    /// The media types, in page order, with their parameters.
    pub media_types: Vec<String>,
    /// The type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How the type is known.
    pub known: Known,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A documented header of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResponseHeader {
    /// The header's name, in the page's spelling.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How the type is known.
    pub known: Known,
    /// The page's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Response {
    /// The status that it has.
    pub status: Status,
    /// The page's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The body; `None` for a response without one (204, say).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Its headers, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<ResponseHeader>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A sample message of an operation. Samples stand beside the [`Api`](super::Api), not in
/// it: their values are random and must not show in `api.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sample {
    /// The operation's uid.
    pub operation: String,
    /// `Request` or `Response`.
    pub direction: Direction,
    /// The response's status; `None` for a request.
    pub status: Option<u16>,
    /// Header fields as on the page.
    pub headers: Vec<(String, String)>,
    /// The body as on the page, when it is valid JSON.
    pub body: Option<Arc<serde_json::Value>>,
    /// Where it stands.
    pub provenance: Provenance,
}
