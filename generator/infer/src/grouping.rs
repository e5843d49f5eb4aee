//! Which table describes the type that is named above it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    evidence::{BodyKey, Evidence, NamedBy, NamedType},
    labels::is_akin,
    shape::Shape,
    slots::{Slot, Slots},
    words,
};
use docwright_model::{Direction, Known, Provenance};
use docwright_read::{dialect::TypeWord, extract::RowFact};

impl<'f> Evidence<'f> {
    /// A table below a type's name describes that type, unless tables with the same name
    /// have little in common: then the name is wrong for some of them. It is right for
    /// the largest group of similar tables; without such a group, that is unknown.
    pub fn name_documented(&mut self) {
        let mut by_label: BTreeMap<String, Vec<BodyKey>> = BTreeMap::new();
        for (key, body) in &self.bodies {
            // Rows below a row whose type is a list of a type describe that type.
            let label = body.word.as_ref().map(|word| match word {
                TypeWord::Array(Some(element)) => element,
                word => word,
            });
            if let (Some(TypeWord::Named(name)), false) = (label, body.fact.rows.is_empty()) {
                by_label.entry(name.clone()).or_default().push(*key);
            }
        }
        for (name, keys) in by_label {
            if self.of_two_things.contains(&name) {
                for key in &keys {
                    if let Some(body) = self.bodies.get_mut(key) {
                        body.word = Some(TypeWord::Object);
                    }
                }
                continue;
            }
            let mut groups = self.alike(&keys);
            groups.sort_by_key(|group| Reverse(group.len()));
            let most = groups.first().map_or(0, Vec::len);
            let of_cells = match groups.len() {
                0 | 1 => None,
                _ => self.as_at_cells(&name, &groups),
            };
            if let Some(at) = of_cells {
                groups.swap(0, at);
            }
            let is_clear = of_cells.is_some() || 2 * most > keys.len();
            if is_clear {
                for key in groups.remove(0) {
                    self.assign(key, name.clone(), Known::Documented);
                }
            }
            for key in groups.into_iter().flatten() {
                if let Some(body) = self.bodies.get_mut(&key) {
                    body.word = Some(match body.word {
                        Some(TypeWord::Array(_)) => TypeWord::Array(None),
                        _ => TypeWord::Object,
                    });
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

    /// The only group of tables that fits the samples at places where type cells have the
    /// name. Only properties with a similar name count, because there the cells aren't
    /// wrong.
    fn as_at_cells(&self, name: &str, groups: &[Vec<BodyKey>]) -> Option<usize> {
        let mut shown: BTreeSet<&str> = BTreeSet::new();
        for body in self.bodies.values() {
            let Some(object) = body.root.shape.some_object() else {
                continue;
            };
            for row in &body.fact.rows {
                let says = row.ty.as_ref().and_then(words::named) == Some(name);
                if says && is_akin(name, &row.name) {
                    let there = object.keys.get(&row.name).and_then(Shape::some_object);
                    shown.extend(there.into_iter().flat_map(|object| object.names()));
                }
            }
        }
        let is_like = |group: &&Vec<BodyKey>| {
            let all = group.iter().flat_map(|key| self.bodies[key].names());
            let all: BTreeSet<&str> = all.collect();
            let common = all.intersection(&shown).count();
            2 * common >= all.union(&shown).count()
        };
        let mut like = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| is_like(group));
        let (at, _) = like.next()?;
        like.next().is_none().then_some(at)
    }

    /// Sorts tables into groups that share at least half of their properties.
    fn alike(&self, keys: &[BodyKey]) -> Vec<Vec<BodyKey>> {
        let mut groups: Vec<(BTreeSet<&str>, Vec<BodyKey>)> = Vec::new();
        // Tables with more rows come first: an incomplete table only has names of a
        // complete one.
        let mut keys = keys.to_vec();
        keys.sort_by_key(|key| (Reverse(self.bodies[key].names().len()), *key));
        for key in &keys {
            let names = self.bodies[key].names();
            let near = |all: &BTreeSet<&str>| {
                let common = all.intersection(&names).count();
                let is_part = common == names.len() && common > 1;
                is_part || 2 * common >= all.union(&names).count()
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
        let is_new = !self.by_name.contains_key(&name);
        self.describe_by(name.clone(), &fact.rows, &fact.provenance, key.direction);
        if let Some(named_type) = self.by_name.get_mut(&name) {
            named_type.is_open |= is_new && fact.envelope.is_some();
        }
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
            named_by: NamedBy::Pages,
            is_open: false,
        });
        named_type.provenance.push(place.clone());
        let mut behind = 0;
        for row in rows {
            let found = named_type.slots.position(&row.name);
            // A property that other tables lack is inserted after the one that it follows
            // here.
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
}
