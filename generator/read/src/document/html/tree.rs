//! Parses HTML into scraper's tree and remembers where each element stands.
//!
//! Pages are untrusted: elements nested deeper than the guard's
//! [`DEPTH`](super::guard::DEPTH) lose their tags (never their text), and markup
//! that makes the HTML algorithm multiply elements is read a second time without
//! its formatting tags, so that time and memory stay linear in the page's length.

use ego_tree::NodeId;
use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tokenizer, TokenizerOpts},
    tree_builder::TreeSink,
};
use memchr::memchr_iter;
use scraper::Html;

use super::{
    guard::{Formatting, Guard},
    sink::{LONGEST_TAG, Place, Sink},
};
use crate::source::Span;

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

/// `None` when the formatting tags multiply beyond all measure.
fn parse(text: &str, formatting: Formatting) -> Option<Tree> {
    let whole = StrTendril::from(text);
    let tags = memchr_iter(b'<', text.as_bytes()).count();
    let guard = Guard::new(Sink::new(whole.clone(), tags), formatting);
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    // Fed piece by piece, each beginning with a `<`, the parser tells with
    // each element where it is.
    let mut start = 0;
    let ends = memchr_iter(b'<', text.as_bytes()).filter(|at| *at > 0);
    for (fed, end) in (1..).zip(ends.chain([text.len()])) {
        let (from, to) = (bytes(start), bytes(end));
        let sink = &tokenizer.sink.builder.sink;
        sink.chunk.set((from, to));
        let skip = overlong_tag(&text[start..end]);
        queue.push_back(whole.subtendril(from + skip, to - from - skip));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        let count = tokenizer.sink.builder.sink.places.borrow().len();
        if count > 8 * fed + 1000 && formatting == Formatting::Keep {
            return None;
        }
        start = end;
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

/// How many bytes at the start of `chunk` are a tag longer than
/// [`LONGEST_TAG`].
fn overlong_tag(chunk: &str) -> u32 {
    let bytes = chunk.as_bytes();
    let is_tag =
        matches!(bytes, [b'<', b'/', ..]) || bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
    if !is_tag || chunk.len() <= LONGEST_TAG || bytes[..LONGEST_TAG].contains(&b'>') {
        return 0;
    }
    self::bytes(chunk.find('>').map_or(chunk.len(), |at| at + 1))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    /// Pieces of HTML of which pages are put together in all ways: plain ones,
    /// and all that makes a tag mean something else. Fed piece by piece, the parser
    /// must make the same tree of them.
    const PIECES: [&str; 60] = [
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
        "<body>",
        "</body>",
        "<frameset>",
        "<tbody>",
        "</tr>",
        "<ul>",
        "</ul>",
        "</li>",
        "<form>",
        "<button>",
        "<body><div>",
        "<ul><li>",
    ];

    proptest! {
        #[test]
        fn the_tree_is_what_html5ever_makes_of_the_whole(pieces in vec(select(&PIECES[..]), 0..24)) {
            let text = pieces.concat();
            // Of more than these the guard drops some, which shows where they end an image.
            prop_assume!(text.matches("<body").count() <= 4);
            let mut whole = Html::parse_document(&text);
            // Nobody asks for errors.
            whole.errors.clear();
            prop_assert_eq!(Tree::parse(&text).html, whole);
        }
    }
}
