//! What the docs of operations say: all words where they are called, the first ones
//! elsewhere.

use std::collections::BTreeSet;

use crate::context::{Context, Readers};
use crate::docs;
use crate::media_types::are_merge_patches;
use crate::names::Name;
use crate::plan::{PlannedBody, PlannedOperation, Resource};
use crate::remarks;
use docwright_model::{Operation, Response, Status, Text, Type};

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
    if let (Some(main), Some(body)) = (&planned.variant_of, &planned.body) {
        let media_types = body.media_types.iter().map(|it| docs::code(it));
        let media_types: Vec<_> = media_types.collect();
        return vec![format!(
            "Like [`{main}`](Self::{main}), with a body of {}.",
            media_types.join(" or ")
        )];
    }
    let description = operation.description.as_ref();
    let mut lines = description
        .map(|text| lines(context, resource, text))
        .unwrap_or_default();
    if lines.is_empty() {
        lines.push(name(operation));
    }
    let parts = [
        arguments(context, resource, planned),
        optional(context, resource, planned),
        responses(context, resource, planned),
    ];
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        lines.push(String::new());
        lines.extend(part);
    }
    lines.extend(source(context, operation));
    lines
}

/// What can be set on the call, as links to its methods.
fn optional(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Vec<String> {
    let parameters = planned.set_on_call().map(|planned| link(&planned.setter));
    let known = &planned.operation.headers;
    let common = common_headers(resource);
    let headers = context.plan.plain_headers.iter();
    let headers = headers.filter(|named| known.contains(&named.header.name));
    let headers = headers.filter(|named| !common.contains(named.header.name.as_str()));
    let headers = headers.map(|named| link(&named.ident));
    let all = [
        ("Optional parameters", parameters.collect::<Vec<_>>()),
        ("Request headers", headers.collect()),
    ];
    let all = all.into_iter().filter(|(_, links)| !links.is_empty());
    all.flat_map(|(what, links)| wrapped(what, &links))
        .collect()
}

fn link(name: &Name) -> String {
    format!("[`{name}`](Call::{name})")
}

/// The headers that all operations of a resource know, which are listed once.
fn common_headers<'a>(resource: &Resource<'a>) -> BTreeSet<&'a str> {
    let mut operations = resource.operations.iter().map(|planned| planned.operation);
    let first = operations.next().into_iter();
    let first = first.flat_map(|operation| &operation.headers);
    let mut common: BTreeSet<&str> = first.map(String::as_str).collect();
    for operation in operations {
        common.retain(|name| operation.headers.iter().any(|known| known == name));
    }
    common
}

/// What the part of the client that is for a resource says: how it is called, and which
/// headers all of its calls can have.
pub fn client(context: &Context<'_>, resource: &Resource<'_>) -> Vec<String> {
    let name = docs::code(resource.name);
    let accessor = &resource.accessor;
    let mut lines = vec![format!(
        "The resource {name}, which [`Client::{accessor}`] returns."
    )];
    let common = common_headers(resource);
    let headers = context.plan.plain_headers.iter();
    let headers = headers.filter(|named| common.contains(named.header.name.as_str()));
    let links: Vec<_> = headers.map(|named| link(&named.ident)).collect();
    if !links.is_empty() {
        lines.push(String::new());
        lines.extend(wrapped("Request headers of all calls", &links));
    }
    lines
}

/// How long a line may become, without its indent.
const WIDTH: usize = 88;

/// A list in a sentence, in lines that aren't too long.
fn wrapped(what: &str, items: &[String]) -> Vec<String> {
    let mut lines = vec![format!("{what}:")];
    for (at, item) in items.iter().enumerate() {
        let sign = if at + 1 == items.len() { "." } else { "," };
        match lines.last_mut() {
            Some(line) if line.len() + item.len() < WIDTH => {
                line.push_str(&format!(" {item}{sign}"));
            }
            _ => lines.push(format!("{item}{sign}")),
        }
    }
    lines
}

