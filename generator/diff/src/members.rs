//! Compares the content of two named types. [`super::values`] compares the values of
//! enums.

use std::collections::BTreeMap;

use super::{
    Noise, NoiseKind,
    collect::{Comparison, TypeChange, Typed, Word, noise},
    facets,
    finding::Change,
    operations::change,
    relate::{Relation, has_same_shape, is_stated},
    rules::the,
    types::{Node, common, is_returned, is_sent},
    words,
};
use docwright_model::{Direction, Property, Schema, Shape};

/// Properties of a type and of its counterpart.
pub(super) struct Matching<'a> {
    pub same: Vec<(&'a Property, &'a Property)>,
    pub renamed: Vec<(&'a Property, &'a Property)>,
    removed: Vec<&'a Property>,
    added: Vec<&'a Property>,
}

/// Matches properties by name; the remaining ones if only the name differs: they have the
/// same type, and the same description or the same letters in their names.
pub(super) fn match_properties<'a>(old: &'a [Property], new: &'a [Property]) -> Matching<'a> {
    let mut by_name: BTreeMap<&str, &Property> = new.iter().map(|it| (&*it.name, it)).collect();
    let mut matching = Matching {
        same: Vec::new(),
        renamed: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
    };
    for was in old {
        match by_name.remove(&*was.name) {
            Some(is) => matching.same.push((was, is)),
            None => matching.removed.push(was),
        }
    }
    if matching.removed.is_empty() && by_name.is_empty() {
        return matching;
    }
    matching.added = new
        .iter()
        .filter(|it| by_name.contains_key(&*it.name))
        .collect();
    for was in std::mem::take(&mut matching.removed) {
        let alike = |it: &&Property| {
            let words = (was.description.as_ref(), it.description.as_ref());
            let described = words.0.is_some() && words::are_same(words.0, words.1);
            it.ty == was.ty
                && it.direction == was.direction
                && it.required == was.required
                && (described || letters(&it.name) == letters(&was.name))
        };
        match matching.added.iter().position(alike) {
            Some(at) => matching.renamed.push((was, matching.added.remove(at))),
            None => matching.removed.push(was),
        }
    }
    matching
}

/// Whether a heading above a type has its name. Otherwise the name was made by rule, or
/// comes from uses of the type. If headings are unknown, the name counts as stated.
fn is_said(schema: &Schema) -> bool {
    let name = letters(&schema.name);
    let mut headings = schema.provenance.iter().map(|it| it.heading.as_deref());
    schema.provenance.is_empty()
        || headings.any(|it| it.is_none_or(|heading| letters(heading).contains(&name)))
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl<'a> From<&'a Property> for Typed<'a> {
    fn from(property: &'a Property) -> Self {
        Self {
            ty: &property.ty,
            known: property.known,
            places: &property.provenance,
            word: Word::Cell(property.provenance.first()),
        }
    }
}

/// Whether a table lists this property of a type, so that it isn't only known from a
/// sample.
fn is_declared(property: &Property, of: &Schema) -> bool {
    is_stated(of.known)
        || is_stated(property.known)
        || property.provenance.iter().any(|it| it.row.is_some())
}

/// Whether the old and the new property are marked as deprecated. No mark doesn't deny
/// it.
fn are_deprecated(old: &Property, new: &Property) -> (bool, bool) {
    let words = old.description.as_ref().zip(new.description.as_ref());
    let deprecated = words.map(|(was, is)| {
        let states =
            |it: &Property, words| it.facets.is_deprecated() || words::is_deprecated(Some(words));
        (states(old, was), states(new, is))
    });
    deprecated.unwrap_or_default()
}

/// A pair of types that is compared.
pub(super) struct At<'a> {
    pub node: usize,
    pub old: &'a Schema,
    pub new: &'a Schema,
    pub direction: Direction,
}

impl<'a> Comparison<'a> {
    /// Compares a pair of types in messages of this direction.
    pub fn members(&mut self, node: usize, direction: Direction) {
        let Node { old, new, .. } = self.graph.nodes[node];
        let at = At {
            node,
            old,
            new,
            direction,
        };
        if old.name != new.name {
            self.renamed(&at);
        }
        let place = new.provenance.first();
        let words = (old.description.as_ref(), new.description.as_ref());
        self.description(|| new.name.clone(), words, place);
        match (&old.shape, &new.shape) {
            (Shape::Properties(was), Shape::Properties(is)) => self.properties(&at, was, is),
            (Shape::Values(was), Shape::Values(is)) => self.values(&at, was, is),
            _ => {}
        }
    }

