//! Types of parameters, properties and bodies, and how they are known.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, Serializer};

/// A type on the wire. Written in one word, such as `int32`, `date-time`,
/// `array<BatchTaskInfo>`, `map<string?>`; a name that isn't one of the words
/// is a named type (a [`Schema`](super::Schema)).
///
/// Unions, enums and aliases are always named types: they have a name where pages give
/// one, and one made by rule elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Type {
    /// Any JSON value.
    Any,
    /// A JSON string.
    String,
    /// `true` or `false`.
    Boolean,
    /// An integer of 32 bits.
    Int32,
    /// An integer of 64 bits.
    Int64,
    /// A number with a fraction.
    Double,
    /// A string with a date and a time, RFC 3339 or without its offset.
    DateTime,
    /// A string with a date.
    Date,
    /// Bytes: base64 within JSON, as they are in a body of their own.
    Binary,
    /// A JSON array of elements of one type.
    Array(Box<Type>),
    /// A JSON object with arbitrary keys and values of one type.
    Map(Box<Type>),
    /// An element of an array or a value of a map that may be `null` as well. That a
    /// property, a parameter or a body may be `null` is one of its
    /// [`Facets`](super::Facets) instead, so that it is known how and where.
    Nullable(Box<Type>),
    /// A named type.
    Named(String),
}

/// The words for types without parts.
const WORDS: [(&str, Type); 9] = [
    ("any", Type::Any),
    ("string", Type::String),
    ("bool", Type::Boolean),
    ("int32", Type::Int32),
    ("int64", Type::Int64),
    ("double", Type::Double),
    ("date-time", Type::DateTime),
    ("date", Type::Date),
    ("binary", Type::Binary),
];

impl Type {
    /// An array of `element`.
    pub fn array(element: Type) -> Self {
        Self::Array(Box::new(element))
    }

    /// A map with values of type `value`.
    pub fn map(value: Type) -> Self {
        Self::Map(Box::new(value))
    }

    /// The same type, or `null`.
    pub fn nullable(inner: Type) -> Self {
        match inner {
            Self::Any | Self::Nullable(_) => inner,
            inner => Self::Nullable(Box::new(inner)),
        }
    }

    /// The word for a type without parts.
    fn word(&self) -> &str {
        if let Self::Named(name) = self {
            return name;
        }
        let found = WORDS.iter().find(|(_, ty)| ty == self);
        found.map_or("any", |(word, _)| word)
    }

    /// The named type at the heart of arrays and maps, if there is one.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Array(element) => write!(f, "array<{element}>"),
            Self::Map(value) => write!(f, "map<{value}>"),
            Self::Nullable(inner) => write!(f, "{inner}?"),
            plain => f.write_str(plain.word()),
        }
    }
}

/// Why a text is not a [`Type`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseTypeError {
    found: String,
}

impl fmt::Display for ParseTypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a type: expected one of {}, array<T>, map<T>, T? within the two, or the name of a type",
            self.found,
            WORDS.map(|(word, _)| word).join(", "),
        )
    }
}

impl std::error::Error for ParseTypeError {}

impl FromStr for Type {
    type Err = ParseTypeError;

    fn from_str(text: &str) -> Result<Self, ParseTypeError> {
        read_type(text, DEEPEST).ok_or_else(|| ParseTypeError {
            found: text.to_owned(),
        })
    }
}

/// How deep a written type can nest; a deeper one is invalid.
const DEEPEST: u8 = 32;

fn read_type(text: &str, depth: u8) -> Option<Type> {
    let text = text.trim();
    let depth = depth.checked_sub(1)?;
    let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('>');
    if let Some((_, ty)) = WORDS.iter().find(|(word, _)| *word == text) {
        Some(ty.clone())
    } else if let Some(inner) = text.strip_suffix('?') {
        read_type(inner, depth).map(Type::nullable)
    } else if let Some(element) = inner("array<") {
        read_type(element, depth).map(Type::array)
    } else if let Some(value) = inner("map<") {
        read_type(value, depth).map(Type::map)
    } else if text.is_empty() || text.contains(['<', '>']) {
        None
    } else {
        Some(Type::Named(text.to_owned()))
    }
}

impl TryFrom<String> for Type {
    type Error = ParseTypeError;

    fn try_from(text: String) -> Result<Self, ParseTypeError> {
        text.parse()
    }
}

impl Serialize for Type {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Array(_) | Self::Map(_) | Self::Nullable(_) => output.collect_str(self),
            plain => output.serialize_str(plain.word()),
        }
    }
}

/// How a type is known, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// An entry of `corrections.toml` says so.
    Corrected,
    /// A page says so in words: a type cell, or an enum's list of values.
    Documented,
    /// Its shape, or the words about it, equal what is documented elsewhere.
    Matched,
    /// Samples show it, no page says it.
    Sampled,
    /// Nothing tells.
    Unknown,
}

impl Known {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Documented => "documented",
            Self::Matched => "matched",
            Self::Sampled => "sampled",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_they_are_read() {
        for text in [
            "int32",
            "date-time",
            "array<map<Pet>>",
            "map<any>",
            "array<int32?>",
        ] {
            assert_eq!(text.parse::<Type>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_broken_type_says_what_was_expected() {
        let error = "array<int32".parse::<Type>().unwrap_err().to_string();
        assert!(error.starts_with("`array<int32` is not a type: expected one of any, string"));
    }
}
