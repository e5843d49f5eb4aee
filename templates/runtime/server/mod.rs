//! The server: a router that follows the rules of HTTP, around traits that you implement.
//!
//! A request passes these checks, in this order; if one fails, the response has problem
//! details (RFC 9457):
//!
//! 1. `404`, `405`: is there such a path, and such an operation on it?
//! 2. `401`, `403`: who is calling? ([`Authenticate`])
//! 3. `406`, `415`: are the media types supported? A compressed body isn't.
//! 4. `413`, `400`: are the required headers and cookies present, and are the body and the
//!    query as documented? Undocumented properties, parameters and values of enumerations in a
//!    body are accepted, and so is `null` in an optional property.
//! 5. The service's method; `501` if it isn't implemented.
//!
//! Limits: a body may have 2 MiB ([`Routes::body_limit`]) and must arrive within 30 seconds
//! ([`Routes::body_timeout`], measured by tokio's timer); JSON may be 128 levels deep. The
//! HTTP stack limits the number of headers (100 with hyper).

mod accept;
mod checks;
mod choice;
mod error;
mod parameter;
mod pattern;
mod reply;
mod required;
mod response;
mod routes;
#[cfg(all(test, feature = "reqwest"))]
mod tests;

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName};

pub use error::ServiceError;
pub use parameter::{Parameter, PathParameters, QueryParameters, QueryText};
pub(crate) use parameter::{flags_parameter, int_parameter, percent_decoded};
pub use reply::Reply;
pub use routes::{Handler, Routes};

use super::{Credentials, Multipart, Operation};

/// A request that passed all checks.
#[derive(Debug)]
pub struct Request<B = (), Q = ()> {
    /// The body.
    pub body: B,
    /// The query parameters.
    pub query: Q,
    /// The credentials of the caller, as [`Authenticate`] accepted them.
    pub credentials: Credentials,
    /// Method, URI, headers and extensions.
    pub parts: Parts,
    /// Sets the status and headers of the response, where they differ from the documented
    /// ones.
    pub reply: Reply,
}

impl<B, Q> Request<B, Q> {
    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The text of a header; `None` if it is missing or isn't ASCII text.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// The value of a cookie; `None` if it is missing.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        required::cookie(self.headers(), name)
    }

    /// Data that [`Authenticate`] or a middleware added.
    pub fn extensions(&self) -> &Extensions {
        &self.parts.extensions
    }
}

impl<Q> Request<Bytes, Q> {
    /// Reads the body as a form with files (`multipart/form-data`).
    ///
    /// # Errors
    /// Returns a problem with the status 400 if it isn't such a form.
    pub fn multipart(&self) -> Result<Multipart, ServiceError> {
        let form = Multipart::read(&accept::content(self.headers()), &self.body);
        form.map_err(|reason| {
            ServiceError::bad_request(format!("The body isn't multipart/form-data: {reason}."))
        })
    }
}

/// Decides who is allowed to call; each service must implement it.
pub trait Authenticate: Send + Sync + 'static {
    /// Accepts or refuses credentials.
    ///
    /// To pass data about the client to the service's methods, add it to
    /// `request.extensions`; they find it in [`Request::extensions`].
    ///
    /// # Errors
    /// Returns [`ServiceError::unauthorized`] or [`ServiceError::forbidden`], usually.
    fn authenticate(
        &self,
        credentials: &Credentials,
        request: &mut Parts,
    ) -> impl Future<Output = Result<(), ServiceError>> + Send;

    /// Accepts or refuses a request without credentials. The default is to refuse it.
    ///
    /// # Errors
    /// Returns [`ServiceError::unauthorized`].
    fn anonymous(
        &self,
        request: &mut Parts,
    ) -> impl Future<Output = Result<(), ServiceError>> + Send {
        let _ = request;
        std::future::ready(Err(ServiceError::unauthorized(
            "The request has no credentials.",
        )))
    }
}

/// The response of a method that isn't implemented; its arguments are ignored.
#[cfg_attr(
    not(feature = "all"),
    allow(dead_code, reason = "no resource, no method")
)]
pub(crate) fn not_implemented<O: Operation>(_: impl Sized) -> NotImplemented<O> {
    NotImplemented(PhantomData)
}

/// The response 501 to the operation `O`.
///
/// Unlike `std::future::Ready`, it doesn't contain the type of the response, so the
/// compiler needn't check for each operation whether all properties are `Send`.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "all"),
    allow(dead_code, reason = "no resource, no method")
)]
pub(crate) struct NotImplemented<O>(PhantomData<fn() -> O>);

impl<O: Operation> Future for NotImplemented<O> {
    type Output = Result<O::Response, ServiceError>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Err(ServiceError::not_implemented(O::INFO.name)))
    }
}

/// The boxed future of a service's method.
pub type ServiceFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, ServiceError>> + Send + 'a>>;
