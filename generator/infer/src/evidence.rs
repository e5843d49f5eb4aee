//! The evidence about types: named types in the making with their slots, bodies, and
//! what is known of names. It is a store; what fills it stands in files of its own.

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

/// A named type in the making.
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
    /// Whether it may have properties that only samples show: words describe a part of it.
    pub is_open: bool,
}

/// Who gave a type its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// Pages call it so.
    Pages,
    /// A rule did, after what the type holds.
    Content,
    /// A rule did, after the place where the type stands.
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

    /// Whether the body is an array: the page says so, or its samples do.
    pub fn is_array(&self) -> bool {
        self.says_array() || (self.root.shape.elements.is_some() && self.root.shape.kinds() == 1)
    }

    /// Whether the page says that the body is an array: by its type's name, or
    /// as the operations of a JSON Patch document are one.
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

/// What one sample of a body shows, and where it stands.
pub type Shown<'f> = (BodyKey, Shape, &'f Provenance);

/// All evidence and bodies.
#[derive(Debug, Default)]
pub struct Evidence<'f> {
    /// Evidence by name.
    pub by_name: BTreeMap<String, NamedType<'f>>,
    /// Documented types by how many properties they have: where a shape is held
    /// against all of them, few have as many as it.
    pub by_size: HashMap<usize, Vec<String>>,
    /// All bodies.
    pub bodies: BTreeMap<BodyKey, BodyUse<'f>>,
    /// Names given by rule to shapes that only samples show, by the named type
    /// and the property where they stand.
    pub given: Given,
    /// Labels of bodies that pages print where they mean no type.
    pub misprinted: BTreeSet<String>,
    /// Labels in type cells that cannot be right.
    pub refuted: Refuted,
    /// What properties of one name are everywhere.
    pub concepts: Concepts,
    /// What pages say of types that they document by themselves.
    pub own: Own,
    /// Names that pages use for things of different kinds.
    pub of_two_things: BTreeSet<String>,
    /// Names of types that pages use: over tables and in type cells.
    pub said: BTreeSet<String>,
    /// Types that pages document by themselves.
    pub pages_own: BTreeSet<String>,
    /// What pages say about types.
    pub descriptions: BTreeMap<String, Text>,
    /// Names that head tables which have little in common.
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

    /// Whether pages describe the type of this name, or at least call one so: docwright
    /// didn't make it up from samples.
    pub fn is_said(&self, name: &str) -> bool {
        let is_there = self.by_name.contains_key(name);
        self.is_described(name) || (is_there && self.said.contains(name))
    }
}
