//! Walks the elements and makes blocks of them.

use std::collections::{HashMap, HashSet};

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node, Selector};

use super::{
    Origin,
    elements::{Kind, attribute},
    sink::tag_end,
    tree::Tree,
};
use crate::{
    document::{
        Block, BlockKind, Code, DEEPEST, Heading, Inline, List,
        anchor::Anchors,
        facts::machine_facts,
        notes::{Note, Notes},
        pipes,
    },
    source::Span,
};

/// Reads one tree.
pub(super) struct Reader<'a> {
    tree: &'a Tree,
    text: &'a str,
    origin: Origin,
    /// What the dialect leaves out inside an element.
    skip: Option<(Selector, ElementRef<'a>)>,
    anchors: &'a mut Anchors,
    /// Elements of running text that hold blocks all the same, such as a link
    /// around a box or an unknown element that is never closed.
    pub(super) around_blocks: HashSet<NodeId>,
    /// Tables that hold headings.
    pub(super) around_headings: HashSet<NodeId>,
    /// Tables that stand in cells, by cell.
    pub(super) inner: HashMap<NodeId, Vec<ElementRef<'a>>>,
    /// The same tables: they are in no running text.
    pub(super) apart: HashSet<NodeId>,
    pub(super) notes: &'a Notes,
}

