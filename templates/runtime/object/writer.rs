//! Writing an object.

use serde::ser::SerializeMap;
use serde_json::Value;

use super::Extra;
use crate::runtime::Json;
use crate::runtime::marks::{Marked, ODD_VALUE, UNKNOWN_PROPERTY};

/// The object that the fields are being written to.
///
/// Its methods return nothing, since a `?` for each field of each struct takes much of the
/// compile time: after an error, nothing more is written.
#[derive(Debug)]
pub struct FieldWriter<'a, S: SerializeMap> {
    object: &'a mut S,
    extra: &'a Extra,
    /// How many `null`s were written, as long as they follow the order of the fields.
    nulls: usize,
    /// Names of written fields, if extra properties may have the same names.
    written: Vec<&'static str>,
    /// The first error.
    done: Result<(), S::Error>,
}

impl<'a, S: SerializeMap> FieldWriter<'a, S> {
    pub(super) fn new(object: &'a mut S, extra: &'a Extra) -> Self {
        Self {
            object,
            extra,
            nulls: 0,
            written: Vec::new(),
            done: Ok(()),
        }
    }

    /// Writes a property that may be absent: the field, or else what [`Extra`] has for it.
    #[inline]
    pub fn optional<T: Json>(&mut self, name: &'static str, field: &Option<T>) {
        match field {
            Some(value) => self.required(name, value),
            None if self.extra.has_any() => self.instead(name),
            None => {}
        }
    }

    /// Writes a required property.
    #[inline]
    pub fn required<T: Json>(&mut self, name: &'static str, field: &T) {
        if self.extra.has_added() {
            self.written.push(name);
        }
        if self.done.is_ok() {
            self.done = match field.is_finite() {
                true => self.object.serialize_entry(name, field),
                false => Err(not_finite(name)),
            };
        }
    }

    /// Writes a required property that may be `null`.
    #[inline]
    pub fn nullable<T: Json>(&mut self, name: &'static str, field: &Option<T>) {
        self.required(name, field);
    }

    /// Writes what [`Extra`] has for a field that is `None`.
    fn instead(&mut self, name: &'static str) {
        let value = if self.extra.has_added() {
            self.written.push(name);
            self.extra.of_field(name)
        } else if self.extra.nulls().get(self.nulls) == Some(&name) {
            self.nulls += 1;
            Some(&Value::Null)
        } else {
            self.extra.of_field(name)
        };
        let value = value.filter(|_| self.done.is_ok());
        if let Some(value) = value {
            self.done = match value {
                Value::Null => self.object.serialize_entry(name, value),
                value => self.object.serialize_entry(name, &Marked(ODD_VALUE, value)),
            };
        }
    }

    pub(super) fn finish(self) -> Result<(), S::Error> {
        self.done?;
        for (name, value) in self.extra.others() {
            if !self.written.contains(&name) {
                let value = Marked(UNKNOWN_PROPERTY, value);
                self.object.serialize_entry(name, &value)?;
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
