//! Ways to authenticate: the schemes of the `Authorization` header and headers
//! that carry a credential of their own.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{Object, by_key, component_key};
use docwright_model::{Api, Operation, SecurityScheme};

/// The header that carries a scheme's credentials.
fn header(scheme: &SecurityScheme) -> &str {
    match scheme {
        SecurityScheme::Authorization { .. } => "Authorization",
        SecurityScheme::Header { name } => name,
    }
}

fn key(scheme: &SecurityScheme) -> Cow<'_, str> {
    match scheme {
        SecurityScheme::Authorization { scheme } => component_key(scheme),
        SecurityScheme::Header { name } => component_key(name),
    }
}

/// Whether a header is described by a security scheme.
pub fn carries_credentials(api: &Api, name: &str) -> bool {
    let mut headers = api.security.iter().map(header);
    headers.any(|header| header.eq_ignore_ascii_case(name))
}

/// `components.securitySchemes`, by key.
pub fn components(api: &Api) -> Object {
    let schemes = api.security.iter();
    by_key(schemes.map(|scheme| (key(scheme), component(scheme))))
}

fn component(scheme: &SecurityScheme) -> Value {
    match scheme {
        SecurityScheme::Authorization { scheme } => {
            // Letter case doesn't matter in names of schemes (RFC 9110, section 11.1),
            // but many tools compare literally those that are in lower case in the
            // specification's examples.
            let common = ["basic", "bearer", "digest"];
            let lower = scheme.to_ascii_lowercase();
            let name = match common.contains(&&*lower) {
                true => lower.as_str(),
                false => scheme,
            };
            json!({ "type": "http", "scheme": name })
        }
        SecurityScheme::Header { name } => {
            json!({ "type": "apiKey", "name": name, "in": "header" })
        }
    }
}

/// The ways to authenticate a call, one of which is enough; empty when the
/// page says nothing about it.
pub fn requirements(api: &Api, operation: &Operation) -> Vec<Value> {
    let documented = |scheme: &&SecurityScheme| {
        let mut headers = operation.headers.iter();
        headers.any(|name| name.eq_ignore_ascii_case(header(scheme)))
    };
    let schemes = api.security.iter().filter(documented);
    schemes
        .map(|scheme| Object::from_iter([(key(scheme).into_owned(), json!([]))]).into())
        .collect()
}
