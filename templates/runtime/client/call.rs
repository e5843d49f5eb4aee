//! One call of an operation: what it sends, and how its answer is read.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};

use super::error::refuse;
use super::{Client, Error, url};
use crate::runtime::payload::encode_json;
use crate::runtime::{
    Credentials, MediaType, Operation, OperationInfo, Payload, PayloadKind, WriteJson,
};

/// A call that is about to be sent: set what is optional, then `.await` it.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, O> {
    outgoing: Outgoing<'a>,
    operation: PhantomData<fn() -> O>,
}

/// The part of a call that doesn't depend on the operation's types.
struct Outgoing<'a> {
    client: &'a Client,
    operation: OperationInfo,
    credentials: Option<Credentials>,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Option<Bytes>,
    /// The first thing that can't be sent; it comes out when the call is awaited.
    error: Option<Error>,
}

/// What an awaited [`Call`] is.
pub type CallFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// An answer with its status and headers.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    /// Status; always a success (2xx).
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: T,
}

impl<'a, O: Operation> Call<'a, O> {
    pub(super) fn new(client: &'a Client, values: &[&dyn fmt::Display]) -> Self {
        Self {
            outgoing: Outgoing::new(client, O::INFO, values),
            operation: PhantomData,
        }
    }

    /// Sets a JSON body; the methods of the resources do so by themselves.
    pub fn json<T: WriteJson + ?Sized>(mut self, body: &T) -> Self {
        self.outgoing.json(encode_json(body));
        self
    }

    /// Sets a body of any kind; the methods of the resources do so by themselves.
    pub fn bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.outgoing.body = Some(body.into());
        self
    }

    /// Adds a query parameter; the documented ones have methods of their own.
    pub fn query(mut self, name: &str, value: impl QueryValue) -> Self {
        value.each(&mut |value| url::push_query(&mut self.outgoing.query, name, value));
        self
    }

    /// Sets a header; the documented ones have methods of their own.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.outgoing.header(name, value);
        self
    }

    /// Calls on behalf of someone else than the client's own credentials say.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.outgoing.credentials = Some(credentials);
        self
    }

    /// Sends the call and gives the answer with its status and headers.
    ///
    /// # Errors
    /// Returns an error if there is no response, if its status isn't a success, or if it
    /// isn't what the documentation says.
    pub fn send(self) -> CallFuture<'a, Answer<O::Answer>> {
        receive(self.outgoing)
    }
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Answer, Error>;
    type IntoFuture = CallFuture<'a, O::Answer>;

    fn into_future(self) -> Self::IntoFuture {
        let answer = self.send();
        Box::pin(async { answer.await.map(|answer| answer.body) })
    }
}

impl<O> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outgoing {
            operation,
            path,
            query,
            ..
        } = &self.outgoing;
        write!(
            f,
            "Call({}: {} {path}{query})",
            operation.name, operation.method
        )
    }
}

/// Sends a call; compiled once for each type of answer, not for each operation.
fn receive<T: Payload>(outgoing: Outgoing<'_>) -> CallFuture<'_, Answer<T>> {
    Box::pin(async move {
        let operation = outgoing.operation.clone();
        let response = outgoing
            .send(T::KIND)
            .await
            .map_err(|error| error.of(operation.clone()))?;
        match T::decode(response.body()) {
            Ok(body) => {
                let (parts, _) = response.into_parts();
                Ok(Answer {
                    status: parts.status,
                    headers: parts.headers,
                    body,
                })
            }
            Err(error) => Err(Error::decode(error, response).of(operation)),
        }
    })
}

impl<'a> Outgoing<'a> {
    fn new(client: &'a Client, operation: OperationInfo, values: &[&dyn fmt::Display]) -> Self {
        let (path, error) = match url::fill(operation.path, values) {
            Ok(path) => (path, None),
            Err(reason) => (String::new(), Some(Error::request(reason))),
        };
        Self {
            client,
            operation,
            credentials: None,
            path,
            query: String::new(),
            headers: HeaderMap::new(),
            body: None,
            error,
        }
    }

    fn json(&mut self, body: Result<Bytes, serde_json::Error>) {
        match body {
            Ok(body) => self.body = Some(body),
            Err(error) => self.fail(Error::encode(error)),
        }
    }

    fn fail(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    fn header(&mut self, name: HeaderName, value: &str) {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.fail(Error::request(format!(
                "the value of `{name}` isn't ASCII text"
            ))),
        }
    }

    /// Gives the response, if it is a success and in a media type that can be read.
    async fn send(self, kind: PayloadKind) -> Result<Response<Bytes>, Error> {
        let client = self.client;
        let response = client
            .transport
            .send(self.request(kind)?)
            .await
            .map_err(Error::transport)?;
        if !response.status().is_success() {
            return Err(Error::status_of(response));
        }
        if kind == PayloadKind::Json {
            let media_type = response.headers().get(CONTENT_TYPE);
            let media_type = media_type
                .and_then(|value| value.to_str().ok())
                .map(MediaType::from);
            if response.body().is_empty() {
                let message = format!("the answer is empty ({})", response.status());
                return Err(Error::media_type(message, response));
            }
            if let Some(message) = refuse(media_type.as_ref()) {
                return Err(Error::media_type(message, response));
            }
        }
        Ok(response)
    }

    fn request(self, kind: PayloadKind) -> Result<Request<Bytes>, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut headers = (*self.client.headers).clone();
        if let Some(accept) = self
            .operation
            .produces
            .first()
            .filter(|_| kind != PayloadKind::Nothing)
        {
            headers.insert(ACCEPT, value(accept));
        }
        if let Some(content) = self
            .operation
            .consumes
            .first()
            .filter(|_| self.body.is_some())
        {
            headers.insert(CONTENT_TYPE, value(content));
        }
        let credentials = self
            .credentials
            .as_ref()
            .unwrap_or(&self.client.credentials);
        credentials.apply(&mut headers).ok_or_else(|| {
            Error::request(format!(
                "the {} credentials can't stand in a header",
                credentials.kind()
            ))
        })?;
        headers.extend(self.headers);
        let uri = format!("{}{}{}", self.client.base, self.path, self.query);
        let mut request = Request::new(self.body.unwrap_or_default());
        *request.uri_mut() = uri
            .parse()
            .map_err(|_| Error::request(format!("no URL: {uri}")))?;
        *request.method_mut() = self.operation.method.clone();
        *request.headers_mut() = headers;
        request.extensions_mut().insert(self.operation);
        Ok(request)
    }
}

fn value(media_type: &MediaType) -> HeaderValue {
    HeaderValue::from_str(media_type.as_str()).unwrap_or(HeaderValue::from_static("*/*"))
}

/// What a query parameter's value can be; a slice is sent as one parameter per element.
pub trait QueryValue {
    /// Calls `f` with the text of each value.
    fn each(&self, f: &mut dyn FnMut(&str));
}

/// Implements [`QueryValue`] for types with a `Display`.
macro_rules! query_value {
    ($($type:ty),*) => {$(
        impl $crate::runtime::client::QueryValue for $type {
            fn each(&self, f: &mut dyn FnMut(&str)) {
                f(&self.to_string());
            }
        }
    )*};
}
pub(crate) use query_value;

query_value!(bool, i32, i64, f64, str, String, crate::DateTime);

impl<T: QueryValue> QueryValue for [T] {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        for value in self {
            value.each(f);
        }
    }
}

impl<T: QueryValue + ?Sized> QueryValue for &T {
    fn each(&self, f: &mut dyn FnMut(&str)) {
        (**self).each(f);
    }
}
