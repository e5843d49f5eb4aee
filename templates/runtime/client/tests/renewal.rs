//! Credentials that expire.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::*;
use crate::runtime::client::Fresh;

/// A client that gets the tokens `1`, `2` … and a server that takes the token `good`.
fn renewing(good: u32, expires: Option<Duration>) -> (Client, Arc<AtomicU32>) {
    let fetched = Arc::new(AtomicU32::new(0));
    let counter = fetched.clone();
    let source = move || {
        let counter = counter.clone();
        async move {
            tokio::task::yield_now().await;
            let number = counter.fetch_add(1, Ordering::Relaxed) + 1;
            let fresh = Fresh::from(Credentials::bearer(number.to_string()));
            Ok(match expires {
                Some(time) => fresh.expires_in(time),
                None => fresh,
            })
        }
    };
    let transport = move |request: Request<Bytes>| {
        let is_good = request.headers()[AUTHORIZATION] == format!("Bearer {good}");
        let status = if is_good { 200 } else { 401 };
        std::future::ready(Ok(response(status, "application/json", "{}")))
    };
    let client = Client::builder("https://example.com", Credentials::Anonymous)
        .credentials_from(source)
        .transport(transport);
    (client.build().unwrap(), fetched)
}

#[tokio::test]
async fn calls_at_the_same_time_fetch_once() {
    for good in [1, 2] {
        let (client, fetched) = renewing(good, None);
        let call = || client.call::<Update>(&[&"a"]);
        let (a, b, c) = tokio::join!(call().send(), call().send(), call().send());
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        call().await.unwrap();
        assert_eq!(fetched.load(Ordering::Relaxed), good);
    }
}

#[tokio::test]
async fn a_call_is_made_again_once() {
    let (client, fetched) = renewing(99, None);
    let error = client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(fetched.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn credentials_that_expired_are_not_sent() {
    let (client, fetched) = renewing(1, Some(Duration::from_secs(3600)));
    for _ in 0..2 {
        client.call::<Update>(&[&"a"]).await.unwrap();
    }
    assert_eq!(fetched.load(Ordering::Relaxed), 1);
    let (client, fetched) = renewing(1, Some(Duration::ZERO));
    client.call::<Update>(&[&"a"]).await.unwrap();
    assert_eq!(fetched.load(Ordering::Relaxed), 1);
    client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert!(fetched.load(Ordering::Relaxed) > 1);
}

#[tokio::test]
async fn a_source_that_fails_is_named_with_the_operation() {
    let client = Client::builder("https://example.com", Credentials::Anonymous)
        .credentials_from(|| async { Err("the account is closed".into()) })
        .transport(|_| async { panic!("nothing is to be sent") });
    let client = client.build().unwrap();
    let error = client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let expected = "Update (PUT /items/{name}): no credentials: the account is closed";
    assert_eq!(error.to_string(), expected);
}
