//! Which types have a part of the properties of others: for instance, responses have
//! links that requests don't have. So the crate can convert between them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use docwright_model::{Api, Body, Known, Operation, Property, Schema, Shape, Type};

/// Records which types are part of others: the type of a request and that of the
/// response, of the same operation or of GET on the same path.
pub fn relate(api: &mut Api) {
    let pairs = pairs(api);
    share_enums(api, &pairs);
    let mut parts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (sent, other) in &pairs {
        let (Some(mine), Some(theirs)) = (api.schema(sent), api.schema(other)) else {
            continue;
        };
        if is_part(mine, theirs) {
            parts.entry(sent).or_default().insert(other.clone());
        } else if is_part(theirs, mine) {
            parts.entry(other).or_default().insert(sent.clone());
        }
    }
    let parts = parts
        .into_iter()
        .map(|(name, wholes)| (name.to_owned(), wholes));
    for (name, wholes) in parts.collect::<Vec<_>>() {
        if let Some(schema) = schema_mut(api, &name) {
            schema.subset_of = wholes.into_iter().collect();
        }
    }
}

fn schema_mut<'a>(api: &'a mut Api, name: &str) -> Option<&'a mut Schema> {
    let found = api
        .schemas
        .binary_search_by(|it| it.name.as_str().cmp(name));
    found.ok().and_then(|at| api.schemas.get_mut(at))
}

/// The types of requests, each with those of the responses and those that GET returns on
/// the same path.
fn pairs(api: &Api) -> BTreeSet<(String, String)> {
    let mut read: HashMap<&str, Vec<&str>> = HashMap::default();
    for operation in api.operations.iter().filter(|it| it.method == "GET") {
        read.entry(&operation.path)
            .or_default()
            .extend(answered(operation));
    }
    let mut pairs = BTreeSet::new();
    for operation in &api.operations {
        let Some(sent) = operation.request.as_ref().and_then(named) else {
            continue;
        };
        let there = read.get(operation.path.as_str()).into_iter().flatten();
        for other in there.copied().chain(answered(operation)) {
            if sent != other {
                pairs.insert((sent.to_owned(), other.to_owned()));
            }
        }
    }
    pairs
}

/// Gives a string property the enum of the property with the same name on the other side
/// (request or response), if the pages describe both in the same words.
fn share_enums(api: &mut Api, pairs: &BTreeSet<(String, String)>) {
    let mut shared: Vec<(String, String, Type)> = Vec::new();
    for (sent, other) in pairs {
        let (Some(mine), Some(theirs)) = (api.schema(sent), api.schema(other)) else {
            continue;
        };
        for own in mine.shape.properties() {
            let same = theirs.shape.properties().iter();
            let mut same = same.filter(|it| it.name == own.name && it.ty != own.ty);
            let is_said_alike =
                |it: &&Property| it.description.is_some() && it.description == own.description;
            let Some(it) = same.next().filter(is_said_alike) else {
                continue;
            };
            let is_enum = |ty: &Type| {
                let named = ty.named().and_then(|name| api.schema(name));
                named.is_some_and(|schema| matches!(schema.shape, Shape::Values(_)))
            };
            match (&own.ty, &it.ty) {
                (Type::Named(_), Type::String) if is_enum(&own.ty) => {
                    shared.push((other.clone(), it.name.clone(), own.ty.clone()));
                }
                (Type::String, Type::Named(_)) if is_enum(&it.ty) => {
                    shared.push((sent.clone(), own.name.clone(), it.ty.clone()));
                }
                _ => {}
            }
        }
    }
    for (name, property, ty) in shared {
        if let Some(schema) = schema_mut(api, &name)
            && let Shape::Properties(properties) = &mut schema.shape
            && let Some(it) = properties.iter_mut().find(|it| it.name == property)
        {
            (it.ty, it.known) = (ty, Known::Matched);
        }
    }
}

/// The named types of an operation's success responses, or of their elements.
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

/// Whether an object only has properties of another one, each with the same type.
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
