//! Slots: the places of values, each with the evidence about it.

use std::{collections::HashMap, ops::Deref};

use super::{
    shape::{self, Shape},
    words::{self, Agreed, Votes},
};
use docwright_model::{Direction, Provenance};
use docwright_read::extract::RowFact;

/// The place of a value: a property, or the root of a body.
#[derive(Clone, Debug)]
pub struct Slot<'f> {
    /// The property's name; the body's label for a root.
    pub name: String,
    /// The rows that declare it.
    pub rows: Vec<&'f RowFact>,
    /// What the type cells of these rows say.
    pub votes: Votes<'f>,
    /// Whether some of them have nested rows.
    nests: bool,
    /// What samples show there.
    pub shape: Shape,
    /// The first sample that shows it.
    pub sampled: Option<Provenance>,
    /// The samples that first showed a kind of value, with these kinds.
    kinds: Vec<(u8, Provenance)>,
    /// Which way it travels.
    pub direction: Direction,
    /// The named type that nested rows describe: the type of its value, or of the value's
    /// elements.
    pub inner: Option<String>,
}

impl<'f> Slot<'f> {
    /// A slot without evidence.
    pub fn new(name: &str, direction: Direction) -> Self {
        Self {
            name: name.to_owned(),
            rows: Vec::new(),
            votes: Votes::default(),
            nests: false,
            shape: Shape::default(),
            sampled: None,
            kinds: Vec::new(),
            direction,
            inner: None,
        }
    }

    /// Adds a row that declares it.
    pub fn add(&mut self, row: &'f RowFact) {
        self.rows.push(row);
        self.votes.add(row);
        self.nests |= !row.rows.is_empty();
    }

    /// Whether none of its rows has nested rows.
    pub fn is_flat(&self) -> bool {
        !self.nests
    }

    /// What the type cells of its rows say together.
    pub fn agreed(&self) -> Option<Agreed<'f>> {
        words::agree(&self.votes, &self.rows)
    }

    /// Adds what a sample shows; returns whether that was new.
    pub fn show(&mut self, shape: &Shape, place: &Provenance) -> bool {
        if self.sampled.is_none() && !shape.is_blank() {
            self.sampled = Some(place.clone());
        }
        let before = self.shape.bits();
        let news = self.shape.merge(shape);
        let fresh = self.shape.bits() & !before;
        if fresh != 0 {
            self.kinds.push((fresh, place.clone()));
        }
        news
    }

    /// The first sample that shows `null`.
    pub fn null(&self) -> Option<&Provenance> {
        let mut shown = self.kinds.iter();
        let null = shown.find(|(fresh, _)| fresh & shape::NULL != 0);
        null.map(|(_, place)| place)
    }

    /// The first sample with a kind of value that isn't among these; the first sample if
    /// each kind alone would fit.
    pub fn odd_sample(&self, kinds: u8) -> Option<&Provenance> {
        let mut shown = self.kinds.iter();
        let odd = shown.find(|(fresh, _)| fresh & !kinds & !shape::NULL != 0);
        odd.map(|(_, place)| place).or(self.sampled.as_ref())
    }
}

/// A type's properties in page order, which are also found by name.
#[derive(Clone, Debug, Default)]
pub struct Slots<'f> {
    list: Vec<Slot<'f>>,
    positions: HashMap<String, usize>,
}

impl<'f> Slots<'f> {
    /// The index of the property `name`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// Whether there is a property of this name.
    pub fn has(&self, name: &str) -> bool {
        self.positions.contains_key(name)
    }

    /// The property at index `at`, to add evidence to.
    pub fn at(&mut self, at: usize) -> &mut Slot<'f> {
        &mut self.list[at]
    }

    /// Adds a new property before the one at `at`.
    pub fn insert(&mut self, at: usize, slot: Slot<'f>) {
        self.positions.insert(slot.name.clone(), at);
        self.list.insert(at, slot);
        for (slot, at) in self.list[at..].iter().zip(at..).skip(1) {
            if let Some(position) = self.positions.get_mut(&slot.name) {
                *position = at;
            }
        }
    }

    /// Adds a new property at the end.
    pub fn push(&mut self, slot: Slot<'f>) {
        self.insert(self.list.len(), slot);
    }
}

impl<'f> Deref for Slots<'f> {
    type Target = [Slot<'f>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl<'s, 'f> IntoIterator for &'s Slots<'f> {
    type Item = &'s Slot<'f>;
    type IntoIter = std::slice::Iter<'s, Slot<'f>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_found_wherever_they_were_added() {
        let mut slots = Slots::default();
        let slot = |name| Slot::new(name, Direction::Request);
        slots.push(slot("a"));
        slots.push(slot("c"));
        slots.insert(1, slot("b"));
        let names: Vec<_> = slots.iter().map(|slot| slot.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert!(
            names
                .iter()
                .enumerate()
                .all(|(at, name)| slots.position(name) == Some(at))
        );
        assert!(!slots.has("d"));
    }
}
