//! Named types: objects with properties, and enums.

use serde::{Deserialize, Serialize};

use super::{Known, Provenance, Text, Type, is_false};

/// A named type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Schema {
    /// The name, as the pages have it or made by rule.
    pub name: String,
    /// How the type is known.
    pub known: Known,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// What it consists of.
    #[serde(flatten)]
    pub shape: Shape,
    /// The places that show it, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

/// What a named type consists of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A JSON object with these properties, in page order.
    Properties(Vec<Property>),
    /// A string that is one of these values, in page order. The set is open:
    /// the vendor may add to it.
    Values(Vec<EnumValue>),
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: String,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// Which way data travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From the caller to the server.
    Request,
    /// From the server to the caller.
    Response,
    /// Both ways.
    Both,
}

impl Direction {
    /// The direction that covers both.
    pub fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Both }
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// How the type is known.
    pub known: Known,
    /// Which way it is documented to travel.
    #[serde(rename = "in")]
    pub direction: Direction,
    /// Whether the pages say that it must be there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where its type is known from: the evidence that decided, the best
    /// first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}
