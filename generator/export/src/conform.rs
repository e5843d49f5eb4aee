//! Checks whether JSON is valid against the schemas of the OpenAPI document, and whether
//! a tolerant server accepts it.

use std::fmt;

use jiff::{Timestamp, fmt::temporal::Pieces};
use regex::Regex;
use serde_json::{Number, Value};

use docwright_model::{Api, Direction, Facet, Facets, Property, Range, Schema, Shape, Type};

/// How deep a value is checked. JSON of samples is parsed with a limit anyway, so this
/// only stops aliases that refer to each other.
const DEEPEST: u8 = 128;

/// A place in a value that a schema doesn't allow, such as `Items[3].Name: expected int32`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    path: String,
    expected: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            "" => write!(f, "expected {}", self.expected),
            path => write!(f, "{path}: expected {}", self.expected),
        }
    }
}

impl Mismatch {
    /// The place, such as `Items[3].Name`; empty for the whole value.
    pub fn path(&self) -> &str {
        self.path.trim_start_matches('.')
    }

    /// What is expected there.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    fn within(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }
}

/// Checks a value against a type and its facets.
///
/// # Errors
/// The first place in which the value isn't of the type.
pub fn conforms(api: &Api, value: &Value, ty: &Type, facets: &Facets) -> Result<(), Mismatch> {
    let check = Check {
        api,
        is_tolerant: false,
    };
    check.of_slot(value, (ty, facets), DEEPEST)
}

/// Checks a value that a caller sends. Unlike [`conforms`], a date-time may lack its
/// offset, and `null` in an optional property counts as absent.
///
/// # Errors
/// The first place in which the value isn't of the type.
pub fn accepts(api: &Api, value: &Value, ty: &Type, facets: &Facets) -> Result<(), Mismatch> {
    let check = Check {
        api,
        is_tolerant: true,
    };
    check.of_slot(value, (ty, facets), DEEPEST)
}

/// What values are held against.
#[derive(Clone, Copy)]
struct Check<'a> {
    api: &'a Api,
    is_tolerant: bool,
}

impl Check<'_> {
    fn of_slot(
        self,
        value: &Value,
        (ty, facets): (&Type, &Facets),
        depth: u8,
    ) -> Result<(), Mismatch> {
        if value.is_null() && facets.is_nullable() {
            return Ok(());
        }
        self.of_type(value, ty, depth)?;
        within_limits(value, facets)
    }

    fn of_type(self, value: &Value, ty: &Type, depth: u8) -> Result<(), Mismatch> {
        let expected = || Mismatch {
            path: String::new(),
            expected: ty.to_string(),
        };
        let is = |fits: bool| if fits { Ok(()) } else { Err(expected()) };
        let Some(depth) = depth.checked_sub(1) else {
            return is(false);
        };
        match ty {
            Type::Any => Ok(()),
            Type::String | Type::Binary => is(value.is_string()),
            Type::Boolean => is(value.is_boolean()),
            Type::Int32 => is(integer(value).is_some_and(|it| i32::try_from(it).is_ok())),
            Type::Int64 => is(integer(value).is_some()),
            Type::Double => is(value.is_number()),
            Type::DateTime if self.is_tolerant => {
                is(value.as_str().is_some_and(|it| Pieces::parse(it).is_ok()))
            }
            // The format is RFC 3339's, which has an offset.
            Type::DateTime => is(value
                .as_str()
                .is_some_and(|it| it.parse::<Timestamp>().is_ok())),
            Type::Date => is(value.as_str().is_some_and(is_full_date)),
            Type::Nullable(_) if value.is_null() => Ok(()),
            Type::Nullable(inner) => self.of_type(value, inner, depth),
            Type::Array(element) => {
                let elements = value.as_array().ok_or_else(expected)?;
                elements.iter().enumerate().try_for_each(|(at, value)| {
                    self.of_type(value, element, depth)
                        .map_err(|it| it.within(&format!("[{at}]")))
                })
            }
            Type::Map(inner) => {
                let members = value.as_object().ok_or_else(expected)?;
                members.iter().try_for_each(|(key, value)| {
                    self.of_type(value, inner, depth)
                        .map_err(|it| it.within(&format!(".{key}")))
                })
            }
            Type::Named(name) => match self.api.schema(name) {
                Some(schema) => self.of_schema(value, schema, depth),
                None => Ok(()),
            },
        }
    }

    fn of_schema(self, value: &Value, schema: &Schema, depth: u8) -> Result<(), Mismatch> {
        let expected = || Mismatch {
            path: String::new(),
            expected: schema.name.clone(),
        };
        let is = |fits: bool| if fits { Ok(()) } else { Err(expected()) };
        match &schema.shape {
            Shape::Alias(ty) => self.of_type(value, ty, depth),
            Shape::Flags(_) => is(integer(value).is_some()),
            Shape::Values(values) => {
                let mut values = values.iter().map(|it| serde_json::to_value(&it.value));
                is(values.any(|it| it.is_ok_and(|it| it == *value)))
            }
            Shape::Union(union) => {
                let mut members = union.members.iter();
                is(members.any(|it| self.of_type(value, &it.ty, depth).is_ok()))
            }
            Shape::Properties(properties) => {
                if let Some(base) = schema.base.as_ref().and_then(|name| self.api.schema(name)) {
                    let depth = depth.checked_sub(1).ok_or_else(expected)?;
                    self.of_schema(value, base, depth)?;
                }
                let members = value.as_object().ok_or_else(expected)?;
                properties.iter().try_for_each(|property| {
                    self.of_property(members.get(&property.name), property, depth)
                        .map_err(|it| it.within(&format!(".{}", property.name)))
                })
            }
        }
    }

    fn of_property(
        self,
        value: Option<&Value>,
        property: &Property,
        depth: u8,
    ) -> Result<(), Mismatch> {
        match value {
            // Callers don't have to send what only the server sends.
            None if self.is_tolerant && is_sent_only(property) => Ok(()),
            None if property.required => Err(Mismatch {
                path: String::new(),
                expected: "it to be there".to_owned(),
            }),
            None => Ok(()),
            Some(Value::Null) if self.is_tolerant && !property.required => Ok(()),
            Some(value) => self.of_slot(value, (&property.ty, &property.facets), depth),
        }
    }
}

