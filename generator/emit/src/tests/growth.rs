//! An API that grows: a program that follows the policy of `docs/SEMVER.md` compiles against
//! the crate before and after, and one that doesn't is refused at once.

use std::panic::catch_unwind;

use serde_json::{Value, json};

use super::compile::Crate;
use super::*;

fn property(name: &str, ty: &str, required: bool) -> Value {
    json!({"name": name, "type": ty, "known": "documented", "in": "both", "required": required})
}

fn parameter(name: &str, location: &str, ty: &str) -> Value {
    json!({"name": name, "in": location, "type": ty, "known": "documented",
           "required": location == "path"})
}

fn operation(resource: &str, uid: &str, method: &str, path: &str, parameters: Value) -> Value {
    json!({"uid": uid, "method": method, "path": path, "resource": resource,
           "parameters": parameters,
           "responses": [{"status": 200, "body": {"type": "Boat", "known": "documented"}}]})
}

/// An operation with a body, which gets more media types, parameters in a header and a cookie,
/// statuses and response headers.
fn saved(is_grown: bool) -> Value {
    let mut media_types = vec!["application/json"];
    let mut parameters = vec![parameter("id", "path", "int32")];
    let log = json!({"type": "Log", "known": "documented"});
    let mut responses = vec![
        json!({"status": 400, "body": log}),
        json!({"status": 200, "body": {
        "type": "Boat", "known": "documented", "media-types": ["application/json"]}}),
    ];
    let mut headers = vec!["X-Berth"];
    let mut others = vec![];
    if is_grown {
        media_types.extend(["application/xml", "application/x-www-form-urlencoded"]);
        others.push(json!({"type": "binary", "known": "documented",
                           "media-types": ["image/png"]}));
        parameters.push(parameter("X-Trace", "header", "string"));
        parameters.push(parameter("theme", "cookie", "string"));
        responses[1]["body"]["media-types"] = json!(["application/json", "application/xml"]);
        responses[1]["headers"] = json!([
            {"name": "ETag", "type": "string", "known": "documented"}]);
        responses.push(json!({"status": 201, "body": {"type": "Boat", "known": "documented"}}));
        responses.push(json!({"status": 404, "body": log}));
        headers.push("X-Watch");
    }
    json!({"uid": "boats_save", "method": "PUT", "path": "/boats/{id}", "resource": "boats",
           "parameters": parameters, "headers": headers, "responses": responses,
           "accepts": ["application/json"],
           "request": {"type": "Boat", "known": "documented", "media-types": media_types,
                       "others": others}})
}

/// The API before, or after it has grown.
fn api(is_grown: bool) -> Api {
    let mut properties = vec![
        property("id", "int32", true),
        property("kind", "Kind", false),
    ];
    // Nothing is known about its properties at first.
    let mut log = vec![];
    let mut schemes = vec![json!({"kind": "authorization", "scheme": "Basic"})];
    let mut values = vec![json!({"value": "tug"})];
    let mut query = vec![parameter("limit", "query", "int32")];
    let id = json!([parameter("id", "path", "int32")]);
    let mut operations = vec![];
    if is_grown {
        properties.push(property("length", "double", false));
        log.push(property("lines", "array<string>", false));
        schemes.push(json!({"kind": "authorization", "scheme": "Bearer"}));
        values.push(json!({"value": "ferry"}));
        query.push(parameter("page", "query", "int32"));
        operations.push(operation(
            "boats",
            "boats_count",
            "GET",
            "/boats/count",
            json!([]),
        ));
        operations.push(operation(
            "crews",
            "crews_boat",
            "GET",
            "/crews/{id}",
            id.clone(),
        ));
    }
    operations.push(operation(
        "boats",
        "boats_find",
        "GET",
        "/boats",
        json!(query),
    ));
    operations.push(operation("boats", "boats_get", "GET", "/boats/{id}", id));
    operations.push(saved(is_grown));
    operations.sort_by_key(|it| it["uid"].as_str().map(str::to_owned));
    serde_json::from_value(json!({
        "format": 2, "title": "Quay", "security": schemes, "headers": [{"name": "X-Berth"}, {"name": "X-Watch"}], "operations": operations,
        "schemas": [
            {"name": "Boat", "known": "documented", "properties": properties},
            {"name": "Kind", "known": "documented", "values": values},
            {"name": "Log", "known": "documented", "properties": log},
        ],
    }))
    .unwrap()
}

