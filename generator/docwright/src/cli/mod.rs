//! The command line: arguments as typed ([`args`]), arguments made ready
//! ([`ready`]), and what each command does with the library ([`commands`]).
//!
//! Nothing here reads pages or writes files itself.

mod args;
mod commands;
mod console;
mod diff;
mod explain;
mod git;
mod input;
mod invocation;
mod lint;
mod manual;
mod mock;
mod ready;

use std::process::ExitCode;

use clap::Parser;
use docwright::wall;

use console::Console;

/// The stack of each thread: that of the main thread on most systems. How deep
/// pages nest is limited, for much smaller ones.
pub const STACK: usize = 8 << 20;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Done.
    Done,
    /// A check failed: the output is stale, or there are findings that count.
    No,
    /// It could not run: usage, unreadable input, unwritable output.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::No => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// Runs docwright with the arguments of this process.
pub fn main() -> ExitCode {
    let console = Console;
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error, &console),
    };
    wall::silence_panics();
    // Fails only when there is a pool already.
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK);
    let _ = pool.build_global();
    let status = match ready::Task::new(args) {
        Ok(task) => run(&task, &console),
        Err(message) => {
            console.error(&message);
            Status::Failed
        }
    };
    status.into()
}

/// Says how docwright is used, because that was asked for or something is wrong.
fn usage(error: &clap::Error, console: &Console) -> ExitCode {
    let text = error.render().ansi().to_string();
    match error.use_stderr() {
        true => console.talk(&text),
        // If that fails, there is no way to report it.
        false => drop(console.styled_result(&text)),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Does what was asked for; a fault of docwright is reported in one line.
fn run(task: &ready::Task, console: &Console) -> Status {
    wall::guard(|| commands::run(task, console)).unwrap_or_else(|fault| {
        console.error(&format!(
            "docwright has a bug and stopped: {fault}; please report it with the command and the \
             pages"
        ));
        Status::Failed
    })
}
