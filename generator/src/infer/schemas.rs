//! Named types of the model: the final decision about each slot, and the enums
//! that descriptions name.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    decide::Decision,
    enums::{Enum, Enums},
    evidence::{BodyKey, Evidence},
    slots::Slot,
    store::Decisions,
};
use crate::model::{EnumValue, Facets, Known, Literal, Property, Schema, Shape, Type};

/// All decided types.
pub struct Schemas {
    by_name: BTreeMap<String, Schema>,
    bodies: BTreeMap<BodyKey, (Type, Known)>,
}

impl Schemas {
    /// Makes types of the decisions about their slots.
    pub fn new(evidence: &Evidence<'_>, decisions: &Decisions<'_>, enums: &mut Enums) -> Self {
        let mut by_name = BTreeMap::new();
        for (name, named_type) in &evidence.by_name {
            let decided = decisions.slots.get(name).into_iter().flatten();
            let slots = named_type.slots.iter().zip(decided);
            let properties = slots.map(|(slot, decision)| property(slot, decision, name, enums));
            let properties = properties.collect();
            let schema = Schema {
                name: name.clone(),
                known: named_type.known,
                description: evidence.descriptions.get(name).cloned(),
                shape: Shape::Properties(properties),
                base: None,
                subset_of: Vec::new(),
                deprecated: false,
                provenance: named_type.provenance.first().cloned().into_iter().collect(),
            };
            by_name.insert(name.clone(), schema);
        }
        let bodies = decisions.bodies.iter();
        let bodies = bodies.map(|(key, decision)| (*key, (decision.ty.clone(), decision.known)));
        let bodies = bodies.collect();
        Self { by_name, bodies }
    }

    /// The type of a body.
    pub fn body(&self, key: BodyKey) -> Option<(&Type, Known)> {
        self.bodies.get(&key).map(|(ty, known)| (ty, *known))
    }

    /// The schemas that can be reached from these types, by name.
    pub fn reachable<'t>(
        &self,
        roots: impl Iterator<Item = &'t Type>,
        enums: &Enums,
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
            let schema = schema.or_else(|| enums.get(&name).map(enum_schema));
            let schema = schema.unwrap_or_else(|| unseen(&name));
            if let Shape::Properties(properties) = &schema.shape {
                let inner = properties.iter().filter_map(|p| p.ty.named());
                open.extend(inner.map(str::to_owned));
            }
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

fn enum_schema(known: &Enum) -> Schema {
    let value = |value: &Literal| EnumValue {
        value: value.clone(),
        name: None,
        description: known.descriptions.get(value).cloned(),
    };
    Schema {
        name: known.name.clone(),
        known: Known::Documented,
        description: known.description.clone(),
        shape: Shape::Values(known.values.iter().map(value).collect()),
        base: None,
        subset_of: Vec::new(),
        deprecated: false,
        provenance: known.provenance.first().cloned().into_iter().collect(),
    }
}

fn property(slot: &Slot<'_>, decision: &Decision<'_>, owner: &str, enums: &mut Enums) -> Property {
    let (mut ty, mut known) = (decision.ty.clone(), decision.known);
    let mut because = decision.because.clone();
    if let (Some(values), Some(place)) = (decision.values, because.first()) {
        ty = Type::Named(enums.of_property(owner, &slot.name, values, place));
    }
    let descriptions = slot.rows.iter().map(|row| row.description.as_ref());
    let description = descriptions.flatten().next();
    if let (Type::String, Some(found)) = (&ty, enums.named_in(description)) {
        ty = Type::Named(found.name.clone());
        known = Known::Matched;
        because.extend(found.provenance.first().cloned());
    }
    Property {
        name: slot.name.clone(),
        ty,
        known,
        direction: slot.direction,
        required: slot.rows.iter().any(|row| row.is_required()),
        facets: Facets::default(),
        description: description.cloned(),
        provenance: because,
    }
}
