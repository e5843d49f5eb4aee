//! Findings of one fault are one: a word that the dialect lacks, a type name
//! that is printed wrongly, a property that pages contradict, wherever it shows.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use docwright_model::diagnostic::{Diagnostic, Place, Rule, Severity};

/// The findings of one fault; there is at least one.
#[derive(Clone, Debug)]
pub struct Fault<'a> {
    /// The finding that stands for all.
    pub first: &'a Diagnostic,
    /// The others.
    pub others: Vec<&'a Diagnostic>,
}

/// An entry for `corrections.toml`, and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry<'a> {
    /// What it is about, in its terms.
    pub target: &'a str,
    /// The entry.
    pub text: &'a str,
}

impl<'a> Fault<'a> {
    /// All its findings.
    pub fn findings(&self) -> impl Iterator<Item = &'a Diagnostic> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The places of the other findings, each once.
    pub fn other_places(&self) -> Vec<&'a Place> {
        let places = self.others.iter().map(|it| &it.place);
        let places: BTreeSet<_> = places.filter(|it| **it != self.first.place).collect();
        places.into_iter().collect()
    }

    /// What corrections that settle it are about, each target once.
    pub fn targets(&self) -> Vec<&'a str> {
        let targets = self.findings().filter_map(|it| it.target.as_deref());
        targets.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The entries that settle it, each target once.
    pub fn entries(&self) -> Vec<Entry<'a>> {
        let entries = self.findings().filter_map(|it| {
            let (target, text) = (it.target.as_deref()?, it.suggestion.as_deref()?);
            Some((target, text))
        });
        let entries: BTreeMap<_, _> = entries.collect();
        let entries = entries.into_iter();
        entries
            .map(|(target, text)| Entry { target, text })
            .collect()
    }
}

/// The faults that findings are about, in the order of the findings.
pub fn faults(diagnostics: &[Diagnostic]) -> Vec<Fault<'_>> {
    let mut found: IndexMap<_, Fault<'_>> = IndexMap::new();
    for diagnostic in diagnostics {
        let common = diagnostic.cause.as_ref().or(diagnostic.target.as_ref());
        let common = common.unwrap_or(&diagnostic.message);
        let key = (diagnostic.severity, diagnostic.rule.id, common);
        let known = found.entry(key);
        known
            .and_modify(|fault| fault.others.push(diagnostic))
            .or_insert(Fault {
                first: diagnostic,
                others: Vec::new(),
            });
    }
    found.into_values().collect()
}

/// How many faults are this bad.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    let faults = faults(diagnostics).into_iter();
    faults.filter(|it| it.first.severity == severity).count()
}

/// What a rule found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad its findings are.
    pub severity: Severity,
    /// How many faults it found.
    pub faults: usize,
    /// At how many places.
    pub findings: usize,
}

/// What each rule found, in the order of the findings.
pub fn by_rule(faults: &[Fault<'_>]) -> Vec<RuleCount> {
    let same = |a: &Fault<'_>, b: &Fault<'_>| {
        (a.first.severity, a.first.rule) == (b.first.severity, b.first.rule)
    };
    let chunks = faults.chunk_by(same);
    let counts = chunks.filter_map(|faults| {
        let first = faults.first()?.first;
        Some(RuleCount {
            rule: first.rule,
            severity: first.severity,
            faults: faults.len(),
            findings: faults.iter().map(|it| 1 + it.others.len()).sum(),
        })
    });
    counts.collect()
}
