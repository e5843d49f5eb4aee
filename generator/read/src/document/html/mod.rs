//! Reads HTML, as served or as saved by a browser, into a [`Document`]:
//! `tree.rs` parses with html5ever, guarded by `guard.rs`, into what `sink.rs`
//! builds: scraper's tree, with the place of each element; `blocks.rs` walks that,
//! `tables.rs` and `phrases.rs` read tables and running text. Nothing here knows a
//! site: what the content is and what in it is chrome comes in as CSS selectors.

mod blocks;
mod elements;
mod guard;
mod lists;
mod phrases;
mod sink;
mod tables;
mod tree;

use scraper::{ElementRef, Selector};

use self::{blocks::Reader, elements::attribute, tree::Tree};
pub(super) use self::{elements::is_block_tag, sink::is_void};
use super::{Block, Document, Inline, anchor::Anchors, notes::Notes};
use crate::source::{Page, Span};

/// Where content stands when no selector of the dialect matches.
const USUAL_CONTENT: [&str; 3] = ["article", "main", "body"];

/// Reads a page. The content is the first element that the first matching
/// selector of `content` finds, else the first `article`, `main` or `body`;
/// elements that match `skip` are left out. Selectors that [`check_selector`]
/// refuses match nothing.
pub fn read<C, S>(page: &Page, content: &[C], skip: &[S]) -> Document
where
    C: AsRef<str>,
    S: AsRef<str>,
{
    let tree = Tree::parse(&page.text);
    let content = content.iter().map(AsRef::as_ref).chain(USUAL_CONTENT);
    let root = content
        .filter_map(|selector| Selector::parse(selector).ok())
        .find_map(|selector| tree.html.select(&selector).next())
        .unwrap_or_else(|| tree.html.root_element());
    // As one selector: one look at an element is enough.
    let skip = skip.iter().map(AsRef::as_ref);
    let skip: Vec<_> = skip.filter(|it| check_selector(it).is_ok()).collect();
    let skip = Selector::parse(&skip.join(",")).ok();
    let mut anchors = Anchors::default();
    let notes = Notes::default();
    let mut reader = Reader::new(&tree, &page.text, Origin::Slice(0), &mut anchors, &notes);
    if let Some(skip) = skip {
        reader.skip(root, skip);
    }
    let blocks = reader.read(root);
    Document {
        meta: meta(&tree, root),
        diagnostics: notes.into_diagnostics(page, &blocks),
        blocks,
    }
}

/// Tells what is wrong with a CSS selector.
///
/// # Errors
/// A person's words for it, when the selector cannot be parsed.
pub fn check_selector(selector: &str) -> Result<(), String> {
    Selector::parse(selector)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

/// What stands where a piece of HTML came from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// The page from this byte on, verbatim.
    Slice(u32),
    /// Something made of this part of the page.
    Made(Span),
}

/// Reads HTML that stands in a page of another form.
pub(super) fn read_part(
    html: &str,
    origin: Origin,
    anchors: &mut Anchors,
    notes: &Notes,
) -> Vec<Block> {
    let tree = Tree::parse(html);
    let reader = Reader::new(&tree, html, origin, anchors, notes);
    reader.read(body(&tree))
}

/// Reads HTML that stands within running text, at `span` of the page.
pub(super) fn read_phrase(html: &str, span: Span, notes: &Notes) -> Inline {
    let tree = Tree::parse(html);
    let mut anchors = Anchors::default();
    let reader = Reader::new(&tree, html, Origin::Made(span), &mut anchors, notes);
    reader.phrase(body(&tree))
}

fn body(tree: &Tree) -> ElementRef<'_> {
    let root = tree.html.root_element();
    let mut children = root.child_elements();
    let body = children.find(|child| child.value().name() == "body");
    body.unwrap_or(root)
}

/// The content's `data-` attributes, the page's title and its named `meta`s.
fn meta(tree: &Tree, content: ElementRef<'_>) -> Vec<(String, String)> {
    let own = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut meta: Vec<_> = content
        .value()
        .attrs()
        .filter(|(name, _)| name.starts_with("data-"))
        .map(|(name, value)| (name.to_owned(), own(value)))
        .collect();
    let root = tree.html.root_element();
    let head = root
        .child_elements()
        .find(|child| child.value().name() == "head");
    for element in head.iter().flat_map(|head| head.child_elements()) {
        match (element.value().name(), attribute(element, "name")) {
            ("title", _) => {
                meta.push(("title".into(), own(&element.text().collect::<String>())));
            }
            ("meta", Some(name)) => {
                let value = attribute(element, "content").unwrap_or_default();
                meta.push((name.to_owned(), own(value)));
            }
            _ => {}
        }
    }
    meta
}
