//! What changed between two APIs, as far as callers and servers are concerned.
//!
//! Types are compared by their content, not by their names, and only once: a change in a
//! type is one [`Finding`] with all operations that it affects, and the direction of the
//! data decides its verdict. Differences that aren't changes of the API are [`Noise`]:
//! counted, not shown.
//!
//! Nothing here reads pages, and only `report` formats reports.

mod collect;
mod facets;
mod finding;
mod identity;
mod kinds;
mod members;
mod messages;
mod noise;
mod operations;
mod pairing;
mod parameters;
mod places;
mod policy;
mod queries;
mod relate;
pub mod report;
pub mod rules;
mod rust_names;
mod semver;
mod tables;
mod types;
mod values;
mod words;

#[cfg(test)]
mod tests;

pub use finding::{Finding, Reached};
pub use noise::{Noise, NoiseKind};
pub use policy::{Policy, Waiver};
pub use rules::{Rule, RustImpact, Wire};
pub use rust_names::{PartNames, RustNames};
pub use semver::{Bump, Suggestion, suggest};

use docwright_model::{Api, Sample};
use docwright_read::{dialect::Dialect, extract::PageFacts};

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its sample messages; empty if the API comes from a model file.
    pub samples: &'a [Sample],
    /// What each single page states; empty if the API comes from a model file.
    pub pages: &'a [PageFacts],
    /// The words of its pages.
    pub dialect: Option<&'a Dialect>,
    /// The names in its crate; `None` if they aren't compared.
    pub names: Option<&'a RustNames>,
}

/// How much there is in an API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Size {
    /// How many operations.
    pub operations: usize,
    /// How many named types.
    pub types: usize,
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// How much there was.
    pub old: Size,
    /// How much there is.
    pub new: Size,
    /// The changes: those about an unreliable comparison first, then the worst first.
    pub findings: Vec<Finding>,
    /// What differs and is no change, by kind.
    pub noise: Vec<Noise>,
}

impl Diff {
    /// How many differences of a kind were hidden.
    pub fn count_noise(&self, kind: NoiseKind) -> usize {
        self.noise.iter().filter(|it| it.kind == kind).count()
    }

    /// How many findings have this verdict, without those waived.
    pub fn count(&self, wire: Wire) -> usize {
        let counts = self.findings.iter().filter(|it| it.waived.is_none());
        counts.filter(|it| it.wire == wire).count()
    }

    /// Whether the comparison itself is unreliable.
    pub fn is_doubtful(&self) -> bool {
        let mut unwaived = self.findings.iter().filter(|it| it.waived.is_none());
        unwaived.any(|it| it.rule.group == rules::Group::Reading)
    }

    /// Whether an unwaived finding breaks callers on the wire.
    pub fn is_breaking(&self) -> bool {
        self.findings.iter().any(Finding::is_breaking)
    }
}

/// Compares two APIs. The verdicts are those of the rules; [`Policy::apply`] replaces
/// them with the user's.
pub fn diff(old: Side, new: Side) -> Diff {
    let mut comparison = collect::Comparison::new(old, new);
    comparison.operations();
    comparison.types();
    comparison.type_names();
    comparison.tables();
    comparison.sample_values(old.samples, new.samples);
    let size = |api: &Api| Size {
        operations: api.operations.len(),
        types: api.schemas.len(),
    };
    let (findings, mut noise) = comparison.finish();
    noise.sort();
    noise.dedup();
    Diff {
        old: size(old.api),
        new: size(new.api),
        findings,
        noise,
    }
}
