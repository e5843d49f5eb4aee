//! The API model: what the pages say, in wire names, as plain serde types.
//!
//! Nothing here knows about pages' forms, dialects or Rust names; nothing of
//! ours is imported. The JSON form of [`Api`] is the crate's `api.json`; it is
//! free of sample values, so that regenerated samples never change it.

pub mod diagnostic;
pub mod visible;

mod facets;
mod list_page;
mod message;
mod place;
mod query;
mod route;
mod schema;
mod status;
mod text;
mod types;

pub use facets::{Facet, Facets, Range};
pub use list_page::ListPage;
pub use message::{Body, Content, Response, ResponseHeader, Sample};
pub use place::{Position, Provenance};
pub use query::{
    DatePattern, Operator, OperatorPart, ParseOperatorError, QueryKind, QueryLanguage,
};
pub use route::{PathPart, derived_uid, parameter_names, segments};
pub use schema::{Direction, EnumValue, Literal, Property, Schema, Shape, Union, UnionMember};
pub use status::{ParseStatusError, Status};
pub use text::Text;
pub use types::{Known, ParseTypeError, Type};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The version of the model's JSON form, written as `format`.
pub const FORMAT: u32 = 2;

/// The oldest version that can still be read: a document of format 1 has just a part of
/// what one of format 2 may have.
pub const OLDEST_FORMAT: u32 = 1;

/// One API, as read from all its pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Api {
    /// The version of this form, [`FORMAT`].
    pub format: u32,
    /// What the API is called, from the project's settings or its dialect.
    pub title: String,
    /// Where the API is served, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// Schemes of the `Authorization` header (RFC 9110, section 11.4) and
    /// other ways to say who is calling.
    pub security: Vec<SecurityScheme>,
    /// Documented request headers, by name.
    pub headers: Vec<Header>,
    /// The languages in which query parameters are written, by kind; those that some
    /// parameter has ([`Facets::query_language`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query_languages: Vec<QueryLanguage>,
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

    /// Forgets the languages that no parameter is written in.
    pub fn retain_query_languages(&mut self) {
        let parameters = self.operations.iter().flat_map(|it| &it.parameters);
        let kinds = parameters.filter_map(|it| it.facets.query_language.as_ref());
        let used: BTreeSet<QueryKind> = kinds.map(|it| it.value).collect();
        self.query_languages.retain(|it| used.contains(&it.kind));
    }
}

/// Where the API is served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Server {
    /// The base URL; it may have parameters in braces.
    pub url: String,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
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
    /// The path template, such as `/api/v1/BatchTask/{id}`. Its segments may mix text and
    /// parameters, and may repeat a name; [`segments`] takes it apart.
    pub path: String,
    /// The resource it belongs to: the first literal segment of the path that
    /// not all operations share, such as `BatchTask`.
    pub resource: String,
    /// The page's prose about the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Parameters: those of the path in the path's order, one for each place, then the
    /// others in page order. Request headers only if pages state more than a name and a
    /// description; the others are in `headers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Names of the documented request headers, in page order. [`Api::headers`] describes
    /// them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    /// The request's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Body>,
    /// Media types in which the caller may ask for the response.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// Whether callers are told to stop using it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Documented responses, by status.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// Where the operation is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

impl Operation {
    /// Whether the uid is made from method and path, because its page has none.
    pub fn has_derived_uid(&self) -> bool {
        let rest = self
            .uid
            .strip_prefix(&derived_uid(&self.method, &self.path));
        // Of several with the same uid, the others have a number.
        let is_number = |rest: &str| {
            let number = rest.strip_prefix('_').unwrap_or(rest);
            number.bytes().all(|b| b.is_ascii_digit())
        };
        rest.is_some_and(is_number)
    }

    /// The response that a caller hopes for: the first success with a body, or else the first.
    /// Where no success is documented, what is documented for any status is one, too.
    pub fn success(&self) -> Option<&Response> {
        let responses = || self.responses.iter();
        let successes = || responses().filter(|r| r.status.is_success());
        let found = successes().find(|response| response.body.is_some());
        found
            .or_else(|| successes().next())
            .or_else(|| responses().find(|response| response.status == Status::Default))
    }

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
    /// In a request header.
    Header,
    /// In the `Cookie` header (RFC 6265).
    Cookie,
}

impl Location {
    /// The word for it: `path`, `query`, `header` or `cookie`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How an array is written in a query string.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ArrayStyle {
    /// The parameter is repeated: `tags=a&tags=b`. This is what pages mean that don't say
    /// (OpenAPI: `form` with `explode`).
    #[default]
    Repeated,
    /// The parameter is repeated with brackets: `tags[]=a&tags[]=b`.
    Brackets,
    /// One value with commas: `tags=a,b`.
    Comma,
    /// One value with blanks: `tags=a%20b`.
    Space,
    /// One value with pipes: `tags=a|b`.
    Pipe,
}

impl ArrayStyle {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A parameter of an operation.
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
    /// How an array is written.
    #[serde(default, skip_serializing_if = "ArrayStyle::is_default")]
    pub style: ArrayStyle,
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

impl Parameter {
    /// A parameter of a path that no row describes: a string.
    pub fn undescribed(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            location: Location::Path,
            ty: Type::String,
            known: Known::Unknown,
            required: true,
            style: ArrayStyle::default(),
            facets: Facets::default(),
            description: None,
            provenance: None,
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
