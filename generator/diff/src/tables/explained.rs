//! Which differences of single pages are explained by findings about types and bodies, so
//! that they aren't reported twice.

use std::collections::BTreeSet;

use super::word;
use crate::Finding;
use docwright_model::{Direction, Operation};

/// What a finding can explain about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// That it is there.
    Existence,
    /// What its type is.
    Type,
    /// That it is marked as required.
    Requirement,
}

/// What is explained: an aspect of a subject in messages of an operation. An
/// empty subject is all of the body.
pub struct Explained(BTreeSet<(String, Direction, String, Aspect)>);

impl Explained {
    /// What these findings explain.
    pub fn by<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut explained = BTreeSet::new();
        for finding in findings {
            let (subject, aspect) = about(finding);
            // A renamed property also explains that the old name is missing.
            let of = finding.subject.split_once('.').map_or("", |it| it.0);
            let before = finding
                .old
                .as_deref()
                .filter(|_| finding.rule.id == "property-renamed");
            let before = before.map(|old| format!("{of}.{old}"));
            for subject in before.into_iter().chain([subject.to_owned()]) {
                for reached in &finding.operations {
                    for way in [Direction::Request, Direction::Response] {
                        if reached.direction == way || reached.direction == Direction::Both {
                            explained.insert((reached.uid.clone(), way, subject.clone(), aspect));
                        }
                    }
                }
            }
        }
        Self(explained)
    }

    /// Whether a finding explains this about a subject in messages of an operation, or
    /// about the whole body.
    pub fn has(&self, of: &Operation, way: Direction, subject: &str, aspect: Aspect) -> bool {
        let about = |subject: &str, aspect| {
            let key = (of.uid.clone(), way, subject.to_owned(), aspect);
            self.0.contains(&key)
        };
        about(subject, aspect) || about("", Aspect::Existence)
    }
}

/// What a finding is about.
fn about(finding: &Finding) -> (&str, Aspect) {
    let rule = finding.rule.id;
    let is_added = rule.contains("added");
    match &*finding.subject {
        subject if is_body(subject) => ("", Aspect::Existence),
        subject if rule.contains("optional") || rule.contains("required") && !is_added => {
            (subject, Aspect::Requirement)
        }
        subject if rule.contains("type") => (subject, Aspect::Type),
        subject => (subject, Aspect::Existence),
    }
}

/// Whether a finding's subject is a body: `request`, or `response.200`.
fn is_body(subject: &str) -> bool {
    let mut parts = subject.split('.');
    match (parts.next(), parts.next()) {
        (Some(head), None) => head == word(Direction::Request),
        (Some(head), Some(status)) => {
            head == word(Direction::Response) && status.parse::<u16>().is_ok()
        }
        (None, _) => false,
    }
}