/// Running text that is being collected, from this byte on.
#[derive(Default)]
struct Run {
    inline: Inline,
    start: Option<u32>,
    end: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        text: &'a str,
        origin: Origin,
        anchors: &'a mut Anchors,
        notes: &'a Notes,
    ) -> Self {
        Self {
            tree,
            text,
            origin,
            skip: None,
            anchors,
            around_blocks: HashSet::new(),
            around_headings: HashSet::new(),
            inner: HashMap::new(),
            apart: HashSet::new(),
            notes,
        }
    }

    /// Leaves out what matches inside `content`.
    pub(super) fn skip(&mut self, content: ElementRef<'a>, selector: Selector) {
        self.skip = Some((selector, content));
    }

    /// The blocks of the content element.
    pub(super) fn read(mut self, content: ElementRef<'a>) -> Vec<Block> {
        let mut tables = Vec::new();
        for element in content.descendants().filter_map(ElementRef::wrap) {
            let kind = Kind::of(element.value().name());
            if !kind.is_block() {
                continue;
            }
            if let Kind::Heading(_) = kind {
                let around = element.ancestors().filter_map(ElementRef::wrap);
                let tables = around.filter(|it| Kind::of(it.value().name()) == Kind::Table);
                self.around_headings.extend(tables.map(|table| table.id()));
            }
            if kind == Kind::Table {
                tables.push(element);
            }
            let mut around = element.parent();
            while let Some(phrase) = around.filter(|node| is_phrase(*node))
                && self.around_blocks.insert(phrase.id())
            {
                around = phrase.parent();
            }
        }
        tables.into_iter().for_each(|table| self.note_table(table));
        let mut blocks = Vec::new();
        self.walk(content, 0, &mut blocks);
        blocks
    }

    /// Whether an element is no content.
    pub(super) fn skips(&self, element: ElementRef<'_>) -> bool {
        let kind = Kind::of(element.value().name());
        if kind == Kind::Unread && holds_words(element) {
            let note = Note::Unread(element.value().name().to_owned());
            self.notes.add(self.span(element), note);
        }
        matches!(kind, Kind::Skip | Kind::Unread)
            || attribute(element, "hidden").is_some()
            || (kind == Kind::Header && !holds_heading(element))
            || self.skip.as_ref().is_some_and(|(selector, content)| {
                selector.matches_with_scope(&element, Some(*content))
            })
    }

    /// The bytes of an element.
    pub(super) fn span(&self, element: ElementRef<'_>) -> Span {
        self.place_of(element.id())
    }

    /// The bytes of an element, by its id.
    pub(super) fn place_of(&self, node: NodeId) -> Span {
        self.place(self.tree.span(node))
    }

    fn place(&self, span: Span) -> Span {
        match self.origin {
            Origin::Slice(base) => Span {
                start: base + span.start,
                end: base + span.end.max(span.start),
            },
            Origin::Made(span) => span,
        }
    }

    /// Adds the blocks inside `parent`. Boxes nested deeper than a person can
    /// follow are read as if they weren't there.
    pub(super) fn walk(&mut self, parent: ElementRef<'a>, depth: usize, blocks: &mut Vec<Block>) {
        let mut run = Run {
            end: self.content_start(parent),
            ..Run::default()
        };
        let mut facts = None;
        for child in parent.children() {
            let Some(element) = ElementRef::wrap(child) else {
                match child.value() {
                    Node::Text(text) => {
                        if !text.trim().is_empty() {
                            run.start.get_or_insert(run.end);
                            facts = None;
                        }
                        run.inline.push_text(&self.words(text, parent));
                    }
                    Node::Comment(text) => facts = machine_facts(text),
                    _ => {}
                }
                continue;
            };
            let span = self.tree.span(element.id());
            if self.skips(element) {
                run.end = run.end.max(span.end);
                continue;
            }
            let kind = Kind::of(element.value().name());
            if kind.is_block() || self.around_blocks.contains(&element.id()) {
                self.finish_run(&mut run, span.start, blocks);
                let before = blocks.len();
                self.block(kind, element, depth, blocks);
                if let Some(block) = blocks.get_mut(before)
                    && let BlockKind::Code(code) = &mut block.kind
                    && code.facts.is_none()
                {
                    code.facts = facts.take();
                }
                facts = None;
            } else {
                facts = None;
                run.start.get_or_insert(span.start);
                self.push_phrase(child, &mut run.inline);
            }
            run.end = span.end;
        }
        let end = self.tree.span(parent.id()).end;
        self.finish_run(&mut run, self.before_end_tag(parent, end), blocks);
    }

    /// Where the end tag starts when an element that ends at byte `end` has
    /// one.
    fn before_end_tag(&self, element: ElementRef<'_>, end: u32) -> u32 {
        let before = &self.text.as_bytes()[..end as usize];
        let Some(at) = before.iter().rposition(|byte| *byte == b'<') else {
            return end;
        };
        let name = element.value().name().as_bytes();
        let is_own = before[at + 1..]
            .strip_prefix(b"/")
            .and_then(|tag| tag.get(..name.len()))
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        if is_own {
            u32::try_from(at).unwrap_or(end)
        } else {
            end
        }
    }

    /// Makes a paragraph of the running text before byte `end`.
    fn finish_run(&self, run: &mut Run, end: u32, blocks: &mut Vec<Block>) {
        let inline = std::mem::take(&mut run.inline).finish();
        let start = run.start.take().unwrap_or(run.end);
        if inline.is_empty() {
            return;
        }
        let end = end.max(start);
        let text = self
            .text
            .get(start as usize..end as usize)
            .unwrap_or_default();
        let leading = text.len() - text.trim_start().len();
        let span = Span::new(
            start as usize + leading,
            start as usize + text.trim_end().len().max(leading),
        );
        blocks.extend(self.paragraph(span, inline));
    }

    /// A paragraph, or the table that it is in literal pipes.
    fn paragraph(&self, span: Span, inline: Inline) -> Vec<Block> {
        let source = self.text.get(span.start as usize..span.end as usize);
        let block = Block {
            span: self.place(span),
            kind: BlockKind::Paragraph(inline),
        };
        // Within a Markdown page its own reader does this.
        match self.origin {
            Origin::Slice(_) => pipes::recover(block, source.unwrap_or_default(), self.notes),
            Origin::Made(_) => vec![block],
        }
    }

    pub(super) fn block(
        &mut self,
        kind: Kind,
        element: ElementRef<'a>,
        depth: usize,
        blocks: &mut Vec<Block>,
    ) {
        let kind = match kind {
            Kind::Heading(level) => self.heading(level, element),
            Kind::Paragraph if !holds_block(element) => {
                let inline = self.phrase(element);
                if !inline.is_empty() {
                    blocks.extend(self.paragraph(self.tree.span(element.id()), inline));
                }
                return;
            }
            Kind::Preformatted => BlockKind::Code(self.code(element)),
            Kind::Table if !self.is_layout(element) => match self.table(element) {
                Some(table) if table.header.is_some() || !table.rows.is_empty() => {
                    BlockKind::Table(table)
                }
                table => {
                    let caption = table.and_then(|table| table.caption);
                    return blocks.extend(caption.map(|it| *it));
                }
            },
            Kind::List(ordered) if depth < DEEPEST => {
                let items = self.items(element, depth);
                BlockKind::List(List { ordered, items })
            }
            Kind::Terms if depth < DEEPEST => {
                let items = self.terms(element, depth);
                BlockKind::List(List {
                    ordered: false,
                    items,
                })
            }
            Kind::Quote if depth < DEEPEST => {
                let mut inner = Vec::new();
                self.walk(element, depth + 1, &mut inner);
                BlockKind::Quote(inner)
            }
            Kind::Rule => BlockKind::Rule,
            _ => return self.walk(element, depth, blocks),
        };
        blocks.push(Block {
            span: self.span(element),
            kind,
        });
    }

    fn heading(&mut self, level: u8, element: ElementRef<'a>) -> BlockKind {
        let text = self.heading_phrase(element);
        let own_id = attribute(element, "id").or_else(|| section_id(element));
        let anchor = match own_id.filter(|id| !id.is_empty()) {
            Some(id) => {
                self.anchors.take(id);
                id.to_owned()
            }
            None => self.anchors.assign(&text.to_plain()),
        };
        BlockKind::Heading(Heading {
            level,
            text,
            anchor,
        })
    }

    fn code(&self, element: ElementRef<'_>) -> Code {
        let inner = element
            .child_elements()
            .find(|child| child.value().name() == "code");
        let mut text = String::new();
        for node in element.descendants() {
            match node.value() {
                Node::Text(words) => text.push_str(&self.words(words, element)),
                Node::Element(tag) if tag.name() == "br" => text.push('\n'),
                _ => {}
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let mut start = self.content_start(inner.unwrap_or(element));
        let source = &self.text[start as usize..];
        let dropped_break = source.strip_prefix("\r\n").or(source.strip_prefix('\n'));
        if let Some(rest) = dropped_break.filter(|_| !text.starts_with('\n')) {
            start += (source.len() - rest.len()) as u32;
        }
        let around = element.ancestors().filter_map(ElementRef::wrap).take(3);
        let info = inner
            .into_iter()
            .chain([element])
            .chain(around)
            .find_map(language)
            .unwrap_or_default()
            .to_owned();
        let start = self.place(Span { start, end: start }).start;
        Code {
            info,
            text,
            start,
            facts: None,
        }
    }

    /// Where an element's content starts: after its start tag.
    fn content_start(&self, element: ElementRef<'_>) -> u32 {
        let start = self.tree.span(element.id()).start;
        let source = &self.text.as_bytes()[start as usize..];
        if source.starts_with(b"<") {
            start + u32::try_from(tag_end(source)).unwrap_or(0)
        } else {
            start
        }
    }
}

/// Whether there is something in an element that isn't read: words, or another page.
fn holds_words(element: ElementRef<'_>) -> bool {
    // What browsers don't show is one text with tags in it.
    let mut in_tag = false;
    let mut letters = element.text().flat_map(str::chars);
    let has_words = letters.any(|letter| {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => return !in_tag && letter.is_alphanumeric(),
        }
        false
    });
    has_words || attribute(element, "src").is_some_and(|it| !it.trim().is_empty())
}

