//! Which version the generated crate should have after the change (semver.org,
//! and Cargo's reading of it for versions below 1.0.0).

use semver::Version;
use serde::Serialize;

use super::{
    Diff, Finding,
    rules::{RustImpact, Wire},
};

/// Which part of a version has to grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// Nothing changed.
    None,
    /// What is there is better described.
    Patch,
    /// There is more, or it behaves otherwise.
    Minor,
    /// Code that compiled may not compile.
    Major,
}

/// A version for the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which part has to grow.
    pub bump: Bump,
    /// The version it had.
    pub old: String,
    /// The version it should have.
    pub new: String,
    /// The findings that force it, by their place in the list.
    pub because: Vec<usize>,
    /// How many docs corrections force it, too: they change Rust types.
    pub corrections: usize,
}

/// The version that follows `old`, when the API changes so.
pub fn suggest(diff: &Diff, old: &str) -> Suggestion {
    let of_finding = |it: &Finding| match (it.rust, it.wire) {
        (RustImpact::BreaksCallers | RustImpact::BreaksImplementers, _) => Bump::Major,
        (RustImpact::Additive, _) | (_, Wire::Breaking | Wire::Risky) => Bump::Minor,
        (RustImpact::None, Wire::Compatible) => Bump::Patch,
    };
    let corrections = diff.noise.iter().filter(|it| it.breaks_rust).count();
    let noise = match (corrections, diff.noise.is_empty()) {
        (0, true) => Bump::None,
        (0, false) => Bump::Patch,
        _ => Bump::Major,
    };
    let forced = diff.findings.iter().map(of_finding).max();
    let bump = noise.max(forced.unwrap_or(Bump::None));
    let because = diff.findings.iter().enumerate();
    let because = because.filter(|(_, it)| bump > Bump::Patch && of_finding(it) == bump);
    Suggestion {
        bump,
        old: old.to_owned(),
        new: next(old, bump),
        because: because.map(|(index, _)| index).collect(),
        corrections: if bump == Bump::Major { corrections } else { 0 },
    }
}

/// Below 1.0.0 each part stands for the next greater one, and below 0.1.0 each
/// change may break (the Cargo book, "SemVer compatibility").
fn next(old: &str, bump: Bump) -> String {
    let Ok(version) = Version::parse(old) else {
        return old.to_owned();
    };
    let Version {
        major,
        minor,
        patch,
        ..
    } = version;
    let next = match (bump, major) {
        (Bump::None, _) => return old.to_owned(),
        (Bump::Major, 0) => Version::new(0, minor + 1, 0),
        (Bump::Major, _) => Version::new(major + 1, 0, 0),
        (Bump::Minor, 1..) => Version::new(major, minor + 1, 0),
        (Bump::Minor | Bump::Patch, _) => Version::new(major, minor, patch + 1),
    };
    next.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_grow_as_cargo_reads_them() {
        for (old, bump, new) in [
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::None, "0.2.3"),
        ] {
            assert_eq!(next(old, bump), new);
        }
    }
}
