//! Parses HTML into scraper's tree and remembers where each element stands.
//!
//! Pages are untrusted: elements nested deeper than [`DEPTH`] lose their tags
//! (never their text), and markup that makes the HTML algorithm multiply
//! elements is read a second time without its formatting tags, so that time
//! and memory stay linear in the page's length.

use std::{
    borrow::Cow,
    cell::{Cell, Ref, RefCell},
};

use ego_tree::NodeId;
use html5ever::{
    Attribute, LocalName, QualName, TokenizerResult,
    buffer_queue::BufferQueue,
    interface::{ElementFlags, NodeOrText, QuirksMode},
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};
use scraper::{Html, HtmlTreeSink};

use crate::source::Span;

/// How deep elements may nest, as in browsers.
const DEPTH: usize = 512;

/// The longest tag that is read, in bytes: more is no markup of a person's,
/// and html5ever compares each attribute of a tag with all others.
const LONGEST_TAG: usize = 4096;

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

#[derive(Clone, Copy)]
struct Place {
    span: Span,
    /// The place of the element around it.
    parent: Option<usize>,
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
        nodes: RefCell::default(),
        places: RefCell::default(),
        open: RefCell::default(),
        chunk: Cell::default(),
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
        let rest = &text.as_bytes()[start + 1..];
        let length = rest.iter().position(|byte| *byte == b'<');
        let length = length.unwrap_or(rest.len()) + 1;
        let chunk = &text[start..start + length];
        let skip = overlong_tag(chunk);
        let (from, length_left) = (start + skip, length - skip);
        let bytes = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let sink = &tokenizer.sink.builder.sink;
        sink.chunk.set((bytes(start), bytes(start + length)));
        queue.push_back(whole.subtendril(bytes(from), bytes(length_left)));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tags += 1;
        if sink.places.borrow().len() > 8 * tags + 1000 && formatting == Formatting::Keep {
            return None;
        }
        start += length;
    }
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    tokenizer.sink.builder.sink.chunk.set((end, end));
    tokenizer.end();
    let sink = tokenizer.sink.builder.sink;
    Some(Tree {
        elements: sink.nodes.into_inner(),
        places: sink.places.into_inner(),
        html: sink.inner.finish(),
    })
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
    builder: TreeBuilder<Handle, Sink>,
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

/// A node for the tree builder: its id, and for an element the index of its
/// place.
#[derive(Clone, Copy, PartialEq)]
struct Handle {
    node: NodeId,
    place: usize,
}

impl Handle {
    /// A node that is no element.
    fn other(node: NodeId) -> Self {
        let place = usize::MAX;
        Self { node, place }
    }
}

/// Scraper's tree sink, with the place of each element.
struct Sink {
    inner: HtmlTreeSink,
    nodes: RefCell<Vec<NodeId>>,
    places: RefCell<Vec<Place>>,
    /// The elements around the place that is being read: place and name. The
    /// tree builder doesn't say when it closes one, so this follows the end
    /// tags and the parents of new elements.
    open: RefCell<Vec<(usize, LocalName)>>,
    /// The bytes that are being read.
    chunk: Cell<(u32, u32)>,
    text: StrTendril,
}

impl Sink {
    /// Notes an end tag that is being read.
    fn close(&self, name: &LocalName) {
        let (start, _) = self.chunk.get();
        let found = self
            .open
            .borrow()
            .iter()
            .rposition(|(_, open)| open == name);
        if let Some(at) = found {
            self.close_to(at + 1, start);
            self.close_to(at, self.end_of_tag());
        }
    }

    /// Lets all open elements beyond the first `count` end at byte `end`.
    fn close_to(&self, count: usize, end: u32) {
        let mut open = self.open.borrow_mut();
        let mut places = self.places.borrow_mut();
        let count = count.min(open.len());
        for (place, _) in open.drain(count..) {
            places[place].span.end = end;
        }
    }

    /// Where the tag ends that is being read.
    fn end_of_tag(&self) -> u32 {
        let (start, end) = self.chunk.get();
        let chunk = &self.text.as_bytes()[start as usize..end as usize];
        start + u32::try_from(tag_end(chunk)).unwrap_or(0)
    }

    /// Notes that `child` comes to stand inside `parent`.
    fn enter(&self, parent: usize, child: &NodeOrText<Handle>) {
        let NodeOrText::AppendNode(child) = child else {
            return;
        };
        if child.place == usize::MAX {
            return;
        }
        let around = self
            .open
            .borrow()
            .iter()
            .rposition(|(open, _)| *open == parent);
        let (start, _) = self.chunk.get();
        self.close_to(around.map_or(0, |at| at + 1), start);
        let name = self.inner.elem_name(&child.node).local.clone();
        let mut places = self.places.borrow_mut();
        places[child.place].parent = (parent != usize::MAX).then_some(parent);
        if is_void(&name) {
            places[child.place].span.end = self.end_of_tag();
        } else {
            self.open.borrow_mut().push((child.place, name));
        }
    }
}

fn node_of(child: NodeOrText<Handle>) -> NodeOrText<NodeId> {
    match child {
        NodeOrText::AppendNode(handle) => NodeOrText::AppendNode(handle.node),
        NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::other(self.inner.get_document())
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.inner.elem_name(&target.node)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let node = self.inner.create_element(name, attrs, flags);
        let (start, end) = self.chunk.get();
        let mut places = self.places.borrow_mut();
        let place = places.len();
        places.push(Place {
            span: Span { start, end },
            parent: None,
        });
        self.nodes.borrow_mut().push(node);
        Handle { node, place }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        Handle::other(self.inner.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        Handle::other(self.inner.create_pi(target, data))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.enter(parent.place, &child);
        self.inner.append(&parent.node, node_of(child));
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        self.enter(previous.place, &child);
        self.inner
            .append_based_on_parent_node(&element.node, &previous.node, node_of(child));
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle::other(self.inner.get_template_contents(&target.node))
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let places = self.places.borrow();
        let around = places.get(sibling.place).and_then(|place| place.parent);
        drop(places);
        self.enter(around.unwrap_or(usize::MAX), &new_node);
        self.inner
            .append_before_sibling(&sibling.node, node_of(new_node));
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(&target.node, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.inner.remove_from_parent(&target.node);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.inner.reparent_children(&node.node, &new_parent.node);
    }
}
