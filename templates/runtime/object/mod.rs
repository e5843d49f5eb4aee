//! Reading and writing structs as JSON objects, without losing data that their fields can't
//! hold.
//!
//! serde's derive makes a visitor, a field enum and a dozen generic functions for each
//! struct, which take most of the compile time of a crate of types. Here a struct only
//! lists the property of each field ([`object!`]), and all structs share one visitor.

mod extra;
mod missing;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

use std::fmt;
use std::iter::once;
use std::marker::PhantomData;

use serde::de::value::MapDeserializer;
use serde::de::{Deserializer, MapAccess};
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

pub use extra::Extra;
pub use reader::FieldReader;
pub use writer::FieldWriter;

use super::DecodeError;
use super::json::{Empty, Json, OnOdd, Reading};
use missing::Missing;
use reader::{ObjectVisitor, read_into};

/// A struct for a JSON object with documented properties.
///
/// The structs of this crate implement it, and through it `Debug` and serde's
/// `Serialize` and `Deserialize`. Nothing is lost between the two: properties
/// that aren't documented, values of optional properties that aren't of the documented
/// type, and explicit `null`s are kept in [`Extra`].
pub trait Object: Json + Empty {
    /// Name of the documented type.
    const NAME: &'static str;

    /// Names of the documented properties, in the order of the documentation.
    const FIELDS: &'static [&'static str];

    /// Whether each of them is required; empty if none is.
    #[doc(hidden)]
    const REQUIRED: &'static [bool] = &[];

    /// Reads the value of the property `name` into its field.
    ///
    /// # Errors
    /// Returns an error if the value isn't JSON.
    #[doc(hidden)]
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: FieldReader<'_, A>,
    ) -> Result<(), A::Error>;

    /// Writes all fields to `out`, in the order of the documentation; `out` keeps the first error.
    #[doc(hidden)]
    fn write<S: SerializeMap>(&self, out: &mut FieldWriter<'_, S>);

    /// Data that the fields can't hold.
    fn extra(&self) -> &Extra {
        static NONE: Extra = Extra::EMPTY;
        self.kept().unwrap_or(&NONE)
    }

    /// Mutable access to the data that the fields can't hold.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Applies `change` and returns the object, to fill it in one expression:
    /// `Task::default().with(|task| task.name = Some("Import".into()))`.
    #[must_use]
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Sets a property to an explicit `null`; its field is `None` then. Once the field has
    /// a value again, that is what is sent.
    ///
    /// # Errors
    /// Returns an error if the property can't be `null`.
    fn set_null(&mut self, name: &str) -> Result<(), DecodeError> {
        let null = MapDeserializer::<_, serde_json::Error>::new(once((name, ())));
        self.extra_mut().remove(name);
        let none = Missing::new(&[], &[]);
        let notes = read_into(self, (none, OnOdd::Keep), null).map_err(DecodeError::from)?;
        match notes.refused {
            None => Ok(()),
            Some((_, odd)) => {
                self.extra_mut().remove(name);
                Err((*odd).into())
            }
        }
    }

    /// Whether a property is sent as an explicit `null`.
    fn is_null(&self, name: &str) -> bool {
        let written = serde_json::to_value(self).ok();
        written.is_some_and(|object| object.get(name).is_some_and(Value::is_null))
    }

    /// Writes the object; `Serialize` of each struct calls this.
    ///
    /// # Errors
    /// Returns the first error of the serializer.
    #[doc(hidden)]
    fn serialize_object<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        let mut out = FieldWriter::new(&mut object, self.extra());
        self.write(&mut out);
        out.finish()?;
        object.end()
    }

    /// Formats the object as its type's name and JSON; `Debug` of each struct calls this.
    ///
    /// # Errors
    /// Returns the formatter's error.
    #[doc(hidden)]
    fn debug_object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = match f.alternate() {
            true => serde_json::to_string_pretty(self),
            false => serde_json::to_string(self),
        };
        match json {
            Ok(json) => write!(f, "{} {json}", Self::NAME),
            Err(error) => write!(f, "{} ({error})", Self::NAME),
        }
    }

    /// Reads an object; [`Json::read`](super::Json::read) of each struct calls this.
    ///
    /// # Errors
    /// Returns an error if the input isn't a complete value.
    #[doc(hidden)]
    fn read_object<'de, D: Deserializer<'de>>(
        deserializer: D,
        on_odd: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(on_odd, PhantomData))
    }
}

