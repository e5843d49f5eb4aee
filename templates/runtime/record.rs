//! JSON objects whose properties are known by name: how a struct of this crate
//! is read and written without losing what its fields can't hold.
//!
//! serde's derive makes a visitor, a field enum and a dozen generic functions
//! for each struct, which is most of the time that a crate of types compiles.
//! Here a struct only says which property belongs to which field
//! ([`Record::read`], [`Record::write`]); the visitor exists once.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A struct that stands for a JSON object with documented properties.
///
/// The structs of this crate implement it, and through it serde's
/// `Serialize` and `Deserialize`. Nothing is lost between the two: properties
/// that aren't documented and explicit `null`s are kept in [`Extra`].
///
/// A `null` in the place of the whole object (an element of an array, say) is
/// read as an empty record with [`Extra::is_null`] set, and written as `null`.
pub trait Record: Default + PartialEq {
    /// Name of the documented type.
    const NAME: &'static str;

    /// Wire names of the properties without which the object isn't accepted.
    const REQUIRED: &'static [&'static str] = &[];

    /// Stores the value of the property `name` in its field.
    ///
    /// # Errors
    /// Returns an error if the value doesn't have the documented type.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Incoming<'_, A>,
    ) -> Result<Found, A::Error>;

    /// Hands all fields to `out`, in the order of the documentation.
    fn write<S: SerializeMap>(&self, out: &mut Outgoing<'_, S>);

    /// What the fields can't hold.
    fn extra(&self) -> &Extra;

    /// What the fields can't hold, to change it.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Writes the object, as serde's `Serialize` of each struct.
    ///
    /// # Errors
    /// Returns the first error of the serializer.
    fn serialize_record<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let extra = self.extra();
        // A null record that was given a property since is an object again.
        if extra.is_null() && *self == null_record() {
            return serializer.serialize_unit();
        }
        let mut map = serializer.serialize_map(None)?;
        let mut out = Outgoing {
            map: &mut map,
            extra,
            documented: Vec::new(),
            result: Ok(()),
        };
        self.write(&mut out);
        out.finish()?;
        map.end()
    }

    /// Reads an object, as serde's `Deserialize` of each struct.
    ///
    /// # Errors
    /// Returns an error if it is no object, if a property doesn't have the documented
    /// type, or if a required one is missing.
    fn deserialize_record<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(RecordVisitor(PhantomData))
    }
}

/// Properties of a [`Record`] that its fields can't hold, by wire name.
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
    null: bool,
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

/// What became of a property's value that was read.
#[derive(Debug)]
pub enum Found {
    /// It is in the field.
    Value,
    /// It was `null`, so the field is `None`.
    Null,
    /// No field has that name.
    Unknown(Value),
}

/// The value of a property that waits to be read into a field.
#[derive(Debug)]
pub struct Incoming<'a, A>(&'a mut A);

impl<'de, A: MapAccess<'de>> Incoming<'_, A> {
    /// Reads the value of an optional property.
    ///
    /// # Errors
    /// Returns an error if the value is neither `null` nor a `T`.
    pub fn into<T: Deserialize<'de>>(self, field: &mut Option<T>) -> Result<Found, A::Error> {
        *field = self.0.next_value()?;
        Ok(if field.is_some() {
            Found::Value
        } else {
            Found::Null
        })
    }

    /// Reads the value of a required property.
    ///
    /// # Errors
    /// Returns an error if the value isn't a `T`.
    pub fn into_required<T: Deserialize<'de>>(self, field: &mut T) -> Result<Found, A::Error> {
        *field = self.0.next_value()?;
        Ok(Found::Value)
    }

    /// Keeps the value of a property that isn't documented.
    ///
    /// # Errors
    /// Returns an error if the value isn't JSON.
    pub fn keep(self) -> Result<Found, A::Error> {
        self.0.next_value().map(Found::Unknown)
    }
}

/// The object that a record is being written to.
///
/// It remembers the first error, so that [`Record::write`] is a plain list.
#[derive(Debug)]
pub struct Outgoing<'a, S: SerializeMap> {
    map: &'a mut S,
    extra: &'a Extra,
    /// Names of extra properties that had a field of their own.
    documented: Vec<&'static str>,
    result: Result<(), S::Error>,
}

impl<S: SerializeMap> Outgoing<'_, S> {
    /// Writes an optional property: the field, or else what [`Extra`] has for it.
    pub fn put<T: Serialize>(&mut self, name: &'static str, field: &Option<T>) {
        let extra: &Extra = self.extra;
        let instead = extra.get(name);
        if instead.is_some() {
            self.documented.push(name);
        }
        match (field, instead) {
            (Some(value), _) => self.entry(name, value),
            (None, Some(value)) => self.entry(name, value),
            (None, None) => {}
        }
    }

    /// Writes a required property.
    pub fn put_required<T: Serialize>(&mut self, name: &'static str, field: &T) {
        self.documented.push(name);
        self.entry(name, field);
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.result.is_ok() {
            self.result = self.map.serialize_entry(name, value);
        }
    }

    fn finish(mut self) -> Result<(), S::Error> {
        for (name, value) in self.extra.iter() {
            if !self.documented.contains(&name) {
                self.entry(name, value);
            }
        }
        self.result
    }
}

