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

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use indexmap::IndexMap;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{
    Serializer, Value, json,
    ser::{Formatter, PrettyFormatter},
    value::RawValue,
};

use self::schema::Names;
use crate::model::{Api, Known, Operation, Provenance, Sample, Text};

type Object = serde_json::Map<String, Value>;

/// The methods that a path item has a field for, in its order.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The OpenAPI 3.1 document of an API, with its samples as examples: JSON, with
/// a line break at the end.
///
/// `version` is the described API's version, for `info.version`. Keys are in a
/// fixed order: paths, components and tags by name, everything else as the
/// specification lists it or as the pages have it. The result is valid for
/// every model.
///
/// # Errors
/// Those of the JSON writer; the model has nothing that it would refuse.
pub fn openapi(api: &Api, samples: &[Sample], version: &str) -> serde_json::Result<String> {
    let names = Names::of(api);
    let tags: BTreeSet<&str> = api.operations.iter().map(|op| &*op.resource).collect();
    let document = Document {
        openapi: "3.1.1",
        info: json!({ "title": api.title, "version": version }),
        paths: paths(api, samples, &names)?,
        components: components(api, &names),
        tags: tags.iter().map(|name| json!({ "name": name })).collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// An OpenAPI object, its fields in the specification's order.
#[derive(Serialize)]
struct Document {
    openapi: &'static str,
    info: Value,
    /// Path items by path, operations by method.
    paths: IndexMap<String, IndexMap<String, Box<RawValue>>>,
    #[serde(skip_serializing_if = "Object::is_empty")]
    components: Object,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Value>,
}

/// How many objects there are around an operation: the document, `paths`, the
/// path item.
const OPERATION_DEPTH: usize = 3;

/// All path items, by path; within one, methods as the specification lists
/// them. Operations are most of a document, and know nothing of each other:
/// they are written on all cores.
fn paths(
    api: &Api,
    samples: &[Sample],
    names: &Names,
) -> serde_json::Result<IndexMap<String, IndexMap<String, Box<RawValue>>>> {
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
    let write = |operation: &&Operation| {
        let samples = samples_of.get(&*operation.uid);
        operation::write(api, operation, samples.map_or(&[], |all| all), names)
    };
    let by_place: Vec<_> = by_place.into_iter().collect();
    let written: Vec<_> = by_place
        .par_iter()
        .map(|(_, operations)| {
            let mut written = operations.iter().map(write);
            let mut first = written.next().unwrap_or_default();
            let also: Vec<Value> = written.map(Value::from).collect();
            if !also.is_empty() {
                first.insert("x-also".into(), also.into());
            }
            part(&first, OPERATION_DEPTH)
        })
        .collect();
    let mut paths: IndexMap<String, IndexMap<String, Box<RawValue>>> = IndexMap::new();
    for (((path, _, field), _), operation) in by_place.into_iter().zip(written) {
        paths.entry(path).or_default().insert(field, operation?);
    }
    Ok(paths)
}

/// An object as it is written `depth` objects deep in a document.
fn part(object: &Object, depth: usize) -> serde_json::Result<Box<RawValue>> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        // The formatter counts how deep it is, which is all that matters here.
        let opened = formatter.begin_object(&mut io::sink());
        opened.map_err(serde_json::Error::io)?;
    }
    let mut text = Vec::new();
    object.serialize(&mut Serializer::with_formatter(&mut text, formatter))?;
    // The JSON writer writes UTF-8 only.
    RawValue::from_string(String::from_utf8(text).unwrap_or_default())
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
