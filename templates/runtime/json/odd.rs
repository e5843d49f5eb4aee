//! Values that aren't of the documented type.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Reading;

/// A value that isn't of the documented type.
#[derive(Clone, Debug, PartialEq)]
pub struct Odd {
    /// The value, unchanged.
    pub value: Value,
    /// What is wrong with it.
    pub reason: String,
    path: String,
}

impl Odd {
    pub(crate) fn new(value: Value, reason: String) -> Self {
        let path = String::new();
        Self {
            value,
            reason,
            path,
        }
    }

    /// JSON path of the fault: `Items[3].Name`, or `.` for the whole value.
    pub fn path(&self) -> &str {
        match self.path.as_str() {
            "" => ".",
            path => path,
        }
    }

    /// Puts the name of a property, or an element such as `[3]`, before the path.
    pub(crate) fn within(mut self, outer: &str) -> Self {
        let dot = !self.path.is_empty() && !self.path.starts_with('[') && !outer.is_empty();
        self.path = [outer, if dot { "." } else { "" }, &self.path].concat();
        self
    }

    /// The same fault, in the value that contains this one.
    pub(crate) fn of(self, whole: Value) -> Box<Self> {
        Box::new(Self {
            value: whole,
            ..self
        })
    }
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at JSON path `{}`: ", self.path)?;
        }
        f.write_str(&self.reason)
    }
}

/// Accepts any value, and reports that it isn't the expected one.
pub(crate) struct OddVisitor<'a>(pub &'a dyn serde::de::Expected);

impl OddVisitor<'_> {
    /// Reports a value of another type.
    pub(crate) fn of_type(&self, found: Unexpected<'_>, value: impl Into<Value>) -> Box<Odd> {
        let reason = format!("invalid type: {}, expected {}", Found(found), self.0);
        Box::new(Odd::new(value.into(), reason))
    }

    /// Reports a value of the right type that isn't allowed.
    pub(crate) fn of_value(&self, found: Unexpected<'_>, value: impl Into<Value>) -> Box<Odd> {
        let reason = format!("invalid value: {found}, expected {}", self.0);
        Box::new(Odd::new(value.into(), reason))
    }

    pub(crate) fn null(&self) -> Box<Odd> {
        self.of_type(Unexpected::Unit, Value::Null)
    }

    pub(crate) fn sequence<'de, A: SeqAccess<'de>>(
        &self,
        mut seq: A,
    ) -> Result<Box<Odd>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(self.of_type(Unexpected::Seq, Value::Array(values)))
    }

    pub(crate) fn map<'de, A: MapAccess<'de>>(&self, map: A) -> Result<Box<Odd>, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        // With serde_json's feature `arbitrary_precision`, numbers are maps.
        let found = match value {
            Value::Number(_) => Unexpected::Other("number"),
            _ => Unexpected::Map,
        };
        Ok(self.of_type(found, value))
    }
}

impl<'de> Visitor<'de> for OddVisitor<'_> {
    type Value = Box<Odd>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Box<Odd>, E> {
        Ok(self.of_type(Unexpected::Bool(value), value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Box<Odd>, E> {
        Ok(self.of_type(Unexpected::Signed(value), value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Box<Odd>, E> {
        Ok(self.of_type(Unexpected::Unsigned(value), value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Box<Odd>, E> {
        Ok(self.of_type(Unexpected::Float(value), value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Box<Odd>, E> {
        Ok(self.of_type(Unexpected::Str(value), value))
    }

    fn visit_unit<E>(self) -> Result<Box<Odd>, E> {
        Ok(self.null())
    }

    fn visit_none<E>(self) -> Result<Box<Odd>, E> {
        Ok(self.null())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Box<Odd>, A::Error> {
        self.sequence(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Box<Odd>, A::Error> {
        self.map(map)
    }
}

/// Shows `null` by its name in JSON.
struct Found<'a>(Unexpected<'a>);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            other => other.fmt(f),
        }
    }
}

/// Reads the rest of an array with an odd element. The elements before it are turned back
/// into JSON, to keep the array as a whole.
pub(super) fn odd_sequence<'de, T: Serialize, A: SeqAccess<'de>>(
    before: &[T],
    odd: Odd,
    mut seq: A,
) -> Result<Box<Odd>, A::Error> {
    let mut values = Vec::with_capacity(before.len() + 1);
    for element in before {
        values.push(serde_json::to_value(element).map_err(A::Error::custom)?);
    }
    let mut odd = odd.within(&format!("[{}]", before.len()));
    values.push(odd.value.take());
    while let Some(value) = seq.next_element()? {
        values.push(value);
    }
    Ok(odd.of(Value::Array(values)))
}

/// Like [`odd_sequence`], for a map.
pub(super) fn odd_map<'de, T: Serialize, A: MapAccess<'de>>(
    before: &BTreeMap<String, T>,
    (name, odd): (String, Odd),
    mut map: A,
) -> Result<Reading<BTreeMap<String, T>>, A::Error> {
    let mut values = serde_json::Map::new();
    for (name, value) in before {
        let value = serde_json::to_value(value).map_err(A::Error::custom)?;
        values.insert(name.clone(), value);
    }
    let mut odd = odd.within(&name);
    values.insert(name, odd.value.take());
    while let Some((name, value)) = map.next_entry()? {
        values.insert(name, value);
    }
    Ok(Err(odd.of(Value::Object(values))))
}
