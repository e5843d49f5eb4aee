//! Parses HTML into scraper's tree and remembers where each element stands.
//!
//! Pages are untrusted: elements nested deeper than [`DEPTH`] lose their tags
//! (never their text), and markup that makes the HTML algorithm multiply
//! elements is read a second time without its formatting tags, so that time
//! and memory stay linear in the page's length.

use std::cell::Cell;

use ego_tree::NodeId;
use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};
use scraper::Html;

use super::{
    sink::{Handle, LONGEST_TAG, Place, Sink, is_void},
    tags::{self, Plain},
};
use crate::source::Span;

/// How deep elements may nest, as in browsers.
const DEPTH: usize = 512;

/// A parsed page.
pub(super) struct Tree {
    /// The elements.
    pub(super) html: Html,
    /// The elements, in the order of their ids, and the place of each.
    elements: Vec<NodeId>,
    places: Vec<Place>,
}

impl Tree {
    /// Parses a page or a part of one.
    pub(super) fn parse(text: &str) -> Self {
        parse(text, Formatting::Keep)
            .or_else(|| parse(text, Formatting::Drop))
            .unwrap_or_else(|| Self {
                html: Html::new_document(),
                elements: Vec::new(),
                places: Vec::new(),
            })
    }

    /// The bytes of an element, from its start tag to its end tag.
    pub(super) fn span(&self, node: NodeId) -> Span {
        let found = self.elements.binary_search(&node);
        found.map_or(Span::default(), |at| self.places[at].span)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Formatting {
    Keep,
    /// Tags like `<b>`, which HTML opens again in every paragraph until they
    /// are closed, are left out.
    Drop,
}

/// `None` when the formatting tags multiply beyond all measure.
fn parse(text: &str, formatting: Formatting) -> Option<Tree> {
    let whole = StrTendril::from(text);
    let tags = memchr::memchr_iter(b'<', text.as_bytes()).count();
    let sink = Sink::new(whole.clone(), tags);
    let guard = Guard {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        formatting,
        dropped: Cell::default(),
        roots: Cell::default(),
        is_between: Cell::new(true),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    // Fed piece by piece, each beginning with a `<`, the parser tells with
    // each element where it is.
    let mut tags = 0;
    let mut start = 0;
    while start < text.len() {
        let rest = &text.as_bytes()[start + 1..];
        let length = memchr::memchr(b'<', rest);
        let length = length.unwrap_or(rest.len()) + 1;
        let chunk = &text[start..start + length];
        let guard = &tokenizer.sink;
        let sink = &guard.builder.sink;
        sink.chunk.set((bytes(start), bytes(start + length)));
        let plain = guard
            .is_between
            .get()
            .then(|| tags::plain(chunk, bytes(start), &whole));
        if let Some(plain) = plain.flatten() {
            guard.process_plain(plain);
        } else {
            let skip = overlong_tag(chunk);
            guard.is_between.set(false);
            queue.push_back(whole.subtendril(bytes(start + skip), bytes(length - skip)));
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
            let is_between = guard.is_between.get() && !may_end_in_reference(chunk);
            guard.is_between.set(is_between);
        }
        tags += 1;
        if sink.places.borrow().len() > 8 * tags + 1000 && formatting == Formatting::Keep {
            return None;
        }
        start += length;
    }
    let end = bytes(text.len());
    tokenizer.sink.builder.sink.chunk.set((end, end));
    tokenizer.end();
    let sink = tokenizer.sink.builder.sink;
    Some(Tree {
        elements: sink.nodes.into_inner(),
        places: sink.places.into_inner(),
        html: sink.inner.finish(),
    })
}

/// A count or place in 32 bits.
fn bytes(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether the tokenizer, at the end of this text, may wait for the rest of a
/// character reference. It waits even after `;`, for a longer name.
fn may_end_in_reference(text: &str) -> bool {
    let in_reference = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '#' | ';');
    text.trim_end_matches(in_reference).ends_with('&')
}

/// How many bytes at the start of `chunk` are a tag longer than
/// [`LONGEST_TAG`].
fn overlong_tag(chunk: &str) -> usize {
    let bytes = chunk.as_bytes();
    let is_tag =
        matches!(bytes, [b'<', b'/', ..]) || bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
    if !is_tag || chunk.len() <= LONGEST_TAG || bytes[..LONGEST_TAG].contains(&b'>') {
        return 0;
    }
    chunk.find('>').map_or(chunk.len(), |at| at + 1)
}

/// Stands between the tokenizer and the tree builder, and drops what would
/// make the tree too deep or too large.
struct Guard {
    builder: TreeBuilder<Handle, Sink>,
    formatting: Formatting,
    /// Start tags dropped whose end tags are still to come.
    dropped: Cell<u32>,
    /// How many `<html>` and `<body>` tags came: each later one only adds
    /// attributes to the first, one by one.
    roots: Cell<u32>,
    /// Whether the last of the text was read to the end of a tag or comment,
    /// and what follows it is neither a script nor the like.
    is_between: Cell<bool>,
}

impl Guard {
    /// Takes what the tokenizer would have read.
    fn process_plain(&self, Plain { tag, text }: Plain) {
        let tokens = [Some(Token::TagToken(tag)), text.map(Token::CharacterTokens)];
        for token in tokens.into_iter().flatten() {
            // Such tokens change nothing about how the next is read.
            let _ = self.process_token(token, 1);
        }
        self.is_between.set(true);
    }

    fn drops(&self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        if self.formatting == Formatting::Drop && is_formatting(name) {
            return true;
        }
        if matches!(name, "html" | "body") && tag.kind == TagKind::StartTag {
            self.roots.set(self.roots.get() + 1);
            return self.roots.get() > 4;
        }
        let dropped = self.dropped.get();
        if tag.kind == TagKind::EndTag {
            self.dropped.set(dropped.saturating_sub(1));
            if dropped == 0 {
                self.builder.sink.close(&tag.name);
            }
            return dropped > 0;
        }
        if self.builder.sink.open.borrow().len() < DEPTH || is_void(name) {
            return false;
        }
        self.dropped.set(dropped + 1);
        true
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let is_markup = matches!(
            token,
            Token::TagToken(_) | Token::CommentToken(_) | Token::DoctypeToken(_)
        );
        let result = match &token {
            Token::TagToken(tag) if self.drops(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        };
        if is_markup {
            self.is_between.set(result == TokenSinkResult::Continue);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The elements that HTML's "list of active formatting elements" holds.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    /// Pieces of HTML of which pages are put together in all ways: plain ones,
    /// and all that makes a tag mean something else.
    const PIECES: [&str; 48] = [
        "…",
        "xp>",
        "<see>",
        "&lt;",
        "<p>",
        "</p>",
        "<td>",
        "<tr>",
        "<table class=\"a b\">",
        "</table>",
        "<a href=\"/x\" rel=\"y\">",
        "</a>",
        "<b>",
        "</b>",
        "<pre>\n",
        "</pre>",
        "<li\n>",
        "<h1 id=\"a\" id=\"b\">",
        "<br>",
        "<br/>",
        "<P>",
        "<div class='a'>",
        "<div hidden>",
        "<div class=\"a",
        "\">",
        "<img alt=\"&lt;\">",
        "</div >",
        "<!--",
        "-->",
        "<!DOCTYPE html>",
        "<?x?>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "<textarea>",
        "</textarea>",
        "<svg>",
        "<![CDATA[",
        "]]>",
        "<select>",
        "<template>",
        "<plaintext>",
        "< ",
        "&lt;&quot;x&amp;lt;&#39;",
        "&am",
        "p;&nbsp",
        "words \r\n\0 more",
    ];

    proptest! {
        #[test]
        fn the_tree_is_what_html5ever_makes_of_the_whole(pieces in vec(select(&PIECES[..]), 0..24)) {
            let text = pieces.concat();
            let mut whole = Html::parse_document(&text);
            // Nobody asks for errors.
            whole.errors.clear();
            prop_assert_eq!(Tree::parse(&text).html, whole);
        }
    }
}
