//! Assigns what samples show to the slots of their types.

use std::collections::HashMap;

use super::{
    evidence::{BodyKey, Evidence, NamedBy, NamedType, Observation},
    operation::Operation,
    shape::Shape,
    slots::{Slot, Slots},
};
use docwright_model::{Known, Provenance};
use docwright_read::{
    dialect::TypeWord,
    extract::{PageFacts, TypeFact},
};

impl<'f> Evidence<'f> {
    /// Assigns what one sample of a body shows to the slots of its named type.
    pub fn show(&mut self, key: BodyKey, shape: &Shape, place: &Provenance) {
        let Some(body) = self.bodies.get_mut(&key) else {
            return;
        };
        body.root.show(shape, place);
        if let (Some((named_type, _)), Some(object)) = (&body.named_type, shape.some_object()) {
            let observe = Observation {
                named_type: named_type.clone(),
                object: object.clone(),
                place: place.clone(),
                direction: key.direction,
            };
            self.observe(&observe);
        }
    }

    /// Adds the samples of older pages, for operations with the same uid, or the same
    /// method and path. They add evidence to slots, but never an operation or a
    /// documented property.
    pub fn show_older(&mut self, operations: &[Operation<'_>], older: &[PageFacts]) {
        let (mut by_uid, mut by_route) = (HashMap::new(), HashMap::new());
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
            for sample in &facts.samples {
                let part = operations[index].part_of_sample(sample);
                if let (Some(part), Some(value)) = (part, &sample.body) {
                    let key = BodyKey {
                        operation: index,
                        direction: sample.direction,
                        part,
                    };
                    self.show(key, &Shape::of(value), &sample.provenance);
                }
            }
        }
    }

    /// Adds a nested object to its named type; returns whether that was new.
    ///
    /// A union has no properties itself: those in samples belong to one of its members.
    pub fn observe(&mut self, observe: &Observation) -> bool {
        let name = &observe.named_type;
        if self.own.get(name).is_some_and(is_union) && !self.by_name.contains_key(name) {
            return false;
        }
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
                    named_by: NamedBy::Place,
                    is_open: false,
                }
            });
        for (name, shape) in &observe.object.keys {
            let known = named_type.slots.position(name);
            let slot = match known {
                Some(at) => named_type.slots.at(at),
                // A documented table is complete: what only samples show isn't a property
                // of it.
                None if named_type.known < Known::Sampled && !named_type.is_open => continue,
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

/// Whether a page describes a type as a union.
pub fn is_union(fact: &TypeFact) -> bool {
    !fact.members.is_empty() || matches!(fact.alias, Some(TypeWord::Union(_)))
}
