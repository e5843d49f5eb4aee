//! What clap's own crates make of the command line's definition: completions for
//! shells, and manual pages.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Status, args::Args, commands::Failure, console::Console};

/// Writes the completions for a shell.
pub fn completions(shell: Shell, console: &Console) -> Result<Status, Failure> {
    let mut written = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "docwright", &mut written);
    console.result(&String::from_utf8_lossy(&written))?;
    Ok(Status::Done)
}

/// Writes the manual page of docwright or of one command, in roff.
pub fn page(command: Option<&str>, console: &Console) -> Result<Status, Failure> {
    let mut docwright = Args::command();
    // Gives commands the names of their pages, such as `docwright-lint`.
    docwright.build();
    let described = match command {
        None => docwright,
        Some(name) => match docwright.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let names = docwright.get_subcommands().map(clap::Command::get_name);
                let names: Vec<_> = names.collect();
                console.error(&format!(
                    "there is no command `{name}`; expected one of {}",
                    names.join(", ")
                ));
                return Ok(Status::Failed);
            }
        },
    };
    let mut written = Vec::new();
    clap_mangen::Man::new(described).render(&mut written)?;
    console.result(&String::from_utf8_lossy(&written))?;
    Ok(Status::Done)
}
