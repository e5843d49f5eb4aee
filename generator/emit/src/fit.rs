//! Whether JSON fits a type, as the emitted types read it.

use serde_json::Value;

use docwright_model::{Shape, Type};

use super::plan::{NamedType, Plan, Presence};
use super::schemas::are_integers;

/// Checks JSON against a type.
///
/// # Errors
/// The first mismatch, such as `Items[3].Name: expected int32, found a string`.
pub fn check(plan: &Plan<'_>, json: &Value, ty: &Type) -> Result<(), String> {
    let at = |key: String| move |error: String| format!("{key}{error}");
    let expected = || format!(": expected {ty}, found {}", kind(json));
    let is = |fits: bool| if fits { Ok(()) } else { Err(expected()) };
    match ty {
        Type::Any => Ok(()),
        Type::String | Type::Binary => is(json.is_string()),
        Type::Boolean => is(json.is_boolean()),
        Type::Int32 => is(json
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok())),
        Type::Int64 => is(json.is_i64()),
        Type::Double => is(json.is_number()),
        Type::Date | Type::DateTime => {
            let is_date = |text: &str| jiff::fmt::temporal::Pieces::parse(text).is_ok();
            is(json.as_str().is_some_and(is_date))
        }
        Type::Array(element) => {
            let elements = json.as_array().ok_or_else(expected)?;
            let mut elements = elements.iter().enumerate();
            elements
                .try_for_each(|(i, json)| check(plan, json, element).map_err(at(format!("[{i}]"))))
        }
        Type::Map(value) => {
            let members = json.as_object().ok_or_else(expected)?;
            let mut members = members.iter().filter(|(_, json)| !json.is_null());
            members
                .try_for_each(|(key, json)| check(plan, json, value).map_err(at(format!(".{key}"))))
        }
        Type::Nullable(_) if json.is_null() => Ok(()),
        Type::Nullable(inner) => check(plan, json, inner),
        Type::Named(name) => match plan.named(name) {
            None => Ok(()),
            Some(named) => check_named(plan, json, named, &expected),
        },
    }
}

fn check_named(
    plan: &Plan<'_>,
    json: &Value,
    named: &NamedType<'_>,
    expected: &dyn Fn() -> String,
) -> Result<(), String> {
    let is = |fits: bool| if fits { Ok(()) } else { Err(expected()) };
    match &named.schema.shape {
        Shape::Values(values) if are_integers(values) => is(json.is_i64()),
        Shape::Values(_) => is(json.is_string()),
        Shape::Flags(_) => is(json.is_i64()),
        Shape::Alias(ty) => check(plan, json, ty),
        // What is of none of its types is kept.
        Shape::Union(_) => Ok(()),
        Shape::Properties(_) => {
            let members = json.as_object().ok_or_else(expected)?;
            named.properties.iter().try_for_each(|property| {
                let at = |error: String| format!(".{}{error}", property.name);
                let presence = plan.presence(named, property);
                match members.get(&property.name) {
                    None if presence == Presence::Optional => Ok(()),
                    None => Err(format!(".{} is missing", property.name)),
                    Some(Value::Null) if presence != Presence::Required => Ok(()),
                    Some(json) => check(plan, json, &property.ty).map_err(at),
                }
            })
        }
    }
}

fn kind(json: &Value) -> String {
    match json {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
