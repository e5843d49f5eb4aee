//! Status and headers that a service sets for its response.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// Sets the status and the headers of a response, before the method returns the body:
///
/// ```text
/// async fn get_task(&self, id: i32, request: Request) -> Result<Task, ServiceError> {
///     request.reply.header(ETAG, HeaderValue::from_static("\"7\""));
///     …
/// }
/// ```
///
/// By default, the response has the documented status and the media type that the client
/// asked for. Clones belong to the same response. If the method returns an error, its own
/// status and headers are used instead.
#[derive(Clone, Default)]
pub struct Reply(Arc<Mutex<Said>>);

#[derive(Clone, Default)]
struct Said {
    status: Option<StatusCode>,
    headers: HeaderMap,
}

impl Reply {
    /// Sets the status. If it is 204, 205 or 304, the body isn't sent.
    pub fn status(&self, status: StatusCode) -> &Self {
        self.said(|said| said.status = Some(status))
    }

    /// Adds a header, such as `ETag` or `Location`; `Content-Type` replaces the media type.
    pub fn header(&self, name: HeaderName, value: HeaderValue) -> &Self {
        self.said(|said| {
            said.headers.append(name, value);
        })
    }

    fn said(&self, change: impl FnOnce(&mut Said)) -> &Self {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
        self
    }

    /// Applies status and headers to a response.
    pub(super) fn apply(&self, response: &mut Response) {
        let said = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(status) = said.status {
            *response.status_mut() = status;
        }
        for name in said.headers.keys() {
            response.headers_mut().remove(name);
        }
        // An iterator of a header map names each header once.
        let mut last = None;
        for (name, value) in said.headers {
            last = name.or(last);
            if let Some(name) = &last {
                response.headers_mut().append(name, value);
            }
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        f.debug_struct("Reply")
            .field("status", &said.status)
            .field("headers", &said.headers)
            .finish()
    }
}
