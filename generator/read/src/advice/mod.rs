//! What a dialect lacks, as entries for its file: from the words that pages
//! say and the dialect doesn't know to TOML that a person can paste, and then
//! mends where the guess was wrong.
//!
//! Nothing here reads pages or changes what is read.

mod codes;
mod headings;
mod hints;
mod tables;
mod words;

use crate::{
    dialect::{Dialect, SectionRole},
    extract::{Survey, Within},
};
use docwright_model::diagnostic::Place;

/// What the dialect doesn't know of one kind, the most frequent first, and the
/// entries that would tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What they are, such as `headings`.
    pub title: &'static str,
    /// What was met.
    pub items: Vec<Item>,
    /// TOML for the dialect's file.
    pub entries: String,
}

/// Something that was met, with how often.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// How many times.
    pub count: usize,
    /// What: as the page writes it, or the pattern of several.
    pub words: String,
    /// What there is to know besides, such as where it stands.
    pub note: String,
    /// An example.
    pub place: Place,
}

/// What the dialect should be told.
pub fn advise(survey: &Survey, dialect: &Dialect) -> Vec<Advice> {
    let all = [
        headings::operations(survey, dialect),
        headings::sections(survey, dialect),
        tables::tables(survey),
        tables::columns(survey),
        codes::codes(survey),
        words::types(survey),
        words::required(survey),
        words::locations(survey),
        headings::pages(survey),
    ];
    let mut all: Vec<_> = all
        .into_iter()
        .filter(|advice| !advice.items.is_empty())
        .collect();
    for advice in &mut all {
        advice
            .items
            .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cmp(b)));
    }
    all
}

/// The role that a section has, or that its heading lets guess.
fn role_of(section: &Within) -> SectionRole {
    match section {
        Within::Role(role) => *role,
        Within::Unknown { heading, below } => match headings::role(heading, *below) {
            SectionRole::Operation | SectionRole::Introduction | SectionRole::Prose => {
                SectionRole::Start
            }
            role => role,
        },
    }
}

/// How the section is called in a note.
fn within(section: &Within) -> String {
    match section {
        Within::Role(role) => format!("in `{role}`"),
        Within::Unknown { heading, .. } => format!("below `{heading}`"),
    }
}

/// A TOML string; literal where that spares backslashes.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A TOML array of strings.
fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(quoted).collect();
    format!("[{}]", texts.join(", "))
}
