//! Calls from programs without `async`.

use std::sync::mpsc;

use super::network::{Read, answer, serve};
use super::*;
use crate::runtime::client::blocking::{each, wait};

const JSON: &str = "200 OK\r\nContent-Type: application/json";

/// A client of a server on another thread that gives these answers.
fn client_of(answers: Vec<String>) -> Client {
    let (url, started) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        runtime.block_on(async {
            url.send(serve(answers).await.0).unwrap();
            std::future::pending::<()>().await;
        });
    });
    Client::new(&started.recv().unwrap(), Credentials::bearer("secret")).unwrap()
}

#[test]
fn a_call_is_waited_for() {
    let missing = answer("404 Not Found", "");
    let client = client_of(vec![answer(JSON, r#"{"a": [1]}"#), missing]);
    let read = wait(client.call::<Read>(&[&"a"])).unwrap();
    assert_eq!(read["a"], [1]);
    let error = wait(client.call::<Read>(&[&"a"]).send()).unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[test]
fn threads_wait_at_once() {
    let client = client_of(vec![answer(JSON, "{}"); 4]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| wait(client.call::<Read>(&[&"a"])).unwrap());
        }
    });
}

#[test]
fn pages_are_gone_through() {
    let first = answer(JSON, r#"{"next": [2]}"#);
    let client = client_of(vec![first, answer(JSON, "{}")]);
    let pages = client
        .call::<Read>(&[&"a"])
        .pages(|page| page.get("next").map(|_| "?page=2"));
    let pages: Vec<_> = each(pages).map(Result::unwrap).collect();
    assert_eq!(pages.len(), 2);
}

#[tokio::test]
async fn async_code_is_told_to_use_await() {
    let client = client(|_| panic!("nothing is sent"));
    let error = wait(client.call::<Read>(&[&"a"])).unwrap_err();
    assert!(error.to_string().contains("use `.await`"), "{error}");
    let mut pages = each(client.call::<Read>(&[&"a"]).pages(|_| None));
    let error = pages.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("use `.await`"), "{error}");
    assert!(pages.next().is_none());
}
