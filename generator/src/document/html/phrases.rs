//! Reads running text: what stands inside paragraphs, cells and headings.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::{
    blocks::Reader,
    elements::{Kind, attribute, start_tag},
};
use crate::document::{Inline, Piece};

impl Reader<'_> {
    /// The running text of an element, blocks in it set apart by breaks.
    pub(super) fn phrase(&self, element: ElementRef<'_>) -> Inline {
        let mut inline = Inline::default();
        self.phrases_of(element, &mut inline);
        inline.finish()
    }

    /// The running text of a heading: without the links and icons that only
    /// serve to link to it.
    pub(super) fn heading_phrase(&self, heading: ElementRef<'_>) -> Inline {
        let mut inline = Inline::default();
        for child in heading.children() {
            let is_anchor = ElementRef::wrap(child).is_some_and(|link| {
                link.value().name() == "a"
                    && !link.text().any(|text| text.contains(char::is_alphanumeric))
            });
            if !is_anchor {
                self.push_phrase(child, &mut inline);
            }
        }
        inline.finish()
    }

    fn phrases_of(&self, element: ElementRef<'_>, inline: &mut Inline) {
        for child in element.children() {
            self.push_phrase(child, inline);
        }
    }

    /// Adds a node to running text.
    pub(super) fn push_phrase(&self, node: NodeRef<'_, Node>, inline: &mut Inline) {
        if let Node::Text(text) = node.value() {
            inline.push_text(text);
        }
        let Some(element) = ElementRef::wrap(node) else {
            return;
        };
        if self.skips(element) {
            return;
        }
        let (start, end) = match element.value().name() {
            "br" => return inline.push(Piece::Break),
            "code" | "tt" | "samp" | "kbd" | "pre" => {
                return inline.push_code(&element.text().collect::<String>());
            }
            "strong" | "b" => (Piece::StrongStart, Piece::StrongEnd),
            "em" | "i" | "var" | "cite" | "dfn" => (Piece::EmphasisStart, Piece::EmphasisEnd),
            "a" => match attribute(element, "href") {
                Some(target) => {
                    let target = target.trim().to_owned();
                    (Piece::LinkStart(target.clone()), Piece::LinkEnd(target))
                }
                None => return self.phrases_of(element, inline),
            },
            "span" | "font" | "small" | "big" | "label" | "time" | "abbr" | "bdi" | "bdo"
            | "data" | "nobr" | "wbr" | "center" => return self.phrases_of(element, inline),
            "img" => return inline.pieces.extend(start_tag(element).map(Piece::Html)),
            name if Kind::of(name).is_block() => {
                inline.push(Piece::Break);
                self.phrases_of(element, inline);
                return inline.push(Piece::Break);
            }
            name => match start_tag(element) {
                Some(tag) => (Piece::Html(tag), Piece::Html(format!("</{name}>"))),
                None => return self.phrases_of(element, inline),
            },
        };
        inline.push(start);
        self.phrases_of(element, inline);
        inline.push(end);
    }
}
