//! The ledger: what happened to each block of each page. A block is consumed, ignored by
//! a stated rule, or unknown; the three add up to all blocks.

use std::{collections::BTreeMap, ops::AddAssign};

use serde::Serialize;

/// What became of a block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was read as this.
    Consumed(&'static str),
    /// It was left out, by this rule of the dialect or of docwright.
    Ignored(String),
    /// It is unknown; a diagnostic states where.
    Unknown,
}

/// Counts of blocks, by kind and by what happened to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ledger {
    /// Blocks read, by `kind: meaning`.
    pub consumed: BTreeMap<String, usize>,
    /// Blocks left out, by `kind: rule`.
    pub ignored: BTreeMap<String, usize>,
    /// Blocks not understood, by kind.
    pub unknown: BTreeMap<String, usize>,
}

impl Ledger {
    /// Enters one block.
    pub fn enter(&mut self, kind: &str, fate: &Fate) {
        let (counts, key) = match fate {
            Fate::Consumed(meaning) => (&mut self.consumed, [kind, ": ", meaning].concat()),
            Fate::Ignored(rule) => (&mut self.ignored, [kind, ": ", rule].concat()),
            Fate::Unknown => (&mut self.unknown, kind.to_owned()),
        };
        *counts.entry(key).or_default() += 1;
    }

    /// How many blocks were entered.
    pub fn total(&self) -> usize {
        [&self.consumed, &self.ignored, &self.unknown]
            .iter()
            .flat_map(|counts| counts.values())
            .sum()
    }
}

impl AddAssign<&Self> for Ledger {
    fn add_assign(&mut self, other: &Self) {
        let add = |mine: &mut BTreeMap<String, usize>, theirs: &BTreeMap<String, usize>| {
            for (key, count) in theirs {
                *mine.entry(key.clone()).or_default() += count;
            }
        };
        add(&mut self.consumed, &other.consumed);
        add(&mut self.ignored, &other.ignored);
        add(&mut self.unknown, &other.unknown);
    }
}
