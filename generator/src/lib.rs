//! Docwright turns API reference pages into code that people trust.
//!
//! Data flows one way: pages ([`source`]) become one tree whatever their form
//! ([`document`]), the [`dialect`]'s vocabulary turns it into facts
//! ([`extract`]), the facts of all pages make one [`model`] ([`infer`]).

pub mod advice;
pub mod books;
pub mod corrections;
pub mod diagnostic;
pub mod dialect;
pub mod diff;
pub mod document;
pub mod emit;
pub mod export;
pub mod extract;
pub mod infer;
pub mod lint;
pub mod model;
pub mod output;
pub mod project;
pub mod report;
pub mod selection;
pub mod settings;
pub mod source;
mod toml_text;
pub mod visible;
pub mod wall;

use std::path::PathBuf;

use diagnostic::{Diagnostic, Place, rules};
use dialect::Dialect;
use extract::{Ledger, Memo, PageFacts, Survey};
use model::{Api, Sample};
use rayon::prelude::*;
use source::{Listing, Page, ReadError};

pub use project::Project;

/// What was read from pages.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The API as the pages have it, before corrections.
    pub api: Api,
    /// Sample messages.
    pub samples: Vec<Sample>,
    /// What the pages get wrong or docwright doesn't understand.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of each block of each page.
    pub ledger: Ledger,
    /// What the dialect has no word for.
    pub survey: Survey,
    /// How many pages there are below `docs`.
    pub pages: usize,
    /// How many there are below `evidence`.
    pub evidence: usize,
}

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

/// Reads pages as one API called `title`.
///
/// # Errors
/// When a folder or a single page can't be read. A page in a folder that can't
/// be read is a diagnostic: it costs no other page.
pub fn read(pages: &Pages, dialect: &Dialect, title: &str) -> Result<Reading, ReadError> {
    let (reading, facts) = read_with_facts(pages, dialect, title)?;
    // Nobody has to wait for thousands of pages being freed.
    rayon::spawn(move || drop(facts));
    Ok(reading)
}

/// The same, with the facts of the pages below `docs`, by path: what each of
/// them says by itself.
///
/// # Errors
/// The same.
pub fn read_with_facts(
    pages: &Pages,
    dialect: &Dialect,
    title: &str,
) -> Result<(Reading, Vec<PageFacts>), ReadError> {
    let mut diagnostics = Vec::new();
    let (mut facts, count) = read_all(&pages.docs, "", dialect, &mut diagnostics)?;
    // What an older version gets wrong is no finding about this one: its pages'
    // diagnostics stay with them.
    let (evidence, evidence_count) =
        read_all(&pages.evidence, EVIDENCE, dialect, &mut diagnostics)?;
    let mut ledger = Ledger::default();
    let mut survey = Survey::default();
    for page in &mut facts {
        diagnostics.append(&mut page.diagnostics);
    }
    let (inferred, ()) = rayon::join(
        || infer::infer(&facts, &evidence, dialect, title),
        || {
            for page in &facts {
                ledger += &page.ledger;
                survey += &page.survey;
            }
        },
    );
    rayon::spawn(move || drop(evidence));
    diagnostics.extend(inferred.diagnostics);
    diagnostics.sort();
    let reading = Reading {
        api: inferred.api,
        samples: inferred.samples,
        diagnostics,
        ledger,
        survey,
        pages: count,
        evidence: evidence_count,
    };
    Ok((reading, facts))
}

/// What is known of pages after one pass of inference, for a person to read, and what
/// was found on them before.
///
/// # Errors
/// When a folder or a single page can't be read.
pub fn print_pass(
    pages: &Pages,
    dialect: &Dialect,
    pass: &infer::Pass,
) -> Result<(String, Vec<Diagnostic>), ReadError> {
    let mut diagnostics = Vec::new();
    let (mut facts, _) = read_all(&pages.docs, "", dialect, &mut diagnostics)?;
    for page in &mut facts {
        diagnostics.append(&mut page.diagnostics);
    }
    let title = &dialect.title;
    Ok((infer::print(&facts, dialect, title, pass), diagnostics))
}

/// What is known of one thing of an API, and why.
#[derive(Clone, Debug)]
pub struct Account {
    /// The decision, the evidence, and what was overruled; or that there is no such thing.
    pub explanation: Result<infer::Explanation, infer::Unknown>,
    /// All findings about the pages.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages there are below `docs`.
    pub pages: usize,
}

/// Explains the type, property, parameter, body or operation of these pages that is called
/// `target`, before corrections.
///
/// # Errors
/// When a folder or a single page can't be read.
pub fn explain(
    pages: &Pages,
    dialect: &Dialect,
    title: &str,
    target: &str,
) -> Result<Account, ReadError> {
    let mut diagnostics = Vec::new();
    let (mut facts, count) = read_all(&pages.docs, "", dialect, &mut diagnostics)?;
    let (evidence, _) = read_all(&pages.evidence, EVIDENCE, dialect, &mut diagnostics)?;
    for page in &mut facts {
        diagnostics.append(&mut page.diagnostics);
    }
    let (explanation, inferred) = infer::explain(&facts, &evidence, dialect, title, target);
    diagnostics.extend(lint::check(&facts, &inferred.api, dialect));
    diagnostics.extend(inferred.diagnostics);
    Ok(Account {
        explanation,
        diagnostics,
        pages: count,
    })
}

/// The facts of all pages below these roots, by path, and how many pages there
/// are, readable or not.
fn read_all(
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
        .map_init(Memo::default, |memo, found| {
            let path = format!("{prefix}{}", found.name);
            match source::read(&path, &found.file) {
                Ok(page) => {
                    let facts = guarded(&page, || facts_with(&page, dialect, memo));
                    if facts.is_err() {
                        // It may have been left half changed.
                        *memo = Memo::default();
                    }
                    Ok(facts)
                }
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
        let message = format!("a fault of docwright stopped the reading of this page: {fault}");
        let help = "please report it, with the page; the other pages are read without it";
        Box::new(Diagnostic::new(rules::PAGE_NOT_READ, place, message).help(help))
    })
}

/// The facts of one page.
pub fn facts_of(page: &Page, dialect: &Dialect) -> PageFacts {
    facts_with(page, dialect, &mut Memo::default())
}

fn facts_with(page: &Page, dialect: &Dialect, memo: &mut Memo) -> PageFacts {
    extract::extract(page, &document::read(page, dialect), dialect, memo)
}

fn unreadable_page(path: &str, error: &ReadError) -> Box<Diagnostic> {
    let message = format!("cannot read the page: {}", error.error);
    let help = "expected a readable file; the other pages are read without it";
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
