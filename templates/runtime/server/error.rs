//! Problem details (RFC 9457).

use std::fmt;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::runtime::WriteJson;
use crate::runtime::payload::encode_json;

/// Why a request fails.
///
/// The caller gets `application/problem+json` with the status, its name as title,
/// and the detail, or the body of [`ServiceError::json`].
#[derive(Clone, Debug)]
pub struct ServiceError(Box<Problem>);

#[derive(Clone, Debug)]
struct Problem {
    status: StatusCode,
    detail: Option<String>,
    members: Map<String, Value>,
    headers: HeaderMap,
    /// Sent instead of the problem details.
    body: Option<Bytes>,
}

impl ServiceError {
    /// An error without detail.
    pub fn new(status: StatusCode) -> Self {
        let (members, headers) = (Map::new(), HeaderMap::new());
        Self(Box::new(Problem {
            status,
            detail: None,
            members,
            headers,
            body: None,
        }))
    }

    /// 400: the request is invalid.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST).detail(detail)
    }

    /// 401: there are no valid credentials.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED).detail(detail)
    }

    /// 403: the caller isn't allowed to do that.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN).detail(detail)
    }

    /// 404: the resource doesn't exist.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND).detail(detail)
    }

    /// 409: the request conflicts with the state of the resource.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT).detail(detail)
    }

    /// 500: the server failed. The response doesn't state the reason, so log it before.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// 501: the server doesn't implement the operation.
    pub fn not_implemented(operation: &str) -> Self {
        let detail = format!("The operation {operation} isn't implemented by this server.");
        Self::new(StatusCode::NOT_IMPLEMENTED).detail(detail)
    }

    /// An error with a body of its own instead of problem details, for errors that the pages
    /// describe. It is sent as `application/json`, unless [`header`](Self::header) sets a
    /// `Content-Type`; it has no detail and no other members.
    ///
    /// A body that JSON can't hold, such as a number that isn't finite, makes it
    /// [`internal`](Self::internal).
    pub fn json<T: WriteJson + ?Sized>(status: StatusCode, body: &T) -> Self {
        match encode_json(body) {
            Ok(body) => {
                let mut error = Self::new(status);
                error.0.body = Some(body);
                error
            }
            Err(_) => Self::internal(),
        }
    }

    /// Sets the detail: a sentence that states what is wrong with this request.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds a member to the problem (RFC 9457, section 3.2).
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.members.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a header to the response, such as `Retry-After`.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// Status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status)?;
        self.0
            .detail
            .as_ref()
            .map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl std::error::Error for ServiceError {}

impl IntoResponse for ServiceError {
    fn into_response(mut self) -> Response {
        let mut headers = std::mem::take(&mut self.0.headers);
        let status = self.0.status;
        let body = match self.0.body.take() {
            Some(body) => {
                let json = HeaderValue::from_static("application/json");
                headers.entry(CONTENT_TYPE).or_insert(json);
                Body::from(body)
            }
            None => {
                let problem = HeaderValue::from_static("application/problem+json");
                headers.insert(CONTENT_TYPE, problem);
                Body::from(self.0.details().to_string())
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

impl Problem {
    fn details(self) -> Value {
        let mut members = self.members;
        // An absent type means `about:blank`: the title is the status' own name.
        members.insert("status".to_owned(), json!(self.status.as_u16()));
        members.insert(
            "title".to_owned(),
            json!(self.status.canonical_reason().unwrap_or("Error")),
        );
        if let Some(detail) = self.detail {
            members.insert("detail".to_owned(), json!(detail));
        }
        Value::Object(members)
    }
}
