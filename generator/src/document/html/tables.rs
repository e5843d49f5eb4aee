//! Reads tables: header rows with and without `thead`, cells that span.

use scraper::ElementRef;

use super::{blocks::Reader, elements::attribute};
use crate::document::{Block, BlockKind, Cell, Inline, Row, Table};

/// A cell that reaches into the rows below: its column, how many rows are
/// left, and what it says.
struct Hanging {
    column: usize,
    rows: usize,
    cell: Cell,
}

impl Reader<'_> {
    /// A table's caption, as a paragraph, and the table.
    pub(super) fn table(&mut self, table: ElementRef<'_>, blocks: &mut Vec<Block>) {
        let mut head = Vec::new();
        let mut body = Vec::new();
        let mut all_titles = false;
        for part in table.child_elements() {
            match part.value().name() {
                "thead" => head.extend(rows_of(part)),
                "tr" => body.push(part),
                "tbody" | "tfoot" => body.extend(rows_of(part)),
                "caption" => {
                    let text = self.phrase(part);
                    if !text.is_empty() {
                        blocks.push(Block {
                            span: self.span(part),
                            kind: BlockKind::Paragraph(text),
                        });
                    }
                }
                _ => {}
            }
        }
        if head.is_empty()
            && body.len() > 1
            && let Some(first) = body.first()
        {
            all_titles = cells_of(*first).next().is_some()
                && cells_of(*first).all(|cell| cell.value().name() == "th");
        }
        let has_header = !head.is_empty() || all_titles;
        let mut rows = self.rows(head.into_iter().chain(body)).into_iter();
        let header = if has_header { rows.next() } else { None };
        let rows: Vec<_> = rows.collect();
        if header.is_some() || !rows.is_empty() {
            blocks.push(Block {
                span: self.span(table),
                kind: BlockKind::Table(Table { header, rows }),
            });
        }
    }

    /// Whether a table only lays the page out: what it holds is more than cells
    /// could.
    pub(super) fn is_layout(&self, table: ElementRef<'_>) -> bool {
        matches!(attribute(table, "role"), Some("presentation" | "none"))
            || self.around_headings.contains(&table.id())
    }

    fn rows<'t>(&self, elements: impl Iterator<Item = ElementRef<'t>>) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut hanging: Vec<Hanging> = Vec::new();
        // A page cannot make a table much larger than its own text is.
        let mut budget = 256;
        for element in elements {
            let mut cells = Vec::new();
            let mut due = std::mem::take(&mut hanging).into_iter().peekable();
            let mut own = cells_of(element);
            loop {
                if let Some(mut above) = due.next_if(|above| above.column <= cells.len()) {
                    cells.push(above.cell.clone());
                    above.rows -= 1;
                    if above.rows > 0 && budget > 0 {
                        budget -= 1;
                        hanging.push(above);
                    }
                    continue;
                }
                let Some(cell) = own.next() else { break };
                budget += 16;
                let column = cells.len();
                let read = Cell {
                    span: self.span(cell),
                    text: self.phrase(cell),
                };
                let rows = spanned(cell, "rowspan");
                if rows > 1 {
                    hanging.push(Hanging {
                        column,
                        rows: rows - 1,
                        cell: read.clone(),
                    });
                }
                let blank = Cell {
                    span: read.span,
                    text: Inline::default(),
                };
                cells.push(read);
                let blanks = (spanned(cell, "colspan") - 1).min(budget);
                budget -= blanks;
                cells.extend(std::iter::repeat_n(blank, blanks));
            }
            // Cells that hang to the right of a short row.
            if due.len() <= budget {
                budget -= due.len();
                hanging.extend(due);
            }
            if !cells.is_empty() {
                let span = self.span(element);
                rows.push(Row { span, cells });
            }
        }
        rows
    }
}

fn rows_of<'t>(part: ElementRef<'t>) -> impl Iterator<Item = ElementRef<'t>> {
    part.child_elements()
        .filter(|row| row.value().name() == "tr")
}

fn cells_of<'t>(row: ElementRef<'t>) -> impl Iterator<Item = ElementRef<'t>> {
    row.child_elements()
        .filter(|cell| matches!(cell.value().name(), "td" | "th"))
}

/// A `colspan` or `rowspan`; the limits are HTML's.
fn spanned(cell: ElementRef<'_>, name: &str) -> usize {
    let value = attribute(cell, name).and_then(|value| value.trim().parse().ok());
    value.unwrap_or(1).clamp(1, 1000)
}
