//! Media types (RFC 9110, section 8.3.1).

use std::borrow::Cow;
use std::fmt;

/// A media type such as `application/json`, with or without parameters.
///
/// The documented ones are constants of [`media_types`](crate::headers::media_types); make
/// any other with [`MediaType::new`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaType(Cow<'static, str>);

impl MediaType {
    /// A media type in a constant.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// Any media type; the text isn't checked.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Cow::Owned(text.into()))
    }

    /// The media type as text, as in a header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Type and subtype without parameters: `text/json` of `text/json; charset=utf-8`.
    pub fn essence(&self) -> &str {
        self.0.split(';').next().unwrap_or_default().trim()
    }

    /// The value of a parameter, without its quotes.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.0.split(';').skip(1).find_map(|parameter| {
            let (key, value) = parameter.split_once('=')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().trim_matches('"'))
        })
    }

    /// Whether a body of this type is JSON: `application/json`, `text/json`, or a type
    /// whose name ends in `+json` (RFC 6839, section 3.1).
    pub fn is_json(&self) -> bool {
        self.ends_with("/json") || self.ends_with("+json")
    }

    /// Whether a body of this type is XML: `application/xml`, `text/xml`, or a type whose name
    /// ends in `+xml` (RFC 7303).
    pub fn is_xml(&self) -> bool {
        self.ends_with("/xml") || self.ends_with("+xml")
    }

    fn ends_with(&self, ending: &str) -> bool {
        let essence = self.essence().as_bytes();
        let start = essence.len().checked_sub(ending.len());
        start.is_some_and(|at| essence[at..].eq_ignore_ascii_case(ending.as_bytes()))
    }

    /// Whether the character set is UTF-8, which JSON requires (RFC 8259, section 8.1).
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn is_utf8(&self) -> bool {
        self.parameter("charset").is_none_or(|charset| {
            ["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|name| charset.eq_ignore_ascii_case(name))
        })
    }
}

impl AsRef<str> for MediaType {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for MediaType {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_many_names() {
        for text in [
            "application/json",
            "text/json; charset=utf-8",
            "APPLICATION/JSON",
            "application/problem+json",
            "application/merge-patch+json;charset=\"UTF-8\"",
        ] {
            assert!(MediaType::from(text).is_json(), "{text}");
        }
        for text in [
            "",
            "text/html",
            "application/jsonp",
            "application/xml; a=/json",
        ] {
            assert!(!MediaType::from(text).is_json(), "{text}");
        }
    }

    #[test]
    fn parameters() {
        let media_type = MediaType::from_static("text/json ; Charset=\"utf-16\"");
        assert_eq!(media_type.essence(), "text/json");
        assert_eq!(media_type.parameter("charset"), Some("utf-16"));
    }

    #[cfg(any(feature = "client", feature = "server"))]
    #[test]
    fn json_is_in_utf8() {
        for (text, utf8) in [
            ("text/json", true),
            ("text/json; charset=UTF-8", true),
            ("text/json; charset=utf-16", false),
        ] {
            assert_eq!(MediaType::from(text).is_utf8(), utf8, "{text}");
        }
    }
}
