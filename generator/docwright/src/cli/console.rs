//! Standard output for results, standard error for talk. Colours only where a
//! person sees them, and a reader that has gone away is no error. All that docwright
//! says is written here, with what doesn't show or would steer a terminal escaped.

use std::io::{self, Write};

use annotate_snippets::{Group, Level, Renderer};
use docwright::visible;

/// Where a run speaks.
#[derive(Debug, Default)]
pub struct Console;

impl Console {
    /// Writes a result. JSON has its own escapes for what doesn't show.
    ///
    /// # Errors
    /// When it cannot be written: a full disk, say.
    pub fn result(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let written = out.write_all(visible::text(text).as_bytes());
        forgive(written.and_then(|()| out.flush()))
    }

    /// Writes a result that docwright coloured itself.
    ///
    /// # Errors
    /// As [`Self::result`].
    pub fn styled_result(&self, text: &str) -> io::Result<()> {
        let mut out = anstream::stdout().lock();
        let written = out.write_all(visible::styled(text).as_bytes());
        forgive(written.and_then(|()| out.flush()))
    }

    /// Writes messages. If that fails, too, there is no way to report it.
    pub fn talk(&self, text: &str) {
        let mut err = anstream::stderr().lock();
        let written = err.write_all(visible::styled(text).as_bytes());
        let _ = written.and_then(|()| err.flush());
    }

    /// Says why a run fails.
    pub fn error(&self, message: &str) {
        let message = visible::text(message);
        let group = Group::with_title(Level::ERROR.primary_title(message));
        let text = Renderer::styled().render(&[group]);
        self.talk(&format!("{text}\n"));
    }
}

/// A reader that has gone away (`docwright lint | head`) has seen enough.
fn forgive(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
