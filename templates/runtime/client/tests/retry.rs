//! What is sent again, and what isn't.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::*;
use crate::runtime::client::Retry;

/// A client whose server answers with these statuses, one after the other, and the number
/// of requests that came.
fn failing(retry: Retry, statuses: &'static [u16]) -> (Client, Arc<AtomicU32>) {
    let count = Arc::new(AtomicU32::new(0));
    let counter = count.clone();
    let transport = move |_: Request<Bytes>| {
        let at = counter.fetch_add(1, Ordering::Relaxed) as usize;
        let response = match statuses.get(at).or(statuses.last()) {
            Some(0) | None => Err("the line is cut".into()),
            Some(status) => {
                let mut response = response(*status, "application/json", "{}");
                response.headers_mut().insert(RETRY_AFTER, 0.into());
                Ok(response)
            }
        };
        std::future::ready(response)
    };
    let client = Client::builder("https://example.com", Credentials::Anonymous)
        .transport(transport)
        .retry(retry.first_wait(Duration::from_millis(1)));
    (client.build().unwrap(), count)
}

#[tokio::test]
async fn what_may_succeed_later_is_sent_again() {
    for (statuses, sent) in [(&[503, 429, 200][..], 3), (&[0, 200], 2), (&[200], 1)] {
        let (client, count) = failing(Retry::default(), statuses);
        client.call::<Update>(&[&"a"]).await.unwrap();
        assert_eq!(count.load(Ordering::Relaxed), sent, "{statuses:?}");
    }
    for (statuses, sent) in [(&[503][..], 3), (&[400], 1), (&[500], 1)] {
        let (client, count) = failing(Retry::default(), statuses);
        client.call::<Update>(&[&"a"]).await.unwrap_err();
        assert_eq!(count.load(Ordering::Relaxed), sent, "{statuses:?}");
    }
    let (client, count) = failing(Retry::never(), &[503]);
    client.call::<Update>(&[&"a"]).await.unwrap_err();
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_post_is_sent_again_only_if_that_is_said() {
    let sent = async |retry: Retry, said: bool| {
        let (client, count) = failing(retry, &[503]);
        let call = client.call::<Download>(&[]);
        let call = if said { call.idempotent() } else { call };
        call.await.unwrap_err();
        count.load(Ordering::Relaxed)
    };
    assert_eq!(sent(Retry::default(), false).await, 1);
    assert_eq!(sent(Retry::default(), true).await, 3);
    assert_eq!(sent(Retry::default().all_methods(), false).await, 3);
}

#[tokio::test]
async fn a_server_that_asks_for_too_long_is_not_waited_for() {
    let client = Client::builder("https://example.com", Credentials::Anonymous)
        .transport(|_| {
            let mut response = response(429, "application/json", "{}");
            response.headers_mut().insert(RETRY_AFTER, 3600.into());
            std::future::ready(Ok(response))
        })
        .retry(Retry::default());
    let call = client.build().unwrap();
    let error = call.call::<Update>(&[&"a"]).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[tokio::test]
async fn the_budget_ends_retries() {
    let (client, count) = failing(Retry::default(), &[503]);
    for _ in 0..50 {
        client.call::<Update>(&[&"a"]).await.unwrap_err();
    }
    // Twenty retries, and the fifty that each call makes at least.
    assert_eq!(count.load(Ordering::Relaxed), 70);
}
