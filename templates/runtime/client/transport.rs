//! The interface between the client and an HTTP stack.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::Body;

/// Sends requests and returns responses.
///
/// Implement it for whatever is between the client and the network: another HTTP stack,
/// retries, tracing, limits, a recording for tests. A transport can wrap another one. The
/// request's extensions contain the [`OperationInfo`](crate::OperationInfo).
///
/// A function `Fn(Request<Bytes>) -> impl Future<Output = Result<Response<Bytes>, TransportError>>`
/// is a transport, too.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request. A response with any status is `Ok`.
    ///
    /// # Errors
    /// The future's error is the reason why there is no response.
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_>;

    /// Sends one request, with bodies of request and response as streams. The default
    /// implementation reads both into memory and calls [`send`](Self::send).
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    fn stream(&self, request: Request<Body>) -> StreamFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let request = Request::from_parts(parts, body.collect().await?);
            Ok(self.send(request).await?.map(Body::from))
        })
    }
}

/// The future that [`Transport::send`] returns.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

/// The future that [`Transport::stream`] returns.
pub type StreamFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

/// The reason why there is no response.
pub type TransportError = Box<dyn std::error::Error + Send + Sync>;

/// The error of a transport for a response whose body was cut off.
#[derive(Debug)]
pub struct CutOff {
    /// Status of the response.
    pub status: StatusCode,
    /// The reason why the body is incomplete.
    pub source: TransportError,
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its body is incomplete")
    }
}

impl std::error::Error for CutOff {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

impl<F, R> Transport for F
where
    F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'static,
{
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(self(request))
    }
}

impl Transport for Arc<dyn Transport> {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        self.as_ref().send(request)
    }

    fn stream(&self, request: Request<Body>) -> StreamFuture<'_> {
        self.as_ref().stream(request)
    }
}
