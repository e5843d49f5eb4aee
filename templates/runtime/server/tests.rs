//! The gates of the server, over loopback HTTP, with a service of its own.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT, ALLOW, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, WWW_AUTHENTICATE,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use serde_json::{Value, json};

use super::*;
use crate::runtime::client::{ReqwestTransport, Transport};
use crate::runtime::{Authentication, Challenge, MediaType, Operation, OperationInfo};
use crate::runtime::{Payload, PayloadKind, open_enum};

const JSON: &[MediaType] = &[
    MediaType::from_static("application/json"),
    MediaType::from_static("text/json"),
];

static AUTHENTICATION: Authentication = Authentication {
    schemes: &[
        Challenge {
            scheme: "Basic",
            challenge: "Basic realm=\"test\"",
        },
        Challenge {
            scheme: "Ticket",
            challenge: "Ticket",
        },
    ],
    headers: &["x-token"],
};

macro_rules! operation {
    ($name:ident: $method:ident $path:literal, $body:ty => $answer:ty) => {
        struct $name;

        impl Operation for $name {
            type Body = $body;
            type Response = $answer;

            const INFO: OperationInfo = OperationInfo {
                name: stringify!($name),
                method: &Method::$method,
                path: $path,
                success: if matches!(<$answer>::KIND, PayloadKind::Nothing) {
                    StatusCode::NO_CONTENT
                } else {
                    StatusCode::OK
                },
                consumes: JSON,
                produces: JSON,
                authentication: &AUTHENTICATION,
            };
        }
    };
}

operation!(ById: GET "/items/{id}", () => String);
operation!(ByColour: GET "/items/{colour}", () => String);
operation!(Put: PUT "/items/{name}", BTreeMap<String, i32> => BTreeMap<String, i32>);
operation!(Delete: DELETE "/items/{id}", () => ());
operation!(List: GET "/items", () => Vec<i32>);
operation!(Panic: POST "/items", () => i32);
operation!(Probe: HEAD "/probe/{id}", () => ());
operation!(Text: POST "/notes/{id}", String => String);

/// The same with a body of another type.
struct Photo;

impl Operation for Photo {
    type Body = Bytes;
    type Response = String;

    const INFO: OperationInfo = OperationInfo {
        consumes: &[MediaType::from_static("image/png")],
        ..Text::INFO
    };
    const REQUIRED_HEADERS: &'static [&'static str] = &["x-width"];
    const REQUIRED_COOKIES: &'static [&'static str] = &["crumb"];
}

#[derive(Clone, Debug, PartialEq)]
enum Colour {
    Red,
    Undocumented(String),
}

open_enum! {
    Colour = "Colour" {
        Red = "Red",
    }
}

#[derive(Default)]
struct Top(Option<i32>);

impl QueryParameters for Top {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, name: &str, value: QueryText<'_>) -> Result<(), String> {
        if name == "$top" {
            value.read_into(&mut self.0)
        } else {
            Ok(())
        }
    }
}

struct Items;

#[derive(Clone)]
struct Name(String);

impl Authenticate for Items {
    async fn authenticate(
        &self,
        credentials: &Credentials,
        request: &mut Parts,
    ) -> Result<(), ServiceError> {
        request
            .extensions
            .insert(Name(credentials.kind().to_owned()));
        match credentials.token_of("ticket") {
            Some("wrong") => Err(ServiceError::forbidden("Not you.")),
            Some(_) => Ok(()),
            None => Err(ServiceError::unauthorized("Only tickets.")),
        }
    }
}

impl Items {
    async fn by_id(&self, id: i32, request: Request) -> Result<String, ServiceError> {
        let caller = request.extensions().get::<Name>();
        let caller = caller.map(|name| name.0.clone());
        Ok(format!("id {id} for {}", caller.unwrap_or_default()))
    }

    async fn by_colour(&self, colour: Colour, _: Request) -> Result<String, ServiceError> {
        Ok(format!("colour {colour}"))
    }

    async fn put(
        &self,
        name: String,
        request: Request<BTreeMap<String, i32>>,
    ) -> Result<BTreeMap<String, i32>, ServiceError> {
        let mut items = request.body;
        items.insert(name, 0);
        Ok(items)
    }

    async fn delete(&self, id: i32, _: Request) -> Result<(), ServiceError> {
        match id {
            0 => Err(ServiceError::conflict("It's the last one.")),
            _ => Ok(()),
        }
    }