    /// The same thing under another name.
    fn renamed(&mut self, at: &At<'a>) {
        let (old, new) = (at.old, at.new);
        let is_gone = self.new.schema(&old.name).is_none();
        let is_new = self.old.schema(&new.name).is_none();
        let is_stated = is_stated(old.known) && is_stated(new.known);
        let is_said = is_said(old) && is_said(new);
        if is_gone
            && is_new
            && is_stated
            && is_said
            && has_same_shape(old, new)
            && self.is_only_pair(at)
        {
            let change = Change {
                old: Some(old.name.clone()),
                new: Some(new.name.clone()),
                direction: at.direction,
                old_place: old.provenance.first().cloned(),
                new_place: new.provenance.first().cloned(),
                ..change(the("type-renamed"), new.name.clone())
            };
            let reached = self.graph.reached(at.node, at.direction);
            self.findings.add(change, reached);
            return;
        }
        self.noise.push(Noise {
            old: Some(old.name.clone()),
            new: Some(new.name.clone()),
            breaks_rust: true,
            ..noise(NoiseKind::Label, new.name.clone(), new.provenance.first())
        });
    }

    fn is_only_pair(&self, at: &At) -> bool {
        let shares = |it: &&Node| it.old.name == at.old.name || it.new.name == at.new.name;
        self.graph.nodes.iter().filter(shares).count() == 1
    }

    fn properties(&mut self, at: &At<'a>, old: &'a [Property], new: &'a [Property]) {
        let matching = match_properties(old, new);
        for (was, is) in matching.same {
            self.property(at, was, is);
        }
        for (was, is) in matching.renamed {
            let texts = (Some(was.name.clone()), Some(is.name.clone()));
            let subject = format!("{}.{}", at.new.name, is.name);
            let Some(direction) = common(at.direction, is.direction) else {
                continue;
            };
            if is_declared(was, at.old) && is_declared(is, at.new) {
                let change = Change {
                    old: texts.0,
                    new: texts.1,
                    direction,
                    old_place: was.provenance.first().cloned(),
                    new_place: is.provenance.first().cloned(),
                    ..change(the("property-renamed"), subject)
                };
                self.reaching(at, change);
            } else {
                self.correction(subject, texts.0, texts.1, is.provenance.first());
            }
        }
        for was in matching.removed {
            self.existence(at, was, "property-removed");
        }
        for is in matching.added {
            let rule = match is.required {
                true => "property-added-required",
                false => "property-added",
            };
            self.existence(at, is, rule);
        }
        let names = |it: &'a [Property]| it.iter().map(|it| it.name.as_str());
        let subject = || format!("{} properties", at.new.name);
        self.order(subject, names(old), names(new), at.new.provenance.first());
    }

    /// A property that is in one of the types only.
    fn existence(&mut self, at: &At<'a>, property: &'a Property, rule: &'static str) {
        let Some(direction) = common(at.direction, property.direction) else {
            return;
        };
        let is_old = rule == "property-removed";
        // A type that is only known from samples may have more properties.
        let (of, other) = match is_old {
            true => (at.old, at.new),
            false => (at.new, at.old),
        };
        let subject = format!("{}.{}", at.new.name, property.name);
        let text = Some(property.ty.to_string());
        let place = property.provenance.first();
        let shown = self.shown(at, direction, property, is_old);
        if !(is_declared(property, of) && is_stated(other.known)) {
            let (old, new) = if is_old { (text, None) } else { (None, text) };
            return self.correction(subject, old, new, place);
        }
        // Without pages, the place to look at is that of the type.
        let (there, elsewhere) = match shown {
            Some((row, table)) => (Some(row), Some(table)),
            None => (place, other.provenance.first()),
        };
        let mut change = change(the(rule), subject);
        change.direction = direction;
        (change.old, change.new, change.old_place, change.new_place) = match is_old {
            true => (text, None, there.cloned(), elsewhere.cloned()),
            false => (None, text, elsewhere.cloned(), there.cloned()),
        };
        self.reaching(at, change);
    }

