//! The longer program of the README shows what the pages have operations for, and nothing else.

use serde_json::{Value, json};

use super::*;

fn operation(uid: &str, method: &str, path: &str, sent: Option<&str>, read: &str) -> Value {
    let mut operation = json!({
        "uid": uid, "method": method, "path": path, "resource": "ropes",
        "parameters": [{"name": "id", "in": "path", "type": "int32", "known": "documented",
                        "required": true}],
        "responses": [{"status": 200, "body": {"type": read, "known": "documented"}}]});
    if let Some(sent) = sent {
        operation["request"] = json!({"type": sent, "known": "documented"});
    }
    operation
}

fn object(name: &str, properties: &[(&str, &str)]) -> Value {
    let property = |(name, ty): &(&str, &str)| {
        json!({
        "name": name, "type": ty, "known": "documented", "in": "both"})
    };
    let properties: Vec<_> = properties.iter().map(property).collect();
    json!({"name": name, "known": "documented", "properties": properties})
}

/// The README's functions, in their order.
fn functions(operations: Vec<Value>) -> Vec<String> {
    let api = json!({
    "format": 2, "title": "Ropes", "security": [], "headers": [], "operations": operations,
    "schemas": [
        object("Change", &[("op", "string"), ("path", "string"), ("value", "any")]),
        object("Rope", &[("length", "double"), ("name", "string")]),
        object("RopePage", &[("nextPage", "string"), ("ropes", "array<Rope>")]),
    ]});
    let api: Api = serde_json::from_value(api).unwrap();
    let emitted = emit(&api, &[], &Settings::default());
    let readme = emitted.files.get("README.md").unwrap();
    let program = readme.split("A program with credentials").nth(1);
    let program = program.and_then(|text| text.split("\n```\n").next());
    let lines = program.unwrap_or_default().lines();
    let names = lines.filter_map(|line| line.strip_prefix("async fn ")?.split('(').next());
    names.map(str::to_owned).collect()
}

#[test]
fn each_part_stands_for_operations_of_the_pages() {
    let operations = vec![
        operation("file", "GET", "/ropes/{id}/file", None, "binary"),
        operation("get", "GET", "/ropes/{id}", None, "Rope"),
        operation("list", "GET", "/ropes/of/{id}", None, "RopePage"),
        operation(
            "patch",
            "PATCH",
            "/ropes/{id}",
            Some("array<Change>"),
            "Rope",
        ),
        operation("put", "PUT", "/ropes/{id}", Some("Rope"), "Rope"),
        operation("putFile", "PUT", "/ropes/{id}/file", Some("binary"), "Rope"),
    ];
    let all = ["token", "list", "change", "patch", "copy", "main"];
    assert_eq!(functions(operations.clone()), all);
    // Without PUT there is nothing to change or to upload.
    let some: Vec<_> = operations.into_iter().take(4).collect();
    assert_eq!(functions(some), ["token", "list", "patch", "main"]);
}

#[test]
fn one_part_is_no_longer_program() {
    let operations = vec![
        operation("get", "GET", "/ropes/{id}", None, "Rope"),
        // Elements that aren't operations of a JSON Patch, and a body of another type.
        operation("patch", "PATCH", "/ropes/{id}", Some("array<Rope>"), "Rope"),
        operation("put", "PUT", "/ropes/{id}", Some("RopePage"), "Rope"),
        operation("list", "GET", "/ropes/of/{id}", None, "RopePage"),
    ];
    assert_eq!(functions(operations), [""; 0]);
}
