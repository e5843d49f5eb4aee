//! Converts a document of OpenAPI 3.1 to 3.0.3, for tools that don't support newer
//! versions.
//!
//! Source: the differences that the OpenAPI Initiative lists
//! (<https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0>).
//! Only what this export writes is translated.

use serde_json::{Map, Value, json};

/// Makes the document one of 3.0.3.
pub fn to_3_0(document: &mut Value) {
    if let Some(version) = document.get_mut("openapi") {
        *version = "3.0.3".into();
    }
    objects(document);
}

/// Translates all objects; samples aren't schemas, whatever keys they have.
fn objects(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(objects),
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                match (key.as_str(), value) {
                    ("examples" | "x-samples" | "default" | "enum", _) => {}
                    // A property may have any of these names.
                    ("properties", Value::Object(properties)) => {
                        properties.values_mut().for_each(objects);
                    }
                    (_, value) => objects(value),
                }
            }
            schema(members);
        }
        _ => {}
    }
}

/// Translates a schema object; others have none of these keys.
fn schema(object: &mut Map<String, Value>) {
    if let Some(types) = object.get("type").and_then(Value::as_array) {
        let mut others = types.iter().filter(|ty| *ty != "null").cloned();
        let ty = others.next().unwrap_or_else(|| "object".into());
        object.insert("type".into(), ty);
        object.insert("nullable".into(), true.into());
    }
    if object
        .get("contentEncoding")
        .is_some_and(|it| it == "base64")
    {
        object.shift_remove("contentEncoding");
        object.insert("format".into(), "byte".into());
    }
    if let Some(schemas) = object.get_mut("anyOf").and_then(Value::as_array_mut) {
        let all = schemas.len();
        schemas.retain(|it| it.get("type").is_none_or(|ty| ty != "null"));
        if schemas.len() < all {
            let rest = std::mem::take(schemas);
            object.shift_remove("anyOf");
            let key = if rest.len() == 1 { "allOf" } else { "anyOf" };
            object.insert(key.into(), rest.into());
            object.insert("nullable".into(), true.into());
        }
    }
    // 3.0 ignores what stands beside a reference.
    if object.len() > 1
        && let Some(reference) = object.get("$ref").filter(|it| is_schema(it)).cloned()
    {
        object.shift_remove("$ref");
        object.insert("allOf".into(), json!([{ "$ref": reference }]));
    }
}

fn is_schema(reference: &Value) -> bool {
    let path = reference.as_str();
    path.is_some_and(|it| it.starts_with("#/components/schemas/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_written_as_3_0_has_them() {
        for (new, old) in [
            (
                json!({"type": ["string", "null"]}),
                json!({"type": "string", "nullable": true}),
            ),
            (
                json!({"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}),
                json!({"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": true}),
            ),
            (
                json!({"$ref": "#/components/schemas/A", "description": "x"}),
                json!({"description": "x", "allOf": [{"$ref": "#/components/schemas/A"}]}),
            ),
            (
                json!({"type": "string", "contentEncoding": "base64"}),
                json!({"type": "string", "format": "byte"}),
            ),
            (
                json!({"properties": {"examples": {"type": ["integer", "null"]}}}),
                json!({"properties": {"examples": {"type": "integer", "nullable": true}}}),
            ),
            (
                json!({"examples": {"sample": {"value": {"type": ["a", "b"]}}}}),
                json!({"examples": {"sample": {"value": {"type": ["a", "b"]}}}}),
            ),
        ] {
            let mut document = new;
            to_3_0(&mut document);
            assert_eq!(document, old);
        }
    }
}
