//! Carriers and their sites: which table of properties describes which type,
//! and all evidence about each property.

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
    sites::{Site, Sites},
};
use crate::{
    dialect::{Dialect, TypeWord},
    extract::{BodyFact, PageFacts, RowFact},
    model::{Direction, Known, Provenance, Text},
};

/// A named type in the making.
#[derive(Clone, Debug)]
pub struct Carrier<'f> {
    /// How it is known.
    pub known: Known,
    /// Its properties, in page order.
    pub sites: Sites<'f>,
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
    /// The carrier that its table describes.
    pub carrier: Option<(String, Known)>,
    /// What samples of the whole body show.
    pub root: Site<'f>,
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

/// All carriers and bodies.
#[derive(Debug, Default)]
pub struct Carriers<'f> {
    /// Carriers by name.
    pub by_name: BTreeMap<String, Carrier<'f>>,
    /// Documented types by how many properties they have: where a shape is held
    /// against all of them, few have as many as it.
    pub by_size: HashMap<usize, Vec<String>>,
    /// Bodies by operation and direction.
    pub bodies: BTreeMap<BodyKey, BodyUse<'f>>,
    /// Names given by rule to shapes that only samples show, by the carrier
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

impl<'f> Carriers<'f> {
    /// Sorts the tables of all operations into carriers.
    pub fn collect(
        operations: &[Operation<'f>],
        pages: &'f [PageFacts],
        dialect: &Dialect,
    ) -> Self {
        let mut carriers = Self::default();
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
                carriers.bodies.insert(key, body);
            }
        }
        carriers.add_types(pages, dialect);
        let keys: Vec<BodyKey> = carriers.bodies.keys().copied().collect();
        carriers.name_documented(&keys);
        carriers.misprinted = labels::misprinted(&carriers, operations);
        // Matching must see all documented carriers, so it comes second; and
        // what is matched must not make others match, so it is added third.
        let mut owners = carriers.owners();
        let matching =
            |key: &BodyKey| Some((*key, carriers.matching(&carriers.bodies[key], &owners)?));
        let matched: Vec<_> = keys.par_iter().filter_map(matching).collect();
        for (key, name) in matched {
            carriers.assign(key, name, Known::Matched);
        }
        for key in &keys {
            carriers.name_by_rule(*key, &operation_names[key.0], &mut owners);
        }
        carriers.name_nested();
        carriers.show_types(pages, dialect);
        carriers.refuted = labels::refuted(&carriers, &shown);
        for (key, shape, place) in shown {
            carriers.show(key, &shape, place);
        }
        carriers
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

    /// Enters a body's table as a description of a carrier.
    pub fn assign(&mut self, key: BodyKey, name: String, known: Known) {
        let Some(body) = self.bodies.get_mut(&key) else {
            return;
        };
        body.carrier = Some((name.clone(), known));
        let fact = body.fact;
        self.describe_by(name, &fact.rows, &fact.provenance, key.1);
    }

    /// Enters rows as a description of a carrier.
    pub fn describe_by(
        &mut self,
        name: String,
        rows: &'f [RowFact],
        place: &Provenance,
        direction: Direction,
    ) {
        let carrier = self.by_name.entry(name).or_insert_with(|| Carrier {
            known: Known::Documented,
            sites: Sites::default(),
            provenance: Vec::new(),
        });
        carrier.provenance.push(place.clone());
        let mut behind = 0;
        for row in rows {
            let found = carrier.sites.position(&row.name);
            // A property that other tables lack stands behind the one that it
            // follows here.
            let at = found.unwrap_or_else(|| {
                carrier
                    .sites
                    .insert(behind, Site::new(&row.name, direction));
                behind
            });
            let site = carrier.sites.at(at);
            site.direction = site.direction.and(direction);
            site.add(row);
            behind = at + 1;
        }
    }

    /// Hands what one sample of a body shows to the sites of its carrier.
    fn show(&mut self, key: BodyKey, shape: &Shape, place: &Provenance) {
        let Some(body) = self.bodies.get_mut(&key) else {
            return;
        };
        body.root.show(shape, place);
        if let (Some((carrier, _)), Some(object)) = (&body.carrier, shape.some_object()) {
            let spill = decide::Spill {
                carrier: carrier.clone(),
                object: object.clone(),
                place: place.clone(),
                direction: key.1,
            };
            self.spill(&spill);
        }
    }

