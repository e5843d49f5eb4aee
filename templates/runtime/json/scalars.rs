//! Scalars: booleans, numbers and strings.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use super::{Odd, OddVisitor, Reading};

/// A scalar type. A kind of value whose method isn't implemented is rejected.
pub(crate) trait Scalar: Sized {
    /// Description of the expected value, such as `a string`.
    const EXPECTED: &'static str;

    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    /// From an integer, or from a number with a fraction of zero, such as `1.0`.
    fn from_integer(_: i64) -> Option<Self> {
        None
    }

    fn from_number(_: f64) -> Option<Self> {
        None
    }

    /// From a string; the error is the reason why it isn't of the type, if there is a
    /// specific one.
    fn from_text(_: &str) -> Result<Self, Option<String>> {
        Err(None)
    }

    /// Whether some integers are of the type.
    const INTEGER: bool = false;
}

/// Reads a scalar.
pub(crate) fn read_scalar<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Reading<T>, D::Error> {
    deserializer.deserialize_any(ScalarVisitor(PhantomData))
}

struct ScalarVisitor<T>(PhantomData<T>);

/// Names the expected type in error messages.
struct Expected<T>(PhantomData<T>);

impl<T: Scalar> serde::de::Expected for Expected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }
}

/// Reports that a value isn't a `T`; a separate function, to compile less for each type.
#[cold]
fn odd<T: Scalar>(found: Unexpected<'_>, value: Value) -> Box<Odd> {
    let visitor = OddVisitor(&Expected::<T>(PhantomData));
    match found {
        Unexpected::Signed(_) | Unexpected::Unsigned(_) if T::INTEGER => {
            visitor.of_value(found, value)
        }
        _ => visitor.of_type(found, value),
    }
}

/// Reads a number that no integer type holds. One that isn't a `T` is kept as it is.
fn big<T: Scalar>(number: Option<Number>, double: f64) -> Reading<T> {
    let read = T::from_number(double).or_else(|| T::from_integer(whole(double)?));
    read.ok_or_else(|| {
        let value = number.map_or_else(|| double.into(), Value::Number);
        odd::<T>(Unexpected::Float(double), value)
    })
}

/// The number as an integer, if that is exact.
fn whole(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= LIMIT).then_some(number as i64)
}

impl<'de, T: Scalar> Visitor<'de> for ScalarVisitor<T> {
    type Value = Reading<T>;

    // Formats in which all values are strings rely on this: see the module `xml`.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if T::INTEGER { "integer " } else { "" })?;
        f.write_str(T::EXPECTED)
    }

    #[inline]
    fn visit_bool<E>(self, value: bool) -> Result<Reading<T>, E> {
        Ok(T::from_bool(value).ok_or_else(|| odd::<T>(Unexpected::Bool(value), value.into())))
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<Reading<T>, E> {
        Ok(T::from_integer(value).ok_or_else(|| odd::<T>(Unexpected::Signed(value), value.into())))
    }

    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<Reading<T>, E> {
        let read = match i64::try_from(value) {
            Ok(value) => T::from_integer(value),
            Err(_) => T::from_number(value as f64),
        };
        Ok(read.ok_or_else(|| odd::<T>(Unexpected::Unsigned(value), value.into())))
    }

    #[inline]
    fn visit_f64<E>(self, value: f64) -> Result<Reading<T>, E> {
        let read = T::from_number(value).or_else(|| T::from_integer(whole(value)?));
        Ok(read.ok_or_else(|| odd::<T>(Unexpected::Float(value), value.into())))
    }

    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<Reading<T>, E> {
        Ok(T::from_text(value).map_err(|reason| {
            let mut odd = odd::<T>(Unexpected::Str(value), value.into());
            if let Some(reason) = reason {
                odd.reason = reason;
            }
            odd
        }))
    }

    fn visit_unit<E>(self) -> Result<Reading<T>, E> {
        Ok(Err(odd::<T>(Unexpected::Unit, Value::Null)))
    }

    fn visit_none<E>(self) -> Result<Reading<T>, E> {
        Ok(Err(odd::<T>(Unexpected::Unit, Value::Null)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Reading<T>, A::Error> {
        OddVisitor(&Expected::<T>(PhantomData))
            .sequence(seq)
            .map(Err)
    }

    // With serde_json's feature `arbitrary_precision`, there are integers of this size …
    fn visit_u128<E>(self, value: u128) -> Result<Reading<T>, E> {
        Ok(big(Number::from_u128(value), value as f64))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Reading<T>, E> {
        Ok(big(Number::from_i128(value), value as f64))
    }

    // … and other numbers are maps.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Reading<T>, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        Ok(match value {
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => T::from_integer(integer)
                    .ok_or_else(|| odd::<T>(Unexpected::Signed(integer), number.into())),
                (None, Some(double)) => big(Some(number), double),
                (None, None) => Err(odd::<T>(Unexpected::Other("number"), number.into())),
            },
            value => Err(odd::<T>(Unexpected::Map, value)),
        })
    }
}

/// Implements [`Json`](super::Json) for these types.
macro_rules! scalar {
    ($($type:ty),*) => {$(
        impl super::Json for $type {
            #[inline]
            fn read<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
                _: super::OnOdd,
            ) -> Result<Reading<Self>, D::Error> {
                read_scalar(deserializer)
            }
        }
    )*};
}
scalar!(bool, i32, i64, String, crate::DateTime);

impl Scalar for bool {
    const EXPECTED: &'static str = "a boolean";

    #[inline]
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
}

impl Scalar for i32 {
    const EXPECTED: &'static str = "i32";
    const INTEGER: bool = true;

    #[inline]
    fn from_integer(value: i64) -> Option<Self> {
        Self::try_from(value).ok()
    }
}

impl Scalar for i64 {
    const EXPECTED: &'static str = "i64";
    const INTEGER: bool = true;

    #[inline]
    fn from_integer(value: i64) -> Option<Self> {
        Some(value)
    }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    #[inline]
    fn from_integer(value: i64) -> Option<Self> {
        Some(value as Self)
    }

    #[inline]
    fn from_number(value: f64) -> Option<Self> {
        Some(value)
    }
}

impl super::Json for f64 {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        _: super::OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        read_scalar(deserializer)
    }

    fn is_finite(&self) -> bool {
        (*self).is_finite()
    }
}

impl Scalar for String {
    const EXPECTED: &'static str = "a string";

    #[inline]
    fn from_text(text: &str) -> Result<Self, Option<String>> {
        Ok(text.to_owned())
    }
}

impl Scalar for crate::DateTime {
    const EXPECTED: &'static str = "a date";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        text.parse()
            .map_err(|error: crate::ParseDateTimeError| Some(error.to_string()))
    }
}
