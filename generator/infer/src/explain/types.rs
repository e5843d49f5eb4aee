//! What is known about named types and their properties.

use super::{Explanation, Point, points};
use crate::{
    evidence::{Evidence, NamedBy},
    store::Store,
};
use docwright_model::{Api, Property, Provenance, Schema, Shape, Type};

/// Explains a named type.
pub fn of_type(store: &Store<'_>, schema: &Schema) -> Explanation {
    let name = &schema.name;
    let evidence = &store.evidence;
    let named_type = evidence.by_name.get(name);
    let mut decision = vec![Point::new(
        format!("is {}, {}", shape(&schema.shape), schema.known.word()),
        schema.provenance.first(),
    )];
    if let Some(named_type) = named_type {
        let by = match named_type.named_by {
            NamedBy::Pages => "named by the pages",
            NamedBy::Content => "named by rule, after its content",
            NamedBy::Place => "named by rule, after its place",
        };
        decision.push(Point::new(by, None));
    }
    if let Some(base) = &schema.base {
        decision.push(Point::new(format!("is derived from `{base}`"), None));
    }
    for whole in &schema.subset_of {
        decision.push(Point::new(
            format!("has some of the properties of `{whole}`"),
            None,
        ));
    }
    decision.extend(members(store, schema));
    let mut found = Vec::new();
    let places = named_type.map_or(&[][..], |it| &it.provenance);
    found.extend(places.iter().map(|place| Point::at("described", place)));
    if let Some(fact) = evidence.own.get(name) {
        let place = &fact.body.provenance;
        if !places.contains(place) {
            found.push(Point::at("described under a heading of its own", place));
        }
    }
    found.extend(tables(store, name));
    found.extend(uses(&store.api, name));
    Explanation {
        target: name.clone(),
        decision,
        evidence: found,
        overruled: overruled(evidence, name),
    }
}

/// What pages state under a type's name that isn't used for it.
fn overruled(evidence: &Evidence<'_>, name: &str) -> Vec<Point> {
    let strays = evidence.strays.iter().filter(|(label, _)| label == name);
    let homonyms = evidence.homonyms.get(name).into_iter().flatten();
    let apart = strays.map(|(_, key)| key).chain(homonyms);
    let apart = apart.filter_map(|key| evidence.bodies.get(key));
    let mut overruled: Vec<_> = apart
        .map(|body| {
            let what = "a table with this name that has little in common with the others";
            Point::at(what, &body.fact.provenance)
        })
        .collect();
    if evidence.misprinted.contains(name) {
        let what = "pages also print this name where it isn't a type, so it is weak evidence";
        overruled.push(Point::new(what, None));
    }
    let refuted = evidence.refuted.iter().filter(|(label, _)| label == name);
    overruled.extend(refuted.map(|(_, property)| {
        Point::new(
            format!("type cells of properties `{property}` that name it"),
            None,
        )
    }));
    overruled
}

/// Explains a property.
pub fn of_property(store: &Store<'_>, schema: &Schema, property: &Property) -> Explanation {
    let target = format!("{}.{}", schema.name, property.name);
    let slots = store.evidence.by_name.get(&schema.name).map(|it| &it.slots);
    let position = slots.and_then(|slots| slots.position(&property.name));
    let decided = store.decisions.slots.get(&schema.name);
    let found = slots.zip(decided).zip(position);
    let found = found.and_then(|((slots, decided), at)| Some((slots.get(at)?, decided.get(at)?)));
    let required = match property.required {
        true => "is required: a row states it",
        false => "is optional: no row states that it is required",
    };
    let Some((slot, decided)) = found else {
        let what = format!("is `{}`, {}", property.ty, property.known.word());
        return Explanation {
            target,
            decision: vec![Point::new(what, property.provenance.first())],
            ..Explanation::default()
        };
    };
    let mut decision = points::decision(decided);
    decision.push(Point::new(required, None));
    let facets = points::facets(&property.facets).into_iter();
    decision.extend(facets.map(|what| Point::new(what, None)));
    Explanation {
        target,
        decision,
        evidence: points::evidence(slot),
        overruled: points::overruled(slot, decided),
    }
}

