//! What can go wrong in a call.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, Response, StatusCode};

use crate::runtime::{DecodeError, MediaType, OperationInfo};

/// Why a call has no answer.
///
/// It tells the operation, and with a response its status, headers and body,
/// whichever [kind](Self::kind) of error it is.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationInfo>,
    message: Option<String>,
    path: Option<String>,
    response: Option<Response<Bytes>>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the request couldn't be built; nothing was sent.
    Request,
    /// The transport brought no response.
    Transport,
    /// The server answered with a status that isn't a success.
    Status,
    /// The response isn't of a media type that the operation answers with.
    MediaType,
    /// The response isn't what the documentation says.
    Decode,
}

impl Error {
    fn new(kind: ErrorKind) -> Self {
        let (operation, message, path, response, source) = (None, None, None, None, None);
        Self(Box::new(Inner {
            kind,
            operation,
            message,
            path,
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
    pub(crate) fn tls(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        let mut error = Self::request("TLS can't be set up");
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn transport(source: Box<dyn std::error::Error + Send + Sync>) -> Self {
        let mut error = Self::new(ErrorKind::Transport);
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

    pub(crate) fn decode(error: DecodeError, response: Response<Bytes>) -> Self {
        let mut decode = Self::new(ErrorKind::Decode);
        decode.0.path = Some(error.path);
        decode.0.source = Some(Box::new(error.error));
        decode.0.response = Some(response);
        decode
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
        self.response().map(Response::status)
    }

    /// Headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(Response::headers)
    }

    /// Body of the response as text; what isn't UTF-8 is replaced.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        self.response()
            .map(|response| String::from_utf8_lossy(response.body()))
    }

    /// Body of the response, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(self.response()?.body()).ok()
    }

    /// Where in the JSON the body isn't what the documentation says, as `Items[3].Name`.
    pub fn json_path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// How long the server asks to wait, if it says so in seconds (RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.headers()?.get(RETRY_AFTER)?.to_str().ok()?;
        value.trim().parse().ok().map(Duration::from_secs)
    }

    /// Whether the server answered 401: it doesn't know who is calling.
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server answered 403: the caller may not do that.
    pub fn is_forbidden(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// Whether the server answered 404: there is nothing by that name.
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 429: there were too many requests.
    pub fn is_too_many_requests(&self) -> bool {
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether there was no response at all.
    pub fn is_transport(&self) -> bool {
        self.kind() == ErrorKind::Transport
    }

    /// Whether the response isn't what the documentation says.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
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
            ErrorKind::Transport => f.write_str("no response")?,
            ErrorKind::Decode => {
                let path = self.json_path().unwrap_or(".");
                write!(f, "the answer isn't as documented at JSON path `{path}`")?;
            }
            ErrorKind::Status | ErrorKind::MediaType | ErrorKind::Request => {}
        }
        if let Some(message) = &self.0.message {
            f.write_str(message)?;
        }
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        if let (ErrorKind::Status, Some(response)) = (self.kind(), self.response()) {
            write!(f, "{}", response.status())?;
            let text = self.text().unwrap_or_default();
            let begin: String = text.trim().chars().take(300).collect();
            if !begin.is_empty() {
                write!(f, ": {begin}")?;
            }
            if begin.len() < text.trim().len() {
                f.write_str("…")?;
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
            .field("body", &self.text())
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Why a response of this media type can't be read, if it can't.
pub(crate) fn refuse(media_type: Option<&MediaType>) -> Option<String> {
    match media_type {
        None => Some("the answer has no Content-Type; JSON was expected".to_owned()),
        Some(found) if !found.is_json() => {
            Some(format!("the answer is `{found}`; JSON was expected"))
        }
        Some(found) if !found.is_utf8() => Some(format!(
            "the answer is `{found}`; JSON is in UTF-8 (RFC 8259, section 8.1)"
        )),
        Some(_) => None,
    }
}
