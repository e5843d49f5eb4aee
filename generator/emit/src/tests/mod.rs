//! A small API of another make, emitted: it is deterministic, hostile names stay names, and
//! the crate compiles, passes its own tests and has no warnings.

mod compile;
mod docs;
mod growth;
mod harbour;
mod queries;
mod tour;
mod words;

use docwright_read::settings::{CodeSettings, Pattern, Written};
use serde_json::json;

use super::*;
use compile::Crate;

/// An API that has one of everything, and names that are hard to bear.
fn api() -> Api {
    serde_json::from_value(json!({
        "format": 1,
        "title": "Garden \"API\" \\ {{ x }}",
        "security": [
            {"kind": "authorization", "scheme": "Basic"},
            {"kind": "authorization", "scheme": "Token"},
            {"kind": "header", "name": "X-Key"},
        ],
        "headers": [
            {"name": "Accept-Language", "description": "Which [language] to answer in."},
            {"name": "Authentication"},
            {"name": "X-Key"},
            {"name": "query"},
        ],
        "operations": [
            {
                "uid": "garden_addPlant", "method": "POST", "path": "/plants",
                "resource": "plants",
                "description": "Adds a plant.\n\n```\nlet x = not_a_test;\n```\n\n- one <b>\n- two",
                "request": {"type": "Plant", "known": "documented",
                            "media-types": ["application/json"]},
                "responses": [{"status": 201, "body": {"type": "Plant", "known": "documented"}}],
            },
            {
                "uid": "garden_getPlant", "method": "GET", "path": "/plants/{id}",
                "resource": "plants",
                "parameters": [parameter("id", "path", "int64", true),
                               parameter("type", "query", "bool", true),
                               parameter("query", "query", "array<string>", false),
                               parameter("since", "query", "date-time", false)],
                "responses": [{"status": 200, "body": {"type": "Plant", "known": "documented"}},
                              {"status": 404}],
            },
            {
                "uid": "garden_plantsByColour", "method": "GET", "path": "/plants/{colour}",
                "resource": "plants",
                "parameters": [parameter("colour", "path", "Colour", true)],
                "responses": [{"status": 200, "body": {"type": "array<Plant?>",
                                                       "known": "documented"}}],
            },
            {
                "uid": "garden_photo", "method": "GET", "path": "/plants/{id}/photo",
                "resource": "plants",
                "parameters": [parameter("id", "path", "int32", true)],
                "accepts": ["image/png", "image/jpeg"],
                "responses": [{"status": 200, "body": {"type": "binary", "known": "documented"}}],
            },
            {
                "uid": "garden_setPhoto", "method": "PUT", "path": "/plants/{id}/photo",
                "resource": "plants",
                "parameters": [parameter("id", "path", "int32", true)],
                "request": {"type": "binary", "known": "documented", "optional": true,
                            "media-types": ["image/png"]},
                "responses": [{"status": 204}],
            },
            {
                "uid": "garden_plan", "method": "POST", "path": "/plans", "resource": "plants",
                "request": {"type": "array<Plant>", "known": "documented", "optional": true},
                "responses": [{"status": 204}],
            },
            {
                "uid": "garden_replant", "method": "POST", "path": "/plants/{id}/again",
                "resource": "plants",
                "parameters": [parameter("id", "path", "int32", true)],
                "request": {"type": "Plant", "known": "documented", "optional": true},
                "responses": [{"status": 200, "body": {"type": "Plant", "known": "documented"}}],
            },
            {
                "uid": "garden_water", "method": "POST", "path": "/plants/{id}/water",
                "resource": "plants",
                "parameters": [parameter("id", "path", "int32", true)],
                "request": {"type": "int32", "known": "documented", "optional": true},
                "responses": [{"status": 204}],
            },
            {
                "uid": "garden_label", "method": "POST", "path": "/labels",
                "resource": "plants",
                "request": {"type": "Label", "known": "documented",
                            "media-types": ["application/x-www-form-urlencoded"]},
                "responses": [{"status": 204}],
            },
            {
                "uid": "garden_relabel", "method": "PATCH", "path": "/labels/{id}",
                "resource": "plants",
                "parameters": [parameter("id", "path", "int32", true)],
                "request": {"type": "Label", "known": "documented",
                            "media-types": ["application/merge-patch+json"]},
                "responses": [{"status": 200, "body": {"type": "Label", "known": "documented"}}],
            },
            {
                "uid": "tools_list", "method": "GET", "path": "/client", "resource": "client",
                "responses": [{"status": 200, "body": {"type": "map<int32>",
                                                       "known": "sampled"}}],
            },
            {
                "uid": "tools_self", "method": "GET", "path": "/client/{self}/{body}",
                "resource": "client",
                "parameters": [parameter("self", "path", "string", true)],
                "responses": [{"status": 200, "body": {"type": "Option", "known": "documented"}}],
            },
        ],
        "schemas": [
            {"name": "Colour", "known": "documented", "values": [
                {"value": "Unknown"}, {"value": "Undocumented"}, {"value": "red"},
                {"value": "Red"}, {"value": "\"]; fn main() {} //"}, {"value": "2nd"}]},
            {"name": "Empty", "known": "documented", "properties": []},
            {"name": "Label", "known": "documented", "properties": [
                property("text", "string", true), property("copies", "int32", true)]},
            {"name": "Option", "known": "documented", "properties": [
                property("Some", "array<Empty>", false), property("extra", "any", false)]},
            {"name": "Plant", "known": "documented",
             "description": "\"]; fn main() {} */ }} \u{202e} https://a.b/c `x [y](z) \
                 {Garden.Colour.Red}, {Garden.Plant.read}, <see cref='T:Garden.Option'/>",
             "properties": [
                property("id", "int64", true),
                property("type", "Colour", false),
                property("Type", "string", false),
                property("parent", "Plant", false),
                property("tags", "map<string>", false),
                property("planted", "date", false),
                property("height", "double", true),
                property("read", "bool", false),
                property("../../etc", "map<array<map<bool>>>", false),
                property("self", "Colour", true),
                property("{{ x }}", "Option", false),
                property("", "binary", false)]},
        ],
    }))
    .unwrap()
}

