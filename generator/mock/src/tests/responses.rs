//! What comes back.

use serde_json::json;

use super::{api, mock, send, send_to};
use crate::{Counts, Mock};
use docwright_model::Shape;

#[test]
fn samples_are_served_and_values_made_where_there_are_none() {
    assert_eq!(
        send("GET /boats/7", &[], "").json(),
        json!({"id": 7, "name": "Ægir"})
    );
    // The sample isn't of the type.
    assert_eq!(send("GET /boats/tug", &[], "").json(), json!("tug"));
    let found = send("GET /boats?sort=a", &["X-Tenant: a"], "").json();
    assert_eq!(found[0]["kind"], json!("tug"));
    let photo = send("GET /boats/7/photo", &["Accept: image/*"], "");
    assert_eq!(
        (photo.header("content-type"), photo.header("etag")),
        ("image/png", "\"text\"")
    );
    let gone = send("DELETE /boats/7", &["Accept: text/html"], "");
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    let xml = send("GET /boats/xml", &[], "");
    assert_eq!(
        (xml.status, xml.detail()),
        (
            501,
            "The response is `application/xml`, which the mock can't write.".to_owned()
        )
    );
    assert_eq!(
        mock().counts(),
        Counts {
            operations: 15,
            sampled: 3,
            made: 6,
            empty: 6
        },
    );
}

#[test]
fn a_list_ends_with_its_first_page() {
    let sample = send("GET /boats/list", &[], "").json();
    assert_eq!(sample, json!({"boats": [{"id": 7}]}));
    let mut api = api();
    let page = api.schemas.iter_mut().find(|it| it.name == "Page").unwrap();
    let Shape::Properties(properties) = &mut page.shape else {
        unreachable!()
    };
    properties[0].required = true;
    let is_null = json!({"value": true, "known": "documented"});
    properties[0].facets.nullable = Some(serde_json::from_value(is_null).unwrap());
    let made = Mock::new(api, &[]).into_router();
    let made = send_to(&made, "GET /boats/list", &[], "").json();
    assert_eq!(made["@boats.nextLink"], json!(null));
}

#[test]
fn a_caller_can_ask_for_a_documented_error() {
    let missing = send("GET /boats/7", &["Prefer: respond-async, code=404"], "");
    assert_eq!(
        (missing.status, missing.json()),
        (404, json!({"reason": "sunk"}))
    );
    for code in ["418", "100", "x", "99999"] {
        let answer = send("GET /boats/7", &[&format!("Prefer: code={code}")], "");
        let expected = if code.parse().is_ok_and(|it: u32| it < 1000) {
            400
        } else {
            200
        };
        assert_eq!(answer.status, expected, "{code}");
    }
}

#[test]
fn state_is_kept_where_it_is_asked_for() {
    let json = ["Content-Type: application/json"];
    let boat = r#"{"id": 8, "name": "Njörd"}"#;
    let plain = mock().into_router();
    assert_eq!(
        send_to(&plain, "PUT /boats/8", &json, boat).json()["name"],
        "Rán"
    );
    assert_eq!(
        send_to(&plain, "GET /boats/8", &[], "").json()["name"],
        "Ægir"
    );

    let router = mock().stateful().into_router();
    let name = |line: &str| send_to(&router, line, &[], "").json()["name"].clone();
    assert_eq!(name("GET /boats/8"), "Ægir");
    assert_eq!(
        send_to(&router, "PUT /boats/8", &json, boat).json()["name"],
        "Njörd"
    );
    assert_eq!(name("GET /boats/%38"), "Njörd");
    assert_eq!(name("GET /boats/9"), "Ægir");
    assert_eq!(send_to(&router, "PUT /boats/8", &json, "{}").status, 400);
    assert_eq!(name("GET /boats/8"), "Njörd");
    assert_eq!(send_to(&router, "DELETE /boats/8", &[], "").status, 204);
    assert_eq!(send_to(&router, "GET /boats/8", &[], "").status, 404);
    assert_eq!(send_to(&router, "PUT /boats/8", &json, boat).status, 200);
    assert_eq!(name("GET /boats/8"), "Njörd");
}

#[test]
fn texts_and_bytes_are_kept_as_they_came() {
    let router = mock().stateful().into_router();
    let photo = ["Content-Type: image/png"];
    let put = send_to(&router, "PUT /boats/7/photo", &photo, "%PNG");
    assert_eq!(put.status, 204);
    let got = send_to(&router, "GET /boats/7/photo", &[], "");
    assert_eq!(
        (got.header("content-type"), got.text.as_str()),
        ("image/png", "%PNG")
    );
    let note = ["Content-Type: text/plain"];
    send_to(&router, "PUT /b%C3%A5ter/7:note", &note, "Leaks.");
    let got = send_to(&router, "GET /b%C3%A5ter/7:note", &[], "");
    assert_eq!(got.text, "Leaks.");
}

#[test]
fn what_is_kept_has_a_version_that_conditions_are_about() {
    let router = mock().stateful().into_router();
    let put = |condition: &str, name: &str| {
        let mut headers = vec!["Content-Type: application/json"];
        headers.extend((!condition.is_empty()).then_some(condition));
        let boat = json!({"id": 8, "name": name}).to_string();
        send_to(&router, "PUT /boats/8", &headers, &boat)
    };
    let get = |condition: &str| send_to(&router, "GET /boats/8", &[condition], "");
    // The sample has no version.
    assert_eq!(put("If-Match: \"9\"", "Rán").status, 200);
    let first = put("", "Freya").header("etag").to_owned();
    assert_eq!(get("X-A: b").header("etag"), first);
    assert_eq!(get(&format!("If-None-Match: \"0\", W/{first}")).status, 304);
    assert_eq!(put(&format!("If-Match: {first}"), "Gerd").status, 200);
    let lost = put(&format!("If-Match: {first}"), "Loki");
    assert_eq!(
        (lost.status, lost.detail().as_str()),
        (412, "The condition of `if-match` isn't met.")
    );
    assert_eq!(put("If-None-Match: *", "Loki").status, 412);
    let date = get("X-A: b").header("last-modified").to_owned();
    assert!(date.ends_with(" GMT"), "{date}");
    assert_eq!(get(&format!("If-Modified-Since: {date}")).status, 304);
    let before = "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT";
    assert_eq!(put(before, "Loki").status, 412);
    assert_eq!(get(before).status, 412);
    assert_eq!(get("X-A: b").json()["name"], "Gerd");
}
