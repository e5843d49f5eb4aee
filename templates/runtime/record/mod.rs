//! JSON objects whose properties are known by name: how a struct of this crate
//! is read and written without losing what its fields can't hold.
//!
//! serde's derive makes a visitor, a field enum and a dozen generic functions
//! for each struct, which is most of the time that a crate of types compiles.
//! Here a struct only says which property belongs to which field
//! ([`Record::read`], [`Record::write`]); the visitor exists once.

mod extra;
mod incoming;
mod outgoing;
#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{Deserializer, MapAccess};
use serde::ser::{SerializeMap, Serializer};

pub use extra::Extra;
pub use incoming::{Found, Incoming};
pub use outgoing::Outgoing;

use incoming::RecordVisitor;

/// A struct that stands for a JSON object with documented properties.
///
/// The structs of this crate implement it, and through it `Debug` and serde's
/// `Serialize` and `Deserialize`. Nothing is lost between the two: properties
/// that aren't documented and explicit `null`s are kept in [`Extra`].
///
/// A `null` in the place of the whole object (an element of an array, say) is
/// read as an empty record with [`Extra::is_null`] set, and written as `null`.
pub trait Record: Default {
    /// Name of the documented type.
    const NAME: &'static str;

    /// Wire names of the properties without which the object isn't accepted.
    const REQUIRED: &'static [&'static str] = &[];

    /// Stores the value of the property `name` in its field.
    ///
    /// # Errors
    /// Returns an error if the value doesn't have the documented type.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Incoming<'_, A>,
    ) -> Result<Found, A::Error>;

    /// Hands all fields to `out`, in the order of the documentation.
    fn write<S: SerializeMap>(&self, out: &mut Outgoing<'_, S>);

    /// What the fields can't hold.
    fn extra(&self) -> &Extra;

    /// What the fields can't hold, to change it.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Writes the object, as serde's `Serialize` of each struct.
    ///
    /// # Errors
    /// Returns the first error of the serializer.
    fn serialize_record<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let extra = self.extra();
        if extra.is_null() && extra.is_empty() {
            let mut out = Outgoing::<S::SerializeMap>::new(None, extra);
            self.write(&mut out);
            // A null record that was given a property since is an object again.
            if !out.filled {
                return serializer.serialize_unit();
            }
        }
        let mut object = serializer.serialize_map(None)?;
        let mut out = Outgoing::new(Some(&mut object), extra);
        self.write(&mut out);
        out.finish()?;
        object.end()
    }

    /// Shows the object as JSON after the name of its type, as `Debug` of each struct.
    ///
    /// # Errors
    /// Returns the formatter's error.
    fn debug_record(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        Self: Serialize,
    {
        let json = match f.alternate() {
            true => serde_json::to_string_pretty(self),
            false => serde_json::to_string(self),
        };
        match json {
            Ok(json) => write!(f, "{} {json}", Self::NAME),
            Err(error) => write!(f, "{} ({error})", Self::NAME),
        }
    }

    /// Reads an object, as serde's `Deserialize` of each struct.
    ///
    /// # Errors
    /// Returns an error if it is no object, if a property doesn't have the documented
    /// type, or if a required one is missing.
    fn deserialize_record<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(RecordVisitor(PhantomData))
    }
}

/// Implements serde's traits and `Debug` for a [`Record`].
macro_rules! record {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Record::serialize_record(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::Record::deserialize_record(deserializer)
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::Record::debug_record(self, f)
            }
        }

        impl $crate::runtime::Json for $name {}
    };
}
pub(crate) use record;
