//! Bodies of requests and answers.

use std::collections::BTreeMap;

use super::{
    describe, example,
    json::{Node, Object},
    locate, mark, schema,
    schema::Names,
};
use crate::model::{Body, Direction, Operation, Response, Sample, Status, Type};

/// A request body object. A documented body is one that the call needs.
pub fn request<'a>(body: &'a Body, samples: &[&'a Sample], names: &'a Names) -> Object<'a> {
    let samples = example::of(samples, Direction::Request, |_| true);
    let mut object = Object::new();
    describe(&mut object, body.description.as_ref());
    object.insert("content", content(body, &body.media_types, &samples, names));
    object.insert("required", true);
    facts(&mut object, body);
    object
}

/// A responses object, by status; one answer at least, as the specification
/// wants it.
pub fn responses<'a>(
    operation: &'a Operation,
    samples: &[&'a Sample],
    names: &'a Names,
) -> Object<'a> {
    let mut responses: BTreeMap<String, Node<'_>> = BTreeMap::new();
    let statuses = operation.responses.iter().map(|response| response.status);
    let success = statuses.filter(|status| status.is_success()).min();
    for response in &operation.responses {
        let here =
            |sample: &Sample| sample.status.map(Status::Code).or(success) == Some(response.status);
        let samples = example::of(samples, Direction::Response, here);
        let object = write_response(operation, response, &samples, names);
        responses.insert(response.status.to_string(), object.into());
    }
    if responses.is_empty() {
        let unknown = Object::of([("description", "No answer is documented.".into())]);
        responses.insert("default".into(), unknown.into());
    }
    responses.into_iter().collect()
}

fn write_response<'a>(
    operation: &'a Operation,
    response: &'a Response,
    samples: &[&'a Sample],
    names: &'a Names,
) -> Object<'a> {
    let mut object = Object::new();
    // The specification requires the field.
    let description = response.description.as_ref();
    let description = description.map_or("", |text| text.markdown());
    object.insert("description", description);
    if let Some(body) = &response.body {
        let media_types = if body.media_types.is_empty() {
            &operation.accepts
        } else {
            &body.media_types
        };
        let content = content(body, media_types, samples, names);
        object.insert("content", content);
        let mut about = Object::new();
        describe(&mut about, body.description.as_ref());
        facts(&mut about, body);
        if !about.is_empty() {
            object.insert("x-body", about);
        }
    }
    locate(&mut object, &response.provenance);
    object
}

fn facts<'a>(object: &mut Object<'a>, body: &'a Body) {
    if let Some(name) = &body.name {
        object.insert("x-name", name.as_str());
    }
    mark(object, body.known);
    locate(object, &body.provenance);
}

/// The content map: one entry for each media type, in page order; `*/*` when
/// the page lists none.
fn content<'a>(
    body: &'a Body,
    media_types: &'a [String],
    samples: &[&'a Sample],
    names: &'a Names,
) -> Object<'a> {
    let media_types: Vec<&str> = if media_types.is_empty() {
        vec!["*/*"]
    } else {
        media_types.iter().map(String::as_str).collect()
    };
    let examples = example::by_media_type(&media_types, samples);
    let mut content = Object::new();
    for (media_type, examples) in media_types.iter().zip(examples) {
        let mut object = Object::new();
        let schema = body_schema(&body.ty, media_type, names);
        object.insert("schema", schema);
        if !examples.is_empty() {
            object.insert("examples", examples);
        }
        content.set(media_type, object);
    }
    content
}

/// Bytes are base64 within JSON and XML, and themselves everywhere else.
fn body_schema<'a>(ty: &'a Type, media_type: &str, names: &'a Names) -> Object<'a> {
    let text = ["json", "xml"]
        .iter()
        .any(|word| media_type.ends_with(word));
    match *ty == Type::Binary && !text {
        true => Object::of([("type", "string".into()), ("format", "binary".into())]),
        false => schema::write(ty, names),
    }
}
