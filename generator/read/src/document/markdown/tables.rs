//! Reads tables of Markdown, and those that are drawn with `+`, `-` and `|`.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{
    OPTIONS, Reader,
    phrases::{rendered, split_cells},
};
use crate::{
    document::{
        Block, BlockKind, Cell, Inline, Row, RowKind, Table,
        drawn::{self, DrawnRow},
        html,
        notes::Note,
        pipes,
    },
    source::Span,
};

impl Reader<'_, '_> {
    pub(super) fn table(&mut self) -> BlockKind {
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
                cells.push(Cell {
                    span: place,
                    text,
                    ..Cell::default()
                });
            }
            self.excess_cells(span, &mut cells);
            columns = cells.len();
            self.at += 1;
            let row = Row {
                span,
                cells,
                ..Row::default()
            };
            if is_header {
                header = Some(row);
            } else {
                rows.push(row);
            }
        }
        let mut table = Table {
            caption: None,
            header,
            rows,
        };
        pipes::join_rows(&mut table, |span| self.source(span));
        BlockKind::Table(table)
    }

    /// The table that is drawn at these bytes.
    pub(super) fn drawn_table(&self, span: Span) -> Option<Block> {
        let source = self.source(span);
        let first = source
            .lines()
            .next()
            .filter(|line| drawn::is_border(line))?;
        let lines: Vec<_> = source.lines().collect();
        let Some(drawn) = drawn::read(&lines) else {
            self.notes.add(span, Note::BrokenDrawing);
            return None;
        };
        let offset = |line: &str| line.as_ptr() as usize - first.as_ptr() as usize;
        let place = |line: usize, at: usize| span.start as usize + offset(lines[line]) + at;
        let row = |row: DrawnRow| {
            let cells = row.cells.iter().map(|parts| {
                let text = parts.iter().map(|(line, part)| &lines[*line][part.clone()]);
                let text: Vec<_> = text.collect();
                let (first, last) = (parts.first(), parts.last());
                let start = first.map_or(0, |(line, part)| place(*line, part.start));
                let end = last.map_or(start, |(line, part)| place(*line, part.end));
                let span = Span::new(start, end);
                Cell {
                    text: self.drawn_cell(&text, span),
                    span: if text.len() == 1 {
                        self.trimmed(span)
                    } else {
                        span
                    },
                    ..Cell::default()
                }
            });
            let cells: Vec<_> = cells.collect();
            let last = row.lines.end.saturating_sub(1);
            let end = place(last, lines[last].len());
            Row {
                span: Span::new(place(row.lines.start, 0), end),
                kind: match cells.len() == 1 && drawn.columns > 1 {
                    true => RowKind::Spanning,
                    false => RowKind::Cells,
                },
                cells,
            }
        };
        let titles = drawn.titles;
        let mut rows = drawn.rows.into_iter().map(row);
        let table = Table {
            caption: None,
            // Of several rows the titles are those right above the cells.
            header: titles.checked_sub(1).and_then(|last| rows.nth(last)),
            rows: rows.collect(),
        };
        Some(Block {
            span,
            kind: BlockKind::Table(table),
        })
    }

    /// The words of a cell that stands on these lines: its blocks are set apart by
    /// breaks, as in HTML.
    fn drawn_cell(&self, lines: &[&str], span: Span) -> Inline {
        let indent = |line: &&str| line.len() - line.trim_start().len();
        let words = lines.iter().filter(|line| !line.trim().is_empty());
        let common = words.map(indent).min().unwrap_or(0);
        let lines = lines
            .iter()
            .map(|line| line.get(common..).unwrap_or_default().trim_end());
        let lines: Vec<_> = lines.collect();
        let text = lines.join("\n");
        let events: Vec<_> = Parser::new_ext(text.trim(), OPTIONS).collect();
        match events.as_slice() {
            [] => Inline::default(),
            [
                Event::Start(Tag::Paragraph),
                words @ ..,
                Event::End(TagEnd::Paragraph),
            ] if !words.contains(&Event::End(TagEnd::Paragraph)) => {
                self.inline_of_events(words.iter(), || span)
            }
            events => html::read_phrase(&rendered(events.iter()), span, self.notes),
        }
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
            let text = self.inline_of_events(events.iter(), || span);
            cells.push(Cell {
                span,
                text,
                ..Cell::default()
            });
        }
    }
}
