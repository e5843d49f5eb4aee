//! What can go wrong in a call.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderMap, Response, StatusCode};

use super::http_date;
use super::transport::{CutOff, TransportError};
use crate::runtime::{DecodeError, Json, OperationInfo, Payload};

/// Why a call failed.
///
/// An error of any [kind](Self::kind) has the operation, and the status, headers and body
/// of the response if there was one.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationInfo>,
    message: Option<String>,
    path: Option<String>,
    /// The status of a response whose body was cut off.
    status: Option<StatusCode>,
    response: Option<Response<Bytes>>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the request couldn't be built; nothing was sent.
    Request,
    /// The source of the credentials failed.
    Credentials,
    /// Connecting to the server failed.
    Connect,
    /// The request timed out.
    Timeout,
    /// The response body was cut off; [`Error::status`] has the status that came before it.
    Body,
    /// The transport failed for another reason; there is no response.
    Transport,
    /// The response has a status that isn't a success.
    Status,
    /// The response has an unsupported media type.
    MediaType,
    /// The response isn't as documented.
    Decode,
}

impl Error {
    fn new(kind: ErrorKind) -> Self {
        let (operation, message, path, status) = (None, None, None, None);
        let (response, source) = (None, None);
        Self(Box::new(Inner {
            kind,
            operation,
            message,
            path,
            status,
            response,
            source,
        }))
    }

    pub(crate) fn request(message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Request);
        error.0.message = Some(message.into());
        error
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn not_built(source: reqwest::Error) -> Self {
        let mut error = Self::request("the HTTP client can't be built");
        error.0.source = Some(Box::new(source));
        error
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn tls(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        let mut error = Self::request("TLS can't be set up");
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn transport(source: TransportError) -> Self {
        let (kind, status) = classify(&*source);
        let mut error = Self::new(kind);
        error.0.status = status;
        error.0.source = Some(source);
        error
    }

    pub(crate) fn credentials(source: TransportError) -> Self {
        let mut error = Self::new(ErrorKind::Credentials);
        error.0.source = Some(source);
        error
    }

    pub(crate) fn status_of(response: Response<Bytes>) -> Self {
        let mut error = Self::new(ErrorKind::Status);
        error.0.response = Some(response);
        error
    }

    pub(crate) fn media_type(message: String, response: Response<Bytes>) -> Self {
        let mut error = Self::new(ErrorKind::MediaType);
        error.0.message = Some(message);
        error.0.response = Some(response);
        error
    }

    pub(crate) fn decode(
        error: DecodeError,
        response: Response<Bytes>,
        operation: &OperationInfo,
    ) -> Self {
        let mut decode = Self::new(ErrorKind::Decode);
        decode.0.operation = Some(operation.clone());
        let (status, expected) = (response.status(), operation.success);
        if status != expected {
            let message = format!("the response to status {status} isn't like that to {expected}");
            decode.0.message = Some(message);
        }
        decode.0.path = Some(error.path);
        decode.0.source = Some(Box::new(error.error));
        decode.0.response = Some(response);
        decode
    }

    /// The error for a row of a list that isn't of the caller's type.
    pub(crate) fn row(error: DecodeError) -> Self {
        let mut row = Self::new(ErrorKind::Decode);
        row.0.message = Some("a row isn't of the expected type".to_owned());
        row.0.path = Some(error.path);
        row.0.source = Some(Box::new(error.error));
        row
    }

    pub(crate) fn encode(source: serde_json::Error) -> Self {
        let mut error = Self::request("the body can't be written as JSON");
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn of(mut self, operation: OperationInfo) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that was called; `None` if there was no call yet.
    pub fn operation(&self) -> Option<&OperationInfo> {
        self.0.operation.as_ref()
    }

    /// The whole response, if there was one.
    pub fn response(&self) -> Option<&Response<Bytes>> {
        self.0.response.as_ref()
    }

    /// Status of the response.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Response::status).or(self.0.status)
    }

    /// Headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(Response::headers)
    }

    /// Body of the response as text; invalid UTF-8 is replaced.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        self.response()
            .map(|response| String::from_utf8_lossy(response.body()))
    }

