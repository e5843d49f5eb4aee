//! A crate of all that the model can say: null, unions, aliases, sets of flags, base types,
//! parameters wherever they travel, and paths that mix text and parameters.

use serde_json::{Value, json};

use super::compile::Crate;
use super::*;

fn known(name: &str, ty: &str, required: bool) -> Value {
    json!({"name": name, "type": ty, "known": "documented", "in": "both",
           "required": required})
}

fn nullable(mut property: Value) -> Value {
    property["facets"] = json!({"nullable": {"value": true, "known": "documented"}});
    property
}

fn read(mut property: Value) -> Value {
    property["in"] = json!("response");
    property
}

fn sent(mut property: Value) -> Value {
    property["in"] = json!("request");
    property
}

fn at(name: &str, location: &str, ty: &str, required: bool) -> Value {
    json!({"name": name, "in": location, "type": ty, "known": "documented", "required": required})
}

fn array(name: &str, ty: &str, style: &str) -> Value {
    let mut parameter = at(name, "query", ty, style == "comma");
    parameter["style"] = json!(style);
    parameter
}

fn get(uid: &str, path: &str, parameters: Value) -> Value {
    json!({"uid": uid, "method": "GET", "path": path, "resource": "boats",
           "parameters": parameters,
           "responses": [{"status": 200, "body": {"type": "Boat", "known": "documented"}}]})
}

fn operations() -> Vec<Value> {
    let many: Vec<_> = (1..=20).map(|number| format!("{{p{number}}}")).collect();
    let mut operations = vec![
        get(
            "boat",
            "/boats/{id}",
            json!([at("id", "path", "int32", true)]),
        ),
        get(
            "boatByName",
            "/boats/{name}",
            json!([at("name", "path", "string", true)]),
        ),
        get(
            "boatAsJson",
            "/boats/{id}.json",
            json!([at("id", "path", "string", true)]),
        ),
        get("boatCalled", "/boats('{name}')", json!([])),
        get(
            "state",
            "/boats/{id}:state",
            json!([at("id", "path", "int32", true)]),
        ),
        get("twice", "/boats/{id}/crew/{id}", json!([])),
        get("odd", "/boats/:å {id | name}/{a}-{b}", json!([])),
        get("many", &format!("/boats/{}", many.join("/")), json!([])),
        get(
            "rights",
            "/boats/rights/{rights}/{kind}/{level}",
            json!([
                at("rights", "path", "Rights", true),
                at("kind", "path", "Kind", true),
                at("level", "path", "Level", true)
            ]),
        ),
        get(
            "lists",
            "/boats",
            json!([
                array("repeated", "array<string>", "repeated"),
                array("brackets", "array<Kind>", "brackets"),
                array("ids", "array<int32>", "comma"),
                array("words", "array<string>", "space"),
                array("pipes", "Names", "pipe"),
                at("level", "query", "Level", true),
                at("X-Tenant", "header", "int64", true),
                at("X-Names", "header", "array<string>", false),
                at("X-Since", "header", "date-time", false),
                at("crumb", "cookie", "string", false)
            ]),
        ),
    ];
    operations.push(json!({
        "uid": "put", "method": "PUT", "path": "/boats/{id}", "resource": "boats",
        "deprecated": true, "parameters": [at("id", "path", "int32", true)],
        "request": {"type": "Change", "known": "documented", "others": [
            {"media-types": ["image/png"], "type": "binary", "known": "documented"},
            {"media-types": ["application/patch+json"], "type": "array<Cargo?>",
             "known": "documented"}]},
        "responses": [
            {"status": "2XX", "headers": [{"name": "X-Rest", "type": "int32",
                                          "known": "documented"}]},
            {"status": "4XX", "body": {"type": "Fault", "known": "documented"}}],
    }));
    operations.push(json!({
        "uid": "check", "method": "HEAD", "path": "/boats/check", "resource": "boats",
        "parameters": [at("cost", "header", "double", true), at("crumbs", "cookie", "array<int32>",
                       true), at("depth", "query", "double", true)],
        "responses": [{"status": 204}],
    }));
    operations.push(json!({
        "uid": "sign", "method": "POST", "path": "/boats/{ids}/sign", "resource": "boats",
        "parameters": [at("ids", "path", "array<int32>", true)],
        "request": {"type": "Change", "known": "documented",
                    "media-types": ["multipart/form-data"]},
        "responses": [{"status": 200, "body": {"type": "Boat", "known": "documented",
                                               "media-types": ["text/plain"]}},
                      {"status": 202, "body": {"type": "Fault", "known": "documented"}}],
    }));
    operations.extend(read_and_written());
    operations.push(json!({
        "uid": "report", "method": "PUT", "path": "/faults/{id}", "resource": "boats",
        "parameters": [at("id", "path", "int32", true)],
        "request": {"type": "Fault", "known": "documented", "media-types": ["application/xml"]},
        "responses": [{"status": 200, "body": {"type": "array<Fault>", "known": "documented",
                                               "media-types": ["text/xml"]}}],
    }));
    operations.push(json!({
        "uid": "count", "method": "POST", "path": "/boats/count", "resource": "boats",
        "request": {"type": "Count", "known": "documented",
                    "media-types": ["application/json", "multipart/form-data"]},
        "responses": [{"status": "default", "body": {"type": "Cargo", "known": "documented"}}],
    }));
    operations
}

