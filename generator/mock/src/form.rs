//! Forms as JSON objects: fields of a URL-encoded form, and the parts of one with files
//! (`multipart/form-data`, RFC 7578).

use std::convert::Infallible;

use axum::body::Bytes;
use docwright_model::{Api, Property, Type};
use futures_util::stream;
use multer::Multipart;
use serde_json::{Map, Value};

use super::media;
use super::parameter::value_of;
use super::problem::Problem;

/// A field of a form.
pub enum Field {
    /// Text, or the content of a file, which is only looked at as text.
    Text(String),
    /// A part whose media type is JSON.
    Json(Value),
}

/// The fields of a form whose media type is `application/x-www-form-urlencoded`.
pub fn url_encoded(bytes: &[u8]) -> Vec<(String, Field)> {
    let fields = form_urlencoded::parse(bytes);
    fields
        .map(|(name, text)| (name.into_owned(), Field::Text(text.into_owned())))
        .collect()
}

/// The parts of a form with files; `content` is its media type, with the boundary.
///
/// # Errors
/// What isn't as in RFC 7578, and parts in JSON that isn't any.
pub async fn parts(content: &str, bytes: Bytes) -> Result<Vec<(String, Field)>, Problem> {
    let refuse = |error: multer::Error| {
        Problem::bad_request(format!("The body isn't a form with parts: {error}."))
    };
    let boundary = multer::parse_boundary(content).map_err(refuse)?;
    let whole = stream::iter([Ok::<_, Infallible>(bytes)]);
    let mut form = Multipart::new(whole, boundary);
    let mut fields = Vec::new();
    while let Some(part) = form.next_field().await.map_err(refuse)? {
        let Some(name) = part.name().map(str::to_owned) else {
            return Err(Problem::bad_request("A part of the form has no `name`."));
        };
        let is_json = part
            .content_type()
            .is_some_and(|it| media::is_json(it.as_ref()));
        let bytes = part.bytes().await.map_err(refuse)?;
        let field = match is_json {
            true => Field::Json(serde_json::from_slice(&bytes).map_err(|error| {
                Problem::bad_request(format!("The part `{name}` isn't JSON: {error}."))
            })?),
            false => Field::Text(String::from_utf8_lossy(&bytes).into_owned()),
        };
        fields.push((name, field));
    }
    Ok(fields)
}

/// A form as an object, with texts in the types of its properties.
///
/// # Errors
/// A field that is repeated although its property isn't an array.
pub fn object(api: &Api, ty: &Type, fields: Vec<(String, Field)>) -> Result<Value, Problem> {
    let mut object = Map::new();
    let properties = properties(api, ty);
    for (name, field) in fields {
        let property = properties.iter().find(|it| it.name == name);
        let value = match (field, property.map(|it| &it.ty)) {
            (Field::Text(text), Some(Type::Array(element))) => {
                let text = value_of(api, &text, element, 8);
                let list = object
                    .entry(name)
                    .or_insert_with(|| Vec::<Value>::new().into());
                if let (Value::Array(list), Some(value)) = (list, text) {
                    list.push(value);
                }
                continue;
            }
            (Field::Text(text), Some(ty)) => {
                value_of(api, &text, ty, 8).unwrap_or_else(|| text.into())
            }
            (Field::Text(text), None) => text.into(),
            (Field::Json(value), _) => value,
        };
        if object.contains_key(&name) {
            let detail = format!("The form field `{name}` is repeated.");
            return Err(Problem::bad_request(detail));
        }
        object.insert(name, value);
    }
    Ok(object.into())
}

/// The properties of an object, with those of its bases.
pub fn properties<'a>(api: &'a Api, ty: &Type) -> Vec<&'a Property> {
    let mut all = Vec::new();
    let mut schema = ty.named().and_then(|name| api.schema(name));
    // Bases may name each other.
    for _ in 0..16 {
        let Some(known) = schema else { break };
        all.extend(known.shape.properties());
        schema = known.base.as_ref().and_then(|name| api.schema(name));
    }
    all
}
