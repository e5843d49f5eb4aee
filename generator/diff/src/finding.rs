//! A change of the API: its rule, its verdicts, the operations it affects, and its places
//! on the pages. Nothing here compares anything.

use std::collections::BTreeMap;

use super::rules::{Group, Rule, RustImpact, Wire};
use docwright_model::{Direction, Operation, Provenance};

/// An operation that a change reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// The operation's uid; in the new API, if it is there.
    pub uid: String,
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// The resource it belongs to.
    pub resource: String,
    /// In which messages of it.
    pub direction: Direction,
}

/// One change of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// What changed, such as `Pet.Name` or `v1Pet_Get`.
    pub subject: String,
    /// The old value, in a few words; `None` if there is nothing to show.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// The direction of the data that it is about.
    pub direction: Direction,
    /// Whether the subject is a part of an operation, such as `query.limit`.
    pub is_within_operation: bool,
    /// What it means on the wire, by the rule or by `docwright.toml`.
    pub wire: Wire,
    /// What it means for Rust callers.
    pub rust: RustImpact,
    /// The operations that it reaches, by uid.
    pub operations: Vec<Reached>,
    /// Where the old pages say it.
    pub old_places: Vec<Provenance>,
    /// Where the new pages say it.
    pub new_places: Vec<Provenance>,
    /// Why it doesn't count, by a waiver of `docwright.toml`.
    pub waived: Option<String>,
}

impl Finding {
    /// Identifies this finding in all runs: rule, subject, old and new value.
    pub fn fingerprint(&self) -> String {
        let mut text = format!("{} {}", self.rule.id, self.subject);
        if let Some(old) = &self.old {
            text.push_str(&format!(" {old}"));
        }
        if let Some(new) = &self.new {
            text.push_str(&format!(" => {new}"));
        }
        // A finding about other operations is another finding.
        if let (true, Some(first)) = (self.is_within_operation, self.operations.first()) {
            text.push_str(&format!(" @{}", first.uid));
            if self.operations.len() > 1 {
                text.push_str(&format!("+{}", self.operations.len() - 1));
            }
        }
        text
    }

    /// What changed, in a line: where, the subject, the rule's title, and from what
    /// to what.
    pub fn headline(&self) -> String {
        let mut text = match (self.is_within_operation, &self.operations[..]) {
            (true, [only]) => format!("{} {} ", only.method, only.path),
            (true, all) => format!("{} operations, ", all.len()),
            (false, _) => String::new(),
        };
        text.push_str(&format!("{}: {}", self.subject, self.rule.title));
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => text.push_str(&format!(" ({old} → {new})")),
            (Some(what), None) | (None, Some(what)) => text.push_str(&format!(" ({what})")),
            (None, None) => {}
        }
        text
    }

    /// Whether it counts as breaking: the verdict is breaking, and it isn't waived.
    pub fn is_breaking(&self) -> bool {
        self.wire == Wire::Breaking && self.waived.is_none()
    }

    /// The resources that it reaches, by name.
    pub fn resources(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.operations.iter().map(|it| &*it.resource).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Collects findings; equal findings about several operations become one.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: BTreeMap<Key, Finding>,
}

type Key = (&'static str, String, Option<String>, Option<String>);

/// What is known about a change when it is found.
pub(super) struct Change {
    pub rule: &'static Rule,
    pub subject: String,
    pub old: Option<String>,
    pub new: Option<String>,
    pub direction: Direction,
    pub old_place: Option<Provenance>,
    pub new_place: Option<Provenance>,
}

impl Findings {
    /// Adds a change of a part of an operation.
    pub fn add_within(&mut self, change: Change, operation: Reached) {
        let finding = self.entry(change);
        finding.is_within_operation = true;
        finding.operations.push(operation);
    }

    /// Adds a change of an operation, a type or the API.
    pub fn add(&mut self, change: Change, operations: impl IntoIterator<Item = Reached>) {
        self.entry(change).operations.extend(operations);
    }

    /// All so far, without their verdicts.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        self.found.values()
    }

    fn entry(&mut self, change: Change) -> &mut Finding {
        let Change {
            rule,
            subject,
            old,
            new,
            direction,
            old_place,
            new_place,
        } = change;
        let key = (rule.id, subject.clone(), old.clone(), new.clone());
        let finding = self.found.entry(key).or_insert_with(|| Finding {
            rule,
            subject,
            old,
            new,
            direction,
            is_within_operation: false,
            wire: Wire::Compatible,
            rust: RustImpact::None,
            operations: Vec::new(),
            old_places: Vec::new(),
            new_places: Vec::new(),
            waived: None,
        });
        finding.direction = finding.direction.and(direction);
        finding.old_places.extend(old_place);
        finding.new_places.extend(new_place);
        finding
    }

    /// All of them with their verdicts, in order.
    pub fn finish(self) -> Vec<Finding> {
        let mut findings: Vec<_> = self.found.into_values().collect();
        for finding in &mut findings {
            let verdict = finding.rule.verdict(finding.direction);
            (finding.wire, finding.rust) = (verdict.wire, verdict.rust);
            finding.operations = merged(std::mem::take(&mut finding.operations));
            for places in [&mut finding.old_places, &mut finding.new_places] {
                places.sort();
                places.dedup_by(|a, b| {
                    (&a.page, &a.heading, &a.row) == (&b.page, &b.heading, &b.row)
                });
            }
        }
        sort(&mut findings);
        findings
    }
}

/// One entry per operation, with the directions of all its entries.
fn merged(mut operations: Vec<Reached>) -> Vec<Reached> {
    operations.sort();
    operations.dedup_by(|next, kept| {
        let same = next.uid == kept.uid;
        if same {
            kept.direction = kept.direction.and(next.direction);
        }
        same
    });
    operations
}

/// Findings about an unreliable comparison first, then the worst, then by rule and
/// subject.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |it: &Finding| {
            use std::cmp::Reverse;
            let is_about_data = it.rule.group != Group::Reading;
            (
                is_about_data,
                it.waived.is_some(),
                Reverse(it.wire),
                Reverse(it.rust),
            )
        };
        let text = |it: &Finding| {
            (
                it.rule.id,
                it.subject.clone(),
                it.old.clone(),
                it.new.clone(),
            )
        };
        key(a).cmp(&key(b)).then_with(|| text(a).cmp(&text(b)))
    });
}

impl Reached {
    pub(super) fn new(operation: &Operation, direction: Direction) -> Self {
        Self {
            uid: operation.uid.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            resource: operation.resource.clone(),
            direction,
        }
    }
}
