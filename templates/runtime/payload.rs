//! Types of bodies: nothing, a `T` as JSON, or bytes.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde::de::Error as _;
use serde_json::Value;

use super::json::{Json, Odd, OnOdd};

/// The type of a request's or response's body.
pub trait Payload: Sized + Send + 'static {
    /// What kind of body it is.
    const KIND: PayloadKind = PayloadKind::Json;

    /// Reads a body.
    ///
    /// # Errors
    /// Returns an error with the JSON path at which the body isn't as expected.
    fn decode(body: &[u8]) -> Result<Self, DecodeError>;

    /// Writes a body.
    ///
    /// # Errors
    /// Returns an error if the value can't be written, such as a map with a key that isn't
    /// a string.
    fn encode(&self) -> Result<Bytes, serde_json::Error>;

    /// Reads a JSON body; [`decode`](Self::decode) keeps odd values.
    ///
    /// # Errors
    /// As for [`decode`](Self::decode).
    #[cfg(feature = "server")]
    #[doc(hidden)]
    fn decode_json(body: &[u8], _: OnOdd) -> Result<Self, DecodeError> {
        Self::decode(body)
    }

    /// Reads an XML body.
    ///
    /// # Errors
    /// As for [`decode`](Self::decode).
    #[cfg(feature = "xml")]
    #[doc(hidden)]
    fn decode_xml(body: &[u8], _: OnOdd) -> Result<Self, DecodeError> {
        Self::decode(body)
    }

    /// Writes a body as XML.
    ///
    /// # Errors
    /// As for [`encode`](Self::encode).
    #[cfg(feature = "xml")]
    #[doc(hidden)]
    fn encode_xml(&self) -> Result<Bytes, serde_json::Error> {
        self.encode()
    }

    /// Reports data that isn't as documented.
    #[cfg(feature = "client")]
    #[doc(hidden)]
    fn look_for_drift(&self, _: &mut super::client::Finder<'_>) {}
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

/// The error for JSON that isn't as documented.
#[derive(Debug)]
pub struct DecodeError {
    /// JSON path of the fault: `Items[3].Name`, or `.` for the whole body.
    pub path: String,
    /// The fault.
    pub error: serde_json::Error,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at JSON path `{}`: {}", self.path, self.error)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl From<Odd> for DecodeError {
    fn from(odd: Odd) -> Self {
        Self {
            path: odd.path().to_owned(),
            error: serde_json::Error::custom(odd.reason),
        }
    }
}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> Self {
        let path = ".".to_owned();
        Self { path, error }
    }
}

/// Reads JSON, with or without a byte order mark.
fn read_json<T: Json>(body: &[u8], on_odd: OnOdd) -> Result<T, DecodeError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = T::read(&mut deserializer, on_odd).map_err(|error| broken(body, error))?;
    deserializer.end()?;
    value.map_err(|odd| (*odd).into())
}

/// Finds the JSON path of a syntax error. This takes time, so it is only done after an
/// error.
#[cold]
fn broken(body: &[u8], error: serde_json::Error) -> DecodeError {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, Value>(&mut deserializer) {
        Ok(_) => error.into(),
        Err(error) => DecodeError {
            path: error.path().to_string(),
            error: error.into_inner(),
        },
    }
}

impl<T: Json> Payload for T {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        read_json(body, OnOdd::Keep)
    }

    #[cfg(feature = "server")]
    fn decode_json(body: &[u8], on_odd: OnOdd) -> Result<Self, DecodeError> {
        read_json(body, on_odd)
    }

    fn encode(&self) -> Result<Bytes, serde_json::Error> {
        encode_json(self)
    }

    #[cfg(feature = "xml")]
    fn decode_xml(body: &[u8], on_odd: OnOdd) -> Result<Self, DecodeError> {
        super::xml::read(body, on_odd)
    }

    #[cfg(feature = "xml")]
    fn encode_xml(&self) -> Result<Bytes, serde_json::Error> {
        super::xml::write::<T>(&encode_json(self)?)
    }

    #[cfg(feature = "client")]
    fn look_for_drift(&self, finder: &mut super::client::Finder<'_>) {
        finder.look(self);
    }
}

/// A body that can be written as JSON: any [`Json`], and slices of them.
pub trait WriteJson: Serialize {
    /// Whether all numbers outside of objects are finite.
    #[doc(hidden)]
    fn is_finite(&self) -> bool;

    /// Writes JSON of such a body as XML.
    ///
    /// # Errors
    /// Returns an error if XML can't hold a value.
    #[cfg(feature = "xml")]
    #[doc(hidden)]
    fn to_xml(json: &[u8]) -> Result<Bytes, serde_json::Error>;
}

impl<T: Json> WriteJson for T {
    #[cfg(feature = "xml")]
    fn to_xml(json: &[u8]) -> Result<Bytes, serde_json::Error> {
        super::xml::write::<T>(json)
    }

    fn is_finite(&self) -> bool {
        Json::is_finite(self)
    }
}

impl WriteJson for str {
    #[cfg(feature = "xml")]
    fn to_xml(json: &[u8]) -> Result<Bytes, serde_json::Error> {
        super::xml::write::<String>(json)
    }

    fn is_finite(&self) -> bool {
        true
    }
}

impl<T: Json> WriteJson for [T] {
    #[cfg(feature = "xml")]
    fn to_xml(json: &[u8]) -> Result<Bytes, serde_json::Error> {
        super::xml::write::<Vec<T>>(json)
    }

    fn is_finite(&self) -> bool {
        self.iter().all(Json::is_finite)
    }
}

/// Writes JSON.
pub(crate) fn encode_json<T: WriteJson + ?Sized>(value: &T) -> Result<Bytes, serde_json::Error> {
    match value.is_finite() {
        true => serde_json::to_vec(value).map(Bytes::from),
        false => Err(serde_json::Error::custom(
            "a number isn't finite, which JSON can't hold",
        )),
    }
}

/// No body; a received one is ignored.
impl Payload for () {
    const KIND: PayloadKind = PayloadKind::Nothing;

    fn decode(_: &[u8]) -> Result<Self, DecodeError> {
        Ok(())
    }

    fn encode(&self) -> Result<Bytes, serde_json::Error> {
        Ok(Bytes::new())
    }
}

/// Any body, unchanged.
impl Payload for Bytes {
    const KIND: PayloadKind = PayloadKind::Bytes;

    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::copy_from_slice(body))
    }

    fn encode(&self) -> Result<Bytes, serde_json::Error> {
        Ok(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

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
        assert_eq!(error.path, "a");
        assert_eq!(i32::decode(b"1 2").unwrap_err().path, ".");
    }

    #[test]
    fn doubles_keep_their_digits() {
        for text in [
            "117.63331139400017",
            "9007199254740991.0",
            "-8.990567403888024e-203",
        ] {
            let double = f64::decode(text.as_bytes()).unwrap();
            assert_eq!(double.encode().unwrap(), text);
            let value = Value::decode(text.as_bytes()).unwrap();
            assert_eq!(value.encode().unwrap(), text);
        }
    }

    #[test]
    fn json_has_no_number_that_is_not_finite() {
        for error in [f64::NAN.encode(), encode_json(&[f64::INFINITY][..])] {
            assert!(error.unwrap_err().to_string().contains("isn't finite"));
        }
    }
}