    async fn list(&self, request: Request<(), Top>) -> Result<Vec<i32>, ServiceError> {
        if request.query.0 == Some(0) {
            let tag = HeaderValue::from_static("\"none\"");
            request.reply.status(StatusCode::ACCEPTED).header(ETAG, tag);
        }
        Ok((0..request.query.0.unwrap_or(2)).collect())
    }

    async fn probe(&self, _: i32, request: Request) -> Result<(), ServiceError> {
        let tag = HeaderValue::from_static("\"probe\"");
        request.reply.header(ETAG, tag);
        Ok(())
    }

    async fn text(&self, _: i32, request: Request<String>) -> Result<String, ServiceError> {
        Ok(request.body)
    }

    async fn photo(&self, _: i32, request: Request<Bytes>) -> Result<String, ServiceError> {
        let crumb = request.cookie("crumb").unwrap_or_default();
        Ok(format!("{} bytes, {crumb}", request.body.len()))
    }

    async fn panic(&self, _: Request) -> Result<i32, ServiceError> {
        panic!("a bug in a service")
    }
}

fn routes(routes: &mut Routes<Items>) {
    routes.on_1(ById, Items::by_id);
    routes.on_1(ByColour, Items::by_colour);
    routes.on_1(Put, Items::put);
    routes.on_1(Delete, Items::delete);
    routes.on_0(List, Items::list);
    routes.on_0(Panic, Items::panic);
    routes.on_1(Probe, Items::probe);
    routes.on_1(Text, Items::text);
    routes.on_1(Photo, Items::photo);
}

fn router() -> axum::Router {
    let routes = Routes::new(Items).with(routes);
    routes
        .body_limit(1 << 20)
        .body_timeout(Duration::from_millis(300))
        .into_whole_router()
}

async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router()).await });
    url
}

