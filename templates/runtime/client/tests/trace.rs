//! What a program that traces its calls gets to see.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;
use crate::runtime::client::Retry;

/// All that is traced, as text.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<String>>);

impl Visit for &Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut seen = self.0.lock().unwrap();
        seen.push_str(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Seen {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let name = span.metadata().name();
        self.0.lock().unwrap().push_str(&format!("{name}: "));
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What is seen of a call, to which the server answers with these statuses.
async fn seen(statuses: &'static [u16]) -> String {
    let answers = Mutex::new(statuses.iter());
    let transport = move |_: Request<Bytes>| {
        let status = *answers.lock().unwrap().next().unwrap();
        let mut response = response(status, "application/json", r#"{"hidden": [1]}"#);
        response.headers_mut().insert(RETRY_AFTER, 0.into());
        std::future::ready(Ok(response))
    };
    let client = Client::builder("https://example.com/hidden", Credentials::bearer("hidden"))
        .transport(transport)
        .retry(Retry::default().first_wait(Duration::from_millis(1)));
    let client = client.build().unwrap();
    let seen = Seen::default();
    let guard = tracing::subscriber::set_default(seen.clone());
    let call = client.call::<Update>(&[&"hidden"]).query("key", "hidden");
    let _ = call.cookie("a", "hidden").json("hidden").await;
    drop(guard);
    std::mem::take(&mut *seen.0.lock().unwrap())
}

#[tokio::test]
async fn a_call_is_a_span_that_says_how_it_ended() {
    assert_eq!(
        seen(&[503, 200]).await,
        "call: operation=\"Update\" method=\"PUT\" path=\"/items/{name}\" \
         tries=1 tries=2 status=200 "
    );
    assert!(
        seen(&[404])
            .await
            .ends_with("tries=1 error=Status status=404 ")
    );
}

#[tokio::test]
async fn no_secret_is_traced() {
    for statuses in [&[200][..], &[401], &[503, 503, 500], &[302]] {
        let seen = seen(statuses).await;
        assert!(!seen.contains("hidden"), "{seen}");
    }
}
