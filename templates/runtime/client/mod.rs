//! The client: one type for the server and who is calling, one for a call.

mod call;
mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(test)]
mod tests;
mod transport;
mod url;

use std::fmt;
use std::sync::Arc;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

pub(crate) use call::query_value;
pub use call::{Answer, Call, CallFuture, QueryValue};
pub use error::{Error, ErrorKind};
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;
pub use transport::{Transport, TransportError, TransportFuture};

use super::{Credentials, Operation};

/// A client of the API. Cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    base: Arc<str>,
    credentials: Credentials,
    headers: Arc<HeaderMap>,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client of the server at `base_url`, such as `https://example.com`; a path
    /// in it comes before the paths of the documentation.
    ///
    /// # Errors
    /// Returns an error if the URL isn't an absolute one of HTTP, or if the system's
    /// certificates can't be used.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// As [`new`](Self::new), with another transport or with headers for all calls.
    pub fn builder(base_url: &str, credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.to_owned(),
            credentials,
            headers: Vec::new(),
            transport: None,
        }
    }

    /// The same client for another caller.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self {
            credentials,
            ..self.clone()
        }
    }

    /// Begins a call; `path` holds the values of the path's parameters, in their order.
    ///
    /// The methods of the resources do so by themselves. With an [`Operation`] of your own
    /// this calls what isn't documented.
    pub fn call<O: Operation>(&self, path: &[&dyn fmt::Display]) -> Call<'_, O> {
        Call::new(self, path)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// Makes a [`Client`].
pub struct ClientBuilder {
    base_url: String,
    credentials: Credentials,
    headers: Vec<(HeaderName, String)>,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    /// A header for each request, unless the call sets it.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends the requests by `transport`.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// Returns an error if the URL isn't an absolute one of HTTP, if a header's value
    /// can't stand in a header, or if there is no transport.
    pub fn build(self) -> Result<Client, Error> {
        let base = base(&self.base_url)?;
        let mut headers = HeaderMap::new();
        let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        headers.insert(USER_AGENT, HeaderValue::from_static(agent));
        for (name, value) in self.headers {
            let value = HeaderValue::from_str(&value)
                .map_err(|_| Error::request(format!("the value of `{name}` isn't ASCII text")))?;
            headers.insert(name, value);
        }
        Ok(Client {
            base: base.into(),
            credentials: self.credentials,
            headers: Arc::new(headers),
            transport: self.transport.map_or_else(default_transport, Ok)?,
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

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(Error::request(
        "without the feature `reqwest` the client needs a transport",
    ))
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
            "a base URL can't hold a user: use Credentials::basic",
        ));
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
