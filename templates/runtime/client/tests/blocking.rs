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
async fn threads_of_an_async_program_can_wait() {
    let client = client_of(vec![answer(JSON, "{}"); 2]);
    let call = move || wait(client.call::<Read>(&[&"a"])).map(|_| client);
    let client = tokio::task::spawn_blocking(call).await.unwrap().unwrap();
    // The runtime that serves the connections is another one.
    wait(client.call::<Read>(&[&"a"])).unwrap();
}

#[test]
fn a_stream_is_not_asked_after_its_end() {
    struct Once(bool);
    impl futures_core::Stream for Once {
        type Item = Result<i32, Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            assert!(!std::mem::replace(&mut self.0, true), "asked again");
            std::task::Poll::Ready(None)
        }
    }
    let mut items = each(Once(false));
    assert!(items.next().is_none() && items.next().is_none());
}
