//! One call of an operation: what is set before it is sent, and what comes back.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, StatusCode};

use super::outgoing::Outgoing;
use super::{Body, Chunks, Client, Error, ParameterValue};
use crate::runtime::payload::encode_json;
use crate::runtime::{Credentials, DecodeError, MediaType, Operation, Payload, WriteJson};

/// A call that is about to be sent: set what is optional, then `.await` it.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, O> {
    pub(super) outgoing: Outgoing<'a>,
    operation: PhantomData<fn() -> O>,
}

/// What an awaited [`Call`] is.
pub type CallFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A response with its status and headers.
#[derive(Clone, Debug)]
pub struct Response<T> {
    /// Status; always a success (2xx).
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: T,
}

/// The response to a call under a condition, such as `If-Modified-Since`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Conditional<T> {
    /// The condition is met.
    Met(Response<T>),
    /// 304: what is asked for didn't change.
    NotModified(HeaderMap),
    /// 412: somebody changed it in the meantime; nothing was done.
    PreconditionFailed(HeaderMap),
}

impl<'a, O: Operation> Call<'a, O> {
    pub(super) fn new(client: &'a Client, values: &[&dyn ParameterValue]) -> Self {
        Self {
            outgoing: Outgoing::new(client, O::INFO, values),
            operation: PhantomData,
        }
    }

    /// Sets a JSON body; the methods of the resources do so by themselves.
    pub fn json<T: WriteJson + ?Sized>(mut self, body: &T) -> Self {
        self.outgoing.json(encode_json(body));
        #[cfg(feature = "xml")]
        {
            self.outgoing.to_xml = Some(T::to_xml);
        }
        self
    }

    /// Sets a body of any kind; the methods of the resources do so by themselves.
    /// [`body_as`](Self::body_as) says what it is.
    ///
    /// A [`Body`] can come in pieces, as from a file, or be a form with files in it: a
    /// [`Multipart`](crate::Multipart).
    pub fn bytes(mut self, body: impl Into<Body>) -> Self {
        self.outgoing.bytes(body.into());
        self
    }

    /// Sets the media type of the body, which is the first documented one by default.
    pub fn body_as(mut self, media_type: &MediaType) -> Self {
        self.outgoing.header(CONTENT_TYPE, &media_type.as_str());
        self
    }

    /// Sets the media type to ask for, which is the first documented one by default.
    pub fn response_as(mut self, media_type: &MediaType) -> Self {
        self.outgoing.header(ACCEPT, &media_type.as_str());
        self
    }