    /// A property that is in both types.
    fn property(&mut self, at: &At<'a>, old: &'a Property, new: &'a Property) {
        let Some(direction) = common(at.direction, old.direction.and(new.direction)) else {
            return;
        };
        let subject = || format!("{}.{}", at.new.name, new.name);
        let place = new.provenance.first();
        let say = |rule, direction| Change {
            direction,
            old_place: old.provenance.first().cloned(),
            new_place: place.cloned(),
            ..change(the(rule), subject())
        };
        if let Some(rule) = self.property_type(old, new, &subject) {
            let mut change = say(rule, direction);
            change.old = Some(old.ty.to_string());
            change.new = Some(new.ty.to_string());
            self.reaching(at, change);
        }
        if old.required != new.required {
            let rule = match new.required {
                true => "property-became-required",
                false => "property-became-optional",
            };
            let mut change = say(rule, direction);
            if let Some((was, is)) = self.marked(at, direction, &new.name) {
                change.old_place = Some(was.clone());
                change.new_place = Some(is.clone());
            }
            self.reaching(at, change);
        }
        for (rule, was, is) in facets::changes(&old.facets, &new.facets) {
            let mut change = say(rule, direction);
            (change.old, change.new) = (was, is);
            self.reaching(at, change);
        }
        self.ways(at, old, new);
        match are_deprecated(old, new) {
            (false, true) => self.reaching(at, say("property-deprecated", direction)),
            (true, false) => self.reaching(at, say("property-undeprecated", direction)),
            _ => {
                let words = (old.description.as_ref(), new.description.as_ref());
                self.description(subject, words, place);
            }
        }
        self.heading(subject, old.provenance.first(), place);
    }

    /// The rule about a change of a property's type, unless pages only state more or less
    /// about it.
    fn property_type(
        &mut self,
        old: &'a Property,
        new: &'a Property,
        subject: &dyn Fn() -> String,
    ) -> Option<&'static str> {
        let place = new.provenance.first();
        Some(match self.relate(old.into(), new.into()).0 {
            TypeChange::Finding(Relation::Narrowed) => "property-type-narrowed",
            TypeChange::Finding(Relation::Widened) => "property-type-widened",
            TypeChange::Finding(_) => "property-type-changed",
            TypeChange::Doubtful => "inferred-type-changed",
            TypeChange::Correction => {
                let (was, is) = self.type_texts(&old.ty, &new.ty);
                self.correction(subject(), was, is, place);
                return None;
            }
            TypeChange::Same => {
                self.knowledge(subject, (old.into(), new.into()), place);
                return None;
            }
        })
    }

    /// In which messages a property is.
    fn ways(&mut self, at: &At<'a>, old: &'a Property, new: &'a Property) {
        if old.direction == new.direction {
            return;
        }
        // If a type was split or merged, each of its parts only has some of the
        // directions.
        let is_stated =
            is_declared(old, at.old) && is_declared(new, at.new) && self.is_only_pair(at);
        for (way, had, has, rules) in [
            (
                Direction::Request,
                is_sent(old.direction),
                is_sent(new.direction),
                ["property-no-longer-accepted", "property-accepted"],
            ),
            (
                Direction::Response,
                is_returned(old.direction),
                is_returned(new.direction),
                ["property-no-longer-returned", "property-returned"],
            ),
        ] {
            if had == has || common(at.direction, way).is_none() {
                continue;
            }
            let subject = format!("{}.{}", at.new.name, new.name);
            let place = new.provenance.first();
            if is_stated {
                let change = Change {
                    direction: way,
                    old_place: old.provenance.first().cloned(),
                    new_place: place.cloned(),
                    ..change(the(rules[usize::from(has)]), subject)
                };
                self.reaching(at, change);
            } else {
                let text = |it: &Property| Some(format!("in {:?}", it.direction).to_lowercase());
                self.noise.push(Noise {
                    old: text(old),
                    new: text(new),
                    ..noise(NoiseKind::Knowledge, subject, place)
                });
            }
        }
    }

    /// Adds a change of a type, with all operations that it affects.
    pub(super) fn reaching(&mut self, at: &At, change: Change) {
        let reached = self.graph.reached(at.node, change.direction);
        self.findings.add(change, reached);
    }
}
