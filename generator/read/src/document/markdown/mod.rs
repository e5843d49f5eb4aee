//! Reads Markdown (CommonMark 0.31 with GFM's tables, footnotes and strikethrough,
//! and lists of definitions) and MDX into a [`Document`].
//!
//! HTML within Markdown is read by the HTML reader, so that it means the same
//! as on the published page: an HTML block becomes the blocks that a browser
//! sees in it, and running text that holds tags is rendered and read again.
//! Components are found before Markdown is read; what stands in them is Markdown.

mod components;
mod phrases;
mod raw;
mod tables;
mod tags;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use self::{
    components::Part,
    phrases::{heading_id, inline, needs_html, rendered},
};
use super::{
    Block, BlockKind, Code, Component, DEEPEST, Document, Heading, Inline, List,
    anchor::Anchors,
    front_matter,
    html::{self, Origin},
    notes::{Note, Notes},
    pipes,
    relocate::relocate,
};
use crate::source::{Form, Page, Span};

/// What is read beyond CommonMark. Ids of headings aren't left to the parser: it
/// takes the last parameter of a path (`# GET /boats/{id}`) for one.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// The same for this text. The parser takes each line that begins with a colon for a
/// definition, but a page without `: ` has other things there.
fn options(text: &str) -> Options {
    let mut has_definitions = false;
    let mut colons = memchr::memchr_iter(b':', text.as_bytes());
    let is_other = |at: usize| {
        let line = text[..at].trim_end_matches(' ');
        let begins_line = line.is_empty() || line.ends_with('\n');
        let is_mark = begins_line && at - line.len() < 4;
        let is_definition = text[at + 1..].starts_with([' ', '\t']);
        has_definitions |= is_mark && is_definition;
        is_mark && !is_definition
    };
    if colons.any(is_other) {
        return OPTIONS;
    }
    match has_definitions {
        true => OPTIONS.union(Options::ENABLE_DEFINITION_LIST),
        false => OPTIONS,
    }
}

/// Reads a page. It never fails: any text is Markdown.
pub fn read(page: &Page) -> Document {
    let (meta, start) = front_matter::read(&page.text).unwrap_or_default();
    let mut whole = Whole {
        text: &page.text,
        is_mdx: page.form == Form::Mdx,
        anchors: Anchors::default(),
        notes: Notes::default(),
    };
    let parts = components::parts(&page.text, start, whole.is_mdx);
    let mut blocks = Vec::new();
    whole.parts(&parts, 0, &mut blocks);
    Document {
        meta,
        diagnostics: whole.notes.into_diagnostics(page, &blocks),
        blocks,
    }
}

/// A page that is being read.
struct Whole<'a> {
    text: &'a str,
    is_mdx: bool,
    anchors: Anchors,
    notes: Notes,
}

impl Whole<'_> {
    /// Reads parts of the page, `depth` components deep.
    fn parts(&mut self, parts: &[Part], depth: usize, blocks: &mut Vec<Block>) {
        for part in parts {
            match part {
                Part::Markdown(range) if depth == 0 => {
                    self.markdown(self.text, range.clone(), blocks);
                }
                Part::Markdown(range) => self.indented(range.clone(), blocks),
                Part::Code(range) => {
                    let words = self.text[range.clone()].trim();
                    blocks.push(Block {
                        span: Span::new(range.start, range.start + words.len()),
                        kind: BlockKind::Other(words.to_owned()),
                    });
                }
                Part::Component {
                    name,
                    attributes,
                    span,
                    inner,
                } => {
                    let mut children = Vec::new();
                    self.parts(inner, depth + 1, &mut children);
                    let start = self.text[span.clone()].trim_start();
                    let span = Span::new(span.end - start.len(), span.end);
                    let heading = self.text[span.end as usize..].strip_prefix('\n');
                    if !self.is_mdx && heading.is_some_and(|line| line.starts_with('#')) {
                        let note = Note::ComponentAboveHeading(name.clone());
                        self.notes.add(span, note);
                    }
                    let kind = BlockKind::Component(Component {
                        name: name.clone(),
                        attributes: attributes.clone(),
                        children,
                    });
                    blocks.push(Block { span, kind });
                }
            }
        }
    }

    /// Reads Markdown at these bytes of `text`.
    fn markdown(&mut self, text: &str, range: Range<usize>, blocks: &mut Vec<Block>) {
        let part = &text[range.clone()];
        if part.trim().is_empty() {
            return;
        }
        let mut events = Vec::with_capacity(part.len() / 8);
        for (event, place) in Parser::new_ext(part, options(part)).into_offset_iter() {
            let span = Span::new(place.start + range.start, place.end + range.start);
            events.push((event, span));
        }
        let mut reader = Reader {
            text,
            events,
            at: 0,
            facts: None,
            anchors: &mut self.anchors,
            notes: &self.notes,
        };
        reader.blocks(0, blocks);
    }

    /// Reads Markdown in a component. Where its lines are indented, they aren't code for
    /// that.
    fn indented(&mut self, range: Range<usize>, blocks: &mut Vec<Block>) {
        let part = &self.text[range.clone()];
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        // What stands on the line of the tag isn't indented.
        let after_tag = !self.text[..range.start].ends_with('\n');
        let lines = || part.split_inclusive('\n').skip(usize::from(after_tag));
        let words = lines().filter(|line| !line.trim().is_empty());
        let common = words.map(indent).min().unwrap_or(0);
        if common == 0 {
            return self.markdown(self.text, range, blocks);
        }
        let mut text = String::with_capacity(part.len());
        // Where each line begins, in the text that is read and on the page.
        let mut starts: Vec<(u32, u32)> = Vec::new();
        let mut at = range.start;
        for (number, line) in part.split_inclusive('\n').enumerate() {
            let dropped = match number == 0 && after_tag {
                true => 0,
                false => common.min(indent(line)),
            };
            let start = Span::new(text.len(), at + dropped);
            starts.push((start.start, start.end));
            text.push_str(&line[dropped..]);
            at += line.len();
        }
        let mut read = Vec::new();
        let end = text.len();
        self.markdown(&text, 0..end, &mut read);
        relocate(&mut read, &|byte| {
            let next = starts.partition_point(|(start, _)| *start <= byte);
            let line = next.checked_sub(1).and_then(|last| starts.get(last));
            line.map_or(byte, |(start, page)| page + (byte - start))
        });
        blocks.append(&mut read);
    }
}

