//! The default transport.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{ACCEPT, ACCEPT_ENCODING, LOCATION, USER_AGENT};
use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use http_body::{Body as _, Frame};
use reqwest::Url;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

use super::body::{ByteStream, Inner};
use super::transport::{CutOff, StreamFuture, TransportError};
use super::{Body, Error, Transport, TransportFuture};
use crate::runtime::OperationInfo;

/// How many redirects in a row are followed at most.
const REDIRECTS: usize = 10;

/// Sends requests with [`reqwest`], with TLS by rustls and the system's certificates.
///
/// Redirects within a server are followed. A redirect to another server is followed only as
/// a GET or HEAD request, and without headers that may contain credentials; otherwise, and
/// after 10 redirects in a row, the redirect is the response.
///
/// `ReqwestTransport::from(client)` uses a client of your own. Set its `redirect` to
/// `Policy::none()`, so that the rules above apply.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

/// Options of the default transport.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) proxy: Option<reqwest::Proxy>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_secs(100)),
            connect_timeout: Some(Duration::from_secs(10)),
            proxy: None,
        }
    }
}

impl ReqwestTransport {
    /// A transport with a timeout of 100 seconds for a request, including 10 for
    /// connecting.
    ///
    /// # Errors
    /// Returns an error if the system's certificates can't be used.
    pub fn new() -> Result<Self, Error> {
        Self::with(Options::default())
    }

    pub(super) fn with(options: Options) -> Result<Self, Error> {
        let mut builder = Self::builder()?;
        if let Some(timeout) = options.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(timeout) = options.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(proxy) = options.proxy {
            builder = builder.proxy(proxy);
        }
        builder.build().map(Self).map_err(Error::not_built)
    }

    /// A builder for a client of your own: TLS is set up, and redirects are left to the
    /// transport. Nothing else is set; there is no timeout.
    ///
    /// # Errors
    /// Returns an error if the system's certificates can't be used.
    pub fn builder() -> Result<reqwest::ClientBuilder, Error> {
        // ring builds in a third of the time of the library that reqwest would choose.
        // Set here, since a library shouldn't set the default for the process.
        let provider = Arc::new(ring::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(Error::tls)?
            .with_no_client_auth();
        // reqwest only offers its protocols where it sets up TLS itself (RFC 7301).
        if cfg!(feature = "http2") {
            tls.alpn_protocols.push(b"h2".to_vec());
        }
        tls.alpn_protocols.push(b"http/1.1".to_vec());
        Ok(reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none()))
    }

    async fn execute(
        &self,
        mut request: Request<Body>,
    ) -> Result<reqwest::Response, TransportError> {
        // Removed, since they would be copied with the request.
        let operation: Option<OperationInfo> = request.extensions_mut().remove();
        let redirect_is_success = operation.is_some_and(|it| it.success.is_redirection());
        let (parts, body) = request.into_parts();
        let (body, bytes) = sent(body);
        let mut request = reqwest::Request::new(parts.method, url(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(body);
        let bytes = bytes.filter(|_| !redirect_is_success);
        let mut again = bytes.map(|bytes| Again::new(&request, bytes));
        let mut left = REDIRECTS;
        loop {
            let response = self.0.execute(request).await;
            let response = response.map_err(reqwest::Error::without_url)?;
            let next = again.and_then(|again| again.redirected(&response));
            let Some((next, url)) = next else {
                return Ok(response);
            };
            request = next.request(url);
            left -= 1;
            again = Some(next).filter(|_| left > 0);
        }
    }
}

/// What is sent again after a redirect: a request without its URL.
struct Again {
    method: Method,
    headers: HeaderMap,
    body: Bytes,
}

impl Again {
    fn new(request: &reqwest::Request, body: Bytes) -> Self {
        Self {
            method: request.method().clone(),
            headers: request.headers().clone(),
            body,
        }
    }

    fn request(&self, url: Url) -> reqwest::Request {
        let mut request = reqwest::Request::new(self.method.clone(), url);
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = Some(self.body.clone().into());
        request
    }

    /// What is sent where a response redirects to; `None` if there is no redirect, or if it
    /// isn't followed.
    fn redirected(mut self, response: &reqwest::Response) -> Option<(Self, Url)> {
        let is_question = matches!(self.method, Method::GET | Method::HEAD);
        let as_get = match response.status().as_u16() {
            301 | 302 => self.method == Method::POST,
            303 => !is_question,
            307 | 308 => false,
            _ => return None,
        };
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        let url = response.url();
        let target = url.join(location).ok()?;
        if target.origin() != url.origin() {
            let is_safe = target.scheme() == "https" || url.scheme() == "http";
            if !(is_safe && is_http(&target) && (is_question || as_get)) {
                return None;
            }
            let mut old = std::mem::take(&mut self.headers);
            for name in [ACCEPT, ACCEPT_ENCODING, USER_AGENT] {
                if let Some(value) = old.remove(&name) {
                    self.headers.insert(name, value);
                }
            }
        }
        if as_get {
            self.method = Method::GET;
            self.body = Bytes::new();
            self.headers.remove(http::header::CONTENT_TYPE);
            self.headers.remove(http::header::CONTENT_LENGTH);
        }
        Some((self, target))
    }
}

/// The URI as a URL. It is joined here, which is faster than formatting the URI.
fn url(uri: &Uri) -> Result<Url, TransportError> {
    let authority = uri.authority().map_or("", Authority::as_str);
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let text = [uri.scheme_str().unwrap_or_default(), "://", authority, path].concat();
    Ok(text.parse()?)
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "https" | "http")
}

/// The response with its body.
async fn whole(mut answer: reqwest::Response) -> Result<Response<Bytes>, TransportError> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    let status = answer.status();
    let body = answer.bytes().await.map_err(|error| CutOff {
        status,
        source: Box::new(error.without_url()),
    });
    *response.body_mut() = body?;
    Ok(response)
}

/// The body as a body of reqwest, and its bytes to send again after a redirect. A stream has
/// none: it can be sent only once.
fn sent(body: Body) -> (reqwest::Body, Option<Bytes>) {
    let bytes = match body.0 {
        Inner::Whole(bytes) => bytes,
        Inner::Form(form) => form.write().1,
        Inner::Stream(stream) => {
            return (reqwest::Body::wrap(Sent(Mutex::new(stream))), None);
        }
    };
    (bytes.clone().into(), Some(bytes))
}

/// A stream as a body. reqwest's bodies must be `Sync`, which the mutex provides; it is
/// never contended.
struct Sent(Mutex<ByteStream>);

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let stream = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let piece = ready!(stream.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }
}

/// A received body, as a stream.
struct Received(reqwest::Body);

impl Stream for Received {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            let data = frame.map(|frame| frame.map(Frame::into_data));
            return Poll::Ready(match data {
                None => None,
                Some(Ok(Ok(data))) => Some(Ok(data)),
                // Trailers.
                Some(Ok(Err(_))) => continue,
                Some(Err(error)) => Some(Err(Box::new(error.without_url()))),
            });
        }
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move { whole(self.execute(request.map(Body::from)).await?).await })
    }

    fn stream(&self, request: Request<Body>) -> StreamFuture<'_> {
        Box::pin(async move {
            let answer = self.execute(request).await?;
            let (parts, body) = Response::from(answer).into_parts();
            let body = Body(Inner::Stream(Box::pin(Received(body))));
            Ok(Response::from_parts(parts, body))
        })
    }
}
