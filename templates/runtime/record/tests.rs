//! What comes in goes out, and what doesn't.

use serde_json::{Value, json};

use super::*;

#[derive(Clone, Default, PartialEq)]
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

#[test]
fn debug_shows_the_object_as_json() {
    let task = read(json!({"Id": 1, "Name": null, "Steps": [null, {"Id": 2}]}));
    assert_eq!(
        format!("{task:?}"),
        r#"Task {"Id":1,"Name":null,"Steps":[null,{"Id":2}]}"#
    );
    assert_eq!(
        format!("{:#?}", task.steps),
        "Some(\n    [\n        Task null,\n        Task {\n          \"Id\": 2\n        },\n    ],\n)"
    );
}