/// A part of a page that is being read.
struct Reader<'a, 'e> {
    text: &'a str,
    events: Vec<(Event<'e>, Span)>,
    at: usize,
    /// Facts of a comment, and the event behind it.
    facts: Option<(String, usize)>,
    anchors: &'a mut Anchors,
    notes: &'a Notes,
}

impl<'a> Reader<'a, '_> {
    fn source(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// The span without white space at its ends.
    fn trimmed(&self, span: Span) -> Span {
        let source = self.source(span);
        // Most begin and end with a letter or a mark.
        if let [first, .., last] = source.as_bytes()
            && first.is_ascii_graphic()
            && last.is_ascii_graphic()
        {
            return span;
        }
        let leading = source.len() - source.trim_start().len();
        let start = span.start as usize + leading;
        Span::new(start, start + source.trim().len())
    }

    /// Reads blocks up to the end of the container. Containers that nest
    /// deeper than [`DEEPEST`] are read as if they weren't there.
    fn blocks(&mut self, depth: usize, blocks: &mut Vec<Block>) {
        let mut flattened = 0_usize;
        while let Some((event, span)) = self.events.get(self.at) {
            let span = *span;
            let kind = match event {
                Event::End(_) if flattened > 0 => {
                    flattened -= 1;
                    self.at += 1;
                    continue;
                }
                Event::End(_) => return,
                Event::Start(tag) if depth >= DEEPEST && is_container(tag) => {
                    flattened += 1;
                    self.at += 1;
                    continue;
                }
                Event::Start(Tag::Paragraph) => {
                    self.at += 1;
                    self.paragraph(span, blocks);
                    self.at += 1;
                    continue;
                }
                Event::Start(Tag::HtmlBlock) => {
                    self.html_block(blocks);
                    continue;
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let level = *level as u8;
                    self.heading(level)
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = fence_word(kind);
                    self.code_block(info, span)
                }
                Event::Start(Tag::BlockQuote(_)) => {
                    self.at += 1;
                    let mut inner = Vec::new();
                    self.blocks(depth + 1, &mut inner);
                    BlockKind::Quote(inner)
                }
                Event::Start(Tag::List(start)) => {
                    let ordered = start.is_some();
                    self.at += 1;
                    self.list(ordered, depth)
                }
                Event::Start(Tag::Table(_)) => {
                    self.at += 1;
                    self.table()
                }
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    self.at += 1;
                    let mut inner = Vec::new();
                    self.blocks(depth + 1, &mut inner);
                    BlockKind::Footnote(inner)
                }
                Event::Start(Tag::DefinitionList) => {
                    self.at += 1;
                    self.definitions(depth)
                }
                Event::Rule => BlockKind::Rule,
                // The words of a tight list's item.
                _ => {
                    self.paragraph(span, blocks);
                    continue;
                }
            };
            self.at += 1;
            let span = self.trimmed(span);
            blocks.push(Block { span, kind });
        }
    }

    fn heading(&mut self, level: u8) -> BlockKind {
        self.at += 1;
        let mut text = self.inline();
        let anchor = match heading_id(&mut text) {
            Some(id) => {
                self.anchors.take(&id);
                id
            }
            None => self.anchors.assign(&text.to_plain()),
        };
        BlockKind::Heading(Heading {
            level,
            text,
            anchor,
        })
    }

    fn code_block(&mut self, info: String, span: Span) -> BlockKind {
        let at = self.at;
        self.at += 1;
        let facts = self.facts.take().filter(|(_, behind)| *behind == at);
        self.code(info, span, facts.map(|(facts, _)| facts))
    }

