//! Mends pipe tables that a page's cells have broken.
//!
//! Where a cell wraps over lines, GitHub's rules (GFM 0.29, section 4.10) make
//! a row of each line, and other renderers give up the table and leave a
//! paragraph of literal pipes. When a table's title row begins and ends with a
//! pipe, a line that doesn't begin with one, after a line that doesn't end
//! with one, is the rest of the cell before.

use super::{Block, BlockKind, Cell, Inline, Piece, Row, Table};
use crate::source::Span;

/// Joins the rows of a table that only continue a cell of the row before.
/// `line` gives a row's source.
pub(super) fn join_rows<'p>(table: &mut Table, line: impl Fn(Span) -> &'p str) {
    let Some(header) = &table.header else { return };
    let width = header.cells.len();
    if !is_fenced(line(header.span)) {
        return;
    }
    let mut rows: Vec<Row> = Vec::with_capacity(table.rows.len());
    let mut open = false;
    for row in table.rows.drain(..) {
        let source = line(row.span);
        let continues = open && !source.trim_start().starts_with('|');
        open = !source.trim_end().ends_with('|');
        match rows.last_mut().filter(|_| continues) {
            Some(before) => continue_row(before, row, width),
            None => rows.push(row),
        }
    }
    table.rows = rows;
}

fn is_fenced(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// Adds the cells of `rest` to `row`, the first to its last cell. Cells with an
/// empty span were only filled in.
fn continue_row(row: &mut Row, rest: Row, width: usize) {
    let is_own = |cell: &Cell| cell.span.start < cell.span.end;
    let own = row
        .cells
        .iter()
        .rposition(is_own)
        .map_or(0, |last| last + 1);
    row.cells.truncate(own);
    row.span.end = rest.span.end;
    let mut cells = rest.cells.into_iter().filter(is_own);
    if let (Some(last), Some(first)) = (row.cells.last_mut(), cells.next()) {
        last.span.end = first.span.end;
        last.text.push_text("\n");
        last.text.pieces.extend(first.text.pieces);
        last.text = std::mem::take(&mut last.text).finish();
    }
    row.cells.extend(cells);
    let end = row.span.end;
    while row.cells.len() < width {
        row.cells.push(Cell {
            span: Span { start: end, end },
            text: Inline::default(),
        });
    }
}

/// Makes a table of a paragraph that is one in literal pipes. `source` is what
/// stands at the block's span.
pub(super) fn recover(block: Block, source: &str) -> Block {
    match block.kind {
        BlockKind::Paragraph(text) if looks_like_table(&text) => {
            let kind = match table(&text, block.span, source) {
                Some(table) => BlockKind::Table(table),
                None => BlockKind::Paragraph(text),
            };
            Block { kind, ..block }
        }
        kind => Block { kind, ..block },
    }
}

fn looks_like_table(text: &Inline) -> bool {
    let first = text.pieces.first();
    matches!(first, Some(Piece::Text(words)) if words.starts_with('|'))
}

fn table(text: &Inline, span: Span, source: &str) -> Option<Table> {
    let lines = lines(text);
    let rule = lines.get(1)?.to_plain();
    let is_rule = rule.contains('-') && rule.bytes().all(|byte| b"|:- ".contains(&byte));
    if !is_rule || !is_fenced(&lines[0].to_plain()) {
        return None;
    }
    let places = places(span, source, lines.len());
    let mut rows: Vec<(Inline, Span)> = Vec::new();
    let mut open = false;
    for (number, (line, place)) in lines.into_iter().zip(places).enumerate() {
        let plain = line.to_plain();
        if number == 1 || plain.is_empty() {
            continue;
        }
        let continues = open && !plain.starts_with('|');
        open = !plain.ends_with('|');
        match rows.last_mut().filter(|_| continues) {
            Some((before, span)) => {
                before.push_text("\n");
                before.pieces.extend(line.pieces);
                span.end = place.end;
            }
            None => rows.push((line, place)),
        }
    }
    let mut rows = rows.into_iter().map(|(line, span)| Row {
        span,
        cells: cells(&line, span),
    });
    let header = rows.next();
    let rows = rows.collect();
    Some(Table { header, rows })
}

/// Where each line stands, when the source has as many.
fn places(span: Span, source: &str, count: usize) -> Vec<Span> {
    if source.split('\n').count() != count {
        return vec![span; count];
    }
    let mut at = span.start as usize;
    let place = |line: &str| {
        let start = at;
        at += line.len() + 1;
        Span::new(start, start + line.trim_end().len())
    };
    source.split('\n').map(place).collect()
}

fn lines(text: &Inline) -> Vec<Inline> {
    split(text, '\n')
}

fn cells(line: &Inline, span: Span) -> Vec<Cell> {
    let mut cells = split(line, '|');
    if cells.first().is_some_and(Inline::is_empty) {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(Inline::is_empty) {
        cells.pop();
    }
    let cell = |text| Cell { span, text };
    cells.into_iter().map(cell).collect()
}

/// Splits running text where its words hold `separator`.
fn split(text: &Inline, separator: char) -> Vec<Inline> {
    let mut parts = vec![Inline::default()];
    for piece in &text.pieces {
        let Piece::Text(words) = piece else {
            if let Some(last) = parts.last_mut() {
                last.push(piece.clone());
            }
            continue;
        };
        for (number, part) in words.split(separator).enumerate() {
            if number > 0 {
                parts.push(Inline::default());
            }
            if let Some(last) = parts.last_mut() {
                last.push_text(part);
            }
        }
    }
    parts.into_iter().map(Inline::finish).collect()
}
