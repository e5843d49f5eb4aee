//! Builds scraper's tree and notes where each element stands: scraper has no
//! places, and html5ever knows only the line it reads.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use ego_tree::{NodeId, Tree};
use html5ever::{
    Attribute, LocalName, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode},
    local_name, ns,
    tendril::StrTendril,
    tree_builder::TreeSink,
};
use scraper::{Html, HtmlTreeSink, Node};

use crate::source::Span;

/// The longest tag that is read, in bytes: more is no markup of a person's,
/// and html5ever compares each attribute of a tag with all others.
pub(super) const LONGEST_TAG: usize = 4096;

/// As many tags as a long page has. The tree of a longer one grows as it is read.
const USUAL_TAGS: usize = 1 << 14;

/// Where an element stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) span: Span,
    /// The place of the element around it.
    pub(super) parent: Option<usize>,
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

/// A node for the tree builder: its id, and for an element the index of its
/// place and its name. The tree knows the name, too, but the builder asks for
/// it all the time.
#[derive(Clone, PartialEq)]
pub(super) struct Handle {
    node: NodeId,
    place: usize,
    name: Rc<QualName>,
}

/// Scraper's tree sink, with the place of each element.
pub(super) struct Sink {
    pub(super) inner: HtmlTreeSink,
    /// The elements, in the order of their ids.
    pub(super) nodes: RefCell<Vec<NodeId>>,
    /// The place of each.
    pub(super) places: RefCell<Vec<Place>>,
    /// The elements around the place that is being read: place and name. The
    /// tree builder doesn't say when it closes one, so this follows the end
    /// tags and the parents of new elements.
    pub(super) open: RefCell<Vec<(usize, LocalName)>>,
    /// The bytes that are being read.
    pub(super) chunk: Cell<(u32, u32)>,
    text: StrTendril,
    /// The name of what is no element.
    nameless: Rc<QualName>,
}

impl Sink {
    /// A sink for this text, which has about so many tags.
    pub(super) fn new(text: StrTendril, tags: usize) -> Self {
        let mut html = Html::new_document();
        // A tree that grows moves all its nodes time and again. There are as
        // many as tags: each has a start and an end, and text around them.
        html.tree = Tree::with_capacity(Node::Document, tags.min(USUAL_TAGS) + 1);
        Self {
            inner: HtmlTreeSink::new(html),
            nodes: RefCell::default(),
            places: RefCell::default(),
            open: RefCell::default(),
            chunk: Cell::default(),
            text,
            nameless: Rc::new(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    /// A node that is no element.
    fn other(&self, node: NodeId) -> Handle {
        Handle {
            node,
            place: usize::MAX,
            name: Rc::clone(&self.nameless),
        }
    }

    /// Notes an end tag that is being read.
    pub(super) fn close(&self, name: &LocalName) {
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
    pub(super) fn close_to(&self, count: usize, end: u32) {
        let mut open = self.open.borrow_mut();
        // Nearly always.
        if count >= open.len() {
            return;
        }
        let mut places = self.places.borrow_mut();
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
        let name = child.name.local.clone();
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
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.other(self.inner.get_document())
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let own = Rc::new(name.clone());
        let node = self.inner.create_element(name, attrs, flags);
        let (start, end) = self.chunk.get();
        let mut places = self.places.borrow_mut();
        let place = places.len();
        places.push(Place {
            span: Span { start, end },
            parent: None,
        });
        self.nodes.borrow_mut().push(node);
        Handle {
            node,
            place,
            name: own,
        }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.other(self.inner.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.other(self.inner.create_pi(target, data))
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
        self.other(self.inner.get_template_contents(&target.node))
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.node == y.node
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

/// Whether an element never holds anything.
pub(in crate::document) fn is_void(name: &str) -> bool {
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
