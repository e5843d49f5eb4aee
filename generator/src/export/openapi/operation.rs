//! Operations and their parameters.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Object, component_key, describe, locate, mark, message, schema, schema::Names, security,
};
use crate::model::{Api, Header, Location, Operation, Parameter, Sample};

/// Headers that the specification describes by other means: a header parameter
/// with such a name "shall be ignored".
const NO_PARAMETERS: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

/// An operation object.
pub fn write(api: &Api, operation: &Operation, samples: &[&Sample], names: &Names) -> Object {
    let mut object = Object::new();
    object.insert("tags".into(), json!([operation.resource]));
    describe(&mut object, operation.description.as_ref());
    object.insert("operationId".into(), operation.uid.as_str().into());
    let (mut parameters, unplaced) = parameters(operation, names);
    parameters.extend(headers(api, operation));
    if !parameters.is_empty() {
        object.insert("parameters".into(), parameters.into());
    }
    if let Some(body) = &operation.request {
        let body = message::request(body, samples, names);
        object.insert("requestBody".into(), body);
    }
    let responses = message::responses(operation, samples, names);
    object.insert("responses".into(), responses.into());
    let security = security::requirements(api, operation);
    if !security.is_empty() {
        object.insert("security".into(), security.into());
    }
    let answers = operation.responses.iter();
    if !operation.accepts.is_empty() && answers.clone().all(|answer| answer.body.is_none()) {
        object.insert("x-accepts".into(), json!(operation.accepts));
    }
    if !unplaced.is_empty() {
        object.insert("x-unplaced-parameters".into(), unplaced.into());
    }
    locate(&mut object, &operation.provenance);
    object
}

/// Path and query parameters, and the path parameters that the path has no
/// place for. A place in the path that no parameter is documented for gets one
/// of unknown type: the specification wants each to be declared.
fn parameters(operation: &Operation, names: &Names) -> (Vec<Value>, Vec<Value>) {
    let mut places = places(&operation.path);
    let (mut parameters, mut unplaced) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        if parameter.location == Location::Query {
            parameters.push(write_parameter(&parameter.name, parameter, names));
            continue;
        }
        let name = parameter.name.as_str();
        let place = places.iter().position(|place| *place == name).or_else(|| {
            let mut places = places.iter();
            places.position(|place| place.eq_ignore_ascii_case(name))
        });
        match place {
            Some(index) => {
                let place = places.remove(index);
                parameters.push(write_parameter(place, parameter, names));
            }
            None => unplaced.push(write_parameter(name, parameter, names)),
        }
    }
    let undocumented = places.into_iter().map(
        |name| json!({ "name": name, "in": "path", "required": true, "schema": {}, "x-known": "unknown" }),
    );
    parameters.extend(undocumented);
    (parameters, unplaced)
}

/// The names in a path template's braces, each once.
fn places(path: &str) -> Vec<&str> {
    let mut places = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !places.contains(&name)
        {
            places.push(name);
        }
    }
    places
}

fn write_parameter(name: &str, parameter: &Parameter, names: &Names) -> Value {
    let mut object = Object::new();
    object.insert("name".into(), name.into());
    object.insert("in".into(), json!(parameter.location));
    describe(&mut object, parameter.description.as_ref());
    if parameter.required || parameter.location == Location::Path {
        object.insert("required".into(), true.into());
    }
    object.insert("schema".into(), schema::write(&parameter.ty, names).into());
    mark(&mut object, parameter.known);
    locate(&mut object, &parameter.provenance);
    object.into()
}

/// The headers that are parameters in the specification's sense: those that
/// the API documents by reference, others in place.
fn headers(api: &Api, operation: &Operation) -> Vec<Value> {
    let names = operation.headers.iter();
    let names = names.filter(|name| is_parameter(api, name));
    let write = |name: &String| {
        let documented = api.headers.iter().any(|header| header.name == *name);
        if documented {
            let key = component_key(name);
            json!({ "$ref": format!("#/components/parameters/{key}") })
        } else {
            json!({ "name": name, "in": "header", "schema": { "type": "string" } })
        }
    };
    names.map(write).collect()
}

fn is_parameter(api: &Api, name: &str) -> bool {
    let other = NO_PARAMETERS.iter();
    let other = other.copied().any(|other| other.eq_ignore_ascii_case(name));
    !other && !security::carries_credentials(api, name)
}

/// `components.parameters`: the documented headers, by key.
pub fn header_components(api: &Api) -> Object {
    let headers = api.headers.iter();
    let headers = headers.filter(|header| is_parameter(api, &header.name));
    let headers: BTreeMap<String, Value> = headers
        .map(|header| (component_key(&header.name), write_header(header)))
        .collect();
    headers.into_iter().collect()
}

fn write_header(header: &Header) -> Value {
    let mut object = Object::new();
    object.insert("name".into(), header.name.as_str().into());
    object.insert("in".into(), "header".into());
    describe(&mut object, header.description.as_ref());
    object.insert("schema".into(), json!({ "type": "string" }));
    locate(&mut object, &header.provenance);
    object.into()
}
