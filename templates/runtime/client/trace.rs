//! A span for each call, for programs that trace what they do. It says which operation is
//! called, and how that ended; parameters, headers and bodies aren't in it.

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

    /// What is done for the call belongs to its span.
    pub(super) async fn around<T>(&self, call: impl Future<Output = T>) -> T {
        call.instrument(self.0.clone()).await
    }

    /// The request is sent, for the first time or again.
    pub(super) fn tries(&self, tries: u32) {
        self.0.record("tries", tries);
    }

    /// The call is over.
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
