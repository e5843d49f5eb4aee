//! Turns the events of Markdown's parser into blocks.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::phrases::{heading_id, inline, needs_html, rendered};
use crate::{
    document::{
        Block, BlockKind, Code, DEEPEST, Heading, Inline, List,
        anchor::Anchors,
        html::{self, Origin},
        notes::{Note, Notes},
        pipes,
    },
    source::Span,
};

/// A part of a page that is being read.
pub(super) struct Reader<'a, 'e> {
    pub(super) text: &'a str,
    pub(super) events: Vec<(Event<'e>, Span)>,
    /// The next event.
    pub(super) at: usize,
    /// Facts of a comment, and the event behind it.
    pub(super) facts: Option<(String, usize)>,
    pub(super) anchors: &'a mut Anchors,
    pub(super) notes: &'a Notes,
}

impl<'a> Reader<'a, '_> {
    pub(super) fn source(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// The span without white space at its ends.
    pub(super) fn trimmed(&self, span: Span) -> Span {
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
    pub(super) fn blocks(&mut self, depth: usize, blocks: &mut Vec<Block>) {
        let mut flattened = 0_usize;
        while let Some((event, span)) = self.events.get(self.at) {
            let span = *span;
            match event {
                Event::End(_) if flattened > 0 => {
                    flattened -= 1;
                    self.at += 1;
                }
                Event::End(_) => return,
                Event::Start(tag) if depth >= DEEPEST && is_container(tag) => {
                    flattened += 1;
                    self.at += 1;
                }
                Event::Start(Tag::Paragraph) => {
                    self.at += 1;
                    self.paragraph(span, blocks);
                    self.at += 1;
                }
                Event::Start(Tag::HtmlBlock) => self.html_block(blocks),
                _ => match self.block(span, depth) {
                    Some(kind) => {
                        self.at += 1;
                        let span = self.trimmed(span);
                        blocks.push(Block { span, kind });
                    }
                    // The words of a tight list's item.
                    None => self.paragraph(span, blocks),
                },
            }
        }
    }

    /// Reads the block that begins with the next event, up to its last one; `None` where
    /// none begins.
    fn block(&mut self, span: Span, depth: usize) -> Option<BlockKind> {
        let (event, _) = self.events.get(self.at)?;
        Some(match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let level = *level as u8;
                self.heading(level)
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = fence_word(kind);
                self.code_block(info, span)
            }
            Event::Start(Tag::BlockQuote(_)) => BlockKind::Quote(self.inner(depth)),
            Event::Start(Tag::FootnoteDefinition(_)) => BlockKind::Footnote(self.inner(depth)),
            Event::Start(Tag::List(start)) => {
                let ordered = start.is_some();
                self.at += 1;
                self.list(ordered, depth)
            }
            Event::Start(Tag::Table(_)) => {
                self.at += 1;
                self.table()
            }
            Event::Start(Tag::DefinitionList) => {
                self.at += 1;
                self.definitions(depth)
            }
            Event::Rule => BlockKind::Rule,
            _ => return None,
        })
    }

    /// The blocks in the container that the next event opens.
    fn inner(&mut self, depth: usize) -> Vec<Block> {
        self.at += 1;
        let mut inner = Vec::new();
        self.blocks(depth + 1, &mut inner);
        inner
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
    pub(super) fn run(&mut self) -> Range<usize> {
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

    pub(super) fn inline(&mut self) -> Inline {
        let run = self.run();
        self.inline_of(run)
    }

    pub(super) fn inline_of(&self, run: Range<usize>) -> Inline {
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
    pub(super) fn inline_of_events<'x>(
        &self,
        events: impl Iterator<Item = &'x Event<'x>> + Clone,
        span: impl Fn() -> Span,
    ) -> Inline {
        if needs_html(events.clone()) {
            return html::read_phrase(&rendered(events), span(), self.notes);
        }
        inline(events, |what| self.notes.add(span(), Note::Hidden(what)))
    }

    pub(super) fn span_of(&self, events: Range<usize>) -> Span {
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

    pub(super) fn code(&mut self, info: String, span: Span, facts: Option<String>) -> BlockKind {
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

/// Whether blocks nest in it.
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