/// What an error's body is, and which headers a response has, where pages say so.
fn responses(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Vec<String> {
    let readers = Readers::from([resource.name]);
    let mut lines = Vec::new();
    for response in &planned.operation.responses {
        // A call gives the body of one success, and no error for the others.
        let is_given = planned
            .success
            .is_some_and(|success| success.status == response.status);
        let is_error = !is_given && !response.status.is_success();
        let body = response.body.as_ref().filter(|_| is_error);
        let name = body.and_then(|body| body.ty.named());
        let link = name.and_then(|name| Some((name, context.plan.path_of(name, &readers)?)));
        if let Some((name, path)) = link {
            lines.push(format!(
                "- Status {}: an error with {}; [`Error::json_as`](crate::Error::json_as) reads it",
                response.status,
                docs::link(name, &path)
            ));
        }
        if response.status == Status::Code(304) {
            lines.push("- Status 304: a value of [`Call::conditional`], else an error".to_owned());
        } else if !is_given && response.status.is_success() {
            lines.push(other_success(context, response, planned, &readers));
        }
        let names = response
            .headers
            .iter()
            .map(|header| docs::code(&header.name));
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            lines.push(format!(
                "- Response headers ({}): {}",
                response.status,
                names.join(", ")
            ));
        }
    }
    lines
}

/// A success whose body isn't what a call returns, if it is of another type.
fn other_success(
    context: &Context<'_>,
    response: &Response,
    planned: &PlannedOperation<'_>,
    readers: &Readers<'_>,
) -> String {
    let line = format!("- Status {}: also a success", response.status);
    let body = response.body.as_ref().map(|body| &body.ty);
    let is_other = body != planned.answer().map(|body| &body.ty);
    let name = body.filter(|_| is_other).and_then(Type::named);
    match name.and_then(|name| Some((name, context.plan.path_of(name, readers)?))) {
        Some((name, path)) => format!(
            "{line} with {}; where that isn't like the documented response, the call fails and \
             [`Error::json_as`](crate::Error::json_as) reads it",
            docs::link(name, &path)
        ),
        None => line,
    }
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
        let parameter = planned.parameter;
        let name = planned.ident.as_str();
        let mut lines = match &parameter.description {
            Some(text) => note(name, text),
            None => Vec::new(),
        };
        let remarks = remarks::about(&parameter.facets, parameter.description.as_ref());
        match lines.is_empty() {
            true if !remarks.is_empty() => {
                lines.push(format!("- {}: {}", docs::code(name), remarks.join(" ")));
            }
            _ => lines.extend(remarks.iter().map(|remark| format!("  {remark}"))),
        }
        (!lines.is_empty()).then_some(lines)
    });
    let body = planned.body.map(|body| {
        let text = body.description;
        let mut lines = text.map_or_else(Vec::new, |text| note("body", text));
        let text = match context.plan.is_bytes(body.ty) {
            true => "It may be empty.",
            false => "It may be left out.",
        };
        let optional = body.optional.then(|| text.to_owned());
        for remark in form_of(&body).into_iter().chain(optional) {
            let begin = if lines.is_empty() { "- `body`:" } else { " " };
            lines.push(format!("{begin} {remark}"));
        }
        lines
    });
    parameters.chain(body).flatten().collect()
}

/// The form in which a body is sent, where its Rust type leaves that open.
fn form_of(body: &PlannedBody<'_>) -> Option<String> {
    if are_merge_patches(body.media_types) {
        let text = "A JSON Merge Patch (RFC 7396): the properties to change, with `null` for those \
                    to remove.";
        return Some(text.to_owned());
    }
    let names = body.media_types.iter().filter(|name| !name.contains('*'));
    let names: Vec<_> = names.map(|name| docs::code(name)).collect();
    match (body.ty, &names[..]) {
        (Type::Binary, [first, others @ ..]) if !others.is_empty() => Some(format!(
            "It is sent as {first}; [`Call::body_as`] changes that to {}.",
            others.join(" or ")
        )),
        _ => None,
    }
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
        .unwrap_or_else(|| vec![name(operation)])
}

/// An operation's name, as a sentence if it is made of words only.
fn name(operation: &Operation) -> String {
    let uid = &operation.uid;
    let is_words = uid.starts_with(|c: char| c.is_ascii_uppercase())
        && uid.chars().all(|c| c.is_ascii_alphabetic());
    if !is_words {
        return format!("{}.", docs::code(uid));
    }
    let mut words = String::new();
    let mut before = None;
    for c in uid.chars() {
        let is_start =
            c.is_ascii_uppercase() && before.is_some_and(|c: char| c.is_ascii_lowercase());
        // A word of one letter, such as the `A` of `AddAVariety`.
        let is_after_one = c.is_ascii_uppercase() && words.ends_with(" a");
        if is_start || is_after_one {
            words.push(' ');
        }
        words.push(if words.is_empty() {
            c
        } else {
            c.to_ascii_lowercase()
        });
        before = Some(c);
    }
    format!("{words}.")
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
