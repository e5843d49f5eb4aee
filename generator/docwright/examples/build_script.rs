//! What a build script does that generates a crate from pages: loads them, shows what is
//! wrong with them, and writes the crate or checks that it is up to date.
//!
//! ```sh
//! cargo run --example build_script -- docs-input generated
//! ```
//!
//! It needs neither the command line nor the mock server, so its dependency is
//! `docwright = { version = "0.1", default-features = false }`.

use std::process::ExitCode;

use docwright::{
    Pages, Project,
    diagnostic::{Diagnostic, Severity},
};

fn main() -> ExitCode {
    let mut paths = std::env::args().skip(1);
    let (Some(pages), Some(folder)) = (paths.next(), paths.next()) else {
        eprintln!("expected a folder of pages and the folder of the crate");
        return ExitCode::from(2);
    };
    match build(&Pages::of(pages), &folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostics) => {
            diagnostics.iter().for_each(show);
            ExitCode::FAILURE
        }
    }
}

fn build(pages: &Pages, folder: &str) -> Result<(), Vec<Diagnostic>> {
    let project = Project::load(pages)?;
    let warnings = project.diagnostics().iter();
    warnings
        .filter(|finding| finding.severity == Severity::Warning)
        .for_each(show);
    // In CI a crate that is checked in must be up to date already.
    if std::env::var_os("CI").is_some() {
        let stale = project.check(folder.as_ref())?;
        stale.iter().for_each(|diff| print!("{diff}"));
        println!("{} files differ", stale.len());
        return Ok(());
    }
    let written = project.generate(folder.as_ref(), "cargo build")?;
    let count = written.added.len() + written.changed.len() + written.removed.len();
    println!("{count} files written or removed");
    Ok(())
}

fn show(finding: &Diagnostic) {
    eprintln!(
        "{}[{}]: {}",
        finding.place.file, finding.rule, finding.message
    );
}
