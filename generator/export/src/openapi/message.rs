//! Bodies of requests and responses.

use serde_json::{Value, json};

use super::{
    Caveat, Context, Object, by_key, describe, example, locate, mark,
    schema::{self, write_type},
};
use docwright_model::{
    Body, Direction, Facets, Operation, Response, ResponseHeader, Sample, Status, Type,
};

/// A request body object. A documented body is required.
pub fn request(
    context: &Context<'_>,
    body: &Body,
    samples: &[&Sample],
    caveats: &mut Vec<Caveat>,
) -> Object {
    let samples = example::of(samples, Direction::Request, |_| true);
    let mut object = Object::new();
    describe(&mut object, body.description.as_ref());
    content(
        context,
        &mut object,
        body,
        &body.media_types,
        &samples,
        caveats,
    );
    object.insert("required".into(), (!body.optional).into());
    facts(&mut object, body);
    object
}

/// A responses object, by status; at least one response, as the specification requires.
pub fn responses(
    context: &Context<'_>,
    operation: &Operation,
    samples: &[&Sample],
    caveats: &mut Vec<Caveat>,
) -> Object {
    let statuses = operation.responses.iter().map(|response| response.status);
    let success = statuses.filter(|status| status.is_success()).min();
    let mut responses = Vec::new();
    for response in &operation.responses {
        let here =
            |sample: &Sample| sample.status.map(Status::Code).or(success) == Some(response.status);
        let samples = example::of(samples, Direction::Response, here);
        let object = write_response(context, operation, response, &samples, caveats);
        responses.push((response.status.to_string(), Value::Object(object)));
    }
    if responses.is_empty() {
        let unknown = json!({ "description": "No response is documented." });
        responses.push(("default".to_owned(), unknown));
    }
    by_key(responses)
}

fn write_response(
    context: &Context<'_>,
    operation: &Operation,
    response: &Response,
    samples: &[&Sample],
    caveats: &mut Vec<Caveat>,
) -> Object {
    let mut object = Object::new();
    // The specification requires the field.
    let description = response.description.as_ref();
    let description = description.map_or("", |text| text.markdown());
    object.insert("description".into(), description.into());
    let headers = response
        .headers
        .iter()
        .map(|it| (it.name.as_str(), header(context, it)));
    let headers = by_key(headers);
    if !headers.is_empty() {
        object.insert("headers".into(), headers.into());
    }
    if let Some(body) = &response.body {
        let media_types = match body.media_types.is_empty() {
            true => &operation.accepts,
            false => &body.media_types,
        };
        content(context, &mut object, body, media_types, samples, caveats);
        let mut about = Object::new();
        describe(&mut about, body.description.as_ref());
        facts(&mut about, body);
        if !about.is_empty() {
            object.insert("x-body".into(), about.into());
        }
    }
    locate(&mut object, &response.provenance);
    object
}

fn header(context: &Context<'_>, header: &ResponseHeader) -> Value {
    let mut object = Object::new();
    describe(&mut object, header.description.as_ref());
    object.insert("schema".into(), write_type(context, &header.ty).into());
    mark(&mut object, header.known);
    locate(&mut object, &header.provenance);
    object.into()
}

fn facts(object: &mut Object, body: &Body) {
    if let Some(name) = &body.name {
        object.insert("x-name".into(), name.as_str().into());
    }
    mark(object, body.known);
    locate(object, &body.provenance);
}

/// A media type, and the type that a body in it has.
struct Entry<'a> {
    media_type: &'a str,
    ty: &'a Type,
    facets: Facets,
}

/// Adds the content map: one entry for each media type that client and server support, in
/// page order; `*/*` if the page lists none. The others are in an extension.
fn content(
    context: &Context<'_>,
    object: &mut Object,
    body: &Body,
    media_types: &[String],
    samples: &[&Sample],
    caveats: &mut Vec<Caveat>,
) {
    let main = media_types.iter().map(|media_type| Entry {
        media_type,
        ty: &body.ty,
        facets: body.facets.clone(),
    });
    let others = body.others.iter().flat_map(|other| {
        other.media_types.iter().map(|media_type| Entry {
            media_type,
            ty: &other.ty,
            facets: Facets::default(),
        })
    });
    let (mut spoken, unspoken): (Vec<_>, Vec<_>) = main
        .chain(others)
        .partition(|it| is_spoken(it.media_type, it.ty));
    if spoken.is_empty() {
        spoken.push(Entry {
            media_type: "*/*",
            ty: &body.ty,
            facets: body.facets.clone(),
        });
    }
    let names: Vec<_> = spoken.iter().map(|it| it.media_type).collect();
    let placed = example::by_media_type(&names, samples);
    let mut content = Object::new();
    for (entry, samples) in spoken.iter().zip(placed) {
        let mut media = Object::new();
        media.insert("schema".into(), body_schema(context, entry).into());
        example::write(
            context,
            &mut media,
            (entry.ty, &entry.facets),
            &samples,
            caveats,
        );
        content.insert(entry.media_type.to_owned(), media.into());
    }
    object.insert("content".into(), content.into());
    if !unspoken.is_empty() {
        let names = unspoken.iter().map(|it| it.media_type);
        object.insert("x-media-types".into(), names.collect());
    }
}

/// Whether the generated client and server can write and read a body of this type in this
/// media type: JSON of any kind (RFC 6839 names those that end in `+json`), and bytes and
/// text in every one.
fn is_spoken(media_type: &str, ty: &Type) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let subtype = essence
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_json = subtype == "json" || subtype.ends_with("+json");
    is_json || essence.contains('*') || *ty == Type::Binary
}

/// Bytes are base64 within JSON and XML, and themselves everywhere else.
fn body_schema(context: &Context<'_>, entry: &Entry<'_>) -> Object {
    let mut words = ["json", "xml"].iter();
    let is_text = words.any(|word| entry.media_type.ends_with(word));
    match *entry.ty == Type::Binary && !is_text {
        true => schema::of_words([("type", "string"), ("format", "binary")]),
        false => schema::with_facets(context, entry.ty, &entry.facets),
    }
}
