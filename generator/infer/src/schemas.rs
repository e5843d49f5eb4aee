//! Named types of the model, made from the decisions about their slots.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    decide::Decision,
    evidence::{BodyKey, Evidence},
    facets,
    slots::Slot,
    store::Decisions,
    unify::{Bases, Unified},
};
use docwright_model::{Facets, Known, Property, Schema, Shape, Type};
use docwright_read::dialect::PaginationWords;

/// All decided types.
pub struct Schemas {
    by_name: BTreeMap<String, Schema>,
    bodies: BTreeMap<BodyKey, (Type, Known, Facets)>,
}

impl Schemas {
    /// Makes types from the decisions about their slots.
    pub fn new(
        evidence: &Evidence<'_>,
        decisions: &Decisions<'_>,
        bases: &Bases,
        pagination: &PaginationWords,
    ) -> Self {
        let mut by_name = BTreeMap::new();
        for (name, named_type) in &evidence.by_name {
            let decided = decisions.slots.get(name).into_iter().flatten();
            let slots = named_type.slots.iter().zip(decided);
            let properties = slots.map(|(slot, decision)| {
                let property = property(slot, decision);
                let next_page = pagination.is_next(&property.name);
                Property {
                    next_page,
                    ..property
                }
            });
            let properties = properties.collect();
            let schema = Schema {
                name: name.clone(),
                known: named_type.known,
                description: evidence.descriptions.get(name).cloned(),
                shape: Shape::Properties(properties),
                base: bases.get(name).cloned(),
                subset_of: Vec::new(),
                deprecated: evidence
                    .own
                    .get(name)
                    .is_some_and(|it| it.deprecated.is_some()),
                provenance: named_type.provenance.first().cloned().into_iter().collect(),
            };
            by_name.insert(name.clone(), schema);
        }
        let bodies = decisions.bodies.iter();
        let bodies = bodies.map(|(key, decision)| {
            let facets = Facets {
                nullable: decision.nullable.clone(),
                ..Facets::default()
            };
            (*key, (decision.ty.clone(), decision.known, facets))
        });
        let bodies = bodies.collect();
        Self { by_name, bodies }
    }

    /// The type of a body, how it is known, and what else is known about it.
    pub fn body(&self, key: BodyKey) -> Option<(&Type, Known, &Facets)> {
        let found = self.bodies.get(&key);
        found.map(|(ty, known, facets)| (ty, *known, facets))
    }

    /// The schemas that can be reached from these types, by name.
    pub fn reachable<'t>(
        &self,
        roots: impl Iterator<Item = &'t Type>,
        unified: &Unified,
    ) -> Vec<Schema> {
        let mut open: Vec<String> = roots
            .filter_map(|ty| ty.named().map(str::to_owned))
            .collect();
        let mut names = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(name) = open.pop() {
            if !names.insert(name.clone()) {
                continue;
            }
            let schema = self.by_name.get(&name).cloned();
            let schema = schema.or_else(|| unified.schema(&name));
            let schema = schema.unwrap_or_else(|| unseen(&name));
            let inner = schema.shape.types();
            let inner = inner.into_iter().filter_map(Type::named);
            open.extend(inner.chain(schema.base.as_deref()).map(str::to_owned));
            found.push(schema);
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }
}

/// A type that pages name and nothing describes.
fn unseen(name: &str) -> Schema {
    Schema {
        name: name.to_owned(),
        known: Known::Unknown,
        description: None,
        shape: Shape::Properties(Vec::new()),
        base: None,
        subset_of: Vec::new(),
        deprecated: false,
        provenance: Vec::new(),
    }
}

/// The property of the model that a slot is.
fn property(slot: &Slot<'_>, decision: &Decision<'_>) -> Property {
    let descriptions = slot.rows.iter().map(|row| row.description.as_ref());
    let mut facets = facets::of_rows(&slot.rows);
    facets.nullable.clone_from(&decision.nullable);
    Property {
        name: slot.name.clone(),
        ty: decision.ty.clone(),
        known: decision.known,
        direction: slot.direction,
        required: slot.rows.iter().any(|row| row.is_required()),
        next_page: false,
        facets,
        description: descriptions.flatten().next().cloned(),
        provenance: decision.because.clone(),
    }
}
