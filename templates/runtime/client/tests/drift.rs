//! What responses have that isn't as documented is reported, or an error.

#![allow(dead_code, reason = "types have more methods than these tests need")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::response;
use crate::runtime::client::{Client, Drift, DriftKind, ErrorKind};
use crate::runtime::{
    Authentication, Credentials, Extra, MediaType, Operation, OperationInfo, flags, int_enum,
    object, open_enum, union,
};

#[derive(Clone, Debug, PartialEq)]
enum Colour {
    Red,
    Undocumented(String),
}

open_enum! {
    Colour = "Colour" {
        Red = "red",
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Depth {
    Shallow,
    Undocumented(i64),
}

int_enum! {
    Depth = "Depth" {
        Shallow = 1,
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Rights(i64);

impl Rights {
    const NONE: Self = Self(0);
    const READ: Self = Self(1);
}

flags! {
    Rights = "Rights" {
        NONE,
        READ,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Berth {
    Number(i64),
    Undocumented(Value),
}

union!(Berth = "Berth" {
    Number(i64),
});

#[derive(Clone, PartialEq)]
struct Boat {
    id: i32,
    name: Option<String>,
    colour: Option<Colour>,
    depth: Option<Depth>,
    rights: Option<Rights>,
    berth: Option<Berth>,
    dinghies: Option<Vec<Boat>>,
    tags: Option<BTreeMap<String, Boat>>,
    notes: Option<Value>,
    extra: Extra,
    __non_exhaustive: (),
}

object! {
    Boat = "Boat" {
        required id: "Id",
        optional name: "Name",
        optional colour: "Colour",
        optional depth: "Depth",
        optional rights: "Rights",
        optional berth: "Berth",
        optional dinghies: "Dinghies",
        optional tags: "Tags",
        optional notes: "Notes",
    }
}

struct GetBoat;

impl Operation for GetBoat {
    type Body = ();
    type Response = Boat;

    const INFO: OperationInfo = OperationInfo {
        name: "GetBoat",
        method: &Method::GET,
        path: "/boat",
        success: StatusCode::OK,
        consumes: &[],
        produces: &[MediaType::from_static("application/json")],
        authentication: &Authentication {
            schemes: &[],
            headers: &[],
        },
    };
}

/// A client that gets this boat, and what is reported to it.
fn client(boat: &Value, strict: bool) -> (Client, Arc<Mutex<Vec<Drift>>>) {
    let body = boat.to_string();
    let reported = Arc::new(Mutex::new(Vec::new()));
    let report = Arc::clone(&reported);
    let builder = Client::builder("https://example.com", Credentials::Anonymous)
        .on_drift(move |drift| report.lock().unwrap().push(drift))
        .transport(move |_| {
            std::future::ready(Ok(response(200, "application/json", body.clone())))
        });
    let builder = if strict { builder.strict() } else { builder };
    (builder.build().unwrap(), reported)
}

/// Path, kind and value of what is reported of a boat.
async fn reported(boat: Value) -> Vec<(String, DriftKind, Value)> {
    let (client, reported) = client(&boat, false);
    let read = client.call::<GetBoat>(&[]).await.unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), boat, "nothing is lost");
    let drifts = std::mem::take(&mut *reported.lock().unwrap());
    assert!(drifts.iter().all(|drift| drift.operation == "GetBoat"));
    let found = drifts
        .into_iter()
        .map(|drift| (drift.path, drift.kind, drift.found));
    found.collect()
}

#[tokio::test]
async fn what_is_as_documented_is_not_reported() {
    let boat = json!({
        "Id": 1, "Name": null, "Colour": "red", "Depth": 1, "Rights": 1, "Berth": 2,
        "Dinghies": [{"Id": 2, "Colour": null}], "Tags": {"a": {"Id": 3}},
        "Notes": {"Whatever": ["there", {"is": null}]},
    });
    assert_eq!(reported(boat).await, []);
}

#[tokio::test]
async fn what_is_not_as_documented_is_reported_with_its_place() {
    let boat = json!({
        "Id": 1,
        "Name": 5,
        "Colour": "blue",
        "Depth": 7,
        "Rights": 9,
        "Berth": {"Pier": "A"},
        "Dinghies": [{"Id": 2}, {"Id": 3, "Colour": "green", "New": {"x": [1]}}],
        "Tags": {"a.b": {"Id": 4, "Name": []}},
        "Mast": null,
    });
    use DriftKind::{Property, Type, Value};
    let expected = [
        ("Name", Type, json!(5)),
        ("Colour", Value, json!("blue")),
        ("Depth", Value, json!(7)),
        ("Rights", Value, json!(9)),
        ("Berth", Type, json!({"Pier": "A"})),
        ("Dinghies[1].Colour", Value, json!("green")),
        ("Dinghies[1].New", Property, json!({"x": [1]})),
        ("Tags.a.b.Name", Type, json!([])),
        ("Mast", Property, json!(null)),
    ];
    let expected = expected.map(|(path, kind, found)| (path.to_owned(), kind, found));
    assert_eq!(reported(boat).await, expected);
}

#[tokio::test]
async fn a_strict_client_takes_nothing_that_is_not_documented() {
    let boat = json!({"Id": 1, "Dinghies": [{"Id": 2, "Colour": "blue", "New": 1}]});
    let (client, reported) = client(&boat, true);
    let error = client.call::<GetBoat>(&[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.json_path(), Some("Dinghies[0].Colour"));
    assert!(
        error.text().unwrap().contains("blue"),
        "it has the response"
    );
    assert_eq!(
        error.to_string(),
        "GetBoat (GET /boat): the response isn't as documented at JSON path \
         `Dinghies[0].Colour`: undocumented value: \"blue\""
    );
    let texts: Vec<_> = reported
        .lock()
        .unwrap()
        .iter()
        .map(Drift::to_string)
        .collect();
    assert_eq!(
        texts,
        [
            "GetBoat: at JSON path `Dinghies[0].Colour`: undocumented value: \"blue\"",
            "GetBoat: at JSON path `Dinghies[0].New`: undocumented property: 1",
        ]
    );
}

#[tokio::test]
async fn a_strict_client_takes_what_is_documented() {
    let (client, _) = client(&json!({"Id": 1, "Name": null, "Notes": [1]}), true);
    assert_eq!(client.call::<GetBoat>(&[]).await.unwrap().id, 1);
}

#[tokio::test]
async fn long_values_are_shown_in_part() {
    let boat = json!({"Id": 1, "New": "x".repeat(1_000)});
    let (client, reported) = client(&boat, true);
    let error = client.call::<GetBoat>(&[]).await.unwrap_err();
    assert!(error.to_string().len() < 200, "{error}");
    assert!(reported.lock().unwrap()[0].to_string().ends_with('…'));
}
