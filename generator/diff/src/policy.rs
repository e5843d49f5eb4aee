//! The user's settings about findings in `docwright.toml`: other verdicts for a rule, and
//! waived findings.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Diff, finding,
    rules::{self, Wire},
};
use docwright_model::diagnostic::{Diagnostic, Place, Rule, rules as reported};
use docwright_read::settings::DiffSettings;

/// The rule of diagnostics about these settings.
const RULE: &Rule = reported::INVALID_SETTINGS;

/// A finding that is known and doesn't count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The finding's fingerprint.
    pub finding: String,
    /// Why it doesn't count.
    pub reason: String,
    /// The last day of the waiver; without it, the waiver doesn't expire.
    pub expires: Option<Date>,
    /// Where the user says so.
    pub place: Place,
}

/// What the user says about findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Verdicts on the wire by rule id, which replace those of the rules.
    pub severity: BTreeMap<String, Wire>,
    /// Findings that don't count.
    pub waivers: Vec<Waiver>,
}

impl Policy {
    /// The settings, and their mistakes.
    pub fn new(settings: &DiffSettings) -> (Self, Vec<Diagnostic>) {
        let mut policy = Self::default();
        let mut diagnostics = Vec::new();
        let mut wrong = |place: &Place, message: String, help: &str| {
            diagnostics.push(Diagnostic::new(RULE, place.clone(), message).help(help));
        };
        for (rule, word, place) in &settings.severity {
            let verdicts = [Wire::Compatible, Wire::Risky, Wire::Breaking];
            match verdicts.into_iter().find(|it| it.word() == word) {
                _ if rules::find(rule).is_none() => wrong(
                    place,
                    format!("there is no rule called `{rule}`"),
                    "`docwright diff --rules` lists them",
                ),
                Some(wire) => drop(policy.severity.insert(rule.clone(), wire)),
                None => wrong(
                    place,
                    format!("`{word}` is not a verdict"),
                    "expected `breaking`, `risky` or `compatible`",
                ),
            }
        }
        for waiver in &settings.waivers {
            let expires = waiver.expires.as_ref().map(|day| day.parse::<Date>());
            if let Some(Err(error)) = &expires {
                let message = format!("cannot read the day in `expires`: {error}");
                wrong(&waiver.place, message, "write it as `2030-12-31`");
                continue;
            }
            if waiver.reason.trim().is_empty() {
                let message = "is waived without a reason".to_owned();
                wrong(
                    &waiver.place,
                    message,
                    "state in `reason` why the finding doesn't count",
                );
                continue;
            }
            policy.waivers.push(Waiver {
                finding: waiver.finding.clone(),
                reason: waiver.reason.clone(),
                expires: expires.and_then(Result::ok),
                place: waiver.place.clone(),
            });
        }
        (policy, diagnostics)
    }

    /// Applies it, as of a day. Returns findings about waivers that have expired or match
    /// nothing.
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
                    reported::WAIVER_UNUSED,
                    format!(
                        "waives `{}`, which is not among the findings",
                        waiver.finding
                    ),
                    "remove the waiver, unless it is for another comparison",
                ),
                (Some(_), Some(day)) if day < today => (
                    reported::WAIVER_EXPIRED,
                    format!("waived `{}` until {day}", waiver.finding),
                    "the finding counts again: resolve it, or set a later day",
                ),
                (Some(found), _) => {
                    found.waived = Some(waiver.reason.clone());
                    continue;
                }
            };
            let place = waiver.place.clone();
            diagnostics.push(Diagnostic::new(rule, place, message).help(help));
        }
        finding::sort(&mut diff.findings);
        diagnostics
    }
}
