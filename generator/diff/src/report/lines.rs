//! What several reports share: counts in a line, and findings in sections.

use super::view::{Counts, FindingView, VersionView, View};
use crate::{Bump, Wire};

/// Findings that are shown together.
pub struct Section<'a> {
    /// What they have in common.
    pub title: &'static str,
    /// They themselves, in order.
    pub findings: Vec<&'a FindingView>,
}

impl View {
    /// The findings in sections: those about an unreliable comparison, then by verdict,
    /// then those that are waived. Empty sections are left out.
    pub fn sections(&self) -> Vec<Section<'_>> {
        let by_verdict = |it: &FindingView| {
            let is_judged = it.waived.is_none() && !it.is_about_reading;
            is_judged.then_some(it.wire)
        };
        let section = |title, is_meant: &dyn Fn(&FindingView) -> bool| Section {
            title,
            findings: self.findings.iter().filter(|it| is_meant(it)).collect(),
        };
        let all = [
            section("Reading", &|it| it.waived.is_none() && it.is_about_reading),
            section("Breaking", &|it| by_verdict(it) == Some(Wire::Breaking)),
            section("Risky", &|it| by_verdict(it) == Some(Wire::Risky)),
            section("Compatible", &|it| by_verdict(it) == Some(Wire::Compatible)),
            section("Waived", &|it| it.waived.is_some()),
        ];
        let is_shown = |it: &Section| !it.findings.is_empty();
        all.into_iter().filter(is_shown).collect()
    }

    /// How many of what was found, in a line.
    pub fn counts_line(&self) -> String {
        let Counts {
            breaking,
            risky,
            compatible,
            waived,
        } = self.counts;
        if self.findings.is_empty() {
            return "the API didn't change".to_owned();
        }
        let mut line = format!("{breaking} breaking, {risky} risky, {compatible} compatible");
        if waived > 0 {
            line.push_str(&format!(", {waived} waived"));
        }
        line
    }

    /// How many differences of each kind were hidden, in a line.
    pub fn hidden_line(&self) -> Option<String> {
        let kinds = self.hidden.iter().map(|(kind, count)| match count {
            1 => format!("1 {}", kind.singular()),
            _ => format!("{count} {}", kind.plural()),
        });
        let kinds: Vec<_> = kinds.collect();
        (!kinds.is_empty()).then(|| kinds.join(", "))
    }

    /// The suggested version, in a line.
    pub fn version_line(&self) -> String {
        let VersionView {
            bump,
            old,
            new,
            because,
            corrections,
        } = &self.version;
        let part = match bump {
            Bump::None => return format!("version of the generated crate: {old} (unchanged)"),
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        };
        let mut reasons = Vec::new();
        if let Some(first) = because.first() {
            reasons.push(match because.len() - 1 {
                0 => format!("`{first}`"),
                more => format!("`{first}` and {more} more"),
            });
        }
        match corrections {
            0 => {}
            1 => reasons.push("1 docs correction or label that changes Rust types".to_owned()),
            n => reasons.push(format!(
                "{n} docs corrections or labels that change Rust types"
            )),
        }
        let reasons = match reasons.is_empty() {
            true => String::new(),
            false => format!(", because of {}", reasons.join(", and ")),
        };
        format!("version of the generated crate: {old} → {new} ({part}){reasons}")
    }
}
