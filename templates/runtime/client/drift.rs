//! Data in responses that isn't as documented.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{self, Serializer};
use serde_json::Value;

use crate::runtime::marks::{ODD_VALUE, UNKNOWN_PROPERTY, UNKNOWN_VALUE};
use crate::runtime::{DecodeError, OperationInfo, Payload};

/// Data in a response that isn't as documented, but doesn't prevent reading the response.
///
/// [`ClientBuilder::on_drift`](super::ClientBuilder::on_drift) reports it. An explicit
/// `null` in an optional property isn't reported: pages seldom state where `null` is
/// possible.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Drift {
    /// Name of the operation in the documentation.
    pub operation: &'static str,
    /// JSON path in the response: `Items[3].Name`, or `.` for the whole body.
    pub path: String,
    /// The kind of difference.
    pub kind: DriftKind,
    /// The value at this path.
    pub found: Value,
}

/// Kinds of [`Drift`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// A property that isn't documented.
    Property,
    /// A value of an enumeration, or bits of a set of flags, that aren't documented.
    Value,
    /// A value that isn't of the documented type.
    Type,
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Property => UNKNOWN_PROPERTY,
            Self::Value => UNKNOWN_VALUE,
            Self::Type => ODD_VALUE,
        })
    }
}

impl DriftKind {
    /// The kind that a mark stands for.
    fn of(mark: &str) -> Option<Self> {
        match mark {
            UNKNOWN_PROPERTY => Some(Self::Property),
            UNKNOWN_VALUE => Some(Self::Value),
            ODD_VALUE => Some(Self::Type),
            _ => None,
        }
    }
}

impl Drift {
    /// The kind of difference, and the first characters of the value.
    fn what(&self) -> String {
        const LENGTH: usize = 60;
        let found = self.found.to_string();
        let begin: String = found.chars().take(LENGTH).collect();
        let rest = if begin.len() < found.len() { "…" } else { "" };
        format!("{}: {begin}{rest}", self.kind)
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation, path, ..
        } = self;
        write!(f, "{operation}: at JSON path `{path}`: {}", self.what())
    }
}

/// How drift is handled.
#[derive(Clone, Default)]
pub(super) struct OnDrift {
    pub(super) report: Option<Arc<dyn Fn(Drift) + Send + Sync>>,
    /// Whether it is an error.
    pub(super) strict: bool,
}

impl OnDrift {
    /// Checks a body for drift, if drift is reported or an error.
    pub(super) fn check<T: Payload>(
        &self,
        operation: &OperationInfo,
        body: &T,
    ) -> Result<(), DecodeError> {
        if self.report.is_none() && !self.strict {
            return Ok(());
        }
        let mut first = None;
        body.look_for_drift(&mut Finder::new(&mut |path, kind, found| {
            let drift = Drift {
                operation: operation.name,
                path: path.to_owned(),
                kind,
                found,
            };
            if self.strict && first.is_none() {
                first = Some(DecodeError {
                    path: path.to_owned(),
                    error: ser::Error::custom(drift.what()),
                });
            }
            if let Some(report) = &self.report {
                report(drift);
            }
        }));
        first.map_or(Ok(()), Err)
    }
}

/// Called with the path, the kind and the value of each difference.
type Found<'a> = dyn FnMut(&str, DriftKind, Value) + 'a;

/// A serializer that writes nothing and looks for marks.
pub struct Finder<'a> {
    path: String,
    found: &'a mut Found<'a>,
}

impl<'a> Finder<'a> {
    fn new(found: &'a mut Found<'a>) -> Self {
        let path = String::new();
        Self { path, found }
    }

    /// Checks a value, up to the first part that can't be serialized.
    pub(crate) fn look<T: Serialize + ?Sized>(&mut self, value: &T) {
        let _ = value.serialize(self);
    }

    fn named<T: Serialize + ?Sized>(&mut self, name: &dyn fmt::Display, value: &T) -> Ended {
        let length = self.path.len();
        let dot = if length == 0 { "" } else { "." };
        write!(self.path, "{dot}{name}")?;
        value.serialize(&mut *self)?;
        self.path.truncate(length);
        Ok(())
    }

    fn inside(&mut self) -> Inside<'_, 'a> {
        let (finder, key, length) = (self, String::new(), 0);
        Inside {
            finder,
            key,
            length,
        }
    }
}

type Ended = Result<(), fmt::Error>;

/// Scalars, which are never marks.
macro_rules! nothing_in {
    ($($method:ident: $type:ty),*) => {$(
        #[inline]
        fn $method(self, _: $type) -> Ended {
            Ok(())
        }
    )*};
}

impl<'f, 'a> Serializer for &'f mut Finder<'a> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Inside<'f, 'a>;
    type SerializeTuple = Inside<'f, 'a>;
    type SerializeTupleStruct = Inside<'f, 'a>;
    type SerializeTupleVariant = Inside<'f, 'a>;
    type SerializeMap = Inside<'f, 'a>;
    type SerializeStruct = Inside<'f, 'a>;
    type SerializeStructVariant = Inside<'f, 'a>;

    nothing_in!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str
    );

    fn serialize_none(self) -> Ended {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Ended {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Ended {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Ended {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Ended {
        let Some(kind) = DriftKind::of(name) else {
            return value.serialize(self);
        };
        let found = serde_json::to_value(value).map_err(|_| fmt::Error)?;
        let path = if self.path.is_empty() {
            "."
        } else {
            &self.path
        };
        (self.found)(path, kind, found);
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Ended {
        self.named(&variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'f, 'a>, fmt::Error> {
        Ok(self.inside())
    }
}

/// An array or an object that is being checked.
pub struct Inside<'f, 'a> {
    finder: &'f mut Finder<'a>,
    key: String,
    length: usize,
}

impl Inside<'_, '_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Ended {
        let length = self.finder.path.len();
        write!(self.finder.path, "[{}]", self.length)?;
        self.length += 1;
        value.serialize(&mut *self.finder)?;
        self.finder.path.truncate(length);
        Ok(())
    }
}

/// Arrays, for which serde has several names.
macro_rules! array {
    ($($of:ident: $method:ident),*) => {$(
        impl ser::$of for Inside<'_, '_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Ended {
                self.element(value)
            }

            fn end(self) -> Ended {
                Ok(())
            }
        }
    )*};
}
array!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

/// Objects, for which serde has several names.
macro_rules! object {
    ($($of:ident),*) => {$(
        impl ser::$of for Inside<'_, '_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Ended {
                self.finder.named(&name, value)
            }

            fn end(self) -> Ended {
                Ok(())
            }
        }
    )*};
}
object!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Inside<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Ended {
        self.key.clear();
        write!(self.key, "{}", Key(key))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Ended {
        self.finder.named(&self.key, value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Ended {
        self.finder.named(&Key(key), value)
    }

    fn end(self) -> Ended {
        Ok(())
    }
}

/// Formats the name of a property, which is a text or a number.
struct Key<'a, K: ?Sized>(&'a K);

impl<K: Serialize + ?Sized> fmt::Display for Key<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}
