//! What a service says, and who may call it.

use super::*;

#[tokio::test]
async fn errors_of_the_service_are_problems() {
    let answer = send(Method::DELETE, "/items/0", &[TICKET], "").await;
    assert_eq!(problem(&answer), (409, "It's the last one.".to_owned()));
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
async fn several_authorization_headers_are_refused() {
    let headers = [TICKET, (AUTHORIZATION, "Basic YTpi")];
    let answer = send(Method::GET, "/items", &headers, "").await;
    let detail = "The request has more than one Authorization header.";
    assert_eq!(problem(&answer), (400, detail.to_owned()));
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

#[test]
fn secrets_of_a_request_are_not_shown() {
    let request = http::Request::builder()
        .header(AUTHORIZATION, "Ticket hidden")
        .header(AUTHORIZATION, "Basic hidden")
        .header("Proxy-Authorization", "Basic hidden")
        .header("Cookie", "a=hidden")
        .header("Cookie", "b=hidden")
        .header("X-Token", "hidden")
        .header("X-Token", "hidden");
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    checks::hide_secrets(&mut parts.headers, AUTHENTICATION.headers);
    assert!(!format!("{parts:?}").contains("hidden"), "{parts:?}");
}

#[tokio::test]
async fn a_service_says_the_media_type() {
    let answer = get("/b%C3%A5t/7:crew").await;
    let mut types = answer.headers().get_all(CONTENT_TYPE).iter();
    assert_eq!(types.next().unwrap(), "application/vnd.crew+json");
    assert_eq!(types.next(), None);
}
