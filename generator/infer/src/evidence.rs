//! The evidence about types: the named types so far with their slots, bodies, and what is
//! known about names. It only stores; other files fill it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    bodies,
    names::Given,
    operation::Part,
    own::Own,
    shape::{Object, Shape},
    slots::{Slot, Slots},
};
use docwright_model::{Direction, Known, Provenance, Text, Type};
use docwright_read::{dialect::TypeWord, extract::BodyFact};

/// Pairs of a label and a property's name where the label cannot be right.
pub type Refuted = BTreeSet<(String, String)>;

/// The type that a property of this name has everywhere.
pub type Concepts = BTreeMap<String, Type>;

/// A named type during inference.
#[derive(Clone, Debug)]
pub struct NamedType<'f> {
    /// How it is known.
    pub known: Known,
    /// Its properties, in page order.
    pub slots: Slots<'f>,
    /// The places that describe it.
    pub provenance: Vec<Provenance>,
    /// Who gave it its name.
    pub named_by: NamedBy,
    /// Whether it may have properties that only samples show, because its description is
    /// incomplete.
    pub is_open: bool,
}

/// Who gave a type its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// Pages call it so.
    Pages,
    /// A rule did, after what the type holds.
    Content,
    /// Named by rule, after the place of the type.
    Place,
}

/// A request's or an answer's body.
#[derive(Clone, Debug)]
pub struct BodyUse<'f> {
    /// The facts.
    pub fact: &'f BodyFact,
    /// What the label means as a type, when it is one.
    pub word: Option<TypeWord>,
    /// The named type that its table describes.
    pub named_type: Option<(String, Known)>,
    /// What samples of the whole body show.
    pub root: Slot<'f>,
}

impl<'f> BodyUse<'f> {
    /// The names of the properties that its table lists.
    pub fn names(&self) -> BTreeSet<&'f str> {
        let rows = self.fact.rows.iter();
        rows.map(|row| row.name.as_str()).collect()
    }

    /// Whether the body is an array, by the page or its samples.
    pub fn is_array(&self) -> bool {
        self.says_array() || (self.root.shape.elements.is_some() && self.root.shape.kinds() == 1)
    }

    /// Whether the page states that the body is an array: by the name of its type, or
    /// because it is a JSON Patch document.
    pub fn says_array(&self) -> bool {
        let word = matches!(self.word, Some(TypeWord::Array(_)));
        word || self.fact.is_array || bodies::is_json_patch(&self.names())
    }
}

/// An object that samples show inside a slot: evidence about its own named type.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The named type's name.
    pub named_type: String,
    /// The object's keys.
    pub object: Arc<Object>,
    /// The sample.
    pub place: Provenance,
    /// Which way it travels.
    pub direction: Direction,
}

/// Which body of which operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BodyKey {
    /// The operation's index.
    pub operation: usize,
    /// Whether it is a request's or a response's.
    pub direction: Direction,
    /// Which one of these.
    pub part: Part,
}

/// What one sample of a body shows, and its place.
pub type Shown<'f> = (BodyKey, Shape, &'f Provenance);

/// All evidence and bodies.
#[derive(Debug, Default)]
pub struct Evidence<'f> {
    /// Evidence by name.
    pub by_name: BTreeMap<String, NamedType<'f>>,
    /// Documented types by number of properties, to compare a shape only with the few
    /// that have the same number.
    pub by_size: HashMap<usize, Vec<String>>,
    /// All bodies.
    pub bodies: BTreeMap<BodyKey, BodyUse<'f>>,
    /// Names given by rule to shapes that only samples show, by named type and property.
    pub given: Given,
    /// Labels of bodies that pages also print where they aren't types.
    pub misprinted: BTreeSet<String>,
    /// Labels in type cells that cannot be right.
    pub refuted: Refuted,
    /// The types that properties with a name have everywhere.
    pub concepts: Concepts,
    /// What pages state about types with their own heading.
    pub own: Own,
    /// Names that pages use for things of different kinds.
    pub of_two_things: BTreeSet<String>,
    /// Names of types that pages use: over tables and in type cells.
    pub said: BTreeSet<String>,
    /// Types that pages document by themselves.
    pub pages_own: BTreeSet<String>,
    /// What pages say about types.
    pub descriptions: BTreeMap<String, Text>,
    /// Names above tables that have little in common.
    pub homonyms: BTreeMap<String, Vec<BodyKey>>,
    /// Tables that have little in common with most others under their name.
    pub strays: Vec<(String, BodyKey)>,
}

impl Evidence<'_> {
    /// Whether a page describes the type of this name.
    pub fn is_described(&self, name: &str) -> bool {
        let named_type = self.by_name.get(name);
        let described = named_type.is_some_and(|it| it.known < Known::Sampled);
        let other = self.own.get(name).is_some_and(|fact| {
            !fact.values.is_empty() || !fact.members.is_empty() || fact.alias.is_some()
        });
        described || other
    }

    /// Whether pages describe or at least name this type, so that it isn't only made from
    /// samples.
    pub fn is_said(&self, name: &str) -> bool {
        let is_there = self.by_name.contains_key(name);
        self.is_described(name) || (is_there && self.said.contains(name))
    }
}
