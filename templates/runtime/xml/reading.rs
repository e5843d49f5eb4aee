//! Reading XML: a tree of elements, as a deserializer.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use serde::Deserializer;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Error;

use super::kind::{Kind, unescaped};
use crate::runtime::{DecodeError, Json};

/// How deep elements may be in each other, as with JSON.
const DEPTH: usize = 128;

/// Reads a value from XML.
pub(crate) fn read<T: Json>(body: &[u8]) -> Result<T, DecodeError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = std::str::from_utf8(body).map_err(|_| Error::custom("XML has to be in UTF-8"))?;
    let document = parse(text)?;
    let value = T::read(Element::one(document.root_element()))?;
    value.map_err(|odd| (*odd).into())
}

fn parse(text: &str) -> Result<Document<'_>, Error> {
    let document = Document::parse(text.trim_start()).map_err(|error| match error {
        roxmltree::Error::DtdDetected => Error::custom("a DTD isn't accepted"),
        error => Error::custom(format_args!("it isn't XML: {error}")),
    })?;
    // How deep each node is, in the order of the document: the one around it comes first.
    let mut depths: Vec<usize> = Vec::new();
    for node in document.descendants() {
        let around = node.parent().map(|parent| parent.id().get_usize());
        let depth = around.and_then(|id| depths.get(id)).map_or(0, |it| it + 1);
        if depth > DEPTH && node.is_element() {
            let message = format!("elements are more than {DEPTH} levels deep");
            return Err(Error::custom(message));
        }
        depths.push(depth);
    }
    Ok(document)
}

/// A value: an element, or several that a property has.
#[derive(Clone)]
struct Element<'t>(Vec<Node<'t, 't>>);

impl<'t> Element<'t> {
    fn one(node: Node<'t, 't>) -> Self {
        Self(vec![node])
    }

    fn is_nil(&self) -> bool {
        let is_nil = |node: &Node<'_, '_>| {
            let mut attributes = node.attributes();
            attributes.any(|it| it.name() == "nil" && matches!(it.value().trim(), "true" | "1"))
        };
        matches!(&self.0[..], [only] if is_nil(only))
    }

    /// The elements of a list: those in it, or all if it is without one around them.
    fn items(&self) -> Vec<Node<'t, 't>> {
        match &self.0[..] {
            [only] => match children(*only) {
                // A list of one, without an element around it.
                none if none.is_empty() && !text(*only).trim().is_empty() => vec![*only],
                children => children,
            },
            several => several.to_vec(),
        }
    }
}

fn children<'t>(node: Node<'t, 't>) -> Vec<Node<'t, 't>> {
    node.children().filter(Node::is_element).collect()
}

/// The text of an element without those in it.
fn text(node: Node<'_, '_>) -> String {
    let texts = node.children().filter(Node::is_text);
    texts.filter_map(|node| node.text()).collect()
}

/// The properties of an object, each with the elements of its name.
fn properties<'t>(children: Vec<Node<'t, 't>>) -> Vec<(String, Element<'t>)> {
    let mut order: Vec<(String, Element<'t>)> = Vec::new();
    let mut places = BTreeMap::new();
    for child in children {
        let name = child.tag_name().name();
        let place = *places.entry(name).or_insert_with(|| {
            order.push((unescaped(name), Element(Vec::new())));
            order.len() - 1
        });
        order[place].1.0.push(child);
    }
    order
}

/// The pairs of a map whose elements have a key and a value each.
fn pairs<'t>(children: &[Node<'t, 't>]) -> Option<Vec<(String, Element<'t>)>> {
    let pair = |node: &Node<'t, 't>| {
        let named = |node: &Node<'_, '_>, name: &str| node.tag_name().name() == name;
        match &self::children(*node)[..] {
            [key, value] if named(key, "Key") && named(value, "Value") => {
                Some((text(*key), Element::one(*value)))
            }
            _ => None,
        }
    };
    let pairs: Option<Vec<_>> = children.iter().map(pair).collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

impl<'de> IntoDeserializer<'de, Error> for Element<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Element<'_> {
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
            let items = self.items().into_iter().map(Element::one);
            return visitor.visit_seq(SeqDeserializer::new(items));
        };
        let (children, text) = (children(only), text(only));
        match kind {
            Kind::Map | Kind::Object(_) if children.is_empty() && !text.trim().is_empty() => {
                visitor.visit_str(&text)
            }
            Kind::Map => {
                let pairs = pairs(&children).unwrap_or_else(|| properties(children));
                visitor.visit_map(MapDeserializer::new(pairs.into_iter()))
            }
            Kind::Object(_) => {
                visitor.visit_map(MapDeserializer::new(properties(children).into_iter()))
            }
            // What has parts isn't a text.
            _ if !children.is_empty() => {
                visitor.visit_map(MapDeserializer::new(properties(children).into_iter()))
            }
            Kind::Boolean => match text.trim() {
                "true" | "1" => visitor.visit_bool(true),
                "false" | "0" => visitor.visit_bool(false),
                _ => visitor.visit_str(&text),
            },
            Kind::Integer(_) => match text.trim().parse() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_str(&text),
            },
            Kind::Number => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => visitor.visit_f64(number),
                _ => visitor.visit_str(&text),
            },
            Kind::Any | Kind::Array | Kind::Text(_) => visitor.visit_str(&text),
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
