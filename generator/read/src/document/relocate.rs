//! Moves the places of blocks that were read from a text other than the page's.

use super::{Block, BlockKind, Table};
use crate::source::Span;

/// Sets each byte in the places of these blocks to what `place` makes of it.
pub(super) fn relocate(blocks: &mut [Block], place: &impl Fn(u32) -> u32) {
    for block in blocks {
        move_span(&mut block.span, place);
        match &mut block.kind {
            BlockKind::Table(table) => relocate_table(table, place),
            BlockKind::Code(code) => code.start = place(code.start),
            BlockKind::List(list) => list.items.iter_mut().for_each(|it| relocate(it, place)),
            BlockKind::Quote(inner) | BlockKind::Footnote(inner) => relocate(inner, place),
            BlockKind::Component(component) => relocate(&mut component.children, place),
            BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Rule
            | BlockKind::Other(_) => {}
        }
    }
}

fn relocate_table(table: &mut Table, place: &impl Fn(u32) -> u32) {
    if let Some(caption) = &mut table.caption {
        relocate(std::slice::from_mut(caption), place);
    }
    for row in table.header.iter_mut().chain(&mut table.rows) {
        move_span(&mut row.span, place);
        for cell in &mut row.cells {
            move_span(&mut cell.span, place);
            cell.tables
                .iter_mut()
                .for_each(|it| relocate_table(it, place));
        }
    }
}

fn move_span(span: &mut Span, place: &impl Fn(u32) -> u32) {
    *span = Span {
        start: place(span.start),
        end: place(span.end),
    };
}
