//! Judges what rows state about one element of the model: its type, whether it
//! is required, its description and its facets. Rows of several pages state
//! something about one element, so all of them are judged together.

use std::collections::HashMap;

use super::{
    Books, Kind, Outcome,
    audit::has_value,
    lookup::Lookup,
    resolution::{self as by, Resolution},
    words::admits,
};
use crate::{
    extract::RowFact,
    model::{Facet, Facets, Known, Text, Type},
};

/// A property or a parameter of the model.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    /// What a correction calls it.
    pub key: String,
    /// Its type.
    pub ty: &'a Type,
    /// How that is known.
    pub known: Known,
    /// Whether it is required.
    pub required: bool,
    /// What else is known of it.
    pub facets: &'a Facets,
    /// The words about it.
    pub description: Option<&'a Text>,
}

/// A row, and the element that it is about.
#[derive(Clone, Debug)]
pub struct RowUse<'a> {
    /// `Property` or `Parameter`.
    pub kind: Kind,
    /// The row.
    pub row: &'a RowFact,
    /// The element that it states something about, if the model has it.
    pub element: Option<Element<'a>>,
    /// What overruled the row where the model doesn't have the element.
    pub overruled: Option<&'static Resolution>,
    /// What became of all facts of the row's operation, where that is one thing.
    pub fixed: Option<Outcome>,
    /// Whether the element is required whatever the row states, as what stands in a
    /// path is.
    pub always_required: bool,
}

/// Enters what became of what rows state.
pub fn judge(rows: &[RowUse<'_>], lookup: &Lookup<'_>, books: &mut Books) {
    let mut by_element: HashMap<&str, Vec<&RowFact>> = HashMap::new();
    for used in rows {
        if let Some(element) = &used.element {
            by_element.entry(&element.key).or_default().push(used.row);
        }
    }
    for used in rows {
        let key = used.element.as_ref().map(|it| it.key.as_str());
        let all = key.and_then(|key| by_element.get(key));
        let judge = Judge {
            used,
            all: all.map_or(&[], Vec::as_slice),
            lookup,
        };
        judge.row(books);
    }
}

struct Judge<'j, 'a> {
    used: &'j RowUse<'a>,
    /// All rows about the same element.
    all: &'j [&'a RowFact],
    lookup: &'j Lookup<'a>,
}

impl Judge<'_, '_> {
    fn row(&self, books: &mut Books) {
        let row = self.used.row;
        let name = &row.name;
        let mut enter = |kind, found: bool, overruled, words: &dyn Fn() -> String| {
            let outcome = self.outcome(found, overruled);
            books.enter(kind, outcome, &row.provenance, words);
        };
        let element = self.used.element.as_ref();
        let missing = self.used.overruled;
        enter(self.used.kind, element.is_some(), missing, &|| {
            format!("`{name}`")
        });
        if !row.type_cell.is_empty() {
            let (found, overruled) = element.map_or((false, missing), |it| self.ty(it));
            let words = || format!("`{name}` as `{}`", row.type_cell);
            enter(Kind::TypeCell, found, overruled, &words);
        }
        if let Some(required) = row.required {
            let found = element.is_some_and(|it| it.required == required)
                || (self.used.always_required && element.is_some());
            let differs = self.all.iter().any(|it| it.required != row.required);
            let overruled = differs.then_some(by::REQUIRED_BY_ALL).or(missing);
            let words = || match required {
                true => format!("`{name}` as required"),
                false => format!("`{name}` as not required"),
            };
            enter(Kind::Required, found, overruled, &words);
        }
        if let Some(text) = &row.description {
            let found = element.is_some_and(|it| it.description == Some(text));
            let is_taken = |it: &&RowFact| {
                let taken = element.and_then(|element| element.description);
                taken.is_some() && it.description.as_ref() == taken
            };
            let other = self.all.iter().any(is_taken);
            let overruled = other.then_some(by::OTHER_WORDS).or(missing);
            enter(Kind::Description, found, overruled, &|| {
                format!("the words about `{name}`")
            });
        }
        for (what, found) in facets(row, element) {
            let differs = self.all.iter().any(|it| it.facets != row.facets);
            let overruled = differs.then_some(by::OTHER_CELLS).or(missing);
            enter(Kind::Facet, found, overruled, &|| {
                format!("what `{name}` is: {what}")
            });
        }
        for fact in &row.values {
            let mut shapes = element
                .map_or(Vec::new(), |it| self.lookup.objects(it.ty))
                .into_iter();
            let found = shapes.any(|schema| has_value(&schema.shape, &fact.value));
            let words = || format!("the value `{}` of `{name}`", fact.value);
            enter(Kind::Value, found, missing, &words);
        }
    }

    fn outcome(&self, found: bool, overruled: Option<&'static Resolution>) -> Outcome {
        if let Some(fixed) = self.used.fixed {
            return fixed;
        }
        if found {
            return Outcome::InModel;
        }
        let element = self.used.element.as_ref();
        if element.is_some_and(|it| it.known == Known::Corrected) {
            return Outcome::Overruled(by::CORRECTED);
        }
        let reported = self.lookup.reported(&self.used.row.provenance);
        let reported = reported.or_else(|| self.lookup.about(&element?.key));
        match (reported, overruled) {
            (Some(rule), _) => Outcome::Reported(rule),
            (None, Some(resolution)) => Outcome::Overruled(resolution),
            (None, None) => Outcome::Unaccounted,
        }
    }

    /// Whether the model has the type of the row's cell; if not, what overruled it.
    fn ty(&self, element: &Element<'_>) -> (bool, Option<&'static Resolution>) {
        let Some(word) = &self.used.row.ty else {
            return (false, None);
        };
        if admits(word, element.ty, self.lookup) {
            return (true, None);
        }
        let other = self.all.iter().filter_map(|row| row.ty.as_ref());
        let mut other = other.filter(|it| *it != word);
        if other.any(|word| admits(word, element.ty, self.lookup)) {
            return (false, Some(by::OTHER_CELLS));
        }
        match element.known {
            Known::Sampled | Known::Matched => (false, Some(by::SAMPLES)),
            _ => (false, None),
        }
    }
}

/// What a row states about its value beside its type, and whether the model has it.
fn facets(row: &RowFact, element: Option<&Element<'_>>) -> Vec<(&'static str, bool)> {
    fn same<T: PartialEq>(fact: &Option<Facet<T>>, model: Option<&Option<Facet<T>>>) -> bool {
        let value = fact.as_ref().map(|it| &it.value);
        let known = model.and_then(|it| it.as_ref()).map(|it| &it.value);
        value == known
    }
    let stated = row.documented();
    let model = element.map(|it| it.facets);
    let mut found = Vec::new();
    macro_rules! compare {
        ($($name:ident: $words:literal),*) => {
            $(if stated.$name.is_some() {
                found.push(($words, same(&stated.$name, model.map(|it| &it.$name))));
            })*
        };
    }
    compare!(
        nullable: "nullable",
        default: "its default",
        range: "its range",
        length: "its length",
        items: "how many items",
        pattern: "its pattern",
        deprecated: "deprecated",
        read_only: "read-only",
        write_only: "write-only"
    );
    found
}
