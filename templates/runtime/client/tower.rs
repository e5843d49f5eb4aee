//! Services of tower as transports.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use tower_service::Service;

use super::transport::{CutOff, TransportError};
use super::{Transport, TransportFuture};

/// Sends requests to a [`Service`] that uses the types of [`http`]: an HTTP client within
/// layers of tower, or an axum router, which needs no socket then:
///
/// ```text
/// let client = Client::builder("http://localhost", credentials)
///     .transport(TowerTransport::new(router))
///     .build()?;
/// ```
///
/// A clone of the service is called for each request, once it is ready.
#[derive(Clone, Debug)]
pub struct TowerTransport<S>(S);

impl<S> TowerTransport<S> {
    /// A transport to this service.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<TransportError>,
    S::Future: Send,
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Into<TransportError>,
{
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let ready = std::future::poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(Into::into)?;
            let response = service.call(request.map(Full::new)).await;
            let (parts, body) = response.map_err(Into::into)?.into_parts();
            let body = body.collect().await.map_err(|error| CutOff {
                status: parts.status,
                source: error.into(),
            })?;
            Ok(Response::from_parts(parts, body.to_bytes()))
        })
    }
}
