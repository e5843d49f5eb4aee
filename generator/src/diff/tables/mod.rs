//! What the tables of single pages list. The model has one type for all pages
//! that show it, so that a row which only one of several pages loses, or gives
//! another type, doesn't show there; here the pages of an operation are
//! compared with each other, and what no finding about the type explains is a
//! finding of its own.

mod explained;
mod words;

use std::collections::BTreeMap;

use super::{
    Noise, NoiseKind, Reached, Side,
    collect::{Comparison, noise},
    finding::Change,
    operations::change,
    rules::the,
};
use crate::{
    dialect::{Dialect, TypeWord},
    extract::{BodyFact, OperationFacts, RowFact},
    model::{Direction, Location, Operation, Provenance, Shape, Type},
};
use explained::{Aspect, Explained};
use words::{contradict, word_rule};

/// What the pages of one side say about operations, by method and path.
pub(super) struct Tables<'a> {
    operations: BTreeMap<(&'a str, &'a str), &'a OperationFacts>,
    dialect: Option<&'a Dialect>,
}

impl<'a> Tables<'a> {
    pub fn new(side: Side<'a>) -> Self {
        let mut operations = BTreeMap::new();
        for facts in side.pages.iter().flat_map(|page| &page.operations) {
            // Of an operation that is declared twice, the first counts.
            let key = (&*facts.method, &*facts.path);
            operations.entry(key).or_insert(facts);
        }
        Self {
            operations,
            dialect: side.dialect,
        }
    }

    /// Whether there are pages; a model file has none.
    pub fn is_at_hand(&self) -> bool {
        !self.operations.is_empty()
    }

    /// What the heading of an answer means as a type.
    fn label(&self, body: &BodyFact, direction: Direction) -> Option<TypeWord> {
        let said = match (&*body.type_label, direction) {
            ("", Direction::Response) => &*body.label,
            // The heading of a request calls it by the name of an argument.
            (said, _) => said,
        };
        self.dialect?.types.read(said)
    }

    fn of(&self, operation: &Operation) -> Option<&'a OperationFacts> {
        let key = (operation.method.as_str(), operation.path.as_str());
        self.operations.get(&key).copied()
    }

    /// Where an operation's page lists a header.
    pub fn header(&self, operation: &Operation, name: &str) -> Option<&'a Provenance> {
        let headers = &self.of(operation)?.headers;
        let found = headers.iter().find(|it| it.name.eq_ignore_ascii_case(name));
        found.map(|it| &it.provenance)
    }

    /// Where an operation's page has the table of a body, or the row of it
    /// with this name.
    pub fn place(
        &self,
        operation: &Operation,
        direction: Direction,
        row: Option<&str>,
    ) -> Option<&'a Provenance> {
        let body = body(self.of(operation)?, direction)?;
        match row {
            None => Some(&body.provenance),
            Some(name) => {
                let row = body.rows.iter().find(|it| it.name == name)?;
                Some(&row.provenance)
            }
        }
    }
}

fn body(facts: &OperationFacts, direction: Direction) -> Option<&BodyFact> {
    match direction {
        Direction::Response => facts.answer.as_ref(),
        _ => facts.request.as_ref(),
    }
}

