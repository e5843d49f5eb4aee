//! Calls from programs without `async`: [`wait`] for a response, and go through the pages,
//! rows or pieces of one with [`each`].
//!
//! Connections are kept open by a thread that the first call starts.

use std::future::poll_fn;
use std::io;
use std::sync::LazyLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use super::Error;

static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build()
});

/// Waits for a call, or for what its `send`, `conditional` or `stream` returns. Several
/// threads can wait at once.
///
/// # Errors
/// Returns the error of the call. Within `async` code, which has to use `.await`, nothing is
/// sent and an error is returned.
pub fn wait<T>(call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    runtime()?.block_on(call.into_future())
}

/// The pages or rows of a list, or the pieces of a download, one by one: what is a `Stream`
/// elsewhere.
///
/// Within `async` code, which has to use the stream, the only item is an error.
pub fn each<T>(
    stream: impl Stream<Item = Result<T, Error>>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut stream = Some(Box::pin(stream));
    std::iter::from_fn(move || match runtime() {
        Ok(runtime) => {
            let open = stream.as_mut()?;
            runtime.block_on(poll_fn(|context| open.as_mut().poll_next(context)))
        }
        Err(error) => stream.take().map(|_| Err(error)),
    })
}

/// The runtime, where a thread may wait for it.
fn runtime() -> Result<&'static Runtime, Error> {
    if Handle::try_current().is_ok() {
        let reason = "a thread that runs `async` code can't wait: use `.await`";
        return Err(Error::request(reason));
    }
    let runtime = RUNTIME.as_ref();
    runtime.map_err(|error| Error::request(format!("no thread for connections: {error}")))
}
