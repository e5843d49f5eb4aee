//! Reads the plainest of HTML in one go: a tag of a common element with quoted
//! attributes, and the text up to the next tag. html5ever's tokenizer does that
//! letter by letter, which takes most of the time of reading a page. What is
//! any less plain is left to it, so that the result is the same.
//!
//! Where this may be used is for the caller to know: between two tags, where
//! no comment, script or the like is open.

use html5ever::{
    Attribute, LocalName, QualName, local_name, ns,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind},
};

/// A tag, and the text behind it.
pub(super) struct Plain {
    pub(super) tag: Tag,
    pub(super) text: Option<StrTendril>,
    /// How long the tag is, in bytes.
    pub(super) length: u32,
}

/// A page's text.
pub(super) struct Whole<'t> {
    text: &'t StrTendril,
    /// Whether there are characters in it that HTML changes.
    has_odd: bool,
}

impl<'t> Whole<'t> {
    pub(super) fn new(text: &'t StrTendril) -> Self {
        let odd = memchr::memchr2(b'\r', b'\0', text.as_bytes());
        Self {
            text,
            has_odd: odd.is_some(),
        }
    }

    /// Whether a part of it means just what it says.
    fn is_verbatim(&self, part: &[u8]) -> bool {
        match self.has_odd {
            false => memchr::memchr(b'&', part).is_none(),
            true => memchr::memchr3(b'&', b'\r', b'\0', part).is_none(),
        }
    }
}

/// Reads `chunk`, which has no `<` but at its start and stands at byte `start`
/// of `whole`. `None` when it isn't plain.
pub(super) fn plain(chunk: &str, start: u32, whole: &Whole<'_>) -> Option<Plain> {
    let slice = |from: usize, to: usize| {
        let bytes = |at| u32::try_from(at).ok();
        Some(
            whole
                .text
                .subtendril(start + bytes(from)?, bytes(to - from)?),
        )
    };
    let bytes = chunk.as_bytes();
    let (kind, from) = match bytes {
        [b'<', b'/', ..] => (TagKind::EndTag, 2),
        [b'<', ..] => (TagKind::StartTag, 1),
        _ => return None,
    };
    let mut at = from
        + count(&bytes[from..], |it| {
            it.is_ascii_lowercase() || it.is_ascii_digit()
        });
    let tag_name = plain_name(&chunk[from..at])?;
    let mut attrs: Vec<Attribute> = Vec::new();
    loop {
        let blanks = count(&bytes[at..], |it| matches!(it, b' ' | b'\n'));
        at += blanks;
        match bytes.get(at)? {
            b'>' => break,
            _ if blanks == 0 || kind == TagKind::EndTag => return None,
            _ => {}
        }
        let length = count(&bytes[at..], |it| it.is_ascii_lowercase() || it == b'-');
        let (attribute, value) = (&chunk[at..at + length], at + length + 2);
        if length == 0 || !bytes[at + length..].starts_with(b"=\"") {
            return None;
        }
        let end = value + memchr::memchr(b'"', &bytes[value..])?;
        let name = match attribute {
            "class" => local_name!("class"),
            "id" => local_name!("id"),
            "href" => local_name!("href"),
            other => LocalName::from(other),
        };
        if !whole.is_verbatim(&bytes[value..end]) || attrs.iter().any(|it| it.name.local == name) {
            return None;
        }
        attrs.push(Attribute {
            name: QualName::new(None, ns!(), name),
            value: slice(value, end)?,
        });
        at = end + 1;
    }
    let text = &chunk[at + 1..];
    let text = match whole.is_verbatim(text.as_bytes()) {
        true => slice(at + 1, chunk.len())?,
        false => decoded(text)?,
    };
    Some(Plain {
        tag: Tag {
            kind,
            name: tag_name,
            self_closing: false,
            attrs,
            had_duplicate_attributes: false,
        },
        text: (!text.is_empty()).then_some(text),
        length: u32::try_from(at + 1).ok()?,
    })
}

fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is(**byte)).count()
}

/// The text that these character references stand for; `None` where there are
/// others than the most common, or what HTML changes.
fn decoded(text: &str) -> Option<StrTendril> {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        // The names below are no longer.
        let end = rest.as_bytes()[at..]
            .iter()
            .take(6)
            .position(|it| *it == b';')?;
        let name = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        decoded.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" | "#39" => '\'',
            "nbsp" => '\u{a0}',
            "bull" => '\u{2022}',
            "copy" => '\u{a9}',
            _ => return None,
        });
    }
    decoded.push_str(rest);
    let changes = memchr::memchr2(b'\r', b'\0', decoded.as_bytes()).is_some();
    (!changes).then(|| StrTendril::from(decoded))
}

/// Makes a function of the names of elements.
macro_rules! plain_names {
    ($($name:tt)*) => {
        /// The name of an element whose tags tell the tokenizer nothing: its content
        /// is read as all else is.
        fn plain_name(name: &str) -> Option<LocalName> {
            Some(match name {
                $($name => local_name!($name),)*
                _ => return None,
            })
        }
    };
}

plain_names! {
    "a" "article" "b" "blockquote" "body" "br" "button" "code" "dd" "div" "dl" "dt" "em"
    "footer" "form" "h1" "h2" "h3" "h4" "h5" "h6" "head" "header" "hr" "html" "i" "img"
    "input" "label" "li" "link" "main" "meta" "nav" "ol" "p" "pre" "section" "small"
    "span" "strong" "sub" "sup" "table" "tbody" "td" "tfoot" "th" "thead" "tr" "u" "ul"
}
