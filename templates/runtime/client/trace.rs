//! A span for each call, for programs that use tracing. It records the operation and its
//! result, but no parameters, headers or bodies.

use http::{Response, StatusCode};
use tracing::field::{Empty, debug};
use tracing::{Instrument, Span};

use super::Error;
use crate::runtime::OperationInfo;

/// The span of a call.
pub(super) struct CallSpan(Span);

impl CallSpan {
    pub(super) fn new(operation: &OperationInfo) -> Self {
        Self(tracing::info_span!(
            target: env!("CARGO_CRATE_NAME"),
            "call",
            operation = operation.name,
            method = operation.method.as_str(),
            path = operation.path,
            tries = Empty,
            status = Empty,
            error = Empty,
        ))
    }

    /// Runs the call within its span.
    pub(super) async fn around<T>(&self, call: impl Future<Output = T>) -> T {
        call.instrument(self.0.clone()).await
    }

    /// Records the number of a try.
    pub(super) fn tries(&self, tries: u32) {
        self.0.record("tries", tries);
    }

    /// Records the result of the call.
    pub(super) fn ended<T>(&self, result: &Result<Response<T>, Error>) {
        let status = match result {
            Ok(response) => Some(response.status()),
            Err(error) => {
                self.0.record("error", debug(error.kind()));
                error.status()
            }
        };
        if let Some(status) = status {
            self.0.record("status", StatusCode::as_u16(&status));
        }
    }
}
