//! Bodies and queries that are not as documented.

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
