//! The checks of the server, over loopback HTTP, with a service made for these tests.

mod bodies;
#[cfg(feature = "tower")]
mod hostile;
mod media_types;
mod paths;
mod responses;
mod services;

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
use crate::runtime::{DateTime, Extra, Payload, PayloadKind, object, open_enum};

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
operation!(Crew: GET "/b\u{e5}t/{id}:crew", () => Vec<String>);
operation!(Text: POST "/notes/{id}", String => String);
operation!(Respond: GET "/respond/{status}", () => String);
operation!(Moor: POST "/boats", Boat => Boat);
operation!(Change: PATCH "/register", BTreeMap<String, i32> => ());

/// The same with a body of another type.
struct Photo;

impl Operation for Photo {
    type Body = Bytes;
    type Response = String;

    const INFO: OperationInfo = OperationInfo {
        consumes: &[
            MediaType::from_static("image/png"),
            MediaType::from_static("multipart/form-data"),
        ],
        ..Text::INFO
    };
    const REQUIRED_HEADERS: &'static [&'static str] = &["x-width"];
    const REQUIRED_COOKIES: &'static [&'static str] = &["crumb"];
}

/// The same, with a body that may be left out.
struct Refit;

impl Operation for Refit {
    type Body = Option<BTreeMap<String, i32>>;
    type Response = String;

    const INFO: OperationInfo = OperationInfo {
        path: "/refits",
        ..Register::INFO
    };
    const OPTIONAL_BODY: bool = true;
}

/// The same with bytes, which may be empty.
struct Sign;

impl Operation for Sign {
    type Body = Bytes;
    type Response = String;

    const INFO: OperationInfo = OperationInfo {
        path: "/signs",
        consumes: &[MediaType::from_static("image/png")],
        ..Register::INFO
    };
    const OPTIONAL_BODY: bool = true;
}

/// An object that can be sent as a form.
struct Register;

impl Operation for Register {
    type Body = BTreeMap<String, i32>;
    type Response = BTreeMap<String, i32>;

    const INFO: OperationInfo = OperationInfo {
        path: "/register",
        consumes: &[
            MediaType::from_static("application/json"),
            MediaType::from_static("application/x-www-form-urlencoded"),
            MediaType::from_static("application/xml"),
        ],
        produces: &[
            MediaType::from_static("application/json"),
            MediaType::from_static("application/xml"),
        ],
        ..Text::INFO
    };
}

#[derive(Clone, PartialEq)]
struct Boat {
    name: Option<String>,
    weight: Option<f64>,
    made: Option<DateTime>,
    colour: Option<Colour>,
    tenders: Option<BTreeMap<String, Vec<Boat>>>,
    extra: Extra,
    __non_exhaustive: (),
}

object! {
    Boat = "Boat" {
        optional name: "name",
        optional weight: "weight",
        optional made: "made",
        optional colour: "colour",
        optional tenders: "tenders",
    }
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

    async fn crew(&self, id: String, request: Request) -> Result<Vec<String>, ServiceError> {
        let plain = HeaderValue::from_static("application/vnd.crew+json");
        request.reply.header(CONTENT_TYPE, plain);
        Ok(vec![id])
    }

    async fn text(&self, _: i32, request: Request<String>) -> Result<String, ServiceError> {
        Ok(request.body)
    }

    async fn photo(&self, _: i32, request: Request<Bytes>) -> Result<String, ServiceError> {
        if request.headers()[CONTENT_TYPE] != "image/png" {
            let form = request.multipart()?;
            let names = form.parts.iter().map(|part| part.file_name.as_deref());
            return Ok(format!("{:?}", names.collect::<Vec<_>>()));
        }
        let crumb = request.cookie("crumb").unwrap_or_default();
        Ok(format!("{} bytes, {crumb}", request.body.len()))
    }

    async fn register(
        &self,
        request: Request<BTreeMap<String, i32>>,
    ) -> Result<BTreeMap<String, i32>, ServiceError> {
        Ok(request.body)
    }

    async fn refit(
        &self,
        request: Request<Option<BTreeMap<String, i32>>>,
    ) -> Result<String, ServiceError> {
        Ok(format!("{:?}", request.body))
    }

    async fn sign(&self, request: Request<Bytes>) -> Result<String, ServiceError> {
        Ok(format!("{:?}", request.body))
    }

    /// Responds with the status; an error has a body of this API's own.
    async fn respond(&self, status: i32, request: Request) -> Result<String, ServiceError> {
        let status = u16::try_from(status).map(StatusCode::from_u16);
        let status = status.unwrap().unwrap();
        if status == StatusCode::CONFLICT {
            return Err(ServiceError::json(status, &json!({"code": 7})));
        }
        if status.is_client_error() {
            let own = HeaderValue::from_static("application/vnd.error+json");
            return Err(ServiceError::json(status, "gone").header(CONTENT_TYPE, own));
        }
        request.reply.status(status);
        Ok("body".to_owned())
    }

    async fn moor(&self, request: Request<Boat>) -> Result<Boat, ServiceError> {
        Ok(request.body)
    }

    async fn change(&self, _: Request<BTreeMap<String, i32>>) -> Result<(), ServiceError> {
        Err(ServiceError::new(StatusCode::NOT_MODIFIED))
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
    routes.on_1(Crew, Items::crew);
    routes.on_1(Text, Items::text);
    routes.on_1(Photo, Items::photo);
    routes.on_0(Register, Items::register);
    routes.on_0(Refit, Items::refit);
    routes.on_0(Sign, Items::sign);
    routes.on_1(Respond, Items::respond);
    routes.on_0(Moor, Items::moor);
    routes.on_0(Change, Items::change);
}

fn router() -> axum::Router {
    router_of(routes)
}

fn router_of(routes: impl FnOnce(&mut Routes<Items>)) -> axum::Router {
    let routes = Routes::new(Items).with(routes);
    routes
        .body_limit(1 << 20)
        .body_timeout(Duration::from_millis(300))
        .into_router()
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
