//! Operations and their parameters.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet, VecDeque},
    iter,
};

use serde_json::{Value, json};

use super::{
    Caveat, Context, Object, by_key, component_key, describe, locate, mark, message, schema,
    security,
};
use docwright_model::{
    Api, ArrayStyle, Header, Location, Operation, Parameter, Sample, Type, parameter_names,
};

/// Headers that the specification describes by other means: a header parameter
/// with such a name "shall be ignored".
const NO_PARAMETERS: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

/// An operation object. `path` is the template of its path item, whose parameters may have
/// other names than the operation's own.
pub fn write(
    context: &Context<'_>,
    operation: &Operation,
    path: &str,
    samples: &[&Sample],
    caveats: &mut Vec<Caveat>,
) -> Object {
    let mut object = Object::new();
    object.insert("tags".into(), json!([operation.resource]));
    describe(&mut object, operation.description.as_ref());
    object.insert("operationId".into(), operation.uid.as_str().into());
    let (mut parameters, unplaced) = parameters(context, operation, path);
    parameters.extend(headers(context, operation));
    if !parameters.is_empty() {
        object.insert("parameters".into(), parameters.into());
    }
    if let Some(body) = &operation.request {
        let body = message::request(context, body, samples, caveats);
        object.insert("requestBody".into(), body.into());
    }
    let responses = message::responses(context, operation, samples, caveats);
    object.insert("responses".into(), responses.into());
    if operation.deprecated {
        object.insert("deprecated".into(), true.into());
    }
    let security = security::requirements(context.api, operation);
    if !security.is_empty() {
        object.insert("security".into(), security.into());
    }
    let mut responses = operation.responses.iter();
    if !operation.accepts.is_empty() && responses.all(|response| response.body.is_none()) {
        object.insert("x-accepts".into(), json!(operation.accepts));
    }
    if !unplaced.is_empty() {
        object.insert("x-unplaced-parameters".into(), unplaced.into());
    }
    locate(&mut object, &operation.provenance);
    object
}

/// Parameters, and the path parameters that the path has no place for. A path parameter
/// that isn't documented gets an unknown type, because the specification requires a
/// declaration.
fn parameters(
    context: &Context<'_>,
    operation: &Operation,
    path: &str,
) -> (Vec<Value>, Vec<Value>) {
    // A path may repeat a name.
    let mut by_name: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    let mut by_letters: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
    for (at, name) in parameter_names(&operation.path).enumerate() {
        by_name.entry(name).or_default().push_back(at);
        let letters = by_letters.entry(name.to_ascii_lowercase());
        letters.or_default().push_back(at);
    }
    let mut places: Vec<Option<&str>> = parameter_names(path).map(Some).collect();
    let (mut parameters, mut unplaced) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        let name = parameter.name.as_str();
        if parameter.location != Location::Path {
            parameters.push(write_parameter(context, name, parameter));
            continue;
        }
        let mut take = |at: &mut VecDeque<usize>| {
            let mut free = iter::from_fn(|| at.pop_front());
            free.find_map(|at| places.get_mut(at)?.take())
        };
        let place = by_name.get_mut(name).and_then(&mut take);
        let place = place.or_else(|| take(by_letters.get_mut(&name.to_ascii_lowercase())?));
        match place {
            Some(place) => parameters.push(write_parameter(context, place, parameter)),
            None => unplaced.push(write_parameter(context, name, parameter)),
        }
    }
    let undocumented = places.into_iter().flatten().map(|name| {
        json!({ "name": name, "in": "path", "required": true, "schema": {}, "x-known": "unknown" })
    });
    parameters.extend(undocumented);
    (unique(parameters), unplaced)
}

/// Name and location must be unique by the specification: a name that a path repeats is
/// declared once.
fn unique(parameters: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut is_new = |parameter: &Value| {
        let word = |key| parameter.get(key).and_then(Value::as_str);
        let [name, location] = ["name", "in"].map(|key| word(key).unwrap_or_default().to_owned());
        seen.insert((name, location))
    };
    parameters.into_iter().filter(|it| is_new(it)).collect()
}

fn write_parameter(context: &Context<'_>, name: &str, parameter: &Parameter) -> Value {
    let mut object = Object::new();
    object.insert("name".into(), name.into());
    object.insert("in".into(), parameter.location.word().into());
    describe(&mut object, parameter.description.as_ref());
    if parameter.required || parameter.location == Location::Path {
        object.insert("required".into(), true.into());
    }
    if parameter.facets.is_deprecated() {
        object.insert("deprecated".into(), true.into());
    }
    if let (Type::Array(_), Location::Query) = (&parameter.ty, parameter.location) {
        style(&mut object, parameter.style);
    }
    let schema = schema::with_facets(context, &parameter.ty, &parameter.facets);
    object.insert("schema".into(), schema.into());
    if let Some(language) = &parameter.facets.query_language {
        object.insert("x-query-language".into(), json!(language.value));
    }
    mark(&mut object, parameter.known);
    locate(&mut object, &parameter.provenance);
    Value::Object(object)
}

/// How an array is written in a query string (OpenAPI 3.1.1, section 4.8.12.3). Brackets are
/// part of the name, as the specification has no style for them.
fn style(object: &mut Object, style: ArrayStyle) {
    let (word, explode) = match style {
        ArrayStyle::Repeated => return,
        ArrayStyle::Brackets => {
            let name = object
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if !name.ends_with("[]") {
                let name = format!("{name}[]");
                object.insert("name".into(), name.into());
            }
            return;
        }
        ArrayStyle::Comma => ("form", false),
        ArrayStyle::Space => ("spaceDelimited", false),
        ArrayStyle::Pipe => ("pipeDelimited", false),
    };
    object.insert("style".into(), word.into());
    object.insert("explode".into(), explode.into());
}

/// The headers that are parameters in the specification's sense: those that the API documents
/// by reference, others in place. One that the operation has as a parameter of its own stands
/// there.
fn headers(context: &Context<'_>, operation: &Operation) -> Vec<Value> {
    let own = operation.parameters.iter();
    let own = own.filter(|it| it.location == Location::Header);
    let mut known: HashSet<String> = own.map(|it| it.name.to_ascii_lowercase()).collect();
    let mut names: Vec<&String> = Vec::new();
    for name in &operation.headers {
        if is_parameter(context.api, name) && known.insert(name.to_ascii_lowercase()) {
            names.push(name);
        }
    }
    let write = |name: &String| match context.headers.contains(name.as_str()) {
        true => json!({ "$ref": format!("#/components/parameters/{}", component_key(name)) }),
        false => json!({ "name": name, "in": "header", "schema": { "type": "string" } }),
    };
    names.into_iter().map(write).collect()
}

fn is_parameter(api: &Api, name: &str) -> bool {
    let mut others = NO_PARAMETERS.iter();
    let other = others.any(|other| other.eq_ignore_ascii_case(name));
    !other && !security::carries_credentials(api, name)
}

/// `components.parameters`: the documented headers, by key.
pub fn header_components(api: &Api) -> Object {
    let headers = api.headers.iter();
    let headers = headers.filter(|header| is_parameter(api, &header.name));
    let by_name: BTreeMap<_, _> = headers
        .map(|header| (component_key(&header.name), write_header(header)))
        .collect();
    by_key(by_name)
}

fn write_header(header: &Header) -> Value {
    let mut object = Object::new();
    object.insert("name".into(), header.name.as_str().into());
    object.insert("in".into(), "header".into());
    describe(&mut object, header.description.as_ref());
    object.insert("schema".into(), json!({ "type": "string" }));
    locate(&mut object, &header.provenance);
    Value::Object(object)
}
