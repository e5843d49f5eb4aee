//! The registry of rules: what docwright may report, of all stages. The help,
//! the documentation and the tests are made from it. Nothing here finds
//! anything.
//!
//! A new rule is a constant in one of the files below, and a case in
//! `generator/docwright/tests/lint/`. Within a severity, findings are shown in the order
//! of the registry: the most useful rules stand first.

mod contradictions;
mod input;
mod lost;
mod output;
mod repetitions;
mod unstated;
mod vocabulary;

pub use contradictions::*;
pub use input::*;
pub use lost::*;
pub use output::*;
pub use repetitions::*;
pub use unstated::*;
pub use vocabulary::*;

use std::{collections::HashMap, sync::LazyLock};

use super::rule::Rule;

/// Defines rules of one group as constants, and the list of them.
macro_rules! rules {
    ($group:ident; $($name:ident = $id:literal, $severity:ident {
        meaning: $meaning:literal,
        explanation: $explanation:literal,
        help: $help:literal,
    })*) => {
        $(
            #[doc = $meaning]
            pub const $name: &$crate::diagnostic::Rule = &$crate::diagnostic::Rule {
                id: $id,
                severity: $crate::diagnostic::Severity::$severity,
                group: $crate::diagnostic::Group::$group,
                meaning: $meaning,
                explanation: $explanation,
                help: $help,
            };
        )*
        /// The rules above, in order.
        pub(super) const RULES: &[&$crate::diagnostic::Rule] = &[$($name),*];
    };
}
use rules;

/// All rules, in order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let lists = [
        lost::RULES,
        contradictions::RULES,
        unstated::RULES,
        vocabulary::RULES,
        repetitions::RULES,
    ];
    let findings = lists.into_iter().flatten().copied();
    input::all()
        .chain(output::RULES.iter().copied())
        .chain(findings)
}

/// The place of the rule with this id in the registry.
pub(super) fn rank(id: &str) -> usize {
    static RANKS: LazyLock<HashMap<&str, usize>> =
        LazyLock::new(|| all().map(|rule| rule.id).zip(0..).collect());
    RANKS.get(id).copied().unwrap_or(usize::MAX)
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let mut ids = BTreeSet::new();
        for rule in all() {
            assert!(ids.insert(rule.id), "{} is there twice", rule.id);
            let fits = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.id.chars().all(fits), "{}", rule.id);
        }
    }

    #[test]
    fn texts_are_sentences_or_parts_of_one() {
        for rule in all() {
            assert!(rule.explanation.ends_with('.'), "{}", rule.id);
            for words in [rule.meaning, rule.help] {
                assert!(
                    !words.ends_with('.') && !words.contains('\n'),
                    "{}",
                    rule.id
                );
            }
        }
    }
}
