//! Parses HTML into scraper's tree and remembers where each element stands.
//!
//! Pages are untrusted: elements nested deeper than [`DEPTH`] lose their tags
//! (never their text), and markup that makes the HTML algorithm multiply
//! elements is read a second time without its formatting tags, so that time
//! and memory stay linear in the page's length.

use std::{
    borrow::Cow,
    cell::{Cell, Ref, RefCell},
    collections::HashMap,
};

use ego_tree::NodeId;
use html5ever::{
    Attribute, QualName, TokenizerResult,
    buffer_queue::BufferQueue,
    interface::{ElemName, ElementFlags, NodeOrText, QuirksMode},
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};
use scraper::{Html, HtmlTreeSink};

use crate::source::Span;

/// How deep elements may nest, as in browsers.
const DEPTH: u16 = 512;

/// The longest tag that is read, in bytes: more is no markup of a person's,
/// and html5ever compares each attribute of a tag with all others.
const LONGEST_TAG: usize = 4096;

/// A parsed page.
pub(super) struct Tree {
    /// The elements.
    pub(super) html: Html,
    places: HashMap<NodeId, Place>,
}

impl Tree {
    /// Parses a page or a part of one.
    pub(super) fn parse(text: &str) -> Self {
        parse(text, Formatting::Keep)
            .or_else(|| parse(text, Formatting::Drop))
            .unwrap_or_else(|| Self {
                html: Html::new_document(),
                places: HashMap::new(),
            })
    }

    /// The bytes of an element, from its start tag to its end tag.
    pub(super) fn span(&self, node: NodeId) -> Span {
        self.places
            .get(&node)
            .map_or(Span::default(), |place| place.span)
    }
}

#[derive(Clone, Copy, Default)]
struct Place {
    span: Span,
    depth: u16,
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
    let sink = Sink {
        inner: HtmlTreeSink::new(Html::new_document()),
        places: RefCell::default(),
        chunk: Cell::default(),
        depth: Cell::default(),
        elements: Cell::default(),
        text: whole.clone(),
    };
    let guard = Guard {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        formatting,
        dropped: Cell::default(),
        roots: Cell::default(),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    // Fed piece by piece, each beginning with a `<`, the parser tells with
    // each element where it is.
    let mut tags = 0;
    let mut start = 0;
    while start < text.len() {
        let length = text[start + 1..]
            .find('<')
            .map_or(text.len() - start, |at| at + 1);
        let chunk = &text[start..start + length];
        let skip = overlong_tag(chunk);
        let (from, length_left) = (start + skip, length - skip);
        let bytes = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let sink = &tokenizer.sink.builder.sink;
        sink.chunk.set((bytes(start), bytes(start + length)));
        queue.push_back(whole.subtendril(bytes(from), bytes(length_left)));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tags += 1;
        if sink.elements.get() > 8 * tags + 1000 && formatting == Formatting::Keep {
            return None;
        }
        start += length;
    }
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    tokenizer.sink.builder.sink.chunk.set((end, end));
    tokenizer.end();
    let sink = tokenizer.sink.builder.sink;
    let places = sink.places.into_inner();
    let html = sink.inner.finish();
    Some(Tree { html, places })
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

/// The end of the tag that starts at the beginning of `chunk`: the first `>`
/// that is outside quotes. In bytes from the chunk's start.
pub(super) fn tag_end(chunk: &[u8]) -> usize {
    let chunk = &chunk[..chunk.len().min(LONGEST_TAG)];
    let mut quote = None;
    for (at, byte) in chunk.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    let first = chunk.iter().position(|byte| *byte == b'>');
    first.map_or(0, |at| at + 1)
}

/// Stands between the tokenizer and the tree builder, and drops what would
/// make the tree too deep or too large.
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    formatting: Formatting,
    /// Start tags dropped whose end tags are still to come.
    dropped: Cell<u32>,
    /// How many `<html>` and `<body>` tags came: each later one only adds
    /// attributes to the first, one by one.
    roots: Cell<u32>,
}

impl Guard {
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
            return dropped > 0;
        }
        if self.builder.sink.depth.get() < DEPTH || is_void(name) {
            return false;
        }
        self.dropped.set(dropped + 1);
        true
    }
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if let Token::TagToken(tag) = &token
            && self.drops(tag)
        {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
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

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Scraper's tree sink, with the place of each element.
struct Sink {
    inner: HtmlTreeSink,
    places: RefCell<HashMap<NodeId, Place>>,
    /// The bytes that are being read.
    chunk: Cell<(u32, u32)>,
    /// How deep the tree is where the parser is.
    depth: Cell<u16>,
    elements: Cell<usize>,
    text: StrTendril,
}

impl Sink {
    fn depth_of(&self, node: &NodeId) -> u16 {
        self.places
            .borrow()
            .get(node)
            .map_or(0, |place| place.depth)
    }

    fn enter(&self, parent: &NodeId, child: &NodeOrText<NodeId>) {
        let mut depth = self.depth_of(parent);
        if let NodeOrText::AppendNode(node) = child {
            depth = depth.saturating_add(1);
            if let Some(place) = self.places.borrow_mut().get_mut(node) {
                place.depth = depth;
            }
        }
        self.depth.set(depth);
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let node = self.inner.create_element(name, attrs, flags);
        let (start, end) = self.chunk.get();
        let span = Span { start, end };
        self.places
            .borrow_mut()
            .insert(node, Place { span, depth: 0 });
        self.elements.set(self.elements.get() + 1);
        node
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.enter(parent, &child);
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.enter(previous, &child);
        self.inner
            .append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn pop(&self, node: &NodeId) {
        let (start, end) = self.chunk.get();
        let chunk = &self.text[start as usize..end as usize];
        let mut places = self.places.borrow_mut();
        let Some(place) = places.get_mut(node) else {
            return;
        };
        let name = self.inner.elem_name(node);
        let name: &str = name.local_name();
        let own_end_tag = chunk
            .strip_prefix("</")
            .and_then(|rest| rest.get(..name.len()))
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        let own_tag = own_end_tag || place.span.start == start;
        place.span.end = start;
        if own_tag {
            place.span.end += u32::try_from(tag_end(chunk.as_bytes())).unwrap_or(0);
        }
        self.depth.set(place.depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(node) = &new_node {
            let depth = self.depth_of(sibling);
            if let Some(place) = self.places.borrow_mut().get_mut(node) {
                place.depth = depth;
            }
            self.depth.set(depth);
        }
        self.inner.append_before_sibling(sibling, new_node);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.inner.reparent_children(node, new_parent);
    }
}
