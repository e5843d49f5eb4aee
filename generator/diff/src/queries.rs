//! Compares query languages: which parameters have one, and what it can express.

use super::{
    collect::Comparison, facets::FacetChange, finding::Change, operations::change, rules::the,
};
use docwright_model::{Facets, Operator, QueryLanguage};

/// A parameter of the same type that has another language now.
pub(super) fn changed(old: &Facets, new: &Facets) -> Option<FacetChange> {
    let kind = |facets: &Facets| Some(facets.query_language.as_ref()?.value.to_string());
    let (was, is) = (kind(old), kind(new));
    let rule = match (&was, &is) {
        (None, Some(_)) => "query-language-documented",
        (Some(_), None) => "query-language-undocumented",
        (was, is) if was != is => "query-language-changed",
        _ => return None,
    };
    Some((rule, was, is))
}

impl Comparison<'_> {
    /// Compares what the languages of both sides can express.
    pub fn query_languages(&mut self) {
        for new in &self.new.query_languages {
            let mut old = self.old.query_languages.iter();
            if let Some(old) = old.find(|it| it.kind == new.kind) {
                self.query_language(old, new);
            }
        }
    }

    fn query_language(&mut self, old: &QueryLanguage, new: &QueryLanguage) {
        let subject = || format!("the language of {}", new.kind);
        let without = |these: &QueryLanguage, others: &QueryLanguage| -> Vec<Operator> {
            let these = these.operators.iter();
            these
                .filter(|it| !others.operators.contains(it))
                .cloned()
                .collect()
        };
        for operator in without(old, new) {
            let change = Change {
                old: Some(operator.to_string()),
                ..change(the("query-operator-removed"), subject())
            };
            self.findings.add(change, None);
        }
        for operator in without(new, old) {
            let change = Change {
                new: Some(operator.to_string()),
                ..change(the("query-operator-added"), subject())
            };
            self.findings.add(change, None);
        }
        if old.dates != new.dates {
            let text = |it: &QueryLanguage| it.dates.as_ref().map(ToString::to_string);
            let change = Change {
                old: text(old),
                new: text(new),
                ..change(the("query-dates-changed"), subject())
            };
            self.findings.add(change, None);
        }
    }
}
