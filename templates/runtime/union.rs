//! Values of one of several types.

use serde_json::Value;

use super::json::{Json, Odd, OnOdd, Reading};

/// A value of one of several types: an enumeration with a variant for each.
///
/// It is open: a value of any other type is kept in the variant `Undocumented` and written
/// back unchanged.
pub trait Union: Json + Clone {
    /// Name of the documented type.
    const NAME: &'static str;

    /// The property whose value names the variant, if there is one.
    const TAG: Option<&'static str>;

    /// Reads a value as the variant that its tag names, or else as the one that fits.
    #[doc(hidden)]
    fn choose(value: &Value, on_odd: OnOdd) -> Option<Reading<Self>>;

    /// The variant for a value of an undocumented type.
    fn undocumented(value: Value) -> Self;

    /// Reads a value; [`Json::read`] of each union calls this.
    #[doc(hidden)]
    fn read_union(value: Value, on_odd: OnOdd) -> Reading<Self> {
        let is_refused = on_odd == OnOdd::Refuse;
        let on_odd = if is_refused { on_odd } else { OnOdd::Keep };
        match Self::choose(&value, on_odd) {
            Some(Ok(member)) => Ok(member),
            _ if !is_refused => Ok(Self::undocumented(value)),
            Some(Err(odd)) => Err(odd),
            None => {
                let reason = format!("it is of none of the types of {}", Self::NAME);
                Err(Box::new(Odd::new(value, reason)))
            }
        }
    }

    /// The tag as text; numbers and booleans can be tags, too.
    #[doc(hidden)]
    fn tag_of(value: &Value) -> Option<String> {
        match value.get(Self::TAG?)? {
            Value::String(text) => Some(text.clone()),
            tag @ (Value::Number(_) | Value::Bool(_)) => Some(tag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Tries a variant, and puts it into `best` if it fits better than the one there: if it
    /// leaves fewer properties over.
    #[doc(hidden)]
    fn attempt<T: Json>(
        (value, on_odd): (&Value, OnOdd),
        best: &mut Option<(usize, Self)>,
        variant: fn(T) -> Self,
    ) {
        let Ok(Ok(member)) = T::read(value, on_odd) else {
            return;
        };
        // A number that is written in another way fits worse.
        let same = serde_json::to_value(&member).is_ok_and(|written| written == *value);
        let left = member.leftovers() + usize::from(!same);
        if best.as_ref().is_none_or(|(best, _)| left < *best) {
            *best = Some((left, variant(member)));
        }
    }
}

/// Implements [`Union`], [`Json`] and serde's traits for an enumeration that has a variant
/// `Undocumented(serde_json::Value)` and these:
///
/// ```text
/// union! {
///     Payment = "Payment" by "kind" {
///         Card(Card) = "card",
///         Cash(Cash) = "cash" | "coins",
///     }
/// }
/// union! {
///     Id = "Id" {
///         Number(i64),
///         Text(String),
///     }
/// }
/// ```
///
/// Without a tag, the variants are tried in order: list the most specific first.
macro_rules! union {
    ($name:ident = $wire:literal by $tag:literal {
        $($variant:ident($type:ty) = $($value:literal)|+),* $(,)?
    }) => {
        $crate::runtime::union!(@traits $name $wire Some($tag), $($variant)* ; value on_odd =>
            match <Self as $crate::runtime::Union>::tag_of(value)?.as_str() {
                $($($value)|+ => {
                    let reading = <$type as $crate::runtime::Json>::read(value, on_odd).ok()?;
                    Some(reading.map(Self::$variant))
                })*
                _ => None,
            });
    };
    ($name:ident = $wire:literal { $($variant:ident($type:ty)),* $(,)? }) => {
        $crate::runtime::union!(@traits $name $wire None, $($variant)* ; value on_odd =>
            {
                let mut best = None;
                $(<Self as $crate::runtime::Union>::attempt::<$type>(
                    (value, on_odd), &mut best, Self::$variant,
                );)*
                best.map(|(_, member)| Ok(member))
            });
    };
    (@traits $name:ident $wire:literal $tag:expr, $($variant:ident)* ;
        $value:ident $on_odd:ident => $choose:expr) => {
        impl $crate::runtime::Union for $name {
            const NAME: &'static str = $wire;
            const TAG: Option<&'static str> = $tag;

            fn choose(
                $value: &serde_json::Value,
                $on_odd: $crate::runtime::OnOdd,
            ) -> Option<$crate::runtime::Reading<Self>> {
                $choose
            }

            fn undocumented(value: serde_json::Value) -> Self {
                Self::Undocumented(value)
            }
        }

        impl $crate::runtime::Json for $name {
            fn read<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
                on_odd: $crate::runtime::OnOdd,
            ) -> Result<$crate::runtime::json::Reading<Self>, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                Ok($crate::runtime::Union::read_union(value, on_odd))
            }

            fn is_finite(&self) -> bool {
                match self {
                    $(Self::$variant(member) => $crate::runtime::Json::is_finite(member),)*
                    Self::Undocumented(_) => true,
                }
            }

            fn leftovers(&self) -> usize {
                match self {
                    $(Self::$variant(member) => $crate::runtime::Json::leftovers(member),)*
                    Self::Undocumented(_) => 1,
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(member) => member.serialize(serializer),)*
                    Self::Undocumented(value) => serializer
                        .serialize_newtype_struct($crate::runtime::marks::ODD_VALUE, value),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_strictly(deserializer)
            }
        }

        impl $crate::runtime::json::Empty for $name {
            fn empty() -> Self {
                Self::Undocumented(serde_json::Value::Null)
            }
        }
    };
}
pub(crate) use union;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::runtime::{DateTime, Extra, object};

