//! What comes in goes out, and what doesn't.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::*;
use crate::runtime::DateTime;

#[derive(Clone, PartialEq)]
struct Task {
    id: i32,
    name: Option<String>,
    due: Option<DateTime>,
    boss: Option<Box<Task>>,
    steps: Option<Vec<Task>>,
    marks: Option<Vec<Option<i32>>>,
    cost: Option<f64>,
    extra: Extra,
    __non_exhaustive: (),
}

object! {
    Task = "Task" {
        required id: "Id",
        optional name: "Name",
        optional due: "Due",
        nullable boss: "Boss",
        optional steps: "Steps",
        optional marks: "Marks",
        optional cost: "Cost",
    }
}

/// A task with this number, and nothing else.
fn task(id: i32) -> Task {
    Task::empty().with(|task| task.id = id)
}

fn read(json: Value) -> Task {
    serde_json::from_value(json).unwrap()
}

fn written(task: &Task) -> Value {
    serde_json::to_value(task).unwrap()
}

/// What is wrong with JSON that should be a task.
fn error(json: &str) -> String {
    serde_json::from_str::<Task>(json).unwrap_err().to_string()
}

#[test]
fn what_comes_in_goes_out() {
    for json in [
        json!({"Id": 1, "Boss": null}),
        json!({"Id": 1, "Name": null, "Boss": null}),
        json!({"Id": 1, "Name": "a", "Boss": {"Id": 2, "Boss": null, "new": [1, {"x": null}]}}),
        json!({"Id": 1, "Boss": null, "Steps": [{"Id": 2, "Boss": null}], "null": null}),
        json!({"Id": 1, "Boss": null, "Marks": [1, null]}),
    ] {
        assert_eq!(written(&read(json.clone())), json);
    }
}

#[derive(Clone, PartialEq)]
struct Note {
    name: Option<String>,
    text: Option<String>,
    extra: Extra,
    __non_exhaustive: (),
}

object! {
    Note = "Note" {
        optional name: "Name",
        optional text: "Text",
    }
}

#[test]
fn an_object_of_another_type_keeps_what_has_no_field() {
    let json = json!({"Id": 1, "Boss": null, "Name": 5, "Due": null, "Text": "a", "new": [1]});
    let task = read(json);
    let note = Note {
        name: task.name,
        extra: task.extra.for_another_type(),
        ..Note::default()
    };
    let expected = json!({"Name": 5, "Due": null, "Text": "a", "new": [1]});
    assert_eq!(serde_json::to_value(note).unwrap(), expected);
    assert!(Extra::default().for_another_type().is_empty());
}

#[test]
fn odd_values_of_optional_properties_are_kept() {
    for (name, odd) in [
        ("Name", json!(5)),
        ("Due", json!("")),
        ("Steps", json!([{"Id": 2, "Boss": null}, null])),
        ("Steps", json!([{"Id": 2, "Boss": {"Name": "no number"}}])),
        ("Steps", json!({"Id": [1.50]})),
        ("Marks", json!([1, "x", 2])),
        ("Cost", json!({"amount": 1})),
    ] {
        let json = json!({"Id": 1, "Boss": null, name: odd, "Other": true});
        let task = read(json.clone());
        assert_eq!(task.extra.get(name), Some(&odd));
        assert_eq!(task.id, 1);
        assert_eq!(written(&task), json);
    }
}

