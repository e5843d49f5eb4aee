//! Sets of flags, each of which is a bit of an integer.

/// Implements the methods and traits of a set of flags: a struct around an `i64` with a
/// constant for each flag. Undocumented bits are kept.
///
/// ```text
/// flags! {
///     Rights = "Rights" {
///         READ,
///         WRITE,
///     }
/// }
/// ```
macro_rules! flags {
    ($name:ident = $wire:literal { $($flag:ident,)* }) => {
        impl $name {
            /// The documented flags, by name, in the order of the documentation.
            pub const FLAGS: &'static [(&'static str, Self)] =
                &[$((stringify!($flag), Self::$flag),)*];

            /// The set with these bits, documented or not.
            pub const fn from_bits(bits: i64) -> Self {
                Self(bits)
            }

            /// The number that is sent and received.
            pub const fn bits(self) -> i64 {
                self.0
            }

            /// Whether no flag is set.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Whether all of these flags are set.
            pub const fn contains(self, flags: Self) -> bool {
                self.0 & flags.0 == flags.0
            }

            /// Sets these flags.
            pub fn insert(&mut self, flags: Self) {
                self.0 |= flags.0;
            }

            /// Clears these flags.
            pub fn remove(&mut self, flags: Self) {
                self.0 &= !flags.0;
            }
        }

        impl std::ops::BitOr for $name {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl From<i64> for $name {
            fn from(bits: i64) -> Self {
                Self(bits)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, std::num::ParseIntError> {
                text.parse().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        /// The names of the flags that are set, and the bits that have no name.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::flags::debug($wire, self.0, |shown| {
                    for (name, flag) in Self::FLAGS {
                        shown(name, flag.0);
                    }
                }, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0 & !(0 $(| Self::$flag.0)*) {
                    0 => serializer.serialize_i64(self.0),
                    _ => serializer
                        .serialize_newtype_struct($crate::runtime::marks::UNKNOWN_VALUE, &self.0),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_strictly(deserializer)
            }
        }

        impl $crate::runtime::json::Scalar for $name {
            const EXPECTED: &'static str = $wire;
            const INTEGER: bool = true;

            fn from_integer(bits: i64) -> Option<Self> {
                Some(Self(bits))
            }
        }

        impl $crate::runtime::Json for $name {
            fn read<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
                _: $crate::runtime::OnOdd,
            ) -> Result<$crate::runtime::json::Reading<Self>, D::Error> {
                $crate::runtime::json::read_scalar(deserializer)
            }
        }

        #[cfg(feature = "client")]
        $crate::runtime::client::parameter_value!($name);

        #[cfg(feature = "server")]
        $crate::runtime::server::flags_parameter!($name);
    };
}
pub(crate) use flags;

/// Shows a set as `Rights(READ | WRITE | 0x10)`; compiled once, not for each set.
#[allow(dead_code, reason = "an API may have no flags")]
pub(crate) fn debug(
    name: &str,
    bits: i64,
    flags: impl Fn(&mut dyn FnMut(&str, i64)),
    f: &mut std::fmt::Formatter<'_>,
) -> std::fmt::Result {
    let (mut rest, mut names) = (bits, Vec::new());
    flags(&mut |name, flag| {
        if flag != 0 && bits & flag == flag {
            rest &= !flag;
            names.push(name.to_owned());
        }
    });
    if rest != 0 || names.is_empty() {
        names.push(format!("{rest:#x}"));
    }
    write!(f, "{name}({})", names.join(" | "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[derive(Clone, Copy, Default, PartialEq, Eq)]
    struct Rights(i64);

    impl Rights {
        const NONE: Self = Self(0);
        const READ: Self = Self(1);
        const WRITE: Self = Self(2);
    }

    flags! {
        Rights = "Rights" {
            NONE,
            READ,
            WRITE,
        }
    }

    #[test]
    fn flags_are_set_and_taken_away() {
        let mut rights = Rights::READ | Rights::WRITE;
        assert!(rights.contains(Rights::READ) && rights.contains(Rights::NONE));
        rights.remove(Rights::READ);
        assert_eq!(rights, Rights::WRITE);
        rights.insert(Rights::READ);
        assert_eq!(rights, Rights::from_bits(3));
        assert_eq!(rights.bits(), 3);
        assert!(Rights::default().is_empty());
    }

    #[test]
    fn bits_that_are_not_documented_survive() {
        let rights: Rights = serde_json::from_value(json!(19)).unwrap();
        assert_eq!(format!("{rights:?}"), "Rights(READ | WRITE | 0x10)");
        assert_eq!(format!("{:?}", Rights::NONE), "Rights(0x0)");
        assert_eq!(serde_json::to_value(rights).unwrap(), json!(19));
        assert_eq!("19".parse(), Ok(rights));
        assert!(serde_json::from_value::<Rights>(json!("READ")).is_err());
    }
}
