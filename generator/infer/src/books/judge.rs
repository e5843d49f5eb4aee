//! Compares rows with the element of the model that they describe: its type, whether it
//! is required, its description and its facets. Rows of several pages can describe one
//! element, so they are judged together.

use std::collections::{BTreeSet, HashMap};

use super::{
    Books, Kind, Outcome,
    audit::enum_values,
    lookup::Lookup,
    resolution::{self as by, Resolution},
    words::admits,
};
use docwright_model::{Facet, Facets, Known, Text, Type};
use docwright_read::extract::RowFact;

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
    /// The element that it describes, if the model has it.
    pub element: Option<Element<'a>>,
    /// What overruled the row, if the model doesn't have the element.
    pub overruled: Option<&'static Resolution>,
    /// The outcome of all facts of the row's operation, if it is the same for all.
    pub fixed: Option<Outcome>,
    /// Whether the element is always required, like a path parameter.
    pub always_required: bool,
}

/// Enters what became of what rows state.
pub fn judge(rows: &[RowUse<'_>], lookup: &Lookup<'_>, books: &mut Books) {
    let mut by_element: HashMap<&str, All> = HashMap::new();
    for used in rows {
        if let Some(element) = &used.element {
            let all = by_element.entry(&element.key).or_default();
            all.add(used.row, element, lookup);
        }
    }
    for used in rows {
        let key = used.element.as_ref().map(|it| it.key.as_str());
        let all = key.and_then(|key| by_element.get(key));
        let judge = Judge { used, all, lookup };
        judge.row(books);
    }
}

/// What all rows about one element state, taken together.
#[derive(Default)]
struct All {
    /// Whether one of them says that it is required.
    is_required: bool,
    /// The facets that some row states as in the model.
    facets: BTreeSet<&'static str>,
    /// Whether the element has the description of a row.
    has_words: bool,
    /// Whether the element's type is that of a row.
    has_type: bool,
}

impl All {
    fn add(&mut self, row: &RowFact, element: &Element<'_>, lookup: &Lookup<'_>) {
        self.is_required |= row.is_required();
        let same = facets(row, Some(element))
            .into_iter()
            .filter(|(_, same, _)| *same);
        self.facets.extend(same.map(|(what, ..)| what));
        let words = element.description;
        self.has_words |= words.is_some() && row.description.as_ref() == words;
        let word = row.ty.as_ref();
        self.has_type |= word.is_some_and(|word| admits(word, element.ty, lookup));
    }
}

struct Judge<'j, 'a> {
    used: &'j RowUse<'a>,
    /// All rows about the same element.
    all: Option<&'j All>,
    lookup: &'j Lookup<'a>,
}

impl Judge<'_, '_> {
    fn row(&self, books: &mut Books) {
        let row = self.used.row;
        let name = &row.name;
        let mut enter = |kind, found: bool, overruled, words: &dyn Fn() -> String| {
            let outcome = self.outcome(kind, found, overruled);
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
            let elsewhere = !required && self.all.is_some_and(|it| it.is_required);
            let overruled = elsewhere.then_some(by::REQUIRED_ELSEWHERE).or(missing);
            let words = || match required {
                true => format!("`{name}` as required"),
                false => format!("`{name}` as not required"),
            };
            enter(Kind::Required, found, overruled, &words);
        }
        if let Some(text) = &row.description {
            let found = element.is_some_and(|it| it.description == Some(text));
            let other = self.all.is_some_and(|it| it.has_words);
            let overruled = other.then_some(by::OTHER_WORDS).or(missing);
            enter(Kind::Description, found, overruled, &|| {
                format!("the words about `{name}`")
            });
        }
        for (what, same, is_absent) in facets(row, element) {
            let found = same || is_absent;
            let elsewhere = self.all.is_some_and(|it| it.facets.contains(what));
            let overruled = elsewhere.then_some(by::OTHER_CELLS).or(missing);
            enter(Kind::Facet, found, overruled, &|| {
                format!("what `{name}` is: {what}")
            });
        }
        let values = element.filter(|_| !row.values.is_empty());
        let shapes = values.map_or(Vec::new(), |it| self.lookup.objects(it.ty));
        let known = enum_values(shapes.into_iter().map(|schema| &schema.shape));
        for fact in &row.values {
            let found = known.contains_key(&fact.value.text());
            let words = || format!("the value `{}` of `{name}`", fact.value);
            enter(Kind::Value, found, missing, &words);
        }
    }

    fn outcome(&self, kind: Kind, found: bool, overruled: Option<&'static Resolution>) -> Outcome {
        if let Some(fixed) = self.used.fixed {
            return fixed;
        }
        if found {
            return Outcome::InModel;
        }
        let element = self.used.element.as_ref();
        let stands_corrected = |it: &Element<'_>| {
            let is_of_type = kind == Kind::Value && {
                let name = it.ty.named();
                name.is_some_and(|name| self.lookup.is_corrected(name))
            };
            it.known == Known::Corrected || is_of_type || self.lookup.is_corrected(&it.key)
        };
        if element.is_some_and(stands_corrected) {
            return Outcome::Overruled(by::CORRECTED);
        }
        let reported = self.lookup.reported(&self.used.row.provenance, kind);
        let reported = reported.or_else(|| self.lookup.about(&element?.key, kind));
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
        if self.all.is_some_and(|it| it.has_type) {
            return (false, Some(by::OTHER_CELLS));
        }
        match element.known {
            Known::Sampled | Known::Matched => (false, Some(by::SAMPLES)),
            _ => (false, None),
        }
    }
}

/// What a row states about its value besides its type, whether the model has it, and
/// whether it is the default anyway.
fn facets(row: &RowFact, element: Option<&Element<'_>>) -> Vec<(&'static str, bool, bool)> {
    if row.facets.is_none() {
        return Vec::new();
    }
    fn value<T>(facet: &Option<Facet<T>>) -> Option<&T> {
        facet.as_ref().map(|it| &it.value)
    }
    let stated = row.documented();
    let model = element.map(|it| it.facets);
    let mut found = Vec::new();
    macro_rules! compare {
        ($($name:ident: $words:literal, $absent:expr;)*) => {
            $(if let Some(fact) = value(&stated.$name) {
                let known = model.and_then(|it| value(&it.$name));
                let is_absent = model.is_some() && known.is_none() && $absent == Some(fact);
                found.push(($words, known == Some(fact), is_absent));
            })*
        };
    }
    // A negative statement is the default anyway.
    compare!(
        nullable: "nullable", Some(&false);
        default: "its default", None;
        range: "its range", None;
        length: "its length", None;
        items: "how many items", None;
        pattern: "its pattern", None;
        deprecated: "deprecated", Some(&false);
        read_only: "read-only", Some(&false);
        write_only: "write-only", Some(&false);
        query_language: "the language of a query", None;
    );
    found
}