    /// Takes the samples of other pages as evidence: those of the operation
    /// with the same uid, or the same method and path. They add to what is
    /// known of sites, and never an operation or a documented property.
    pub fn show_evidence(&mut self, operations: &[Operation<'_>], evidence: &[PageFacts]) {
        let (mut by_uid, mut by_route) = (HashMap::default(), HashMap::default());
        for (index, operation) in operations.iter().enumerate() {
            let facts = operation.facts;
            by_uid.entry(&operation.uid).or_insert(index);
            by_route
                .entry((&facts.method, &facts.path))
                .or_insert(index);
        }
        for facts in evidence.iter().flat_map(|page| &page.operations) {
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

    /// Decides all sites by their own evidence, then those that are still
    /// unknown by what properties of their name are elsewhere.
    pub fn settle(&mut self, operations: &[Operation<'f>], dialect: &Dialect) {
        self.sort_by_size();
        let dotted = dotted::trees(operations);
        self.settle_once(&dotted, dialect);
        self.concepts = concepts::collect(self, dialect);
        self.settle_once(&dotted, dialect);
    }

    /// Takes note of how many properties documented types have. Samples add none
    /// to them.
    pub fn sort_by_size(&mut self) {
        self.by_size.clear();
        for (name, carrier) in &self.by_name {
            if carrier.known < Known::Sampled {
                let same = self.by_size.entry(carrier.sites.len()).or_default();
                same.push(name.clone());
            }
        }
    }

    /// Decides all sites where samples show objects, and hands these to their
    /// carriers, until nothing changes. Other sites have nothing to hand on.
    fn settle_once(&mut self, dotted: &[dotted::Node<'f>], dialect: &Dialect) {
        loop {
            let mut changed = self.enter_dotted(dotted, dialect);
            let names: Vec<String> = self.by_name.keys().cloned().collect();
            for name in names {
                let sites = self.by_name[&name].sites.iter().enumerate();
                let holding = sites.filter(|(_, site)| site.shape.holds_objects());
                let holding: Vec<_> = holding.map(|(at, _)| at).collect();
                for at in holding {
                    let site = &self.by_name[&name].sites[at];
                    let spills = decide::decide(site, &name, self, dialect).spills;
                    changed |= self.spill_all(&spills);
                }
            }
            let bodies = self.bodies.iter();
            let holds =
                |body: &BodyUse<'_>| body.carrier.is_none() && body.root.shape.holds_objects();
            let keys = bodies.filter_map(|(key, body)| holds(body).then_some(*key));
            for key in keys.collect::<Vec<_>>() {
                let spills = decide::decide_body(&self.bodies[&key], self, dialect).spills;
                changed |= self.spill_all(&spills);
            }
            if !changed {
                return;
            }
        }
    }

    fn spill_all(&mut self, spills: &[decide::Spill]) -> bool {
        spills
            .iter()
            .fold(false, |changed, spill| self.spill(spill) | changed)
    }

    /// Hands a nested object to its carrier; whether that was news.
    pub fn spill(&mut self, spill: &decide::Spill) -> bool {
        let mut changed = false;
        let carrier = self
            .by_name
            .entry(spill.carrier.clone())
            .or_insert_with(|| {
                changed = true;
                Carrier {
                    known: Known::Sampled,
                    sites: Sites::default(),
                    provenance: vec![spill.place.clone()],
                }
            });
        for (name, shape) in &spill.object.keys {
            let known = carrier.sites.position(name);
            let site = match known {
                Some(at) => carrier.sites.at(at),
                // A documented table is complete: what only samples show is no
                // property of it.
                None if carrier.known < Known::Sampled => continue,
                None => {
                    changed = true;
                    carrier.sites.push(Site::new(name, spill.direction));
                    carrier.sites.at(carrier.sites.len() - 1)
                }
            };
            if carrier.known == Known::Sampled {
                let direction = site.direction.and(spill.direction);
                changed |= direction != site.direction;
                site.direction = direction;
            }
            changed |= site.show(shape, &spill.place);
        }
        changed
    }
}
