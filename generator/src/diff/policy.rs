//! What the user says about findings in `docwright.toml`: other verdicts for a
//! rule, and findings that are waived.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Diff, finding, rules::Wire};
use crate::diagnostic::{Diagnostic, Place};

/// A finding that is known and doesn't count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The finding's fingerprint.
    pub finding: String,
    /// Why it doesn't count.
    pub reason: String,
    /// The last day on which it doesn't count; for good, when missing.
    pub expires: Option<Date>,
    /// Where the user says so.
    pub place: Place,
}

/// What the user says about findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Verdicts on the wire by the rule's id, in place of the rule's own.
    pub severity: BTreeMap<String, Wire>,
    /// Findings that don't count.
    pub waivers: Vec<Waiver>,
}

impl Policy {
    /// Applies it, as of a day. What comes back are waivers that have expired,
    /// and those that match nothing any more.
    pub fn apply(&self, diff: &mut Diff, today: Date) -> Vec<Diagnostic> {
        for found in &mut diff.findings {
            if let Some(wire) = self.severity.get(found.rule.id) {
                found.wire = *wire;
            }
        }
        let mut diagnostics = Vec::new();
        for waiver in &self.waivers {
            let is_meant = |it: &&mut super::Finding| it.fingerprint() == waiver.finding;
            let found = diff.findings.iter_mut().find(is_meant);
            let (rule, message, help) = match (found, waiver.expires) {
                (None, _) => (
                    "waiver-unused",
                    format!("waives `{}`, which was not found", waiver.finding),
                    "remove it, unless it is for another comparison",
                ),
                (Some(_), Some(day)) if day < today => (
                    "waiver-expired",
                    format!("waived `{}` until {day}", waiver.finding),
                    "the finding counts again: settle it, or set another day",
                ),
                (Some(found), _) => {
                    found.waived = Some(waiver.reason.clone());
                    continue;
                }
            };
            let place = waiver.place.clone();
            diagnostics.push(Diagnostic::warning(rule, place, message).help(help));
        }
        finding::sort(&mut diff.findings);
        diagnostics
    }
}
