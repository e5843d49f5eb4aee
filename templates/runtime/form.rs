//! Forms (`application/x-www-form-urlencoded`): objects without nested objects, as pairs of
//! key and value.
//!
//! A form is converted to or from JSON, which the types already support, so that nothing is
//! compiled for each type. The key of an array is repeated for each element; a `null` is
//! left out.

use super::MediaType;

/// Whether a body of this media type is a form.
pub(crate) fn is_form(media_type: &MediaType) -> bool {
    let essence = media_type.essence();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(feature = "client")]
pub(crate) use writing::encode;

#[cfg(feature = "client")]
mod writing {
    use bytes::Bytes;
    use serde_json::Value;

    /// Writes a JSON object as a form.
    ///
    /// # Errors
    /// Returns the reason why a form can't hold the object.
    pub(crate) fn encode(json: &[u8]) -> Result<Bytes, String> {
        let value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let Value::Object(object) = value else {
            return Err("only an object can be a form".to_owned());
        };
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &object {
            match value {
                Value::Null => {}
                Value::Array(values) => {
                    for value in values {
                        form.append_pair(name, &text(name, value)?);
                    }
                }
                value => {
                    form.append_pair(name, &text(name, value)?);
                }
            }
        }
        Ok(form.finish().into())
    }

    fn text(name: &str, value: &Value) -> Result<String, String> {
        let what = match value {
            Value::String(text) => return Ok(text.clone()),
            Value::Number(_) | Value::Bool(_) => return Ok(value.to_string()),
            Value::Null => "`null` in an array",
            Value::Array(_) => "array in an array",
            Value::Object(_) => "object",
        };
        Err(format!("a form can't hold the {what} at `{name}`"))
    }
}

#[cfg(feature = "server")]
pub(crate) use reading::decode;

#[cfg(feature = "server")]
mod reading {
    use std::collections::BTreeMap;

    use serde::de::Error as _;
    use serde_json::{Map, Value};

    use crate::runtime::{DecodeError, OnOdd, Payload};

    /// Reads a form.
    ///
    /// # Errors
    /// Returns the key whose value isn't as expected, or that is repeated but isn't a list.
    pub(crate) fn decode<T: Payload>(form: &[u8]) -> Result<T, DecodeError> {
        let read = |json: &[u8]| T::decode_json(json, OnOdd::RefuseOutsideUnions);
        let json = to_json(form, &mut |json| read(json).map(drop))?;
        read(&json)
    }

    /// Reads a JSON object.
    type Try<'a> = dyn FnMut(&[u8]) -> Result<(), DecodeError> + 'a;

    /// The form as a JSON object. A text can be read as several JSON values, so they are tried,
    /// for each property alone. If none fits, the last one is left, for the error.
    fn to_json(form: &[u8], attempt: &mut Try<'_>) -> Result<Vec<u8>, DecodeError> {
        let mut object = Map::new();
        for (name, texts) in pairs(form)? {
            let mut fault = None;
            for value in readings(&texts) {
                let alone = Map::from_iter([(name.clone(), value)]);
                let json = serde_json::to_vec(&alone)?;
                object.extend(alone);
                // That other properties are missing is no fault of this one.
                fault = attempt(&json)
                    .err()
                    .filter(|error| is_within(&error.path, &name));
                if fault.is_none() {
                    break;
                }
            }
            if texts.len() > 1 && fault.is_some_and(|fault| fault.path == name) {
                return Err(refused(name, "the key is repeated, but it isn't a list"));
            }
        }
        Ok(serde_json::to_vec(&object)?)
    }

    /// The texts of each key.
    fn pairs(form: &[u8]) -> Result<BTreeMap<String, Vec<String>>, DecodeError> {
        let is_encoded = |form| crate::runtime::server::percent_decoded(form).is_some();
        if !std::str::from_utf8(form).is_ok_and(is_encoded) {
            return Err(refused(".".to_owned(), "it isn't percent-encoded UTF-8"));
        }
        let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, text) in form_urlencoded::parse(form) {
            let texts = pairs.entry(name.into_owned()).or_default();
            texts.push(text.into_owned());
        }
        Ok(pairs)
    }

    /// The JSON values that the texts can be read as, likeliest first.
    fn readings(texts: &[String]) -> Vec<Value> {
        let strings: Vec<_> = texts.iter().map(|text| Value::from(text.clone())).collect();
        let scalars: Option<Vec<_>> = texts.iter().map(|text| scalar(text)).collect();
        let mut readings = Vec::new();
        let alone = match &strings[..] {
            [string] => Some(string.clone()),
            _ => None,
        };
        if let Some(string) = &alone {
            readings.push(string.clone());
            readings.extend(scalars.iter().flatten().cloned());
        }
        readings.push(Value::Array(strings));
        readings.extend(scalars.map(Value::Array));
        // For the error, if nothing fits.
        readings.extend(alone);
        readings
    }

    /// A number or a boolean; an empty text is `null`.
    fn scalar(text: &str) -> Option<Value> {
        match text {
            "" => Some(Value::Null),
            text => serde_json::from_str(text).ok(),
        }
        .filter(|value: &Value| !value.is_array() && !value.is_object() && !value.is_string())
    }

    /// Whether a JSON path begins with a property.
    fn is_within(path: &str, name: &str) -> bool {
        let rest = path.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    fn refused(path: String, reason: &str) -> DecodeError {
        let error = serde_json::Error::custom(reason);
        DecodeError { path, error }
    }
}

