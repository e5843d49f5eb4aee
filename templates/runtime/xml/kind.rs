//! Kinds of values to read, and names of elements.

use serde::de::Expected;

/// The kind of value that a visitor expects. It is inferred from the words with which the
/// visitors in this crate describe it, which are also in error messages. If you change
/// these words, change this file, too; otherwise the tests of XML fail.
pub(super) enum Kind {
    Any,
    Array,
    Map,
    /// Has the name of its type.
    Object(String),
    Boolean,
    /// Has the name of its type, as in Rust or in the API.
    Integer(String),
    Number,
    /// Has the name of its type, or a description.
    Text(String),
}

impl Kind {
    pub(super) fn of(visitor: &dyn Expected) -> Self {
        let words = visitor.to_string();
        if let Some(name) = words.strip_prefix("an object (") {
            return Self::Object(name.trim_end_matches(')').to_owned());
        }
        if let Some(name) = words.strip_prefix("integer ") {
            return Self::Integer(name.to_owned());
        }
        match words.as_str() {
            "any valid JSON value" | "anything at all" => Self::Any,
            "an array" => Self::Array,
            "an object" => Self::Map,
            "a boolean" => Self::Boolean,
            "a number" => Self::Number,
            _ => Self::Text(words),
        }
    }

    /// The name of an element that isn't a property.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Any => "anyType",
            Self::Array => "Array",
            Self::Map => "Map",
            Self::Boolean => "boolean",
            Self::Number => "double",
            Self::Object(name) => name,
            Self::Integer(name) => match name.as_str() {
                "i32" => "int",
                "i64" => "long",
                name => name,
            },
            Self::Text(name) => match name.as_str() {
                "a string" => "string",
                "a date" => "dateTime",
                name => name,
            },
        }
    }
}

/// A property's name as the name of an element, with codes for characters that it can't
/// have.
pub(super) fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        let can_begin = c.is_alphabetic() || c == '_';
        let can_stand = can_begin || at > 0 && (c.is_numeric() || matches!(c, '-' | '.'));
        // Text that looks like a code is escaped, too.
        if can_stand && code(&name[at..]).is_none() {
            escaped.push(c);
        } else {
            escaped.push_str(&format!("_x{:04X}_", u32::from(c)));
        }
    }
    if escaped.is_empty() {
        "_".to_owned()
    } else {
        escaped
    }
}

/// The property's name from the name of its element.
pub(super) fn unescaped(name: &str) -> String {
    let (mut unescaped, mut rest) = (String::with_capacity(name.len()), name);
    while let Some(c) = rest.chars().next() {
        let (c, length) = code(rest).unwrap_or((c, c.len_utf8()));
        unescaped.push(c);
        rest = &rest[length..];
    }
    unescaped
}

/// The character whose code is at the start of a text, and the code's length.
fn code(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("_x")?;
    let end = digits.find('_').filter(|end| (4..=6).contains(end))?;
    let number = u32::from_str_radix(&digits[..end], 16).ok()?;
    Some((char::from_u32(number)?, 2 + end + 1))
}
