//! What reading a page has to say about it, collected while its form is read:
//! what can't be read, and what is read otherwise than it is written.

use std::{cell::RefCell, collections::HashSet};

use super::Block;
use crate::source::{Page, Span};
use docwright_model::diagnostic::{Diagnostic, Place, rules};

/// How many places of one finding are shown.
const MOST_PLACES: usize = 8;

/// What was noticed, and where.
#[derive(Debug, Default)]
pub(super) struct Notes {
    found: RefCell<Vec<(Span, Note)>>,
}

/// Something that was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// A character that doesn't show, by its number in HTML.
    Hidden(char),
    /// An element of HTML that holds words, or a page, and isn't read.
    Unread(String),
    /// A component of MDX above a heading, on a page of Markdown.
    ComponentAboveHeading(String),
    /// The row below a table's titles has so many cells, the titles so many.
    Delimiters { delimiters: usize, titles: usize },
    /// A table that is drawn with `+` and `-`, and whose lines don't fit.
    BrokenDrawing,
}

impl Notes {
    pub(super) fn add(&self, span: Span, note: Note) {
        self.found.borrow_mut().push((span, note));
    }

    /// The findings about a page of these blocks; of several elements of one name
    /// the first.
    pub(super) fn into_diagnostics(self, page: &Page, blocks: &[Block]) -> Vec<Diagnostic> {
        let mut hidden = of_blocks(page, blocks);
        let mut unread = HashSet::new();
        let mut findings = Vec::new();
        for (span, note) in self.found.into_inner() {
            match &note {
                Note::Hidden(what) => hidden.push((span.start, *what)),
                Note::Unread(name) if !unread.insert(name.clone()) => {}
                _ => findings.push(diagnostic(page, span, &note)),
            }
        }
        hidden.sort_unstable();
        findings.extend(left_out(page, &hidden));
        findings
    }
}

/// The characters that were left out of these blocks of a page.
fn of_blocks(page: &Page, blocks: &[Block]) -> Vec<(u32, char)> {
    if page.hidden.is_empty() {
        return Vec::new();
    }
    let mut spans: Vec<_> = blocks
        .iter()
        .map(|it| (it.span.start, it.span.end))
        .collect();
    spans.sort_unstable();
    let is_read = |at: u32| {
        let next = spans.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1).is_some_and(|last| at <= spans[last].1)
    };
    let hidden = page.hidden.iter().filter(|it| is_read(it.at));
    hidden.map(|it| (it.at, it.what)).collect()
}

/// One finding for all characters of a page that were left out.
fn left_out(page: &Page, hidden: &[(u32, char)]) -> Option<Diagnostic> {
    let place = |at: u32| Place::at(&*page.path, page.position(at));
    let (first, _) = hidden.first()?;
    let mut kinds: Vec<char> = hidden.iter().map(|(_, what)| *what).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kinds = kinds.iter().take(MOST_PLACES);
    let kinds: Vec<_> = kinds.map(|it| format!("U+{:04X}", *it as u32)).collect();
    let found = match hidden.len() {
        1 => format!("found an invisible character ({})", kinds[0]),
        count => format!("found {count} invisible characters ({})", kinds.join(", ")),
    };
    let finding = Diagnostic::new(rules::HIDDEN_CHARACTERS, place(*first), found);
    let others = hidden.iter().skip(1).take(MOST_PLACES);
    Some(others.fold(finding, |finding, (at, what)| {
        finding.related(place(*at), format!("U+{:04X}", *what as u32))
    }))
}

fn diagnostic(page: &Page, span: Span, note: &Note) -> Diagnostic {
    let place = Place::at(&*page.path, page.position(span.start));
    let (rule, found) = match note {
        // All of a page make one finding.
        Note::Hidden(_) => (rules::HIDDEN_CHARACTERS, String::new()),
        Note::Unread(name) => (
            rules::UNREAD_ELEMENT,
            format!("found the element `{name}`; its content is not read"),
        ),
        Note::ComponentAboveHeading(name) => (
            rules::COMPONENT_ABOVE_HEADING,
            format!("found the component `{name}` directly above a heading"),
        ),
        Note::Delimiters { delimiters, titles } => (
            rules::ODD_DELIMITER_ROW,
            format!(
                "found {delimiters} cells in the row of dashes below {titles} column titles; \
                 Markdown doesn't render this as a table"
            ),
        ),
        Note::BrokenDrawing => (
            rules::BROKEN_TABLE,
            "found a table drawn with `+` and `-` whose lines don't match; it is not read"
                .to_owned(),
        ),
    };
    Diagnostic::new(rule, place, found)
}
