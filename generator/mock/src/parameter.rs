//! Parameters in path, query, headers and cookies.

use docwright_export::accepts;
use docwright_model::{
    Api, ArrayStyle, Location, Operation, Parameter, Schema, SecurityScheme, Shape, Type,
};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::Value;

use super::matching::decoded;
use super::media;
use super::problem::Problem;

/// How deep aliases and lists are followed.
const DEEPEST: u8 = 16;

/// Checks query, headers and cookies.
///
/// The undocumented query parameters are returned: they do no harm, but may be misspelled.
///
/// # Errors
/// What is missing, or isn't of its type.
pub fn check_all(
    api: &Api,
    operation: &Operation,
    query: &str,
    headers: &HeaderMap,
) -> Result<Vec<String>, Problem> {
    if decoded(query).is_none() {
        return Err(Problem::bad_request(
            "The query isn't percent-encoded UTF-8.",
        ));
    }
    let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    for parameter in &operation.parameters {
        let texts = match parameter.location {
            Location::Path => continue,
            Location::Query => of_query(parameter, &query),
            Location::Header => match of_header(api, parameter, headers)? {
                Some(texts) => texts,
                None => continue,
            },
            Location::Cookie => of_cookie(&parameter.name, headers),
        };
        let (place, name) = (parameter.location.word(), &parameter.name);
        let what = match parameter.location {
            Location::Query => format!("The query parameter `{name}`"),
            _ => format!("The {place} `{name}`"),
        };
        if texts.is_empty() && parameter.required {
            return Err(Problem::bad_request(format!("{what} is missing.")));
        }
        if !texts.is_empty() {
            check(api, parameter, &texts).map_err(|expected| {
                let text = texts.join(", ");
                Problem::bad_request(format!("{what} is `{text}`, which isn't {expected}."))
            })?;
        }
    }
    let is_known = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|it| it.location == Location::Query && is_called(it, name))
    };
    let mut unknown: Vec<_> = query.into_iter().map(|it| it.0).collect();
    unknown.retain(|name| !is_known(name));
    Ok(unknown)
}

/// Whether a name in a query is that of a parameter: arrays may have brackets behind it, and
/// objects have the name of a property in them.
fn is_called(parameter: &Parameter, name: &str) -> bool {
    let rest = name.strip_prefix(parameter.name.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

fn of_query(parameter: &Parameter, query: &[(String, String)]) -> Vec<String> {
    let values = query.iter().filter(|(name, _)| is_called(parameter, name));
    values.map(|(_, value)| value.clone()).collect()
}

/// The values of a header; `None` if another check handles it.
fn of_header(
    api: &Api,
    parameter: &Parameter,
    headers: &HeaderMap,
) -> Result<Option<Vec<String>>, Problem> {
    let Ok(name) = HeaderName::from_bytes(parameter.name.as_bytes()) else {
        return Ok(None);
    };
    if [ACCEPT, CONTENT_TYPE, COOKIE].contains(&name) {
        return Ok(None);
    }
    if name == AUTHORIZATION {
        return match parameter.required && !headers.contains_key(&name) {
            true => Err(unauthorized(api)),
            false => Ok(None),
        };
    }
    Ok(Some(media::texts(headers, &name)))
}

fn unauthorized(api: &Api) -> Problem {
    let problem = Problem::new(StatusCode::UNAUTHORIZED, "The request has no credentials.");
    api.security.iter().fold(problem, |problem, it| match it {
        SecurityScheme::Authorization { scheme } => problem.header(WWW_AUTHENTICATE, scheme),
        SecurityScheme::Header { .. } => problem,
    })
}

/// The value of a cookie (RFC 6265, section 4.2).
fn of_cookie(name: &str, headers: &HeaderMap) -> Vec<String> {
    let texts = media::texts(headers, &COOKIE);
    let mut pairs = texts.iter().flat_map(|text| text.split(';'));
    let value = pairs.find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    });
    value.into_iter().collect()
}

