//! Parts of running text besides words: tags, entities that were escaped twice, and
//! references in braces.
//!
//! The tags are those of XML documentation comments (ECMA-334, annex D) and of HTML, in
//! small letters or in capitals, if they affect text. Any other `<…>` is plain text.

use std::borrow::Cow;

/// A piece of running text.
#[derive(Debug, PartialEq)]
pub enum Piece<'t> {
    /// Words.
    Words(Cow<'t, str>),
    /// `{Namespace.Type.Member}`.
    Reference(&'t str),
    /// `<tag attribute="">`.
    Open(Tag, Attributes<'t>),
    /// `</tag>`.
    Close(Tag),
}

/// What a tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Another paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// Code.
    Code,
    /// Strong emphasis.
    Strong,
    /// Emphasis.
    Emphasis,
    /// A name or an address, with or without words for it.
    Reference,
    /// Words with an address.
    Link,
    /// Nothing by itself.
    Nothing,
}

/// Tags by name.
const TAGS: [(&str, Tag); 31] = [
    ("a", Tag::Link),
    ("b", Tag::Strong),
    ("br", Tag::Paragraph),
    ("c", Tag::Code),
    ("code", Tag::Code),
    ("description", Tag::Nothing),
    ("div", Tag::Paragraph),
    ("em", Tag::Emphasis),
    ("example", Tag::Paragraph),
    ("font", Tag::Nothing),
    ("i", Tag::Emphasis),
    ("item", Tag::Item),
    ("li", Tag::Item),
    ("list", Tag::List),
    ("listheader", Tag::Nothing),
    ("ol", Tag::List),
    ("p", Tag::Paragraph),
    ("para", Tag::Paragraph),
    ("paramref", Tag::Reference),
    ("remarks", Tag::Paragraph),
    ("returns", Tag::Paragraph),
    ("see", Tag::Reference),
    ("seealso", Tag::Reference),
    ("span", Tag::Nothing),
    ("strong", Tag::Strong),
    ("summary", Tag::Paragraph),
    ("term", Tag::Nothing),
    ("tt", Tag::Code),
    ("typeparamref", Tag::Reference),
    ("u", Tag::Nothing),
    ("ul", Tag::List),
];

/// What a tag says besides its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes<'t> {
    /// What it refers to: a name, or an address.
    pub target: Option<&'t str>,
    /// Whether it ends by itself (`<see cref="" />`).
    pub is_empty: bool,
}

/// Attributes that say what a tag refers to.
const TARGETS: [&str; 4] = ["cref", "href", "langword", "name"];

/// How far the end of a tag or reference is searched for, in bytes; without a limit, many
/// unclosed beginnings would take quadratic time.
const LONGEST_NAME: usize = 16;
const LONGEST_TAG: usize = 4096;
const LONGEST_ENTITY: usize = 12;

/// The pieces of a text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['<', '{']) {
        let begin = at + found;
        let rest = &text[begin..];
        let piece = if rest.starts_with('<') {
            tag(rest)
        } else {
            reference(rest)
        };
        at = begin + 1;
        if let Some((piece, length)) = piece {
            pieces.extend(words(&text[start..begin]));
            pieces.push(piece);
            (start, at) = (begin + length, begin + length);
        }
    }
    pieces.extend(words(&text[start..]));
    pieces
}

fn words(text: &str) -> Option<Piece<'_>> {
    // Twice, because the vendor may have escaped the text before the page did.
    let text = decode(text).map_or(Cow::Borrowed(text), |once| {
        Cow::Owned(decode(&once).unwrap_or(once))
    });
    (!text.is_empty()).then_some(Piece::Words(text))
}

/// A tag at the start of a text, and its length.
fn tag(text: &str) -> Option<(Piece<'_>, usize)> {
    let inner = text.strip_prefix('<')?;
    let is_close = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_end = prefix(inner, LONGEST_NAME).find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, rest) = inner.split_at(name_end);
    // `<Item>` is probably a type, and `<T>` certainly.
    let is_it =
        |known: &str| name == known || known.len() > 1 && name == known.to_ascii_uppercase();
    let (_, tag) = TAGS.iter().find(|(known, _)| is_it(known))?;
    let end = tag_end(rest)?;
    let length = text.len() - rest.len() + end + 1;
    let rest = &rest[..end];
    let (rest, is_empty) = rest
        .strip_suffix('/')
        .map_or((rest, false), |rest| (rest, true));
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let names: &[&str] = match tag {
        Tag::Link => &["href"],
        _ => &TARGETS,
    };
    let piece = match is_close {
        true => Piece::Close(*tag),
        false => Piece::Open(
            *tag,
            Attributes {
                target: names.iter().find_map(|name| attribute(rest, name)),
                is_empty,
            },
        ),
    };
    Some((piece, length))
}

/// The index of the `>` that ends a tag, after its name. A tag can't contain another `<`,
/// unless it is quoted.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in prefix(rest, LONGEST_TAG).char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The first bytes of a text, at most this many.
fn prefix(text: &str, length: usize) -> &str {
    let length = length.min(text.len());
    let end = (0..=length).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The value of an attribute.
fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(name)?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = value[1..].split_once(quote)?;
    Some(value)
}

/// A dotted name in braces at the start of a text, and its length. One without a dot may
/// be a part of a path.
fn reference(text: &str) -> Option<(Piece<'_>, usize)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || "._".contains(c)))?;
    if !inner[end..].starts_with('}') {
        return None;
    }
    let inner = &inner[..end];
    let is_name = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_reference = inner.contains('.') && inner.split('.').all(is_name);
    is_reference.then_some((Piece::Reference(inner), inner.len() + 2))
}

/// Entities of XML (the names that it knows by itself, the numbers, and the space that
/// HTML adds) as the characters that they stand for; `None` where there are none.
fn decode(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = prefix(after, LONGEST_ENTITY)
            .find(';')
            .and_then(|end| Some((entity(&after[..end])?, &after[end + 1..])));
        match entity {
            Some((c, after)) => {
                found = true;
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, base| {
        u32::from_str_radix(digits, base)
            .ok()
            .and_then(char::from_u32)
    };
    match name {
        "amp" => Some('&'),
        "apos" => Some('\''),
        "gt" => Some('>'),
        "lt" => Some('<'),
        "nbsp" => Some(' '),
        "quot" => Some('"'),
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }
        }
    }
}
