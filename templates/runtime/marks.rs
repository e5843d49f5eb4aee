//! Marks on undocumented data, which are present when serde serializes a value.
//!
//! A mark is a newtype struct whose name is the kind of mark. JSON has no newtype structs
//! and writes only their content, so marks don't change what is sent. A serializer that
//! looks for marks, such as the client's for [`Drift`](super::client::Drift), needs no code
//! for each type.

use serde::{Serialize, Serializer};

/// A property that isn't documented.
pub(crate) const UNKNOWN_PROPERTY: &str = "undocumented property";

/// A value of an enumeration, or bits of a set of flags, that aren't documented.
#[allow(dead_code, reason = "an API may have no enumerations")]
pub(crate) const UNKNOWN_VALUE: &str = "undocumented value";

/// A value that isn't of the documented type.
pub(crate) const ODD_VALUE: &str = "value of another type";

/// A value under a mark.
pub(crate) struct Marked<'a, T>(pub &'static str, pub &'a T);

impl<T: Serialize> Serialize for Marked<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(self.0, self.1)
    }
}
