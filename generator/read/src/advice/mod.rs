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

use std::collections::BTreeSet;

use crate::{
    dialect::{Dialect, SectionRole},
    extract::{Met, Survey, Within},
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

/// What was met of one kind of blocks.
struct Seen {
    /// How often, and an example.
    met: Met,
    /// The roles of the sections.
    sections: BTreeSet<String>,
    /// The sections as a note calls them.
    places: BTreeSet<String>,
}

impl Seen {
    /// Nothing yet, with an example of what will be met.
    fn none(example: &Met) -> Self {
        Self {
            met: Met {
                count: 0,
                ..example.clone()
            },
            sections: BTreeSet::new(),
            places: BTreeSet::new(),
        }
    }

    fn add(&mut self, met: &Met, section: &Within) {
        self.met.count += met.count;
        self.sections.insert(role_of(section).to_string());
        self.places.insert(within(section));
    }

    /// Where it was met: the place, or how many there are of what `many` says.
    fn place(&self, many: &str) -> String {
        match self.places.len() {
            1 => self.places.first().cloned().unwrap_or_default(),
            n => format!("{n} {many}"),
        }
    }

    /// The roles as a list of TOML.
    fn roles(&self) -> String {
        list(self.sections.iter().map(String::as_str))
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
