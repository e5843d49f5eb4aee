//! What can be explained, by its name as in corrections; an operation also by its method
//! and path.

use crate::store::Store;
use docwright_model::{
    Api, Body, Direction, Operation, Parameter, Property, Schema, diagnostic::nearest,
};

/// What is to be explained. Operations are known by their index.
pub enum Target<'s> {
    /// A named type.
    Type(&'s Schema),
    /// A property of a named type.
    Property(&'s Schema, &'s Property),
    /// An operation.
    Operation(usize),
    /// A parameter of an operation.
    Parameter(usize, &'s Parameter),
    /// A body of an operation: `request` or `response.` with the status.
    Body(usize, Direction, &'s Body, String),
}

/// A name that is nothing's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What is missing, in words.
    pub message: String,
    /// The most similar name, if one is similar enough.
    pub near: Option<String>,
}

/// Finds the target called `name`. Names may contain dots and colons, so every dot and
/// colon is tried as the separator.
pub fn find<'s>(store: &'s Store<'_>, name: &str) -> Result<Target<'s>, Unknown> {
    let api = &store.api;
    if let Some(schema) = api.schema(name) {
        return Ok(Target::Type(schema));
    }
    let is_named = |it: &Operation| it.uid == name || name == format!("{} {}", it.method, it.path);
    if let Some(operation) = api.operations.iter().find(|it| is_named(it)) {
        return index(store, operation).map(Target::Operation);
    }
    for (at, _) in name.match_indices(':') {
        let uid = &name[..at];
        if let Some(operation) = api.operations.iter().find(|it| it.uid == uid) {
            let found = part(store, operation, &name[at + 1..])?;
            return found.ok_or_else(|| {
                let message = format!("the operation `{uid}` has no `{}`", &name[at + 1..]);
                unknown(message, name, parts(operation))
            });
        }
    }
    for (at, _) in name.match_indices('.') {
        let Some(schema) = api.schema(&name[..at]) else {
            continue;
        };
        let mut properties = schema.shape.properties().iter();
        if let Some(property) = properties.find(|it| it.name == name[at + 1..]) {
            return Ok(Target::Property(schema, property));
        }
        let message = format!(
            "the type `{}` has no property `{}`",
            &name[..at],
            &name[at + 1..]
        );
        let properties = schema.shape.properties().iter();
        let known = properties.map(|it| format!("{}.{}", schema.name, it.name));
        return Err(unknown(message, name, known.collect()));
    }
    let message = format!("there is no type, property, parameter or operation called `{name}`");
    Err(unknown(message, name, names(api)))
}

/// The index of the evidence about an operation of the model.
fn index(store: &Store<'_>, operation: &Operation) -> Result<usize, Unknown> {
    let mut operations = store.operations.iter();
    let found = operations.position(|it| it.uid == operation.uid);
    found.ok_or_else(|| Unknown {
        message: format!("nothing is known of the operation `{}`", operation.uid),
        near: None,
    })
}

/// A part of an operation.
fn part<'s>(
    store: &'s Store<'_>,
    operation: &'s Operation,
    name: &str,
) -> Result<Option<Target<'s>>, Unknown> {
    let index = index(store, operation)?;
    if name == "request" {
        let request = operation.request.as_ref();
        return Ok(
            request.map(|body| Target::Body(index, Direction::Request, body, name.to_owned()))
        );
    }
    let mut responses = operation.responses.iter();
    let response = responses.find(|it| name == format!("response.{}", it.status));
    if let Some(body) = response.and_then(|it| it.body.as_ref()) {
        let direction = Direction::Response;
        return Ok(Some(Target::Body(index, direction, body, name.to_owned())));
    }
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|it| name == it.name || name == part_name(it));
    Ok(parameter.map(|it| Target::Parameter(index, it)))
}

/// The name of a parameter within its operation.
pub fn part_name(parameter: &Parameter) -> String {
    format!("{}.{}", parameter.location.word(), parameter.name)
}

/// The names of all parts of an operation.
fn parts(operation: &Operation) -> Vec<String> {
    let uid = &operation.uid;
    let request = operation.request.iter().map(|_| "request".to_owned());
    let responses = operation.responses.iter().filter(|it| it.body.is_some());
    let responses = responses.map(|it| format!("response.{}", it.status));
    let parameters = operation.parameters.iter().map(part_name);
    let all = request.chain(responses).chain(parameters);
    all.map(|part| format!("{uid}:{part}")).collect()
}

/// The names of all types and operations.
fn names(api: &Api) -> Vec<String> {
    let types = api.schemas.iter().map(|it| it.name.clone());
    let operations = api.operations.iter().map(|it| it.uid.clone());
    types.chain(operations).collect()
}

/// The error, with the most likely name.
fn unknown(message: String, wanted: &str, known: Vec<String>) -> Unknown {
    let near = nearest(wanted, known.iter().map(String::as_str));
    Unknown {
        message,
        near: near.map(str::to_owned),
    }
}