    /// The events of running text, up to what ends it.
    fn run(&mut self) -> Range<usize> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some((event, _)) = self.events.get(self.at) {
            match event {
                Event::Start(
                    Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Link { .. }
                    | Tag::Image { .. },
                ) => depth += 1,
                Event::End(_) if depth > 0 => depth -= 1,
                Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => break,
                _ => {}
            }
            self.at += 1;
        }
        start..self.at
    }

    fn inline(&mut self) -> Inline {
        let run = self.run();
        self.inline_of(run)
    }

    fn inline_of(&self, run: Range<usize>) -> Inline {
        // Most cells are empty or one run of words.
        match &self.events[run.clone()] {
            [] => return Inline::default(),
            [(Event::Text(words), _)] if words.is_ascii() => return Inline::text(words),
            _ => {}
        }
        let events = self.events[run.clone()].iter().map(|(event, _)| event);
        self.inline_of_events(events, || self.span_of(run.clone()))
    }

    /// The running text that these events make, which stand at `span`.
    fn inline_of_events<'x>(
        &self,
        events: impl Iterator<Item = &'x Event<'x>> + Clone,
        span: impl Fn() -> Span,
    ) -> Inline {
        if needs_html(events.clone()) {
            return html::read_phrase(&rendered(events), span(), self.notes);
        }
        inline(events, |what| self.notes.add(span(), Note::Hidden(what)))
    }

    fn span_of(&self, events: Range<usize>) -> Span {
        let spans = || self.events[events.clone()].iter().map(|(_, span)| span);
        Span {
            start: spans().map(|span| span.start).min().unwrap_or(0),
            end: spans().map(|span| span.end).max().unwrap_or(0),
        }
    }

    fn paragraph(&mut self, span: Span, blocks: &mut Vec<Block>) {
        let run = self.run();
        if run.is_empty() {
            // An event that no block begins with: pass it over.
            self.at += usize::from(!matches!(
                self.events.get(self.at),
                Some((Event::End(_), _))
            ));
            return;
        }
        let last = self.events[run.end - 1].1;
        let span = Span {
            start: span.start,
            end: span.end.max(last.end),
        };
        let span = self.trimmed(span);
        if let Some(block) = self.drawn_table(span) {
            blocks.push(block);
            return;
        }
        let events = || self.events[run.clone()].iter().map(|(event, _)| event);
        let made = if needs_html(events()) {
            let html = format!("<p>{}</p>", rendered(events()));
            html::read_part(&html, Origin::Made(span), self.anchors, self.notes)
        } else {
            let inline = self.inline_of_events(events(), || span);
            let kind = BlockKind::Paragraph(inline);
            vec![Block { span, kind }]
        };
        for block in made {
            if matches!(&block.kind, BlockKind::Paragraph(text) if text.is_empty()) {
                continue;
            }
            blocks.extend(pipes::recover(block, self.source(span), self.notes));
        }
    }

    fn code(&mut self, info: String, span: Span, facts: Option<String>) -> BlockKind {
        let mut text = String::new();
        let mut start = None;
        while let Some((Event::Text(part), place)) = self.events.get(self.at) {
            start.get_or_insert(place.start);
            text.push_str(part);
            self.at += 1;
        }
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let after_fence = || {
            let source = self.source(span);
            let line = source.find('\n').map_or(source.len(), |at| at + 1);
            span.start + u32::try_from(line).unwrap_or(0)
        };
        let start = start.unwrap_or_else(after_fence);
        BlockKind::Code(Code {
            info,
            text,
            start,
            facts,
        })
    }

    /// A list of terms and what they mean: each term with its meanings is an item.
    fn definitions(&mut self, depth: usize) -> BlockKind {
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut after_meaning = true;
        while let Some((Event::Start(tag), span)) = self.events.get(self.at) {
            let (is_term, span) = (*tag == Tag::DefinitionListTitle, self.trimmed(*span));
            self.at += 1;
            if is_term && after_meaning || items.is_empty() {
                items.push(Vec::new());
            }
            after_meaning = !is_term;
            let mut inner = Vec::new();
            if is_term {
                let kind = BlockKind::Paragraph(self.inline());
                inner.push(Block { span, kind });
            } else {
                self.blocks(depth + 1, &mut inner);
            }
            if let Some(item) = items.last_mut() {
                item.append(&mut inner);
            }
            self.at += 1;
        }
        BlockKind::List(List {
            ordered: false,
            items,
        })
    }

    fn list(&mut self, ordered: bool, depth: usize) -> BlockKind {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = self.events.get(self.at) {
            self.at += 1;
            let mut item = Vec::new();
            self.blocks(depth + 1, &mut item);
            items.push(item);
            self.at += 1;
        }
        BlockKind::List(List { ordered, items })
    }
}

/// Whether blocks nest in it.
/// The word behind the fence of a code block.
fn fence_word(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => {
            let word = info.split_whitespace().next();
            word.unwrap_or_default().to_owned()
        }
        CodeBlockKind::Indented => String::new(),
    }
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}
