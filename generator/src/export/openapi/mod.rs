//! The model as an OpenAPI 3.1 document.
//!
//! Source: the OpenAPI Specification, version 3.1.1
//! (<https://spec.openapis.org/oas/v3.1.1.html>). What the specification has
//! no word for goes into extensions:
//!
//! | key | what it says |
//! | --- | --- |
//! | `x-known` | how a type is known, unless a page documents it |
//! | `x-provenance` | where it is said: page, heading, anchor, row |
//! | `x-name` | what the page calls a body |
//! | `x-body` | an answer's body: its `x-` facts and its description |
//! | `x-accepts` | media types to ask for where no answer has a body |
//! | `x-unplaced-parameters` | path parameters that the path has no place for |
//! | `x-also` | operations with the same method and path |
//! | `x-enum-descriptions` | the pages' words for each value, in order |
//!
//! Paths that differ only in the names of their parameters (`{id}` and
//! `{state}`) are both written, as the vendor has them, although the
//! specification calls such templates identical: merging them would lose an
//! operation.

mod example;
mod message;
mod operation;
mod schema;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use self::schema::Names;
use crate::model::{Api, Known, Operation, Provenance, Sample, Text};

type Object = serde_json::Map<String, Value>;

/// The methods that a path item has a field for, in its order.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The OpenAPI 3.1 document of an API, with its samples as examples.
///
/// `version` is the described API's version, for `info.version`. Keys are in a
/// fixed order: paths, components and tags by name, everything else as the
/// specification lists it or as the pages have it. The result is valid for
/// every model.
pub fn openapi(api: &Api, samples: &[Sample], version: &str) -> Value {
    let names = Names::of(api);
    let mut document = Object::new();
    document.insert("openapi".into(), "3.1.1".into());
    document.insert(
        "info".into(),
        json!({ "title": api.title, "version": version }),
    );
    document.insert("paths".into(), paths(api, samples, &names));
    let components = components(api, &names);
    if !components.is_empty() {
        document.insert("components".into(), components.into());
    }
    let tags: BTreeSet<&str> = api.operations.iter().map(|op| &*op.resource).collect();
    let tags: Vec<_> = tags.iter().map(|name| json!({ "name": name })).collect();
    if !tags.is_empty() {
        document.insert("tags".into(), tags.into());
    }
    document.into()
}

/// All path items, by path; within one, methods as the specification lists
/// them.
fn paths(api: &Api, samples: &[Sample], names: &Names) -> Value {
    let mut by_place: BTreeMap<(String, usize, String), Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        let method = operation.method.to_ascii_lowercase();
        let rank = METHODS.iter().position(|known| *known == method);
        let (rank, field) = match rank {
            Some(rank) => (rank, method),
            None => (METHODS.len(), format!("x-{method}")),
        };
        let path = format!("/{}", operation.path.trim_start_matches('/'));
        let place = (path, rank, field);
        by_place.entry(place).or_default().push(operation);
    }
    let mut samples_of: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        samples_of
            .entry(&sample.operation)
            .or_default()
            .push(sample);
    }
    let write = |operation: &Operation| {
        let samples = samples_of.get(&*operation.uid);
        operation::write(api, operation, samples.map_or(&[], |all| all), names)
    };
    let mut paths = Object::new();
    for ((path, _, field), operations) in by_place {
        let mut written = operations.into_iter().map(write);
        let Some(mut first) = written.next() else {
            continue;
        };
        let also: Vec<Value> = written.map(Value::from).collect();
        if !also.is_empty() {
            first.insert("x-also".into(), also.into());
        }
        let item = paths.entry(path).or_insert_with(|| Object::new().into());
        if let Value::Object(item) = item {
            item.insert(field, first.into());
        }
    }
    paths.into()
}

/// What operations refer to: schemas, headers and ways to authenticate.
fn components(api: &Api, names: &Names) -> Object {
    let parts = [
        ("schemas", schema::components(api, names)),
        ("parameters", operation::header_components(api)),
        ("securitySchemes", security::components(api)),
    ];
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(key, part)| (key.to_owned(), part.into()))
        .collect()
}

/// A key of `components`, which may hold letters, digits, `.`, `-` and `_`.
fn component_key(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    name.chars()
        .map(|c| if fits(c) { c } else { '_' })
        .collect()
}

/// Adds the pages' words, as Markdown.
fn describe(object: &mut Object, text: Option<&Text>) {
    if let Some(text) = text {
        object.insert("description".into(), text.markdown().into());
    }
}

/// Adds how a type is known, unless a page documents it.
fn mark(object: &mut Object, known: Known) {
    if known != Known::Documented {
        object.insert("x-known".into(), json!(known));
    }
}

/// Adds where it is said.
fn locate<'a>(object: &mut Object, places: impl IntoIterator<Item = &'a Provenance>) {
    let places: Vec<_> = places.into_iter().map(|place| json!(place)).collect();
    if !places.is_empty() {
        object.insert("x-provenance".into(), places.into());
    }
}
