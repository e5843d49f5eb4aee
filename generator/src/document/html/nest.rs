//! Elements of whose content HTML's rules have nothing to say: each holds what
//! it may hold, and each has its end tag. Most of a reference are tables like
//! that. For them html5ever's tree builder makes the tree that the tags spell
//! out, after asking of each tag and text what half a hundred rules make of it.
//!
//! What [`chunks`] finds by the tags alone, the caller lets [`grow`] add to the
//! tree where nothing around it matters either.

use ego_tree::NodeId;
use html5ever::{
    LocalName, interface::NodeOrText, local_name, tendril::StrTendril, tokenizer::TagKind,
    tree_builder::TreeSink,
};

use super::{
    sink::{LONGEST_TAG, Sink},
    tags::{self, Plain, Whole},
};
use crate::source::Span;

/// How deep elements nest that are read here.
pub(super) const DEEPEST: usize = 128;

/// A part of a page that begins with a `<`, up to the next.
pub(super) struct Chunk {
    /// Where it stands.
    pub(super) span: Span,
    /// What it says, if that is plain.
    pub(super) plain: Option<Plain>,
    /// The chunk with the end tag of the element that this one begins, when all
    /// up to there nests plainly.
    pub(super) last: Option<usize>,
}

/// What an element is to those around and inside it.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Box,
    List,
    Item,
    /// A paragraph or heading, or preformatted text.
    Words,
    Phrase,
    /// An element of running text that holds nothing.
    Void,
    Table,
    Rows,
    Row,
    Cell,
}

impl Part {
    fn of(name: &LocalName) -> Option<Self> {
        Some(match *name {
            local_name!("div")
            | local_name!("section")
            | local_name!("article")
            | local_name!("main")
            | local_name!("nav")
            | local_name!("header")
            | local_name!("footer")
            | local_name!("blockquote") => Self::Box,
            local_name!("ul") | local_name!("ol") => Self::List,
            local_name!("li") => Self::Item,
            local_name!("p")
            | local_name!("pre")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6") => Self::Words,
            local_name!("a")
            | local_name!("b")
            | local_name!("code")
            | local_name!("em")
            | local_name!("i")
            | local_name!("small")
            | local_name!("span")
            | local_name!("strong")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("u") => Self::Phrase,
            local_name!("br") | local_name!("img") => Self::Void,
            local_name!("table") => Self::Table,
            local_name!("thead") | local_name!("tbody") | local_name!("tfoot") => Self::Rows,
            local_name!("tr") => Self::Row,
            local_name!("td") | local_name!("th") => Self::Cell,
            _ => return None,
        })
    }

    /// Whether it may hold `inner` without HTML moving or closing anything.
    fn may_hold(self, inner: Self) -> bool {
        match self {
            Self::Box | Self::Item | Self::Cell => matches!(
                inner,
                Self::Box | Self::List | Self::Words | Self::Phrase | Self::Void | Self::Table
            ),
            Self::Words | Self::Phrase => matches!(inner, Self::Phrase | Self::Void),
            Self::List => inner == Self::Item,
            Self::Table => inner == Self::Rows,
            Self::Rows => inner == Self::Row,
            Self::Row => inner == Self::Cell,
            Self::Void => false,
        }
    }

    /// Whether words within it stay there.
    fn may_hold_words(self) -> bool {
        !matches!(self, Self::Table | Self::Rows | Self::Row)
    }
}

/// Whether elements of this name are read by rules of their own, wherever they
/// stand.
pub(super) fn is_table(name: &LocalName) -> bool {
    *name == local_name!("table")
}

/// Whether elements of this name may stand in a page's body.
pub(super) fn stands_in_body(name: &LocalName) -> bool {
    matches!(
        Part::of(name),
        Some(Part::Box | Part::List | Part::Words | Part::Phrase | Part::Table)
    )
}

/// An element that is open.
struct Open {
    /// The chunk that begins it.
    chunk: usize,
    name: LocalName,
    part: Part,
}

