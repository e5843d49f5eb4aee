//! Lists of page text: lines with bullets or numbers, nested by indentation.

use super::{Reader, words};
use crate::{
    document::{Block, BlockKind, DEEPEST, Inline, List},
    source::Span,
};

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
        self.blocks.extend(lists(&items, 0));
        Some(end)
    }
}

/// The lists of these items: those indented like the first are items, those
/// indented more are lists within the item before. Bullets after numbers begin
/// another list.
fn lists(items: &[Item], depth: usize) -> Vec<Block> {
    let mut lists: Vec<Block> = Vec::new();
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let is_inner = |inner: &&Item| depth < DEEPEST && inner.indent > item.indent;
        let inner = items[at + 1..].iter().take_while(is_inner).count();
        let inner = &items[at + 1..=at + inner];
        let mut content = vec![Block {
            span: item.span,
            kind: BlockKind::Paragraph(Inline::text(&item.words)),
        }];
        content.extend(self::lists(inner, depth + 1));
        let end = inner.last().map_or(item.span.end, |last| last.span.end);
        match lists.last_mut() {
            Some(Block {
                span,
                kind: BlockKind::List(list),
            }) if list.ordered == item.ordered => {
                list.items.push(content);
                span.end = end;
            }
            _ => lists.push(Block {
                span: Span {
                    start: item.span.start,
                    end,
                },
                kind: BlockKind::List(List {
                    ordered: item.ordered,
                    items: vec![content],
                }),
            }),
        }
        at += 1 + inner.len();
    }
    lists
}