/// Checks the texts of a parameter.
///
/// # Errors
/// What it should be, as `an integer (int32)`.
pub fn check(api: &Api, parameter: &Parameter, texts: &[String]) -> Result<(), String> {
    let expected = || describe(api, &parameter.ty, DEEPEST);
    let ty = resolved(api, &parameter.ty, DEEPEST);
    let value = match (ty, texts) {
        (Type::Array(element), _) => {
            let texts = texts.iter().flat_map(|text| split(text, parameter.style));
            let elements = texts.map(|text| value_of(api, text, element, DEEPEST));
            elements.collect::<Option<Vec<_>>>().map(Value::Array)
        }
        // The properties of an object come one by one.
        _ if is_object(api, ty) => return Ok(()),
        (_, [text]) => value_of(api, text, ty, DEEPEST),
        _ => return Err(format!("one value, but {}", texts.len())),
    };
    let value = value.ok_or_else(expected)?;
    match accepts(api, &value, &parameter.ty, &parameter.facets) {
        Ok(()) => Ok(()),
        Err(mismatch) => Err(mismatch.expected().to_owned()),
    }
}

fn split(text: &str, style: ArrayStyle) -> Vec<&str> {
    let separator = match style {
        ArrayStyle::Repeated | ArrayStyle::Brackets => return vec![text],
        ArrayStyle::Comma => ',',
        ArrayStyle::Space => ' ',
        ArrayStyle::Pipe => '|',
    };
    text.split(separator).filter(|it| !it.is_empty()).collect()
}

/// The type behind aliases and `null`.
fn resolved<'a>(api: &'a Api, ty: &'a Type, depth: u8) -> &'a Type {
    let Some(depth) = depth.checked_sub(1) else {
        return ty;
    };
    match ty {
        Type::Nullable(inner) => resolved(api, inner, depth),
        Type::Named(name) => match api.schema(name).map(|it| &it.shape) {
            Some(Shape::Alias(ty)) => resolved(api, ty, depth),
            _ => ty,
        },
        ty => ty,
    }
}

fn is_object(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Named(name) => api
            .schema(name)
            .is_none_or(|it| matches!(it.shape, Shape::Properties(_))),
        _ => false,
    }
}

/// The JSON of a text that should be of a type.
pub fn value_of(api: &Api, text: &str, ty: &Type, depth: u8) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let integer = || text.parse::<i64>().ok().map(Value::from);
    match resolved(api, ty, depth) {
        Type::Int32 => text.parse::<i32>().ok().map(Value::from),
        Type::Int64 => integer(),
        Type::Boolean => text.parse::<bool>().ok().map(Value::from),
        Type::Double => {
            let number = text.parse::<f64>().ok()?;
            serde_json::Number::from_f64(number).map(Value::from)
        }
        Type::Named(name) => match &api.schema(name).map(|it| &it.shape) {
            Some(Shape::Values(values)) => {
                let mut values = values.iter();
                let value = values.find(|it| it.value.text() == text)?;
                serde_json::to_value(&value.value).ok()
            }
            Some(Shape::Flags(_)) => integer(),
            Some(Shape::Union(union)) => {
                let mut members = union.members.iter();
                members.find_map(|it| value_of(api, text, &it.ty, depth))
            }
            Some(Shape::Properties(_) | Shape::Alias(_)) | None => Some(text.into()),
        },
        _ => Some(text.into()),
    }
}

/// How few texts are of a type: of two paths that fit, the more special one is meant.
pub fn rank(ty: &Type) -> usize {
    match ty {
        Type::Named(_) => 5,
        Type::Boolean => 4,
        Type::Int32 => 3,
        Type::Int64 => 2,
        Type::Double | Type::DateTime | Type::Date => 1,
        _ => 0,
    }
}

/// What a text should be, for a sentence.
fn describe(api: &Api, ty: &Type, depth: u8) -> String {
    let ty = resolved(api, ty, depth);
    match ty {
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Int32 | Type::Int64 => format!("an integer ({ty})"),
        Type::Double => "a number".to_owned(),
        Type::Array(element) => format!("a list, each {}", describe(api, element, depth)),
        Type::Named(name) => match api.schema(name) {
            Some(Schema {
                shape: Shape::Values(values),
                ..
            }) => {
                let values = values.iter().map(|it| format!("`{}`", it.value.text()));
                format!("one of {}", values.collect::<Vec<_>>().join(", "))
            }
            _ => name.clone(),
        },
        ty => ty.to_string(),
    }
}
