//! Evidence and their slots: which table of properties describes which type,
//! and all older about each property.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use foldhash::HashMap;
use rayon::prelude::*;

use super::{
    Operation, bodies,
    concepts::{self, Concepts},
    decide, dotted,
    labels::{self, Refuted},
    names::{self, Given},
    shape::Shape,
    sides::Side,
    slots::{Slot, Slots},
};
use crate::{
    dialect::{Dialect, TypeWord},
    extract::{BodyFact, PageFacts, RowFact},
    model::{Direction, Known, Provenance, Text},
};

/// A named type in the making.
#[derive(Clone, Debug)]
pub struct NamedType<'f> {
    /// How it is known.
    pub known: Known,
    /// Its properties, in page order.
    pub slots: Slots<'f>,
    /// The places that describe it.
    pub provenance: Vec<Provenance>,
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
        word || bodies::is_json_patch(&self.names())
    }
}

/// Which body of which operation: index and direction.
pub type BodyKey = (usize, Direction);

/// All evidence and bodies.
#[derive(Debug, Default)]
pub struct Evidence<'f> {
    /// Evidence by name.
    pub by_name: BTreeMap<String, NamedType<'f>>,
    /// Documented types by how many properties they have: where a shape is held
    /// against all of them, few have as many as it.
    pub by_size: HashMap<usize, Vec<String>>,
    /// Bodies by operation and direction.
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
    /// Types that pages document by themselves.
    pub pages_own: BTreeSet<String>,
    /// What pages say about types.
    pub descriptions: BTreeMap<String, Text>,
    /// Names that head tables which have little in common.
    pub homonyms: BTreeMap<String, Vec<BodyKey>>,
    /// Tables that have little in common with most others under their name.
    pub strays: Vec<(String, BodyKey)>,
}

