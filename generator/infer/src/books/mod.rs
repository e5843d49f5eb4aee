//! Books: the outcome of each fact that pages state.
//!
//! Every fact (an operation, a row, a type cell, a mark for required, a description, a
//! status, a heading's type, a sample, a value of an enum, …) is looked up in the model
//! where a user would look for it. It is in the model, or a named [`Resolution`]
//! overruled it, or a finding reports it, or else it is unaccounted for. The four add up
//! to all facts.
//!
//! Nothing here infers anything, and inference doesn't know about it: the auditor reads
//! the facts and the finished model.

mod audit;
mod bodies;
mod excuses;
mod judge;
mod lookup;
mod resolution;
mod show;
mod types;
mod words;

use std::collections::BTreeMap;

pub use audit::{Changed, audit};
pub use resolution::{RESOLUTIONS, Resolution};
pub use show::{Report, text};

use serde::Serialize;

use docwright_model::{
    Provenance,
    diagnostic::{Diagnostic, Place, Rule, rules},
};

/// What a fact states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// That there is an operation.
    Operation,
    /// What method and path a title gives.
    Title,
    /// That there is a parameter.
    Parameter,
    /// That there is a request header.
    Header,
    /// That there is a status.
    Status,
    /// What type a heading gives a body.
    Body,
    /// That there is a property.
    Property,
    /// What type a type cell gives.
    TypeCell,
    /// That something is required.
    Required,
    /// What else a row states about a value: null, default, limits and the like.
    Facet,
    /// A value of an enum.
    Value,
    /// That there is a named type.
    NamedType,
    /// That something is deprecated.
    Deprecated,
    /// Media types.
    MediaTypes,
    /// Where the API is served.
    Server,
    /// Words about one of these.
    Description,
    /// A sample message.
    Sample,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 17] = [
        Self::Operation,
        Self::Title,
        Self::Parameter,
        Self::Header,
        Self::Status,
        Self::Body,
        Self::Property,
        Self::TypeCell,
        Self::Required,
        Self::Facet,
        Self::Value,
        Self::NamedType,
        Self::Deprecated,
        Self::MediaTypes,
        Self::Server,
        Self::Description,
        Self::Sample,
    ];

    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Title => "title",
            Self::Parameter => "parameter",
            Self::Header => "header",
            Self::Status => "status",
            Self::Body => "body",
            Self::Property => "property",
            Self::TypeCell => "type",
            Self::Required => "required",
            Self::Facet => "facet",
            Self::Value => "enum value",
            Self::NamedType => "named type",
            Self::Deprecated => "deprecated",
            Self::MediaTypes => "media types",
            Self::Server => "server",
            Self::Description => "description",
            Self::Sample => "sample",
        }
    }
}

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The model says the same.
    InModel,
    /// The model says something else, by this rule.
    Overruled(&'static Resolution),
    /// A finding of this rule is about it.
    Reported(&'static Rule),
    /// None of these.
    Unaccounted,
}

/// A fact that is unaccounted.
#[derive(Clone, Debug)]
pub struct Lost {
    /// What it states.
    pub kind: Kind,
    /// In a few words, what was looked for.
    pub words: String,
    /// Where it stands.
    pub place: Provenance,
}

/// How many facts of a kind became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sums {
    /// Facts that the model has.
    pub in_model: usize,
    /// Facts that a named rule overruled.
    pub overruled: usize,
    /// Facts that a finding reports.
    pub reported: usize,
    /// Facts of which nobody knows what became.
    pub unaccounted: usize,
}

impl Sums {
    /// How many facts there are.
    pub fn total(self) -> usize {
        self.in_model + self.overruled + self.reported + self.unaccounted
    }
}

/// The books of all facts.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// The sums by kind.
    pub kinds: BTreeMap<Kind, Sums>,
    /// How many facts each resolution overruled, by its id.
    pub overruled: BTreeMap<&'static str, usize>,
    /// How many facts findings of each rule report, by its id.
    pub reported: BTreeMap<&'static str, usize>,
    /// The facts that are unaccounted.
    pub unaccounted: Vec<Lost>,
}

impl Books {
    /// Enters one fact.
    pub fn enter(
        &mut self,
        kind: Kind,
        outcome: Outcome,
        place: &Provenance,
        words: impl FnOnce() -> String,
    ) {
        let sums = self.kinds.entry(kind).or_default();
        match outcome {
            Outcome::InModel => sums.in_model += 1,
            Outcome::Overruled(resolution) => {
                sums.overruled += 1;
                *self.overruled.entry(resolution.id).or_default() += 1;
            }
            Outcome::Reported(rule) => {
                sums.reported += 1;
                *self.reported.entry(rule.id).or_default() += 1;
            }
            Outcome::Unaccounted => {
                sums.unaccounted += 1;
                self.unaccounted.push(Lost {
                    kind,
                    words: words(),
                    place: place.clone(),
                });
            }
        }
    }

    /// The sums over all kinds.
    pub fn sums(&self) -> Sums {
        let kinds = self.kinds.values();
        kinds.fold(Sums::default(), |all, of| Sums {
            in_model: all.in_model + of.in_model,
            overruled: all.overruled + of.overruled,
            reported: all.reported + of.reported,
            unaccounted: all.unaccounted + of.unaccounted,
        })
    }

    /// A finding for each fact that is unaccounted.
    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.unaccounted.iter().map(|lost| {
            let place = Place::of(&lost.place);
            let message = format!("the model lacks {}", lost.words);
            Diagnostic::new(rules::FACT_LOST, place, message)
        })
    }
}
