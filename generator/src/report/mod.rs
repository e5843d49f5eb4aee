//! Shows diagnostics: to a person in a terminal, or to a program as JSON.
//!
//! Nothing here finds diagnostics or judges them.

mod files;
mod json;
mod terminal;
mod vocabulary;

use std::collections::BTreeMap;

pub use files::{Files, Source};
pub use json::json;
pub use terminal::{Limit, findings, harmless, ledger, summary};
pub use vocabulary::vocabulary;

use crate::diagnostic::{Diagnostic, Severity};

/// Puts diagnostics in order: the worst first, then by rule and by place. What
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

/// How many diagnostics each rule has, the worst rules first, and among those
/// the ones with the most.
fn by_rule(diagnostics: &[Diagnostic]) -> Vec<(Severity, &'static str, usize)> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts
            .entry((diagnostic.severity, diagnostic.rule))
            .or_default() += 1;
    }
    let counts = counts.into_iter();
    let mut rules: Vec<_> = counts
        .map(|((severity, rule), n)| (severity, rule, n))
        .collect();
    rules.sort_by_key(|(severity, rule, n)| (*severity, std::cmp::Reverse(*n), *rule));
    rules
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
