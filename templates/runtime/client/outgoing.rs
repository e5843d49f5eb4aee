//! The part of a call that doesn't depend on the operation's types: the request.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use super::body::Inner;
use super::parameter::joined;
use super::{Body, Client, Error, ParameterValue, encoding, url};
use crate::runtime::credentials::{Signature, header_value};
use crate::runtime::form::{self, is_form};
use crate::runtime::multipart::is_multipart;
use crate::runtime::{Credentials, MediaType, OperationInfo, PayloadKind};

/// Converts the JSON of one type to XML.
#[cfg(feature = "xml")]
type ToXml = fn(&[u8]) -> Result<Bytes, serde_json::Error>;

/// A request that isn't sent yet.
pub(super) struct Outgoing<'a> {
    pub(super) client: &'a Client,
    pub(super) operation: OperationInfo,
    pub(super) credentials: Option<Credentials>,
    pub(super) idempotent: bool,
    path: String,
    query: String,
    /// The whole URL, if it is a link from a response.
    link: Option<String>,
    headers: HeaderMap,
    body: Option<Body>,
    /// Whether the body is JSON, which may be sent as a form.
    is_json: bool,
    /// Converts that JSON to XML.
    #[cfg(feature = "xml")]
    pub(super) to_xml: Option<ToXml>,
    /// Whether the body was a stream and is used up.
    pub(super) is_spent: bool,
    /// Cookies in addition to those of the credentials, as header text.
    cookies: String,
    /// The first error; it is returned when the call is awaited.
    pub(super) error: Option<Error>,
}

impl<'a> Outgoing<'a> {
    pub(super) fn new(
        client: &'a Client,
        operation: OperationInfo,
        values: &[&dyn ParameterValue],
    ) -> Self {
        let (path, error) = match url::fill(operation.path, values) {
            Ok(path) => (path, None),
            Err(reason) => (String::new(), Some(Error::request(reason))),
        };
        Self {
            client,
            operation,
            credentials: None,
            idempotent: false,
            path,
            query: String::new(),
            link: None,
            headers: HeaderMap::new(),
            body: None,
            is_json: false,
            #[cfg(feature = "xml")]
            to_xml: None,
            is_spent: false,
            cookies: String::new(),
            error,
        }
    }

    pub(super) fn json(&mut self, body: Result<Bytes, serde_json::Error>) {
        match body {
            Ok(body) => {
                self.body = Some(body.into());
                self.is_json = true;
            }
            Err(error) => self.fail(Error::encode(error)),
        }
    }

    #[cfg(feature = "xml")]
    pub(super) fn has_body(&self) -> bool {
        self.body.is_some()
    }

    pub(super) fn bytes(&mut self, body: Body) {
        let is_form = matches!(body.0, Inner::Form(_));
        self.body = Some(body);
        self.is_json = false;
        if is_form {
            return;
        }
        // The first documented type may be JSON, which bytes are only by chance.
        let is_other = |it: &&MediaType| !it.is_json() && !is_multipart(it);
        let mut others = self.operation.consumes.iter().filter(is_other);
        let octets = || HeaderValue::from_static("application/octet-stream");
        let other = match self.operation.consumes {
            [] => Some(octets()),
            _ => others.next().map(media_type),
        };
        if let Some(other) = other {
            self.headers.entry(CONTENT_TYPE).or_insert(other);
        }
    }

    pub(super) fn query(&mut self, name: &str, value: &dyn ParameterValue) {
        let pushed = value.each(&mut |value| url::push_query(&mut self.query, name, value));
        if let Err(reason) = pushed {
            self.refuse_query(name, reason);
        }
    }

    /// Records that a query parameter can't be sent.
    pub(super) fn refuse_query(&mut self, name: &str, reason: &str) {
        self.refuse(&format!("query parameter `{name}`"), reason);
    }

    pub(super) fn query_list(&mut self, name: &str, values: &dyn ParameterValue, separator: char) {
        match joined(values, separator) {
            Ok(value) => url::push_query(&mut self.query, name, &value),
            Err(reason) => self.refuse_query(name, &reason),
        }
    }

    pub(super) fn cookie(&mut self, name: &str, value: &dyn ParameterValue) {
        // RFC 6265 allows no commas in cookies either, but they separate the elements of an
        // array, and servers read them.
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\";\\".contains(c);
        match joined(value, ',') {
            Ok(value) if value.contains(is_odd) || !value.is_ascii() => {
                self.refuse(&format!("cookie `{name}`"), "it isn't allowed in a header");
            }
            Ok(value) => {
                if !self.cookies.is_empty() {
                    self.cookies.push_str("; ");
                }
                self.cookies.push_str(&format!("{name}={value}"));
            }
            Err(reason) => self.refuse(&format!("cookie `{name}`"), &reason),
        }
    }

    pub(super) fn header(&mut self, name: HeaderName, value: &dyn ParameterValue) {
        let text = joined(value, ',');
        let value = text.and_then(|text| header_value(text).ok_or("it isn't ASCII text".into()));
        match value {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(reason) => self.refuse(&format!("header `{name}`"), &reason),
        }
    }

    /// Replaces the URL with a link to the next page.
    pub(super) fn follow(&mut self, link: &str) -> Result<(), Error> {
        let refuse = |reason| Error::request(reason).of(self.operation.clone());
        let base = &self.client.base;
        let current = match &self.link {
            Some(link) => link.clone(),
            None => format!("{base}{}", self.path),
        };
        self.link = Some(url::within(base, &current, link).map_err(refuse)?);
        Ok(())
    }

    /// The value of a query parameter, if it is a number.
    pub(super) fn query_number(&self, name: &str) -> Option<u64> {
        url::query_value(&self.query, name)?.parse().ok()
    }

