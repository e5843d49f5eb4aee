//! Enumerations of integers that keep undocumented values.

/// An open enumeration of integers: an undocumented value is kept in the last variant and
/// written back unchanged.
///
/// Each of them also has `Display` and `FromStr` (the number), `From<i64>` and serde's
/// traits.
pub trait IntEnum: Sized + Clone + 'static {
    /// Name of the documented type.
    const NAME: &'static str;

    /// The documented values, in the order of the documentation.
    const VALUES: &'static [Self];

    /// The number that is sent and received.
    fn as_i64(&self) -> i64;

    /// The variant for a number that isn't documented.
    fn undocumented(value: i64) -> Self;

    /// The documented value with this number.
    fn documented(number: i64) -> Option<Self> {
        let mut values = Self::VALUES.iter();
        values.find(|value| value.as_i64() == number).cloned()
    }

    /// Whether the value is documented.
    fn is_documented(&self) -> bool {
        Self::documented(self.as_i64()).is_some()
    }
}

/// Implements [`IntEnum`] and the other traits for an enumeration, from a list of its
/// variants and their numbers. The enumeration also has a variant `Undocumented(i64)`.
///
/// ```text
/// int_enum! {
///     Priority = "Priority" {
///         High = 10,
///     }
/// }
/// ```
macro_rules! int_enum {
    ($name:ident = $wire:literal { $($variant:ident = $value:literal,)* }) => {
        impl $crate::runtime::IntEnum for $name {
            const NAME: &'static str = $wire;
            const VALUES: &'static [Self] = &[$(Self::$variant,)*];

            fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Undocumented(value) => *value,
                }
            }

            fn undocumented(value: i64) -> Self {
                Self::Undocumented(value)
            }
        }

        impl $name {
            /// The documented values, in the order of the documentation.
            pub const VALUES: &'static [Self] = <Self as $crate::runtime::IntEnum>::VALUES;

            /// The number that is sent and received.
            pub fn as_i64(&self) -> i64 {
                $crate::runtime::IntEnum::as_i64(self)
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                use $crate::runtime::IntEnum;
                Self::documented(number).unwrap_or_else(|| Self::undocumented(number))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, std::num::ParseIntError> {
                text.parse::<i64>().map(Self::from)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Undocumented(value) => serializer
                        .serialize_newtype_struct($crate::runtime::marks::UNKNOWN_VALUE, value),
                    documented => serializer.serialize_i64(documented.as_i64()),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_strictly(deserializer)
            }
        }

        impl $crate::runtime::json::Scalar for $name {
            const EXPECTED: &'static str = <Self as $crate::runtime::IntEnum>::NAME;
            const INTEGER: bool = true;

            fn from_integer(value: i64) -> Option<Self> {
                Some(Self::from(value))
            }
        }

        impl $crate::runtime::json::Empty for $name {
            fn empty() -> Self {
                $crate::runtime::IntEnum::undocumented(0)
            }
        }

        impl $crate::runtime::Json for $name {
            fn read<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
                _: $crate::runtime::OnOdd,
            ) -> Result<$crate::runtime::json::Reading<Self>, D::Error> {
                $crate::runtime::json::read_scalar(deserializer)
            }

            fn leftovers(&self) -> usize {
                usize::from(!$crate::runtime::IntEnum::is_documented(self))
            }
        }


        #[cfg(feature = "client")]
        $crate::runtime::client::parameter_value!($name);

        #[cfg(feature = "server")]
        $crate::runtime::server::int_parameter!($name);
    };
}
pub(crate) use int_enum;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    enum Priority {
        Low,
        High,
        Undocumented(i64),
    }

    int_enum! {
        Priority = "Priority" {
            Low = -1,
            High = 10,
        }
    }

    #[test]
    fn documented_numbers_are_variants_and_others_survive() {
        for (number, value) in [
            (-1, Priority::Low),
            (10, Priority::High),
            (7, Priority::Undocumented(7)),
        ] {
            let read: Priority = serde_json::from_value(json!(number)).unwrap();
            assert_eq!(read, value);
            assert_eq!(serde_json::to_value(&read).unwrap(), json!(number));
            assert_eq!(number.to_string().parse(), Ok(read));
        }
        assert!(Priority::VALUES.iter().all(IntEnum::is_documented));
        assert!(Priority::High.is_documented() && !Priority::from(7).is_documented());
        let error = serde_json::from_value::<Priority>(json!("1")).unwrap_err();
        assert!(error.to_string().contains("expected Priority"), "{error}");
    }
}