/// What is read and written on one path: with links and without, with a date and without.
fn read_and_written() -> Vec<Value> {
    let pair = |path: &str, read: &str, written: &str| {
        let responses =
            |name: &str| json!([{"status": 200, "body": {"type": name, "known": "documented"}}]);
        let id = json!([at("id", "path", "int32", true)]);
        let get = json!({
            "uid": format!("get{read}"), "method": "GET", "path": path, "resource": "boats",
            "parameters": id, "responses": responses(read)});
        let put = json!({
            "uid": format!("put{written}"), "method": "PUT", "path": path, "resource": "boats",
            "parameters": id, "responses": responses(written),
            "request": {"type": written, "known": "documented"}});
        [get, put]
    };
    let mut operations = pair("/rafts/{id}", "RaftWithLinks", "Raft").to_vec();
    operations.extend(pair("/piers/{id}", "PierFound", "Pier"));
    operations.push(json!({
        "uid": "putRafts", "method": "POST", "path": "/rafts", "resource": "boats",
        "request": {"type": "array<Raft>", "known": "documented"},
        "responses": [{"status": 204}]}));
    operations
}

fn schemas() -> Value {
    let mut old = known("old", "string", false);
    old["facets"] = json!({
        "deprecated": {"value": true, "known": "documented"},
        "default": {"value": "a", "known": "documented"}});
    let mut number = known("number", "int64", true);
    number["facets"] = json!({"read-only": {"value": true, "known": "documented"}});
    let objects = json!([
        {"name": "Boat", "known": "documented", "base": "Hull", "properties": [
            known("name", "string", true),
            nullable(known("owner", "string", true)),
            nullable(known("next", "Boat", true)),
            known("cargo", "array<Cargo?>", true),
            known("marks", "map<int32?>", false),
            known("kind", "Kind", true),
            known("level", "Level", false),
            known("rights", "Rights", false),
            known("crew", "Names", false),
            known("loop", "Loop", true),
            number, old]},
        {"name": "Change", "known": "documented", "properties": [
            known("length", "double", false), known("kind", "Kind", false)]},
        {"name": "Fault", "known": "documented", "properties": [
            known("code", "int32", true), known("cause", "Loop", false)]},
        {"name": "Hull", "known": "documented", "base": "Hull", "properties": [
            known("length", "double", true), known("kind", "string", false)]},
        {"name": "Pier", "known": "documented", "subset-of": ["PierFound"], "properties": [
            known("length", "double", false), sent(known("planks", "int32", false))]},
        {"name": "PierFound", "known": "documented", "properties": [
            known("length", "double", false), read(known("planks", "int32", false)),
            read(known("found", "date-time", true))]},
        {"name": "Raft", "known": "documented", "subset-of": ["RaftWithLinks"], "properties": [
            known("length", "double", false), sent(nullable(known("planks", "int32", true)))]},
        {"name": "RaftWithLinks", "known": "documented", "properties": [
            known("length", "double", false), read(known("planks", "int32", true)),
            read(known("_Links", "map<string>", false))]},
        {"name": "Loop", "known": "documented", "properties": [known("loop", "Loop", true)]},
    ]);
    let mut schemas = objects.as_array().unwrap().clone();
    schemas.extend([
        json!({"name": "Cargo", "known": "documented", "union": {"members": [
            {"type": "int64"}, {"type": "string"}, {"type": "Fault"}, {"type": "array<Cargo>"},
            {"type": "Names"}, {"type": "Wrapped"}]}}),
        json!({"name": "Wrapped", "known": "documented", "deprecated": true,
               "properties": [known("cargo", "Cargo", false), known("by", "Tagged", false)]}),
        json!({"name": "Tagged", "known": "documented", "union": {"discriminator": "type",
            "members": [{"type": "Fault", "tag": "fault"}, {"type": "Wrapped"},
                        {"type": "Calm", "tag": "calm"}, {"type": "Storm", "tag": "storm"}]}}),
        json!({"name": "Calm", "known": "documented", "properties": [
            known("type", "string", true)]}),
        json!({"name": "Storm", "known": "documented", "properties": [
            known("type", "string", true), known("force", "int32", true)]}),
        json!({"name": "Names", "known": "documented", "alias": "array<string>"}),
        json!({"name": "Count", "known": "documented", "alias": "int32"}),
        json!({"name": "Itself", "known": "documented", "alias": "array<Itself>"}),
        json!({"name": "Kind", "known": "documented", "values": [
            {"value": 0, "name": "Tug", "description": "Pulls."}, {"value": -1},
            {"value": 7}]}),
        json!({"name": "Level", "known": "documented", "values": [{"value": "low"}]}),
        json!({"name": "Rights", "known": "documented", "flags": [
            {"value": 1, "name": "Read"}, {"value": 4, "name": "write all"}]}),
    ]);
    schemas.sort_by_key(|schema| schema["name"].as_str().unwrap().to_owned());
    schemas.into()
}

