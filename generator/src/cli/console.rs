//! Standard output for results, standard error for talk. Colours only where a
//! person sees them, and a reader that has gone away is no error.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{Group, Level, Renderer};
use docwright::report::harmless;

/// Where a run speaks.
#[derive(Debug)]
pub struct Console {
    result_is_seen: bool,
}

impl Console {
    /// This process's streams.
    pub fn new() -> Self {
        Self {
            result_is_seen: io::stdout().is_terminal(),
        }
    }

    /// Writes a result as it is; a terminal gets it without characters that
    /// would steer it.
    ///
    /// # Errors
    /// When it cannot be written: a full disk, say.
    pub fn result(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let written = match self.result_is_seen {
            true => out.write_all(harmless(text).as_bytes()),
            false => out.write_all(text.as_bytes()),
        };
        forgive(written.and_then(|()| out.flush()))
    }

    /// Writes a result that docwright coloured itself.
    ///
    /// # Errors
    /// As [`Self::result`].
    pub fn styled_result(&self, text: &str) -> io::Result<()> {
        let mut out = anstream::stdout().lock();
        forgive(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Writes talk. When even that fails, there is nobody to tell.
    pub fn talk(&self, text: &str) {
        let mut err = anstream::stderr().lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// Says why a run fails.
    pub fn error(&self, message: &str) {
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