type Headers<'a> = &'a [(HeaderName, &'a str)];
const TICKET: (HeaderName, &str) = (AUTHORIZATION, "Ticket 7T");
const IS_JSON: (HeaderName, &str) = (CONTENT_TYPE, "application/json; charset=utf-8");

async fn send(method: Method, path: &str, headers: Headers<'_>, body: &str) -> Response<Bytes> {
    let mut request = http::Request::new(Bytes::from(body.to_owned()));
    *request.method_mut() = method;
    *request.uri_mut() = format!("{}{path}", serve().await).parse().unwrap();
    let headers = headers
        .iter()
        .map(|(name, value)| (name.clone(), value.parse().unwrap()));
    *request.headers_mut() = headers.collect::<HeaderMap>();
    ReqwestTransport::new()
        .unwrap()
        .send(request)
        .await
        .unwrap()
}

async fn get(path: &str) -> Response<Bytes> {
    send(Method::GET, path, &[TICKET], "").await
}

/// The status and the detail of a problem.
fn problem(response: &Response<Bytes>) -> (u16, String) {
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    let problem: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(problem["status"], json!(response.status().as_u16()));
    assert_eq!(
        problem["title"],
        json!(response.status().canonical_reason())
    );
    (
        response.status().as_u16(),
        problem["detail"].as_str().unwrap_or_default().to_owned(),
    )
}

#[tokio::test]
async fn paths_of_one_shape_are_told_apart_by_type() {
    assert_eq!(get("/items/7").await.body(), r#""id 7 for Ticket""#);
    assert_eq!(get("/items/Red").await.body(), r#""colour Red""#);
    let neither = problem(&get("/items/red").await);
    let [red] = Colour::VALUES else {
        panic!("one colour is documented")
    };
    let detail = format!(
        "No such resource: `red` isn't one of `{red}`, and `red` isn't an integer (int32)."
    );
    assert_eq!(neither, (404, detail));
}

#[tokio::test]
async fn path_segments_are_decoded() {
    let answer = send(
        Method::PUT,
        "/items/a%2Fb%20%C3%B8",
        &[TICKET, IS_JSON],
        "{}",
    )
    .await;
    assert_eq!(answer.body(), r#"{"a/b ø":0}"#);
    for path in ["/items/%FF", "/items?a=%FF"] {
        let method = if path.contains('?') {
            Method::GET
        } else {
            Method::PUT
        };
        let answer = send(method, path, &[TICKET, IS_JSON], "{}").await;
        assert_eq!(problem(&answer).0, 400, "{path}");
    }
}

#[tokio::test]
async fn answers_are_json_in_the_type_that_was_asked_for() {
    let answer = get("/items?$top=3").await;
    assert_eq!(answer.body(), "[0,1,2]");
    assert_eq!(
        answer.headers()[CONTENT_TYPE],
        "application/json; charset=utf-8"
    );
    let answer = send(Method::GET, "/items", &[TICKET, (ACCEPT, "text/*")], "").await;
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/json; charset=utf-8");
}

#[tokio::test]
async fn no_content_has_no_content() {
    let answer = send(
        Method::DELETE,
        "/items/7",
        &[TICKET, (ACCEPT, "text/html")],
        "",
    )
    .await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (204, 0));
    assert!(answer.headers().get(CONTENT_TYPE).is_none());
}

#[tokio::test]
async fn errors_of_the_service_are_problems() {
    let answer = send(Method::DELETE, "/items/0", &[TICKET], "").await;
    assert_eq!(problem(&answer), (409, "It's the last one.".to_owned()));
}

#[tokio::test]
async fn methods_are_those_of_the_path() {
    let answer = send(Method::PATCH, "/items/7", &[], "").await;
    assert_eq!(problem(&answer).0, 405);
    assert_eq!(answer.headers()[ALLOW], "DELETE, GET, HEAD, OPTIONS, PUT");
    let answer = send(Method::OPTIONS, "/items", &[], "").await;
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.headers()[ALLOW], "GET, HEAD, OPTIONS, POST");
    let answer = send(Method::HEAD, "/items", &[TICKET], "").await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (200, 0));
    assert_eq!(answer.headers()[CONTENT_LENGTH], "5");
    let detail = "There is no path `/other`.".to_owned();
    assert_eq!(problem(&get("/other").await), (404, detail));
    let detail = "There is no path `/items/`. Paths don't end in a slash.".to_owned();
    assert_eq!(problem(&get("/items/").await), (404, detail));
}

#[tokio::test]
async fn callers_have_to_say_who_they_are() {
    let challenges = [
        HeaderValue::from_static("Basic realm=\"test\""),
        "Ticket".parse().unwrap(),
    ];
    for headers in [
        &[] as Headers<'_>,
        &[(AUTHORIZATION, "Basic ???")],
        &[(AUTHORIZATION, "Bearer abc")],
        &[(HeaderName::from_static("x-token"), "abc")],
    ] {
        let answer = send(Method::GET, "/items", headers, "").await;
        assert_eq!(problem(&answer).0, 401, "{headers:?}");
        let asked: Vec<_> = answer.headers().get_all(WWW_AUTHENTICATE).iter().collect();
        assert_eq!(asked, challenges.iter().collect::<Vec<_>>());
    }
    let answer = send(
        Method::GET,
        "/items",
        &[(AUTHORIZATION, "Ticket wrong")],
        "",
    )
    .await;
    assert_eq!(problem(&answer), (403, "Not you.".to_owned()));
    assert!(answer.headers().get(WWW_AUTHENTICATE).is_none());
}

#[tokio::test]
async fn media_types_that_are_not_supported_are_refused_with_those_that_are() {
    let answer = send(Method::GET, "/items", &[TICKET, (ACCEPT, "text/xml")], "").await;
    let detail = "The response can't be `text/xml`; it can be `application/json` or `text/json`.";
    assert_eq!(problem(&answer), (406, detail.to_owned()));

    let xml = (CONTENT_TYPE, "application/xml");
    let answer = send(Method::PUT, "/items/a", &[TICKET, xml], "<a/>").await;
    let detail = "The request body is `application/xml`; \
                  it can be `application/json` or `text/json`, in UTF-8.";
    assert_eq!(problem(&answer), (415, detail.to_owned()));
    assert_eq!(answer.headers()[ACCEPT], "application/json, text/json");
}

#[tokio::test]
async fn a_documented_head_is_an_operation_of_its_own() {
    let answer = send(Method::HEAD, "/probe/7", &[TICKET], "").await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (204, 0));
    assert_eq!(answer.headers()[ETAG], "\"probe\"");
    let answer = send(Method::GET, "/probe/7", &[TICKET], "").await;
    assert_eq!(problem(&answer).0, 405);
    assert_eq!(answer.headers()[ALLOW], "HEAD, OPTIONS");
}

#[tokio::test]
async fn a_body_belongs_to_the_operation_of_its_media_type() {
    let post =
        async |headers: Headers<'_>, body| send(Method::POST, "/notes/7", headers, body).await;
    let answer = post(&[TICKET, IS_JSON], "\"hello\"").await;
    assert_eq!(answer.body(), "\"hello\"");
    let png = (CONTENT_TYPE, "image/png");
    let width = (HeaderName::from_static("x-width"), "5");
    let crumb = (http::header::COOKIE, "a=b; crumb=c");
    let answer = post(&[TICKET, png.clone(), width.clone(), crumb], "abc").await;
    assert_eq!(answer.body(), "\"3 bytes, c\"");
    let answer = post(&[TICKET, (CONTENT_TYPE, "image/gif")], "abc").await;
    let detail = "The request body is `image/gif`; \
                  it can be `application/json` or `text/json` or `image/png`, in UTF-8.";
    assert_eq!(problem(&answer), (415, detail.to_owned()));
    let answer = post(&[TICKET, png.clone()], "abc").await;
    let detail = "The header `x-width` is missing.".to_owned();
    assert_eq!(problem(&answer), (400, detail));
    let answer = post(&[TICKET, png, width], "abc").await;
    let detail = "The cookie `crumb` is missing.".to_owned();
    assert_eq!(problem(&answer), (400, detail));
}

#[tokio::test]
async fn bad_input_is_named() {
    let put = async |body| send(Method::PUT, "/items/a", &[TICKET, IS_JSON], body).await;
    let answer = put(r#"{"b": 1, "c": "x"}"#).await;
    let (status, detail) = problem(&answer);
    assert_eq!(status, 400);
    assert!(
        detail.contains("at JSON path `c`: invalid type: string \"x\""),
        "{detail}"
    );
    let path: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(path["path"], json!("c"));
    for body in ["", "{", "[]", "{} {}", "null"] {
        assert_eq!(problem(&put(body).await).0, 400, "{body}");
    }
    assert_eq!(put("\u{feff}{}").await.status(), 200);
    assert_eq!(problem(&put(&" ".repeat(2 << 20)).await).0, 413);

    let detail = "Query parameter `$top`: `many` isn't an integer (int32).";
    assert_eq!(
        problem(&get("/items?$top=many").await),
        (400, detail.to_owned())
    );
}

#[tokio::test]
async fn the_gates_are_passed_in_order() {
    let xml = (CONTENT_TYPE, "text/xml");
    let html = (ACCEPT, "text/html");
    let status = async |method, path, headers: Headers<'_>| {
        send(method, path, headers, "?").await.status().as_u16()
    };
    assert_eq!(
        status(Method::PUT, "/items", &[xml.clone(), html.clone()]).await,
        405
    );
    assert_eq!(status(Method::GET, "/items/x", &[]).await, 404);
    assert_eq!(
        status(Method::PUT, "/items/a", &[xml.clone(), html.clone()]).await,
        401
    );
    assert_eq!(
        status(Method::PUT, "/items/a", &[TICKET, xml.clone(), html]).await,
        406
    );
    assert_eq!(status(Method::PUT, "/items/a", &[TICKET, xml]).await, 415);
    assert_eq!(
        status(Method::PUT, "/items/a", &[TICKET, IS_JSON]).await,
        400
    );
}

#[tokio::test]
async fn a_service_that_panics_does_not_take_the_server_down() {
    let url = serve().await;
    let transport = ReqwestTransport::new().unwrap();
    let request = |method, path: &str| {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{url}{path}"));
        request
            .header(AUTHORIZATION, "Ticket 7T")
            .body(Bytes::new())
            .unwrap()
    };
    assert!(
        transport
            .send(request(Method::POST, "/items"))
            .await
            .is_err()
    );
    let answer = transport
        .send(request(Method::GET, "/items"))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_service_says_status_and_headers() {
    let answer = get("/items?$top=0").await;
    assert_eq!(
        (answer.status().as_u16(), &answer.body()[..]),
        (202, &b"[]"[..])
    );
    assert_eq!(answer.headers()[ETAG], "\"none\"");
    assert_eq!(
        answer.headers()[CONTENT_TYPE],
        "application/json; charset=utf-8"
    );
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let url = serve().await;
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = "PUT /items/a HTTP/1.1\r\nHost: a\r\nAuthorization: Ticket 7T\r\n\
                Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 100];
    let length = stream.read(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[test]
fn secrets_of_a_request_are_not_shown() {
    let request = http::Request::builder()
        .header(AUTHORIZATION, "Ticket hidden")
        .header("Cookie", "hidden")
        .header("X-Token", "hidden");
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    gates::hide_secrets(&mut parts.headers, AUTHENTICATION.headers);
    assert!(!format!("{parts:?}").contains("hidden"), "{parts:?}");
}
