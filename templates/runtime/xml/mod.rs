//! XML, for operations whose pages list it.
//!
//! Pages show JSON, so the form of XML is inferred from the little that they state. A value
//! is an element, and each of its properties is an element with the property's name; the
//! root has the name of the type. Where pages show nothing, this follows Microsoft's
//! serializers:
//!
//! - a list is an element with an element for each item, named after the item's type (`int`,
//!   `string`, `Task`); a list as the root is an `ArrayOfTask`. Repeated elements without a
//!   list around them are read as a list, too;
//! - a `null` is an element with `nil="true"` (XML Schema's, with any prefix), and an absent
//!   value has no element;
//! - a map has an element for each key; pairs of `Key` and `Value` are read as a map, too;
//! - a character that element names can't have is a code such as `_x0020_`.
//!
//! The expected type decides how a value is read: in values of any type, all texts are
//! strings. Namespaces and other attributes are ignored. A document with a DTD is refused,
//! and so is one that is more than 128 levels deep.

mod kind;
mod reading;
mod tree;
mod writing;

pub(crate) use reading::read;
pub(crate) use writing::write;

#[cfg(test)]
mod tests;
