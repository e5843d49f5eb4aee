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

/// The example `tour`; blank if there is none.
fn tour(operations: Vec<Value>) -> String {
    let mut mast = object("Mast", &[("id", "string"), ("wood", "string")]);
    for property in mast["properties"].as_array_mut().unwrap() {
        property["required"] = json!(true);
    }
    let mut page = object("RopePage", &[("more", "string"), ("ropes", "array<Rope>")]);
    page["properties"][0]["next-page"] = json!(true);
    let api = json!({
    "format": 2, "title": "Ropes", "security": [], "headers": [], "operations": operations,
    "schemas": [
        object("Change", &[("op", "string"), ("path", "string"), ("value", "any")]),
        mast,
        object("Rope", &[("length", "double"), ("name", "string")]),
        page,
    ]});
    let api: Api = serde_json::from_value(api).unwrap();
    let emitted = emit(&api, &[], &Settings::default());
    let tour = emitted.files.get("examples/tour.rs").unwrap_or_default();
    let (_, program) = tour.split_once("rustfmt_skip)]\n\n").unwrap_or_default();
    let readme = emitted.files.get("README.md").unwrap();
    assert!(
        program.is_empty() || readme.contains(program),
        "it is in the README"
    );
    let manifest = emitted.files.get("Cargo.toml").unwrap();
    let is_named = manifest.contains("[[example]]\nname = \"tour\"");
    assert_eq!(is_named, !program.is_empty());
    program.to_owned()
}

/// Which of the parts a program has.
fn parts(program: &str) -> Vec<&'static str> {
    let of = [
        ("list", ".pages("),
        ("change", ".conditional()"),
        ("patch", "JsonPatch::between"),
        ("copy", "let file"),
    ];
    let there = of.into_iter().filter(|(_, code)| program.contains(code));
    there.map(|(part, _)| part).collect()
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
    let program = tour(operations.clone());
    assert_eq!(parts(&program), ["list", "change", "patch", "copy"]);
    let lines = program.lines().filter(|line| !line.is_empty()).count();
    assert!(lines <= 40, "{lines} lines:\n{program}");
    // Without PUT there is nothing to change or to upload.
    let some: Vec<_> = operations.into_iter().take(4).collect();
    assert_eq!(parts(&tour(some)), ["list", "patch"]);
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
    assert_eq!(tour(operations), "");
}

#[test]
fn parts_of_several_resources_and_a_required_text_make_a_program() {
    let rope = |uid, method, sent| operation(uid, method, "/ropes/{id}", sent, "Mast");
    let mut list = operation("list", "GET", "/masts/{id}", None, "RopePage");
    list["resource"] = json!("masts");
    let program = tour(vec![
        rope("get", "GET", None),
        list,
        rope("put", "PUT", Some("Mast")),
    ]);
    assert_eq!(parts(&program), ["list", "change"]);
    assert!(
        program.contains("changed.wood = \"text\".to_owned();"),
        "{program}"
    );
}
