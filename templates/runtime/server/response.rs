//! Makes the response of what a service returns.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

use super::{ServiceError, ServiceFuture};
use crate::runtime::{MediaType, Payload, PayloadKind};

/// Encodes the response body; compiled once for each type of response, not for each
/// operation.
pub(super) fn encoded<'a, T: Payload>(
    answer: ServiceFuture<'a, T>,
    media_type: Option<&MediaType>,
) -> ServiceFuture<'a, Bytes> {
    let is_xml = T::KIND == PayloadKind::Json && media_type.is_some_and(MediaType::is_xml);
    Box::pin(Encoded(answer, is_xml))
}

/// A response to encode, and whether as XML.
struct Encoded<'a, T>(ServiceFuture<'a, T>, bool);

impl<T: Payload> Future for Encoded<'_, T> {
    type Output = Result<Bytes, ServiceError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = self.0.as_mut().poll(context);
        answer.map(|answer| encode(&answer?, self.1).map_err(|_| ServiceError::internal()))
    }
}

#[cfg(feature = "xml")]
fn encode<T: Payload>(body: &T, as_xml: bool) -> Result<Bytes, serde_json::Error> {
    match as_xml {
        true => body.encode_xml(),
        false => body.encode(),
    }
}

#[cfg(not(feature = "xml"))]
fn encode<T: Payload>(body: &T, _: bool) -> Result<Bytes, serde_json::Error> {
    body.encode()
}

/// The response with this body, which has the media type, if there is one.
pub(super) fn respond(status: StatusCode, media_type: Option<&MediaType>, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    if let Some(value) = media_type.and_then(content_type) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

/// Drops the content of a response whose status has none (RFC 9110, sections 6.4.1 and
/// 15.3.6). The service may have chosen the status after the body.
///
/// axum drops the body of a response to HEAD, after it has set its length.
pub(super) fn drop_content(response: &mut Response) {
    let status = response.status();
    let has_none = [
        StatusCode::NO_CONTENT,
        StatusCode::RESET_CONTENT,
        StatusCode::NOT_MODIFIED,
    ];
    if status.is_informational() || has_none.contains(&status) {
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().remove(CONTENT_TYPE);
    }
}

fn content_type(media_type: &MediaType) -> Option<HeaderValue> {
    if media_type.as_str() == "application/json" {
        return Some(HeaderValue::from_static("application/json; charset=utf-8"));
    }
    let charset = match media_type.is_json() {
        true => "; charset=utf-8",
        false => "",
    };
    HeaderValue::try_from(format!("{}{charset}", media_type.essence())).ok()
}
