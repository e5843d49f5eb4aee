//! What the fields of an object can't hold.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Properties of an [`Object`](super::Object) that its fields can't hold, by wire name.
///
/// That is every property that isn't documented, documented ones whose value isn't of the
/// documented type, and those that are explicitly `null`. A property in here is written when
/// the field of that name is `None` (or when there is no such field), so it is also the way
/// to send what the documentation doesn't know:
///
/// ```text
/// task.extra.insert("customField", "any JSON");
/// task.extra.set_null("Description"); // with `task.description == None`
/// ```
#[derive(Clone, Default)]
pub struct Extra {
    /// Names of fields that are explicitly `null`.
    nulls: Vec<&'static str>,
    properties: BTreeMap<String, Value>,
    /// Whether a name among the properties may be that of a field.
    shadows: bool,
}

impl Extra {
    /// The value of an extra property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let is_null = || self.nulls.contains(&name).then_some(&Value::Null);
        self.properties.get(name).or_else(is_null)
    }

    /// Adds a property, or replaces it and returns the former value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let name = name.into();
        self.shadows = true;
        let was_null = self.forget_null(&name);
        self.properties.insert(name, value.into()).or(was_null)
    }

    /// Removes a property and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let was_null = self.forget_null(name);
        self.properties.remove(name).or(was_null)
    }

    /// Has the property written as an explicit `null` while its field is `None`.
    pub fn set_null(&mut self, name: impl Into<String>) {
        self.insert(name, Value::Null);
    }

    /// Whether the property is an explicit `null` while its field is `None`.
    pub fn is_null(&self, name: &str) -> bool {
        self.get(name).is_some_and(Value::is_null)
    }

    /// All extra properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let nulls = self.nulls.iter().map(|name| (*name, &Value::Null));
        let others = self.properties.iter();
        let others = others.map(|(name, value)| (name.as_str(), value));
        nulls.chain(others).collect::<BTreeMap<_, _>>().into_iter()
    }

    /// Number of extra properties.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no extra property.
    pub fn is_empty(&self) -> bool {
        self.nulls.is_empty() && self.properties.is_empty()
    }

    fn forget_null(&mut self, name: &str) -> Option<Value> {
        let at = self.nulls.iter().position(|null| *null == name)?;
        self.nulls.remove(at);
        Some(Value::Null)
    }

    /// Keeps that a field is `null`.
    #[inline]
    pub(super) fn keep_null(&mut self, name: &'static str) {
        if self.shadows {
            self.properties.remove(name);
        }
        self.nulls.push(name);
    }

    /// Keeps a property that has no field.
    pub(super) fn keep(&mut self, name: String, value: Value) {
        self.properties.insert(name, value);
    }

    /// The names of the fields that are `null`, in the order in which they came.
    #[inline]
    pub(super) fn nulls(&self) -> &[&'static str] {
        &self.nulls
    }

    /// The properties that aren't just `null`.
    #[inline]
    pub(super) fn properties(&self) -> &BTreeMap<String, Value> {
        &self.properties
    }

    /// Whether a name among the properties may be that of a field.
    #[inline]
    pub(super) fn shadows(&self) -> bool {
        self.shadows
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let same = self.nulls == other.nulls && self.properties == other.properties;
        same || self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
