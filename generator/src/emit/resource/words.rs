//! What the docs of operations say: all words where they are called, the first ones
//! elsewhere.

use crate::emit::context::{Context, Readers};
use crate::emit::docs;
use crate::emit::plan::{PlannedOperation, Resource};
use crate::model::{Operation, Text};

/// The lines of a description.
pub fn lines(context: &Context<'_>, resource: &Resource<'_>, text: &Text) -> Vec<String> {
    let readers = Readers::from([resource.name]);
    docs::lines(text.markdown(), &|name| {
        context.plan.path_of(name, &readers)
    })
}

/// What the page says, the arguments, method and path, and a link.
pub fn call(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Vec<String> {
    let operation = planned.operation;
    let description = operation.description.as_ref();
    let mut lines = description
        .map(|text| lines(context, resource, text))
        .unwrap_or_default();
    if lines.is_empty() {
        lines.push(format!("{}.", docs::code(&operation.uid)));
    }
    let notes = arguments(context, resource, planned);
    if !notes.is_empty() {
        lines.push(String::new());
        lines.extend(notes);
    }
    lines.extend(source(context, operation));
    lines
}

/// A list of what the arguments mean.
fn arguments(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Vec<String> {
    let readers = Readers::from([resource.name]);
    let note = |name: &str, text: &Text| {
        let lookup = |name: &str| context.plan.path_of(name, &readers);
        docs::item(&docs::code(name), text.markdown(), &lookup)
    };
    let parameters = planned.arguments().filter_map(|planned| {
        let text = planned.parameter.description.as_ref()?;
        Some(note(planned.ident.as_str(), text))
    });
    let body = planned.body().and_then(|body| body.description.as_ref());
    let body = body.map(|text| note("body", text));
    parameters.chain(body).flatten().collect()
}

/// The opening, method and path, and a link; the client's method has all the words.
pub fn facts(context: &Context<'_>, resource: &Resource<'_>, operation: &Operation) -> Vec<String> {
    let mut lines = opening(context, resource, operation);
    lines.extend(source(context, operation));
    lines
}

/// The opening, and where there is more; the client's method may not be compiled.
pub fn service(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Vec<String> {
    let mut lines = opening(context, resource, planned.operation);
    lines.push(String::new());
    lines.push(format!("See [`operations::{}`].", planned.ident));
    lines
}

/// The first paragraph of what the page says, or the operation's name.
fn opening(context: &Context<'_>, resource: &Resource<'_>, operation: &Operation) -> Vec<String> {
    let readers = Readers::from([resource.name]);
    let lookup = |name: &str| context.plan.path_of(name, &readers);
    let description = operation.description.as_ref();
    let lines = description.map(|text| docs::opening(text.markdown(), &lookup));
    lines
        .filter(|lines| !lines.is_empty())
        .unwrap_or_else(|| vec![format!("{}.", docs::code(&operation.uid))])
}

/// Method and path, and a link to the page.
fn source(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let request = docs::code(&format!("{} {}", operation.method, operation.path));
    let place = operation.provenance.as_ref();
    let link = place.and_then(|place| context.link(place));
    let mut lines = vec![String::new(), request];
    lines.extend(link);
    lines
}
