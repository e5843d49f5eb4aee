//! Bodies that are sent and received piece by piece.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use tokio::io::{AsyncRead, ReadBuf};

use super::transport::{CutOff, TransportError};
use super::{Error, Response};
use crate::runtime::{Multipart, OperationInfo};

/// A body to send: bytes, or a stream of them that needn't fit in memory.
///
/// A stream can be sent only once: calls with one aren't retried, aren't repeated with new
/// credentials after a 401, and don't follow redirects.
pub struct Body(pub(super) Inner);

pub(super) enum Inner {
    Whole(Bytes),
    Stream(ByteStream),
    /// A form, which is written when its media type is known to be sent.
    Form(Multipart),
}

/// Pieces of a body.
pub(super) type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

impl Body {
    /// A body that is sent in pieces. If one of them is an error, nothing more is sent, and
    /// the call fails.
    pub fn from_stream<B, E>(stream: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes>,
        E: Into<TransportError>,
    {
        Self(Inner::Stream(Box::pin(Pieces(Box::pin(stream)))))
    }

    /// A body that is read from a file, or from anything else that tokio can read.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self(Inner::Stream(Box::pin(Reader(Box::pin(reader)))))
    }

    /// Reads the whole body into memory, for transports that don't support streams.
    ///
    /// # Errors
    /// Returns the error of the stream.
    pub async fn collect(self) -> Result<Bytes, TransportError> {
        let mut stream = match self.0 {
            Inner::Whole(bytes) => return Ok(bytes),
            Inner::Stream(stream) => stream,
            Inner::Form(form) => return Ok(form.write().1),
        };
        let mut whole = Vec::new();
        while let Some(piece) = next(&mut stream).await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole.into())
    }

    /// The body as a stream; a body in memory is a single piece.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, TransportError>> + Send {
        let stream: ByteStream = match self.0 {
            Inner::Whole(bytes) => Box::pin(Once(Some(bytes))),
            Inner::Stream(stream) => stream,
            Inner::Form(form) => Box::pin(Once(Some(form.write().1))),
        };
        stream
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(Inner::Whole(Bytes::new()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Whole(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Stream(_) => f.write_str("Body(a stream)"),
            Inner::Form(form) => write!(f, "Body(a form of {} parts)", form.parts.len()),
        }
    }
}

impl From<Multipart> for Body {
    fn from(form: Multipart) -> Self {
        Self(Inner::Form(form))
    }
}

macro_rules! whole {
    ($($type:ty),*) => {$(
        impl From<$type> for Body {
            fn from(bytes: $type) -> Self {
                Self(Inner::Whole(bytes.into()))
            }
        }
    )*};
}
whole!(
    Bytes,
    Vec<u8>,
    Box<[u8]>,
    &'static [u8],
    String,
    &'static str
);

/// The next piece of a stream.
async fn next(stream: &mut ByteStream) -> Option<Result<Bytes, TransportError>> {
    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
}

/// A stream of anything that converts into bytes.
struct Pieces<S: ?Sized>(Pin<Box<S>>);

impl<B, E, S> Stream for Pieces<S>
where
    B: Into<Bytes>,
    E: Into<TransportError>,
    S: Stream<Item = Result<B, E>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Into::into).map_err(Into::into)))
    }
}

/// A stream of what a reader returns, in pieces of up to 64 KiB.
struct Reader<R>(Pin<Box<R>>);

impl<R: AsyncRead> Stream for Reader<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut memory = vec![0; 64 * 1024];
        let mut buffer = ReadBuf::new(&mut memory);
        ready!(self.0.as_mut().poll_read(context, &mut buffer))?;
        let length = buffer.filled().len();
        memory.truncate(length);
        Poll::Ready((length > 0).then(|| Ok(memory.into())))
    }
}

/// A stream of one piece.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// The body of a response as it arrives: a `Stream`, or [`next`](Self::next) in a loop.
///
/// A body that ends too early, or that is longer than its `Content-Length`, is an error
/// with the operation and the status of the response.
#[must_use = "a body is read piece by piece"]
pub struct Chunks {
    stream: ByteStream,
    operation: OperationInfo,
    status: StatusCode,
    /// How many bytes are left, if the response has a `Content-Length`.
    left: Option<u64>,
    done: bool,
}

impl Chunks {
    /// The pieces of a response.
    pub(super) fn of(response: http::Response<Body>, operation: OperationInfo) -> Response<Self> {
        let (parts, body) = response.into_parts();
        let length = parts.headers.get(http::header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let body = Self {
            stream: Box::pin(body.into_stream()),
            operation,
            status: parts.status,
            left: length,
            done: false,
        };
        Response {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The next piece; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.done {
            return Poll::Ready(None);
        }
        let piece = ready!(self.stream.as_mut().poll_next(context));
        let is_known = |left: &u64| *left > 0;
        let problem = match (piece, &mut self.left) {
            (Some(Ok(piece)), None) => return Poll::Ready(Some(Ok(piece))),
            (Some(Ok(piece)), Some(left)) => match left.checked_sub(piece.len() as u64) {
                Some(rest) => {
                    *left = rest;
                    return Poll::Ready(Some(Ok(piece)));
                }
                None => Some("it is longer than its Content-Length".into()),
            },
            (Some(Err(error)), _) => Some(error),
            (None, left) => left.filter(is_known).map(|left| {
                TransportError::from(format!("{left} bytes of its Content-Length are missing"))
            }),
        };
        self.done = true;
        Poll::Ready(problem.map(|source| {
            let status = self.status;
            let error = Error::transport(Box::new(CutOff { status, source }));
            Err(error.of(self.operation.clone()))
        }))
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks")
            .field("operation", &self.operation.name)
            .field("status", &self.status)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
