//! Reading XML: a tree of elements, as a deserializer.

use std::collections::BTreeMap;

use serde::Deserializer;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Error;

use super::kind::{Kind, unescaped};
use super::tree::{Element, parse};
use crate::runtime::{DecodeError, Json, OnOdd};

/// Reads a value from XML.
pub(crate) fn read<T: Json>(body: &[u8], on_odd: OnOdd) -> Result<T, DecodeError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = std::str::from_utf8(body).map_err(|_| Error::custom("XML has to be in UTF-8"))?;
    let root = parse(text)?;
    let value = T::read(Elements(vec![&root]), on_odd)?;
    value.map_err(|odd| (*odd).into())
}

/// A value: an element, or the several elements of a property.
struct Elements<'t>(Vec<&'t Element>);

impl<'t> Elements<'t> {
    fn is_nil(&self) -> bool {
        matches!(&self.0[..], [only] if only.is_nil)
    }

    /// The items of a list: the children of its one element, or else all elements.
    fn items(&self) -> Vec<&'t Element> {
        match &self.0[..] {
            // A list of one item, without an element around it.
            [only] if only.children.is_empty() && !only.text.trim().is_empty() => vec![*only],
            [only] => only.children.iter().collect(),
            several => several.to_vec(),
        }
    }
}

/// The properties of an object, each with its elements.
fn properties(object: &Element) -> Vec<(String, Elements<'_>)> {
    let mut order: Vec<(String, Elements<'_>)> = Vec::new();
    let mut places = BTreeMap::new();
    for child in &object.children {
        let place = *places.entry(&child.name).or_insert_with(|| {
            order.push((unescaped(&child.name), Elements(Vec::new())));
            order.len() - 1
        });
        order[place].1.0.push(child);
    }
    order
}

/// The pairs of a map whose elements have a key and a value each.
fn pairs(map: &Element) -> Option<Vec<(String, Elements<'_>)>> {
    let pairs = map.children.iter().map(|pair| match &pair.children[..] {
        [key, value] if key.name == "Key" && value.name == "Value" => {
            Some((key.text.clone(), Elements(vec![value])))
        }
        _ => None,
    });
    let pairs: Option<Vec<_>> = pairs.collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

impl<'de> IntoDeserializer<'de, Error> for Elements<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Elements<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_nil() {
            return visitor.visit_unit();
        }
        let kind = Kind::of(&visitor);
        let only = match (&kind, &self.0[..]) {
            (Kind::Array, _) => None,
            (_, [only]) => Some(*only),
            _ => None,
        };
        let Some(only) = only else {
            let items = self.items().into_iter().map(|item| Elements(vec![item]));
            return visitor.visit_seq(SeqDeserializer::new(items));
        };
        let text = only.text.as_str();
        match kind {
            Kind::Map | Kind::Object(_) if only.children.is_empty() && !text.trim().is_empty() => {
                visitor.visit_str(text)
            }
            Kind::Map => {
                let pairs = pairs(only).unwrap_or_else(|| properties(only));
                visitor.visit_map(MapDeserializer::new(pairs.into_iter()))
            }
            // An element with children isn't a text.
            kind if matches!(kind, Kind::Object(_)) || !only.children.is_empty() => {
                visitor.visit_map(MapDeserializer::new(properties(only).into_iter()))
            }
            Kind::Boolean => match text.trim() {
                "true" | "1" => visitor.visit_bool(true),
                "false" | "0" => visitor.visit_bool(false),
                _ => visitor.visit_str(text),
            },
            Kind::Integer(_) => match text.trim().parse() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_str(text),
            },
            Kind::Number => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => visitor.visit_f64(number),
                _ => visitor.visit_str(text),
            },
            Kind::Any | Kind::Array | Kind::Object(_) | Kind::Text(_) => visitor.visit_str(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.is_nil() {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
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
