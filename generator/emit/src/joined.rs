//! What is read of a thing and what is written of it are one Rust type, where the one is
//! the other with properties that only responses have, such as links. So what was read can
//! be changed and written back as it is.

use std::collections::{BTreeMap, BTreeSet};

use docwright_model::{Api, Direction, Property, Schema, Shape, Type};

/// The properties that only responses have, by the name of the type that is written.
pub type OnlyRead = BTreeMap<String, Vec<String>>;

/// Makes one type of two, where nothing in the pages contradicts it: the one that is
/// written gets the properties of the other one, which becomes another name for it.
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

/// The types that are one but for what only responses have: a type and the one it is part of.
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
        // Where three are related, neither two are the same.
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

/// Whether two types agree on all that a caller has to know, but for optional properties that
/// only responses have.
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

/// Adds what the properties lack, and says what that is.
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
