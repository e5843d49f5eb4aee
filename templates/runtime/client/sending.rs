//! Sends a call, with retries, until there is a response.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Request, Response};

use super::body::{Chunks, Inner};
use super::outgoing::{Outgoing, Wanted};
#[cfg(feature = "tracing")]
use super::trace::CallSpan;
use super::transport::{CutOff, TransportError};
use super::{Body, Error, encoding};
use crate::runtime::credentials::Signature;
use crate::runtime::{MediaType, OperationInfo, PayloadKind};

impl Outgoing<'_> {
    /// Returns the response, if it is a success in a media type that can be read. Failed
    /// requests are retried where that helps.
    pub(super) async fn send(&mut self, kind: PayloadKind) -> Result<Response<Bytes>, Error> {
        let response = self.traced(Wanted::Whole(kind)).await?;
        whole(response).await.map_err(Error::transport)
    }

    /// Like [`send`](Self::send), with the body as it arrives.
    pub(super) async fn stream(&mut self) -> Result<super::Response<Chunks>, Error> {
        let response = self.traced(Wanted::Stream).await?;
        Ok(Chunks::of(response, self.operation.clone()))
    }

    #[cfg(feature = "tracing")]
    async fn traced(&mut self, wanted: Wanted) -> Result<Response<Body>, Error> {
        let span = CallSpan::new(&self.operation);
        let result = span
            .around(self.result(wanted, |tries| span.tries(tries)))
            .await;
        span.ended(&result);
        result
    }

    #[cfg(not(feature = "tracing"))]
    async fn traced(&mut self, wanted: Wanted) -> Result<Response<Body>, Error> {
        self.result(wanted, |_| {}).await
    }

    /// Returns the response; `tried` is called with the number of each try.
    async fn result(
        &mut self,
        wanted: Wanted,
        tried: impl Fn(u32),
    ) -> Result<Response<Body>, Error> {
        if let Some(error) = self.error.take() {
            return Err(error.of(self.operation.clone()));
        }
        let mut renewed = false;
        let mut tries = 1;
        loop {
            let operation = self.operation.clone();
            let of = |error: Error| error.of(operation.clone());
            let (credentials, age) = match &self.credentials {
                Some(credentials) => (Arc::new(credentials.clone().into()), 0),
                None => self.client.caller.credentials().await.map_err(of)?,
            };
            tried(tries);
            let error = match self.attempt(wanted, &credentials).await {
                Ok(response) => {
                    self.client.retry.succeeded();
                    return Ok(response);
                }
                Err(error) => of(error),
            };
            if self.is_spent {
                return Err(error);
            }
            if error.is_unauthorized() && self.credentials.is_none() && !renewed {
                renewed = true;
                if self.client.caller.renew(age).await.map_err(of)? {
                    continue;
                }
            }
            let idempotent = self.idempotent || self.operation.method.is_idempotent();
            match self.client.retry.wait(&error, idempotent, tries) {
                Some(wait) => wait.await,
                None => return Err(error),
            }
            tries += 1;
        }
    }

    async fn attempt(
        &mut self,
        wanted: Wanted,
        credentials: &Signature,
    ) -> Result<Response<Body>, Error> {
        let request = self.request(wanted, credentials)?;
        let transport = &self.client.transport;
        let (parts, body) = request.into_parts();
        let sent = match (body.0, wanted) {
            (Inner::Whole(body), Wanted::Whole(_)) => {
                let sent = transport.send(Request::from_parts(parts, body)).await;
                sent.map(|response| response.map(Body::from))
            }
            (body, _) => {
                transport
                    .stream(Request::from_parts(parts, Body(body)))
                    .await
            }
        };
        let response = sent.map_err(Error::transport)?;
        let is_success = response.status().is_success();
        let is_success = is_success || response.status() == self.operation.success;
        let is_page = is_page(&self.operation, response.headers());
        if let Wanted::Stream = wanted {
            if is_success && !is_page && !encoding::is_encoded(response.headers()) {
                return Ok(response);
            }
        }
        let response = whole(response).await.map_err(Error::transport)?;
        let response = encoding::decode(response)?;
        if !is_success {
            return Err(Error::status_of(response));
        }
        match wanted {
            Wanted::Whole(PayloadKind::Json) => {
                json(response).map(|response| response.map(Body::from))
            }
            Wanted::Whole(PayloadKind::Bytes) | Wanted::Stream if is_page => {
                let message = "the response is an HTML page instead of the file".to_owned();
                Err(Error::media_type(message, response))
            }
            _ => Ok(response.map(Body::from)),
        }
    }
}

/// Whether a response is an HTML page, such as that of a login, where the pages document files
/// of another kind.
fn is_page(operation: &OperationInfo, headers: &HeaderMap) -> bool {
    let content = headers.get(CONTENT_TYPE);
    let content = content.map_or(&b""[..], HeaderValue::as_bytes);
    let mut parts = content.split(|byte| b"; ".contains(byte));
    let is_html = |essence: &[u8]| essence.eq_ignore_ascii_case(b"text/html");
    let of_a_kind = |known: &MediaType| {
        !known.is_json() && !["application/octet-stream", "text/html"].contains(&known.essence())
    };
    parts.next().is_some_and(is_html)
        && !operation.produces.is_empty()
        && operation.produces.iter().all(of_a_kind)
}

/// The response with its whole body.
async fn whole(response: Response<Body>) -> Result<Response<Bytes>, TransportError> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(|source| CutOff {
        status: parts.status,
        source,
    })?;
    Ok(Response::from_parts(parts, body))
}

/// The response, if it is JSON.
fn json(response: Response<Bytes>) -> Result<Response<Bytes>, Error> {
    let media_type = response.headers().get(CONTENT_TYPE);
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .map(MediaType::from);
    if response.body().is_empty() {
        let message = format!("the response is empty ({})", response.status());
        return Err(Error::media_type(message, response));
    }
    match refuse(media_type.as_ref()) {
        Some(message) => Err(Error::media_type(message, response)),
        None => Ok(response),
    }
}

/// The reason why a response of this media type can't be read, if there is one.
fn refuse(media_type: Option<&MediaType>) -> Option<String> {
    match media_type {
        None => Some("the response has no Content-Type; JSON was expected".to_owned()),
        Some(found) if cfg!(feature = "xml") && found.is_xml() && found.is_utf8() => None,
        Some(found) if !found.is_json() => {
            Some(format!("the response is `{found}`; JSON was expected"))
        }
        Some(found) if !found.is_utf8() => Some(format!(
            "the response is `{found}`; JSON is in UTF-8 (RFC 8259, section 8.1)"
        )),
        Some(_) => None,
    }
}
