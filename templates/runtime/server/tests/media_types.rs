//! What can be sent, and what comes back.

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};

use super::*;

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
    assert!(!answer.headers().contains_key("accept-patch"));
}

#[tokio::test]
async fn compressed_bodies_are_refused() {
    let put = async |codings: &[&'static str]| {
        let mut headers = vec![TICKET, IS_JSON];
        headers.extend(codings.iter().map(|it| (CONTENT_ENCODING, *it)));
        send(Method::PUT, "/items/a", &headers, "{}").await
    };
    for codings in [&["gzip"][..], &["identity, x"], &["identity", "br"]] {
        let answer = put(codings).await;
        let detail = format!(
            "The request body is encoded (Content-Encoding: {}); this server doesn't decode it.",
            codings.join(", ")
        );
        assert_eq!(problem(&answer), (415, detail));
        assert_eq!(answer.headers()[ACCEPT_ENCODING], "identity");
    }
    assert_eq!(put(&["Identity"]).await.status(), 200);
    assert_eq!(put(&[""]).await.status(), 200);
}

#[tokio::test]
async fn a_patch_gets_the_supported_media_types() {
    let xml = (CONTENT_TYPE, "text/xml");
    let answer = send(Method::PATCH, "/register", &[TICKET, xml], "?").await;
    assert_eq!(problem(&answer).0, 415);
    for header in ["accept", "accept-patch"] {
        assert_eq!(answer.headers()[header], "application/json, text/json");
    }
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
                  it can be `application/json` or `text/json` or `image/png` or `multipart/form-data`, in UTF-8.";
    assert_eq!(problem(&answer), (415, detail.to_owned()));
    let answer = post(&[TICKET, png.clone()], "abc").await;
    let detail = "The header `x-width` is missing.".to_owned();
    assert_eq!(problem(&answer), (400, detail));
    let answer = post(&[TICKET, png, width], "abc").await;
    let detail = "The cookie `crumb` is missing.".to_owned();
    assert_eq!(problem(&answer), (400, detail));
}

#[tokio::test]
async fn a_form_is_read_as_what_it_stands_for() {
    let form = (
        CONTENT_TYPE,
        "Application/x-www-form-urlencoded; charset=utf-8",
    );
    let post = async |body| send(Method::POST, "/register", &[TICKET, form.clone()], body).await;
    assert_eq!(post("a%26=1&b=2").await.body(), r#"{"a&":1,"b":2}"#);
    for (body, path) in [("a=1&a=2", "a"), ("a=x", "a"), ("a=%", ".")] {
        let answer = post(body).await;
        assert_eq!(problem(&answer).0, 400, "{body}");
        let problem: Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(problem["path"], json!(path), "{body}");
    }
    let answer = send(Method::PUT, "/items/a", &[TICKET, form], "a=1").await;
    assert_eq!(problem(&answer).0, 415, "it isn't documented there");
}

#[tokio::test]
async fn xml_is_spoken_where_it_is_documented_if_the_crate_has_the_feature() {
    let xml = (CONTENT_TYPE, "application/xml");
    let asked = (ACCEPT, "application/xml");
    let post =
        async |headers: Headers<'_>, body| send(Method::POST, "/register", headers, body).await;
    let answer = post(&[TICKET, xml.clone()], "<Map><a>1</a></Map>").await;
    if cfg!(not(feature = "xml")) {
        let (status, detail) = problem(&answer);
        assert!(
            status == 415 && !detail.contains("or `application/xml`"),
            "{detail}"
        );
        assert_eq!(problem(&post(&[TICKET, IS_JSON, asked], "{}").await).0, 406);
        return;
    }
    assert_eq!(answer.body(), r#"{"a":1}"#);
    let answer = post(&[TICKET, IS_JSON, asked], r#"{"a": 1}"#).await;
    assert_eq!(answer.headers()[CONTENT_TYPE], "application/xml");
    let body = String::from_utf8_lossy(answer.body());
    assert!(
        body.starts_with("<?xml ") && body.ends_with("<a>1</a></Map>"),
        "{body}"
    );
    for body in ["<!DOCTYPE Map><Map/>", "<Map><a>x</a></Map>", "<Map>", ""] {
        assert_eq!(
            problem(&post(&[TICKET, xml.clone()], body).await).0,
            400,
            "{body}"
        );
    }
}
