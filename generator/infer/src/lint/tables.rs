//! Tables of properties that have none in common with the sample of the same body.

use std::collections::BTreeSet;

use serde_json::Value;

use docwright_model::{
    Direction, Operation, Type,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::extract::{BodyFact, OperationFacts, SampleFact};

/// How many names of each side are shown.
const SHOWN: usize = 4;

/// Reports tables that share no property with the sample of the same body.
pub fn against_samples(facts: &OperationFacts, operation: &Operation, found: &mut Vec<Diagnostic>) {
    let request = operation.request.as_ref().map(|body| &body.ty);
    for fact in &facts.requests {
        let mut samples = facts.samples.iter();
        let sample = samples.find(|it| it.direction == Direction::Request && it.body.is_some());
        compare(
            fact,
            request,
            sample,
            format!("{}:request", operation.uid),
            found,
        );
    }
    for response in &facts.responses {
        let Some(fact) = &response.body else { continue };
        let mut samples = facts.samples.iter();
        let sample = samples.find(|it| {
            let own = match it.status {
                Some(status) => status == response.status,
                None => response.status.is_success(),
            };
            it.direction == Direction::Response && own && it.body.is_some()
        });
        let mut responses = operation.responses.iter();
        let known = responses.find(|it| it.status == response.status);
        let ty = known.and_then(|it| it.body.as_ref()).map(|body| &body.ty);
        let target = format!("{}:response.{}", operation.uid, response.status);
        compare(fact, ty, sample, target, found);
    }
}

fn compare(
    fact: &BodyFact,
    ty: Option<&Type>,
    sample: Option<&SampleFact>,
    target: String,
    found: &mut Vec<Diagnostic>,
) {
    // Where the model has no named type there, the table has been overruled.
    let (Some(ty), Some(sample)) = (ty.filter(|ty| ty.named().is_some()), sample) else {
        return;
    };
    let listed: Vec<&str> = fact.rows.iter().map(|row| row.name.as_str()).collect();
    let names: BTreeSet<String> = listed.iter().map(|name| top(name)).collect();
    let body = sample.body.as_deref();
    let shown = body.map(keys).unwrap_or_default();
    if names.is_empty() || shown.is_empty() {
        return;
    }
    if shown.iter().any(|key| names.contains(&key.to_lowercase())) {
        return;
    }
    let message = format!(
        "the table lists {}, but the sample of the same body has {} instead",
        some(&listed),
        some(&shown),
    );
    let wrapped = body.and_then(|body| wrapper(body, &names));
    let finding = Diagnostic::new(
        rules::TABLE_AGAINST_SAMPLE,
        Place::of(&fact.provenance),
        message,
    );
    let finding = finding.related(Place::of(&sample.provenance), "the sample");
    found.push(match wrapped {
        Some(key) => finding.about(target).help(format!(
            "the sample has them inside `{key}`: document this wrapping object on the page, or fix \
             the sample"
        )),
        None => finding.confirmed_by(
            &target,
            ty,
            "The sample has none of the properties that the table lists.",
        ),
    });
}

/// The first part of a name that may be a path, in lower case.
fn top(name: &str) -> String {
    let first = name.split(['.', '[']).find(|part| !part.is_empty());
    first.unwrap_or(name).to_lowercase()
}

/// The keys of an object, or of the objects in an array.
fn keys(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(object) => object.keys().map(String::as_str).collect(),
        Value::Array(elements) => elements.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

/// The key whose value in the sample has some of these names.
fn wrapper<'v>(value: &'v Value, names: &BTreeSet<String>) -> Option<&'v str> {
    let Value::Object(object) = value else {
        return None;
    };
    let has = |inner: &Value| {
        let keys = keys(inner).into_iter();
        keys.map(str::to_lowercase).any(|key| names.contains(&key))
    };
    let mut entries = object.iter();
    let (key, _) = entries.find(|(_, inner)| has(inner))?;
    Some(key)
}

/// The first of some names, and how many more there are.
fn some(names: &[&str]) -> String {
    let all: indexmap::IndexSet<_> = names.iter().collect();
    let shown = all.iter().take(SHOWN).map(|name| format!("`{name}`"));
    let shown: Vec<_> = shown.collect();
    match all.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