    /// Sends the body as XML and asks for XML: `application/xml`, if no other type of XML is
    /// documented. What the pages don't say of how it looks is inferred; the README says how.
    #[cfg(feature = "xml")]
    pub fn xml(self) -> Self {
        let operation = &self.outgoing.operation;
        let of = |known: &'static [MediaType]| {
            let known = known.iter().find(|it| it.is_xml());
            known.map_or("application/xml", MediaType::as_str)
        };
        let (body, response) = (of(operation.consumes), of(operation.produces));
        self.body_as(&MediaType::from_static(body))
            .response_as(&MediaType::from_static(response))
    }

    /// Adds a query parameter; the documented ones have methods of their own.
    pub fn query(mut self, name: &str, value: impl ParameterValue) -> Self {
        self.outgoing.query(name, &value);
        self
    }

    /// Adds a query parameter that was written, or the reason why it couldn't be.
    #[doc(hidden)]
    pub fn query_text(mut self, name: &str, text: Result<String, impl fmt::Display>) -> Self {
        match text {
            Ok(text) => self.outgoing.query(name, &text),
            Err(reason) => self.outgoing.refuse_query(name, &reason.to_string()),
        }
        self
    }

    /// Adds a query parameter that is a list in one value, such as `ids=1,2`. An element that
    /// has the separator in it is an error when the call is awaited: servers would take it for
    /// two.
    pub fn query_list<T: ParameterValue>(
        mut self,
        name: &str,
        values: &[T],
        separator: char,
    ) -> Self {
        self.outgoing.query_list(name, &values, separator);
        self
    }

    /// Adds a cookie, beside those of the credentials; the documented ones have methods of
    /// their own. The elements of a slice are separated by commas.
    pub fn cookie(mut self, name: &str, value: impl ParameterValue) -> Self {
        self.outgoing.cookie(name, &value);
        self
    }

    /// Sets a header; the documented ones have methods of their own. The elements of a slice
    /// are separated by commas.
    pub fn header(mut self, name: HeaderName, value: impl ParameterValue) -> Self {
        self.outgoing.header(name, &value);
        self
    }

    /// Calls with other credentials than those of the client.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.outgoing.credentials = Some(credentials);
        self
    }

    /// Marks the call as one that can be repeated, so that [`Retry`](super::Retry) does so even if
    /// its method isn't idempotent.
    pub fn idempotent(mut self) -> Self {
        self.outgoing.idempotent = true;
        self
    }

    /// Sends the call and gives the response with its status and headers.
    ///
    /// # Errors
    /// Returns an error if there is no response, if its status isn't a success, or if it
    /// isn't what the documentation says.
    pub fn send(self) -> CallFuture<'a, Response<O::Response>> {
        boxed(self.outgoing)
    }

    /// Sends a call that is made under a condition: the statuses 304 and 412 are values.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    pub fn conditional(self) -> CallFuture<'a, Conditional<O::Response>> {
        let response = self.send();
        Box::pin(async {
            let error = match response.await {
                Ok(response) => return Ok(Conditional::Met(response)),
                Err(error) => error,
            };
            match (error.status(), error.headers()) {
                (Some(StatusCode::NOT_MODIFIED), Some(headers)) => {
                    Ok(Conditional::NotModified(headers.clone()))
                }
                (Some(StatusCode::PRECONDITION_FAILED), Some(headers)) => {
                    Ok(Conditional::PreconditionFailed(headers.clone()))
                }
                _ => Err(error),
            }
        })
    }
}

impl<'a, O: Operation<Response = Bytes>> Call<'a, O> {
    /// Sends the call and gives the body of the response as it comes, for what is too large to
    /// be in memory.
    ///
    /// A timeout of the client counts until the last piece is there. The response isn't asked
    /// for in a compressed form.
    ///
    /// # Errors
    /// Returns an error if there is no response, or if its status isn't a success. A body that
    /// isn't whole is an error in the stream.
    pub fn stream(self) -> CallFuture<'a, Response<Chunks>> {
        let mut outgoing = self.outgoing;
        Box::pin(async move { outgoing.stream().await })
    }
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = CallFuture<'a, O::Response>;

    fn into_future(self) -> Self::IntoFuture {
        let response = self.send();
        Box::pin(async { response.await.map(|response| response.body) })
    }
}

impl<O> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outgoing.fmt(f)
    }
}

/// Sends a call; compiled once for each type of response, not for each operation.
fn boxed<T: Payload>(mut outgoing: Outgoing<'_>) -> CallFuture<'_, Response<T>> {
    Box::pin(async move { receive(&mut outgoing).await })
}

#[cfg(not(feature = "xml"))]
fn decode<T: Payload>(response: &http::Response<Bytes>) -> Result<T, DecodeError> {
    T::decode(response.body())
}

#[cfg(feature = "xml")]
fn decode<T: Payload>(response: &http::Response<Bytes>) -> Result<T, DecodeError> {
    let content = response.headers().get(CONTENT_TYPE);
    let content = content.and_then(|content| content.to_str().ok());
    match content.is_some_and(|content| MediaType::from(content).is_xml()) {
        true => T::decode_xml(response.body()),
        false => T::decode(response.body()),
    }
}

/// Sends a call and reads the response.
pub(super) async fn receive<T: Payload>(outgoing: &mut Outgoing<'_>) -> Result<Response<T>, Error> {
    let response = outgoing.send(T::KIND).await?;
    let decoded = decode::<T>(&response).and_then(|body| {
        let on_drift = &outgoing.client.on_drift;
        on_drift.check(&outgoing.operation, &body).map(|()| body)
    });
    match decoded {
        Ok(body) => {
            let (parts, _) = response.into_parts();
            Ok(Response {
                status: parts.status,
                headers: parts.headers,
                body,
            })
        }
        Err(error) => Err(Error::decode(error, response).of(outgoing.operation.clone())),
    }
}
