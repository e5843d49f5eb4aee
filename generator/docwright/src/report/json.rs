//! Diagnostics for a program: one JSON document. Its keys are explained in
//! `docs/LINT.md`; a change that could break a reader changes [`FORMAT`].

use serde::Serialize;

use super::{Fault, Files, by_rule, count, faults};
use docwright_model::{
    diagnostic::{Diagnostic, Place, Severity},
    visible,
};
use docwright_read::advice::Advice;

/// The version of the document's form.
const FORMAT: u32 = 2;

#[derive(Serialize)]
struct Document<'a, L, B> {
    format: u32,
    errors: usize,
    warnings: usize,
    notes: usize,
    rules: Vec<Rule>,
    ledger: L,
    books: B,
    vocabulary: Vec<Unknown<'a>>,
    diagnostics: Vec<Entry<'a>>,
}

/// What the dialect doesn't know of one kind.
#[derive(Serialize)]
struct Unknown<'a> {
    kind: &'static str,
    met: Vec<Word<'a>>,
    entries: &'a str,
}

#[derive(Serialize)]
struct Word<'a> {
    count: usize,
    words: &'a str,
    note: &'a str,
    place: Place,
}

#[derive(Serialize)]
struct Rule {
    rule: &'static str,
    severity: Severity,
    count: usize,
    places: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    severity: Severity,
    place: Place,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    others: Vec<Place>,
    targets: Vec<&'a str>,
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    target: &'a str,
    entry: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    place: Place,
    message: &'a str,
}

fn openable(place: &Place, files: &Files) -> Place {
    Place {
        file: files.get(&place.file).path,
        ..place.clone()
    }
}

impl<'a> Unknown<'a> {
    fn new(advice: &'a Advice, files: &Files) -> Self {
        let word = |item: &'a docwright_read::advice::Item| Word {
            count: item.count,
            words: &item.words,
            note: &item.note,
            place: openable(&item.place, files),
        };
        Self {
            kind: advice.title,
            met: advice.items.iter().map(word).collect(),
            entries: &advice.entries,
        }
    }
}

impl<'a> Entry<'a> {
    fn new(fault: &Fault<'a>, files: &Files) -> Self {
        let diagnostic = fault.first;
        let openable = |place: &Place| openable(place, files);
        let related = diagnostic.related.iter().map(|(place, message)| Related {
            place: openable(place),
            message,
        });
        Self {
            rule: diagnostic.rule.id,
            severity: diagnostic.severity,
            place: openable(&diagnostic.place),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            related: related.collect(),
            others: fault.other_places().into_iter().map(openable).collect(),
            targets: fault.targets(),
            suggestions: fault
                .entries()
                .iter()
                .map(|it| Suggestion {
                    target: it.target,
                    entry: it.text,
                })
                .collect(),
        }
    }
}

/// The diagnostics, which are in order, and the ledger as JSON, with a line
/// break at the end. Paths are those by which the user can open the files.
///
/// # Errors
/// When the ledger cannot be written as JSON.
pub fn json(
    diagnostics: &[Diagnostic],
    ledger: impl Serialize,
    books: impl Serialize,
    advice: &[Advice],
    files: &Files,
) -> serde_json::Result<String> {
    let faults = faults(diagnostics);
    let rules = by_rule(&faults).into_iter();
    let document = Document {
        format: FORMAT,
        errors: count(diagnostics, Severity::Error),
        warnings: count(diagnostics, Severity::Warning),
        notes: count(diagnostics, Severity::Note),
        rules: rules
            .map(|it| Rule {
                rule: it.rule.id,
                severity: it.severity,
                count: it.faults,
                places: it.findings,
            })
            .collect(),
        ledger,
        books,
        vocabulary: advice.iter().map(|it| Unknown::new(it, files)).collect(),
        diagnostics: faults.iter().map(|it| Entry::new(it, files)).collect(),
    };
    let text = serde_json::to_string_pretty(&document)? + "\n";
    Ok(visible::json(&text).into_owned())
}
