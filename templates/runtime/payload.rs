//! What a body can be: nothing, JSON that is a `T`, or bytes.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::DateTime;

/// The type of a request's or response's body.
pub trait Payload: Sized + Send + 'static {
    /// What kind of body it is.
    const KIND: PayloadKind = PayloadKind::Json;

    /// Reads a body.
    ///
    /// # Errors
    /// Returns an error that names the JSON path at which the body isn't what is expected.
    fn decode(body: &[u8]) -> Result<Self, Mismatch>;

    /// Writes a body.
    ///
    /// # Errors
    /// Returns an error if the value can't be written, such as a map in which a key is no string.
    fn encode(&self) -> Result<Bytes, serde_json::Error>;
}

/// Kinds of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadKind {
    /// No body at all.
    Nothing,
    /// JSON.
    Json,
    /// Bytes of any media type, such as an image.
    Bytes,
}

/// A body that isn't what the documentation says.
#[derive(Debug)]
pub struct Mismatch {
    /// Where in the JSON: `Items[3].Name`, or `.` for the whole of it.
    pub path: String,
    /// What is wrong there.
    pub error: serde_json::Error,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at JSON path `{}`: {}", self.path, self.error)
    }
}

impl std::error::Error for Mismatch {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Reads JSON, with or without a byte order mark.
fn decode_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Mismatch> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| Mismatch {
        path: error.path().to_string(),
        error: error.into_inner(),
    })?;
    match deserializer.end() {
        Ok(()) => Ok(value),
        Err(error) => Err(Mismatch {
            path: ".".to_owned(),
            error,
        }),
    }
}

/// A type that serde reads from JSON and writes to it, and so a [`Payload`].
///
/// It has no functions: one implementation of [`Payload`] serves all of them.
pub trait Json: Serialize + DeserializeOwned + Send + 'static {}

impl<T: Json> Payload for T {
    fn decode(body: &[u8]) -> Result<Self, Mismatch> {
        decode_json(body)
    }

    fn encode(&self) -> Result<Bytes, serde_json::Error> {
        serde_json::to_vec(self).map(Bytes::from)
    }
}

impl Json for bool {}
impl Json for i32 {}
impl Json for i64 {}
impl Json for f64 {}
impl Json for String {}
impl Json for DateTime {}
impl Json for serde_json::Value {}
impl<T: Serialize + DeserializeOwned + Send + 'static> Json for Vec<T> {}
impl<T: Serialize + DeserializeOwned + Send + 'static> Json for Option<T> {}
impl<T: Serialize + DeserializeOwned + Send + 'static> Json for BTreeMap<String, T> {}

/// No body; whatever comes is ignored.
impl Payload for () {
    const KIND: PayloadKind = PayloadKind::Nothing;

    fn decode(_: &[u8]) -> Result<Self, Mismatch> {
        Ok(())
    }

    fn encode(&self) -> Result<Bytes, serde_json::Error> {
        Ok(Bytes::new())
    }
}

/// Any body, as it is.
impl Payload for Bytes {
    const KIND: PayloadKind = PayloadKind::Bytes;

    fn decode(body: &[u8]) -> Result<Self, Mismatch> {
        Ok(Self::copy_from_slice(body))
    }

    fn encode(&self) -> Result<Bytes, serde_json::Error> {
        Ok(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_json() {
        assert_eq!(i32::decode(b"\xEF\xBB\xBF 42\n").unwrap(), 42);
    }

    #[test]
    fn errors_name_the_json_path() {
        type Tree = BTreeMap<String, Vec<i32>>;
        let error = Tree::decode(br#"{"a": [1, 2], "b": [1, "x"]}"#).unwrap_err();
        assert_eq!(error.path, "b[1]");
        let error = Tree::decode(br#"{"a": [1"#).unwrap_err();
        assert!(error.to_string().contains("EOF"), "{error}");
        assert_eq!(i32::decode(b"1 2").unwrap_err().path, ".");
    }
}
