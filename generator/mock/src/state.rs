//! What callers stored: what was PUT is what GET gives, and what was deleted is gone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use super::condition::Version;
use super::problem::Problem;

/// How many bodies are kept.
const MOST: usize = 1_000;

/// How many bytes they have in all.
const MOST_BYTES: usize = 64 << 20;

/// What is known of a path.
#[derive(Clone, Debug)]
pub enum Stored {
    /// JSON, a form or a text, as a value.
    Value(Value),
    /// Bytes, as they are.
    Bytes(Bytes),
    Gone,
}

/// The bodies that were stored, by path.
#[derive(Debug, Default)]
pub struct State(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_path: HashMap<Vec<String>, Entry>,
    bytes: usize,
    versions: u64,
}

#[derive(Debug)]
struct Entry {
    stored: Stored,
    bytes: usize,
    version: Version,
}

impl State {
    /// What is stored for a path.
    pub fn get(&self, path: &[String]) -> Option<Stored> {
        self.with(|kept| kept.by_path.get(path).map(|it| it.stored.clone()))
    }

    /// The version of what is stored for a path: `Some(None)` if it was deleted.
    pub fn version(&self, path: &[String]) -> Option<Option<Version>> {
        let version = |it: &Entry| match it.stored {
            Stored::Gone => None,
            _ => Some(it.version),
        };
        self.with(|kept| kept.by_path.get(path).map(version))
    }

    /// Stores the body of a path, which had `bytes` bytes.
    ///
    /// # Errors
    /// When there is no room for more.
    pub fn put(&self, path: &[String], stored: Stored, bytes: usize) -> Result<(), Problem> {
        self.with(|kept| {
            let before = kept.by_path.get(path).map(|it| it.bytes);
            let all = kept.bytes - before.unwrap_or(0) + bytes;
            if before.is_none() && kept.by_path.len() == MOST || all > MOST_BYTES {
                let detail = "The mock's storage is full; restart it.";
                return Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE, detail));
            }
            kept.bytes = all;
            kept.versions += 1;
            let version = Version {
                number: kept.versions,
                time: Timestamp::now(),
            };
            let entry = Entry {
                stored,
                bytes,
                version,
            };
            kept.by_path.insert(path.to_vec(), entry);
            Ok(())
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_limits() {
        let state = State::default();
        let path = |name: &str| vec![name.to_owned()];
        state.put(&path("a"), Stored::Gone, MOST_BYTES).unwrap();
        assert!(state.put(&path("b"), Stored::Gone, 1).is_err());
        state.put(&path("a"), Stored::Gone, 1).unwrap();
        for number in 1..MOST {
            state
                .put(&path(&number.to_string()), Stored::Gone, 0)
                .unwrap();
        }
        assert!(state.put(&path("b"), Stored::Gone, 0).is_err());
        state.put(&path("a"), Stored::Gone, 0).unwrap();
    }
}
