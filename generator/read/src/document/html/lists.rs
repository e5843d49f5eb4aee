//! Reads lists: of items, and of terms with what they mean.

use scraper::{ElementRef, Node};

use super::{blocks::Reader, elements::Kind};
use crate::document::{Block, BlockKind, Inline};

impl<'a> Reader<'a> {
    /// A list's items. What stands between items belongs to the one before.
    pub(super) fn items(&mut self, list: ElementRef<'a>, depth: usize) -> Vec<Vec<Block>> {
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in list.children() {
            let Some(element) = ElementRef::wrap(child) else {
                if let Node::Text(text) = child.value()
                    && !text.trim().is_empty()
                {
                    items.push(vec![
                        self.loose(list, Inline::text(&self.words(text, list))),
                    ]);
                }
                continue;
            };
            if self.skips(element) {
                continue;
            }
            let kind = Kind::of(element.value().name());
            let mut item = Vec::new();
            if element.value().name() == "li" {
                self.walk(element, depth + 1, &mut item);
                items.push(item);
                continue;
            }
            if kind.is_block() || self.around_blocks.contains(&element.id()) {
                self.block(kind, element, depth + 1, &mut item);
            } else {
                let mut inline = Inline::default();
                self.push_phrase(child, &mut inline);
                let inline = inline.finish();
                if !inline.is_empty() {
                    item.push(self.loose(element, inline));
                }
            }
            match items.last_mut() {
                Some(last) => last.extend(item),
                None => items.push(item),
            }
        }
        items
    }

    fn loose(&self, element: ElementRef<'_>, inline: Inline) -> Block {
        Block {
            span: self.span(element),
            kind: BlockKind::Paragraph(inline),
        }
    }

    /// The items of a `dl`: each term with what is said about it.
    pub(super) fn terms(&mut self, list: ElementRef<'a>, depth: usize) -> Vec<Vec<Block>> {
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut after_meaning = true;
        // HTML lets a `div` group a term with its meanings.
        let grouped = list.child_elements().flat_map(|child| {
            let is_group = child.value().name() == "div";
            let inner = is_group.then(|| child.child_elements());
            let single = (!is_group).then_some(child);
            single.into_iter().chain(inner.into_iter().flatten())
        });
        for element in grouped.collect::<Vec<_>>() {
            if self.skips(element) {
                continue;
            }
            let is_term = element.value().name() == "dt";
            if (is_term && after_meaning) || items.is_empty() {
                items.push(Vec::new());
            }
            after_meaning = !is_term;
            if let Some(item) = items.last_mut() {
                self.walk(element, depth + 1, item);
            }
        }
        items
    }
}
