//! Shows diagnostics: to a person in a terminal, or to a program as JSON.
//!
//! Nothing here finds diagnostics or judges them.

mod faults;
mod files;
mod json;
mod pin;
mod rules;
mod terminal;
mod vocabulary;

pub use faults::{Entry, Fault, RuleCount, by_rule, count, faults};
pub use files::{Files, LONGEST_LINE, Source};
pub use json::json;
pub use pin::pin;
pub use rules::{explain, rules_markdown, rules_text};
pub use terminal::{Limit, findings, ledger, summary};
pub use vocabulary::vocabulary;

use docwright_model::diagnostic::{Diagnostic, Severity};

/// Puts diagnostics in order: the worst first, then by rule (the most useful first) and by place. What
/// is said twice of one place is said once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
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