/// Lists which property of a JSON object belongs to which field of a struct, and implements
/// [`Object`], [`Json`], serde's traits, `Debug`, and, if no property has to be
/// there, `Default` by it.
///
/// The struct has these fields, `extra: Extra` and `__non_exhaustive: ()`, so that a literal
/// has to end with `..Default::default()`. A property is
///
/// - `optional`: may be absent; the field is an `Option<T>`,
/// - `required`: must be present; the field is a `T`,
/// - `nullable`: must be present and may be `null`; the field is an `Option<T>`, and `None`
///   is written as `null`.
///
/// ```text
/// object! {
///     Task = "Task" {
///         required id: "Id",
///         optional name: "Name",
///         nullable owner: "Owner",
///     }
/// }
/// ```
macro_rules! object {
    // What may all be absent has a default. A crate of types is checked in a tenth less time
    // since these fields are `None` without a call, and have nothing but a name in a list.
    ($name:ident = $wire:literal { $(optional $field:ident: $property:literal,)* }) => {
        $crate::runtime::object!(@traits $name $wire {} $(optional $field $property,)*);

        impl Default for $name {
            fn default() -> Self {
                Self {
                    $($field: None,)*
                    extra: $crate::runtime::Extra::EMPTY,
                    __non_exhaustive: (),
                }
            }
        }
    };
    ($name:ident = $wire:literal { $($kind:ident $field:ident: $property:literal,)* }) => {
        $crate::runtime::object!(@traits $name $wire
            {
                const REQUIRED: &'static [bool] =
                    &[$($crate::runtime::object!(@is_required $kind),)*];
            }
            $($kind $field $property,)*);

        impl $crate::runtime::json::Empty for $name {
            fn empty() -> Self {
                Self {
                    $($field: $crate::runtime::json::Empty::empty(),)*
                    extra: $crate::runtime::Extra::EMPTY,
                    __non_exhaustive: (),
                }
            }
        }
    };
    (@is_required optional) => { false };
    (@is_required $kind:ident) => { true };
    (@traits $name:ident $wire:literal { $($required:tt)* }
        $($kind:ident $field:ident $property:literal,)*) => {
        impl $crate::runtime::Object for $name {
            const NAME: &'static str = $wire;
            const FIELDS: &'static [&'static str] = &[$($property,)*];
            $($required)*

            fn read<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                name: &str,
                value: $crate::runtime::FieldReader<'_, A>,
            ) -> Result<(), A::Error> {
                match name {
                    $($property => value.$kind($property, &mut self.$field),)*
                    _ => value.keep(name),
                }
            }

            fn write<S: serde::ser::SerializeMap>(
                &self,
                _out: &mut $crate::runtime::FieldWriter<'_, S>,
            ) {
                $(_out.$kind($property, &self.$field);)*
            }

            fn extra_mut(&mut self) -> &mut $crate::runtime::Extra {
                &mut self.extra
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Object::serialize_object(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_strictly(deserializer)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::Object::debug_object(self, f)
            }
        }

        impl $crate::runtime::Json for $name {
            fn read<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
                on_odd: $crate::runtime::OnOdd,
            ) -> Result<$crate::runtime::json::Reading<Self>, D::Error> {
                $crate::runtime::Object::read_object(deserializer, on_odd)
            }

            fn kept(&self) -> Option<&$crate::runtime::Extra> {
                Some(&self.extra)
            }
        }
    };
}
pub(crate) use object;
