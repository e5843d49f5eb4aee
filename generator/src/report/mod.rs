//! Shows diagnostics: to a person in a terminal, or to a program as JSON.
//!
//! Nothing here finds diagnostics or judges them.

mod files;
mod json;
mod rules;
mod terminal;
mod vocabulary;

use std::collections::BTreeMap;

pub use files::{Files, Source};
pub use json::json;
pub use rules::{explain, rules_markdown, rules_text};
pub use terminal::{Limit, findings, harmless, ledger, summary};
pub use vocabulary::vocabulary;

use crate::diagnostic::{Diagnostic, Rule, Severity};

/// Puts diagnostics in order: the worst first, then by rule (the most useful first) and by place. What
/// is said twice of one place is said once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
}

/// How many diagnostics are this bad.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    let found = diagnostics.iter().filter(|it| it.severity == severity);
    found.count()
}

/// How many diagnostics each rule has, in the order of diagnostics.
fn by_rule(diagnostics: &[Diagnostic]) -> Vec<(Severity, &'static Rule, usize)> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts
            .entry((diagnostic.severity, diagnostic.rule))
            .or_default() += 1;
    }
    let counts = counts.into_iter();
    counts
        .map(|((severity, rule), n)| (severity, rule, n))
        .collect()
}

/// The word for a severity.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A number and what it counts: `1 page`, `2 pages`.
pub fn counted(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

#[cfg(test)]
mod tests;
