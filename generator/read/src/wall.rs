//! Walls around work on untrusted input: a panic behind one ends that work and
//! nothing else.
//!
//! A panic is a fault of docwright. It is reported in one line, which says
//! where it is and asks people to report it, and never as a backtrace.

use std::{
    any::Any,
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
};

/// How long a panic's message may be; it may quote a whole page.
const LONGEST: usize = 200;

thread_local! {
    /// Where the last panic of this thread was.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics of this process from being printed where they happen, with or
/// without a backtrace: whoever put up the wall reports them. It's for a
/// program, not for a library, to decide that.
pub fn silence_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()));
        PLACE.set(place);
    }));
}

/// Does some work.
///
/// # Errors
/// When it panics: what the panic says in one short line, and where it was.
pub fn guard<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    PLACE.set(None);
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = message(&*panic);
        match PLACE.take() {
            Some(place) => format!("{message} ({place})"),
            None => message,
        }
    })
}

/// A panic's message in one short line.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("a panic without a message");
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_the_work_behind_the_wall() {
        assert_eq!(guard(|| 1), Ok(1));
        let list = [1, 2];
        let index = guard(|| list[list.len()]).unwrap_err();
        assert!(index.starts_with("index out of bounds"), "{index}");
        let long = guard(|| panic!("{}\n{}", "é".repeat(300), "b")).unwrap_err();
        assert_eq!(long, "é".repeat(LONGEST) + "…");
    }
}
