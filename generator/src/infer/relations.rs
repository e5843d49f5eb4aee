//! Which types are others but for some properties: what is read has links besides that
//! what is written has not. So the crate can make one of the other.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use crate::model::{Api, Body, Operation, Schema, Shape};

/// Notes which types are part of others: the type of what is sent and that of what is
/// answered, by the same operation or by GET on the same path.
pub fn relate(api: &mut Api) {
    let mut read: HashMap<&str, Vec<&str>> = HashMap::default();
    for operation in api.operations.iter().filter(|it| it.method == "GET") {
        read.entry(&operation.path)
            .or_default()
            .extend(answered(operation));
    }
    let mut parts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for operation in &api.operations {
        let Some(sent) = operation.request.as_ref().and_then(named) else {
            continue;
        };
        let there = read.get(operation.path.as_str()).into_iter().flatten();
        for other in there.copied().chain(answered(operation)) {
            let (Some(mine), Some(theirs)) = (api.schema(sent), api.schema(other)) else {
                continue;
            };
            if sent == other {
                continue;
            } else if is_part(mine, theirs) {
                parts.entry(sent).or_default().insert(other.to_owned());
            } else if is_part(theirs, mine) {
                parts.entry(other).or_default().insert(sent.to_owned());
            }
        }
    }
    let parts = parts
        .into_iter()
        .map(|(name, wholes)| (name.to_owned(), wholes));
    for (name, wholes) in parts.collect::<Vec<_>>() {
        let found = api.schemas.binary_search_by(|it| it.name.cmp(&name));
        if let Some(schema) = found.ok().and_then(|at| api.schemas.get_mut(at)) {
            schema.subset_of = wholes.into_iter().collect();
        }
    }
}

/// The named types of an operation's responses of success, or those of their elements.
fn answered(operation: &Operation) -> impl Iterator<Item = &str> {
    let responses = operation
        .responses
        .iter()
        .filter(|it| it.status.is_success());
    responses.filter_map(|response| named(response.body.as_ref()?))
}

fn named(body: &Body) -> Option<&str> {
    body.ty.named()
}

/// Whether an object has just some properties of another one, each with the same type.
fn is_part(part: &Schema, whole: &Schema) -> bool {
    let (Shape::Properties(part), Shape::Properties(whole)) = (&part.shape, &whole.shape) else {
        return false;
    };
    let is_there = |name: &str| whole.iter().find(|it| it.name == name);
    !part.is_empty()
        && part.len() <= whole.len()
        && part
            .iter()
            .all(|own| is_there(&own.name).is_some_and(|it| it.ty == own.ty))
}