    /// Sets a query parameter, and removes its other values.
    pub(super) fn set_query(&mut self, name: &str, value: u64) {
        url::remove_query(&mut self.query, name);
        url::push_query(&mut self.query, name, &value.to_string());
    }

    /// Records that a value can't be sent.
    fn refuse(&mut self, what: &str, reason: &str) {
        self.fail(Error::request(format!("{what}: {reason}")));
    }

    fn fail(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    pub(super) fn request(
        &mut self,
        wanted: Wanted,
        credentials: &Signature,
    ) -> Result<Request<Body>, Error> {
        let mut headers = (*self.client.headers).clone();
        if let Some(accept) = self.accepted(wanted) {
            headers.entry(ACCEPT).or_insert(accept);
        }
        if let Wanted::Whole(_) = wanted {
            encoding::accept(&mut headers);
        }
        match (&self.body, self.operation.consumes.first()) {
            (Some(_), Some(content)) => {
                headers.insert(CONTENT_TYPE, media_type(content));
            }
            (Some(_), None) => {}
            // RFC 9110, section 8.6: some servers require it (411).
            (None, _) if has_body(self.operation.method) => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
            }
            (None, _) => {}
        }
        credentials.add_to(&mut headers).map_err(Error::request)?;
        headers.extend(self.headers.clone());
        add_cookies(&mut headers, &self.cookies).map_err(Error::request)?;
        let url = match &self.link {
            Some(link) => link.clone(),
            None => format!("{}{}{}", self.client.base, self.path, self.query),
        };
        let url = Bytes::from(url);
        let mut request = Request::new(self.body(&mut headers)?);
        *request.uri_mut() = Uri::from_maybe_shared(url.clone()).map_err(|_| {
            let url = String::from_utf8_lossy(&url);
            Error::request(format!("invalid URL: {url}"))
        })?;
        *request.method_mut() = self.operation.method.clone();
        *request.headers_mut() = headers;
        request.extensions_mut().insert(self.operation.clone());
        Ok(request)
    }

    /// Takes the body, in the media type of the headers. A stream can be taken only once.
    fn body(&mut self, headers: &mut HeaderMap) -> Result<Body, Error> {
        let content = headers
            .get(CONTENT_TYPE)
            .and_then(|content| content.to_str().ok());
        match &self.body {
            None => Ok(Body::default()),
            Some(Body(Inner::Form(form))) => {
                let (content, bytes) = form.write();
                headers.insert(CONTENT_TYPE, media_type(&content));
                Ok(bytes.into())
            }
            Some(_) if content.is_some_and(lacks_boundary) => Err(Error::request(
                "a `multipart/form-data` body has parts: make it with `Multipart`",
            )),
            Some(Body(Inner::Whole(json)))
                if self.is_json && content.is_some_and(|it| is_form(&it.into())) =>
            {
                form::encode(json).map(Body::from).map_err(Error::request)
            }
            #[cfg(feature = "xml")]
            Some(Body(Inner::Whole(json)))
                if self.is_json && content.is_some_and(|it| MediaType::from(it).is_xml()) =>
            {
                let xml = self
                    .to_xml
                    .map_or_else(|| Ok(json.clone()), |to_xml| to_xml(json));
                xml.map(Body::from).map_err(|error| {
                    Error::request(format!("the body can't be written as XML: {error}"))
                })
            }
            Some(Body(Inner::Whole(bytes))) => Ok(bytes.clone().into()),
            Some(Body(Inner::Stream(_))) => {
                self.is_spent = true;
                Ok(self.body.take().unwrap_or_default())
            }
        }
    }

    /// The value of `Accept`. A download that is documented as JSON can be anything.
    fn accepted(&self, wanted: Wanted) -> Option<HeaderValue> {
        let mut produced = self.operation.produces.iter();
        match wanted {
            Wanted::Whole(PayloadKind::Nothing) => None,
            Wanted::Whole(PayloadKind::Json) => produced.next().map(media_type),
            Wanted::Whole(PayloadKind::Bytes) | Wanted::Stream => {
                let other = produced.find(|it| !it.is_json()).map(media_type);
                Some(other.unwrap_or(HeaderValue::from_static("*/*")))
            }
        }
    }
}

/// Whether a media type is that of a form with files, but without the boundary between its
/// parts.
fn lacks_boundary(content: &str) -> bool {
    let content = MediaType::from(content);
    is_multipart(&content) && content.parameter("boundary").is_none()
}

/// The form in which a response is wanted.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// The whole body, of this kind.
    Whole(PayloadKind),
    /// The body as it arrives.
    Stream,
}

/// Adds cookies to the `Cookie` header, since a request has only one (RFC 6265, section
/// 5.4).
fn add_cookies(headers: &mut HeaderMap, cookies: &str) -> Result<(), &'static str> {
    if cookies.is_empty() {
        return Ok(());
    }
    let all = match headers.get(COOKIE) {
        Some(others) => [others.as_bytes(), b"; ", cookies.as_bytes()].concat(),
        None => cookies.as_bytes().to_vec(),
    };
    let value = HeaderValue::from_bytes(&all);
    let mut value = value.map_err(|_| "a cookie has a name that isn't allowed in a header")?;
    // Cookies often contain credentials.
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OperationInfo { name, method, .. } = self.operation;
        write!(f, "Call({name}: {method} {}{})", self.path, self.query)
    }
}

fn has_body(method: &Method) -> bool {
    [&Method::POST, &Method::PUT, &Method::PATCH].contains(&method)
}

fn media_type(media_type: &MediaType) -> HeaderValue {
    HeaderValue::from_str(media_type.as_str()).unwrap_or(HeaderValue::from_static("*/*"))
}
