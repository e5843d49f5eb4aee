//! The server: a router that follows the rules of HTTP, around traits that you implement.
//!
//! A request passes these gates, in this order; what stops at one gets problem details
//! (RFC 9457) as its response:
//!
//! 1. `404`, `405`: is there such a path, and such an operation on it?
//! 2. `401`, `403`: who is calling? ([`Authenticate`])
//! 3. `406`, `415`: are the media types among those that are supported?
//! 4. `413`, `400`: are the required headers and cookies there, and are the body and the
//!    query as documented?
//! 5. The service's method; `501` if it isn't implemented.
//!
//! Limits: a body has 2 MiB ([`Routes::body_limit`]) and has to be there after 30 seconds
//! ([`Routes::body_timeout`], by the timer of tokio); JSON is at most 128 levels deep. How
//! many headers there may be is for the HTTP stack to say (100 with hyper).

mod accept;
mod choice;
mod error;
mod gates;
mod parameter;
mod pattern;
mod reply;
mod required;
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

/// A request that passed all gates.
#[derive(Debug)]
pub struct Request<B = (), Q = ()> {
    /// The body.
    pub body: B,
    /// The query parameters.
    pub query: Q,
    /// The credentials of the caller, as [`Authenticate`] accepted them.
    pub credentials: Credentials,
    /// Method, URI, headers, and what was attached on the way.
    pub parts: Parts,
    /// Status and headers of the response, where they aren't just as documented.
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

    /// What [`Authenticate`] or a middleware attached.
    pub fn extensions(&self) -> &Extensions {
        &self.parts.extensions
    }
}

impl<Q> Request<Bytes, Q> {
    /// The body as a form with files in it (`multipart/form-data`).
    ///
    /// # Errors
    /// Returns a problem with the status 400 if it isn't one.
    pub fn multipart(&self) -> Result<Multipart, ServiceError> {
        let form = Multipart::read(&accept::content(self.headers()), &self.body);
        form.map_err(|reason| {
            ServiceError::bad_request(format!("The body isn't multipart/form-data: {reason}."))
        })
    }
}

/// Decides who is allowed to call; each service has to implement it.
pub trait Authenticate: Send + Sync + 'static {
    /// Accepts or refuses credentials.
    ///
    /// What the service's methods should know of the caller can be attached to
    /// `request.extensions`, and is found in [`Request::extensions`].
    ///
    /// # Errors
    /// Returns [`ServiceError::unauthorized`] or [`ServiceError::forbidden`], usually.
    fn authenticate(
        &self,
        credentials: &Credentials,
        request: &mut Parts,
    ) -> impl Future<Output = Result<(), ServiceError>> + Send;

    /// Accepts or refuses a request without credentials. It is refused unless this
    /// is implemented.
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

/// The response of a method that isn't implemented; what it got isn't looked at.
pub(crate) fn not_implemented<O: Operation>(_: impl Sized) -> NotImplemented<O> {
    NotImplemented(PhantomData)
}

/// The response 501 to the operation `O`.
///
/// Unlike `std::future::Ready` it doesn't hold the type of the response: whether that is
/// `Send` needn't be looked into, property by property, for each operation.
#[derive(Debug)]
pub(crate) struct NotImplemented<O>(PhantomData<fn() -> O>);

impl<O: Operation> Future for NotImplemented<O> {
    type Output = Result<O::Response, ServiceError>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Err(ServiceError::not_implemented(O::INFO.name)))
    }
}

/// What a service's method returns, boxed.
pub type ServiceFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, ServiceError>> + Send + 'a>>;
