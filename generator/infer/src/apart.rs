//! Unions whose members can't be distinguished, so that a decoder would have to guess.
//! Such a union becomes any value, and a finding names the members.

use std::collections::BTreeMap;

use docwright_model::{
    Api, Known, Property, Provenance, Schema, Shape, Type, Union,
    diagnostic::{Diagnostic, Place, rules},
};

/// Turns each union with indistinguishable members into any value, and drops
/// discriminators that no member has.
pub fn check(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut twins: BTreeMap<usize, (Type, Type)> = BTreeMap::new();
    let mut without: Vec<usize> = Vec::new();
    for (at, schema) in api.schemas.iter().enumerate() {
        let Shape::Union(union) = &schema.shape else {
            continue;
        };
        match &union.discriminator {
            Some(name) if has_property(union, name, api) => continue,
            Some(_) => without.push(at),
            None => {}
        }
        if let Some(found) = alike(union, api) {
            twins.insert(at, found);
        }
    }
    for at in without {
        let schema = &mut api.schemas[at];
        let place = at_first(schema);
        if let Shape::Union(union) = &mut schema.shape
            && let Some(name) = union.discriminator.take()
        {
            let message = format!(
                "no member of `{}` has its discriminator `{name}`",
                schema.name
            );
            diagnostics.push(Diagnostic::new(
                rules::DISCRIMINATOR_NOWHERE,
                place,
                message,
            ));
        }
    }
    for (at, (one, other)) in twins {
        let schema = &api.schemas[at];
        let message = format!(
            "the members `{one}` and `{other}` of `{}` can't be distinguished",
            schema.name
        );
        let finding = Diagnostic::new(rules::UNION_MEMBERS_ALIKE, at_first(schema), message);
        let described = [(&one, "one of them"), (&other, "the other")];
        let finding = described.iter().fold(finding, |finding, (ty, what)| {
            let member = ty.named().and_then(|name| api.schema(name));
            match member.and_then(|it| it.provenance.first()) {
                Some(provenance) => finding.related(Place::of(provenance), *what),
                None => finding,
            }
        });
        diagnostics.push(finding);
        let schema = &mut api.schemas[at];
        schema.shape = Shape::Alias(Type::Any);
        schema.known = Known::Unknown;
    }
}

fn at_first(schema: &Schema) -> Place {
    let none = Provenance::default();
    Place::of(schema.provenance.first().unwrap_or(&none))
}

/// Whether some member is an object with this property, or an object of unknown content.
fn has_property(union: &Union, name: &str, api: &Api) -> bool {
    union.members.iter().any(|member| {
        let Some(properties) = member.ty.named().and_then(|it| properties(it, api)) else {
            return true;
        };
        properties.is_empty() || properties.iter().any(|it| it.name == name)
    })
}

/// The properties of an object, those of its bases included; `None` for other types.
fn properties<'a>(name: &str, api: &'a Api) -> Option<Vec<&'a Property>> {
    let mut found = Vec::new();
    let mut next = Some(name);
    // No chain is longer than there are types.
    for _ in 0..=api.schemas.len() {
        let Some(name) = next else { break };
        let schema = api.schema(name)?;
        let Shape::Properties(own) = &schema.shape else {
            return None;
        };
        found.extend(own);
        next = schema.base.as_deref();
    }
    Some(found)
}

/// Two members that are objects with the same properties.
fn alike(union: &Union, api: &Api) -> Option<(Type, Type)> {
    let objects = union.members.iter().filter_map(|member| {
        let Type::Named(name) = &member.ty else {
            return None;
        };
        let mut properties: Vec<_> = properties(name, api)?
            .into_iter()
            .map(|it| (it.name.as_str(), &it.ty))
            .collect();
        properties.sort();
        Some((&member.ty, properties))
    });
    let objects: Vec<_> = objects.collect();
    objects.iter().enumerate().find_map(|(at, (one, mine))| {
        let mut rest = objects[at + 1..].iter();
        let (other, _) = rest.find(|(other, theirs)| one != other && mine == theirs)?;
        Some(((*one).clone(), (*other).clone()))
    })
}
