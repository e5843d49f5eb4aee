//! Calls from programs without `async`: [`wait`] for a response, and go through the pages,
//! rows or pieces of one with [`each`].
//!
//! Connections are kept open by a thread that the first call starts. `async` code uses
//! `.await` instead, as waiting would keep its thread from anything else. A client that was
//! used in an `async` runtime has connections that only this runtime serves: don't wait for
//! its calls while the runtime exists and doesn't run.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

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
/// Returns the error of the call.
pub fn wait<T>(call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    block_on(call.into_future())?
}

/// The pages or rows of a list, or the pieces of a download, one by one: what is a `Stream`
/// elsewhere.
pub fn each<T>(
    stream: impl Stream<Item = Result<T, Error>>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut stream = Some(Box::pin(stream));
    std::iter::from_fn(move || {
        let open = stream.as_mut()?;
        let next = block_on(poll_fn(|context| open.as_mut().poll_next(context)));
        let next = next.unwrap_or_else(|error| Some(Err(error)));
        if next.is_none() {
            stream = None;
        }
        next
    })
}

/// Waits on this thread, while the runtime's thread serves connections and timers. Unlike
/// tokio's own `block_on`, it can be used wherever a thread can wait.
fn block_on<F: Future>(future: F) -> Result<F::Output, Error> {
    let runtime = RUNTIME.as_ref();
    let runtime = runtime.map_err(|error| refuse(&error.to_string()))?;
    if Handle::try_current().is_err_and(|error| error.is_thread_local_destroyed()) {
        return Err(refuse("this thread is ending"));
    }
    let _entered = runtime.enter();
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        thread::park();
    }
}

fn refuse(reason: &str) -> Error {
    Error::request(format!("the call can't be waited for: {reason}"))
}

/// A thread that waits.
struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
