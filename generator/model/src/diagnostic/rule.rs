//! What a rule is, and how a rule is found by its id. Nothing here knows which
//! rules there are.

use std::{cmp::Ordering, fmt};

use super::Severity;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What is missing from the result.
    Lost,
    /// What pages contradict.
    Contradictions,
    /// What pages leave unstated.
    Unstated,
    /// What the dialect doesn't know.
    Vocabulary,
    /// What pages repeat.
    Repetitions,
    /// The files that a person writes beside the pages.
    Files,
    /// The input that a command was given.
    Input,
    /// The output folder.
    Output,
}

impl Group {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Lost,
        Self::Contradictions,
        Self::Unstated,
        Self::Vocabulary,
        Self::Repetitions,
        Self::Files,
        Self::Input,
        Self::Output,
    ];

    /// The title above its rules.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lost => "Missing from the result",
            Self::Contradictions => "What pages contradict",
            Self::Unstated => "What pages leave unstated",
            Self::Vocabulary => "What the dialect doesn't know",
            Self::Repetitions => "What pages repeat or misprint",
            Self::Files => "Settings, dialects and corrections",
            Self::Input => "Input of a command",
            Self::Output => "The output folder",
        }
    }
}

/// One rule: what all its findings have in common.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case, such as `unknown-type-word`.
    pub id: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What it is about.
    pub group: Group,
    /// What was found, in one line.
    pub meaning: &'static str,
    /// What it means for the result, in a few sentences.
    pub explanation: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

impl Rule {
    /// The place of the rule in the registry: the most useful rules come first.
    pub fn rank(&self) -> usize {
        super::rules::rank(self.id)
    }
}

/// Rules are identified by their ids.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of the registry.
impl Ord for Rule {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_id = self.id.cmp(other.id);
        match by_id {
            Ordering::Equal => by_id,
            _ => self.rank().cmp(&other.rank()).then(by_id),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// The id or name that `wanted` is a misspelling of, when one is near enough. Case doesn't
/// matter.
pub fn nearest<'a>(wanted: &str, ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = (wanted.chars().count() / 4).max(1);
    let plain = |word: &str| word.to_lowercase().replace('_', "-");
    let wanted = plain(wanted);
    let scored = ids.map(|id| (strsim::damerau_levenshtein(&wanted, &plain(id)), id));
    let (_, id) = scored.min().filter(|(distance, _)| *distance <= slips)?;
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_id_is_suggested() {
        let ids = ["unknown-heading", "unknown-table", "repeated-row"];
        let near = |wanted| nearest(wanted, ids.into_iter());
        assert_eq!(near("unknown-headings"), Some("unknown-heading"));
        assert_eq!(near("Unknown_Table"), Some("unknown-table"));
        assert_eq!(near("repaeted-row"), Some("repeated-row"));
        assert_eq!(near("weather"), None);
        assert_eq!(near(""), None);
    }
}
