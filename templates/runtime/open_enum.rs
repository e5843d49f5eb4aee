//! Enumerations of strings that keep undocumented values.

/// An open enumeration of strings: an undocumented value is kept in the last variant and
/// written back unchanged.
///
/// Each of them also has `Display`, `FromStr` (which never fails), `From<&str>`,
/// `From<String>`, `AsRef<str>` and serde's traits.
pub trait OpenEnum: Sized + Clone + 'static {
    /// Name of the documented type.
    const NAME: &'static str;

    /// The documented values, in the order of the documentation.
    const VALUES: &'static [Self];

    /// The value as it is sent and received.
    fn as_str(&self) -> &str;

    /// The variant for a value that isn't documented.
    fn undocumented(value: String) -> Self;

    /// The documented value with this text; case matters.
    fn documented(text: &str) -> Option<Self> {
        Self::VALUES
            .iter()
            .find(|value| value.as_str() == text)
            .cloned()
    }

    /// Whether the value is documented.
    fn is_documented(&self) -> bool {
        Self::documented(self.as_str()).is_some()
    }
}

/// Implements [`OpenEnum`] and the other traits for an enumeration, from a list of its
/// variants and their texts. The enumeration also has a variant `Undocumented(String)`.
///
/// ```text
/// open_enum! {
///     Colour = "Colour" {
///         Red = "red",
///     }
/// }
/// ```
macro_rules! open_enum {
    ($name:ident = $wire:literal { $($variant:ident = $value:literal,)* }) => {
        impl $crate::runtime::OpenEnum for $name {
            const NAME: &'static str = $wire;
            const VALUES: &'static [Self] = &[$(Self::$variant,)*];

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Undocumented(value) => value,
                }
            }

            fn undocumented(value: String) -> Self {
                Self::Undocumented(value)
            }
        }

        impl $name {
            /// The documented values, in the order of the documentation.
            pub const VALUES: &'static [Self] = <Self as $crate::runtime::OpenEnum>::VALUES;

            /// The value as it is sent and received.
            pub fn as_str(&self) -> &str {
                $crate::runtime::OpenEnum::as_str(self)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                use $crate::runtime::OpenEnum;
                Self::documented(text).unwrap_or_else(|| Self::undocumented(text.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                use $crate::runtime::OpenEnum;
                Self::documented(&text).unwrap_or_else(|| Self::undocumented(text))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// An empty text, which is never documented: you must choose a required value.
        impl Default for $name {
            fn default() -> Self {
                $crate::runtime::OpenEnum::undocumented(String::new())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Undocumented(value) => serializer
                        .serialize_newtype_struct($crate::runtime::marks::UNKNOWN_VALUE, value),
                    documented => serializer.serialize_str(documented.as_str()),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }

        impl $crate::runtime::json::Scalar for $name {
            const EXPECTED: &'static str = <Self as $crate::runtime::OpenEnum>::NAME;

            fn from_text(text: &str) -> Result<Self, Option<String>> {
                Ok(Self::from(text))
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
                usize::from(!$crate::runtime::OpenEnum::is_documented(self))
            }
        }

        #[cfg(feature = "client")]
        $crate::runtime::client::parameter_value!($name);
    };
}
pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    use super::*;

    /// Has the documented values that are hardest to keep apart.
    #[derive(Clone, Debug, PartialEq)]
    enum State {
        Unknown,
        Other,
        UndocumentedValue,
        Undocumented(String),
    }

    open_enum! {
        State = "State" {
            Unknown = "Unknown",
            Other = "Other",
            UndocumentedValue = "Undocumented",
        }
    }

    #[test]
    fn documented_values_are_variants() {
        assert_eq!(State::from("Unknown"), State::Unknown);
        assert_eq!("Other".parse(), Ok(State::Other));
        assert_eq!(State::from("Undocumented"), State::UndocumentedValue);
        assert!(State::VALUES.iter().all(OpenEnum::is_documented));
    }

    #[test]
    fn other_values_survive() {
        for text in ["unknown", "Brandnew", "", "ø"] {
            let json = serde_json::to_string(text).unwrap();
            let state: State = serde_json::from_str(&json).unwrap();
            assert_eq!(state, State::Undocumented(text.to_owned()));
            assert_eq!(serde_json::to_string(&state).unwrap(), json);
        }
        assert!(!State::default().is_documented());
    }

    #[test]
    fn display_pads_like_a_string() {
        assert_eq!(format!("{:>7}", State::Other), "  Other");
    }
}
