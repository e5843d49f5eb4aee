//! Reads Markdown (CommonMark 0.31 with GFM's tables) into a [`Document`].
//!
//! HTML within Markdown is read by the HTML reader, so that it means the same
//! as on the published page: an HTML block becomes the blocks that a browser
//! sees in it, and running text that holds tags is rendered and read again.

mod phrases;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use self::phrases::{inline, needs_html, open_boxes, raw, rendered, split_cells};
use super::{
    Block, BlockKind, Cell, Code, DEEPEST, Document, Heading, Inline, List, Row, Table,
    anchor::Anchors,
    front_matter,
    html::{self, Origin},
    pipes,
};
use crate::source::{Page, Span};

/// How many events an HTML block may look ahead for its end.
const LOOK_AHEAD: usize = 1024;

/// Reads a page. It never fails: any text is Markdown.
pub fn read(page: &Page) -> Document {
    let (meta, start) = front_matter::read(&page.text).unwrap_or_default();
    let parser = Parser::new_ext(&page.text[start..], Options::ENABLE_TABLES);
    let mut events = Vec::with_capacity(page.text.len() / 8);
    for (event, range) in parser.into_offset_iter() {
        events.push((event, Span::new(range.start + start, range.end + start)));
    }
    let mut reader = Reader {
        text: &page.text,
        events,
        at: 0,
        anchors: Anchors::default(),
    };
    let mut blocks = Vec::new();
    reader.blocks(0, &mut blocks);
    Document { meta, blocks }
}

struct Reader<'a> {
    text: &'a str,
    events: Vec<(Event<'a>, Span)>,
    at: usize,
    anchors: Anchors,
}

impl<'a> Reader<'a> {
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
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) if depth >= DEEPEST => {
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
                    self.at += 1;
                    let text = self.inline();
                    let anchor = self.anchors.assign(&text.to_plain());
                    BlockKind::Heading(Heading {
                        level,
                        text,
                        anchor,
                    })
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info
                            .split_whitespace()
                            .next()
                            .unwrap_or_default()
                            .to_owned(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    self.at += 1;
                    self.code(info, span)
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

    /// The events of running text, up to what ends it.
    fn run(&mut self) -> Range<usize> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some((event, _)) = self.events.get(self.at) {
            match event {
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. },
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
            [(Event::Text(words), _)] => return Inline::text(words),
            _ => {}
        }
        let events = || self.events[run.clone()].iter().map(|(event, _)| event);
        if needs_html(events()) {
            return html::read_phrase(&rendered(events()));
        }
        inline(events())
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
        let events = || self.events[run.clone()].iter().map(|(event, _)| event);
        if needs_html(events()) {
            let html = format!("<p>{}</p>", rendered(events()));
            let made = html::read_part(&html, Origin::Made(span), &mut self.anchors);
            blocks.extend(
                made.into_iter()
                    .map(|block| pipes::recover(block, self.source(span))),
            );
            return;
        }
        let inline = inline(events());
        if !inline.is_empty() {
            let kind = BlockKind::Paragraph(inline);
            blocks.push(pipes::recover(Block { span, kind }, self.source(span)));
        }
    }

    /// Reads an HTML block. When it leaves a list or table open that a later
    /// block closes, all up to there is one piece of HTML.
    fn html_block(&mut self, blocks: &mut Vec<Block>) {
        let first = self.at;
        let end = self.end_of(first);
        let span = self.span_of(first..end);
        let mut html = raw(&self.events[first..end]);
        self.at = end;
        let open = self.open_boxes(first..end);
        if open > 0
            && let Some(end) = self.closing_block(end, open)
        {
            self.at = end;
            let events = self.events[first..end].iter();
            html = rendered(events.map(|(event, _)| event));
        }
        let verbatim = self.source(span) == html;
        let origin = if verbatim {
            Origin::Slice(span.start)
        } else {
            Origin::Made(self.trimmed(self.span_of(first..self.at)))
        };
        let read = html::read_part(&html, origin, &mut self.anchors);
        blocks.extend(read);
    }

    /// The event after the end of the block that starts at `start`.
    fn end_of(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, (event, _)) in self.events[start..].iter().enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return start + offset + 1;
            }
        }
        self.events.len()
    }

    fn span_of(&self, events: Range<usize>) -> Span {
        let spans = || self.events[events.clone()].iter().map(|(_, span)| span);
        Span {
            start: spans().map(|span| span.start).min().unwrap_or(0),
            end: spans().map(|span| span.end).max().unwrap_or(0),
        }
    }

    /// The event after the HTML block, in the same container, that closes as
    /// many boxes as are open.
    fn closing_block(&self, from: usize, mut open: i32) -> Option<usize> {
        let mut at = from;
        while at < self.events.len().min(from + LOOK_AHEAD) {
            match &self.events[at].0 {
                Event::End(_) => return None,
                Event::Start(Tag::HtmlBlock) => {
                    let end = self.end_of(at);
                    open += self.open_boxes(at..end);
                    if open <= 0 {
                        return Some(end);
                    }
                    at = end;
                }
                _ => at = self.end_of(at),
            }
        }
        None
    }

    fn open_boxes(&self, block: Range<usize>) -> i32 {
        let open = |(event, _): &(Event<'_>, Span)| match event {
            Event::Html(text) => open_boxes(text),
            _ => 0,
        };
        self.events[block].iter().map(open).sum()
    }

    fn code(&mut self, info: String, span: Span) -> BlockKind {
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
        BlockKind::Code(Code { info, text, start })
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

    fn table(&mut self) -> BlockKind {
        let mut header = None;
        let mut rows = Vec::new();
        let mut columns = 0;
        while let Some((Event::Start(tag), span)) = self.events.get(self.at) {
            let is_header = *tag == Tag::TableHead;
            let span = self.trimmed(*span);
            self.at += 1;
            let mut cells = Vec::with_capacity(columns);
            while let Some((Event::Start(Tag::TableCell), place)) = self.events.get(self.at) {
                let place = self.trimmed(*place);
                self.at += 1;
                let text = self.inline();
                self.at += 1;
                cells.push(Cell { span: place, text });
            }
            self.excess_cells(span, &mut cells);
            columns = cells.len();
            self.at += 1;
            let row = Row { span, cells };
            if is_header {
                header = Some(row);
            } else {
                rows.push(row);
            }
        }
        let mut table = Table { header, rows };
        pipes::join_rows(&mut table, |span| self.source(span));
        BlockKind::Table(table)
    }

    /// Adds the cells that a row has beyond its table's titles: GFM drops
    /// them.
    fn excess_cells(&self, row: Span, cells: &mut Vec<Cell>) {
        let Some(last) = cells.last() else { return };
        let from = last.span.end.clamp(row.start, row.end);
        let rest = self.source(Span {
            start: from,
            end: row.end,
        });
        let Some(rest) = rest.trim_start().strip_prefix('|') else {
            return;
        };
        let mut at = row.end as usize - rest.len();
        for part in split_cells(rest) {
            let span = self.trimmed(Span::new(at, at + part.len()));
            at += part.len() + 1;
            if at > row.end as usize && part.trim().is_empty() {
                break;
            }
            let parser = Parser::new(self.source(span)).filter(|event| {
                !matches!(
                    event,
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
                )
            });
            let events: Vec<_> = parser.collect();
            let text = if needs_html(events.iter()) {
                html::read_phrase(&rendered(events.iter()))
            } else {
                inline(events.iter())
            };
            cells.push(Cell { span, text });
        }
    }
}