fn parameter(name: &str, location: &str, ty: &str, required: bool) -> serde_json::Value {
    let description = format!("The `{name}`, in <{location}>.");
    json!({"name": name, "in": location, "type": ty, "known": "documented",
           "required": required, "description": description})
}

fn property(name: &str, ty: &str, required: bool) -> serde_json::Value {
    json!({"name": name, "type": ty, "known": "documented", "in": "both", "required": required,
           "description": "What # it is\n===\n> [said] to be"})
}

fn samples() -> Vec<Sample> {
    let plant = json!({"id": 1, "height": 2, "self": "blue", "type": null, "parent": null,
                       "tags": {"a": null, "b": "c"}, "planted": "2025-05-09", "new": [1]});
    let sample = |operation: &str, direction, status, body| Sample {
        operation: operation.to_owned(),
        direction,
        status,
        headers: Vec::new(),
        body: Some(std::sync::Arc::new(body)),
        provenance: docwright_model::Provenance::default(),
    };
    use docwright_model::Direction::{Request, Response};
    vec![
        sample("garden_addPlant", Request, None, plant.clone()),
        sample("garden_addPlant", Response, Some(201), plant.clone()),
        sample(
            "garden_plantsByColour",
            Response,
            Some(200),
            json!([plant, plant]),
        ),
        sample(
            "garden_getPlant",
            Response,
            Some(200),
            json!({"id": "no number"}),
        ),
        sample("garden_getPlant", Response, Some(404), json!(null)),
        sample("garden_getPlant", Response, Some(404), json!("none")),
        sample("garden_photo", Response, Some(200), json!("bytes")),
    ]
}

fn emitted() -> Emitted {
    emit(&api(), &samples(), &Settings::default())
}

#[test]
fn the_same_api_makes_the_same_crate() {
    assert_eq!(emitted().files, emitted().files);
}

#[test]
fn sample_values_show_in_the_samples_only() {
    let mut samples = samples();
    for sample in &mut samples {
        sample.body = Some(json!({"id": 5, "height": 0.5, "self": "green"}).into());
    }
    let (before, after) = (
        emitted().files,
        emit(&api(), &samples, &Settings::default()).files,
    );
    for (path, text) in before.iter() {
        if !path.starts_with("tests/") {
            assert_eq!(after.get(path), Some(text), "{path}");
        }
    }
}

#[test]
fn one_more_property_only_adds_lines() {
    let mut more = api();
    let plant = more
        .schemas
        .iter_mut()
        .find(|schema| schema.name == "Plant")
        .unwrap();
    let docwright_model::Shape::Properties(properties) = &mut plant.shape else {
        panic!()
    };
    let new = serde_json::from_value(property("watered", "date-time", false)).unwrap();
    properties.insert(3, new);
    let (before, after) = (
        emitted().files,
        emit(&more, &samples(), &Settings::default()).files,
    );
    for (path, text) in before.iter() {
        let mut lines = after.get(path).unwrap().lines();
        let is_kept = text.lines().all(|line| lines.any(|new| new == line));
        assert!(is_kept, "{path}");
    }
}

