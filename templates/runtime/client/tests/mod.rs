//! What the client makes of calls and of responses, with a transport that isn't a network.

#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod drift;
#[cfg(feature = "reqwest")]
mod network;
mod pages;
mod renewal;
mod retry;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(feature = "xml")]
mod xml;

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, RETRY_AFTER};
use http::{HeaderName, Method, Request, Response, StatusCode};
use serde_json::json;

use super::{Client, Conditional, Error, ErrorKind, TransportError};
use crate::runtime::{Authentication, Credentials, MediaType, Operation, OperationInfo};

type Items = BTreeMap<String, Vec<i32>>;

struct Update;

impl Operation for Update {
    type Body = Items;
    type Response = Items;

    const INFO: OperationInfo = OperationInfo {
        name: "Update",
        method: &Method::PUT,
        path: "/items/{name}",
        success: StatusCode::OK,
        consumes: &[MediaType::from_static("application/json")],
        produces: &[MediaType::from_static("application/json")],
        authentication: &Authentication {
            schemes: &[],
            headers: &[],
        },
    };
}

struct Delete;

impl Operation for Delete {
    type Body = ();
    type Response = ();

    const INFO: OperationInfo = OperationInfo {
        name: "Delete",
        method: &Method::DELETE,
        path: "/items/{name}",
        success: StatusCode::NO_CONTENT,
        consumes: &[],
        produces: &[],
        authentication: &Authentication {
            schemes: &[],
            headers: &[],
        },
    };
}

struct Download;

impl Operation for Download {
    type Body = Bytes;
    type Response = Bytes;

    const INFO: OperationInfo = OperationInfo {
        name: "Download",
        method: &Method::POST,
        path: "/file",
        success: StatusCode::OK,
        consumes: &[MediaType::from_static("application/json")],
        produces: &[MediaType::from_static("application/json")],
        authentication: &Authentication {
            schemes: &[],
            headers: &[],
        },
    };
}

fn client<F>(answer: F) -> Client
where
    F: Fn(Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
{
    let transport = move |request| std::future::ready(answer(request));
    Client::builder("https://example.com/base/", Credentials::bearer("secret"))
        .header(HeaderName::from_static("x-app"), "app")
        .transport(transport)
        .build()
        .unwrap()
}

fn response(status: u16, media_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, media_type);
    response.body(body.into()).unwrap()
}

/// What the client says to a response.
async fn error(status: u16, media_type: &'static str, body: &'static str) -> Error {
    let client = client(move |_| Ok(response(status, media_type, body)));
    client.call::<Update>(&[&"a"]).await.unwrap_err()
}

#[tokio::test]
async fn requests_are_what_the_call_says() {
    let client = client(|request| {
        assert_eq!(
            request.uri(),
            "https://example.com/base/items/a%2Fb?$top=1&id=1&id=2"
        );
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer secret");
        assert_eq!(request.headers()[ACCEPT], "application/json");
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(request.headers()["x-app"], "mine");
        assert!(request.headers().contains_key("user-agent"));
        assert_eq!(
            request.extensions().get::<OperationInfo>().unwrap().name,
            "Update"
        );
        let body = request.into_body();
        Ok(response(200, "text/json; charset=utf-8", body))
    });
    let items = Items::from([("x".to_owned(), vec![1])]);
    let call = client
        .call::<Update>(&[&"a/b"])
        .json(&items)
        .query("$top", 1);
    let call = call
        .query("id", &[1, 2][..])
        .header(HeaderName::from_static("x-app"), "mine");
    assert_eq!(
        format!("{call:?}"),
        "Call(Update: PUT /items/a%2Fb?$top=1&id=1&id=2)"
    );
    let answer = call.send().await.unwrap();
    assert_eq!((answer.status, answer.body), (StatusCode::OK, items));
}