fn api() -> Api {
    let operations = [operations(), queries::operations()].concat();
    serde_json::from_value(json!({
        "format": 2, "title": "Harbour", "security": [], "headers": [],
        "servers": [{"url": "https://harbour.example/{tenant}"},
                    {"url": "https://test.example", "description": "For tests."}],
        "query-languages": queries::languages(), "operations": operations, "schemas": schemas(),
    }))
    .unwrap()
}

/// What a caller writes, as a test of the crate.
const USES: &str = r##"
use harbour::boats::{Boat, Calm, Cargo, Change, Fault, Kind, Level, Loop, Rights, Storm, Tagged};
use harbour::boats::{Pier, PierFound, Raft, RaftWithLinks};
use harbour::types::Hull;
use harbour::{Client, Credentials, MediaType};
use serde_json::{from_value, json, to_value};

fn boat() -> Boat {
    Boat::new(12.5, Kind::Tug, "Elin", None, vec![Some(Cargo::from(7)), None], Loop::default())
}

#[test]
fn required_properties_are_arguments() {
    let boat = Boat { level: Some(Level::Low), ..boat() };
    let json = to_value(&boat).unwrap();
    let expected = json!({"length": 12.5, "kind": 0, "name": "Elin", "owner": null,
                          "cargo": [7, null], "loop": {}, "level": "low"});
    assert_eq!(json, expected);
    assert_eq!(from_value::<Boat>(json).unwrap(), boat);
    let hull = Hull { kind: Some("any".into()), ..Hull::new(1.0) };
    assert_eq!(to_value(hull).unwrap(), json!({"length": 1.0, "kind": "any"}));
}

#[test]
fn flags_and_numbers_have_names() {
    let mut boat = boat();
    boat.rights = Some(Rights::READ | Rights::WRITE_ALL);
    assert_eq!(to_value(&boat).unwrap()["rights"], json!(5));
    assert_eq!(Kind::from(-1), Kind::Minus1);
    assert_eq!(Kind::from(7), Kind::Value7);
    assert_eq!(Kind::from(8), Kind::Undocumented(8));
}