/// The chunks of a page that has so many tags.
pub(super) fn chunks(text: &str, whole: &StrTendril, tags: usize) -> Vec<Chunk> {
    let mut chunks = Vec::with_capacity(tags + 1);
    let mut open = Vec::new();
    let whole = Whole::new(whole);
    let mut start = 0;
    while start < text.len() {
        let rest = &text.as_bytes()[start + 1..];
        let length = memchr::memchr(b'<', rest).unwrap_or(rest.len()) + 1;
        let span = Span::new(start, start + length);
        let plain = tags::plain(&text[start..start + length], span.start, &whole);
        chunks.push(Chunk {
            span,
            plain: None,
            last: None,
        });
        let nests = plain
            .as_ref()
            .is_some_and(|it| enter(it, &mut open, &mut chunks));
        if !nests {
            open.clear();
        }
        if let Some(chunk) = chunks.last_mut() {
            chunk.plain = plain;
        }
        start += length;
    }
    chunks
}

/// Enters the last of the chunks; whether it nests plainly in what is open.
fn enter(plain: &Plain, open: &mut Vec<Open>, chunks: &mut [Chunk]) -> bool {
    let Plain { tag, text, length } = plain;
    let last = chunks.len() - 1;
    if tag.kind == TagKind::EndTag {
        let Some(ended) = open.pop().filter(|it| it.name == tag.name) else {
            return false;
        };
        chunks[ended.chunk].last = Some(last);
    } else {
        let Some(part) = Part::of(&tag.name) else {
            return false;
        };
        let fits = open.last().is_none_or(|around| around.part.may_hold(part));
        // A link ends the link around it.
        let is_linked = tag.name == local_name!("a") && open.iter().any(|it| it.name == tag.name);
        if !fits || is_linked || open.len() >= DEEPEST || *length as usize > LONGEST_TAG {
            return false;
        }
        if part != Part::Void {
            open.push(Open {
                chunk: last,
                name: tag.name.clone(),
                part,
            });
        }
    }
    let is_blank = |text: &StrTendril| text.bytes().all(|it| it.is_ascii_whitespace());
    open.last()
        .is_none_or(|around| around.part.may_hold_words())
        || text.as_ref().is_none_or(is_blank)
}

/// Adds to the element that was added last, which is called `name`, its own
/// first words and all that is `inside` it, up to its end tag.
pub(super) fn grow(sink: &Sink, name: &LocalName, words: Option<StrTendril>, inside: &mut [Chunk]) {
    let mut open = vec![sink.last()];
    let add = |open: &[(NodeId, usize)], words: Option<StrTendril>| {
        if let (Some((node, _)), Some(words)) = (open.last(), words) {
            sink.inner.append(node, NodeOrText::AppendText(words));
        }
    };
    add(&open, first_words(name, words));
    for chunk in inside {
        let Some(Plain { tag, text, length }) = chunk.plain.take() else {
            return;
        };
        let end = chunk.span.start + length;
        let mut words = text;
        if tag.kind == TagKind::EndTag {
            if let Some((_, place)) = open.pop() {
                sink.places.borrow_mut()[place].span.end = end;
            }
        } else {
            words = first_words(&tag.name, words);
            let is_void = Part::of(&tag.name) == Some(Part::Void);
            let span = Span {
                start: chunk.span.start,
                end,
            };
            let added = open.last().map(|around| sink.add(*around, tag, span));
            open.extend(added.filter(|_| !is_void));
        }
        add(&open, words);
    }
}

/// The words behind a start tag: HTML leaves out a line break right after `<pre>`.
fn first_words(name: &LocalName, words: Option<StrTendril>) -> Option<StrTendril> {
    let mut words = words?;
    if *name == local_name!("pre") && words.starts_with('\n') {
        words.pop_front(1);
    }
    (!words.is_empty()).then_some(words)
}