#[tokio::test]
async fn a_response_without_a_body_needs_none() {
    for (status, body) in [(204, ""), (200, "<html>")] {
        let client = client(move |request| {
            assert!(!request.headers().contains_key(ACCEPT));
            assert!(!request.headers().contains_key(CONTENT_TYPE));
            Ok(response(status, "text/html", body))
        });
        client.call::<Delete>(&[&1]).await.unwrap();
    }
}

#[tokio::test]
async fn a_status_that_is_no_success_is_an_error_with_the_response_in_it() {
    let client = client(|_| {
        let mut response = response(429, "application/json", r#"{"why": "too fast"}"#);
        response.headers_mut().insert(RETRY_AFTER, "120".parse()?);
        Ok(response)
    });
    let error = client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert!(error.is_too_many_requests() && !error.is_not_found() && !error.is_decode());
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.json(), Some(json!({"why": "too fast"})));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    let text = r#"Update (PUT /items/{name}): 429 Too Many Requests: {"why": "too fast"}"#;
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_response_that_is_not_as_documented_names_the_json_path() {
    let error = error(200, "application/json", r#"{"a": [1, "x"]}"#).await;
    assert!(error.is_decode());
    assert_eq!(error.json_path(), Some("a[1]"));
    assert_eq!(error.text().unwrap(), r#"{"a": [1, "x"]}"#);
    assert!(
        error
            .to_string()
            .contains("at JSON path `a[1]`: invalid type: string"),
        "{error}"
    );
    // The text has it already.
    assert!(error.cause().is_some() && std::error::Error::source(&error).is_none());
}

#[tokio::test]
async fn the_body_of_another_success_may_be_of_another_type() {
    let error = error(202, "application/json", r#"{"job": 7}"#).await;
    assert_eq!(error.json(), Some(json!({"job": 7})));
    let text = "Update (PUT /items/{name}): the response to status 202 Accepted isn't like that \
                to 200 OK at JSON path `job`: ";
    assert!(error.to_string().starts_with(text), "{error}");
}

#[tokio::test]
async fn a_redirect_that_is_not_followed_says_where_it_leads() {
    let client = client(|_| {
        let mut response = response(307, "text/plain", "");
        let target = "https://other.example/login?token=hidden";
        response
            .headers_mut()
            .insert(http::header::LOCATION, target.parse()?);
        Ok(response)
    });
    let error = client.call::<Update>(&[&"a"]).await.unwrap_err();
    let text = "Update (PUT /items/{name}): 307 Temporary Redirect, a redirect to \
                `https://other.example/login` that isn't followed";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_response_of_another_media_type_says_so() {
    for (media_type, body, expected) in [
        (
            "text/html",
            "<html>Log in",
            "the response is `text/html`; JSON was expected",
        ),
        ("text/json; charset=utf-16", "{}", "JSON is in UTF-8"),
        ("application/json", "", "the response is empty (200 OK)"),
    ] {
        let error = error(200, media_type, body).await;
        assert_eq!(error.kind(), ErrorKind::MediaType);
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.text().unwrap(), body);
    }
}

#[tokio::test]
async fn no_response_is_an_error_of_the_transport() {
    let client = client(|_| Err("the line is cut".into()));
    let error = client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert!(error.is_transport() && error.status().is_none());
    assert_eq!(
        error.to_string(),
        "Update (PUT /items/{name}): no response: the line is cut"
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_before_anything_is_sent() {
    let client = client(|_| panic!("nothing is to be sent"));
    for call in [
        client.call::<Update>(&[&".."]),
        client.call::<Update>(&[&"a"]).header(ACCEPT, "a\nb"),
        client.call::<Update>(&[&"a"]).header(ACCEPT, "ø"),
        client.call::<Update>(&[&f64::NAN]),
        client.call::<Update>(&[&"a"]).query("x", f64::NAN),
        client
            .call::<Update>(&[&"a"])
            .query_list("x", &["a|b"], '|'),
        client.call::<Update>(&[&"a"]).header(ACCEPT, f64::NAN),
        client.call::<Update>(&[&"a"]).cookie("x", [1.0, f64::NAN]),
        client.call::<Update>(&[&"a"]).cookie("x", "a;b"),
        client.call::<Update>(&[&"a"]).cookie("a\n", "b"),
        client.call::<Update>(&[&"a"]).json(&f64::INFINITY),
        client
            .call::<Update>(&[&"a"])
            .credentials(Credentials::bearer("a\nb")),
        client
            .call::<Update>(&[&"a"])
            .credentials(Credentials::bearer("")),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert_eq!(error.operation().unwrap().name, "Update");
    }
}

#[tokio::test]
async fn cookies_are_added_to_those_of_the_credentials_and_are_secrets() {
    let client = client(|request| {
        let cookie = &request.headers()[COOKIE];
        assert_eq!(cookie, "session=1; ids=1,2; crumb=a");
        assert!(cookie.is_sensitive());
        Ok(response(204, "text/plain", ""))
    });
    let name = HeaderName::from_static("x-token");
    let call = client.call::<Delete>(&[&1]);
    let call = call.credentials(Credentials::header(name, "t").with_cookie("session=1"));
    call.cookie("ids", [1, 2])
        .cookie("crumb", "a")
        .await
        .unwrap();
}

#[tokio::test]
async fn headers_of_the_builder_stay_unless_the_call_sets_them() {
    let transport = |request: Request<Bytes>| {
        let accept = request.headers()[ACCEPT].clone();
        assert_eq!(request.headers()["x-ids"], "1,2");
        let mut response = response(200, "application/json", "{}");
        response.headers_mut().insert(ACCEPT, accept);
        std::future::ready(Ok(response))
    };
    let builder = Client::builder("https://example.com", Credentials::Anonymous);
    let builder = builder.header(ACCEPT, "text/json").transport(transport);
    let client = builder.build().unwrap();
    let ids = || HeaderName::from_static("x-ids");
    let call = client.call::<Update>(&[&"a"]).header(ids(), [1, 2]);
    assert_eq!(call.send().await.unwrap().headers[ACCEPT], "text/json");
    let call = client.call::<Update>(&[&"a"]).header(ids(), [1, 2]);
    let call = call.header(ACCEPT, "application/json");
    assert_eq!(
        call.send().await.unwrap().headers[ACCEPT],
        "application/json"
    );
}

#[tokio::test]
async fn without_a_body_the_length_is_said() {
    let client = client(|request| {
        let length = request.headers().get(CONTENT_LENGTH).cloned();
        assert_eq!(length, Some(0.into()), "{}", request.method());
        Ok(response(200, "application/json", "{}"))
    });
    client.call::<Update>(&[&"a"]).await.unwrap();
    let call = client.call::<Update>(&[&"a"]);
    call.optional_json(None::<&Items>).await.unwrap();
}

#[tokio::test]
async fn bytes_are_never_json_by_accident() {
    let download = |media_type: &'static str| {
        client(move |request| {
            assert_eq!(request.headers()[ACCEPT], media_type);
            assert_eq!(request.headers()[CONTENT_TYPE], "image/png");
            Ok(response(200, "image/png", &b"\0"[..]))
        })
    };
    let media_type = MediaType::from_static("image/png");
    let client = download("*/*");
    let call = client.call::<Download>(&[]).bytes("x").body_as(&media_type);
    assert_eq!(call.await.unwrap(), &b"\0"[..]);
    let client = download("image/png");
    let call = client.call::<Download>(&[]).bytes("x");
    call.body_as(&media_type)
        .response_as(&media_type)
        .await
        .unwrap();
}

#[tokio::test]
async fn bytes_of_no_documented_type_are_octets() {
    let client = client(|request| {
        assert_eq!(request.headers()[CONTENT_TYPE], "application/octet-stream");
        Ok(response(204, "text/plain", ""))
    });
    client.call::<Delete>(&[&1]).bytes("x").await.unwrap();
}

#[tokio::test]
async fn conditions_that_are_not_met_are_values() {
    for (status, expected) in [(200, "met"), (304, "not modified"), (412, "failed")] {
        let client = client(move |_| Ok(response(status, "application/json", "{}")));
        let found = match client.call::<Update>(&[&"a"]).conditional().await.unwrap() {
            Conditional::Met(response) => {
                assert_eq!(response.body, Items::new());
                "met"
            }
            Conditional::NotModified(headers) => {
                assert!(headers.contains_key(CONTENT_TYPE));
                "not modified"
            }
            Conditional::PreconditionFailed(_) => "failed",
        };
        assert_eq!(found, expected);
    }
    let client = client(|_| Ok(response(404, "application/json", "{}")));
    let error = client.call::<Update>(&[&"a"]).conditional().await;
    assert!(error.unwrap_err().is_not_found());
}

#[tokio::test]
async fn errors_say_when_to_come_back() {
    let after = |value: &'static str| async move {
        let client = client(move |_| {
            let mut response = response(503, "text/plain", "later");
            response.headers_mut().insert(RETRY_AFTER, value.parse()?);
            Ok(response)
        });
        let error = client.call::<Delete>(&[&1]).await.unwrap_err();
        assert!(error.is_retryable() && error.is_server_error() && !error.is_timeout());
        error.retry_after()
    };
    assert_eq!(after("7").await, Some(Duration::from_secs(7)));
    let past = after("Sun, 06 Nov 1994 08:49:37 GMT").await;
    assert_eq!(past, Some(Duration::ZERO));
    for old in ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
        assert_eq!(after(old).await, Some(Duration::ZERO), "{old}");
    }
    let future = after("Fri, 31 Dec 2999 23:59:59 GMT").await.unwrap();
    assert!(future > Duration::from_secs(1_000_000_000));
    assert_eq!(after("soon").await, None);
}

#[tokio::test]
async fn an_error_body_may_begin_with_a_byte_order_mark_and_be_long() {
    let body = format!("\u{feff}{{\"why\": \"{}\"}}", "x".repeat(100_000));
    let client = client(move |_| Ok(response(400, "application/json", body.clone())));
    let error = client.call::<Delete>(&[&1]).await.unwrap_err();
    assert_eq!(
        error.json().unwrap()["why"].as_str().unwrap().len(),
        100_000
    );
    let typed: BTreeMap<String, String> = error.json_as().unwrap();
    assert_eq!(typed.len(), 1);
    assert!(error.to_string().len() < 500 && format!("{error:?}").len() < 1000);
    assert!(
        error
            .to_string()
            .contains(r#"400 Bad Request: {"why": "xxx"#)
    );
}

#[tokio::test]
async fn compressed_responses_are_read_or_named() {
    // The JSON `{}`, by gzip.
    const GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0";
    let coded = |encoding: &'static str, body: &'static [u8]| {
        client(move |request| {
            let asked = request.headers().contains_key("accept-encoding");
            assert_eq!(asked, cfg!(feature = "gzip"));
            let mut response = response(200, "application/json", body);
            let header = http::header::CONTENT_ENCODING;
            response.headers_mut().insert(header, encoding.parse()?);
            Ok(response)
        })
    };
    let read = coded("gzip", GZIP).call::<Update>(&[&"a"]).await;
    if cfg!(feature = "gzip") {
        assert_eq!(read.unwrap(), Items::new());
    } else {
        let error = read.unwrap_err().to_string();
        assert!(error.contains("compressed (`gzip`)"), "{error}");
    }
    for (encoding, body) in [("gzip", &b"{}"[..]), ("br", &b"\x0b"[..])] {
        let error = coded(encoding, body).call::<Update>(&[&"a"]).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MediaType);
        assert!(
            error.to_string().contains("the response is compressed"),
            "{error}"
        );
    }
    assert!(
        coded("identity", b"{}")
            .call::<Update>(&[&"a"])
            .await
            .is_ok()
    );
}
