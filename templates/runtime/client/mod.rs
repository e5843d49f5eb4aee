//! The client: [`Client`] has the server and the credentials, [`Call`] is one call.

#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod call;
mod drift;
mod encoding;
mod error;
mod http_date;
mod outgoing;
mod pages;
mod parameter;
#[cfg(feature = "json-patch")]
mod patch;
mod renewal;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
mod sending;
#[cfg(test)]
mod tests;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "tracing")]
mod trace;
mod transport;
mod url;
mod without;

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "reqwest")]
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

pub use body::{Body, Chunks};
pub use call::{Call, CallFuture, Conditional, Response};
#[doc(hidden)]
pub use drift::Finder;
pub use drift::{Drift, DriftKind};
pub use error::{Error, ErrorKind};
pub use pages::{Pages, Rows};
pub use parameter::ParameterValue;
pub(crate) use parameter::parameter_value;
#[cfg(feature = "json-patch")]
pub use patch::{JsonPatch, merge_patch};
pub use renewal::{CredentialsFuture, CredentialsSource, Fresh};
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;
pub use retry::Retry;
#[cfg(feature = "tower")]
pub use tower::TowerTransport;
pub use transport::{CutOff, StreamFuture, Transport, TransportError, TransportFuture};
pub use without::Without;

use super::credentials::header_value;
use super::{Credentials, Operation};
use drift::OnDrift;
use renewal::Caller;
#[cfg(feature = "reqwest")]
use reqwest::Options;

/// A client of the API. Cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    base: Arc<str>,
    caller: Caller,
    headers: Arc<HeaderMap>,
    transport: Arc<dyn Transport>,
    retry: Retry,
    on_drift: OnDrift,
}

