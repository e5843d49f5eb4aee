//! What the fields of a record can't hold.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Properties of a [`Record`](super::Record) that its fields can't hold, by wire name.
///
/// That is every property that isn't documented, and documented ones that are
/// explicitly `null`. A property in here is written when the field of that name
/// is `None` (or when there is no such field), so it is also the way to send
/// what the documentation doesn't know:
///
/// ```text
/// task.extra.insert("customField", "any JSON");
/// task.extra.set_null("Description"); // with `task.description == None`
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Extra {
    properties: BTreeMap<String, Value>,
    pub(super) null: bool,
}

impl Extra {
    /// The value of an extra property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.properties.get(name)
    }

    /// Adds a property, or replaces it and returns the former value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.properties.insert(name.into(), value.into())
    }

    /// Removes a property and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.properties.remove(name)
    }

    /// Has the property written as an explicit `null` while its field is `None`.
    pub fn set_null(&mut self, name: impl Into<String>) {
        self.insert(name, Value::Null);
    }

    /// All extra properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.properties
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Number of extra properties.
    pub fn len(&self) -> usize {
        self.properties.len()
    }

    /// Whether there is no extra property.
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty()
    }

    /// Whether the whole object was `null`.
    pub fn is_null(&self) -> bool {
        self.null
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.null {
            return f.write_str("null");
        }
        f.debug_map().entries(self.iter()).finish()
    }
}