const PROGRAM: &str = r#"
use quay::boats::{Boat, BoatsService, FindQuery, Kind, Log};
use quay::server::{Authenticate, Request, ServiceError};
use quay::{Client, Credentials, Error};

pub fn made() -> Boat {
    let mut boat = Boat::new(7);
    boat.kind = Some(Kind::Tug);
    boat
}

pub fn taken_apart(boat: Boat) -> &'static str {
    let Boat { id: 7, kind: Some(kind), .. } = boat else {
        return "";
    };
    match kind {
        Kind::Tug => "tug",
        _ => "another",
    }
}

pub async fn called(client: &Client) -> Result<Boat, Error> {
    client.boats().find().limit(5).await
}

pub async fn saved(client: &Client, boat: &Boat) -> Result<Boat, Error> {
    let mut log = Log::default();
    log.clone_from(&Log { ..Log::default() });
    let Log { .. } = log;
    client.boats().save(7, boat).await
}

pub struct Stub;

impl Authenticate for Stub {
    async fn authenticate(
        &self,
        _: &Credentials,
        _: &mut quay::http::request::Parts,
    ) -> Result<(), ServiceError> {
        Ok(())
    }
}

impl BoatsService for Stub {
    async fn find(&self, request: Request<(), FindQuery>) -> Result<Boat, ServiceError> {
        Ok(Boat::new(request.query.limit.unwrap_or_default()))
    }

    async fn save(&self, id: i32, request: Request<Boat>) -> Result<Boat, ServiceError> {
        Ok(Boat { kind: request.body.kind, ..Boat::new(id) })
    }
}

#[test]
fn it_runs() {
    assert_eq!(taken_apart(made()), "tug");
    let _ = quay::boats::router(Stub);
    // Unlike the router of the crate, this one doesn't serve resources that are added.
    let routes = quay::server::Routes::new(Stub).with(quay::boats::routes);
    let _ = routes.into_router();
}
"#;

/// A literal that names all fields breaks with each property that is added, so that it never
/// compiles.
const LITERAL: &str = r#"
pub fn literal() -> quay::boats::Boat {
    quay::boats::Boat { id: 7, kind: None, extra: Default::default() }
}
"#;

fn written(is_grown: bool, programs: &[(&str, &str)]) -> Crate {
    let emitted = emit(&api(is_grown), &[], &Settings::default());
    assert_eq!(emitted.diagnostics, []);
    let mut files = emitted.files;
    for (name, program) in programs {
        let path = format!("tests/{name}.rs");
        files.insert(path, (*program).to_owned()).unwrap();
    }
    Crate::write("quay", &files)
}

/// Compiles and runs a program that uses the crate.
fn run(krate: &Crate, program: &str) {
    krate.cargo(&["test", "--quiet", "--all-features", "--test", program]);
}

#[test]
fn programs_that_follow_the_policy_compile_after_the_api_has_grown() {
    let krate = written(false, &[("user", PROGRAM), ("literal", LITERAL)]);
    run(&krate, "user");

    let failure = catch_unwind(|| run(&krate, "literal"));
    let failure = failure.expect_err("a literal of all fields never compiles");
    let said = failure.downcast_ref::<String>().expect("what cargo said");
    assert!(said.contains("missing field `__non_exhaustive`"), "{said}");

    // The type is shared now, and stands where all resources find it.
    let shared = "pub fn same(boat: quay::crews::Boat) -> quay::types::Boat { boat }";
    let program = format!("{PROGRAM}{shared}");
    run(&written(true, &[("user", &program)]), "user");
}
