//! Lists of page text: lines with bullets or numbers, nested by indentation.

use super::{Reader, cells, words};
use crate::{
    document::{Block, BlockKind, List},
    source::Span,
};

/// Lists within lists deeper than this stay on this level.
const DEEPEST: usize = 16;

/// An item: its indentation, whether it has a number, its place and words.
struct Item {
    indent: usize,
    ordered: bool,
    span: Span,
    words: String,
}

impl Reader<'_> {
    /// Reads the list that begins at line `at`, when one does; says where it
    /// ends. Blank lines between items don't end it.
    pub(super) fn list(&mut self, at: usize) -> Option<usize> {
        words::item(self.lines[at].text)?;
        let mut items: Vec<Item> = Vec::new();
        let mut next = at;
        let mut end = at;
        while let Some(line) = self.lines.get(next) {
            if line.is_blank() {
                next += 1;
                continue;
            }
            if self.is_chrome(line) {
                break;
            }
            match (words::item(line.text), items.last_mut()) {
                (Some((ordered, text)), _) => {
                    let start = line.text.len() - text.len();
                    items.push(Item {
                        indent: line.indent(),
                        ordered,
                        span: line.part(start, line.text.len()),
                        words: text.to_owned(),
                    });
                }
                // A line under an item's words goes on with them.
                (None, Some(last)) if next == end && line.indent() > last.indent => {
                    last.words.push(' ');
                    last.words.push_str(line.text);
                    last.span.end = line.span().end;
                }
                _ => break,
            }
            next += 1;
            end = next;
        }
        let block = nested(&items, 0)?;
        self.blocks.push(block);
        Some(end)
    }
}

/// The list of these items: those indented like the first are its items, those
/// indented more are lists within the item before.
fn nested(items: &[Item], depth: usize) -> Option<Block> {
    let (first, last) = (items.first()?, items.last()?);
    let is_inner = |item: &Item| depth < DEEPEST && item.indent > first.indent;
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let inner = items[at + 1..]
            .iter()
            .take_while(|item| is_inner(item))
            .count();
        let mut content = vec![Block {
            span: item.span,
            kind: BlockKind::Paragraph(cells::plain(&item.words)),
        }];
        content.extend(nested(&items[at + 1..=at + inner], depth + 1));
        blocks.push(content);
        at += 1 + inner;
    }
    Some(Block {
        span: Span {
            start: first.span.start,
            end: last.span.end,
        },
        kind: BlockKind::List(List {
            ordered: first.ordered,
            items: blocks,
        }),
    })
}
