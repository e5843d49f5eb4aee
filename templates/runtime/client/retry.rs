//! Retries of requests that failed temporarily.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::Error;

/// When failed requests are retried: `Client::builder(…).retry(Retry::default())`.
///
/// A request is retried if there was no response, or a temporary status (408, 429, 502, 503
/// or 504); and only if its method can be repeated (GET, HEAD, PUT, DELETE, OPTIONS),
/// unless [`Call::idempotent`](super::Call::idempotent) or
/// [`all_methods`](Self::all_methods) allows more. The wait is random, up to a limit that
/// doubles with each try; `Retry-After` is respected. All calls of a client share a budget,
/// which stops the retries when most requests fail.
///
/// It uses tokio's timer, so calls must be made within a tokio runtime.
#[derive(Clone, Debug)]
pub struct Retry {
    tries: u32,
    first: Duration,
    longest: Duration,
    all_methods: bool,
    /// What is left of the budget, in tenths of a retry.
    budget: Arc<AtomicU32>,
}

/// The full budget in tenths of a retry; each success adds a tenth.
const BUDGET: u32 = 200;

impl Default for Retry {
    /// Three tries in all.
    fn default() -> Self {
        Self {
            tries: 3,
            first: Duration::from_millis(250),
            longest: Duration::from_secs(30),
            all_methods: false,
            budget: Arc::new(AtomicU32::new(BUDGET)),
        }
    }
}

impl Retry {
    /// No retries; the default of a client.
    pub fn never() -> Self {
        Self::default().tries(1)
    }

    /// Sets how often a request is sent at most, including the first time.
    #[must_use]
    pub fn tries(self, tries: u32) -> Self {
        Self { tries, ..self }
    }

    /// Sets the limit of the first wait; the default is 250 ms.
    #[must_use]
    pub fn first_wait(self, first: Duration) -> Self {
        Self { first, ..self }
    }

    /// Sets the limit of all waits; the default is 30 s. If the server asks to wait longer,
    /// the call fails, and [`Error::retry_after`] has the time.
    #[must_use]
    pub fn longest_wait(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// Retries requests of all methods, including POST: only for servers that detect
    /// repeated requests.
    #[must_use]
    pub fn all_methods(self) -> Self {
        let all_methods = true;
        Self {
            all_methods,
            ..self
        }
    }

    /// Records a success, which adds to the budget.
    pub(super) fn succeeded(&self) {
        let add = |left: u32| (left < BUDGET).then(|| left + 1);
        let _ = self
            .budget
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// The wait before the next try; `None` if the request isn't retried.
    pub(super) fn wait(
        &self,
        error: &Error,
        idempotent: bool,
        tries: u32,
    ) -> Option<Pin<Box<dyn Future<Output = ()> + Send>>> {
        let may = idempotent || self.all_methods;
        if tries >= self.tries || !may || !error.is_retryable() {
            return None;
        }
        let wait = match error.retry_after() {
            Some(asked) if asked > self.longest => return None,
            // A bit more, so that clients with the same `Retry-After` don't all return at
            // once.
            Some(asked) => asked.saturating_add(random(self.first)),
            None => {
                let limit = self.first.saturating_mul(1 << (tries - 1).min(16));
                random(limit.min(self.longest))
            }
        };
        let take = |left: u32| left.checked_sub(10);
        let taken = self
            .budget
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.ok()?;
        Some(Box::pin(tokio::time::sleep(wait)))
    }
}

/// A random time up to `limit`.
fn random(limit: Duration) -> Duration {
    // The standard library seeds each of these anew.
    let random = RandomState::new().build_hasher().finish();
    limit.mul_f64(random as f64 / u64::MAX as f64)
}
