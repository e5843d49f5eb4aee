//! XML, for operations whose pages list it.
//!
//! Pages show JSON, so that what XML looks like is inferred from the few words about it. A value
//! is an element, and so is each of its properties, with the property's name; the outermost has
//! the name of the type. The rest is as Microsoft's serializers write it, since nothing shows it:
//!
//! - a list is an element with an element for each of its own, called after their type (`int`,
//!   `string`, `Task`); a list alone is an `ArrayOfTask`. Elements that come again and again
//!   without one around them are read as a list, too;
//! - a `null` is an element with `nil="true"` (XML Schema's, whatever its prefix), and what isn't
//!   there is no element;
//! - a map has an element for each key; pairs of `Key` and `Value` are read as a map, too;
//! - what can't be the name of an element has `_x0020_` and the like in it.
//!
//! Types are told by what is to be read: in values of any type all texts are strings. Namespaces
//! and other attributes aren't looked at. A document with a DTD is refused, and so is one that is
//! more than 128 levels deep.

mod kind;
mod reading;
mod tree;
mod writing;

pub(crate) use reading::read;
pub(crate) use writing::write;

#[cfg(test)]
mod tests;
