//! Docwright turns API reference pages into code that people trust.
//!
//! Data flows in one direction: pages of all forms ([`source`]) become one kind of tree
//! ([`document`]), the [`dialect`]'s vocabulary turns it into facts ([`extract`]), the
//! facts of all pages make one [`model`] ([`infer`]).

pub mod corrections;
pub mod project;
pub mod report;
pub mod selection;

pub use docwright_diff as diff;
pub use docwright_emit::{self as emit, output};
pub use docwright_export as export;
pub use docwright_infer::{self as infer, books, lint};
#[cfg(feature = "cli")]
pub use docwright_mock as mock;
pub use docwright_model::{self as model, diagnostic, visible};
pub use docwright_read::{
    EVIDENCE, Pages, advice, dialect, document, extract, facts_of, settings, source, wall,
};
pub use project::Project;

use diagnostic::Diagnostic;
use dialect::Dialect;
use docwright_read::read_all;
use extract::{Ledger, PageFacts, Survey};
use model::{Api, Sample};
use source::ReadError;

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

/// Reads pages as one API called `title`.
///
/// # Errors
/// When a folder or a single page can't be read. A page in a folder that can't
/// be read is a diagnostic: it costs no other page.
pub fn read(pages: &Pages, dialect: &Dialect, title: &str) -> Result<Reading, ReadError> {
    let (reading, facts) = read_with_facts(pages, dialect, title)?;
    // Freed in the background, because there may be thousands of pages.
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
