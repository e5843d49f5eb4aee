//! The rules as data: what may change, and what it means on the wire and for
//! Rust callers. The help, the documentation and the tests are made from this
//! table. Nothing here compares anything.

mod data;
mod operations;
mod pages;
mod queries;

use std::fmt;

use serde::{Deserialize, Serialize};

use docwright_model::Direction;

/// What a change means for messages between a caller and a server that don't change at
/// the same time. The worse verdict is the greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// What worked still works.
    Compatible,
    /// What worked may fail; a person has to check.
    Risky,
    /// What worked fails.
    Breaking,
}

/// What a change means for Rust code that uses the generated crate. The worse verdict is
/// the greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustImpact {
    /// The crate's items stay as they are.
    None,
    /// There are more items; existing code still compiles.
    Additive,
    /// Implementations of the server's traits have to change.
    BreaksImplementers,
    /// Callers have to change.
    BreaksCallers,
}

impl Wire {
    /// The word for people and programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

impl RustImpact {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::BreaksImplementers => "breaks implementers",
            Self::BreaksCallers => "breaks callers",
        }
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for RustImpact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// Both verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// On the wire.
    pub wire: Wire,
    /// In Rust.
    pub rust: RustImpact,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Whether the comparison can be trusted.
    Reading,
    /// Operations, and how to reach them.
    Operations,
    /// Parameters in the path, the query, headers and cookies.
    Parameters,
    /// Headers, authorization and media types.
    Headers,
    /// Bodies of requests, statuses and bodies of responses.
    Messages,
    /// Properties of types.
    Properties,
    /// Enums and the names of types.
    Types,
    /// What one of several pages states.
    Pages,
}

impl Group {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Reading,
        Self::Operations,
        Self::Parameters,
        Self::Headers,
        Self::Messages,
        Self::Properties,
        Self::Types,
        Self::Pages,
    ];

    /// The title above its rules.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::Operations => "Operations",
            Self::Parameters => "Parameters",
            Self::Headers => "Headers, authorization, media types",
            Self::Messages => "Requests and responses",
            Self::Properties => "Properties",
            Self::Types => "Types",
            Self::Pages => "Single pages",
        }
    }
}

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case, such as `property-removed`.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// What changed, as a sentence without a full stop.
    pub title: &'static str,
    /// The verdicts for data that callers send.
    pub request: Verdict,
    /// The verdicts for data that servers send.
    pub response: Verdict,
    /// The rule of the reverse change.
    pub mirror: &'static str,
    /// Why the verdicts are what they are.
    pub why: &'static str,
}

impl Rule {
    /// The verdicts for data that is sent in this direction; for both directions, the
    /// worse ones.
    pub fn verdict(&self, direction: Direction) -> Verdict {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
            Direction::Both => Verdict {
                wire: self.request.wire.max(self.response.wire),
                rust: self.request.rust.max(self.response.rust),
            },
        }
    }

    /// Whether the direction makes a difference.
    pub fn is_directed(&self) -> bool {
        self.request != self.response
    }
}

/// All rules, by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let lists = [operations::RULES, queries::RULES, data::RULES, pages::RULES];
    lists.into_iter().flatten()
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// The rule with this id, which must exist.
///
/// # Panics
/// When the table has no such rule; a test applies each id in the code.
pub(super) fn the(id: &'static str) -> &'static Rule {
    find(id).unwrap_or_else(|| unreachable!("no rule is called {id}"))
}

use RustImpact::{Additive, BreaksCallers, BreaksImplementers, None as Unaffected};
use Wire::{Breaking, Compatible, Risky};

const fn verdict(wire: Wire, rust: RustImpact) -> Verdict {
    Verdict { wire, rust }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_mirrors_exist() {
        let mut ids: Vec<_> = all().map(|rule| rule.id).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for rule in all() {
            assert!(find(rule.mirror).is_some(), "{}", rule.id);
            assert!(rule.why.ends_with('.'), "{}", rule.id);
        }
    }

    #[test]
    fn data_that_travels_both_ways_has_the_worse_verdict() {
        let rule = the("enum-value-removed");
        assert_eq!(rule.verdict(Direction::Response).wire, Compatible);
        assert_eq!(rule.verdict(Direction::Both).wire, Breaking);
    }
}
