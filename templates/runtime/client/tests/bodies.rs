//! Forms, and bodies that are sent and received piece by piece.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use futures_core::Stream;

use super::*;
use crate::runtime::Multipart;
use crate::runtime::client::{Body, Chunks, Retry};

const FORM: MediaType = MediaType::from_static("application/x-www-form-urlencoded");

/// A stream of these pieces.
struct Pieces(std::vec::IntoIter<Result<&'static str, TransportError>>);

impl Stream for Pieces {
    type Item = Result<&'static str, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

fn pieces(pieces: Vec<Result<&'static str, TransportError>>) -> Body {
    Body::from_stream(Pieces(pieces.into_iter()))
}

/// All of a download, or the error that ends it.
async fn all(mut chunks: Chunks) -> Result<String, Error> {
    let mut text = String::new();
    while let Some(piece) = chunks.next().await {
        text.push_str(std::str::from_utf8(&piece?).unwrap());
    }
    assert!(chunks.next().await.is_none(), "it has ended");
    Ok(text)
}

/// A file of a documented kind.
struct Picture;

impl Operation for Picture {
    type Body = ();
    type Response = Bytes;

    const INFO: OperationInfo = OperationInfo {
        name: "Picture",
        method: &Method::GET,
        path: "/picture",
        produces: &[MediaType::from_static("image/png")],
        ..Download::INFO
    };
}

#[tokio::test]
async fn a_page_is_no_file() {
    let page = |content| client(move |_| Ok(response(200, content, "<html>Log in")));
    for content in ["text/html", "Text/HTML; charset=utf-8"] {
        let client = page(content);
        let whole = client.call::<Picture>(&[]).await.unwrap_err();
        let piecewise = client.call::<Picture>(&[]).stream().await.unwrap_err();
        for error in [whole, piecewise] {
            assert_eq!(error.kind(), ErrorKind::MediaType, "{error}");
            let text = "the response is an HTML page instead of the file";
            assert!(error.to_string().ends_with(text), "{error}");
        }
    }
    let other = page("image/webp").call::<Picture>(&[]).await;
    other.unwrap();
    // Where the pages only know JSON, a file can be anything.
    page("text/html").call::<Download>(&[]).await.unwrap();
}

#[tokio::test]
async fn an_object_is_sent_as_a_form_where_the_caller_says_so() {
    let client = client(|request| {
        assert_eq!(request.headers()[CONTENT_TYPE], FORM.as_str());
        assert_eq!(request.body(), "a%26b=1&a%26b=2&c=3");
        Ok(response(200, "application/json", "{}"))
    });
    let items = Items::from([("a&b".to_owned(), vec![1, 2]), ("c".to_owned(), vec![3])]);
    let call = client.call::<Update>(&[&"a"]).json(&items).body_as(&FORM);
    call.await.unwrap();
}

#[tokio::test]
async fn what_a_form_cannot_hold_is_an_error_before_anything_is_sent() {
    let client = client(|_| panic!("nothing is to be sent"));
    let nested = json!({"a": {"b": 1}});
    let call = client.call::<Update>(&[&"a"]).json(&nested).body_as(&FORM);
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let expected = "Update (PUT /items/{name}): a form can't hold the object at `a`";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_form_with_files_is_sent_with_the_boundary_that_it_has() {
    let client = client(|request| {
        let content = MediaType::from(request.headers()[CONTENT_TYPE].to_str().unwrap());
        assert_eq!(content.essence(), "multipart/form-data");
        let boundary = content.parameter("boundary").unwrap();
        let png = "Content-Disposition: form-data; name=\"b\"; filename=\"b.png\"\r\n\
                   Content-Type: image/png\r\n\r\nB";
        let text = "Content-Disposition: form-data; name=\"a\"\r\n\r\nA";
        let expected =
            format!("--{boundary}\r\n{text}\r\n--{boundary}\r\n{png}\r\n--{boundary}--\r\n");
        assert_eq!(request.body(), &expected);
        Ok(response(204, "text/plain", ""))
    });
    let png = MediaType::from_static("image/png");
    let form = Multipart::new().text("a", "A").file("b", "b.png", png, "B");
    client.call::<Delete>(&[&1]).bytes(form).await.unwrap();
}

#[tokio::test]
async fn bytes_are_no_form_with_files() {
    let form = MediaType::from_static("multipart/form-data");
    let client = client(|_| panic!("nothing is to be sent"));
    let call = client.call::<Delete>(&[&1]).bytes("x").body_as(&form);
    let error = call.await.unwrap_err();
    let expected = "a `multipart/form-data` body has parts: make it with `Multipart`";
    assert!(error.to_string().ends_with(expected), "{error}");
}

#[tokio::test]
async fn a_transport_without_streams_gets_the_whole_body() {
    let client = client(|request| {
        assert_eq!(request.body(), "one two");
        Ok(response(200, "image/png", "three"))
    });
    let body = pieces(vec![Ok("one"), Ok(" two")]);
    assert_eq!(
        client.call::<Download>(&[]).bytes(body).await.unwrap(),
        "three"
    );
    let read = Body::from_reader(&b"one two"[..]);
    let call = client.call::<Download>(&[]).bytes(read);
    let response = call.stream().await.unwrap();
    assert_eq!(response.status, StatusCode::OK);
    assert_eq!(all(response.body).await.unwrap(), "three");
}

#[tokio::test]
async fn a_stream_that_fails_fails_the_call() {
    let client = client(|_| panic!("nothing is to be sent"));
    let body = pieces(vec![Ok("one"), Err("the disk is gone".into())]);
    let error = client.call::<Download>(&[]).bytes(body).await.unwrap_err();
    assert!(error.is_transport());
    assert!(
        error.to_string().ends_with("no response: the disk is gone"),
        "{error}"
    );
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let count = Arc::new(AtomicU32::new(0));
    let counter = count.clone();
    let transport = move |_: Request<Bytes>| {
        counter.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Ok(response(503, "text/plain", "")))
    };
    let builder = Client::builder("https://example.com", Credentials::Anonymous);
    let client = builder
        .transport(transport)
        .retry(Retry::default())
        .build()
        .unwrap();
    let call = client.call::<Download>(&[]).bytes(pieces(vec![Ok("one")]));
    call.idempotent().await.unwrap_err();
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_download_is_as_long_as_it_says() {
    for (length, expected) in [
        (5, "three"),
        (
            7,
            "its body is incomplete: 2 bytes of its Content-Length are missing",
        ),
        (
            3,
            "its body is incomplete: it is longer than its Content-Length",
        ),
    ] {
        let client = client(move |_| {
            let mut response = response(200, "image/png", "three");
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
            Ok(response)
        });
        let response = client.call::<Download>(&[]).stream().await.unwrap();
        match all(response.body).await {
            Ok(text) => assert_eq!(text, expected),
            Err(error) => {
                assert_eq!(
                    (error.kind(), error.status()),
                    (ErrorKind::Body, Some(StatusCode::OK))
                );
                let text = error.to_string();
                assert!(text.starts_with("Download (POST /file): "), "{text}");
                assert!(text.ends_with(expected), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn a_download_that_fails_is_an_error_with_the_response_in_it() {
    let missing = client(|_| Ok(response(404, "text/plain", "gone")));
    let error = missing.call::<Download>(&[]).stream().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.text().unwrap(), "gone");
    let packed = client(|request| {
        assert!(!request.headers().contains_key("accept-encoding"));
        let mut response = response(200, "image/png", "?");
        response
            .headers_mut()
            .insert("content-encoding", "br".parse()?);
        Ok(response)
    });
    let error = packed.call::<Download>(&[]).stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MediaType);
    assert!(
        error.to_string().contains("is compressed (`br`)"),
        "{error}"
    );
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn files_go_over_the_network_piece_by_piece() {
    use axum::routing::post;

    let echo = async |body: axum::body::Bytes| body;
    let router = axum::Router::new().route("/file", post(echo));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = Client::builder(&url, Credentials::Anonymous)
        .build()
        .unwrap();
    let file = vec![7; 1_000_000];
    let upload = Body::from_reader(std::io::Cursor::new(file.clone()));
    let call = client.call::<Download>(&[]).bytes(upload);
    let mut response = call.stream().await.unwrap();
    let (mut got, mut count) = (Vec::new(), 0);
    while let Some(piece) = response.body.next().await {
        got.extend_from_slice(&piece.unwrap());
        count += 1;
    }
    assert!(
        got == file && count > 1,
        "{} bytes in {count} pieces",
        got.len()
    );
    let body = Body::from_reader(&b"small"[..]);
    assert_eq!(
        client.call::<Download>(&[]).bytes(body).await.unwrap(),
        "small"
    );
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_download_that_is_cut_off_says_so() {
    use super::network::{answer, serve};

    let short = answer("200 OK", "abc").replace("Content-Length: 3", "Content-Length: 30");
    let (url, _) = serve(vec![short]).await;
    let client = Client::builder(&url, Credentials::Anonymous)
        .build()
        .unwrap();
    let response = client.call::<Download>(&[]).stream().await.unwrap();
    let error = all(response.body).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Body, Some(StatusCode::OK))
    );
    assert_eq!(error.operation().unwrap().name, "Download");
}
