//! Bodies that leave out what only responses have.

use serde::ser::{Serialize, Serializer};

use crate::runtime::{Object, WriteJson};

/// A body without some of its properties: an object, or each of a slice of objects.
///
/// ```text
/// call.json(&Without(&task, &["Owner"]))
/// ```
#[derive(Debug)]
pub struct Without<'a, T: ?Sized>(pub &'a T, pub &'a [&'a str]);

impl<T: Object> Serialize for Without<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_object(serializer, self.1)
    }
}

impl<T: Object> Serialize for Without<'_, [T]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|object| Without(object, self.1)))
    }
}

impl<'a, T: ?Sized> WriteJson for Without<'a, T>
where
    Without<'a, T>: Serialize,
{
    // Objects look at their own numbers.
    fn is_finite(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn each_object_of_a_list_is_written_so() {
        let rafts: Vec<Raft> = serde_json::from_str(r#"[{"_Links":[]},{"Name":"a"}]"#).unwrap();
        let body = serde_json::to_string(&Without(&rafts[..], &["_Links"])).unwrap();
        assert_eq!(body, r#"[{},{"Name":"a"}]"#);
    }
}
