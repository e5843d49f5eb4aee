//! Reading a record: one visitor for all of them.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;

use super::Record;
use crate::runtime::required::Missing;

/// What became of a property's value that was read.
#[derive(Debug)]
pub enum Found {
    /// It is in the field.
    Value,
    /// It was `null`, so the field is `None`.
    Null,
    /// No field has that name.
    Unknown(Value),
}

/// The value of a property that waits to be read into a field.
#[derive(Debug)]
pub struct Incoming<'a, A>(&'a mut A);

impl<'de, A: MapAccess<'de>> Incoming<'_, A> {
    /// Reads the value of an optional property.
    ///
    /// # Errors
    /// Returns an error if the value is neither `null` nor a `T`.
    pub fn into<T: Deserialize<'de>>(self, field: &mut Option<T>) -> Result<Found, A::Error> {
        *field = self.0.next_value()?;
        Ok(if field.is_some() {
            Found::Value
        } else {
            Found::Null
        })
    }

    /// Reads the value of a required property.
    ///
    /// # Errors
    /// Returns an error if the value isn't a `T`.
    pub fn into_required<T: Deserialize<'de>>(self, field: &mut T) -> Result<Found, A::Error> {
        *field = self.0.next_value()?;
        Ok(Found::Value)
    }

    /// Keeps the value of a property that isn't documented.
    ///
    /// # Errors
    /// Returns an error if the value isn't JSON.
    pub fn keep(self) -> Result<Found, A::Error> {
        self.0.next_value().map(Found::Unknown)
    }
}

fn null_record<R: Record>() -> R {
    let mut record = R::default();
    record.extra_mut().null = true;
    record
}

pub(super) struct RecordVisitor<R>(pub PhantomData<R>);

impl<'de, R: Record> Visitor<'de> for RecordVisitor<R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", R::NAME)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<R, E> {
        Ok(null_record())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<R, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
        let mut record = R::default();
        let mut missing = Missing::all_of(R::REQUIRED);
        let mut name = String::new();
        while map.next_key_seed(NameInto(&mut name))?.is_some() {
            missing.came(&name);
            match record.read(&name, Incoming(&mut map))? {
                Found::Value => {}
                Found::Null => record.extra_mut().set_null(&name),
                Found::Unknown(value) => {
                    record.extra_mut().insert(&name, value);
                }
            }
        }
        match missing.first() {
            Some(name) => Err(A::Error::missing_field(name)),
            None => Ok(record),
        }
    }
}

/// Reads a property's name into a buffer that the whole object shares.
struct NameInto<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for NameInto<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameInto<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(name);
        Ok(())
    }
}
