//! Changes to an object, as the body of a PATCH.

use serde_json::{Map, Value, json};

use crate::runtime::{DecodeError, Json, OnOdd};

/// Changes to an object, applied in order (JSON Patch, RFC 6902).
///
/// Write them by hand, or compare an object before and after a change with
/// [`between`](Self::between). A path leads to a property or an element, such as
/// `/Address/Lines/0`; `/Lines/-` is the end of an array. In a name, `~1` stands for `/`,
/// and `~0` for `~`.
///
/// ```text
/// let changes = JsonPatch::new().test("/Name", "Old").replace("/Name", "New");
/// client.tasks().patch_task(5, &changes.operations()?).await?;
///
/// let changes = JsonPatch::between(&task, &changed_task)?;
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonPatch(Vec<Value>);

impl JsonPatch {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// The changes from `old` to `new`.
    ///
    /// # Errors
    /// Returns an error if `old` or `new` can't be written as JSON.
    pub fn between<T: Json>(old: &T, new: &T) -> Result<Self, DecodeError> {
        let patch = json_patch::diff(&serde_json::to_value(old)?, &serde_json::to_value(new)?);
        let operations: Result<_, _> = patch.0.iter().map(serde_json::to_value).collect();
        Ok(Self(operations?))
    }

    /// Adds a property, or inserts an element.
    #[must_use]
    pub fn add(self, path: &str, value: impl Into<Value>) -> Self {
        self.and(json!({"op": "add", "path": path, "value": value.into()}))
    }

    /// Replaces a value.
    #[must_use]
    pub fn replace(self, path: &str, value: impl Into<Value>) -> Self {
        self.and(json!({"op": "replace", "path": path, "value": value.into()}))
    }

    /// Removes a property or an element.
    #[must_use]
    pub fn remove(self, path: &str) -> Self {
        self.and(json!({"op": "remove", "path": path}))
    }

    /// Makes all changes fail unless the value at `path` is `value`.
    #[must_use]
    pub fn test(self, path: &str, value: impl Into<Value>) -> Self {
        self.and(json!({"op": "test", "path": path, "value": value.into()}))
    }

    /// Copies the value at `from`.
    #[must_use]
    pub fn copy(self, from: &str, path: &str) -> Self {
        self.and(json!({"op": "copy", "from": from, "path": path}))
    }

    /// Moves the value at `from`.
    #[must_use]
    pub fn move_from(self, from: &str, path: &str) -> Self {
        self.and(json!({"op": "move", "from": from, "path": path}))
    }

    fn and(mut self, operation: Value) -> Self {
        self.0.push(operation);
        self
    }

    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The changes as the type that a call takes, or as `serde_json::Value`s.
    ///
    /// # Errors
    /// Returns an error if the type can't hold such a change.
    pub fn operations<P: Json>(&self) -> Result<Vec<P>, DecodeError> {
        let operations = self.0.iter().cloned();
        operations
            .map(|operation| P::read(operation, OnOdd::Keep)?.map_err(|odd| (*odd).into()))
            .collect()
    }
}

/// The changes from `old` to `new`, as an object of the changed properties (JSON Merge
/// Patch, RFC 7396). A property that was removed or set to `null` is `null`; an array that
/// changed is included as a whole.
///
/// ```text
/// let call = client.tasks().patch_task(5, &[]).json(&merge_patch(&task, &changed_task)?);
/// call.body_as(&MediaType::from("application/merge-patch+json")).await?;
/// ```
///
/// # Errors
/// Returns an error if `old` or `new` can't be written as JSON.
pub fn merge_patch<T: Json>(old: &T, new: &T) -> Result<Value, DecodeError> {
    Ok(changes(
        &serde_json::to_value(old)?,
        &serde_json::to_value(new)?,
    ))
}

fn changes(old: &Value, new: &Value) -> Value {
    let (Value::Object(before), Value::Object(after)) = (old, new) else {
        return new.clone();
    };
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let mut changed: Map<String, Value> = gone.map(|name| (name.clone(), Value::Null)).collect();
    for (name, value) in after {
        match before.get(name) {
            Some(same) if same == value => {}
            Some(other) => {
                changed.insert(name.clone(), changes(other, value));
            }
            None => {
                changed.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Object(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{Extra, object};

    #[derive(Clone, PartialEq)]
    struct Change {
        op: Option<String>,
        path: Option<String>,
        value: Option<String>,
        extra: Extra,
        __non_exhaustive: (),
    }

    object! {
        Change = "Change" {
            optional op: "op",
            optional path: "path",
            optional value: "value",
        }
    }

    /// Objects before and after changes, without `null`s.
    fn changed() -> [(Value, Value); 4] {
        [
            (
                json!({"a": 1, "b": {"c": [1, 2]}}),
                json!({"a": 2, "b": {"c": [1, 3]}}),
            ),
            (
                json!({"a": 1, "b/~": "x"}),
                json!({"b/~": "y", "d": {"e": true}}),
            ),
            (json!({"a": {"b": 1, "c": 2}}), json!({"a": {"c": 2}})),
            (json!({"a": {"b": 1}}), json!({"a": "text"})),
        ]
    }

    #[test]
    fn what_is_found_out_makes_the_new_value_of_the_old_one() {
        for (mut old, new) in changed() {
            let patch = JsonPatch::between(&old, &new).unwrap();
            let patch: json_patch::Patch = serde_json::from_value(Value::Array(patch.0)).unwrap();
            json_patch::patch(&mut old, &patch).unwrap();
            assert_eq!(old, new);
        }
        for (mut old, new) in changed() {
            let patch = merge_patch(&old, &new).unwrap();
            json_patch::merge(&mut old, &patch);
            assert_eq!(old, new);
        }
        let (old, _) = &changed()[0];
        assert!(JsonPatch::between(old, old).unwrap().is_empty());
        assert_eq!(merge_patch(old, old).unwrap(), json!({}));
    }

    #[test]
    fn changes_are_what_a_call_takes() {
        let patch = JsonPatch::new()
            .test("/a", "old")
            .replace("/a", 1)
            .move_from("/b", "/c");
        let changes: Vec<Change> = patch.operations().unwrap();
        assert_eq!(changes[0].value.as_deref(), Some("old"));
        // What the type can't hold is not lost.
        let sent = serde_json::to_value(&changes).unwrap();
        let expected = json!([
            {"op": "test", "path": "/a", "value": "old"},
            {"op": "replace", "path": "/a", "value": 1},
            {"op": "move", "path": "/c", "from": "/b"},
        ]);
        assert_eq!(sent, expected);
        assert!(patch.operations::<i32>().is_err());
    }

    #[test]
    fn a_merge_patch_says_null_of_what_is_gone() {
        let (old, new) = (
            json!({"a": 1, "b": {"c": 1, "d": 2}}),
            json!({"b": {"c": 1}}),
        );
        let patch = merge_patch(&old, &new).unwrap();
        assert_eq!(patch, json!({"a": null, "b": {"d": null}}));
    }
}
