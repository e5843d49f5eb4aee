//! The API model: what the pages say, in wire names, as plain serde types.
//!
//! Nothing here knows about pages' forms, dialects or Rust names; nothing of
//! ours is imported. The JSON form of [`Api`] is the crate's `api.json`; it is
//! free of sample values, so that regenerated samples never change it.

mod place;
mod schema;
mod text;
mod types;

pub use place::{Position, Provenance};
pub use schema::{Direction, EnumValue, Property, Schema, Shape};
pub use text::Text;
pub use types::{Known, ParseTypeError, Type};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The version of the model's JSON form, written as `format`.
pub const FORMAT: u32 = 1;

/// One API, as read from all its pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Api {
    /// The version of this form, [`FORMAT`].
    pub format: u32,
    /// What the API is called, from the project's settings or its dialect.
    pub title: String,
    /// Schemes of the `Authorization` header (RFC 9110, section 11.4) and
    /// other ways to say who is calling.
    pub security: Vec<SecurityScheme>,
    /// Documented request headers, by name.
    pub headers: Vec<Header>,
    /// Operations, by uid.
    pub operations: Vec<Operation>,
    /// Named types, by name.
    pub schemas: Vec<Schema>,
}

impl Api {
    /// The schema called `name`.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        let found = self
            .schemas
            .binary_search_by(|schema| schema.name.as_str().cmp(name));
        found.ok().map(|index| &self.schemas[index])
    }
}

/// A documented way to authenticate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SecurityScheme {
    /// A scheme of the `Authorization` header, such as `Basic` (RFC 7617) or
    /// `Bearer` (RFC 6750).
    Authorization {
        /// The scheme's name as documented.
        scheme: String,
    },
    /// A header of its own that carries the credential.
    Header {
        /// The header's name as documented.
        name: String,
    },
}

/// A documented request header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Header {
    /// The header's name, in the pages' spelling.
    pub name: String,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// One operation: a method on a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Operation {
    /// The vendor's identifier, unique in the API.
    pub uid: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template, such as `/api/v1/BatchTask/{id}`.
    pub path: String,
    /// The resource it belongs to: the first literal segment of the path that
    /// not all operations share, such as `BatchTask`.
    pub resource: String,
    /// The page's prose about the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Path and query parameters, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Names of the documented request headers, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    /// The request's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Body>,
    /// Media types in which the caller may ask for the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// Documented answers, by status.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// Where the operation is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

impl Operation {
    /// The part of its resource that it is in: the resource's name in the path with the
    /// literal segment that follows, such as `List/Country`, or else the resource itself.
    pub fn part(&self) -> &str {
        let mut start = 0;
        for segment in self.path.split('/') {
            let end = start + segment.len();
            if segment == self.resource {
                let next = self.path[end..].split('/').nth(1).unwrap_or_default();
                return match next.is_empty() || next.contains('{') {
                    true => &self.resource,
                    false => &self.path[start..end + 1 + next.len()],
                };
            }
            start = end + 1;
        }
        &self.resource
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// In the path template's braces.
    Path,
    /// In the query string.
    Query,
}

/// A path or query parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it travels.
    #[serde(rename = "in")]
    pub location: Location,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How the type is known.
    pub known: Known,
    /// Whether a call needs it; path parameters always are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// The page's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A request's or an answer's body.
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
    /// Media types in which it may be written, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_types: Vec<String>,
    /// The page's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A documented answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Response {
    /// The status code (RFC 9110, section 15).
    pub status: u16,
    /// The page's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The body; `None` for an answer without one (204, say).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A sample message of an operation. Samples stand beside the [`Api`], not in
/// it: their values are random and must not show in `api.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sample {
    /// The operation's uid.
    pub operation: String,
    /// `Request` or `Response`.
    pub direction: Direction,
    /// The answer's status; `None` for a request.
    pub status: Option<u16>,
    /// Header fields as on the page.
    pub headers: Vec<(String, String)>,
    /// The body as on the page, when it is valid JSON.
    pub body: Option<Arc<serde_json::Value>>,
    /// Where it stands.
    pub provenance: Provenance,
}

fn is_false(value: &bool) -> bool {
    !value
}
