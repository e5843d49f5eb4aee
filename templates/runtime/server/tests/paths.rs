//! Paths and methods.

use super::*;

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
async fn encoding_a_sign_that_needs_none_changes_nothing() {
    assert_eq!(get("/%69tems?$top=1").await.body(), "[0]");
    assert_eq!(get("/%69t%65ms/%37").await.body(), r#""id 7 for Ticket""#);
    let put = async |path| send(Method::PUT, path, &[TICKET, IS_JSON], "{}").await;
    let answer = put("/%69tems/%41%2Fb%2541%20%C3%B8").await;
    assert_eq!(answer.body(), r#"{"A/b%41 ø":0}"#);
    // Signs with a meaning in URLs are not the same as their encoding.
    assert_eq!(problem(&get("/items%2F7").await).0, 404);
    let detail = "There is no path `/other`.".to_owned();
    assert_eq!(problem(&get("/%6Fther").await), (404, detail));
    let long = "a".repeat(2 << 20);
    let answer = send(Method::PUT, "/%69tems/a", &[TICKET, IS_JSON], &long).await;
    assert_eq!(problem(&answer).0, 413, "the same limits apply");
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn a_router_can_be_part_of_another() {
    use crate::runtime::client::TowerTransport;

    let outer = axum::Router::new().nest("/of/{tenant}", router());
    let transport = TowerTransport::new(outer);
    for path in ["/of/7T/items/7", "/of/7T/%69tems/%37"] {
        let request = http::Request::get(format!("http://localhost{path}"));
        let request = request.header(AUTHORIZATION, "Ticket 7T");
        let answer = transport.send(request.body(Bytes::new()).unwrap()).await;
        assert_eq!(answer.unwrap().body(), r#""id 7 for Ticket""#, "{path}");
    }
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
async fn a_documented_head_is_an_operation_of_its_own() {
    let answer = send(Method::HEAD, "/probe/7", &[TICKET], "").await;
    assert_eq!((answer.status().as_u16(), answer.body().len()), (204, 0));
    assert_eq!(answer.headers()[ETAG], "\"probe\"");
    let answer = send(Method::GET, "/probe/7", &[TICKET], "").await;
    assert_eq!(problem(&answer).0, 405);
    assert_eq!(answer.headers()[ALLOW], "HEAD, OPTIONS");
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
async fn paths_that_are_not_ascii_match() {
    for path in ["/b%C3%A5t/7:crew", "/b%c3%a5t/7%3Acrew"] {
        let answer = get(path).await;
        assert_eq!(answer.body(), r#"["7"]"#, "{path}");
    }
    assert_eq!(problem(&get("/b%C3%A4t/7:crew").await).0, 404);
}

#[test]
fn routers_can_be_merged() {
    let other = axum::Router::new().fallback(|| std::future::ready("mine"));
    let _ = router().merge(router_of(|_| ())).merge(other);
}

#[tokio::test]
async fn paths_of_no_operation_are_problems() {
    for (path, status) in [
        ("/", 404),
        ("/other", 404),
        ("/items/7/", 404),
        ("/items//7", 404),
        ("/items/7/8", 404),
        ("/other/%FF", 400),
        ("/other/%2", 400),
        ("/%zz", 400),
    ] {
        let (found, detail) = problem(&get(path).await);
        assert_eq!(found, status, "{path}: {detail}");
    }
    let answer = send(Method::from_bytes(b"FROB").unwrap(), "/items/7", &[], "").await;
    assert_eq!(problem(&answer).0, 405);
}