    #[derive(Clone, PartialEq)]
    struct Sail {
        kind: Option<String>,
        area: f64,
        extra: Extra,
        __non_exhaustive: (),
    }

    object! {
        Sail = "Sail" {
            optional kind: "kind",
            required area: "area",
        }
    }

    #[derive(Clone, PartialEq)]
    struct Engine {
        kind: Option<String>,
        power: Option<i32>,
        extra: Extra,
        __non_exhaustive: (),
    }

    object! {
        Engine = "Engine" {
            optional kind: "kind",
            optional power: "power",
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Tagged {
        Sail(Sail),
        Engine(Box<Engine>),
        Undocumented(Value),
    }

    union!(Tagged = "Drive" by "kind" {
        Sail(Sail) = "sail",
        Engine(Box<Engine>) = "diesel" | "petrol",
    });

    #[derive(Clone, Debug, PartialEq)]
    enum Drive {
        Count(i64),
        Since(DateTime),
        Name(String),
        Sail(Sail),
        Engine(Engine),
        Several(Vec<Drive>),
        Undocumented(Value),
    }

    union!(Drive = "Drive" {
        Count(i64),
        Since(DateTime),
        Name(String),
        Sail(Sail),
        Engine(Engine),
        Several(Vec<Drive>),
    });

    /// Reads a value, and checks that it is written as it came.
    fn read<T: Json>(value: Value) -> T {
        let read: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
        read
    }

    #[test]
    fn the_tag_names_the_variant() {
        assert!(matches!(
            read(json!({"kind": "sail", "area": 9.5})),
            Tagged::Sail(_)
        ));
        for kind in ["diesel", "petrol"] {
            let value = json!({"kind": kind, "new": null});
            assert!(matches!(read(value), Tagged::Engine(_)), "{kind}");
        }
        for value in [
            json!({"kind": "oars"}),
            json!({"area": 9.5}),
            json!({"kind": "sail", "area": "large"}),
            json!(null),
            json!([1]),
        ] {
            assert_eq!(read::<Tagged>(value.clone()), Tagged::Undocumented(value));
        }
    }

    #[test]
    fn without_a_tag_the_variant_that_fits_best_is_read() {
        assert_eq!(read::<Drive>(json!(7)), Drive::Count(7));
        assert!(matches!(read(json!("2025-05-09")), Drive::Since(_)));
        assert_eq!(read::<Drive>(json!("oars")), Drive::Name("oars".into()));
        assert!(matches!(read(json!({"area": 9.5})), Drive::Sail(_)));
        assert!(matches!(read(json!({"power": 50})), Drive::Engine(_)));
        // Both objects read this; the sail leaves less over.
        assert!(matches!(
            read(json!({"area": 9.5, "kind": null, "x": 1})),
            Drive::Sail(_)
        ));
        assert!(matches!(read(json!([1, "oars"])), Drive::Several(_)));
        for value in [json!(true), json!(0.5), json!(null)] {
            assert_eq!(read::<Drive>(value.clone()), Drive::Undocumented(value));
        }
    }

    #[test]
    fn a_value_of_no_variant_can_be_refused() {
        let tagged = |value| {
            let reading = Tagged::read(&value, OnOdd::Refuse).unwrap();
            reading.map_err(|odd| odd.to_string())
        };
        let expected = "at JSON path `area`: invalid type: string \"large\", expected a number";
        let found = tagged(json!({"kind": "sail", "area": "large"}));
        assert_eq!(found, Err(expected.to_owned()));
        let expected = "at JSON path `power`: invalid type: string \"x\", expected i32";
        let found = tagged(json!({"kind": "diesel", "power": "x"}));
        assert_eq!(found, Err(expected.to_owned()));
        for value in [json!({"kind": "oars"}), json!(null)] {
            let expected = "it is of none of the types of Drive".to_owned();
            assert_eq!(tagged(value), Err(expected));
        }
        assert!(tagged(json!({"kind": "diesel", "new": null})).is_ok());

        let texts = json!({"kind": "diesel", "power": "50"});
        let read = Tagged::read(&texts, OnOdd::RefuseOutsideUnions).unwrap();
        assert!(matches!(read, Ok(Tagged::Engine(_))));

        let odd = |value| <Vec<Drive>>::read(&value, OnOdd::Refuse).unwrap().err();
        let found = odd(json!([7, {"area": 9.5, "kind": 1}])).unwrap();
        assert_eq!(found.path(), "[1]");
        assert_eq!(odd(json!([7, "oars", {"kind": null}])), None);
    }
}
