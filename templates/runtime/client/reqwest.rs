//! The default transport.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

use super::{Error, Transport, TransportFuture};

/// Sends requests by [`reqwest`], with TLS by rustls and the system's certificates.
///
/// `ReqwestTransport::from(client)` takes a client with timeouts, proxies or
/// certificates of your own.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport with the defaults of reqwest.
    ///
    /// # Errors
    /// Returns an error if the system's certificates can't be used.
    pub fn new() -> Result<Self, Error> {
        // ring builds in a third of the time of the library that reqwest would choose.
        // It is named here, since a default for the process isn't a library's to set.
        let provider = Arc::new(ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(Error::tls)?
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .build();
        client.map(Self).map_err(Error::tls)
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let mut answer = self.0.execute(request.try_into()?).await?;
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            *response.body_mut() = answer.bytes().await?;
            Ok(response)
        })
    }
}
