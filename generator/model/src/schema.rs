//! Named types: objects with properties, enums, unions and aliases.

use serde::{Deserialize, Serialize};

use std::{borrow::Cow, fmt};

use super::{Facets, Known, Provenance, Text, Type, is_false};

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
    /// The named type whose properties an object has besides its own, where pages
    /// say that it is derived from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The named types that have all of its properties, with the same types, and maybe
    /// more: for instance the type for reading an object, if this is the type for writing
    /// it. By name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subset_of: Vec<String>,
    /// Whether callers are told to stop using it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
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
    /// An enum: a string or an integer that is one of these values, in page order.
    /// All values are of one kind. The set is open: the vendor may add to it.
    Values(Vec<EnumValue>),
    /// An integer whose bits are these values, each a flag, in page order. The set is
    /// open.
    Flags(Vec<EnumValue>),
    /// One of several types.
    Union(Union),
    /// Another name for this type.
    Alias(Type),
}

impl Shape {
    /// The properties of an object; none of other types.
    pub fn properties(&self) -> &[Property] {
        match self {
            Self::Properties(properties) => properties,
            _ => &[],
        }
    }

    /// The types that it refers to.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Properties(properties) => properties.iter().map(|it| &it.ty).collect(),
            Self::Union(union) => union.members.iter().map(|it| &it.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Values(_) | Self::Flags(_) => Vec::new(),
        }
    }
}

/// A value of one of several types. The set is open: the vendor may add to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Union {
    /// Its members, in page order.
    pub members: Vec<UnionMember>,
    /// The property whose value distinguishes the members, if pages name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<String>,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnionMember {
    /// The type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// The discriminator's value that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// A value of an enum on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// An integer.
    Integer(i64),
    /// A string.
    String(String),
}

impl Literal {
    /// The value as text: a string itself, an integer in digits.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::String(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
        }
    }
}

impl PartialEq<str> for Literal {
    fn eq(&self, text: &str) -> bool {
        matches!(self, Self::String(own) if own == text)
    }
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Literal {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<i64> for Literal {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::String(text) => text.fmt(f),
        }
    }
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Literal,
    /// What the pages call it, where that isn't the value itself, as of integers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
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
    /// Whether it leads from a page of a list to the next one: a link, or a token.
    #[serde(default, skip_serializing_if = "is_false")]
    pub next_page: bool,
    /// What else is known about its value.
    #[serde(default, skip_serializing_if = "Facets::is_empty")]
    pub facets: Facets,
    /// The pages' words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where its type is known from: the evidence that decided, the best
    /// first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}
