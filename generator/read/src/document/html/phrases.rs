//! Reads running text: what stands inside paragraphs, cells and headings.

use std::borrow::Cow;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use super::{
    blocks::Reader,
    elements::{Kind, attribute, start_tag},
};
use crate::{
    document::{Inline, Piece, notes::Note},
    source::shown,
};

impl Reader<'_> {
    /// Words without characters that don't show, which stand in this element.
    pub(super) fn words<'w>(&self, words: &'w str, element: ElementRef<'_>) -> Cow<'w, str> {
        self.words_at(words, element.id())
    }

    fn words_at<'w>(&self, words: &'w str, node: NodeId) -> Cow<'w, str> {
        shown(words, |_, what| {
            self.notes.add(self.place_of(node), Note::Hidden(what));
        })
    }

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
        let Some(element) = ElementRef::wrap(node) else {
            if let (Node::Text(text), Some(parent)) = (node.value(), node.parent()) {
                inline.push_text(&self.words_at(text, parent.id()));
            }
            return;
        };
        if self.skips(element) || is_footnote_mark(element) {
            return;
        }
        if self.apart.contains(&element.id()) {
            return inline.push(Piece::Break);
        }
        let (start, end) = match element.value().name() {
            "br" => return inline.push(Piece::Break),
            "code" | "tt" | "samp" | "kbd" | "pre" => {
                let code: String = element.text().collect();
                return inline.push_code(&self.words(&code, element));
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

/// Whether an element is nothing but the mark of a footnote: a link that says so, or
/// a raised link within the page that has no word.
fn is_footnote_mark(element: ElementRef<'_>) -> bool {
    let link = match element.value().name() {
        "a" => element,
        "sup" => {
            let mut inner = element.children().filter(|it| !is_blank(*it));
            match (inner.next().and_then(ElementRef::wrap), inner.next()) {
                (Some(link), None) => link,
                _ => return false,
            }
        }
        _ => return false,
    };
    let says = |name: &str, word: &str| {
        attribute(link, name).is_some_and(|value| value.split_whitespace().any(|it| it == word))
    };
    let is_marked = attribute(link, "data-footnote-ref").is_some()
        || says("role", "doc-noteref")
        || says("class", "footnote-ref")
        || says("class", "footnote-reference");
    let is_raised = element.value().name() == "sup"
        && attribute(link, "href").is_some_and(|target| target.starts_with('#'))
        && !link.text().any(|words| words.contains(char::is_alphabetic));
    is_marked || is_raised
}

fn is_blank(node: NodeRef<'_, Node>) -> bool {
    matches!(node.value(), Node::Text(text) if text.trim().is_empty())
}
