//! Reading JSON without losing data that isn't as documented.
//!
//! serde's `Deserialize` stops at the first value of another type, and the whole response
//! is lost. [`Json::read`] goes on: it returns a value of another type unchanged, as
//! [`Odd`]. An optional property keeps it in [`Extra`]; elsewhere it is an
//! error with the JSON path of the value.

mod containers;
mod odd;
mod scalars;

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer};
use serde_json::Value;

use super::Extra;
pub(crate) use containers::scalars_are_odd;
pub use odd::Odd;
pub(crate) use odd::OddVisitor;
pub(crate) use scalars::{Scalar, read_scalar};

/// The result of reading a value: a `T`, or the unchanged value if it isn't one.
pub type Reading<T> = Result<T, Box<Odd>>;

/// What happens to a value of an optional property that isn't of the documented type, and to
/// a value of no type of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnOdd {
    /// It is kept: the client reads what it gets.
    Keep,
    /// It is returned as [`Odd`], like the value of a required property: the server refuses
    /// the request.
    Refuse,
    /// It is kept within a union, and refused elsewhere: the server does so with forms and
    /// XML. They only have texts, whose types are those of their properties; the properties of
    /// a union are only known once it is read.
    RefuseOutsideUnions,
}

/// A type that can be read from JSON and written to it.
///
/// The types of this crate and of their fields implement it. For a type of your own,
/// implement serde's traits and add `impl Json for Mine {}`.
pub trait Json: Serialize + DeserializeOwned + Send + 'static {
    /// Reads a value; a value of another type is returned as [`Odd`].
    ///
    /// # Errors
    /// Returns an error if the input isn't a complete value.
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        _on_odd: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        use serde::Deserialize;
        let value = Value::deserialize(deserializer)?;
        Ok(from_value(value))
    }

    /// Whether all its numbers are finite, as JSON requires. Objects check their own
    /// numbers when they are written.
    #[doc(hidden)]
    fn is_finite(&self) -> bool {
        true
    }

    /// The data that its fields can't hold, if it is an object.
    #[doc(hidden)]
    fn kept(&self) -> Option<&Extra> {
        None
    }

    /// How many of its properties aren't documented, or aren't as documented.
    #[doc(hidden)]
    fn leftovers(&self) -> usize {
        self.kept().map_or(0, Extra::len)
    }
}

/// Reads a value with serde's traits only.
fn from_value<T: DeserializeOwned>(value: Value) -> Reading<T> {
    serde_path_to_error::deserialize(&value).map_err(|error| {
        let path = match error.path().to_string() {
            whole if whole == "." => String::new(),
            path => path,
        };
        Box::new(Odd::new(value, error.inner().to_string()).within(&path))
    })
}

/// Reads a `T` where serde asks for a seed.
pub(crate) struct ReadSeed<T>(OnOdd, PhantomData<T>);

impl<T> ReadSeed<T> {
    pub(crate) fn new(on_odd: OnOdd) -> Self {
        Self(on_odd, PhantomData)
    }
}

impl<'de, T: Json> DeserializeSeed<'de> for ReadSeed<T> {
    type Value = Reading<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Reading<T>, D::Error> {
        T::read(deserializer, self.0)
    }
}

/// Reads a value as serde's `Deserialize` does: one that doesn't fit is an error.
pub(crate) fn read_strictly<'de, T: Json, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer, OnOdd::Keep)?.map_err(serde::de::Error::custom)
}

/// A type with a placeholder for a required field whose property isn't read yet.
pub trait Empty {
    /// The placeholder.
    #[doc(hidden)]
    fn empty() -> Self;
}

impl<T: Default> Empty for T {
    #[inline]
    fn empty() -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::runtime::DateTime;

    /// What is odd about a value, as `path: reason`.
    fn odd<T: Json>(value: Value) -> String {
        let odd = T::read(&value, OnOdd::Keep)
            .unwrap()
            .err()
            .expect("it is odd");
        assert_eq!(odd.value, value, "the value is kept as it came");
        format!("{}: {}", odd.path(), odd.reason)
    }

    fn fits<T: Json>(value: Value) {
        let read = T::read(&value, OnOdd::Keep).unwrap().expect("it fits");
        let written = serde_json::to_value(read).unwrap();
        assert_eq!(written, value);
    }

    #[test]
    fn values_of_the_type_fit() {
        fits::<bool>(json!(true));
        fits::<i32>(json!(-5));
        fits::<i64>(json!(i64::MIN));
        fits::<f64>(json!(0.5));
        fits::<String>(json!("ø"));
        fits::<DateTime>(json!("2025-05-09T17:54:08.000"));
        fits::<Vec<Option<i32>>>(json!([1, null]));
        fits::<BTreeMap<String, Option<bool>>>(json!({"a": null, "b": true}));
        fits::<Value>(json!({"any": [1, null]}));
        fits::<Box<Option<i32>>>(json!(null));
    }

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        assert_eq!(serde_json::from_str::<Value>("1.0").unwrap(), json!(1.0));
        assert_eq!(i32::read(&json!(1.0), OnOdd::Keep).unwrap().ok(), Some(1));
        assert_eq!(
            i64::read(&json!(-2e3), OnOdd::Keep).unwrap().ok(),
            Some(-2000)
        );
        assert_eq!(f64::read(&json!(1), OnOdd::Keep).unwrap().ok(), Some(1.0));
        let reason = ".: invalid type: floating point `1.5`, expected i32";
        assert_eq!(odd::<i32>(json!(1.5)), reason);
        let reason = ".: invalid value: integer `3000000000`, expected i32";
        assert_eq!(odd::<i32>(json!(3_000_000_000_i64)), reason);
    }

    #[test]
    fn values_of_another_type_are_kept_with_the_place_and_the_reason() {
        let expected = "[1]: invalid type: string \"x\", expected i32";
        assert_eq!(odd::<Vec<i32>>(json!([1, "x", {"a": []}])), expected);
        let expected = "b[0]: invalid type: null, expected a string";
        let value = json!({"a": ["y"], "b": [null], "c": 1});
        assert_eq!(odd::<BTreeMap<String, Vec<String>>>(value), expected);
        let expected = ".: invalid type: sequence, expected a boolean";
        assert_eq!(odd::<bool>(json!([true])), expected);
        assert!(odd::<DateTime>(json!("today")).contains("`today` isn't a date like"));
    }

    #[derive(serde::Serialize, Debug)]
    struct Mine(i32);

    impl<'de> Deserialize<'de> for Mine {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            i32::deserialize(deserializer).map(Self)
        }
    }

    impl Json for Mine {}

    #[test]
    fn types_of_others_are_read_by_serde() {
        fits::<Mine>(json!(1));
        let expected = "[1]: invalid type: string \"x\", expected i32";
        assert_eq!(odd::<Vec<Mine>>(json!([1, "x"])), expected);
    }

    #[test]
    fn numbers_have_to_be_finite() {
        assert!(vec![Some(1.5)].is_finite());
        assert!(!vec![Some(1.5), Some(f64::NAN)].is_finite());
        assert!(!BTreeMap::from([("a".to_owned(), f64::INFINITY)]).is_finite());
    }
}