    /// Body of the response, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        self.json_as()
    }

    /// Body of the response as a type of the API, or of your own, if it is JSON of that type.
    pub fn json_as<T: Json>(&self) -> Option<T> {
        T::decode(self.response()?.body()).ok()
    }

    /// The underlying error, if there is one: of the transport, of the source of
    /// credentials, or of reading the JSON.
    ///
    /// The text of this error already includes those of its causes. So that they aren't
    /// shown twice, `source` of `std::error::Error` returns `None`.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.source.as_deref()
    }

    /// JSON path at which the body isn't as documented, such as `Items[3].Name`.
    pub fn json_path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// How long the server asks to wait, from `Retry-After` in seconds or as a date (RFC
    /// 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.headers()?.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let wait = http_date::parse(value)?.duration_since(jiff::Timestamp::now());
        Some(Duration::try_from(wait).unwrap_or_default())
    }

    /// Whether the same call may succeed later: there was no response, or its status is one
    /// of 408, 429, 502, 503 and 504. This doesn't mean that the call is safe to repeat.
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Body => true,
            ErrorKind::Transport => true,
            ErrorKind::Status => matches!(
                self.status().map(|status| status.as_u16()),
                Some(408 | 429 | 502..=504)
            ),
            _ => false,
        }
    }

    /// Whether the request timed out.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether connecting to the server failed.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether the status is 500 or more: the server failed.
    pub fn is_server_error(&self) -> bool {
        let status = self.status().filter(|_| self.kind() == ErrorKind::Status);
        status.is_some_and(|status| status.is_server_error())
    }

    /// Whether the status is 401: there are no valid credentials.
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the status is 403: the caller isn't allowed to do that.
    pub fn is_forbidden(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// Whether the status is 404: the resource doesn't exist.
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Whether the status is 429: there were too many requests.
    pub fn is_too_many_requests(&self) -> bool {
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether there was no complete response: no connection, a timeout, or a connection
    /// that broke.
    pub fn is_transport(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Body | ErrorKind::Transport
        )
    }

    /// Whether the response isn't as documented.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The first characters of the body.
    fn begin(&self) -> String {
        const LENGTH: usize = 300;
        let text = self.text().unwrap_or_default();
        let text = text.trim().trim_start_matches('\u{feff}');
        let mut begin: String = text.chars().take(LENGTH).collect();
        if begin.len() < text.len() {
            begin.push('…');
        }
        begin
    }

    fn is_status(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Status && self.status() == Some(status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match self.kind() {
            ErrorKind::Credentials => f.write_str("no credentials")?,
            ErrorKind::Connect => f.write_str("no connection")?,
            ErrorKind::Timeout => f.write_str("no response in time")?,
            ErrorKind::Body => {
                f.write_str("the response was cut off")?;
                if let Some(status) = self.status() {
                    write!(f, " after its status {status}")?;
                }
            }
            ErrorKind::Transport => f.write_str("no response")?,
            ErrorKind::Decode => {
                let path = self.json_path().unwrap_or(".");
                let what = self.0.message.as_deref();
                let what = what.unwrap_or("the response isn't as documented");
                write!(f, "{what} at JSON path `{path}`")?;
            }
            ErrorKind::Status | ErrorKind::MediaType | ErrorKind::Request => {}
        }
        if let Some(message) = self.0.message.as_ref().filter(|_| !self.is_decode()) {
            f.write_str(message)?;
        }
        let mut cause = self
            .0
            .source
            .as_deref()
            .map(|it| it as &dyn std::error::Error);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        if let (ErrorKind::Status, Some(response)) = (self.kind(), self.response()) {
            write!(f, "{}", response.status())?;
            if let Some(target) = redirect(response) {
                write!(f, ", a redirect to `{target}` that isn't followed")?;
            }
            let begin = self.begin();
            if !begin.is_empty() {
                write!(f, ": {begin}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = self.headers().and_then(|headers| headers.get(CONTENT_TYPE));
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("status", &self.status())
            .field("media_type", &media_type)
            .field("body", &self.begin())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}

/// Where a response redirects to, without the query, which may contain secrets.
fn redirect(response: &Response<Bytes>) -> Option<&str> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target = location.split(['?', '#']).next()?;
    response.status().is_redirection().then_some(target)
}

/// The kind of a transport's error, and the status that was received before it.
fn classify(error: &(dyn std::error::Error + 'static)) -> (ErrorKind, Option<StatusCode>) {
    let mut cause = Some(error);
    let (mut found, mut status) = (None, None);
    while let Some(error) = cause {
        if let Some(cut) = error.downcast_ref::<CutOff>() {
            (found, status) = (Some(ErrorKind::Body), Some(cut.status));
        }
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            if error.is_timeout() {
                return (ErrorKind::Timeout, status);
            }
            if error.is_connect() {
                found = Some(ErrorKind::Connect);
            }
        }
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            use std::io::ErrorKind as Io;
            match error.kind() {
                Io::TimedOut => return (ErrorKind::Timeout, status),
                Io::ConnectionRefused | Io::HostUnreachable | Io::NetworkUnreachable => {
                    found = Some(ErrorKind::Connect);
                }
                _ => {}
            }
        }
        cause = error.source();
    }
    (found.unwrap_or(ErrorKind::Transport), status)
}
