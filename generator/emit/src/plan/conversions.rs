//! Conversions between types: from what one operation on a path returns to what another
//! one accepts, if the types differ.

use std::collections::{BTreeMap, BTreeSet};

use docwright_model::{Operation, Property, Shape, Type};

use super::presence::{Presence, holds_itself, presence};
use super::{NamedType, Resource};

/// Two types, one of which can be converted to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conversion<'a> {
    /// Wire name of the type that it is made of.
    pub source: &'a str,
    /// Wire name of the type that is made.
    pub target: &'a str,
}

/// The conversions of each resource, each at the first one that has use for it: between the
/// types that a caller reads and writes on one path, where one of them has all properties of
/// the other.
pub fn conversions<'a>(
    resources: &[Resource<'a>],
    types: &BTreeMap<&'a str, NamedType<'a>>,
) -> Vec<BTreeSet<Conversion<'a>>> {
    let mut known = BTreeSet::new();
    let of_resource = |resource: &Resource<'a>| {
        let mut own = BTreeSet::new();
        for (one, other) in pairs(resource) {
            if let (Some(a), Some(b)) = (types.get(one), types.get(other))
                && (is_within(types, a, b) || is_within(types, b, a))
            {
                let both = [(a, b), (b, a)].into_iter();
                own.extend(both.filter_map(|(source, target)| make(types, source, target)));
            }
        }
        own.retain(|conversion| known.insert(*conversion));
        own
    };
    resources.iter().map(of_resource).collect()
}

/// What is read and what is written on one path, if that isn't the same.
fn pairs<'a>(resource: &Resource<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let mut by_path: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for operation in resource.operations.iter().map(|planned| planned.operation) {
        let (read, written) = by_path.entry(&operation.path).or_default();
        match operation.method.as_str() {
            "GET" => read.extend(read_by(operation)),
            "PATCH" | "POST" | "PUT" => written.extend(written_by(operation)),
            _ => {}
        }
    }
    let pairs = by_path.into_values().flat_map(|(read, written)| {
        let pair = move |one| written.clone().into_iter().map(move |other| (one, other));
        read.into_iter().flat_map(pair)
    });
    pairs.filter(|(one, other)| one != other).collect()
}

/// The conversion, if the missing properties can have their defaults, which a type with
/// required properties doesn't have.
fn make<'a>(
    types: &BTreeMap<&'a str, NamedType<'a>>,
    source: &NamedType<'a>,
    target: &NamedType<'a>,
) -> Option<Conversion<'a>> {
    let mut properties = target.properties.iter();
    let is_whole = properties.all(|property| source.member(&property.name).is_some());
    let is_optional =
        |property: &&Property| presence(types, target, property) == Presence::Optional;
    let has_default = target.properties.iter().all(is_optional);
    (is_whole || has_default).then_some(Conversion {
        source: &source.schema.name,
        target: &target.schema.name,
    })
}

/// Whether a type has all properties of another one, with the same types. A property in
/// common says nothing.
fn is_within(
    types: &BTreeMap<&str, NamedType<'_>>,
    inner: &NamedType<'_>,
    outer: &NamedType<'_>,
) -> bool {
    let is_same = |property: &&Property| {
        outer.property(&property.name).is_some_and(|other| {
            other.ty == property.ty
                && presence(types, inner, property) == presence(types, outer, other)
                && holds_itself(types, inner, property) == holds_itself(types, outer, other)
        })
    };
    let is_object = |named: &NamedType<'_>| matches!(named.schema.shape, Shape::Properties(_));
    is_object(inner)
        && is_object(outer)
        && inner.properties.len() >= 2
        && inner
            .properties
            .iter()
            .copied()
            .all(|property| is_same(&property))
}

fn read_by(operation: &Operation) -> Option<&str> {
    name_of(&operation.success()?.body.as_ref()?.ty)
}

fn written_by(operation: &Operation) -> Option<&str> {
    name_of(&operation.request.as_ref()?.ty)
}

fn name_of(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name),
        _ => None,
    }
}
