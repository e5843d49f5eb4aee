//! Request bodies without the properties that only responses have.

use serde::ser::{Error, Serialize, Serializer};

use crate::runtime::{Object, WriteJson};

/// An object without some of its properties, or a slice of such objects.
///
/// ```text
/// call.json(&Without(&task, &["Owner"]))
/// ```
#[derive(Debug)]
pub struct Without<'a, T: ?Sized>(pub &'a T, pub &'a [&'a str]);

impl<T: Object + Clone> Serialize for Without<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A copy, so that writing other objects isn't slower.
        let mut rest = self.0.clone();
        for name in self.1 {
            rest.set_null(name).map_err(S::Error::custom)?;
            rest.extra_mut().remove(name);
        }
        rest.serialize(serializer)
    }
}

impl<T: Object + Clone> Serialize for Without<'_, [T]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|object| Without(object, self.1)))
    }
}

impl<'a, T: WriteJson + ?Sized> WriteJson for Without<'a, T>
where
    Without<'a, T>: Serialize,
{
    #[cfg(feature = "xml")]
    fn to_xml(json: &[u8]) -> Result<bytes::Bytes, serde_json::Error> {
        T::to_xml(json)
    }

    // Objects check their own numbers when they are written.
    fn is_finite(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::json::Empty;
    use crate::runtime::{Extra, object};

    #[derive(Clone, PartialEq)]
    struct Raft {
        name: Option<String>,
        links: Option<Vec<String>>,
        extra: Extra,
        __non_exhaustive: (),
    }

    object! {
        Raft = "Raft" {
            optional name: "Name",
            optional links: "_Links",
        }
    }

    #[derive(Clone, PartialEq)]
    struct Buoy {
        number: i32,
        extra: Extra,
        __non_exhaustive: (),
    }

    object! {
        Buoy = "Buoy" {
            required number: "Number",
        }
    }

    #[test]
    fn what_was_read_is_written_without_what_only_responses_have() {
        let sent = |json: &str| {
            let raft: Raft = serde_json::from_str(json).unwrap();
            serde_json::to_string(&Without(&raft, &["_Links"])).unwrap()
        };
        let raft = r#"{"Name":"a","_Links":["b"],"Colour":"red"}"#;
        assert_eq!(sent(raft), r#"{"Name":"a","Colour":"red"}"#);
        // A value of another type, and an explicit `null`, are no less of a response.
        assert_eq!(sent(r#"{"Name":null,"_Links":1}"#), r#"{"Name":null}"#);
        assert_eq!(sent(r#"{"_Links":null}"#), "{}");
    }

    #[test]
    fn what_has_to_be_there_cannot_be_left_out() {
        let buoy = Buoy {
            number: 7,
            ..Empty::empty()
        };
        let error = serde_json::to_string(&Without(&buoy, &["Number"])).unwrap_err();
        assert!(error.to_string().contains("Number"), "{error}");
    }

    #[test]
    fn each_object_of_a_list_is_written_so() {
        let rafts: Vec<Raft> = serde_json::from_str(r#"[{"_Links":[]},{"Name":"a"}]"#).unwrap();
        let body = serde_json::to_string(&Without(&rafts[..], &["_Links"])).unwrap();
        assert_eq!(body, r#"[{},{"Name":"a"}]"#);
    }
}