#[test]
fn what_is_odd_in_a_required_property_is_an_error_that_names_the_place() {
    let expected = "at JSON path `Id`: invalid type: null, expected i32";
    assert_eq!(error(r#"{"Id":null,"Name":"a"}"#), expected);
    let expected = "at JSON path `Boss.Id`: invalid type: string \"x\", expected i32";
    assert_eq!(error(r#"{"Id":1,"Boss":{"Id":"x"}}"#), expected);
    assert_eq!(error(r#"{"Name":"a","Boss":null}"#), "missing field `Id`");
    assert_eq!(error(r#"{"Id":1}"#), "missing field `Boss`");
    let expected = "invalid type: sequence, expected an object (Task)";
    assert_eq!(error("[1, {}]"), expected);
    assert_eq!(
        error("null"),
        "invalid type: null, expected an object (Task)"
    );
}

#[test]
fn odd_values_can_be_refused_wherever_they_are() {
    let refused = |json: &str| {
        let mut json = serde_json::Deserializer::from_str(json);
        let odd = <Task as Json>::read(&mut json, OnOdd::Refuse).unwrap();
        odd.map_err(|odd| odd.to_string()).err()
    };
    for (property, expected) in [
        (
            r#""Name":5"#,
            "`Name`: invalid type: integer `5`, expected a string",
        ),
        (r#""Due":"x","Name":1"#, "`Due`: `x` isn't a date like"),
        (
            r#""Marks":[1,"x"]"#,
            "`Marks[1]`: invalid type: string \"x\", expected i32",
        ),
        (
            r#""Steps":[{"Id":2,"Boss":null},{"Id":3,"Boss":null,"Name":true}]"#,
            "`Steps[1].Name`: invalid type: boolean `true`, expected a string",
        ),
        (
            r#""Name":"a","Name":[]"#,
            "`Name`: invalid type: sequence, expected a string",
        ),
    ] {
        let json = format!(r#"{{"Id":1,"Boss":null,{property}}}"#);
        let found = refused(&json).unwrap();
        let expected = format!("at JSON path {expected}");
        assert!(found.starts_with(&expected), "{found}");
    }
    let expected = "at JSON path `Boss.Name`: invalid type: integer `1`, expected a string";
    let boss = r#"{"Id":1,"Boss":{"Id":2,"Boss":null,"Name":1}}"#;
    assert_eq!(refused(boss).as_deref(), Some(expected));
    // One that is missing hides no other fault.
    assert!(refused(r#"{"Due":1}"#).unwrap().contains("`Due`"));
    for json in [
        r#"{"Id":1,"Boss":null,"Name":null,"Due":null,"Marks":null,"new":{"a":[]}}"#,
        r#"{"Id":1,"Boss":null,"Name":5,"Name":"the last one counts"}"#,
    ] {
        assert_eq!(refused(json), None);
    }
}

#[test]
fn an_object_that_is_refused_is_kept_as_it_came() {
    for json in [
        json!({"Name": "a", "Cost": [1], "new": 1, "Boss": null}),
        json!({"Id": null, "Steps": null, "Boss": {"Id": 1, "Boss": "nobody"}}),
    ] {
        let odd = <Task as crate::runtime::Json>::read(&json, OnOdd::Keep).unwrap();
        assert_eq!(odd.err().unwrap().value, json);
    }
}

#[test]
fn properties_keep_the_order_of_the_documentation_and_others_that_of_the_input() {
    let task: Task =
        serde_json::from_str(r#"{"b":1,"Boss":null,"Name":"n","a":2,"Id":7}"#).unwrap();
    assert_eq!(
        serde_json::to_string(&task).unwrap(),
        r#"{"Id":7,"Name":"n","Boss":null,"b":1,"a":2}"#
    );
}

#[test]
fn names_may_be_written_with_escapes() {
    let task: Task = serde_json::from_str(r#"{"I\u0064":1,"Boss":null,"\"new\"":2}"#).unwrap();
    assert_eq!(written(&task), json!({"Id": 1, "Boss": null, "\"new\"": 2}));
}

#[test]
fn a_null_is_forgotten_once_the_field_has_a_value() {
    let mut task = read(json!({"Id": 1, "Boss": null, "Name": null}));
    assert_eq!(task.extra.get("Name"), Some(&Value::Null));
    assert!(task.is_null("Name"));
    task.name = Some("new".into());
    assert!(!task.is_null("Name"));
    assert_eq!(
        written(&task),
        json!({"Id": 1, "Boss": null, "Name": "new"})
    );
}

#[test]
fn a_null_can_be_set_where_it_may_stand() {
    let mut task = task(1).with(|task| task.name = Some("a".into()));
    task.set_null("Name").unwrap();
    task.set_null("Boss").unwrap();
    task.set_null("Unknown").unwrap();
    let json = json!({"Id": 1, "Name": null, "Boss": null, "Unknown": null});
    assert_eq!((task.name.as_ref(), written(&task)), (None, json));
    assert!(task.is_null("Name") && task.is_null("Boss") && !task.is_null("Due"));

    let error = task.set_null("Id").unwrap_err().to_string();
    assert_eq!(error, "at JSON path `Id`: invalid type: null, expected i32");
    assert_eq!((task.id, task.extra.get("Id")), (1, None));

    assert_eq!(task.extra.remove("Name"), Some(Value::Null));
    assert_eq!(
        written(&task),
        json!({"Id": 1, "Boss": null, "Unknown": null})
    );
}

#[test]
fn extra_can_send_null_and_what_the_documentation_does_not_know() {
    let mut task = task(1);
    task.extra.insert("Name", Value::Null);
    task.extra.insert("Steps", "all");
    task.extra.insert("Colour", "red");
    task.extra.insert("Id", 2);
    let json = json!({"Id": 1, "Name": null, "Boss": null, "Steps": "all", "Colour": "red"});
    assert_eq!(written(&task), json);
}

#[test]
fn equal_objects_have_the_same_nulls_in_whatever_order() {
    let (a, b) = (
        r#"{"Id":1,"Boss":null,"Name":null,"Due":null}"#,
        r#"{"Due":null,"Name":null,"Boss":null,"Id":1}"#,
    );
    let (a, b): (Task, Task) = (
        serde_json::from_str(a).unwrap(),
        serde_json::from_str(b).unwrap(),
    );
    assert!(a == b && written(&a) == written(&b));
    let mut by_hand = task(1);
    by_hand.extra.insert("Due", Value::Null);
    assert!(by_hand != a);
    by_hand.extra.insert("Name", Value::Null);
    assert!(by_hand == a);
}

#[test]
fn the_last_of_two_properties_with_one_name_counts() {
    let twice = |second| format!(r#"{{"Id":1,"Id":2,"Boss":null,"Name":null,"Name":{second}}}"#);
    let task: Task = serde_json::from_str(&twice("\"b\"")).unwrap();
    assert_eq!(written(&task), json!({"Id": 2, "Name": "b", "Boss": null}));
    let task: Task = serde_json::from_str(&twice("null")).unwrap();
    assert_eq!(
        serde_json::to_string(&task).unwrap(),
        r#"{"Id":2,"Name":null,"Boss":null}"#
    );
    let task: Task = serde_json::from_str(r#"{"Boss":null,"Id":"x","Id":2}"#).unwrap();
    assert_eq!(written(&task), json!({"Id": 2, "Boss": null}));
}

#[test]
fn a_number_that_is_not_finite_is_an_error() {
    let task = task(1).with(|task| task.cost = Some(f64::NAN));
    let error = serde_json::to_string(&task).unwrap_err().to_string();
    assert!(
        error.contains("`Cost` has a number that isn't finite"),
        "{error}"
    );
}

#[derive(Deserialize, Serialize)]
struct Mine {
    mine: i32,
    #[serde(flatten)]
    task: Task,
    #[serde(flatten)]
    other: Option<Task>,
    all: BTreeMap<String, Task>,
}

#[test]
fn objects_are_parts_of_types_of_others() {
    let json = json!({
        "mine": 1,
        "Id": 2, "Boss": null, "Name": null, "Cost": "much",
        "all": {"a": {"Id": 3, "Boss": null}},
    });
    let text = json.to_string();
    for mine in [
        serde_json::from_str::<Mine>(&text),
        serde_json::from_value(json.clone()),
    ] {
        let mine = mine.unwrap();
        assert_eq!((mine.task.id, mine.all["a"].id), (2, 3));
        assert_eq!(written(&mine.task)["Cost"], json!("much"));
        assert_eq!(mine.other.as_ref().unwrap().id, 2);
    }
}

#[test]
fn debug_shows_the_object_as_json() {
    let task = read(json!({"Id": 1, "Name": null, "Boss": null, "Marks": [null]}));
    assert_eq!(
        format!("{task:?}"),
        r#"Task {"Id":1,"Name":null,"Boss":null,"Marks":[null]}"#
    );
    let pretty = "Some(\n    Task {\n      \"Id\": 1,\n      \"Boss\": null\n    },\n)";
    assert_eq!(format!("{:#?}", Some(self::task(1))), pretty);
}
