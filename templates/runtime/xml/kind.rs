//! What kind of value is to be read, and what elements are called.

use serde::de::Expected;

/// What kind of value a visitor takes. It is known from what the visitor says it expects: the
/// words of the visitors in this crate, which also stand in error messages. Whoever changes
/// such words changes this file, too; the tests of XML fail otherwise.
pub(super) enum Kind {
    Any,
    Array,
    Map,
    /// With the name of its type.
    Object(String),
    Boolean,
    /// With the name of its type, as Rust or the API has it.
    Integer(String),
    Number,
    /// With the name of its type, or what it is.
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

    /// What an element is called that has no property's name.
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

/// The name of an element for a property: what can't stand in a name is a code.
pub(super) fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        let can_begin = c.is_alphabetic() || c == '_';
        let can_stand = can_begin || at > 0 && (c.is_numeric() || matches!(c, '-' | '.'));
        // What looks like a code isn't one.
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

/// The name of the property that an element is for.
pub(super) fn unescaped(name: &str) -> String {
    let (mut unescaped, mut rest) = (String::with_capacity(name.len()), name);
    while let Some(c) = rest.chars().next() {
        let (c, length) = code(rest).unwrap_or((c, c.len_utf8()));
        unescaped.push(c);
        rest = &rest[length..];
    }
    unescaped
}

/// The character whose code a text begins with, and the code's length.
fn code(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("_x")?;
    let end = digits.find('_').filter(|end| (4..=6).contains(end))?;
    let number = u32::from_str_radix(&digits[..end], 16).ok()?;
    Some((char::from_u32(number)?, 2 + end + 1))
}
