//! The words by which roles are guessed: `hints.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::dialect::{ColumnRole, SectionRole};

/// The hints.
pub static HINTS: LazyLock<Hints> =
    LazyLock::new(|| toml::from_str(include_str!("hints.toml")).expect("a test reads it"));

/// What `hints.toml` holds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Hints {
    headings: Vec<HeadingHint>,
    columns: Vec<ColumnHint>,
    types: Vec<TypeHint>,
    required: RequiredHint,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingHint {
    role: SectionRole,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnHint {
    role: ColumnRole,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeHint {
    is: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequiredHint {
    yes: Vec<String>,
}

impl Hints {
    /// What a section of this heading may be about.
    pub fn heading(&self, words: &str) -> Option<SectionRole> {
        let words = words.to_lowercase();
        let mut hints = self.headings.iter();
        let found = hints.find(|hint| hint.words.iter().any(|word| words.contains(word)));
        found.map(|hint| hint.role)
    }

    /// What a column of this title may hold: the title is the word, or else
    /// holds it.
    pub fn column(&self, title: &str) -> Option<ColumnRole> {
        let title = title.to_lowercase();
        let exact = |hint: &&ColumnHint| hint.words.contains(&title);
        let within = |hint: &&ColumnHint| {
            let mut words = title.split_whitespace();
            words.any(|word| hint.words.iter().any(|known| known == word))
        };
        let found = self.columns.iter().find(exact);
        let found = found.or_else(|| self.columns.iter().rev().find(within));
        found.map(|hint| hint.role)
    }

    /// What a type word may mean, in the dialect's terms.
    pub fn type_word(&'static self, word: &str) -> Option<&'static str> {
        let word = word.to_lowercase();
        let found = self.types.iter().find(|hint| hint.words.contains(&word));
        found.map(|hint| hint.is.as_str())
    }

    /// Whether a word in a column about "required" may mean yes.
    pub fn is_yes(&self, word: &str) -> bool {
        let first = word.split_whitespace().next().unwrap_or_default();
        self.required
            .yes
            .iter()
            .any(|yes| yes == word || yes == first)
    }
}
