//! Retries of requests that failed temporarily.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::Error;

/// When a request that failed is sent again: `Client::builder(…).retry(Retry::default())`.
///
/// That is when there was no response, or a status that says "later" (408, 429, 502, 503 or
/// 504); and only for methods that can be repeated (GET, HEAD, PUT, DELETE, OPTIONS), unless
/// [`Call::idempotent`](super::Call::idempotent) or [`all_methods`](Self::all_methods) says
/// more. The wait is random, up to a limit that doubles with each try; what the server says
/// in `Retry-After` is heeded. A budget, which all calls of a client share, ends the retries
/// when most requests fail.
///
/// It waits by the timer of tokio, so the calls have to be made within its runtime.
#[derive(Clone, Debug)]
pub struct Retry {
    tries: u32,
    first: Duration,
    longest: Duration,
    all_methods: bool,
    /// What is left of the budget, in tenths of a retry.
    budget: Arc<AtomicU32>,
}

/// Tenths of a retry: as many retries in a row, and a tenth more for each success.
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
    /// No retries, as without this.
    pub fn never() -> Self {
        Self::default().tries(1)
    }

    /// How often a request is sent at most, the first time included.
    #[must_use]
    pub fn tries(self, tries: u32) -> Self {
        Self { tries, ..self }
    }

    /// The limit of the first wait (250 ms).
    #[must_use]
    pub fn first_wait(self, first: Duration) -> Self {
        Self { first, ..self }
    }

    /// The limit of all waits (30 s). If the server asks to wait longer, the call fails, and
    /// [`Error::retry_after`] says how long.
    #[must_use]
    pub fn longest_wait(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// Sends requests of all methods again, POST too: only for servers that notice the second.
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

    /// The wait before the request is sent again, if it is.
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
            // A bit more, so that not all who were told the same come at once.
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
