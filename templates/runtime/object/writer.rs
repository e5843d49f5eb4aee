//! Writing an object.

use serde::ser::SerializeMap;
use serde_json::Value;

use super::Extra;
use crate::runtime::Json;

/// The object that the fields are being written to.
#[derive(Debug)]
pub struct FieldWriter<'a, S: SerializeMap> {
    object: &'a mut S,
    extra: &'a Extra,
    /// How many of the `null`s were written, as long as they come in the order of the fields.
    nulls: usize,
    /// Names of fields, if extra properties may have the same.
    written: Vec<&'static str>,
}

impl<'a, S: SerializeMap> FieldWriter<'a, S> {
    pub(super) fn new(object: &'a mut S, extra: &'a Extra) -> Self {
        Self {
            object,
            extra,
            nulls: 0,
            written: Vec::new(),
        }
    }

    /// Writes a property that may be absent: the field, or else what [`Extra`] has for it.
    ///
    /// # Errors
    /// Returns the serializer's error.
    #[inline]
    pub fn optional<T: Json>(
        &mut self,
        name: &'static str,
        field: &Option<T>,
    ) -> Result<(), S::Error> {
        match field {
            Some(value) => self.required(name, value),
            None if self.extra.has_any() => self.instead(name),
            None => Ok(()),
        }
    }

    /// Writes a required property.
    ///
    /// # Errors
    /// Returns the serializer's error, or one for a number that isn't finite.
    #[inline]
    pub fn required<T: Json>(&mut self, name: &'static str, field: &T) -> Result<(), S::Error> {
        if self.extra.has_added() {
            self.written.push(name);
        }
        match field.is_finite() {
            true => self.object.serialize_entry(name, field),
            false => Err(not_finite(name)),
        }
    }

    /// Writes a required property that may be `null`.
    ///
    /// # Errors
    /// As for [`required`](Self::required).
    #[inline]
    pub fn nullable<T: Json>(
        &mut self,
        name: &'static str,
        field: &Option<T>,
    ) -> Result<(), S::Error> {
        self.required(name, field)
    }

    /// Writes what [`Extra`] has for a field that is `None`.
    fn instead(&mut self, name: &'static str) -> Result<(), S::Error> {
        if self.extra.has_added() {
            self.written.push(name);
        } else if self.extra.nulls().get(self.nulls) == Some(&name) {
            self.nulls += 1;
            return self.object.serialize_entry(name, &Value::Null);
        }
        match self.extra.of_field(name) {
            Some(value) => self.object.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    pub(super) fn finish(self) -> Result<(), S::Error> {
        for (name, value) in self.extra.others() {
            if !self.written.contains(&name) {
                self.object.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }
}

#[cold]
fn not_finite<E: serde::ser::Error>(name: &str) -> E {
    E::custom(format_args!(
        "the property `{name}` has a number that isn't finite, which JSON can't hold"
    ))
}
