//! Bodies and queries that are not as documented.

use http::header::COOKIE;

use super::*;

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
    let long = " ".repeat(2 << 20);
    let deep = format!(r#"{{"a": {}"#, "[".repeat(100_000));
    assert_eq!(problem(&put(&long).await).0, 413);

    let (status, detail) = problem(&put(&deep).await);
    assert_eq!(status, 400);
    assert!(detail.contains("recursion limit exceeded"), "{detail}");
    assert_eq!(put(r#"{"b": 1.0}"#).await.body(), r#"{"a":0,"b":1}"#);

    let detail = "Query parameter `$top`: `many` isn't an integer (int32).";
    assert_eq!(
        problem(&get("/items?$top=many").await),
        (400, detail.to_owned())
    );
}

#[tokio::test]
async fn an_optional_body_may_be_left_out() {
    const FORM: (HeaderName, &str) = (CONTENT_TYPE, "application/x-www-form-urlencoded");
    let post = async |headers, body| send(Method::POST, "/refits", headers, body).await;
    for (headers, body, expected) in [
        (&[TICKET][..], "", "None"),
        (&[TICKET, IS_JSON], "", "None"),
        (&[TICKET, IS_JSON], r#"{"a": 1}"#, r#"Some({\"a\": 1})"#),
        (&[TICKET, FORM], "a=1", r#"Some({\"a\": 1})"#),
    ] {
        let answer = post(headers, body).await;
        assert_eq!(answer.body(), &format!("\"{expected}\""), "{body}");
    }
    let answer = send(Method::POST, "/signs", &[TICKET], "").await;
    assert_eq!(answer.body(), r#""b\"\"""#);
    for (headers, body, status) in [
        (&[TICKET, IS_JSON][..], r#"{"a": "x"}"#, 400),
        (&[TICKET], "{}", 415),
        (&[], "", 401),
    ] {
        assert_eq!(problem(&post(headers, body).await).0, status, "{body}");
    }
}

#[tokio::test]
async fn optional_properties_have_their_types() {
    let post = async |body| send(Method::POST, "/boats", &[TICKET, IS_JSON], body).await;
    for (body, path) in [
        (r#"{"weight": "heavy"}"#, "weight"),
        (r#"{"name": 5}"#, "name"),
        (r#"{"made": "yesterday"}"#, "made"),
        (r#"{"made": "2025-13-45T00:00:00Z"}"#, "made"),
        (r#"{"colour": 5}"#, "colour"),
        (
            r#"{"tenders": {"a": [{}, {"weight": []}]}}"#,
            "tenders.a[1].weight",
        ),
    ] {
        let answer = post(body).await;
        let (status, detail) = problem(&answer);
        assert_eq!(status, 400, "{body}");
        let expected = format!("The body isn't as documented: at JSON path `{path}`: ");
        assert!(detail.starts_with(&expected), "{detail}");
        let problem: Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(problem["path"], json!(path));
    }
    // What later versions of the API may add is accepted, and so is null.
    for body in [
        r#"{"colour":"Green"}"#,
        r#"{"name":null,"weight":null,"tenders":null}"#,
        r#"{"made":"2025-05-09","new":{"weight":"heavy"}}"#,
    ] {
        assert_eq!(post(body).await.body(), body);
    }
}

#[tokio::test]
async fn a_form_with_files_is_read_part_by_part() {
    let post = async |content, body| {
        let width = HeaderName::from_static("x-width");
        let headers = [
            TICKET,
            (width, "1"),
            (COOKIE, "crumb=c"),
            (CONTENT_TYPE, content),
        ];
        send(Method::POST, "/notes/7", &headers, body).await
    };
    let body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n\
                --x\r\nContent-Disposition: form-data; name=\"c\"; filename=\"d.txt\"\r\n\r\n\
                \r\n--x--\r\n";
    let answer = post("multipart/form-data; boundary=x", body).await;
    assert_eq!(answer.body(), r#""[None, Some(\"d.txt\")]""#);
    let detail = "The body isn't multipart/form-data: it has no boundary.";
    let answer = post("multipart/form-data; boundary=y", body).await;
    assert_eq!(problem(&answer), (400, detail.to_owned()));
    let detail = "The body isn't multipart/form-data: its media type has no boundary.";
    let answer = post("multipart/form-data", body).await;
    assert_eq!(problem(&answer), (400, detail.to_owned()));
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
