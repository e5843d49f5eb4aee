//! Writing an object.

use serde::ser::{Error as _, SerializeMap};
use serde_json::Value;

use super::Extra;
use crate::runtime::Json;

/// The object that the fields are being written to.
///
/// It remembers the first error, so that [`Object::write`](super::Object::write) is a
/// plain list.
#[derive(Debug)]
pub struct FieldWriter<'a, S: SerializeMap> {
    object: &'a mut S,
    extra: &'a Extra,
    /// How many of the `null`s were written, as long as they come in the order of the fields.
    nulls: usize,
    /// Names of extra properties that had a field of their own.
    written: Vec<&'static str>,
    result: Result<(), S::Error>,
}

impl<'a, S: SerializeMap> FieldWriter<'a, S> {
    pub(super) fn new(object: &'a mut S, extra: &'a Extra) -> Self {
        Self {
            object,
            extra,
            nulls: 0,
            written: Vec::new(),
            result: Ok(()),
        }
    }

    /// Writes a property that may be absent: the field, or else what [`Extra`] has for it.
    #[inline]
    pub fn optional<T: Json>(&mut self, name: &'static str, field: &Option<T>) {
        match field {
            Some(value) => self.required(name, value),
            None if !self.extra.is_empty() => self.instead(name),
            None => {}
        }
    }

    /// Writes a required property.
    #[inline]
    pub fn required<T: Json>(&mut self, name: &'static str, field: &T) {
        if self.extra.shadows() {
            self.written.push(name);
        }
        if self.result.is_err() {
            return;
        }
        self.result = match field.is_finite() {
            true => self.object.serialize_entry(name, field),
            false => Err(not_finite(name)),
        };
    }

    /// Writes a required property that may be `null`.
    #[inline]
    pub fn nullable<T: Json>(&mut self, name: &'static str, field: &Option<T>) {
        self.required(name, field);
    }

    /// Writes what [`Extra`] has for a field that is `None`.
    fn instead(&mut self, name: &'static str) {
        let nulls = self.extra.nulls();
        if nulls.get(self.nulls) == Some(&name) {
            self.nulls += 1;
            self.entry(name, &Value::Null);
        } else if nulls.contains(&name) {
            self.entry(name, &Value::Null);
        } else if self.extra.shadows()
            && let Some(value) = self.extra.properties().get(name)
        {
            self.written.push(name);
            self.entry(name, value);
        }
    }

    fn entry(&mut self, name: &str, value: &Value) {
        if self.result.is_ok() {
            self.result = self.object.serialize_entry(name, value);
        }
    }

    pub(super) fn finish(mut self) -> Result<(), S::Error> {
        for (name, value) in self.extra.properties() {
            if !self.written.contains(&name.as_str()) {
                self.entry(name, value);
            }
        }
        self.result
    }
}

#[cold]
fn not_finite<E: serde::ser::Error>(name: &str) -> E {
    E::custom(format_args!(
        "the property `{name}` has a number that isn't finite, which JSON can't hold"
    ))
}
