//! A router of axum as the transport, without a socket.

use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::routing::put;

use super::super::TowerTransport;
use super::*;

async fn echo(headers: HeaderMap, body: Bytes) -> Response<Body> {
    assert_eq!(headers[AUTHORIZATION], "Bearer secret");
    let response = Response::builder().header(CONTENT_TYPE, "application/json");
    response.body(Body::from(body)).unwrap()
}

fn to(router: Router) -> Client {
    Client::builder("http://localhost/base", Credentials::bearer("secret"))
        .transport(TowerTransport::new(router))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_router_is_called_without_a_socket() {
    let client = to(Router::new().route("/base/items/{name}", put(echo)));
    let items = Items::from([("x".to_owned(), vec![1])]);
    let call = client.call::<Update>(&[&"a b"]).json(&items);
    assert_eq!(call.await.unwrap(), items);
    let error = client.call::<Delete>(&[&1]).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::METHOD_NOT_ALLOWED));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_with_its_status() {
    /// A body that is an error.
    struct Broken;

    impl http_body::Body for Broken {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
            std::task::Poll::Ready(Some(Err(std::io::ErrorKind::UnexpectedEof.into())))
        }
    }

    let broken = || async { Response::new(Body::new(Broken)) };
    let client = to(Router::new().route("/base/items/{name}", put(broken)));
    let error = client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Body, "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
}