fn is_phrase(node: NodeRef<'_, Node>) -> bool {
    ElementRef::wrap(node).is_some_and(|element| Kind::of(element.value().name()) == Kind::Phrase)
}

fn holds_heading(element: ElementRef<'_>) -> bool {
    let inner = element.descendants().filter_map(ElementRef::wrap);
    inner
        .map(|element| Kind::of(element.value().name()))
        .any(|kind| matches!(kind, Kind::Heading(_)))
}

/// Whether a paragraph's children hold blocks, as `summary` may.
fn holds_block(element: ElementRef<'_>) -> bool {
    let inner = element.descendants().skip(1).filter_map(ElementRef::wrap);
    inner
        .map(|element| Kind::of(element.value().name()))
        .any(Kind::is_block)
}

/// The id of a section that starts with this heading.
fn section_id<'t>(heading: ElementRef<'t>) -> Option<&'t str> {
    let section = ElementRef::wrap(heading.parent()?)?;
    let is_section = matches!(section.value().name(), "section" | "header");
    let is_first = section.child_elements().next() == Some(heading);
    (is_section && is_first).then(|| attribute(section, "id"))?
}

/// The language that an element's class or `data-lang` names.
fn language<'t>(element: ElementRef<'t>) -> Option<&'t str> {
    let classes = attribute(element, "class").unwrap_or_default();
    let of_class = classes.split_whitespace().find_map(|class| {
        ["lang-", "language-", "highlight-source-"]
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix))
    });
    of_class.or_else(|| attribute(element, "data-lang"))
}