fn null_record<R: Record>() -> R {
    let mut record = R::default();
    record.extra_mut().null = true;
    record
}

struct RecordVisitor<R>(PhantomData<R>);

impl<'de, R: Record> Visitor<'de> for RecordVisitor<R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", R::NAME)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<R, E> {
        Ok(null_record())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<R, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
        let mut record = R::default();
        let mut missing = R::REQUIRED.to_vec();
        let mut name = String::new();
        while map.next_key_seed(NameInto(&mut name))?.is_some() {
            missing.retain(|required| *required != name);
            match record.read(&name, Incoming(&mut map))? {
                Found::Value => {}
                Found::Null => record.extra_mut().set_null(&name),
                Found::Unknown(value) => {
                    record.extra_mut().insert(&name, value);
                }
            }
        }
        match missing.first() {
            Some(name) => Err(A::Error::missing_field(name)),
            None => Ok(record),
        }
    }
}

/// Reads a property's name into a buffer that the whole object shares.
struct NameInto<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for NameInto<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameInto<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(name);
        Ok(())
    }
}

/// Implements serde's traits for a [`Record`].
macro_rules! record {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::Record::serialize_record(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::Record::deserialize_record(deserializer)
            }
        }

        impl $crate::runtime::Json for $name {}
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Task {
        id: i32,
        name: Option<String>,
        owner: Option<Box<Task>>,
        steps: Option<Vec<Task>>,
        extra: Extra,
    }

    impl Record for Task {
        const NAME: &'static str = "Task";
        const REQUIRED: &'static [&'static str] = &["Id"];

        fn read<'de, A: MapAccess<'de>>(
            &mut self,
            name: &str,
            value: Incoming<'_, A>,
        ) -> Result<Found, A::Error> {
            match name {
                "Id" => value.into_required(&mut self.id),
                "Name" => value.into(&mut self.name),
                "Owner" => value.into(&mut self.owner),
                "Steps" => value.into(&mut self.steps),
                _ => value.keep(),
            }
        }

        fn write<S: SerializeMap>(&self, out: &mut Outgoing<'_, S>) {
            out.put_required("Id", &self.id);
            out.put("Name", &self.name);
            out.put("Owner", &self.owner);
            out.put("Steps", &self.steps);
        }

        fn extra(&self) -> &Extra {
            &self.extra
        }

        fn extra_mut(&mut self) -> &mut Extra {
            &mut self.extra
        }
    }

    record!(Task);

    fn read(json: Value) -> Task {
        serde_json::from_value(json).unwrap()
    }

    fn written(task: &Task) -> Value {
        serde_json::to_value(task).unwrap()
    }

    #[test]
    fn what_comes_in_goes_out() {
        for json in [
            json!({"Id": 1}),
            json!({"Id": 1, "Name": null}),
            json!({"Id": 1, "Name": "a", "Owner": {"Id": 2, "new": [1, {"x": null}]}}),
            json!({"Id": 1, "Steps": [null, {"Id": 2}, null], "null": null}),
            json!(null),
        ] {
            assert_eq!(written(&read(json.clone())), json);
        }
    }

    #[test]
    fn properties_keep_the_order_of_the_documentation() {
        let task: Task = serde_json::from_str(r#"{"b":1,"Name":"n","a":2,"Id":7}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&task).unwrap(),
            r#"{"Id":7,"Name":"n","a":2,"b":1}"#
        );
    }

    #[test]
    fn a_null_is_forgotten_once_the_field_has_a_value() {
        let mut task = read(json!({"Id": 1, "Name": null}));
        assert_eq!(task.extra.get("Name"), Some(&Value::Null));
        task.name = Some("new".into());
        assert_eq!(written(&task), json!({"Id": 1, "Name": "new"}));
    }

    #[test]
    fn extra_can_send_null_and_what_the_documentation_does_not_know() {
        let mut task = Task {
            id: 1,
            ..Task::default()
        };
        task.extra.set_null("Name");
        task.extra.insert("Steps", "all");
        task.extra.insert("Colour", "red");
        let json = json!({"Id": 1, "Name": null, "Steps": "all", "Colour": "red"});
        assert_eq!(written(&task), json);
    }

    #[test]
    fn a_null_record_that_was_filled_is_an_object() {
        let mut task = read(json!(null));
        assert!(task.extra.is_null());
        task.id = 3;
        assert_eq!(written(&task), json!({"Id": 3}));
    }

    #[test]
    fn the_last_of_two_properties_with_one_name_counts() {
        let task: Task = serde_json::from_str(r#"{"Id":1,"Name":null,"Name":"b"}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&task).unwrap(),
            r#"{"Id":1,"Name":"b"}"#
        );
    }

    #[test]
    fn a_missing_required_property_and_a_wrong_type_are_errors() {
        let error = serde_json::from_str::<Task>(r#"{"Name":"a"}"#).unwrap_err();
        assert!(error.to_string().contains("missing field `Id`"), "{error}");
        let error = serde_json::from_str::<Task>(r#"{"Id":1,"Name":2}"#).unwrap_err();
        assert!(error.to_string().contains("expected a string"), "{error}");
        let error = serde_json::from_str::<Task>("[]").unwrap_err();
        assert!(
            error.to_string().contains("expected an object (Task)"),
            "{error}"
        );
    }
}