impl Client {
    /// A client of the server at `base_url`, such as `https://example.com`. A path in the URL
    /// is put before the documented paths.
    ///
    /// # Errors
    /// Returns an error if the URL isn't an absolute HTTP URL, or if the system's
    /// certificates can't be used.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// Like [`new`](Self::new), with options, such as another transport or headers for all calls.
    pub fn builder(base_url: &str, credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.to_owned(),
            caller: Caller::Fixed(Arc::new(credentials.into())),
            headers: Vec::new(),
            transport: None,
            retry: Retry::never(),
            on_drift: OnDrift::default(),
            #[cfg(feature = "reqwest")]
            options: None,
        }
    }

    /// The same client with other credentials.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self {
            caller: Caller::Fixed(Arc::new(credentials.into())),
            ..self.clone()
        }
    }

    /// Begins a call; `path` holds the values of the path's parameters, in their order.
    ///
    /// The methods of the resources call this. Use it with an [`Operation`] of your own to
    /// call an undocumented operation.
    pub fn call<O: Operation>(&self, path: &[&dyn ParameterValue]) -> Call<'_, O> {
        Call::new(self, path)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("credentials", &self.caller)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Client`].
pub struct ClientBuilder {
    base_url: String,
    caller: Caller,
    headers: Vec<(HeaderName, String)>,
    transport: Option<Arc<dyn Transport>>,
    retry: Retry,
    on_drift: OnDrift,
    #[cfg(feature = "reqwest")]
    options: Option<Options>,
}

impl ClientBuilder {
    /// Sets a header of each request, unless the call sets it.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sets `User-Agent`; the default is the name and version of this crate.
    #[must_use]
    pub fn user_agent(self, value: impl Into<String>) -> Self {
        self.header(USER_AGENT, value)
    }

    /// Uses credentials that expire; `source` gets new ones.
    #[must_use]
    pub fn credentials_from(mut self, source: impl CredentialsSource) -> Self {
        self.caller = Caller::renewed(source);
        self
    }

    /// Retries requests that failed temporarily; by default there are no retries.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Calls `report` for each thing in a response that isn't as documented: undocumented
    /// properties, undocumented values of enumerations, and values of another type that
    /// [`Extra`](crate::Extra) keeps. By default, responses aren't checked for this.
    ///
    /// `report` runs before the call ends, and delays it.
    #[must_use]
    pub fn on_drift(mut self, report: impl Fn(Drift) + Send + Sync + 'static) -> Self {
        self.on_drift.report = Some(Arc::new(report));
        self
    }

    /// For tests: a response that isn't as documented is an error. The error names the
    /// operation and the first difference, with its JSON path.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.on_drift.strict = true;
        self
    }

    /// Sets how long a request may take, from connecting to the end of the response. Each retry
    /// may take as long again. The default is 100 seconds; `None` waits forever.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.get_or_insert_default().timeout = timeout.into();
        self
    }

    /// Sets how long connecting may take; the default is 10 seconds.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.get_or_insert_default().connect_timeout = timeout.into();
        self
    }

    /// Sends the requests through a proxy.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn proxy(mut self, proxy: ::reqwest::Proxy) -> Self {
        self.options.get_or_insert_default().proxy = Some(proxy);
        self
    }

    /// Sends the requests with a client of your own.
    ///
    /// [`ReqwestTransport::builder`] returns a builder with TLS set up, and leaves redirects to
    /// the transport. With another builder, set its `redirect` to `Policy::none()`: reqwest
    /// itself sends key headers and the headers of this builder to other servers, too.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest(self, client: ::reqwest::Client) -> Self {
        self.transport(ReqwestTransport::from(client))
    }

    /// Sends the requests with `transport`.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns an error if the URL isn't an absolute HTTP URL, if the value of a header isn't
    /// ASCII text, or if there is no transport.
    pub fn build(mut self) -> Result<Client, Error> {
        let base = base(&self.base_url)?;
        let mut headers = HeaderMap::new();
        let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        headers.insert(USER_AGENT, HeaderValue::from_static(agent));
        for (name, value) in std::mem::take(&mut self.headers) {
            let value = header_value(value)
                .ok_or_else(|| Error::request(format!("the value of `{name}` isn't ASCII text")))?;
            headers.insert(name, value);
        }
        Ok(Client {
            base: base.into(),
            transport: self.built_transport()?,
            caller: self.caller,
            headers: Arc::new(headers),
            retry: self.retry,
            on_drift: self.on_drift,
        })
    }

    #[cfg(feature = "reqwest")]
    fn built_transport(&mut self) -> Result<Arc<dyn Transport>, Error> {
        match (self.transport.take(), self.options.take()) {
            (None, options) => {
                let transport = ReqwestTransport::with(options.unwrap_or_default())?;
                Ok(Arc::new(transport))
            }
            (Some(transport), None) => Ok(transport),
            (Some(_), Some(_)) => Err(Error::request(
                "timeouts and proxies can only be set for the default transport",
            )),
        }
    }

    #[cfg(not(feature = "reqwest"))]
    fn built_transport(&mut self) -> Result<Arc<dyn Transport>, Error> {
        self.transport.take().ok_or_else(|| {
            Error::request("without the feature `reqwest` the client needs a transport")
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// The URL without the slash at its end.
fn base(url: &str) -> Result<String, Error> {
    let refuse = |reason: &str| Error::request(format!("base URL `{url}`: {reason}"));
    let uri: Uri = url.parse().map_err(|_| refuse("it isn't a URL"))?;
    let Some(authority) = uri.authority() else {
        return Err(refuse("it has to begin with https:// or http://"));
    };
    if !matches!(uri.scheme_str(), Some("https" | "http")) {
        return Err(refuse("it has to begin with https:// or http://"));
    }
    if authority.as_str().contains('@') {
        // Not repeated in the message: it may hold a password.
        return Err(Error::request(
            "a base URL can't have a user name: use Credentials::basic",
        ));
    }
    // Nothing could be sent to it.
    let port = authority.as_str().rsplit_once(':').map(|(_, port)| port);
    let has_port = port.is_some_and(|port| !port.is_empty() && !port.contains(']'));
    if has_port && uri.port_u16().is_none() {
        return Err(refuse("its port isn't a number up to 65535"));
    }
    if uri.query().is_some() || url.contains('#') {
        return Err(refuse("it can't have a query or a fragment"));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod base_tests {
    use super::*;

    #[test]
    fn base_urls() {
        assert_eq!(base("https://example.com/").unwrap(), "https://example.com");
        assert_eq!(base("http://[::1]:80/a/b/").unwrap(), "http://[::1]:80/a/b");
        for url in [
            "",
            "example.com",
            "/a",
            "ftp://a.b",
            "https://",
            "http://a?b",
            "http://a/#b",
            "http://a:99999",
        ] {
            let error = base(url).unwrap_err();
            assert!(error.to_string().contains("base URL"), "{error}");
        }
        let error = base("https://user:secret@example.com").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[cfg(feature = "reqwest")]
    #[test]
    fn the_default_transport_speaks_tls() {
        let client = Client::new("https://example.com", Credentials::bearer("hidden")).unwrap();
        let shown = format!("{client:?}");
        assert!(
            shown.contains("https://example.com") && !shown.contains("hidden"),
            "{shown}"
        );
    }
}
