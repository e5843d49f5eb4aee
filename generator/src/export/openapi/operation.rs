//! Operations and their parameters.

use std::collections::BTreeMap;

use super::{
    component_key, describe,
    json::{Node, Object},
    locate, mark, message, schema,
    schema::Names,
    security, word,
};
use crate::model::{Api, Header, Location, Operation, Parameter, Sample};

/// Headers that the specification describes by other means: a header parameter
/// with such a name "shall be ignored".
const NO_PARAMETERS: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

/// An operation object.
pub fn write<'a>(
    api: &'a Api,
    operation: &'a Operation,
    samples: &[&'a Sample],
    names: &'a Names,
) -> Object<'a> {
    let mut object = Object::new();
    object.insert("tags", vec![&*operation.resource]);
    describe(&mut object, operation.description.as_ref());
    object.insert("operationId", operation.uid.as_str());
    let (mut parameters, unplaced) = parameters(operation, names);
    parameters.extend(headers(api, operation));
    if !parameters.is_empty() {
        object.insert("parameters", parameters);
    }
    if let Some(body) = &operation.request {
        object.insert("requestBody", message::request(body, samples, names));
    }
    object.insert("responses", message::responses(operation, samples, names));
    let security = security::requirements(api, operation);
    if !security.is_empty() {
        object.insert("security", security);
    }
    let answers = operation.responses.iter();
    if !operation.accepts.is_empty() && answers.clone().all(|answer| answer.body.is_none()) {
        let accepts = operation.accepts.iter().map(String::as_str);
        object.insert("x-accepts", accepts.collect::<Node<'_>>());
    }
    if !unplaced.is_empty() {
        object.insert("x-unplaced-parameters", unplaced);
    }
    locate(&mut object, &operation.provenance);
    object
}

/// Path and query parameters, and the path parameters that the path has no
/// place for. A place in the path that no parameter is documented for gets one
/// of unknown type: the specification wants each to be declared.
fn parameters<'a>(
    operation: &'a Operation,
    names: &'a Names,
) -> (Vec<Object<'a>>, Vec<Object<'a>>) {
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
    let undocumented = places.into_iter().map(|name| {
        Object::of([
            ("name", name.into()),
            ("in", "path".into()),
            ("required", true.into()),
            ("schema", Object::new().into()),
            ("x-known", "unknown".into()),
        ])
    });
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

fn write_parameter<'a>(name: &'a str, parameter: &'a Parameter, names: &'a Names) -> Object<'a> {
    let mut object = Object::new();
    object.insert("name", name);
    object.insert("in", word(parameter.location));
    describe(&mut object, parameter.description.as_ref());
    if parameter.required || parameter.location == Location::Path {
        object.insert("required", true);
    }
    object.insert("schema", schema::write(&parameter.ty, names));
    mark(&mut object, parameter.known);
    locate(&mut object, &parameter.provenance);
    object
}

/// The headers that are parameters in the specification's sense: those that
/// the API documents by reference, others in place.
fn headers<'a>(api: &Api, operation: &'a Operation) -> Vec<Object<'a>> {
    let names = operation.headers.iter();
    let names = names.filter(|name| is_parameter(api, name));
    let write = |name: &'a String| {
        let documented = api.headers.iter().any(|header| header.name == *name);
        if documented {
            let key = component_key(name);
            Object::of([("$ref", format!("#/components/parameters/{key}").into())])
        } else {
            Object::of([
                ("name", name.as_str().into()),
                ("in", "header".into()),
                ("schema", text_schema().into()),
            ])
        }
    };
    names.map(write).collect()
}

fn text_schema() -> Object<'static> {
    Object::of([("type", "string".into())])
}

fn is_parameter(api: &Api, name: &str) -> bool {
    let other = NO_PARAMETERS.iter();
    let other = other.copied().any(|other| other.eq_ignore_ascii_case(name));
    !other && !security::carries_credentials(api, name)
}

/// `components.parameters`: the documented headers, by key.
pub fn header_components(api: &Api) -> Object<'_> {
    let headers = api.headers.iter();
    let headers = headers.filter(|header| is_parameter(api, &header.name));
    let headers: BTreeMap<_, Node<'_>> = headers
        .map(|header| (component_key(&header.name), write_header(header).into()))
        .collect();
    headers.into_iter().collect()
}

fn write_header(header: &Header) -> Object<'_> {
    let mut object = Object::new();
    object.insert("name", header.name.as_str());
    object.insert("in", "header");
    describe(&mut object, header.description.as_ref());
    object.insert("schema", text_schema());
    locate(&mut object, &header.provenance);
    object
}