#[test]
fn unions_have_their_members() {
    let fault = Fault::new(3);
    let json = json!({"type": "fault", "code": 3});
    assert!(matches!(from_value(json.clone()).unwrap(), Tagged::Fault(_)));
    assert!(matches!(from_value(json!({"type": "odd"})).unwrap(), Tagged::Undocumented(_)));
    let (calm, storm) = (Calm::new("calm"), Storm::new(9));
    assert_eq!(to_value(&storm).unwrap(), json!({"type": "storm", "force": 9}));
    assert!(matches!(from_value(to_value(calm).unwrap()).unwrap(), Tagged::Calm(_)));
    assert_eq!(from_value::<Cargo>(json!({"code": 3})).unwrap(), Cargo::from(fault));
}

#[test]
fn what_was_read_is_written_back() {
    let client = Client::new(Client::BASE_URL_2, Credentials::Anonymous).unwrap();
    let mut raft: RaftWithLinks = from_value(json!({"planks": 7, "_Links": {"a": "b"}})).unwrap();
    raft.length = Some(2.5);
    let _: (&Raft, _) = (&raft, client.boats().put_raft(7, &raft));
    let _ = client.boats().put_rafts(&[raft]);
    let found: PierFound = from_value(json!({"found": "2024-02-29", "odd": 1})).unwrap();
    let pier = Pier { planks: Some(5), ..found.into() };
    assert_eq!(to_value(&pier).unwrap(), json!({"planks": 5, "odd": 1}));
    let _ = client.boats().put_pier(7, &pier);
}

#[test]
fn calls_take_what_is_documented() {
    let client = Client::new(Client::BASE_URL_2, Credentials::Anonymous).unwrap();
    let boats = client.boats();
    let call = boats.lists(&[1, 2], &Level::Low, 7).words(&["a".into(), "b".into()]).crumb("x");
    assert_eq!(format!("{call:?}"), "Call(lists: GET /boats?ids=1,2&level=low&words=a%20b)");
    let call = boats.state(7);
    assert_eq!(format!("{call:?}"), "Call(state: GET /boats/7:state)");
    let call = boats.twice("1", "2");
    assert_eq!(format!("{call:?}"), "Call(twice: GET /boats/1/crew/2)");
    #[allow(deprecated)]
    let calls = (boats.put_as_png(7, "png"), boats.put(7, &Change::default()));
    assert_eq!(format!("{:?}", calls.0), "Call(put: PUT /boats/7)");
    let png = MediaType::from_static("image/png");
    let form = harbour::Multipart::new().text("note", "two").file("sail", "s.png", png, "bytes");
    let _: harbour::client::Call<'_, _> = boats.report(7, &Fault::new(3));
    let call = boats.sign("1,2", form);
    assert_eq!(format!("{call:?}"), "Call(sign: POST /boats/1%2C2/sign)");
}
"##;

#[test]
fn all_that_the_model_says_compiles_and_goes_over_the_wire() {
    let mut emitted = emit(&api(), &[], &Settings::default());
    let said: Vec<_> = emitted.diagnostics.iter().map(|d| &*d.message).collect();
    let expected = [
        "the type of the request body of `sign` isn't in the crate: it is \
         `multipart/form-data`, which the crate doesn't support, so the body is bytes",
        "the type of the response body (200) of `sign` isn't in the crate: it is \
         `text/plain`, which the crate doesn't support, so the body is bytes",
        "the response body (202) of `sign` isn't in the crate: a call returns the body of the \
         status 200",
        "the media type `multipart/form-data` of the request body of `count` isn't in the crate: \
         the crate doesn't support it",
        "the type `Itself` isn't in the crate: it is another name for itself",
    ];
    assert_eq!(said, expected);
    emitted
        .files
        .insert("tests/uses.rs", USES.to_owned())
        .unwrap();
    emitted
        .files
        .insert("tests/queries.rs", queries::USES.to_owned())
        .unwrap();
    Crate::write("harbour", &emitted.files).test();
}

#[test]
fn findings_are_those_of_the_crate() {
    let said = findings(&api(), &[], &Settings::default());
    assert_eq!(said, emit(&api(), &[], &Settings::default()).diagnostics);
}
