//! What pages say about a value beside its type: null, default, limits, whether it
//! is deprecated or travels one way only.

use serde::{Deserialize, Serialize};

use super::{Known, Provenance, QueryKind};

/// One thing that is known about a value, with how it is known and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Facet<T> {
    /// What is known.
    pub value: T,
    /// How it is known.
    pub known: Known,
    /// The place that states it, or the sample that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

impl<T> Facet<T> {
    /// A facet that a page states in words.
    pub fn documented(value: T, provenance: Provenance) -> Self {
        Self {
            value,
            known: Known::Documented,
            provenance: Some(provenance),
        }
    }
}

/// The smallest and the greatest that something may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Range<T> {
    /// The smallest, itself included.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub minimum: Option<T>,
    /// The greatest, itself included.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub maximum: Option<T>,
}

/// No limit. Serde's own default would want one of `T`.
fn none<T>() -> Option<T> {
    None
}

/// What is known about a value besides its type and whether it is required. All are
/// absent if pages state nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Facets {
    /// Whether the value may be JSON's `null`. This is apart from being
    /// required: a required property may be `null`, and an optional one may be
    /// absent and never `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nullable: Option<Facet<bool>>,
    /// What the server takes when the value is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Facet<serde_json::Value>>,
    /// Limits of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Facet<Range<serde_json::Number>>>,
    /// Limits of a string's length, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Facet<Range<u64>>>,
    /// Limits of how many elements an array has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Facet<Range<u64>>>,
    /// A regular expression that a string matches, as the page writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Facet<String>>,
    /// Whether callers are told to stop using it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Facet<bool>>,
    /// Whether it only travels in responses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<Facet<bool>>,
    /// Whether it only travels in requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write_only: Option<Facet<bool>>,
    /// The language of a query parameter, which the dialect defines by the parameter's
    /// name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query_language: Option<Facet<QueryKind>>,
}

impl Facets {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Forgets the places.
    pub fn clear_provenance(&mut self) {
        fn clear<T>(facet: &mut Option<Facet<T>>) {
            if let Some(facet) = facet {
                facet.provenance = None;
            }
        }
        clear(&mut self.nullable);
        clear(&mut self.default);
        clear(&mut self.range);
        clear(&mut self.length);
        clear(&mut self.items);
        clear(&mut self.pattern);
        clear(&mut self.deprecated);
        clear(&mut self.read_only);
        clear(&mut self.write_only);
        clear(&mut self.query_language);
    }

    /// Whether the value may be `null`.
    pub fn is_nullable(&self) -> bool {
        is_true(self.nullable.as_ref())
    }

    /// Whether callers are told to stop using it.
    pub fn is_deprecated(&self) -> bool {
        is_true(self.deprecated.as_ref())
    }

    /// Whether it only travels in responses.
    pub fn is_read_only(&self) -> bool {
        is_true(self.read_only.as_ref())
    }

    /// Whether it only travels in requests.
    pub fn is_write_only(&self) -> bool {
        is_true(self.write_only.as_ref())
    }
}

fn is_true(facet: Option<&Facet<bool>>) -> bool {
    facet.is_some_and(|facet| facet.value)
}
