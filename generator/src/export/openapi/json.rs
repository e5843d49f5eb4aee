//! JSON that borrows from the model: most of a document are keys that never
//! change and words that are there already, and copying them took longer than
//! all else.

use std::borrow::Cow;

use serde::{Serialize, ser::SerializeMap};
use serde_json::Value;

use crate::model::Provenance;

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