/// A resource with more operations than one has, in two parts and a rest.
fn large() -> Api {
    let mut api = api();
    let paths = (0..101).map(|number| match number {
        0 => "/list".to_owned(),
        1 => "/list/{id}".to_owned(),
        _ if number % 2 == 0 => format!("/list/Colour/a{number}"),
        _ => format!("/list/Kind/a{number}/{{id}}"),
    });
    let operations = paths.enumerate().map(|(number, path)| {
        let mut parameters = Vec::new();
        if path.ends_with("{id}") {
            parameters.push(parameter("id", "path", "int32", true));
        }
        serde_json::from_value(json!({
            "uid": format!("list_get{number}"), "method": "GET", "path": path,
            "resource": "list", "parameters": parameters,
            "responses": [{"status": 200, "body": {"type": "Plant", "known": "documented"}}],
        }))
        .unwrap()
    });
    api.operations.extend(operations);
    let unused = json!({"name": "Unused", "known": "documented", "properties": []});
    api.schemas.push(serde_json::from_value(unused).unwrap());
    api
}

#[test]
fn a_large_resource_is_split_by_the_next_segment_of_its_paths() {
    let files = emit(&large(), &[], &Settings::default()).files;
    for (module, count) in [("list", 2), ("list_colour", 50), ("list_kind", 49)] {
        let operations = files.get(&format!("src/{module}/operations.rs")).unwrap();
        assert_eq!(operations.matches("impl Operation for").count(), count);
    }
    let manifest = files.get("Cargo.toml").unwrap();
    let whole = "list = [\n    \"list-colour\",\n    \"list-kind\",\n]\n";
    assert!(manifest.contains(whole), "{manifest}");
    assert!(manifest.contains("list-kind = []\n"), "{manifest}");
}

#[test]
fn the_example_of_the_server_has_all_types_of_its_method() {
    let mut api = large();
    let example = api
        .operations
        .iter_mut()
        .find(|o| o.uid == "garden_addPlant");
    let example = example.unwrap();
    example.responses[0].body.as_mut().unwrap().ty = "map<Plant>".parse().unwrap();
    let files = emit(&api, &[], &Settings::default()).files;
    let readme = files.get("README.md").unwrap();
    assert!(
        readme.contains("use std::collections::BTreeMap;"),
        "{readme}"
    );
    assert!(readme.contains("::types::Plant;"), "{readme}");
}

#[test]
fn a_resource_that_is_not_large_is_left_whole() {
    let mut api = large();
    api.operations.pop();
    let files = emit(&api, &[], &Settings::default()).files;
    let operations = files.get("src/list/operations.rs").unwrap();
    assert_eq!(operations.matches("impl Operation for").count(), 100);
    assert!(files.get("src/list_kind/mod.rs").is_none());
}

#[test]
fn a_resource_of_which_parts_are_selected_is_in_parts() {
    let mut api = large();
    let keep = ["/list/Colour/a2", "/plants/{id}"];
    api.operations.retain(|o| keep.contains(&o.path.as_str()));
    let mut settings = Settings::default();
    settings.resources.include = vec![docwright_read::settings::Pattern {
        text: "list/Colour".to_owned(),
        place: Place::file("docwright.toml"),
    }];
    let files = emit(&api, &[], &settings).files;
    assert!(files.get("src/list_colour/mod.rs").is_some());
    assert!(files.get("src/plants/mod.rs").is_some());
}

/// The page of a constant in the documentation is a file of its name.
#[test]
fn a_long_list_of_media_types_has_a_short_name() {
    let mut api = api();
    let photo = api.operations.iter_mut().find(|o| o.uid == "garden_photo");
    photo.unwrap().accepts = (0..40).map(|at| format!("image/kind-{at}")).collect();
    let files = emit(&api, &[], &Settings::default()).files;
    let headers = files.get("src/headers.rs").unwrap();
    let name = "IMAGE_KIND_0_TO_IMAGE_KIND_39_40: &[MediaType]";
    assert!(headers.contains(name), "{headers}");
}

