//! The default transport, against servers on loopback that say what they are told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// What a server got, as text.
type Log = Arc<Mutex<Vec<String>>>;

/// A server that answers each connection with the next of these texts, and closes it; an
/// empty one is no answer.
pub(super) async fn serve(answers: Vec<String>) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let log = Log::default();
    let got = log.clone();
    tokio::spawn(async move {
        // Kept, so that a connection without an answer stays open.
        let mut open = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            let text = String::from_utf8_lossy(&request[..length]).into_owned();
            got.lock().unwrap().push(text);
            stream.write_all(answer.as_bytes()).await.unwrap();
            if answer.is_empty() {
                open.push(stream);
            }
        }
        std::future::pending::<()>().await;
    });
    (url, log)
}

pub(super) fn answer(head: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

const GOOD: &str = "200 OK\r\nContent-Type: application/json";

fn keyed(url: &str) -> Client {
    let key = Credentials::header(HeaderName::from_static("x-key"), "topsecret");
    Client::builder(url, key)
        .header(HeaderName::from_static("x-tenant"), "topsecret")
        .build()
        .unwrap()
}

#[tokio::test]
async fn redirects_to_another_server_carry_no_secret() {
    let (other, log) = serve(vec![answer(GOOD, "{}")]).await;
    let found = answer(&format!("302 Found\r\nLocation: {other}/stolen"), "");
    let (url, _) = serve(vec![found]).await;
    keyed(&url).call::<Read>(&[&"a"]).await.unwrap();
    let got = log.lock().unwrap().remove(0);
    assert!(got.starts_with("GET /stolen"), "{got}");
    assert!(
        !got.contains("topsecret") && got.contains("accept: application/json"),
        "{got}"
    );
}

#[tokio::test]
async fn what_is_more_than_a_question_is_not_redirected_to_another_server() {
    let (other, log) = serve(vec![answer(GOOD, "{}")]).await;
    let found = answer(
        &format!("307 Temporary Redirect\r\nLocation: {other}/stolen"),
        "",
    );
    let (url, _) = serve(vec![found]).await;
    let error = keyed(&url).call::<Update>(&[&"a"]).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert!(log.lock().unwrap().is_empty());
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn servers_are_offered_http_2() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let hello = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = vec![0; 4096];
        let length = stream.read(&mut hello).await.unwrap();
        hello.truncate(length);
        hello
    });
    keyed(&url).call::<Read>(&[&"a"]).await.unwrap_err();
    // Names with their lengths (RFC 7301, section 3.1).
    let offer = b"\x02h2\x08http/1.1";
    let hello = hello.await.unwrap();
    assert!(hello.windows(offer.len()).any(|it| it == offer));
}

#[tokio::test]
async fn redirects_within_a_server_carry_everything() {
    let found = answer("307 Temporary Redirect\r\nLocation: /moved", "");
    let (url, log) = serve(vec![found, answer(GOOD, "{}")]).await;
    let items = Items::from([("x".to_owned(), vec![1])]);
    let client = keyed(&url);
    client.call::<Update>(&[&"a"]).json(&items).await.unwrap();
    let got = log.lock().unwrap().remove(1);
    assert!(
        got.starts_with("PUT /moved") && got.contains("topsecret"),
        "{got}"
    );
    assert!(got.ends_with(r#"{"x":[1]}"#), "{got}");
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let found = answer("302 Found\r\nLocation: /items/a", "");
    let mut answers = vec![found.clone(); 10];
    answers.push(answer(GOOD, "{}"));
    let (url, _) = serve(answers).await;
    keyed(&url).call::<Read>(&[&"a"]).await.unwrap();

    let (url, log) = serve(vec![found; 20]).await;
    let error = keyed(&url).call::<Read>(&[&"a"]).await.unwrap_err();
    let reason = "302 Found, a redirect to `/items/a` that isn't followed";
    assert!(error.to_string().contains(reason), "{error}");
    assert!(!error.is_retryable());
    assert_eq!(log.lock().unwrap().len(), 11);
}

#[tokio::test]
async fn failures_of_the_line_are_told_apart() {
    let kind = |error: &Error| (error.kind(), error.is_retryable());
    // A port that nobody listens on any more.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = keyed(&url).call::<Read>(&[&"a"]).await.unwrap_err();
    assert_eq!(kind(&error), (ErrorKind::Connect, true), "{error:?}");
    assert!(error.is_connect() && error.to_string().contains("no connection"));

    let (url, _) = serve(vec![String::new()]).await;
    let client = Client::builder(&url, Credentials::Anonymous).timeout(Duration::from_millis(200));
    let client = client.build().unwrap();
    let error = client.call::<Read>(&[&"a"]).await.unwrap_err();
    assert_eq!(kind(&error), (ErrorKind::Timeout, true), "{error:?}");
    assert!(error.is_timeout() && error.is_transport());

    let short = answer(GOOD, "{}").replace("Content-Length: 2", "Content-Length: 20");
    let (url, _) = serve(vec![short]).await;
    let error = keyed(&url).call::<Read>(&[&"a"]).await.unwrap_err();
    assert_eq!(kind(&error), (ErrorKind::Body, true), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(
        error
            .to_string()
            .contains("cut off after its status 200 OK"),
        "{error}"
    );
}

#[tokio::test]
async fn a_request_without_a_body_says_so() {
    let (url, log) = serve(vec![answer(GOOD, "{}")]).await;
    keyed(&url).call::<Update>(&[&"a"]).await.unwrap();
    let got = log.lock().unwrap().remove(0);
    assert_eq!(got.matches("content-length: 0").count(), 1, "{got}");
}

#[tokio::test]
async fn settings_of_the_default_transport_do_not_reach_another() {
    let builder = Client::builder("https://example.com", Credentials::Anonymous)
        .timeout(None)
        .transport(|_| async { Err("unused".into()) });
    let error = builder.build().unwrap_err().to_string();
    assert!(
        error.contains("only be set for the default transport"),
        "{error}"
    );
}

pub(super) struct Read;

impl Operation for Read {
    type Body = ();
    type Response = Items;

    const INFO: OperationInfo = OperationInfo {
        name: "Read",
        method: &Method::GET,
        ..Update::INFO
    };
}
