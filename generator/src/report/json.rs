//! Diagnostics for a program: one JSON document. Its keys are explained in
//! `docs/LINT.md`; a change that could break a reader changes [`FORMAT`].

use serde::Serialize;

use super::{Files, by_rule, count};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// The version of the document's form.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a, L> {
    format: u32,
    errors: usize,
    warnings: usize,
    notes: usize,
    rules: Vec<Rule>,
    ledger: L,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Rule {
    rule: &'static str,
    severity: Severity,
    count: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    severity: Severity,
    place: Place,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    suggestion: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    place: Place,
    message: &'a str,
}

impl<'a> Entry<'a> {
    fn new(diagnostic: &'a Diagnostic, files: &Files) -> Self {
        let openable = |place: &Place| Place {
            file: files.get(&place.file).path,
            ..place.clone()
        };
        let related = diagnostic.related.iter().map(|(place, message)| Related {
            place: openable(place),
            message,
        });
        Self {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            place: openable(&diagnostic.place),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            related: related.collect(),
            suggestion: diagnostic.suggestion.as_deref(),
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
    files: &Files,
) -> serde_json::Result<String> {
    let rules = by_rule(diagnostics).into_iter();
    let document = Document {
        format: FORMAT,
        errors: count(diagnostics, Severity::Error),
        warnings: count(diagnostics, Severity::Warning),
        notes: count(diagnostics, Severity::Note),
        rules: rules
            .map(|(severity, rule, count)| Rule {
                rule,
                severity,
                count,
            })
            .collect(),
        ledger,
        diagnostics: diagnostics.iter().map(|it| Entry::new(it, files)).collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
