//! What the elements of HTML are to a reader of prose.

use html5ever::ns;
use scraper::ElementRef;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Never content: scripts, styles, navigation, controls.
    Skip,
    /// What readers see at most a part of, or elsewhere.
    Unread,
    /// A page's or a section's head, which may hold its heading.
    Header,
    /// A heading of this level.
    Heading(u8),
    Paragraph,
    Preformatted,
    Table,
    /// A list; whether it is numbered.
    List(bool),
    /// A list of terms and what they mean.
    Terms,
    Quote,
    Rule,
    /// Any other element that makes blocks.
    Box,
    /// Running text, or an element that HTML doesn't know.
    Phrase,
}

impl Kind {
    /// What an element called `name` is.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "script" | "style" | "nav" | "footer" | "button" | "input" | "map" | "head" => {
                Self::Skip
            }
            "template" | "noscript" | "svg" | "select" | "textarea" | "iframe" | "object"
            | "audio" | "video" | "canvas" | "dialog" => Self::Unread,
            "header" => Self::Header,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "p" | "summary" | "figcaption" | "caption" => Self::Paragraph,
            "pre" | "xmp" | "listing" | "plaintext" => Self::Preformatted,
            "table" => Self::Table,
            "ul" | "menu" | "dir" => Self::List(false),
            "ol" => Self::List(true),
            "dl" => Self::Terms,
            "blockquote" => Self::Quote,
            "hr" => Self::Rule,
            "address" | "article" | "aside" | "body" | "center" | "dd" | "details" | "div"
            | "dt" | "fieldset" | "figure" | "form" | "hgroup" | "html" | "legend" | "li"
            | "main" | "search" | "section" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => {
                Self::Box
            }
            _ => Self::Phrase,
        }
    }

    /// Whether it ends a run of running text.
    pub(super) fn is_block(self) -> bool {
        !matches!(self, Self::Phrase | Self::Skip | Self::Unread)
    }
}

/// Whether a line that starts with a tag of this name is an HTML block in
/// Markdown (CommonMark 0.31, section 4.6, kinds 1 and 6).
pub(in crate::document) fn is_block_tag(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let also = [
        "base", "basefont", "col", "colgroup", "dir", "frame", "frameset", "link", "menuitem",
        "meta", "noframes", "optgroup", "option", "param", "title", "track",
    ];
    Kind::of(&name) != Kind::Phrase || also.contains(&name.as_str())
}

/// An attribute's value.
pub(super) fn attribute<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    // Scraper's own search makes an atom of the name each time, for elements of
    // which most have none or one.
    let mut attributes = element.value().attrs.iter();
    let found = attributes.find(|(known, _)| &*known.local == name && known.ns == ns!());
    found.map(|(_, value)| &**value)
}

/// The start tag of an element, rebuilt; `None` when Markdown could not hold
/// it, because its name isn't a tag's name there (CommonMark 0.31, section
/// 6.6).
pub(super) fn start_tag(element: ElementRef<'_>) -> Option<String> {
    let name = element.value().name();
    if !is_tag_name(name) {
        return None;
    }
    let mut tag = format!("<{name}");
    for (name, value) in element.value().attrs() {
        if !is_attribute_name(name) {
            continue;
        }
        tag.push(' ');
        tag.push_str(name);
        tag.push_str("=\"");
        let mut space = false;
        let mut folded = String::new();
        crate::document::inline::words_onto(&mut folded, value, &mut space);
        for letter in folded.chars() {
            match letter {
                '"' => tag.push_str("&quot;"),
                '&' => tag.push_str("&amp;"),
                '<' => tag.push_str("&lt;"),
                '>' => tag.push_str("&gt;"),
                '\0' => {}
                _ => tag.push(letter),
            }
        }
        tag.push('"');
    }
    tag.push('>');
    Some(tag)
}

fn is_tag_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | ':'))
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':' | '.' | '-'))
}