impl<'f> Evidence<'f> {
    /// Sorts the tables of all operations into evidence.
    pub fn collect(
        operations: &[Operation<'f>],
        pages: &'f [PageFacts],
        dialect: &Dialect,
    ) -> Self {
        let mut evidence = Self::default();
        let operation_names = names::operation_names(operations);
        let named = operations.par_iter().zip(&operation_names);
        let sides = named.map(|(operation, name)| Side::of(operation, name, dialect));
        let sides: Vec<_> = sides.collect();
        let mut shown = Vec::new();
        for (index, sides) in sides.into_iter().enumerate() {
            for Side {
                direction,
                body,
                shapes,
            } in sides
            {
                let key = (index, direction);
                shown.extend(shapes.into_iter().map(|(shape, place)| (key, shape, place)));
                evidence.bodies.insert(key, body);
            }
        }
        evidence.add_types(pages, dialect);
        let keys: Vec<BodyKey> = evidence.bodies.keys().copied().collect();
        evidence.name_documented(&keys);
        evidence.misprinted = labels::misprinted(&evidence, operations);
        // Matching must see all documented evidence, so it comes second; and
        // what is matched must not make others match, so it is added third.
        let mut owners = evidence.owners();
        let matching =
            |key: &BodyKey| Some((*key, evidence.matching(&evidence.bodies[key], &owners)?));
        let matched: Vec<_> = keys.par_iter().filter_map(matching).collect();
        for (key, name) in matched {
            evidence.assign(key, name, Known::Matched);
        }
        for key in &keys {
            evidence.name_by_rule(*key, &operation_names[key.0], &mut owners);
        }
        evidence.name_nested();
        evidence.show_types(pages, dialect);
        evidence.refuted = labels::refuted(&evidence, &shown);
        for (key, shape, place) in shown {
            evidence.show(key, &shape, place);
        }
        evidence
    }

    /// A table under a type's own name describes that type, unless tables
    /// under the same name have little in common: then the name is wrong at
    /// some of them. It is right where most are alike; else nobody knows.
    fn name_documented(&mut self, keys: &[BodyKey]) {
        let mut by_label: BTreeMap<String, Vec<BodyKey>> = BTreeMap::new();
        for key in keys {
            let body = &self.bodies[key];
            if let (Some(TypeWord::Named(name)), false) = (&body.word, body.fact.rows.is_empty()) {
                by_label.entry(name.clone()).or_default().push(*key);
            }
        }
        for (name, keys) in by_label {
            let mut groups = self.alike(&keys);
            groups.sort_by_key(|group| Reverse(group.len()));
            let most = groups.first().map_or(0, Vec::len);
            let is_clear = 2 * most > keys.len();
            if is_clear {
                for key in groups.remove(0) {
                    self.assign(key, name.clone(), Known::Documented);
                }
            }
            for key in groups.into_iter().flatten() {
                if let Some(body) = self.bodies.get_mut(&key) {
                    body.word = Some(TypeWord::Object);
                }
                match is_clear {
                    true => self.strays.push((name.clone(), key)),
                    false => self.homonyms.entry(name.clone()).or_default().push(key),
                }
            }
        }
        for keys in self.homonyms.values_mut() {
            keys.sort_unstable();
        }
    }

    /// Sorts tables into groups that share at least half of their properties.
    fn alike(&self, keys: &[BodyKey]) -> Vec<Vec<BodyKey>> {
        let mut groups: Vec<(BTreeSet<&str>, Vec<BodyKey>)> = Vec::new();
        for key in keys {
            let names = self.bodies[key].names();
            let near = |all: &BTreeSet<&str>| {
                2 * all.intersection(&names).count() >= all.union(&names).count()
            };
            match groups.iter_mut().find(|(all, _)| near(all)) {
                Some((all, group)) => {
                    all.extend(names);
                    group.push(*key);
                }
                None => groups.push((names, vec![*key])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// Enters a body's table as a description of a named type.
    pub fn assign(&mut self, key: BodyKey, name: String, known: Known) {
        let Some(body) = self.bodies.get_mut(&key) else {
            return;
        };
        body.named_type = Some((name.clone(), known));
        let fact = body.fact;
        self.describe_by(name, &fact.rows, &fact.provenance, key.1);
    }

    /// Enters rows as a description of a named type.
    pub fn describe_by(
        &mut self,
        name: String,
        rows: &'f [RowFact],
        place: &Provenance,
        direction: Direction,
    ) {
        let named_type = self.by_name.entry(name).or_insert_with(|| NamedType {
            known: Known::Documented,
            slots: Slots::default(),
            provenance: Vec::new(),
        });
        named_type.provenance.push(place.clone());
        let mut behind = 0;
        for row in rows {
            let found = named_type.slots.position(&row.name);
            // A property that other tables lack stands behind the one that it
            // follows here.
            let at = found.unwrap_or_else(|| {
                named_type
                    .slots
                    .insert(behind, Slot::new(&row.name, direction));
                behind
            });
            let slot = named_type.slots.at(at);
            slot.direction = slot.direction.and(direction);
            slot.add(row);
            behind = at + 1;
        }
    }

    /// Hands what one sample of a body shows to the slots of its named type.
    fn show(&mut self, key: BodyKey, shape: &Shape, place: &Provenance) {
        let Some(body) = self.bodies.get_mut(&key) else {
            return;
        };
        body.root.show(shape, place);
        if let (Some((named_type, _)), Some(object)) = (&body.named_type, shape.some_object()) {
            let observe = decide::Observation {
                named_type: named_type.clone(),
                object: object.clone(),
                place: place.clone(),
                direction: key.1,
            };
            self.observe(&observe);
        }
    }

    /// Takes the samples of other pages as older: those of the operation
    /// with the same uid, or the same method and path. They add to what is
    /// known of slots, and never an operation or a documented property.
    pub fn show_older(&mut self, operations: &[Operation<'_>], older: &[PageFacts]) {
        let (mut by_uid, mut by_route) = (HashMap::default(), HashMap::default());
        for (index, operation) in operations.iter().enumerate() {
            let facts = operation.facts;
            by_uid.entry(&operation.uid).or_insert(index);
            by_route
                .entry((&facts.method, &facts.path))
                .or_insert(index);
        }
        for facts in older.iter().flat_map(|page| &page.operations) {
            let same_uid = facts.uid.as_ref().and_then(|uid| by_uid.get(uid));
            let same_route = by_route.get(&(&facts.method, &facts.path));
            let Some(&index) = same_uid.into_iter().chain(same_route).min() else {
                continue;
            };
            for sample in facts.samples.iter().filter(|sample| sample.is_success()) {
                let key = (index, sample.direction);
                if let Some(value) = &sample.body {
                    self.show(key, &Shape::of(value), &sample.provenance);
                }
            }
        }
    }

    /// Decides all slots by their own older, then those that are still
    /// unknown by what properties of their name are elsewhere.
    pub fn resolve(&mut self, operations: &[Operation<'f>], dialect: &Dialect) {
        self.sort_by_size();
        let dotted = dotted::trees(operations);
        self.resolve_once(&dotted, dialect);
        self.concepts = concepts::collect(self, dialect);
        self.resolve_once(&dotted, dialect);
    }

    /// Takes note of how many properties documented types have. Samples add none
    /// to them.
    pub fn sort_by_size(&mut self) {
        self.by_size.clear();
        for (name, named_type) in &self.by_name {
            if named_type.known < Known::Sampled {
                let same = self.by_size.entry(named_type.slots.len()).or_default();
                same.push(name.clone());
            }
        }
    }

    /// Decides all slots where samples show objects, and hands these to their
    /// evidence, until nothing changes. Other slots have nothing to hand on.
    fn resolve_once(&mut self, dotted: &[dotted::Node<'f>], dialect: &Dialect) {
        loop {
            let mut changed = self.enter_dotted(dotted, dialect);
            let names: Vec<String> = self.by_name.keys().cloned().collect();
            for name in names {
                let slots = self.by_name[&name].slots.iter().enumerate();
                let holding = slots.filter(|(_, slot)| slot.shape.holds_objects());
                let holding: Vec<_> = holding.map(|(at, _)| at).collect();
                for at in holding {
                    let slot = &self.by_name[&name].slots[at];
                    let observations = decide::decide(slot, &name, self, dialect).observations;
                    changed |= self.observe_all(&observations);
                }
            }
            let bodies = self.bodies.iter();
            let holds =
                |body: &BodyUse<'_>| body.named_type.is_none() && body.root.shape.holds_objects();
            let keys = bodies.filter_map(|(key, body)| holds(body).then_some(*key));
            for key in keys.collect::<Vec<_>>() {
                let observations =
                    decide::decide_body(&self.bodies[&key], self, dialect).observations;
                changed |= self.observe_all(&observations);
            }
            if !changed {
                return;
            }
        }
    }

    fn observe_all(&mut self, observations: &[decide::Observation]) -> bool {
        observations
            .iter()
            .fold(false, |changed, observe| self.observe(observe) | changed)
    }

    /// Hands a nested object to its named type; whether that was news.
    pub fn observe(&mut self, observe: &decide::Observation) -> bool {
        let mut changed = false;
        let named_type = self
            .by_name
            .entry(observe.named_type.clone())
            .or_insert_with(|| {
                changed = true;
                NamedType {
                    known: Known::Sampled,
                    slots: Slots::default(),
                    provenance: vec![observe.place.clone()],
                }
            });
        for (name, shape) in &observe.object.keys {
            let known = named_type.slots.position(name);
            let slot = match known {
                Some(at) => named_type.slots.at(at),
                // A documented table is complete: what only samples show is no
                // property of it.
                None if named_type.known < Known::Sampled => continue,
                None => {
                    changed = true;
                    named_type.slots.push(Slot::new(name, observe.direction));
                    named_type.slots.at(named_type.slots.len() - 1)
                }
            };
            if named_type.known == Known::Sampled {
                let direction = slot.direction.and(observe.direction);
                changed |= direction != slot.direction;
                slot.direction = direction;
            }
            changed |= slot.show(shape, &observe.place);
        }
        changed
    }
}
