//! Writing XML: JSON is converted, with the names that its type provides.

use std::fmt;

use bytes::Bytes;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::{Error, Value};

use super::kind::{Kind, escaped};
use crate::runtime::{Json, OnOdd};

/// The declaration of the namespace of `nil`.
const NIL: &str = " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"";

/// Writes JSON of the type `T` as XML.
///
/// The value is read from the JSON again, since its type knows what it expects where: this
/// provides the names of elements that aren't properties.
pub(crate) fn write<T: Json>(json: &[u8]) -> Result<Bytes, Error> {
    let tree: Tree = serde_json::from_slice(json)?;
    let mut content = Written::default();
    let root = Typed {
        tree: &tree,
        name: None,
        out: &mut content,
    };
    let _ = T::read(root, OnOdd::Keep)?;
    let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
    // The root was written first: its name ends at the first of these.
    let end = content.text.find(['>', '/', ' ']).unwrap_or_default();
    let (root, rest) = content.text.split_at(end);
    Ok([declaration, root, NIL, rest].concat().into())
}

/// JSON in its original order.
enum Tree {
    Scalar(Value),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

macro_rules! scalars {
    ($($method:ident: $type:ty),*) => {$(
        fn $method<E>(self, value: $type) -> Result<Tree, E> {
            Ok(Tree::Scalar(Value::from(value)))
        }
    )*};
}

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    scalars!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element()? {
            elements.push(element);
        }
        Ok(Tree::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut properties = Vec::new();
        while let Some(property) = map.next_entry()? {
            properties.push(property);
        }
        // With serde_json's feature `arbitrary_precision`, numbers are maps.
        if let [(name, Tree::Scalar(Value::String(number)))] = &properties[..] {
            if name == "$serde_json::private::Number" {
                let number = serde_json::from_str(number);
                return number.map(Tree::Scalar).map_err(A::Error::custom);
            }
        }
        Ok(Tree::Object(properties))
    }
}

/// The XML that was written so far.
#[derive(Default)]
struct Written {
    text: String,
    /// Name of the last element.
    last: String,
}

impl Written {
    fn null(&mut self, name: &str) {
        self.text.push_str(&format!("<{name} i:nil=\"true\"/>"));
        self.last = name.to_owned();
    }

    fn open(&mut self, name: &str) {
        self.text.push_str(&format!("<{name}>"));
    }

    fn close(&mut self, name: &str) {
        self.text.push_str(&format!("</{name}>"));
        self.last = name.to_owned();
    }

    fn scalar(&mut self, value: &Value) -> Result<(), Error> {
        let Value::String(text) = value else {
            self.text.push_str(&value.to_string());
            return Ok(());
        };
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                // Otherwise parsers turn it into a line feed.
                '\r' => self.text.push_str("&#13;"),
                '\t' | '\n' => self.text.push(c),
                '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {
                    let message = format!("a text has the character {c:?}, which XML can't hold");
                    return Err(Error::custom(message));
                }
                c => self.text.push(c),
            }
        }
        Ok(())
    }
}

/// A JSON value that is written while it is read.
struct Typed<'t, 'o> {
    tree: &'t Tree,
    /// Name of its element; `None` for the name of its type.
    name: Option<&'t str>,
    out: &'o mut Written,
}

impl<'de> Deserializer<'de> for Typed<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let kind = Kind::of(&visitor);
        let name = escaped(self.name.unwrap_or(kind.name()));
        match self.tree {
            Tree::Scalar(Value::Null) => {
                self.out.null(&name);
                visitor.visit_unit()
            }
            Tree::Scalar(value) => {
                self.out.open(&name);
                self.out.scalar(value)?;
                self.out.close(&name);
                value.clone().deserialize_any(visitor)
            }
            Tree::Array(elements) => {
                let begin = self.out.text.len();
                self.out.last = String::new();
                let items = Items {
                    elements: elements.iter(),
                    out: &mut *self.out,
                };
                let value = visitor.visit_seq(items)?;
                // A list as the root is named after the type of its items.
                let name = match self.name {
                    None if !elements.is_empty() => format!("ArrayOf{}", self.out.last),
                    _ => name,
                };
                self.out.text.insert_str(begin, &format!("<{name}>"));
                self.out.close(&name);
                Ok(value)
            }
            Tree::Object(properties) => {
                self.out.open(&name);
                let properties = Properties {
                    properties: properties.iter(),
                    next: None,
                    out: &mut *self.out,
                };
                let value = visitor.visit_map(properties)?;
                self.out.close(&name);
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Tree::Scalar(Value::Null) => {
                self.out.null(&escaped(self.name.unwrap_or("anyType")));
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'t, 'o> {
    elements: std::slice::Iter<'t, Tree>,
    out: &'o mut Written,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(tree) = self.elements.next() else {
            return Ok(None);
        };
        let typed = Typed {
            tree,
            name: None,
            out: &mut *self.out,
        };
        seed.deserialize(typed).map(Some)
    }
}

struct Properties<'t, 'o> {
    properties: std::slice::Iter<'t, (String, Tree)>,
    next: Option<(&'t str, &'t Tree)>,
    out: &'o mut Written,
}

impl<'de> MapAccess<'de> for Properties<'_, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let next = self.properties.next();
        self.next = next.map(|(name, tree)| (name.as_str(), tree));
        let key = self.next.map(|(name, _)| StrDeserializer::new(name));
        key.map(|key| seed.deserialize(key)).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let Some((name, tree)) = self.next.take() else {
            return Err(Error::custom("a value has no name"));
        };
        seed.deserialize(Typed {
            tree,
            name: Some(name),
            out: &mut *self.out,
        })
    }
}
