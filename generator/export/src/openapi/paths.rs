//! The path items, and which operations share one.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::Value;

use super::{Caveat, Context, Object, SpecVersion, operation};
use docwright_model::{Operation, PathPart, Sample, segments};

/// The methods that a path item has a field for, in its order.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A path template without the names of its parameters: what makes two templates identical.
type Template = Vec<Vec<Option<String>>>;

/// All path items, by path; within one, methods as the specification lists them.
pub fn write(context: &Context<'_>, samples: &[Sample], caveats: &mut Vec<Caveat>) -> Object {
    let mut samples_of: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in samples {
        samples_of
            .entry(&sample.operation)
            .or_default()
            .push(sample);
    }
    let items = items(context, caveats);
    let items: Vec<_> = items
        .into_par_iter()
        .map(|(path, by_method)| {
            let mut caveats = Vec::new();
            let item = item(context, &path, &by_method, &samples_of, &mut caveats);
            (path, item, caveats)
        })
        .collect();
    let mut paths = Object::new();
    for (path, item, of_item) in items {
        paths.insert(path, item.into());
        caveats.extend(of_item);
    }
    paths
}

/// One path item.
fn item(
    context: &Context<'_>,
    path: &str,
    by_method: &ByMethod<'_>,
    samples_of: &BTreeMap<&str, Vec<&Sample>>,
    caveats: &mut Vec<Caveat>,
) -> Object {
    let mut item = Object::new();
    for ((_, field), operations) in by_method {
        let mut written = operations.iter().enumerate().map(|(at, operation)| {
            let samples = samples_of.get(&*operation.uid);
            let samples = samples.map_or(&[][..], |all| all);
            let own = rooted(&operation.path);
            // What stands in an extension keeps its own names.
            let path = if at == 0 { path } else { &own };
            let mut object = operation::write(context, operation, path, samples, caveats);
            if at > 0 || own != path {
                object.insert("x-path".into(), own.into());
            }
            object
        });
        let mut first = written.next().unwrap_or_default();
        let also: Vec<Value> = written.map(Value::Object).collect();
        if !also.is_empty() {
            first.insert("x-also".into(), also.into());
        }
        item.insert(field.clone(), first.into());
    }
    item
}

/// The operations of a path item by method, in the specification's order of methods.
type ByMethod<'a> = BTreeMap<(usize, String), Vec<&'a Operation>>;

/// Operations by path and method. Identical templates share the path of the first of them in
/// the alphabet, as far as their methods allow.
fn items<'a>(context: &Context<'a>, caveats: &mut Vec<Caveat>) -> BTreeMap<String, ByMethod<'a>> {
    let mut by_template: BTreeMap<Template, Vec<&Operation>> = BTreeMap::new();
    for operation in &context.api.operations {
        let path = rooted(&operation.path);
        by_template
            .entry(template(&path))
            .or_default()
            .push(operation);
    }
    let mut items: BTreeMap<String, ByMethod<'a>> = BTreeMap::new();
    for mut operations in by_template.into_values() {
        operations.sort_by_key(|it| (rooted(&it.path), &it.uid));
        let Some(first) = operations.first().map(|it| rooted(&it.path)) else {
            continue;
        };
        for operation in operations {
            let (own, method) = (rooted(&operation.path), place(operation));
            let is_taken = |path: &str| items.get(path).is_some_and(|it| it.contains_key(&method));
            let is_apart = context.spec == SpecVersion::V3_1 && is_taken(&first) && own != first;
            let path = if is_apart { own } else { first.clone() };
            let uid = operation.uid.clone();
            let there = items.entry(path).or_default().entry(method).or_default();
            there.push(operation);
            if let [behind, _, ..] = there[..] {
                let first = behind.uid.clone();
                caveats.push(Caveat::Behind { uid, first });
            } else if is_apart {
                let other = first.clone();
                caveats.push(Caveat::IdenticalPath { uid, other });
            }
        }
    }
    items
}

/// The field of a path item for an operation's method, and its place there.
fn place(operation: &Operation) -> (usize, String) {
    let method = operation.method.to_ascii_lowercase();
    match METHODS.iter().position(|known| *known == method) {
        Some(rank) => (rank, method),
        None => (METHODS.len(), format!("x-{method}")),
    }
}

fn template(path: &str) -> Template {
    let part = |part: PathPart<'_>| match part {
        PathPart::Literal(text) => Some(text.to_owned()),
        PathPart::Parameter(_) => None,
    };
    let segment = |parts: Vec<PathPart<'_>>| parts.into_iter().map(part).collect();
    segments(path).into_iter().map(segment).collect()
}

/// The path with one slash at its start.
fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}
