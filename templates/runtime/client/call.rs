//! A call of an operation: the settings of its request, and its response.

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

/// A call that isn't sent yet: set the optional parameters, then `.await` it.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, O> {
    pub(super) outgoing: Outgoing<'a>,
    operation: PhantomData<fn() -> O>,
}

/// The future of a [`Call`].
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

/// The response to a conditional call, such as one with `If-Modified-Since`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Conditional<T> {
    /// The condition is met.
    Met(Response<T>),
    /// 304: the resource didn't change.
    NotModified(HeaderMap),
    /// 412: the resource was changed in the meantime; nothing was done.
    PreconditionFailed(HeaderMap),
}

impl<'a, O: Operation> Call<'a, O> {
    pub(super) fn new(client: &'a Client, values: &[&dyn ParameterValue]) -> Self {
        Self {
            outgoing: Outgoing::new(client, O::INFO, values),
            operation: PhantomData,
        }
    }

    /// Sets a JSON body; the methods of the resources already do this.
    pub fn json<T: WriteJson + ?Sized>(mut self, body: &T) -> Self {
        self.outgoing.json(encode_json(body));
        #[cfg(feature = "xml")]
        {
            self.outgoing.to_xml = Some(T::to_xml);
        }
        self
    }

    /// Sets a JSON body, if there is one; the methods of the resources already do this.
    pub fn optional_json<T: WriteJson + ?Sized>(self, body: Option<&T>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }

    /// Sets a body of any kind; the methods of the resources already do this. Set its media
    /// type with [`body_as`](Self::body_as).
    ///
    /// A [`Body`] can be sent in pieces, for example from a file, or be a form with files: a
    /// [`Multipart`](crate::Multipart).
    pub fn bytes(mut self, body: impl Into<Body>) -> Self {
        self.outgoing.bytes(body.into());
        self
    }

    /// Sets the media type of the body; the default is the first documented one.
    pub fn body_as(mut self, media_type: &MediaType) -> Self {
        self.outgoing.header(CONTENT_TYPE, &media_type.as_str());
        self
    }

    /// Sets the media type to ask for; the default is the first documented one.
    pub fn response_as(mut self, media_type: &MediaType) -> Self {
        self.outgoing.header(ACCEPT, &media_type.as_str());
        self
    }

    /// Sends the body as XML and asks for XML, in the documented XML type or else
    /// `application/xml`. The pages don't fully document the form of XML; the README states
    /// what is inferred.
    #[cfg(feature = "xml")]
    pub fn xml(self) -> Self {
        let operation = &self.outgoing.operation;
        let of = |known: &'static [MediaType]| {
            let known = known.iter().find(|it| it.is_xml());
            known.map_or("application/xml", MediaType::as_str)
        };
        let (body, response) = (of(operation.consumes), of(operation.produces));
        let call = match self.outgoing.has_body() {
            true => self.body_as(&MediaType::from_static(body)),
            false => self,
        };
        call.response_as(&MediaType::from_static(response))
    }

    /// Adds a query parameter; documented ones have methods of their own.
    pub fn query(mut self, name: &str, value: impl ParameterValue) -> Self {
        self.outgoing.query(name, &value);
        self
    }

    /// Adds a query parameter that is already text, or the error of writing it.
    #[doc(hidden)]
    pub fn query_text(mut self, name: &str, text: Result<String, impl fmt::Display>) -> Self {
        match text {
            Ok(text) => self.outgoing.query(name, &text),
            Err(reason) => self.outgoing.refuse_query(name, &reason.to_string()),
        }
        self
    }

    /// Adds a query parameter that is a list with separators, such as `ids=1,2`. An element
    /// that contains the separator is an error when the call is awaited: servers would read
    /// it as two.
    pub fn query_list<T: ParameterValue>(
        mut self,
        name: &str,
        values: &[T],
        separator: char,
    ) -> Self {
        self.outgoing.query_list(name, &values, separator);
        self
    }

    /// Adds a cookie to those of the credentials; documented ones have methods of their
    /// own. The elements of a slice are separated by commas.
    pub fn cookie(mut self, name: &str, value: impl ParameterValue) -> Self {
        self.outgoing.cookie(name, &value);
        self
    }

    /// Sets a header; documented ones have methods of their own. The elements of a slice
    /// are separated by commas.
    pub fn header(mut self, name: HeaderName, value: impl ParameterValue) -> Self {
        self.outgoing.header(name, &value);
        self
    }

    /// Uses these credentials instead of the client's.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.outgoing.credentials = Some(credentials);
        self
    }

    /// Marks the call as safe to repeat, so that [`Retry`](super::Retry) repeats it even if
    /// its method isn't idempotent.
    pub fn idempotent(mut self) -> Self {
        self.outgoing.idempotent = true;
        self
    }

    /// Sends the call and returns the response with its status and headers.
    ///
    /// # Errors
    /// Returns an error if there is no response, if its status isn't a success, or if it
    /// isn't as documented.
    pub fn send(self) -> CallFuture<'a, Response<O::Response>> {
        boxed(self.outgoing)
    }

    /// Sends a conditional call: the statuses 304 and 412 are values instead of errors.
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
    /// Sends the call and returns the response body as it arrives, for bodies that are too
    /// large for memory.
    ///
    /// The client's timeout covers the whole body. The request doesn't ask for compression.
    ///
    /// # Errors
    /// Returns an error if there is no response, or if its status isn't a success. An
    /// incomplete body is an error in the stream.
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
        true => T::decode_xml(response.body(), crate::OnOdd::Keep),
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
        Err(error) => Err(Error::decode(error, response, &outgoing.operation)),
    }
}
