//! What people write, read: pages ([`source`]) become one tree whatever their form
//! ([`document`]), the [`dialect`]'s vocabulary turns the tree into facts ([`extract`]),
//! and the [`settings`] say what is wanted. What the dialect lacks becomes [`advice`].
//!
//! Pages don't know each other here: what they say together is inferred elsewhere.

pub mod advice;
pub mod dialect;
pub mod document;
pub mod extract;
pub mod settings;
pub mod source;
pub mod toml_text;
pub mod wall;

use std::path::PathBuf;

use docwright_model::diagnostic::{Diagnostic, Place, rules};
use rayon::prelude::*;

use dialect::Dialect;
use extract::PageFacts;
use source::{Listing, Page, ReadError};

/// What comes before the path of a page that is evidence only.
pub const EVIDENCE: &str = "evidence: ";

/// Which pages to read.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Folders or single pages that make up the API.
    pub docs: Vec<PathBuf>,
    /// More pages, such as those of an older version: they help to find the types of what
    /// `docs` declare, and declare nothing themselves.
    pub evidence: Vec<PathBuf>,
}

impl Pages {
    /// One folder of pages, or one page, and no further evidence.
    pub fn of(path: impl Into<PathBuf>) -> Self {
        Self {
            docs: vec![path.into()],
            evidence: Vec::new(),
        }
    }
}

/// The facts of all pages below these roots, by path, and how many pages there
/// are, readable or not.
///
/// # Errors
/// When a root or a single page can't be read; what is wrong with a page in a folder is
/// among the diagnostics, and costs no other page.
pub fn read_all(
    roots: &[PathBuf],
    prefix: &str,
    dialect: &Dialect,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Vec<PageFacts>, usize), ReadError> {
    let Listing { pages, unreadable } = source::find_all(roots)?;
    let count = pages.len() + unreadable.len();
    // Pages don't know each other until they are inferred, and stay in order.
    let read: Vec<_> = pages
        .par_iter()
        .map(|found| {
            let path = format!("{prefix}{}", found.name);
            match source::read(&path, &found.file) {
                Ok(page) => Ok(guarded(&page, || facts_of(&page, dialect))),
                Err(error) if found.single => Err(error),
                Err(error) => Ok(Err(unreadable_page(&path, &error))),
            }
        })
        .collect();
    let mut facts = Vec::with_capacity(pages.len());
    for page in read {
        match page? {
            Ok(page) => facts.push(page),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    for (name, error) in unreadable {
        diagnostics.push(*unreadable_page(&format!("{prefix}{name}"), &error));
    }
    Ok((facts, count))
}

/// The facts of one page, unless reading it meets a fault of docwright.
fn guarded(page: &Page, read: impl FnOnce() -> PageFacts) -> Result<PageFacts, Box<Diagnostic>> {
    wall::guard(read).map_err(|fault| {
        let place = Place::file(&*page.path);
        let message = format!("docwright has a bug and couldn't read this page: {fault}");
        let help = "please report it with the page; the other pages are read";
        Box::new(Diagnostic::new(rules::PAGE_NOT_READ, place, message).help(help))
    })
}

/// The facts of one page.
pub fn facts_of(page: &Page, dialect: &Dialect) -> PageFacts {
    extract::extract(page, &document::read(page, dialect), dialect)
}

fn unreadable_page(path: &str, error: &ReadError) -> Box<Diagnostic> {
    let message = format!("cannot read the page: {}", error.error);
    let help = "expected a readable file; the other pages are read";
    Box::new(Diagnostic::new(rules::UNREADABLE_PAGE, Place::file(path), message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Form;

    #[test]
    fn a_fault_costs_the_page_that_meets_it() {
        let page = Page::new("a/b.md", Form::Markdown, "x");
        let finding = guarded(&page, || panic!("no such row")).unwrap_err();
        assert_eq!(
            (finding.rule.id, &*finding.place.file),
            ("page-not-read", "a/b.md")
        );
        assert!(
            finding.message.ends_with(": no such row"),
            "{}",
            finding.message
        );
    }
}
