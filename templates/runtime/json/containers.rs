//! Arrays, maps and nullable values.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::odd::{odd_map, odd_sequence};
use super::{Json, OddVisitor, OnOdd, ReadSeed, Reading};

impl Json for Value {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        _: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        Self::deserialize(deserializer).map(Ok)
    }
}

impl<T: Json> Json for Box<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        on_odd: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        T::read(deserializer, on_odd).map(|reading| reading.map(Box::new))
    }

    fn is_finite(&self) -> bool {
        (**self).is_finite()
    }

    fn leftovers(&self) -> usize {
        (**self).leftovers()
    }
}

impl<T: Json> Json for Option<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        on_odd: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        deserializer.deserialize_option(OptionVisitor(on_odd, PhantomData))
    }

    fn is_finite(&self) -> bool {
        self.as_ref().is_none_or(T::is_finite)
    }

    fn leftovers(&self) -> usize {
        self.as_ref().map_or(0, T::leftovers)
    }
}

struct OptionVisitor<T>(OnOdd, PhantomData<T>);

impl<'de, T: Json> Visitor<'de> for OptionVisitor<T> {
    type Value = Reading<Option<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Ok(None))
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Ok(None))
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer, self.0).map(|reading| reading.map(Some))
    }
}

impl<T: Json> Json for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        on_odd: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        deserializer.deserialize_any(VecVisitor(on_odd, PhantomData))
    }

    fn is_finite(&self) -> bool {
        self.iter().all(T::is_finite)
    }

    fn leftovers(&self) -> usize {
        self.iter().map(T::leftovers).sum()
    }
}

struct VecVisitor<T>(OnOdd, PhantomData<T>);

/// Visitor methods for booleans, numbers and strings where none of them is expected.
macro_rules! scalars_are_odd {
    ($expected:expr) => {
        fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
            $crate::runtime::json::OddVisitor(&$expected)
                .visit_bool(value)
                .map(Err)
        }

        fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
            $crate::runtime::json::OddVisitor(&$expected)
                .visit_i64(value)
                .map(Err)
        }

        fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
            $crate::runtime::json::OddVisitor(&$expected)
                .visit_u64(value)
                .map(Err)
        }

        fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
            $crate::runtime::json::OddVisitor(&$expected)
                .visit_f64(value)
                .map(Err)
        }

        fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
            $crate::runtime::json::OddVisitor(&$expected)
                .visit_str(value)
                .map(Err)
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(Err($crate::runtime::json::OddVisitor(&$expected).null()))
        }

        fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            self.visit_unit()
        }
    };
}
pub(crate) use scalars_are_odd;

impl<'de, T: Json> Visitor<'de> for VecVisitor<T> {
    type Value = Reading<Vec<T>>;

    scalars_are_odd!("an array");

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(reading) = seq.next_element_seed(ReadSeed::<T>::new(self.0))? {
            match reading {
                Ok(element) => elements.push(element),
                Err(odd) => return odd_sequence(&elements, *odd, seq).map(Err),
            }
        }
        Ok(Ok(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        OddVisitor(&"an array").map(map).map(Err)
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        on_odd: OnOdd,
    ) -> Result<Reading<Self>, D::Error> {
        deserializer.deserialize_any(MapVisitor(on_odd, PhantomData))
    }

    fn is_finite(&self) -> bool {
        self.values().all(T::is_finite)
    }

    fn leftovers(&self) -> usize {
        self.values().map(T::leftovers).sum()
    }
}

struct MapVisitor<T>(OnOdd, PhantomData<T>);

impl<'de, T: Json> Visitor<'de> for MapVisitor<T> {
    type Value = Reading<BTreeMap<String, T>>;

    scalars_are_odd!("an object");

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        OddVisitor(&"an object").sequence(seq).map(Err)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            match map.next_value_seed(ReadSeed::<T>::new(self.0))? {
                Ok(value) => {
                    values.insert(name, value);
                }
                Err(odd) => return odd_map(&values, (name, *odd), map),
            }
        }
        Ok(Ok(values))
    }
}
