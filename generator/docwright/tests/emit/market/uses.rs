//! What a caller of this API relies on, and other generators' crates don't give him.

use bytes::Bytes;
use market_api::client::{Transport, TransportFuture};
use market_api::stall::{Stall, StallState};
use market_api::{Client, Credentials, http};
use serde_json::{Value, json};

const STALL: &str = r#"{
    "StallId": 7, "Name": "Fish", "name": "fish", "Self": "/stalls/7", "type": "open air",
    "Links": ["/stalls/8"], "_Links": {"next1": "/stalls/8", "next2": "/stalls/9"},
    "Notice": "<b>Fresh</b> fish &amp; chips, <script>alert(1)</script>",
    "Opened": "2024-02-29T06:30:00.1234567+05:30",
    "Prices": {"Prices1": "2.50", "Prices2": null},
    "State": "Flooded", "Roof": null
}"#;

/// A server that has one answer.
struct Always {
    status: u16,
    content_type: &'static str,
    body: &'static str,
}

impl Transport for Always {
    fn send(&self, _: http::Request<Bytes>) -> TransportFuture<'_> {
        let answer = http::Response::builder()
            .status(self.status)
            .header("content-type", self.content_type)
            .body(Bytes::from(self.body));
        Box::pin(async { Ok(answer.unwrap()) })
    }
}

fn client(answer: Always) -> Client {
    Client::builder("http://localhost", Credentials::bearer("token"))
        .transport(answer)
        .build()
        .unwrap()
}

fn stall() -> Stall {
    serde_json::from_str(STALL).unwrap()
}

#[test]
fn names_that_collide_are_told_apart() {
    let stall = stall();
    assert_eq!(stall.name.as_deref(), Some("Fish"));
    assert_eq!(stall.name_2.as_deref(), Some("fish"));
    assert_eq!(stall.self_.as_deref(), Some("/stalls/7"));
    assert_eq!(stall.type_.as_deref(), Some("open air"));
    assert_eq!(stall.links.unwrap(), ["/stalls/8"]);
    assert_eq!(stall.links_2.unwrap().next2.as_deref(), Some("/stalls/9"));
}

#[test]
fn a_value_that_is_new_loses_nothing() {
    let flooded = StallState::Undocumented("Flooded".to_owned());
    assert_eq!(stall().state, Some(flooded));
}

#[test]
fn an_answer_is_written_as_it_was_read() {
    let stall = stall();
    let opened = stall.opened.as_ref().unwrap().to_string();
    assert_eq!(opened, "2024-02-29T06:30:00.1234567+05:30");
    assert_eq!(stall.prices.as_ref().unwrap()["Prices2"], None);
    let sample: Value = serde_json::from_str(STALL).unwrap();
    assert_eq!(serde_json::to_value(&stall).unwrap(), sample);
}

#[tokio::test]
async fn an_answer_may_be_text_json() {
    let client = client(Always {
        status: 200,
        content_type: "text/json; charset=utf-8",
        body: r#"["a"]"#,
    });
    let names = [json!("x")];
    let strings = client.string().get_strings("crate", 5_000_000_000, &names);
    assert_eq!(strings.await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_failure_without_a_body_says_which_operation_failed() {
    let client = client(Always {
        status: 500,
        content_type: "text/html",
        body: "",
    });
    let error = client.stall().get_stall(7).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.operation().unwrap().name, "v1Stall_GetStall");
}

#[tokio::test]
async fn a_failure_keeps_its_body() {
    let client = client(Always {
        status: 400,
        content_type: "application/json",
        body: r#"{"Message": "No such stall."}"#,
    });
    let error = client.stall().get_stall(7).await.unwrap_err();
    let body: Value = error.json().unwrap();
    assert_eq!(body["Message"], "No such stall.");
}
