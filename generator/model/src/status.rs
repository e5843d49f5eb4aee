//! Statuses of responses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The status that a documented response has: a code (RFC 9110, section 15), a
/// class of them, or every one that isn't documented by itself (`default` of
/// OpenAPI). Written as the number, as `4XX` or as `default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code, 100 to 599.
    Code(u16),
    /// All codes of a class: its first digit, 1 to 5.
    Class(u8),
    /// Every status that isn't documented by itself.
    Default,
}

impl Status {
    /// The code, when it is a single one.
    pub fn code(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code),
            Self::Class(_) | Self::Default => None,
        }
    }

    /// What documents a response of this status, the most exact first: itself, its class, and
    /// the default.
    pub fn covering(self) -> impl Iterator<Item = Self> {
        let class = self.code().and_then(|code| u8::try_from(code / 100).ok());
        let class = class.map(Self::Class);
        [Some(self), class, Some(Self::Default)]
            .into_iter()
            .flatten()
    }

    /// Whether it stands for success responses: codes 200 to 299.
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Class(class) => class == 2,
            Self::Default => false,
        }
    }

    /// Whether a response of this status may have content: RFC 9110 gives none
    /// to 1xx, 204, 205 and 304.
    pub fn has_content(self) -> bool {
        match self {
            Self::Code(code) => code >= 200 && !matches!(code, 204 | 205 | 304),
            Self::Class(class) => class != 1,
            Self::Default => true,
        }
    }
}

impl From<u16> for Status {
    fn from(code: u16) -> Self {
        Self::Code(code)
    }
}

impl PartialEq<u16> for Status {
    fn eq(&self, code: &u16) -> bool {
        *self == Self::Code(*code)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// Why a text is not a [`Status`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseStatusError {
    found: String,
}

impl fmt::Display for ParseStatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a status: expected a code from 100 to 599, a class such as `4XX`, or `default`",
            self.found
        )
    }
}

impl std::error::Error for ParseStatusError {}

impl FromStr for Status {
    type Err = ParseStatusError;

    fn from_str(text: &str) -> Result<Self, ParseStatusError> {
        let class = || match text.as_bytes() {
            [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Some(Self::Class(digit - b'0')),
            _ => None,
        };
        let code = text.parse().ok().filter(|code| (100..600).contains(code));
        match code {
            Some(code) => Ok(Self::Code(code)),
            None if text == "default" => Ok(Self::Default),
            None => class().ok_or_else(|| ParseStatusError {
                found: text.to_owned(),
            }),
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Code(code) => output.serialize_u16(*code),
            other => output.collect_str(other),
        }
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Code(u16),
            Text(String),
        }
        match Written::deserialize(input)? {
            Written::Code(code) => code.to_string().parse(),
            Written::Text(text) => text.parse(),
        }
        .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_written_as_they_are_read() {
        for (text, json) in [
            ("404", "404"),
            ("4XX", "\"4XX\""),
            ("default", "\"default\""),
        ] {
            let status: Status = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&status).unwrap(), json);
            assert_eq!(serde_json::from_str::<Status>(json).unwrap(), status);
        }
        let error = "700".parse::<Status>().unwrap_err().to_string();
        assert!(error.starts_with("`700` is not a status: expected a code"));
    }
}
