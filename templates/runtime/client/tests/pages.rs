//! Lists in pages.

use std::pin::pin;

use futures_core::Stream;
use serde_json::Value;

use super::*;

/// A list of rows, and perhaps a link to more of them.
struct List;

impl Operation for List {
    type Body = ();
    type Response = Value;

    const INFO: OperationInfo = OperationInfo {
        name: "List",
        method: &Method::GET,
        path: "/list",
        ..Update::INFO
    };
}

fn link(page: &Value) -> Option<&str> {
    page["next"].as_str()
}

fn rows(page: Value) -> Vec<i64> {
    let rows = page["rows"].as_array().into_iter().flatten();
    rows.filter_map(Value::as_i64).collect()
}

/// A server whose first page leads to `next`, and all others to no more.
fn linked(next: &'static str) -> Client {
    client(move |request| {
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer secret");
        let page = match request.uri().query() {
            None => json!({"rows": [1, 2], "next": next}),
            Some("page=2") => json!({"rows": [], "next": "/base/list?page=3"}),
            Some("page=3") => json!({"rows": [3], "next": null}),
            Some("loop") => json!({"rows": [0], "next": next}),
            other => panic!("{other:?}"),
        };
        Ok(response(200, "application/json", page.to_string()))
    })
}

/// The rows, and the error at their end.
async fn all(client: &Client) -> (Vec<i64>, Option<String>) {
    let mut rows = client.call::<List>(&[]).pages(link).rows(rows);
    let mut found = Vec::new();
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => found.push(row),
            Err(error) => return (found, Some(error.to_string())),
        }
    }
    (found, None)
}

#[tokio::test]
async fn links_are_followed_to_the_last_page() {
    let client = linked("https://example.com:443/base/list?page=2");
    assert_eq!(all(&client).await, (vec![1, 2, 3], None));
    let mut pages = client.call::<List>(&[]).pages(link);
    let mut number = 0;
    while let Some(page) = pages.next().await {
        page.unwrap();
        number += 1;
    }
    assert_eq!(number, 3);
}

#[tokio::test]
async fn rows_without_a_documented_type_are_read_as_the_callers_type() {
    #[derive(serde::Deserialize, PartialEq, Debug)]
    struct Row {
        id: i64,
    }
    let client = client(|_| {
        let page = json!({"rows": [{"id": 1, "more": true}, {"id": "x"}, {"id": 3}]});
        Ok(response(200, "application/json", page.to_string()))
    });
    let rows = |page: Value| page["rows"].as_array().unwrap().clone();
    let mut rows = client.call::<List>(&[]).pages(link).rows_as::<Row, _>(rows);
    assert_eq!(rows.next().await.unwrap().unwrap(), Row { id: 1 });
    let error = rows.next().await.unwrap().unwrap_err();
    assert!(error.is_decode(), "{error}");
    let text = "List (GET /list): a row isn't of the expected type at JSON path `id`: invalid type";
    assert!(error.to_string().starts_with(text), "{error}");
    assert_eq!(rows.next().await.unwrap().unwrap(), Row { id: 3 });
    assert!(rows.next().await.is_none());
}

#[tokio::test]
async fn links_to_elsewhere_and_in_circles_are_errors_after_the_page_they_are_on() {
    let (rows, error) = all(&linked("https://evil.example/list?page=2")).await;
    assert_eq!(rows, [1, 2]);
    assert!(
        error
            .unwrap()
            .contains("leads to another server (`evil.example`)")
    );
    let (rows, error) = all(&linked("https://example.com/base/list?loop")).await;
    assert_eq!(rows, [1, 2, 0]);
    assert!(error.unwrap().contains("leads to an earlier page"));
}

#[tokio::test]
async fn pages_are_limited() {
    let client = linked("https://example.com/base/list?page=2");
    let mut pages = client.call::<List>(&[]).pages(link).limit(1);
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("more than 1 pages"), "{error}");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn lists_without_links_are_asked_for_by_the_number_of_rows() {
    let client = client(|request| {
        let page = match request.uri().query() {
            Some("$top=2") => "[1, 2]",
            Some("$top=2&$skip=2") => "[3]",
            Some("$top=2&$skip=3") => "[]",
            other => panic!("{other:?}"),
        };
        Ok(response(200, "application/json", page))
    });
    let call = client.call::<List>(&[]).query("$top", 2);
    let pages = call.pages_by_skip("$skip", |page| page.as_array().map_or(0, Vec::len));
    let rows = pages.rows(|page| page.as_array().cloned().unwrap_or_default());
    let mut rows = pin!(rows);
    let mut found = Vec::new();
    while let Some(row) = std::future::poll_fn(|context| rows.as_mut().poll_next(context)).await {
        found.push(row.unwrap());
    }
    assert_eq!(found, [json!(1), json!(2), json!(3)]);
    // A call that skips rows goes on from there.
    let call = client.call::<List>(&[]).query("$top", 2).query("$skip", 2);
    let mut pages = call.pages_by_skip("$skip", |page| page.as_array().map_or(0, Vec::len));
    assert_eq!(pages.next().await.unwrap().unwrap(), json!([3]));
}
