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
mod json;
mod message;
mod operation;
mod schema;
mod security;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use rayon::prelude::*;
use serde::Serialize;

use self::{
    json::{Node, Object},
    schema::Names,
};
use super::written::Written;
use crate::model::{Api, Known, Operation, Provenance, Sample, Text};

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
    let info = Object::of([
        ("title", api.title.as_str().into()),
        ("version", version.into()),
    ]);
    let mut members = vec![
        ("openapi", Written::new(&"3.1.1", 1)?),
        ("info", Written::new(&Node::from(info), 1)?),
        ("paths", paths(api, samples, &names)?),
    ];
    let components = components(api, &names);
    if !components.is_empty() {
        members.push(("components", Written::new(&Node::from(components), 1)?));
    }
    let tags: BTreeSet<&str> = api.operations.iter().map(|op| &*op.resource).collect();
    if !tags.is_empty() {
        let tags = tags
            .into_iter()
            .map(|tag| Object::of([("name", tag.into())]));
        members.push(("tags", Written::new(&tags.collect::<Node<'_>>(), 1)?));
    }
    Ok(Written::object(members, 0)?.into_text())
}

/// How many objects there are around an operation: the document, `paths`, the
/// path item.
const OPERATION_DEPTH: usize = 3;

/// All path items, by path; within one, methods as the specification lists
/// them. Operations are most of a document, and know nothing of each other:
/// they are written on all cores.
fn paths(api: &Api, samples: &[Sample], names: &Names) -> serde_json::Result<Written> {
    let mut by_place: BTreeMap<(Cow<'_, str>, usize, String), Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        let method = operation.method.to_ascii_lowercase();
        let rank = METHODS.iter().position(|known| *known == method);
        let (rank, field) = match rank {
            Some(rank) => (rank, method),
            None => (METHODS.len(), format!("x-{method}")),
        };
        let path = operation.path.as_str();
        let path = match path.starts_with('/') && !path.starts_with("//") {
            true => path.into(),
            false => format!("/{}", path.trim_start_matches('/')).into(),
        };
        by_place
            .entry((path, rank, field))
            .or_default()
            .push(operation);
    }
    let mut samples_of: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        samples_of
            .entry(&sample.operation)
            .or_default()
            .push(sample);
    }
    let by_place: Vec<_> = by_place.into_iter().collect();
    let written: Vec<_> = by_place
        .par_iter()
        .map(|(_, operations)| {
            let mut written = operations.iter().map(|operation| {
                let samples = samples_of.get(&*operation.uid);
                operation::write(api, operation, samples.map_or(&[], |all| all), names)
            });
            let mut first = written.next().unwrap_or_default();
            let also: Vec<Object<'_>> = written.collect();
            if !also.is_empty() {
                first.insert("x-also", also);
            }
            Written::new(&Node::from(first), OPERATION_DEPTH)
        })
        .collect();
    let mut paths: BTreeMap<&str, Vec<(&str, Written)>> = BTreeMap::new();
    for (((path, _, field), _), operation) in by_place.iter().zip(written) {
        paths.entry(path).or_default().push((field, operation?));
    }
    let items = paths.into_iter();
    let items: Vec<_> = items
        .map(|(path, operations)| Ok((path, Written::object(operations, OPERATION_DEPTH - 1)?)))
        .collect::<serde_json::Result<_>>()?;
    Written::object(items, OPERATION_DEPTH - 2)
}

/// What operations refer to: schemas, headers and ways to authenticate.
fn components<'a>(api: &'a Api, names: &'a Names) -> Object<'a> {
    let parts = [
        ("schemas", schema::components(api, names)),
        ("parameters", operation::header_components(api)),
        ("securitySchemes", security::components(api)),
    ];
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    parts.map(|(key, part)| (key, part.into())).collect()
}

/// A key of `components`, which may hold letters, digits, `.`, `-` and `_`.
fn component_key(name: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.chars().all(fits) {
        return name.into();
    }
    let chars = name.chars();
    chars.map(|c| if fits(c) { c } else { '_' }).collect()
}

/// Adds the pages' words, as Markdown.
fn describe<'a>(object: &mut Object<'a>, text: Option<&'a Text>) {
    if let Some(text) = text {
        object.insert("description", text.markdown());
    }
}

/// Adds how a type is known, unless a page documents it.
fn mark(object: &mut Object<'_>, known: Known) {
    if known != Known::Documented {
        object.insert("x-known", word(known));
    }
}

/// Adds where it is said.
fn locate<'a>(object: &mut Object<'a>, places: impl IntoIterator<Item = &'a Provenance>) {
    let places: Vec<_> = places.into_iter().map(Node::Place).collect();
    if !places.is_empty() {
        object.insert("x-provenance", Node::List(places));
    }
}

/// The word for a value that is one of a few.
fn word(value: impl Serialize) -> String {
    fmt::from_fn(|f| value.serialize(f)).to_string()
}
