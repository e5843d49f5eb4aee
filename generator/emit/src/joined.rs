//! Makes one Rust type of two that are used for reading and writing the same object, if
//! they only differ in properties of responses, such as links. So callers can change what
//! they read and write it back.

use std::collections::{BTreeMap, BTreeSet};

use docwright_model::{Api, Direction, Property, Schema, Shape, Type};

/// The properties that only responses have, by the name of the type that is written.
pub type OnlyRead = BTreeMap<String, Vec<String>>;

/// Merges two types if the pages don't contradict it: the written type gets the
/// properties of the other one, which becomes an alias.
pub fn join(api: &mut Api) -> OnlyRead {
    let pairs = pairs(api);
    let mut only_read = OnlyRead::new();
    for (part, whole) in pairs {
        let Some(properties) = api.schema(&whole).map(|it| it.shape.properties().to_vec()) else {
            continue;
        };
        if let Some(schema) = schema_mut(api, &whole) {
            schema.shape = Shape::Alias(Type::Named(part.clone()));
        }
        if let Some(Schema {
            shape: Shape::Properties(own),
            ..
        }) = schema_mut(api, &part)
        {
            let names = add(own, properties);
            only_read.insert(part, names);
        }
    }
    only_read
}

/// The types that only differ in properties of responses: a type and the larger one.
fn pairs(api: &Api) -> Vec<(String, String)> {
    let related = api.schemas.iter().flat_map(|it| &it.subset_of);
    let mut wholes: BTreeMap<&str, usize> = BTreeMap::new();
    for whole in related {
        *wholes.entry(whole).or_default() += 1;
    }
    let members = members(api);
    let pair = |part: &Schema| {
        let [whole] = &part.subset_of[..] else {
            return None;
        };
        // If three are related, none of them are merged.
        let is_alone = wholes.get(whole.as_str()) == Some(&1)
            && !wholes.contains_key(part.name.as_str())
            && !members.contains(part.name.as_str())
            && !members.contains(whole.as_str());
        let other = api.schema(whole)?;
        let is_one = is_alone && other.subset_of.is_empty() && is_one(part, other);
        is_one.then(|| (part.name.clone(), whole.clone()))
    };
    api.schemas.iter().filter_map(pair).collect()
}

/// The types that unions tell apart.
fn members(api: &Api) -> BTreeSet<&str> {
    let unions = api.schemas.iter().filter_map(|it| match &it.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    });
    let members = unions.flat_map(|union| &union.members);
    members.filter_map(|member| member.ty.named()).collect()
}

/// Whether two types are the same for callers, except for optional properties that only
/// responses have.
fn is_one(part: &Schema, whole: &Schema) -> bool {
    let (part_own, whole_own) = (part.shape.properties(), whole.shape.properties());
    let is_derived = part.base.is_some() || whole.base.is_some();
    let is_alike = |own: &Property| {
        let other = whole_own.iter().find(|it| it.name == own.name);
        other.is_some_and(|it| it.ty == own.ty && it.required == own.required)
    };
    let is_extra = |it: &&Property| part_own.iter().all(|own| own.name != it.name);
    let mut extra = whole_own.iter().filter(is_extra);
    !is_derived
        && part.deprecated == whole.deprecated
        && part_own.len() > 1
        && part_own.iter().all(is_alike)
        && extra.all(|it| it.direction == Direction::Response && !it.required)
}

/// Adds the missing properties, and returns them.
fn add(own: &mut Vec<Property>, others: Vec<Property>) -> Vec<String> {
    let mut names = Vec::new();
    for other in others {
        match own.iter_mut().find(|it| it.name == other.name) {
            Some(it) => {
                it.direction = it.direction.and(other.direction);
                it.facets.nullable = it.facets.nullable.take().or(other.facets.nullable);
                it.description = it.description.take().or(other.description);
            }
            None => {
                names.push(other.name.clone());
                own.push(other);
            }
        }
    }
    names
}

fn schema_mut<'a>(api: &'a mut Api, name: &str) -> Option<&'a mut Schema> {
    api.schemas.iter_mut().find(|it| it.name == name)
}
