//! Reading an object: one visitor for all of them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::missing::Missing;
use super::{Extra, Object};
use crate::runtime::json::{Json, Odd, OddVisitor, OnOdd, ReadSeed, Reading, scalars_are_odd};

/// The value of a property, to be read into a field.
#[derive(Debug)]
pub struct FieldReader<'a, A> {
    map: &'a mut A,
    notes: &'a mut Notes,
}

/// What was noted while the properties were read.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) extra: Extra,
    missing: Missing,
    on_odd: OnOdd,
    /// The first value that isn't of the type of its property, if it is an error.
    pub(super) refused: Option<(&'static str, Box<Odd>)>,
}

impl Notes {
    fn new(extra: Extra, missing: Missing, on_odd: OnOdd) -> Self {
        Self {
            extra,
            missing,
            on_odd,
            refused: None,
        }
    }

    /// Keeps the value of an optional property that isn't of its type.
    #[cold]
    fn keep_odd(&mut self, name: &'static str, odd: Odd) {
        match self.on_odd {
            OnOdd::Keep => self.extra.keep_odd(name, odd.value),
            OnOdd::Refuse | OnOdd::RefuseOutsideUnions => self.refuse(name, odd),
        }
    }

    /// Keeps a value that isn't of the type of its property, as an error.
    #[cold]
    fn refuse(&mut self, name: &'static str, mut odd: Odd) {
        self.extra.keep_odd(name, odd.value.take());
        let odd = Box::new(odd.within(name));
        self.refused.get_or_insert((name, odd));
    }

    /// Drops an odd value: if a property is repeated, the last value counts.
    #[cold]
    fn accept(&mut self, name: &'static str) {
        self.extra.forget_odd(name);
        self.refused.take_if(|(refused, _)| *refused == name);
    }
}

impl<'de, A: MapAccess<'de>> FieldReader<'_, A> {
    /// Reads the value of a property that may be absent. If it is `null` or not of the type,
    /// the field is `None` and [`Extra`] keeps the value.
    ///
    /// # Errors
    /// Returns an error if the value isn't JSON. If it isn't of the type, and that is to be
    /// refused, reading the object fails at the end.
    #[inline]
    pub fn optional<T: Json>(
        self,
        name: &'static str,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        match self
            .map
            .next_value_seed(ReadSeed::<Option<T>>::new(self.notes.on_odd))?
        {
            Ok(value) => {
                if value.is_none() {
                    self.notes.extra.keep_null(name);
                }
                *field = value;
                if self.notes.refused.is_some() {
                    self.notes.accept(name);
                }
            }
            Err(odd) => {
                *field = None;
                self.notes.keep_odd(name, *odd);
            }
        }
        Ok(())
    }

    /// Reads the value of a required property.
    ///
    /// # Errors
    /// Returns an error if the value isn't JSON. If it isn't of the type, reading the
    /// object fails at the end.
    #[inline]
    pub fn required<T: Json>(self, name: &'static str, field: &mut T) -> Result<(), A::Error> {
        self.notes.missing.came(name);
        match self
            .map
            .next_value_seed(ReadSeed::<T>::new(self.notes.on_odd))?
        {
            Ok(value) => {
                *field = value;
                if self.notes.refused.is_some() {
                    self.notes.accept(name);
                }
            }
            Err(odd) => self.notes.refuse(name, *odd),
        }
        Ok(())
    }

    /// Reads the value of a required property that may be `null`.
    ///
    /// # Errors
    /// As for [`required`](Self::required).
    #[inline]
    pub fn nullable<T: Json>(
        self,
        name: &'static str,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.required(name, field)
    }

    /// Keeps the value of a property that isn't documented.
    ///
    /// # Errors
    /// Returns an error if the value isn't JSON.
    pub fn keep(self, name: &str) -> Result<(), A::Error> {
        let value: Value = self.map.next_value()?;
        self.notes.extra.keep(name.to_owned(), value);
        Ok(())
    }
}

/// Reads the properties of `map` into an object.
pub(super) fn read_into<'de, T: Object, A: MapAccess<'de>>(
    object: &mut T,
    (missing, on_odd): (Missing, OnOdd),
    mut map: A,
) -> Result<Notes, A::Error> {
    let extra = std::mem::take(object.extra_mut());
    let mut notes = Notes::new(extra, missing, on_odd);
    while let Some(name) = map.next_key_seed(NameSeed)? {
        let reader = FieldReader {
            map: &mut map,
            notes: &mut notes,
        };
        object.read(&name, reader)?;
    }
    *object.extra_mut() = std::mem::take(&mut notes.extra);
    Ok(notes)
}

pub(super) struct ObjectVisitor<T>(pub OnOdd, pub PhantomData<T>);

/// Names the expected type in error messages.
struct Expected<T>(PhantomData<T>);

impl<T: Object> serde::de::Expected for Expected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = Reading<T>;

    scalars_are_odd!(Expected::<T>(PhantomData));

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::de::Expected::fmt(&Expected::<T>(PhantomData), f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Reading<T>, A::Error> {
        let visitor = OddVisitor(&Expected::<T>(PhantomData));
        visitor.sequence(seq).map(Err)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Reading<T>, A::Error> {
        let mut object = T::empty();
        let missing = Missing::new(T::FIELDS, T::REQUIRED);
        let notes = read_into(&mut object, (missing, self.0), map)?;
        if notes.missing.is_empty() && notes.refused.is_none() {
            return Ok(Ok(object));
        }
        refused(&object, notes).map(Err).map_err(A::Error::custom)
    }
}

/// The whole object, and why it was rejected.
#[cold]
fn refused<T: Object>(object: &T, notes: Notes) -> serde_json::Result<Box<Odd>> {
    let mut value = serde_json::to_value(object)?;
    for name in notes.missing.names() {
        value.as_object_mut().map(|object| object.remove(name));
    }
    for (name, _) in T::FIELDS
        .iter()
        .zip(T::REQUIRED)
        .filter(|(_, required)| **required)
    {
        if let Some(odd) = object.extra().of_field(name) {
            value[*name] = odd.clone();
        }
    }
    Ok(match notes.refused {
        Some((_, odd)) => odd.of(value),
        None => {
            let name = notes.missing.names().next().unwrap_or_default();
            Box::new(Odd::new(value, format!("missing field `{name}`")))
        }
    })
}

/// Reads a property's name, borrowed from the input where possible.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    #[inline]
    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}
