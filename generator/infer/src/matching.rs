//! Which documented type a table without a type name describes.

use std::collections::{BTreeSet, HashMap};

use super::{
    evidence::{BodyKey, BodyUse, Evidence},
    names,
    neighbours::Neighbours,
    slots::{Slot, Slots},
    words,
};
use docwright_read::{dialect::TypeWord, extract::RowFact};

/// The pieces of evidence with a property, by the property's name.
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

    /// Candidates, by name, for having all of these properties: the owners of the rarest
    /// one.
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

    /// The documented named type whose properties a table lists: all of them, or most of
    /// them if the page names the type, GET on the same path returns it, or the resource
    /// uses it. Type cells, required flags and samples must not contradict it.
    pub fn matching(
        &self,
        key: BodyKey,
        owners: &Owners,
        neighbours: &Neighbours<'_>,
    ) -> Option<String> {
        let body = &self.bodies[&key];
        if body.named_type.is_some() || body.fact.rows.is_empty() {
            return None;
        }
        let set = body.names();
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for name in owners.of_all(set.iter().copied()) {
            let slots = &self.by_name[name].slots;
            if !set.iter().all(|name| slots.has(name)) || neighbours.contradict(body, name) {
                continue;
            }
            let candidate = Candidate {
                name,
                missing: slots.len().saturating_sub(set.len()),
                is_named: names_type(body, name),
                is_read: neighbours.is_read_there(key, name),
                is_home: neighbours.is_at_home(key, name),
            };
            let agrees = match candidate.is_named {
                true => !stated_otherwise(slots, body),
                false => same_flags(slots, body) && self.fits(slots, &body.fact.rows),
            };
            if candidate.is_near(&body.fact.rows) && agrees {
                candidates.push(candidate);
            }
        }
        best(&candidates).map(str::to_owned)
    }

    /// Whether all rows can describe properties of a type.
    fn fits(&self, slots: &Slots<'_>, rows: &[RowFact]) -> bool {
        rows.iter().all(|row| self.says_the_same(slots, row))
    }

    /// Whether there is a property with a row's name, and with type cells that are
    /// compatible with the row, including the rows below it.
    pub fn says_the_same(&self, slots: &Slots<'_>, row: &RowFact) -> bool {
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
}

/// A documented type that a table may describe.
struct Candidate<'n> {
    name: &'n str,
    /// How many of its properties the table lacks.
    missing: usize,
    /// Whether the page names it.
    is_named: bool,
    /// Whether GET on the same path returns it.
    is_read: bool,
    /// Whether the same resource uses it.
    is_home: bool,
}

impl Candidate<'_> {
    /// Whether a table has enough of its properties.
    fn is_near(&self, rows: &[RowFact]) -> bool {
        self.is_named
            || (self.is_read && self.missing <= rows.len())
            || (self.missing == 0 && is_telling(rows))
            || (self.missing > 0 && self.is_home && 4 * self.missing <= rows.len())
    }
}

/// The candidate that the page names, or else the only one with the fewest missing
/// properties; of several, the one that GET on the path returns, or the only one that the
/// resource uses.
fn best<'n>(candidates: &[Candidate<'n>]) -> Option<&'n str> {
    if let Some(named) = candidates.iter().find(|it| it.is_named) {
        return Some(named.name);
    }
    let least = candidates.iter().map(|it| it.missing).min()?;
    let nearest = || candidates.iter().filter(|it| it.missing == least);
    fn only<'c, 'n>(mut some: impl Iterator<Item = &'c Candidate<'n>>) -> Option<&'n str>
    where
        'n: 'c,
    {
        let first = some.next().filter(|_| some.next().is_none());
        first.map(|it| it.name)
    }
    only(nearest())
        .or_else(|| only(nearest().filter(|it| it.is_read)))
        .or_else(|| only(nearest().filter(|it| it.is_home)))
}

/// Whether equality with this table can't be a coincidence. With one or two properties it
/// can be, unless one of them has a named type.
pub fn is_telling(rows: &[RowFact]) -> bool {
    let is_named = |row: &RowFact| row.ty.as_ref().and_then(words::named).is_some();
    rows.len() > 2 || rows.iter().any(is_named)
}

/// Whether a table and the type's own tables disagree about whether a property is
/// required. If the page names the type, fewer required properties are not a
/// contradiction.
fn stated_otherwise(slots: &Slots<'_>, body: &BodyUse<'_>) -> bool {
    body.fact.rows.iter().any(|row| {
        let slot = slots.position(&row.name).map(|at| &slots[at]);
        let mut stated = slot.into_iter().flat_map(|slot| &slot.rows);
        let opposite = row.required.map(|required| Some(!required));
        opposite.is_some_and(|opposite| stated.any(|other| other.required == opposite))
    })
}

/// Whether a table requires exactly what a type requires: the bodies that create and
/// update an object may only differ in this.
pub fn same_flags(slots: &Slots<'_>, body: &BodyUse<'_>) -> bool {
    let required = |slot: &Slot<'_>| slot.rows.iter().any(|row| row.is_required());
    let same = |slot: &Slot<'_>| {
        let mut rows = body.fact.rows.iter();
        let row = rows.find(|row| row.name == slot.name);
        row.is_some_and(RowFact::is_required) == required(slot)
    };
    slots.iter().all(same)
}

/// Whether two tables list the same names, including nested rows.
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

/// The name of a body's type in its description: a capitalised word, other than the first
/// of a sentence, that differs from the label at most in letter case.
pub fn said_name(body: &BodyUse<'_>) -> Option<String> {
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