/// What a type is, in a few words.
fn shape(shape: &Shape) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        1 => format!("one {one}"),
        n => format!("{n} {many}"),
    };
    match shape {
        Shape::Properties(all) if all.is_empty() => "an object without known properties".to_owned(),
        Shape::Properties(all) => {
            format!(
                "an object of {}",
                count(all.len(), "property", "properties")
            )
        }
        Shape::Values(all) => format!("an enum of {}", count(all.len(), "value", "values")),
        Shape::Flags(all) => format!("a set of {}", count(all.len(), "flag", "flags")),
        Shape::Union(union) => {
            let members = count(union.members.len(), "type", "types");
            match &union.discriminator {
                Some(name) => format!("one of {members}, distinguished by `{name}`"),
                None => format!("one of {members}"),
            }
        }
        Shape::Alias(ty) => format!("another name for `{ty}`"),
    }
}

/// The properties, values or members of a type, a point each.
fn members(store: &Store<'_>, schema: &Schema) -> Vec<Point> {
    match &schema.shape {
        Shape::Properties(properties) => {
            let decided = store.decisions.slots.get(&schema.name);
            let decided = decided.map_or(&[][..], Vec::as_slice);
            let rules = decided.iter().map(|it| Some(it.rule.words()));
            let rules = rules.chain(std::iter::repeat(None));
            let point = |(property, rule): (&Property, Option<&str>)| {
                let why = rule.map(|rule| format!(": {rule}")).unwrap_or_default();
                let known = property.known.word();
                let what = format!("`{}` is `{}`, {known}{why}", property.name, property.ty);
                Point::new(what, property.provenance.first())
            };
            properties.iter().zip(rules).map(point).collect()
        }
        Shape::Values(values) | Shape::Flags(values) => {
            let point =
                |it: &docwright_model::EnumValue| Point::new(format!("`{}`", it.value), None);
            values.iter().map(point).collect()
        }
        Shape::Union(union) => {
            let members = union.members.iter();
            let point =
                |it: &docwright_model::UnionMember| Point::new(format!("`{}`", it.ty), None);
            members.map(point).collect()
        }
        Shape::Alias(_) => Vec::new(),
    }
}

/// The tables of bodies that describe a type.
fn tables(store: &Store<'_>, name: &str) -> Vec<Point> {
    let mut found = Vec::new();
    for (key, body) in &store.evidence.bodies {
        let Some((_, how)) = body.named_type.as_ref().filter(|(own, _)| own == name) else {
            continue;
        };
        let uid = store
            .operations
            .get(key.operation)
            .map_or("", |it| it.uid.as_str());
        let side = super::operations::side(key.direction);
        let what = match body.fact.rows.is_empty() {
            true => format!("the {side} body of `{uid}`, {}", how.word()),
            false => format!("the table of the {side} body of `{uid}`, {}", how.word()),
        };
        found.push(Point::at(what, &body.fact.provenance));
    }
    found
}

/// The properties and parameters that have a type.
fn uses(api: &Api, name: &str) -> Vec<Point> {
    let is_it = |ty: &Type| ty.named() == Some(name);
    let mut found = Vec::new();
    let mut add = |what: String, place: Option<&Provenance>| found.push(Point::new(what, place));
    for schema in &api.schemas {
        for property in schema.shape.properties().iter().filter(|it| is_it(&it.ty)) {
            let what = format!("the type of `{}.{}`", schema.name, property.name);
            add(what, property.provenance.first());
        }
    }
    for operation in &api.operations {
        for parameter in operation.parameters.iter().filter(|it| is_it(&it.ty)) {
            let part = super::targets::part_name(parameter);
            let what = format!("the type of `{}:{part}`", operation.uid);
            add(what, parameter.provenance.as_ref());
        }
    }
    found
}