/// Checks a value against the limits that pages state.
fn within_limits(value: &Value, facets: &Facets) -> Result<(), Mismatch> {
    let wrong = |expected: String| Mismatch {
        path: String::new(),
        expected,
    };
    if let (Some(range), Some(number)) = (&facets.range, value.as_f64()) {
        let limit = |limit: &Option<Number>| limit.as_ref().and_then(Number::as_f64);
        let (least, most) = (limit(&range.value.minimum), limit(&range.value.maximum));
        if least.is_some_and(|it| number < it) || most.is_some_and(|it| number > it) {
            return Err(wrong("a number within its limits".to_owned()));
        }
    }
    let count = |limits: &Option<Facet<Range<u64>>>, count: usize| {
        let Some(limits) = limits else { return true };
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        limits.value.minimum.is_none_or(|it| count >= it)
            && limits.value.maximum.is_none_or(|it| count <= it)
    };
    match value {
        Value::String(text) if !count(&facets.length, text.chars().count()) => {
            Err(wrong("a text within its limits of length".to_owned()))
        }
        Value::String(text) => match &facets.pattern {
            Some(pattern) if Regex::new(&pattern.value).is_ok_and(|it| !it.is_match(text)) => {
                Err(wrong(format!("a text that matches {}", pattern.value)))
            }
            _ => Ok(()),
        },
        Value::Array(elements) if !count(&facets.items, elements.len()) => {
            Err(wrong("an array within its limits of length".to_owned()))
        }
        _ => Ok(()),
    }
}

/// `YYYY-MM-DD` (RFC 3339, section 5.6) and nothing else.
fn is_full_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whether only the server sends a property.
fn is_sent_only(property: &Property) -> bool {
    property.facets.is_read_only() || property.direction == Direction::Response
}

/// The integer that a value is: also `1.0` is one.
fn integer(value: &Value) -> Option<i64> {
    // Beyond them, not every integer is a double.
    const EXACT: f64 = (1_i64 << 53) as f64;
    let whole = |it: &f64| it.fract() == 0.0 && it.abs() <= EXACT;
    value
        .as_i64()
        .or_else(|| value.as_f64().filter(whole).map(|it| it as i64))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(value: &Value, ty: &str) -> Option<String> {
        let api: Api = serde_json::from_value(json!({
            "format": 2, "title": "Boats", "security": [], "headers": [], "operations": [],
            "schemas": [
                { "name": "Boat", "known": "documented", "properties": [
                    { "name": "id", "type": "int32", "known": "documented", "in": "both",
                      "required": true },
                    { "name": "owner", "type": "string", "known": "documented", "in": "both",
                      "facets": { "nullable": { "value": true, "known": "sampled" } } },
                    { "name": "kind", "type": "Kind", "known": "documented", "in": "both" },
                ] },
                { "name": "Key", "known": "documented",
                  "union": { "members": [{ "type": "int32" }, { "type": "Kind" }] } },
                { "name": "Kind", "known": "documented", "values": [{ "value": "tug" }] },
                { "name": "Loop", "known": "documented", "alias": "Loop" },
            ],
        }))
        .unwrap();
        let checked = conforms(&api, value, &ty.parse().unwrap(), &Facets::default());
        checked.err().map(|it| it.to_string())
    }

    #[test]
    fn values_are_held_against_their_types() {
        for (value, ty, expected) in [
            (json!({"id": 1, "owner": null, "kind": "tug"}), "Boat", None),
            (
                json!({"id": 1, "kind": "liner"}),
                "Boat",
                Some("kind: expected Kind"),
            ),
            (
                json!([{"id": 1}, {}]),
                "array<Boat>",
                Some("[1].id: expected it to be there"),
            ),
            (
                json!({"id": 5_000_000_000_i64}),
                "Boat",
                Some("id: expected int32"),
            ),
            (json!("tug"), "Key", None),
            (json!(true), "Key", Some("expected Key")),
            (json!([1, null]), "array<int32?>", None),
            (json!(1.0), "int32", None),
            (json!(1.5), "int64", Some("expected int64")),
            (json!(1e300), "int64", Some("expected int64")),
            (json!("2025-05-09T17:54:08+02:00"), "date-time", None),
            (
                json!("2025-05-09T17:54:08"),
                "date-time",
                Some("expected date-time"),
            ),
            (json!("2025-05-09"), "date", None),
            (json!(1), "Loop", Some("expected Loop")),
        ] {
            assert_eq!(error(&value, ty).as_deref(), expected, "{value} as {ty}");
        }
    }
}
