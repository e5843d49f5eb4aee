//! Prints a tree for a person to read.

use std::fmt::Write;

use super::{Block, BlockKind, Code, Document, List, Row, RowKind, Table};
use crate::source::{Page, Span};

impl Document {
    /// The tree, one block a line, each with its line on `page`, from which it
    /// was read. Running text is shown as Markdown.
    pub fn dump(&self, page: &Page) -> String {
        let mut dump = Dump {
            page,
            out: String::new(),
        };
        for (key, value) in &self.meta {
            dump.line(None, 0, &format!("meta {key}: {value}"));
        }
        dump.blocks(&self.blocks, 0);
        dump.out
    }
}

struct Dump<'a> {
    page: &'a Page,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, at: Option<u32>, depth: usize, text: &str) {
        let number = at.map(|byte| self.page.line(byte).to_string());
        let number = number.unwrap_or_default();
        let text = text.replace('\n', "↵");
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.out,
            "{number:>5} {:indent$}{text}",
            "",
            indent = 2 * depth
        );
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            self.block(block.span, &block.kind, depth);
        }
    }

    fn block(&mut self, span: Span, kind: &BlockKind, depth: usize) {
        let at = Some(span.start);
        match kind {
            BlockKind::Heading(heading) => {
                let text = heading.text.to_markdown();
                let line = format!("h{} {text} #{}", heading.level, heading.anchor);
                self.line(at, depth, &line);
            }
            BlockKind::Paragraph(text) => {
                self.line(at, depth, &format!("paragraph {}", text.to_markdown()));
            }
            BlockKind::Table(table) => self.table(span, table, depth),
            BlockKind::Code(code) => self.code(span, code, depth),
            BlockKind::List(list) => self.list(span, list, depth),
            BlockKind::Quote(inner) => {
                self.line(at, depth, "quotation");
                self.blocks(inner, depth + 1);
            }
            BlockKind::Component(component) => {
                let attributes = component.attributes.iter();
                let attributes = attributes.map(|(name, value)| format!(" {name}={value:?}"));
                let attributes: String = attributes.collect();
                self.line(
                    at,
                    depth,
                    &format!("component {}{attributes}", component.name),
                );
                self.blocks(&component.children, depth + 1);
            }
            BlockKind::Footnote(inner) => {
                self.line(at, depth, "footnote");
                self.blocks(inner, depth + 1);
            }
            BlockKind::Rule => self.line(at, depth, "rule"),
            BlockKind::Other(text) => self.line(at, depth, &format!("other {text}")),
        }
    }

    fn code(&mut self, span: Span, code: &Code, depth: usize) {
        let title = format!("code {}", code.info);
        self.line(Some(span.start), depth, title.trim_end());
        if let Some(facts) = &code.facts {
            self.line(None, depth + 1, &format!("facts {facts}"));
        }
        let first = self.page.line(code.start);
        for (number, line) in (first..).zip(code.text.lines()) {
            let start = self.page.line_span(number).start;
            self.line(Some(start), depth + 1, &format!("| {line}"));
        }
    }

    fn list(&mut self, span: Span, list: &List, depth: usize) {
        let title = match list.ordered {
            true => "numbered list",
            false => "list",
        };
        self.line(Some(span.start), depth, title);
        for item in &list.items {
            let start = item.first().map(|block| block.span.start);
            self.line(start, depth + 1, "item");
            self.blocks(item, depth + 2);
        }
    }

    fn table(&mut self, span: Span, table: &Table, depth: usize) {
        self.line(Some(span.start), depth, "table");
        if let Some(caption) = &table.caption {
            let words = match &caption.kind {
                BlockKind::Paragraph(text) => text.to_markdown(),
                other => other.name().to_owned(),
            };
            let line = format!("caption {words}");
            self.line(Some(caption.span.start), depth + 1, &line);
        }
        if let Some(row) = &table.header {
            self.row("header", row, depth + 1);
        }
        for row in &table.rows {
            let kind = match row.kind {
                RowKind::Cells => "row",
                RowKind::Spanning => "row (spanning)",
                RowKind::Foot => "row (foot)",
            };
            self.row(kind, row, depth + 1);
        }
    }

    fn row(&mut self, kind: &str, row: &Row, depth: usize) {
        let cells: Vec<_> = row
            .cells
            .iter()
            .map(|cell| cell.text.to_markdown())
            .collect();
        let line = format!("{kind} {}", cells.join(" | "));
        self.line(Some(row.span.start), depth, &line);
        for cell in &row.cells {
            for table in &cell.tables {
                self.table(cell.span, table, depth + 1);
            }
        }
    }
}
