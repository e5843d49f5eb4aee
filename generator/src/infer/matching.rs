//! Which type a table describes that doesn't say so itself: a documented one
//! with its properties, or one of its own.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::{
    bodies,
    evidence::{BodyKey, BodyUse, Evidence},
    names,
    slots::Slots,
};
use crate::{
    dialect::TypeWord,
    extract::RowFact,
    model::{Direction, Known},
};

/// The evidence that have a property, by the property's name.
#[derive(Debug, Default)]
pub struct Owners(HashMap<String, BTreeSet<String>>);

impl Owners {
    /// Enters a named type and properties of it.
    fn enter<'n>(&mut self, named_type: &str, properties: impl Iterator<Item = &'n str>) {
        for property in properties {
            // Most properties have owners already, which saves a copy.
            match self.0.get_mut(property) {
                Some(owners) => owners.insert(named_type.to_owned()),
                None => {
                    let owners = BTreeSet::from([named_type.to_owned()]);
                    self.0.insert(property.to_owned(), owners).is_none()
                }
            };
        }
    }

    /// The evidence, by name, among which are those that have all of these
    /// properties: the owners of the one that fewest have.
    fn of_all<'n>(&self, properties: impl Iterator<Item = &'n str>) -> impl Iterator<Item = &str> {
        let owners = properties.map(|property| self.0.get(property));
        let rarest = owners.min_by_key(|owners| owners.map_or(0, BTreeSet::len));
        rarest.flatten().into_iter().flatten().map(String::as_str)
    }
}

impl Evidence<'_> {
    /// The owners of all properties so far.
    pub fn owners(&self) -> Owners {
        let mut owners = Owners::default();
        for (name, named_type) in &self.by_name {
            owners.enter(name, named_type.slots.iter().map(|slot| slot.name.as_str()));
        }
        owners
    }

    /// The documented named type whose properties a table lists: all of them, or,
    /// when the page names it or no other comes as near, most of them.
    pub fn matching(&self, body: &BodyUse<'_>, owners: &Owners) -> Option<String> {
        if body.named_type.is_some() || body.fact.rows.is_empty() {
            return None;
        }
        let set = body.names();
        let mut candidates: Vec<(usize, &str)> = Vec::new();
        for name in owners.of_all(set.iter().copied()) {
            let slots = &self.by_name[name].slots;
            let missing = slots.len().saturating_sub(set.len());
            let enough = || missing * 4 <= set.len() || names_type(body, name);
            let same = || {
                let mut rows = body.fact.rows.iter();
                rows.all(|row| self.says_the_same(slots, row))
            };
            let all = set.iter().all(|name| slots.has(name));
            if all && enough() && (names_type(body, name) || same()) {
                candidates.push((missing, name));
            }
        }
        let named = candidates.iter().find(|(_, name)| names_type(body, name));
        let least = candidates.iter().map(|(missing, _)| *missing).min()?;
        let mut nearest = candidates.iter().filter(|(missing, _)| *missing == least);
        let only = nearest.next().filter(|_| nearest.next().is_none());
        named.or(only).map(|(_, name)| (*name).to_owned())
    }

    /// Whether there is a property of a row's name, with type cells that can
    /// mean what the row says, down to the rows below it.
    fn says_the_same(&self, slots: &Slots<'_>, row: &RowFact) -> bool {
        let Some(at) = slots.position(&row.name) else {
            return false;
        };
        let slot = &slots[at];
        let counts = |word: &TypeWord| match word {
            TypeWord::Named(label) => !self.misprinted.contains(label),
            _ => true,
        };
        let same_below = || {
            let mut rows = slot.rows.iter();
            rows.all(|other| same_names(&other.rows, &row.rows))
        };
        let is_flat = slot.is_flat() && row.rows.is_empty();
        slot.votes.admit(row.ty.as_ref(), counts) && (is_flat || same_below())
    }

    /// A table that matches no documented type describes one of its own.
    pub fn name_by_rule(&mut self, key: BodyKey, operation: &str, owners: &mut Owners) {
        let body = &self.bodies[&key];
        if body.named_type.is_some() || body.fact.rows.is_empty() {
            return;
        }
        let rows = &body.fact.rows;
        let same_set = |name: &&str| {
            let slots = &self.by_name[*name].slots;
            slots.len() == rows.len() && rows.iter().all(|row| self.says_the_same(slots, row))
        };
        let names = rows.iter().map(|row| row.name.as_str());
        let twin = owners.of_all(names).find(same_set).map(str::to_owned);
        let patch = bodies::is_json_patch(&body.names()).then(|| bodies::JSON_PATCH.to_owned());
        let name = match (twin, patch.or_else(|| said_name(body)), key.1) {
            (Some(name), ..) => name,
            (None, Some(name), _) if !self.by_name.contains_key(&name) => name,
            (None, _, Direction::Request) => format!("{operation}Request"),
            (None, ..) => format!("{operation}Response"),
        };
        owners.enter(&name, rows.iter().map(|row| row.name.as_str()));
        self.assign(key, name, Known::Documented);
    }
}

/// Whether two tables list the same names, down to the rows below theirs.
fn same_names(one: &[RowFact], other: &[RowFact]) -> bool {
    one.len() == other.len()
        && one.iter().all(|row| {
            let mut others = other.iter();
            let twin = others.find(|other| other.name == row.name);
            twin.is_some_and(|twin| same_names(&row.rows, &twin.rows))
        })
}

/// Whether a body's heading or description names a type.
fn names_type(body: &BodyUse<'_>, name: &str) -> bool {
    let label = body.fact.label.eq_ignore_ascii_case(name);
    label || said_words(body).any(|word| word == name)
}

/// The name of a body's type as its description says it: a capitalised word,
/// not just the sentence's first, that is the label but for the case of letters.
fn said_name(body: &BodyUse<'_>) -> Option<String> {
    let label = &body.fact.label;
    let text = body.fact.description.as_ref()?.plain();
    let mut words =
        said_words(body).filter(|word| names::has_humps(word) || !text.starts_with(word));
    let said = words.find(|word| word.eq_ignore_ascii_case(label));
    said.map(str::to_owned)
}

fn said_words<'b>(body: &'b BodyUse<'_>) -> impl Iterator<Item = &'b str> {
    let description = body.fact.description.as_ref();
    let plain = description.map_or("", |text| text.plain());
    names::name_words(plain)
}
