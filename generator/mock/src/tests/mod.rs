//! The mock in process, with an API of its own.

mod fuzz;
mod requests;
mod responses;
mod socket;

use axum::Router;
use axum::body::{Body, to_bytes};
use docwright_model::{Api, Sample};
use http::{HeaderMap, Request, Response};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::Mock;

/// A harbour: berths, boats that lie there, and notes about them.
fn api() -> Api {
    let operation = |uid: &str, method: &str, path: &str, rest: Value| {
        let mut operation = json!({
            "uid": uid, "method": method, "path": path, "resource": "Boats",
            "accepts": ["application/json", "text/json", "application/xml"],
        });
        let all = operation.as_object_mut().unwrap();
        all.extend(rest.as_object().unwrap().clone());
        operation
    };
    let parameter = |place: &str, name: &str, ty: &str, required: bool| {
        json!({ "name": name, "in": place, "type": ty, "known": "documented",
                "required": required })
    };
    let id = parameter("path", "id", "int32", true);
    let ok = |ty: &str| {
        json!([{ "status": 200, "body": { "type": ty, "known": "documented" } },
               { "status": 404, "body": { "type": "map<string>", "known": "documented" } }])
    };
    let takes = |ty: &str, media_types: &[&str]| json!({ "type": ty, "known": "documented", "media-types": media_types });
    let json_types = ["application/json", "application/merge-patch+json"];
    let operations = [
        operation(
            "Delete",
            "DELETE",
            "/boats/{id}",
            json!({
            "parameters": [id], "responses": [{ "status": 204 }] }),
        ),
        operation(
            "Find",
            "GET",
            "/boats",
            json!({ "responses": ok("array<Boat>"), "parameters": [
            parameter("query", "$top", "int32", false),
            parameter("query", "kind", "array<Kind>", false),
            parameter("query", "sort", "string", true),
            parameter("header", "X-Tenant", "string", true),
            parameter("cookie", "crumb", "int64", false) ] }),
        ),
        operation(
            "Form",
            "POST",
            "/boats/form",
            json!({ "responses": ok("Boat"),
            "request": takes("Boat", &["application/x-www-form-urlencoded", "multipart/form-data"]) }),
        ),
        operation(
            "Get",
            "GET",
            "/boats/{id}",
            json!({ "parameters": [id], "responses": ok("Boat") }),
        ),
        operation(
            "Kind",
            "GET",
            "/boats/{kind}",
            json!({ "responses": ok("Kind"),
            "parameters": [parameter("path", "kind", "Kind", true)] }),
        ),
        operation(
            "List",
            "GET",
            "/boats/list",
            json!({ "responses": ok("Page") }),
        ),
        operation(
            "Note",
            "PUT",
            "/båter/{id}:note",
            json!({ "parameters": [parameter("path", "id", "string", true)],
            "request": takes("string", &["text/plain"]), "responses": [{ "status": 204 }] }),
        ),
        operation(
            "Patch",
            "PATCH",
            "/boats/{id}",
            json!({ "parameters": [id],
            "request": takes("Boat", &["application/json-patch+json", "application/merge-patch+json"]),
            "responses": ok("Boat") }),
        ),
        operation(
            "Photo",
            "GET",
            "/boats/{id}/photo",
            json!({ "parameters": [id],
            "responses": [{ "status": 200, "headers": [{ "name": "ETag", "type": "string", "known": "documented" }],
                "body": { "type": "binary", "known": "documented", "media-types": ["image/png"] } }] }),
        ),
        operation(
            "Log",
            "POST",
            "/boats/log",
            json!({ "responses": [{ "status": 204 }],
            "request": takes("Boat", &["application/xml"]) }),
        ),
        operation(
            "NoteGet",
            "GET",
            "/båter/{id}:note",
            json!({ "parameters": [parameter("path", "id", "string", true)],
            "responses": [{ "status": 200, "body": { "type": "string", "known": "documented",
                "media-types": ["text/plain"] } }] }),
        ),
        operation(
            "PhotoPut",
            "PUT",
            "/boats/{id}/photo",
            json!({ "parameters": [id], "responses": [{ "status": 204 }],
            "request": takes("binary", &["image/png"]) }),
        ),
        operation(
            "Put",
            "PUT",
            "/boats/{id}",
            json!({ "parameters": [id],
            "request": takes("Boat", &json_types), "responses": ok("Boat") }),
        ),
        operation(
            "Rig",
            "POST",
            "/boats/{id}/rig",
            json!({ "parameters": [id], "responses": [{ "status": 204 }],
            "request": { "type": "Boat", "known": "documented", "optional": true,
                "media-types": ["application/json"] } }),
        ),
        operation(
            "Xml",
            "GET",
            "/boats/xml",
            json!({ "accepts": ["application/xml"], "responses": ok("Boat") }),
        ),
    ];
    let property = |name: &str, ty: &str, required: bool| json!({ "name": name, "type": ty, "known": "documented", "in": "both", "required": required });
    let mut next_page = property("@boats.nextLink", "string", false);
    next_page["next-page"] = json!(true);
    serde_json::from_value(json!({
        "format": 2, "title": "Boats", "headers": [], "operations": operations,
        "security": [{ "kind": "authorization", "scheme": "Bearer" }],
        "schemas": [
            { "name": "Boat", "known": "documented", "properties": [
                property("id", "int32", true), property("name", "string", false),
                property("kind", "Kind", false), property("since", "date-time", false),
                property("length", "double", false), property("tags", "array<string>", false) ] },
            { "name": "Kind", "known": "documented", "values": [{ "value": "tug" }, { "value": "ferry" }] },
            { "name": "Page", "known": "documented", "properties": [
                next_page, property("boats", "array<Boat>", true) ] },
        ],
    }))
    .unwrap()
}

fn sample(operation: &str, status: u16, body: Value) -> Sample {
    serde_json::from_value(json!({
        "operation": operation, "direction": "response", "status": status, "body": body,
        "headers": [["Content-Type", "application/json"], ["X-Other", "a"]],
        "provenance": { "page": "boats.md" },
    }))
    .unwrap()
}

fn mock() -> Mock {
    let samples = [
        sample("Get", 200, json!({ "id": 7, "name": "Ægir" })),
        sample("Get", 404, json!({ "reason": "sunk" })),
        // Contradicts the model.
        sample("Kind", 200, json!(5)),
        sample(
            "List",
            200,
            json!({ "boats": [{ "id": 7 }], "@boats.nextLink": "https://boats.example/list?page=2" }),
        ),
        sample("Put", 200, json!({ "id": 7, "name": "Rán" })),
    ];
    Mock::new(api(), &samples)
}

/// A request: `GET /boats/7`, headers as `Name: value`, a body.
fn request(line: &str, headers: &[&str], body: &str) -> Request<Body> {
    let (method, target) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(target);
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

/// What came back.
struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// The detail of a problem.
    fn detail(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], json!(self.status));
        problem["detail"].as_str().unwrap().to_owned()
    }
}

async fn answer(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn router() -> Router {
    mock().into_router()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

fn send_to(router: &Router, line: &str, headers: &[&str], body: &str) -> Answer {
    let request = request(line, headers, body);
    let response = router.clone().oneshot(request);
    block_on(async { answer(response.await.unwrap()).await })
}

fn send(line: &str, headers: &[&str], body: &str) -> Answer {
    send_to(&router(), line, headers, body)
}
