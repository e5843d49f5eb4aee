//! What the client makes of calls and of answers, with a transport that isn't a network.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, Method, Request, Response, StatusCode};
use serde_json::json;

use super::*;
use crate::runtime::{Authentication, MediaType, OperationInfo};

type Items = BTreeMap<String, Vec<i32>>;

struct Update;

impl Operation for Update {
    type Body = Items;
    type Answer = Items;

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
    type Answer = ();

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

/// What the client says to an answer.
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
async fn an_answer_without_a_body_needs_none() {
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
async fn a_status_that_is_no_success_is_an_error_with_the_answer_in_it() {
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
async fn an_answer_that_is_not_as_documented_names_the_json_path() {
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
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn an_answer_of_another_media_type_says_so() {
    for (media_type, body, expected) in [
        (
            "text/html",
            "<html>Log in",
            "the answer is `text/html`; JSON was expected",
        ),
        ("text/json; charset=utf-16", "{}", "JSON is in UTF-8"),
        ("application/json", "", "the answer is empty (200 OK)"),
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
        client
            .call::<Update>(&[&"a"])
            .credentials(Credentials::bearer("a\nb")),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert_eq!(error.operation().unwrap().name, "Update");
    }
}
