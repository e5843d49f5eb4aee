//! Mends pipe tables that a page's cells, or its row of dashes, have broken.
//!
//! Where a cell wraps over lines, GitHub's rules (GFM 0.29, section 4.10) make
//! a row of each line, and other renderers give up the table and leave a
//! paragraph of literal pipes. When a table's title row begins and ends with a
//! pipe, a line that doesn't begin with one, after a line that doesn't end
//! with one, is the rest of the cell before.

use super::{
    Block, BlockKind, Cell, Inline, Piece, Row, Table,
    notes::{Note, Notes},
};
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
            ..Cell::default()
        });
    }
}

/// Makes a table of a paragraph that is one in literal pipes: of its lines above the
/// titles a paragraph of their own. `source` is what stands at the block's span.
pub(super) fn recover(block: Block, source: &str, notes: &Notes) -> Vec<Block> {
    let BlockKind::Paragraph(text) = &block.kind else {
        return vec![block];
    };
    if !(source.contains('|') && source.contains('-')) {
        return vec![block];
    }
    let lines = lines(text);
    let plain: Vec<_> = lines.iter().map(Inline::to_plain).collect();
    let mut pairs = plain.windows(2);
    let Some(titles) = pairs.position(|pair| begins_table(&pair[0], &pair[1])) else {
        return vec![block];
    };
    let places = places(block.span, source, lines.len());
    let mut lines: Vec<_> = lines.into_iter().zip(places).collect();
    let below = lines.split_off(titles);
    let span = |lines: &[(Inline, Span)]| Span {
        start: lines
            .first()
            .map_or(block.span.start, |(_, span)| span.start),
        end: lines.last().map_or(block.span.end, |(_, span)| span.end),
    };
    let mut blocks = Vec::new();
    if !lines.is_empty() {
        let span = span(&lines);
        let mut text = Inline::default();
        for (line, _) in lines {
            text.push_text("\n");
            text.pieces.extend(line.pieces);
        }
        let kind = BlockKind::Paragraph(text.finish());
        blocks.push(Block { span, kind });
    }
    blocks.push(Block {
        span: span(&below),
        kind: BlockKind::Table(table(below, notes)),
    });
    blocks
}

/// Whether the first of two lines has a table's titles, and the second its rule.
fn begins_table(titles: &str, rule: &str) -> bool {
    let is_rule = rule.contains('-') && rule.bytes().all(|byte| b"|:- ".contains(&byte));
    is_rule && (is_fenced(titles) || titles.contains('|') && rule.contains('|'))
}

/// The table of these lines, the first of which has its titles, the second its rule.
fn table(lines: Vec<(Inline, Span)>, notes: &Notes) -> Table {
    let fenced = lines
        .first()
        .is_some_and(|(line, _)| is_fenced(&line.to_plain()));
    let mut rows: Vec<(Inline, Span)> = Vec::new();
    let mut delimiters = 0;
    let mut open = false;
    for (number, (line, place)) in lines.into_iter().enumerate() {
        let plain = line.to_plain();
        if number == 1 {
            delimiters = cells(&line, place).len();
        }
        if number == 1 || plain.is_empty() {
            continue;
        }
        let continues = fenced && open && !plain.starts_with('|');
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
        ..Row::default()
    });
    let header = rows.next();
    let titles = header.as_ref().map_or(0, |row| row.cells.len());
    if let Some(header) = header.as_ref().filter(|_| delimiters != titles) {
        notes.add(header.span, Note::Delimiters { delimiters, titles });
    }
    let rows = rows.collect();
    Table {
        caption: None,
        header,
        rows,
    }
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
    let cell = |text| Cell {
        span,
        text,
        ..Cell::default()
    };
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