#[cfg(all(test, feature = "client", feature = "server"))]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::runtime::{DateTime, Extra, object};

    #[derive(Clone, PartialEq)]
    struct Boat {
        id: i64,
        name: Option<String>,
        length: Option<f64>,
        sails: Option<bool>,
        built: Option<DateTime>,
        berths: Option<Vec<i32>>,
        tags: Option<Vec<String>>,
        extra: Extra,
        __non_exhaustive: (),
    }

    object! {
        Boat = "Boat" {
            required id: "Id",
            optional name: "Name",
            optional length: "Length",
            optional sails: "Sails",
            optional built: "Built",
            optional berths: "Berths",
            optional tags: "Tags",
        }
    }

    fn boat(form: &str) -> Result<serde_json::Value, String> {
        let read = decode::<Boat>(form.as_bytes()).map_err(|error| error.to_string())?;
        Ok(serde_json::to_value(read).unwrap())
    }

    #[test]
    fn texts_are_of_the_types_of_their_properties() {
        let form = "Id=7&Name=12&Length=9.50&Sails=true&Built=2025-05-09&Berths=1&Berths=2&Tags=3";
        let expected = json!({
            "Id": 7, "Name": "12", "Length": 9.5, "Sails": true, "Built": "2025-05-09",
            "Berths": [1, 2], "Tags": ["3"],
        });
        assert_eq!(boat(form), Ok(expected));
        assert_eq!(
            boat("Name=a+b%26%C3%B8&Id=1&New=5"),
            Ok(json!({"Id": 1, "Name": "a b&ø", "New": "5"}))
        );
        assert_eq!(boat("Id=1&Length="), Ok(json!({"Id": 1, "Length": null})));
    }

    #[test]
    fn what_is_wrong_with_a_form_names_the_key() {
        for (form, expected) in [
            (
                "Id=1&Name=a&Name=b",
                "`Name`: the key is repeated, but it isn't a list",
            ),
            (
                "Id=1&Id=1",
                "`Id`: the key is repeated, but it isn't a list",
            ),
            (
                "Id=many",
                "`Id`: invalid type: string \"many\", expected i64",
            ),
            (
                "Id=1&Length=long",
                "`Length`: invalid type: string \"long\", expected a number",
            ),
            (
                "Berths=1&Berths=x",
                "`Berths[0]`: invalid type: string \"1\", expected i32",
            ),
            ("Name=a", "`.`: missing field `Id`"),
            ("Id=1&Name=%FF", "`.`: it isn't percent-encoded UTF-8"),
            ("Id=1&Name=%4", "`.`: it isn't percent-encoded UTF-8"),
        ] {
            let error = boat(form).unwrap_err();
            assert_eq!(error, format!("at JSON path {expected}"), "{form}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let written = json!({
            "Id": i64::MAX, "Name": "a&b=c d+", "Length": 117.633_311_394_000_17, "Sails": false,
            "Berths": [1], "Tags": ["x", ""],
        });
        let form = encode(written.to_string().as_bytes()).unwrap();
        assert_eq!(boat(std::str::from_utf8(&form).unwrap()), Ok(written));
        let form = encode(br#"{"Name": null, "Tags": []}"#).unwrap();
        assert!(form.is_empty());
    }

    #[test]
    fn what_a_form_cannot_hold_is_an_error() {
        for (json, expected) in [
            ("[1]", "only an object can be a form"),
            (r#"{"a": {}}"#, "a form can't hold the object at `a`"),
            (
                r#"{"a": [null]}"#,
                "a form can't hold the `null` in an array at `a`",
            ),
            (
                r#"{"a": [[1]]}"#,
                "a form can't hold the array in an array at `a`",
            ),
        ] {
            assert_eq!(encode(json.as_bytes()).unwrap_err(), expected);
        }
    }
}
