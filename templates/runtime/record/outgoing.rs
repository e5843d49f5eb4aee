//! Writing a record.

use serde::Serialize;
use serde::ser::SerializeMap;

use super::Extra;

/// The object that a record is being written to.
///
/// It remembers the first error, so that [`Record::write`](super::Record::write) is a
/// plain list.
#[derive(Debug)]
pub struct Outgoing<'a, S: SerializeMap> {
    /// Without it nothing is written: the fields are only looked at.
    object: Option<&'a mut S>,
    extra: &'a Extra,
    /// Names of extra properties that had a field of their own.
    documented: Vec<&'static str>,
    /// Whether a field differs from that of an empty record.
    pub(super) filled: bool,
    result: Result<(), S::Error>,
}

impl<'a, S: SerializeMap> Outgoing<'a, S> {
    pub(super) fn new(object: Option<&'a mut S>, extra: &'a Extra) -> Self {
        Self {
            object,
            extra,
            documented: Vec::new(),
            filled: false,
            result: Ok(()),
        }
    }

    /// Writes an optional property: the field, or else what [`Extra`] has for it.
    pub fn put<T: Serialize>(&mut self, name: &'static str, field: &Option<T>) {
        self.filled |= field.is_some();
        let extra: &Extra = self.extra;
        let instead = extra.get(name);
        if instead.is_some() {
            self.documented.push(name);
        }
        match (field, instead) {
            (Some(value), _) => self.entry(name, value),
            (None, Some(value)) => self.entry(name, value),
            (None, None) => {}
        }
    }

    /// Writes a required property.
    pub fn put_required<T>(&mut self, name: &'static str, field: &T)
    where
        T: Serialize + Default + PartialEq,
    {
        self.filled |= *field != T::default();
        self.documented.push(name);
        self.entry(name, field);
    }

    fn entry<T: Serialize>(&mut self, name: &str, value: &T) {
        if let (Some(object), Ok(())) = (&mut self.object, &self.result) {
            self.result = object.serialize_entry(name, value);
        }
    }

    pub(super) fn finish(mut self) -> Result<(), S::Error> {
        for (name, value) in self.extra.iter() {
            if !self.documented.contains(&name) {
                self.entry(name, value);
            }
        }
        self.result
    }
}