/// A message of which the pages are compared.
struct At<'a> {
    operation: &'a Operation,
    direction: Direction,
    /// The type that the rows belong to, when it has a name.
    of: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    /// Compares the tables of all operations that are in both APIs, when the
    /// pages of both are at hand.
    pub fn tables(&mut self) {
        let mut explained = None;
        for (old, new) in std::mem::take(&mut self.pairs) {
            let (Some(was), Some(is)) = (self.tables.0.of(old), self.tables.1.of(new)) else {
                continue;
            };
            for direction in [Direction::Request, Direction::Response] {
                self.bodies((old, new), (was, is), direction, &mut explained);
            }
            self.parameter_words((old, new), &was.parameters, &is.parameters);
        }
    }

    fn bodies(
        &mut self,
        (old, new): (&'a Operation, &'a Operation),
        (was, is): (&'a OperationFacts, &'a OperationFacts),
        direction: Direction,
        explained: &mut Option<Explained>,
    ) {
        let (Some(had), Some(ty)) = (body_type(old, direction), body_type(new, direction)) else {
            return;
        };
        let (was, is) = (body(was, direction), body(is, direction));
        let is_table = |body: Option<&BodyFact>| body.is_some_and(|it| !it.rows.is_empty());
        let at = At {
            operation: new,
            direction,
            of: ty.named(),
        };
        // A body that has no table has nothing that could get lost with it.
        let is_gone = is.is_none() || is_table(was) && !is_table(is);
        let is_new = was.is_none() || is_table(is) && !is_table(was);
        let rule = match (is_gone, is_new) {
            (true, true) => return,
            (true, false) => "body-undocumented",
            (false, true) => "body-documented",
            (false, false) => {
                if let (Some(was), Some(is)) = (was, is) {
                    self.label(&at, was, is, explained);
                    self.rows(&at, &was.rows, &is.rows, explained);
                }
                return;
            }
        };
        if had != ty && !(had.named().is_some() && ty.named().is_some()) {
            return;
        }
        let change = Change {
            old_place: was.map(|it| it.provenance.clone()),
            new_place: is.map(|it| it.provenance.clone()),
            direction,
            ..change(the(rule), word(direction).to_owned())
        };
        self.found(change, new);
    }

    /// The type that a heading gives a body.
    fn label(
        &mut self,
        at: &At<'a>,
        was: &'a BodyFact,
        is: &'a BodyFact,
        explained: &mut Option<Explained>,
    ) {
        let (Some(old), Some(new)) = (
            self.tables.0.label(was, at.direction),
            self.tables.1.label(is, at.direction),
        ) else {
            return;
        };
        let is_another = match (&old, &new) {
            // Where one name goes and the other comes, a type was renamed.
            (TypeWord::Named(old), TypeWord::Named(new)) => {
                old != new && (self.new.schema(old).is_some() || self.old.schema(new).is_some())
            }
            _ => contradict(Some(&old), Some(&new)),
        };
        let explained = explained.get_or_insert_with(|| Explained::by(self.findings.all()));
        if !is_another || explained.has(at.operation, at.direction, "", Aspect::Existence) {
            return;
        }
        let label = |it: &BodyFact| match it.type_label.is_empty() {
            true => it.label.clone(),
            false => it.type_label.clone(),
        };
        let change = Change {
            old: Some(label(was)),
            new: Some(label(is)),
            old_place: Some(was.provenance.clone()),
            new_place: Some(is.provenance.clone()),
            direction: at.direction,
            ..change(the("body-type-contradicted"), word(at.direction).to_owned())
        };
        self.found(change, at.operation);
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
        for was in old {
            match after.get(was.name.as_str()) {
                Some(is) => self.row(at, was, is, explained),
                None => self.say("property-unlisted", at, Some(was), None, explained),
            }
        }
        for is in new {
            if !before.contains_key(is.name.as_str()) {
                self.say("property-listed", at, None, Some(is), explained);
            }
        }
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
        if was.required != is.required {
            let rule = match is.required {
                true => "property-marked-required",
                false => "property-marked-optional",
            };
            self.say(rule, at, Some(was), Some(is), explained);
        }
        if !(was.rows.is_empty() || is.rows.is_empty()) {
            let inner = At {
                of: at.of.and_then(|name| self.type_of(name, &is.name)),
                ..*at
            };
            self.rows(&inner, &was.rows, &is.rows, explained);
        }
    }

    /// Notes that a type cell says the same, or more, in other words. What other
    /// names and other values mean is for the types to say.
    fn type_word(&mut self, subject: impl FnOnce() -> String, was: &RowFact, is: &RowFact) {
        use TypeWord::{Enum, Named};
        let is_news = match (&was.ty, &is.ty) {
            (Some(Enum(_)), Some(Enum(_))) | (Some(Named(_)), Some(Named(_))) => false,
            _ => was.type_cell != is.type_cell,
        };
        if is_news {
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

    /// Words in type cells of parameters that are understood no longer, or now.
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
            // Another type is a finding already.
            let is_same = type_of(before, *location, &was.name) == type_of(of, *location, &is.name);
            let location = match location {
                Location::Path => "path",
                Location::Query => "query",
            };
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

fn body_type(operation: &Operation, direction: Direction) -> Option<&Type> {
    match direction {
        Direction::Response => {
            let mut bodies = operation.responses.iter().filter_map(|it| it.body.as_ref());
            bodies.next().map(|it| &it.ty)
        }
        _ => operation.request.as_ref().map(|it| &it.ty),
    }
}

/// The first word of what is said about a body.
fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Response => "response",
        _ => "request",
    }
}
