//! Compares the tables of single pages. The model has one type for all pages that
//! describe it, so it doesn't show if only one of several pages loses a row or changes
//! its type. Here the old and new pages of an operation are compared, and differences
//! that no finding about the type explains are findings.

mod bodies;
mod explained;
mod headers;
mod lookup;
mod words;

use std::collections::BTreeMap;

use super::{
    Noise, NoiseKind, Reached,
    collect::{Comparison, noise},
    finding::Change,
    operations::change,
    rules::the,
    words::are_same,
};
use docwright_model::{Direction, Location, Operation, Shape};
use docwright_read::extract::RowFact;
use explained::{Aspect, Explained};
pub(super) use lookup::Tables;
use words::{contradict, says_more, word_rule};

/// A message whose pages are compared.
struct At<'a> {
    operation: &'a Operation,
    direction: Direction,
    /// The type that the rows belong to, when it has a name.
    of: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    /// Compares the tables of all operations that are in both APIs, if the pages of both
    /// are available.
    pub fn tables(&mut self) {
        let mut explained = None;
        let counts = |it: &&Noise| matches!(it.kind, NoiseKind::Description | NoiseKind::Order);
        let counted = self.noise.iter().filter(counts);
        self.counted = counted.map(|it| (it.kind, it.subject.clone())).collect();
        for (old, new) in self.pairs.clone() {
            let (Some(was), Some(is)) = (self.tables.0.of(old), self.tables.1.of(new)) else {
                continue;
            };
            for direction in [Direction::Request, Direction::Response] {
                self.bodies((old, new), (was, is), direction, &mut explained);
            }
            self.parameter_words((old, new), &was.parameters, &is.parameters);
            self.header_words(new, was, is);
        }
    }

    /// Rows of one table. Most tables list the same as before.
    fn rows(
        &mut self,
        at: &At<'a>,
        old: &'a [RowFact],
        new: &'a [RowFact],
        explained: &mut Option<Explained>,
    ) {
        let names = |it: &'a [RowFact]| it.iter().map(|row| row.name.as_str());
        if names(old).eq(names(new)) {
            for (was, is) in old.iter().zip(new) {
                self.row(at, was, is, explained);
            }
            return;
        }
        let by_name = |it: &'a [RowFact]| -> BTreeMap<&'a str, &'a RowFact> {
            it.iter().map(|row| (row.name.as_str(), row)).collect()
        };
        let (before, after) = (by_name(old), by_name(new));
        let whole = format!("{} properties", at.of.unwrap_or_default());
        if !self.counted.contains(&(NoiseKind::Order, whole)) {
            let subject = || format!("{} {}", at.operation.uid, word(at.direction));
            let place = new.first().map(|row| &row.provenance);
            self.order(subject, names(old), names(new), place);
        }
        for was in old {
            if let Some(is) = after.get(was.name.as_str()) {
                self.row(at, was, is, explained);
            }
        }
        let gone = |was: &&RowFact| !after.contains_key(was.name.as_str());
        let gone: Vec<_> = old.iter().filter(gone).collect();
        let come = |is: &&RowFact| !before.contains_key(is.name.as_str());
        let come: Vec<_> = new.iter().filter(come).collect();
        match (&gone[..], &come[..]) {
            (gone, []) if is_cut_off(old, gone) => {
                self.cut_off("table-truncated", at, (old, new), gone, explained);
            }
            ([], come) if is_cut_off(new, come) => {
                self.cut_off("table-completed", at, (old, new), come, explained);
            }
            (gone, come) => {
                for was in gone {
                    self.say("property-unlisted", at, Some(was), None, explained);
                }
                for is in come {
                    self.say("property-listed", at, None, Some(is), explained);
                }
            }
        }
    }

    /// Adds one finding about all rows that a table lost or got at its end; separate
    /// findings if most of them are explained by findings about their type.
    fn cut_off(
        &mut self,
        rule: &'static str,
        at: &At<'a>,
        (old, new): (&'a [RowFact], &'a [RowFact]),
        rows: &[&'a RowFact],
        explained: &mut Option<Explained>,
    ) {
        let mut unexplained = rows.iter().copied().filter(|row| {
            let of = at.of.unwrap_or_else(|| word(at.direction));
            !self.is_explained(at, &format!("{of}.{}", row.name), explained)
        });
        let (first, count) = (unexplained.next(), 1 + unexplained.count());
        if first.is_none() || count < FEWEST_CUT_OFF {
            for row in rows {
                match rule {
                    "table-truncated" => {
                        self.say("property-unlisted", at, Some(row), None, explained);
                    }
                    _ => self.say("property-listed", at, None, Some(row), explained),
                }
            }
            return;
        }
        let count = |rows: &[RowFact]| Some(format!("{} rows", rows.len()));
        let place = |rows: &[RowFact]| rows.last().map(|row| row.provenance.clone());
        let change = Change {
            old: count(old),
            new: count(new),
            direction: at.direction,
            old_place: place(old),
            new_place: place(new),
            ..change(
                the(rule),
                at.of.unwrap_or_else(|| word(at.direction)).to_owned(),
            )
        };
        let reached = Reached::new(at.operation, at.direction);
        self.findings.add_within(change, reached);
    }

    /// One row that is in both tables.
    fn row(
        &mut self,
        at: &At<'a>,
        was: &'a RowFact,
        is: &'a RowFact,
        explained: &mut Option<Explained>,
    ) {
        if let Some(rule) = word_rule(was, is) {
            self.say(rule, at, Some(was), Some(is), explained);
        } else if was.ty != is.ty && contradict(was.ty.as_ref(), is.ty.as_ref()) {
            let rule = "property-type-contradicted";
            self.say(rule, at, Some(was), Some(is), explained);
        } else {
            let subject = || format!("{} {}.{}", at.operation.uid, word(at.direction), is.name);
            self.type_word(subject, was, is);
        }
        if was.is_required() != is.is_required() {
            let rule = match is.is_required() {
                true => "property-marked-required",
                false => "property-marked-optional",
            };
            self.say(rule, at, Some(was), Some(is), explained);
        }
        self.row_words(at, was, is, explained);
        if !(was.rows.is_empty() || is.rows.is_empty()) {
            let inner = At {
                of: at.of.and_then(|name| self.type_of(name, &is.name)),
                ..*at
            };
            self.rows(&inner, &was.rows, &is.rows, explained);
        }
    }

    /// Records that one page uses other words, unless the type as a whole does, or a
    /// finding is about it.
    fn row_words(
        &mut self,
        at: &At<'a>,
        was: &'a RowFact,
        is: &'a RowFact,
        explained: &mut Option<Explained>,
    ) {
        let words = (was.description.as_ref(), is.description.as_ref());
        if are_same(words.0, words.1) {
            return;
        }
        let of_type = at.of.map(|of| format!("{of}.{}", is.name));
        if let Some(subject) = of_type
            && (self.is_explained(at, &subject, explained)
                || self.counted.contains(&(NoiseKind::Description, subject)))
        {
            return;
        }
        let subject = || format!("{} {}.{}", at.operation.uid, word(at.direction), is.name);
        self.description(subject, words, Some(&is.provenance));
    }

    /// Whether a finding about a body, or about the property, already covers this.
    fn is_explained(&self, at: &At<'a>, subject: &str, explained: &mut Option<Explained>) -> bool {
        let explained = explained.get_or_insert_with(|| Explained::by(self.findings.all()));
        explained.has(at.operation, at.direction, subject, Aspect::Existence)
    }

    /// Records that a type cell states the same, or more, in other words.
    fn type_word(&mut self, subject: impl FnOnce() -> String, was: &RowFact, is: &RowFact) {
        if says_more(was, is) {
            let cell = |row: &RowFact| Some(row.type_cell.clone()).filter(|it| !it.is_empty());
            self.noise.push(Noise {
                old: cell(was),
                new: cell(is),
                ..noise(NoiseKind::TypeWord, subject(), Some(&is.provenance))
            });
        }
    }

    /// The name of a property's type.
    fn type_of(&self, of: &str, property: &str) -> Option<&'a str> {
        let Shape::Properties(properties) = &self.new.schema(of)?.shape else {
            return None;
        };
        let found = properties.iter().find(|it| it.name == property)?;
        found.ty.named()
    }

    /// Adds a finding about a row, unless one about its type explains it.
    fn say(
        &mut self,
        rule: &'static str,
        at: &At<'a>,
        was: Option<&'a RowFact>,
        is: Option<&'a RowFact>,
        explained: &mut Option<Explained>,
    ) {
        let Some(row) = is.or(was) else { return };
        let explained = explained.get_or_insert_with(|| Explained::by(self.findings.all()));
        let subject = match at.of {
            Some(name) => format!("{name}.{}", row.name),
            None => format!("{}.{}", word(at.direction), row.name),
        };
        let aspect = match rule {
            "property-unlisted" | "property-listed" => Aspect::Existence,
            "property-marked-required" | "property-marked-optional" => Aspect::Requirement,
            _ => Aspect::Type,
        };
        if explained.has(at.operation, at.direction, &subject, aspect) {
            return;
        }
        let cell = |row: Option<&RowFact>| {
            let cell = row.map(|it| it.type_cell.clone());
            cell.filter(|it| aspect == Aspect::Type && !it.is_empty())
        };
        let body = |tables: &Tables<'a>| {
            let found = tables.place(at.operation, at.direction, None);
            found.cloned()
        };
        let place = |row: Option<&RowFact>| row.map(|it| it.provenance.clone());
        let change = Change {
            old: cell(was),
            new: cell(is),
            direction: at.direction,
            old_place: place(was).or_else(|| body(&self.tables.0)),
            new_place: place(is).or_else(|| body(&self.tables.1)),
            ..change(the(rule), subject)
        };
        let reached = Reached::new(at.operation, at.direction);
        self.findings.add_within(change, reached);
    }

    /// Records that a page newly marks a path parameter as required, or no longer does;
    /// it is required anyway.
    fn path_mark(&mut self, of: &Operation, was: &RowFact, is: &RowFact) {
        let mark = |it: &RowFact| it.is_required().then(|| "required".to_owned());
        let subject = format!("{} path.{}", of.uid, is.name);
        self.noise.push(Noise {
            old: mark(was),
            new: mark(is),
            ..noise(NoiseKind::Description, subject, Some(&is.provenance))
        });
    }

    /// Words in type cells of parameters that are no longer, or newly, understood.
    fn parameter_words(
        &mut self,
        (before, of): (&'a Operation, &'a Operation),
        old: &'a [(Location, RowFact)],
        new: &'a [(Location, RowFact)],
    ) {
        let type_of = |operation: &'a Operation, at: Location, name: &str| {
            let mut parameters = operation.parameters.iter();
            let found = parameters.find(|it| it.location == at && it.name == name);
            found.map(|it| &it.ty)
        };
        for (location, is) in new {
            let same = |it: &&(Location, RowFact)| it.0 == *location && it.1.name == is.name;
            let Some((_, was)) = old.iter().find(same) else {
                continue;
            };
            if *location == Location::Path && was.is_required() != is.is_required() {
                self.path_mark(of, was, is);
            }
            // Another type is a finding already.
            let is_same = type_of(before, *location, &was.name) == type_of(of, *location, &is.name);
            let location = location.word();
            if let (Some(rule), true) = (word_rule(was, is), is_same) {
                let change = Change {
                    old: Some(was.type_cell.clone()),
                    new: Some(is.type_cell.clone()),
                    old_place: Some(was.provenance.clone()),
                    new_place: Some(is.provenance.clone()),
                    ..change(the(rule), format!("{location}.{}", is.name))
                };
                self.found(change, of);
            } else if is_same {
                let subject = || format!("{} {location}.{}", of.uid, is.name);
                self.type_word(subject, was, is);
            }
        }
    }
}

/// The least number of lost rows at the end of a table that counts as cut off.
const FEWEST_CUT_OFF: usize = 2;

/// Whether these are the last rows of a table, and some.
fn is_cut_off(table: &[RowFact], rows: &[&RowFact]) -> bool {
    let last = table.iter().rev().zip(rows.iter().rev());
    rows.len() >= FEWEST_CUT_OFF
        && rows.len() < table.len()
        && last.into_iter().all(|(a, b)| std::ptr::eq(a, *b))
}

/// The first word of the subject of a body.
fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Response => "response",
        _ => "request",
    }
}