#[test]
fn a_shared_type_is_there_for_those_that_need_it() {
    let files = emit(&large(), &[], &Settings::default()).files;
    let types = files.get("src/types/mod.rs").unwrap();
    let gate = "feature = \"list\",\n        feature = \"list-colour\",\n        \
                feature = \"list-kind\",\n        feature = \"plants\"\n    )\n)]\nmod plant;";
    assert!(types.contains(gate), "{types}");
    assert!(
        files
            .get("src/types/plant.rs")
            .unwrap()
            .contains("pub struct Plant")
    );
    // What no operation needs costs nobody anything.
    assert!(
        types.contains("#[cfg(feature = \"all\")]\nmod unused;"),
        "{types}"
    );
}

#[test]
fn docs_lead_to_what_is_there_with_the_same_features() {
    let files = emitted().files;
    let plant = files.get("src/plants/types.rs").unwrap();
    for link in [
        "[`Colour.Red`](variant@crate::plants::Colour::Red2)",
        "[`Plant.read`](field@crate::plants::Plant::read)",
        // The resource `client` has it, too.
        "[`Option`](crate::types::OptionType)",
    ] {
        assert!(plant.contains(link), "{link}: {plant}");
    }
    let mut api = api();
    let plants = api
        .schemas
        .iter_mut()
        .find(|schema| schema.name == "Option");
    let unshared = serde_json::from_value(json!("{Garden.Plant} and {Garden.Option}")).unwrap();
    plants.unwrap().description = Some(unshared);
    let files = emit(&api, &[], &Settings::default()).files;
    let option = files.get("src/types/option.rs").unwrap();
    assert!(option.contains("`Garden.Plant` and [`Option`]"), "{option}");
}

#[test]
fn what_cannot_be_emitted_is_left_out_and_said() {
    let mut api = api();
    api.headers[0].name = "not a header".to_owned();
    api.operations[0].method = "FETCH".to_owned();
    api.operations[1].path = "/plants?id={id}".to_owned();
    let emitted = emit(&api, &[], &Settings::default());
    let messages: Vec<_> = emitted
        .diagnostics
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(
        messages[0].contains("`FETCH` is not one of DELETE, GET"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains("has the character `?`"),
        "{messages:?}"
    );
    assert!(messages[2].contains("the header `not a header` isn't in the crate"));
    assert!(
        emitted
            .files
            .get("src/plants/operations.rs")
            .unwrap()
            .contains("garden_photo")
    );
}

#[test]
fn a_sample_that_contradicts_what_is_documented_is_said() {
    let diagnostics = emitted().diagnostics;
    let said: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.rule.id, &*d.message))
        .collect();
    let expected = [
        (
            "sample-not-tested",
            "the sample isn't of its documented type `Plant`: id: expected int64, found a string",
        ),
        (
            "sample-without-body",
            "the sample has a body, but no response body of status 404 of `garden_getPlant` is documented",
        ),
    ];
    assert_eq!(said, expected);
}

/// The settings of somebody who wants the code otherwise.
fn settings() -> Settings {
    let place = Place::file("docwright.toml");
    let written = |text: &str| Written {
        text: text.to_owned(),
        place: place.clone(),
    };
    let pattern = Pattern {
        text: "Em*".to_owned(),
        place: place.clone(),
    };
    let mut settings = Settings::default();
    settings.code = CodeSettings {
        derive: vec![(pattern, vec![written("Eq")])],
        rename: vec![(written("Colour"), written("PlantColor"))],
        attributes: vec![written("#![allow(clippy::pedantic)]")],
    };
    settings
}

#[test]
fn the_code_is_as_the_settings_say() {
    let emitted = emit(&api(), &samples(), &settings());
    let file = |path| emitted.files.get(path).unwrap();
    assert!(file("src/lib.rs").contains("\n#![allow(clippy::pedantic)]\n"));
    let types = file("src/plants/types.rs");
    assert!(types.contains("pub enum PlantColor {"), "{types}");
    let empty = emitted
        .files
        .iter()
        .find(|(_, text)| text.contains("pub struct Empty {"));
    assert!(
        empty
            .unwrap()
            .1
            .contains("#[derive(Eq)]\n#[derive(Clone, PartialEq)]\npub struct Empty {")
    );
}

#[test]
fn the_crate_compiles_without_warnings_and_passes_its_tests() {
    let files = emit(&api(), &samples(), &settings()).files;
    let krate = Crate::write("garden", &files);
    krate.test();
    krate.cargo(&["fmt", "--check"]);
}
