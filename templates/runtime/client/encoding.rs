//! Responses that are compressed (RFC 9110, section 8.4).

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Response};

use super::Error;

/// Size limit of a decompressed body, in bytes: a few bytes can decompress to more than
/// fits in memory.
#[cfg(feature = "gzip")]
const LIMIT: u64 = 1 << 30;

/// Asks for the supported compression.
pub(super) fn accept(headers: &mut HeaderMap) {
    if cfg!(feature = "gzip") {
        let gzip = HeaderValue::from_static("gzip");
        headers.entry(ACCEPT_ENCODING).or_insert(gzip);
    }
}

/// Whether a body is compressed.
pub(super) fn is_encoded(headers: &HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING);
    encoding.is_some_and(|it| !it.is_empty() && it != "identity")
}

/// Decompresses the body of a response.
pub(super) fn decode(mut response: Response<Bytes>) -> Result<Response<Bytes>, Error> {
    let encoding = response.headers().get(CONTENT_ENCODING);
    let encoding = encoding.map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase());
    let Some(encoding) = encoding.filter(|it| !it.trim().is_empty() && it != "identity") else {
        return Ok(response);
    };
    if response.body().is_empty() {
        return Ok(response);
    }
    match unpack(encoding.trim(), response.body()) {
        Ok(body) => {
            *response.body_mut() = body;
            response.headers_mut().remove(CONTENT_ENCODING);
            response.headers_mut().remove(CONTENT_LENGTH);
            Ok(response)
        }
        Err(reason) => {
            let message = format!("the response is compressed (`{encoding}`) {reason}");
            Err(Error::media_type(message, response))
        }
    }
}

#[cfg(feature = "gzip")]
fn unpack(encoding: &str, body: &Bytes) -> Result<Bytes, String> {
    use std::io::Read;
    if !matches!(encoding, "gzip" | "x-gzip") {
        return Err("in an unsupported way".to_owned());
    }
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(&body[..]).take(LIMIT + 1);
    match reader.read_to_end(&mut unpacked) {
        Ok(length) if length as u64 > LIMIT => Err("and too large when decompressed".to_owned()),
        Ok(_) => Ok(unpacked.into()),
        Err(error) => Err(format!("and damaged: {error}")),
    }
}

#[cfg(not(feature = "gzip"))]
fn unpack(_: &str, _: &Bytes) -> Result<Bytes, String> {
    Err("although the request didn't ask for it; the feature `gzip` supports gzip".to_owned())
}
