//! JSON that borrows from the model: most of a document are keys that never
//! change and words that are there already, and copying them took longer than
//! all else.

use std::{borrow::Cow, io};

use serde::{Serialize, ser::SerializeMap};
use serde_json::{
    Serializer, Value,
    ser::{Formatter, PrettyFormatter},
};

use crate::model::Provenance;

/// How long the text of an operation usually is, in bytes.
const USUAL: usize = 8 << 10;

/// A JSON value.
pub enum Node<'a> {
    Bool(bool),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Object<'a>),
    /// A sample's value.
    Sample(&'a Value),
    /// A place on a page.
    Place(&'a Provenance),
}

/// A JSON object; members stand in the order in which they were added.
#[derive(Default)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

impl<'a> Object<'a> {
    pub fn new() -> Self {
        Self::default()
    }

    /// An object of these members.
    pub fn of<const N: usize>(members: [(&'a str, Node<'a>); N]) -> Self {
        members.into_iter().collect()
    }

    /// Adds a member with a key that the object doesn't have yet.
    pub fn insert(&mut self, key: impl Into<Cow<'a, str>>, node: impl Into<Node<'a>>) {
        self.0.push((key.into(), node.into()));
    }

    /// Adds a member, in place of one with the same key.
    pub fn set(&mut self, key: &'a str, node: impl Into<Node<'a>>) {
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = node.into(),
            None => self.insert(key, node),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'a, K: Into<Cow<'a, str>>> FromIterator<(K, Node<'a>)> for Object<'a> {
    fn from_iter<I: IntoIterator<Item = (K, Node<'a>)>>(members: I) -> Self {
        let members = members.into_iter();
        Self(members.map(|(key, node)| (key.into(), node)).collect())
    }
}

impl From<bool> for Node<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for Node<'a> {
    fn from(words: &'a str) -> Self {
        Self::Text(words.into())
    }
}

impl From<String> for Node<'_> {
    fn from(words: String) -> Self {
        Self::Text(words.into())
    }
}

impl<'a> From<Object<'a>> for Node<'a> {
    fn from(object: Object<'a>) -> Self {
        Self::Object(object)
    }
}

impl<'a, T: Into<Node<'a>>> From<Vec<T>> for Node<'a> {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

impl<'a, T: Into<Node<'a>>> FromIterator<T> for Node<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => output.serialize_bool(*value),
            Self::Text(words) => output.serialize_str(words),
            Self::List(values) => output.collect_seq(values),
            Self::Object(object) => {
                let mut members = output.serialize_map(Some(object.0.len()))?;
                for (key, node) in &object.0 {
                    members.serialize_entry(key, node)?;
                }
                members.end()
            }
            Self::Sample(value) => value.serialize(output),
            Self::Place(place) => place.serialize(output),
        }
    }
}

/// Text that is JSON already, as it stands `depth` objects deep in a document.
/// It is in pieces: a document is made of thousands, and is put together once.
pub struct Written(Vec<String>);

impl Written {
    /// Writes a value for its place `depth` objects deep.
    ///
    /// # Errors
    /// Those of the JSON writer.
    pub fn new(node: &Node<'_>, depth: usize) -> serde_json::Result<Self> {
        let mut formatter = PrettyFormatter::new();
        for _ in 0..depth {
            // The formatter counts how deep it is, which is all that matters here.
            let opened = formatter.begin_object(&mut io::sink());
            opened.map_err(serde_json::Error::io)?;
        }
        let mut text = Vec::with_capacity(USUAL);
        node.serialize(&mut Serializer::with_formatter(&mut text, formatter))?;
        // The JSON writer writes UTF-8 only.
        Ok(Self(vec![String::from_utf8(text).unwrap_or_default()]))
    }

    /// An object of members that are written one object deeper than `depth`.
    ///
    /// # Errors
    /// Those of the JSON writer.
    pub fn object<'k>(
        members: impl IntoIterator<Item = (&'k str, Self)>,
        depth: usize,
    ) -> serde_json::Result<Self> {
        let mut pieces = vec!["{".to_owned()];
        let indent = "  ".repeat(depth);
        for (at, (key, Self(member))) in members.into_iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let key = serde_json::to_string(key)?;
            pieces.push(format!("{comma}\n{indent}  {key}: "));
            pieces.extend(member);
        }
        pieces.push(match pieces.len() {
            1 => "}".to_owned(),
            _ => format!("\n{indent}}}"),
        });
        Ok(Self(pieces))
    }

    /// The text, with a line break at its end.
    pub fn into_text(mut self) -> String {
        self.0.push("\n".to_owned());
        self.0.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_as_if_they_stood_in_the_whole() {
        let whole = serde_json::json!({ "a": { "b \"c\"": { "d": [true, {}] } }, "e": {} });
        let part = Object::of([("d", Node::List(vec![true.into(), Object::new().into()]))]);
        let part = Written::new(&part.into(), 2).unwrap();
        let a = Written::object([("b \"c\"", part)], 1).unwrap();
        let e = Written::object([], 1).unwrap();
        let written = Written::object([("a", a), ("e", e)], 0).unwrap();
        assert_eq!(
            written.into_text(),
            serde_json::to_string_pretty(&whole).unwrap() + "\n"
        );
    }
}
