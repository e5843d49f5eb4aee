//! With serde_json's feature `arbitrary_precision`, as the README of the generated crate says.

use serde::{Deserialize, Serialize};
use superoffice_webapi::Payload;
use superoffice_webapi::batch_task::{BatchTaskInfo, ODataSlimResponse};

#[derive(Serialize, Deserialize)]
struct Noted {
    note: i32,
    #[serde(flatten)]
    task: BatchTaskInfo,
}

const TASK: &str =
    r#""Id":7,"Big":123456789012345678901234567890,"Small":0.1000000000000000000001}"#;

#[test]
fn undocumented_numbers_keep_their_digits() {
    let text = format!("{{{TASK}");
    let task = BatchTaskInfo::decode(text.as_bytes()).unwrap();
    assert_eq!(task.id, Some(7));
    assert_eq!(task.encode().unwrap(), text);
}

#[test]
fn so_they_do_within_another_object() {
    let text = format!(r#"{{"note":1,{TASK}"#);
    let noted: Noted = serde_json::from_str(&text).unwrap();
    assert_eq!(noted.task.id, Some(7));
    assert_eq!(serde_json::to_string(&noted).unwrap(), text);
}

#[test]
fn and_in_rows_without_a_documented_type() {
    let text = r#"{"value":[{"a":-123456789012345678901234567890}]}"#;
    let rows = ODataSlimResponse::decode(text.as_bytes()).unwrap();
    assert_eq!(rows.encode().unwrap(), text);
}

#[test]
fn documented_numbers_are_read_as_without_it() {
    let task = |json: &str| BatchTaskInfo::decode(json.as_bytes()).unwrap();
    assert_eq!(task(r#"{"Id":1.0}"#).id, Some(1));
    assert_eq!(task(r#"{"Id":1e2}"#).id, Some(100));
    assert_eq!(i32::decode(b"1.0").unwrap(), 1);
    let text = r#"{"Id":123456789012345678901234567890}"#;
    let value = serde_json::from_str(text).unwrap();
    let from_value: BatchTaskInfo = serde_json::from_value(value).unwrap();
    for task in [task(text), from_value] {
        assert_eq!(task.id, None);
        assert_eq!(task.encode().unwrap(), text);
    }
    let error = i32::decode(b"1.5").unwrap_err().to_string();
    assert!(
        error.contains("floating point `1.5`, expected i32"),
        "{error}"
    );
}

#[test]
fn xml_has_them_as_numbers() {
    let text = r#"{"Id":7,"Rate":5.5,"Big":123456789012345678901234567890}"#;
    let task = BatchTaskInfo::decode(text.as_bytes()).unwrap();
    let xml = String::from_utf8(task.encode_xml().unwrap().to_vec()).unwrap();
    assert!(xml.contains("<Rate>5.5</Rate>"), "{xml}");
    assert!(
        xml.contains("<Big>123456789012345678901234567890</Big>"),
        "{xml}"
    );
}
