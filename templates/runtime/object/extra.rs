//! Data that the fields of an object can't hold.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Properties of an [`Object`](super::Object) that its fields can't hold, by wire name.
///
/// These are undocumented properties, documented ones whose value isn't of the documented
/// type, and properties that are explicitly `null`. A property in here is written if there
/// is no field of that name, or if the field is `None`, so you can also add undocumented
/// properties here to send them. [`Object::set_null`](super::Object::set_null) sends a
/// documented property as `null`.
///
/// ```text
/// task.extra.insert("customField", "any JSON");
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

/// Empty for most objects. Names may repeat; the last one counts.
#[derive(Clone, Default)]
struct Kept {
    /// Names of fields that are explicitly `null`.
    nulls: Vec<&'static str>,
    /// Values that don't fit their fields.
    odd: Vec<(&'static str, Value)>,
    /// Properties without a field, in the order in which they were read.
    unknown: Vec<(String, Value)>,
    /// Properties that the program added; their names may be those of fields.
    added: BTreeMap<String, Value>,
}

impl Extra {
    /// No properties.
    #[doc(hidden)]
    pub const EMPTY: Self = Self(None);

    /// The value of an extra property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let kept = self.0.as_deref()?;
        let unknown = kept.unknown.iter().rev().find(|(other, _)| other == name);
        self.of_field(name)
            .or_else(|| unknown.map(|(_, value)| value))
    }

    /// Adds a property, or replaces it and returns the former value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let name = name.into();
        let former = self.remove(&name);
        self.kept().added.insert(name, value.into());
        former
    }

    /// Removes a property and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let former = self.get(name).cloned()?;
        let kept = self.kept();
        kept.nulls.retain(|null| *null != name);
        kept.odd.retain(|(odd, _)| *odd != name);
        kept.unknown.retain(|(unknown, _)| unknown != name);
        kept.added.remove(name);
        Some(former)
    }

    /// All extra properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let mut all = BTreeMap::new();
        if let Some(kept) = &self.0 {
            all.extend(kept.nulls.iter().map(|name| (*name, &Value::Null)));
            all.extend(kept.odd.iter().map(|(name, value)| (*name, value)));
            all.extend(kept.unknown.iter().map(|(name, value)| (&**name, value)));
            all.extend(kept.added.iter().map(|(name, value)| (&**name, value)));
        }
        all.into_iter()
    }

    /// Number of extra properties.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no extra property.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The same properties, for an object of another type, whose fields have other names:
    /// all count as added by the program.
    #[allow(dead_code, reason = "an API may have no types that are made of others")]
    pub(crate) fn for_another_type(self) -> Self {
        if self.0.is_none() {
            return self;
        }
        let all = self
            .iter()
            .map(|(name, value)| (name.to_owned(), value.clone()));
        let added = all.collect();
        Self(Some(Box::new(Kept {
            added,
            ..Kept::default()
        })))
    }

    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }

    /// Records that a field is `null`.
    #[inline]
    pub(super) fn keep_null(&mut self, name: &'static str) {
        let kept = self.kept();
        kept.nulls.push(name);
        if !kept.odd.is_empty() {
            kept.odd.retain(|(odd, _)| *odd != name);
        }
    }

    /// Keeps a value that doesn't fit its field.
    #[cold]
    pub(super) fn keep_odd(&mut self, name: &'static str, value: Value) {
        self.forget_odd(name);
        self.kept().odd.push((name, value));
    }

    /// Forgets a value that didn't fit its field.
    pub(super) fn forget_odd(&mut self, name: &str) {
        if let Some(kept) = &mut self.0 {
            kept.odd.retain(|(odd, _)| *odd != name);
        }
    }

    /// Keeps a property that has no field.
    pub(super) fn keep(&mut self, name: String, value: Value) {
        let unknown = &mut self.kept().unknown;
        if unknown.is_empty() {
            // One unknown property is seldom the only one.
            unknown.reserve(8);
        }
        unknown.push((name, value));
    }

    /// Whether there may be a property for a field that is `None`.
    #[inline]
    pub(super) fn has_any(&self) -> bool {
        self.0.is_some()
    }

    /// Whether the program added a property.
    #[inline]
    pub(super) fn has_added(&self) -> bool {
        self.0.as_ref().is_some_and(|kept| !kept.added.is_empty())
    }

    /// The names of the fields that are `null`, in the order in which they were read.
    #[inline]
    pub(super) fn nulls(&self) -> &[&'static str] {
        self.0.as_ref().map_or(&[], |kept| &kept.nulls)
    }

    /// The value kept for a field.
    pub(super) fn of_field(&self, name: &str) -> Option<&Value> {
        let kept = self.0.as_deref()?;
        let odd = || kept.odd.iter().find(|(odd, _)| *odd == name);
        let null = || kept.nulls.contains(&name).then_some(&Value::Null);
        let added = kept.added.get(name);
        added
            .or_else(|| odd().map(|(_, value)| value))
            .or_else(null)
    }

    /// The properties without a field, and those that the program added.
    pub(super) fn others(&self) -> impl Iterator<Item = (&str, &Value)> {
        let kept = self.0.iter();
        kept.flat_map(|kept| {
            let unknown = kept.unknown.iter().map(|(name, value)| (&**name, value));
            unknown.chain(kept.added.iter().map(|(name, value)| (&**name, value)))
        })
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let none = self.0.is_none() && other.0.is_none();
        none || self.iter().eq(other.iter())
    }
}

// JSON has no NaN, so each value equals itself.
impl Eq for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
