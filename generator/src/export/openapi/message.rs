//! Bodies of requests and answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Object, describe, example, locate, mark, schema, schema::Names};
use crate::model::{Body, Direction, Operation, Response, Sample, Type};

/// A request body object. A documented body is one that the call needs.
pub fn request(body: &Body, samples: &[&Sample], names: &Names) -> Value {
    let samples = example::of(samples, Direction::Request, |_| true);
    let mut object = Object::new();
    describe(&mut object, body.description.as_ref());
    object.insert(
        "content".into(),
        content(body, &body.media_types, &samples, names),
    );
    object.insert("required".into(), true.into());
    facts(&mut object, body);
    object.into()
}

/// A responses object, by status; one answer at least, as the specification
/// wants it.
pub fn responses(operation: &Operation, samples: &[&Sample], names: &Names) -> Object {
    let mut responses: BTreeMap<String, Value> = BTreeMap::new();
    let statuses = operation.responses.iter().map(|response| response.status);
    let success = statuses.filter(|status| (200..300).contains(status)).min();
    for response in &operation.responses {
        let here = |sample: &Sample| sample.status.or(success) == Some(response.status);
        let samples = example::of(samples, Direction::Response, here);
        let object = write_response(operation, response, &samples, names);
        responses.insert(response.status.to_string(), object);
    }
    if responses.is_empty() {
        let unknown = json!({ "description": "No answer is documented." });
        responses.insert("default".into(), unknown);
    }
    responses.into_iter().collect()
}

fn write_response(
    operation: &Operation,
    response: &Response,
    samples: &[&Sample],
    names: &Names,
) -> Value {
    let mut object = Object::new();
    // The specification requires the field.
    let description = response.description.as_ref();
    let description = description.map_or("", |text| text.markdown());
    object.insert("description".into(), description.into());
    if let Some(body) = &response.body {
        let media_types = if body.media_types.is_empty() {
            &operation.accepts
        } else {
            &body.media_types
        };
        let content = content(body, media_types, samples, names);
        object.insert("content".into(), content);
        let mut about = Object::new();
        describe(&mut about, body.description.as_ref());
        facts(&mut about, body);
        if !about.is_empty() {
            object.insert("x-body".into(), about.into());
        }
    }
    locate(&mut object, &response.provenance);
    object.into()
}

fn facts(object: &mut Object, body: &Body) {
    if let Some(name) = &body.name {
        object.insert("x-name".into(), name.as_str().into());
    }
    mark(object, body.known);
    locate(object, &body.provenance);
}

/// The content map: one entry for each media type, in page order; `*/*` when
/// the page lists none.
fn content(body: &Body, media_types: &[String], samples: &[&Sample], names: &Names) -> Value {
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
        object.insert("schema".into(), schema.into());
        if !examples.is_empty() {
            object.insert("examples".into(), examples.into());
        }
        content.insert((*media_type).to_owned(), object.into());
    }
    content.into()
}

/// Bytes are base64 within JSON and XML, and themselves everywhere else.
fn body_schema(ty: &Type, media_type: &str, names: &Names) -> Object {
    let mut object = schema::write(ty, names);
    let text = ["json", "xml"]
        .iter()
        .any(|word| media_type.ends_with(word));
    if *ty == Type::Binary && !text {
        object.remove("contentEncoding");
        object.insert("format".into(), "binary".into());
    }
    object
}
