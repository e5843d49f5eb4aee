//! The command that compares two APIs.

use std::{io, panic::resume_unwind};

use docwright::{
    diagnostic::{Diagnostic, rules as registry},
    diff::{
        self, Policy,
        report::{self as shown, Context, View},
        suggest,
    },
    report::{self, Files, Limit},
};

use super::{
    STACK, Status,
    args::{DiffFormat, FailOn},
    commands::Failure,
    console::Console,
    input,
    lint::unknown_rule,
    ready::Comparison,
};

/// Compares what the user named.
pub fn compare(comparison: &Comparison, console: &Console) -> Result<Status, Failure> {
    let (old, new) = std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK);
        let old = reader.spawn_scoped(scope, || input::read(&comparison.old))?;
        let new = input::read(&comparison.new);
        io::Result::Ok((old.join().unwrap_or_else(|panic| resume_unwind(panic)), new))
    })?;
    let (old, new) = (old?, new?);
    let errors = [&old.errors[..], &new.errors[..]].concat();
    // Without the settings, the wrong dialect and no waivers would be heeded.
    if errors
        .iter()
        .any(|it| it.rule == registry::INVALID_SETTINGS)
    {
        return Err(errors.into());
    }
    say(&errors, console);
    // With the same settings on both sides, only the API makes a difference.
    let settings = &new.settings;
    let names = rayon::join(|| old.names(settings), || new.names(settings));
    let mut diff = diff::diff(old.side(&names.0), new.side(&names.1));
    let (policy, wrong) = Policy::new(&new.settings.diff);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let today = jiff::tz::TimeZone::UTC
        .to_datetime(jiff::Timestamp::now())
        .date();
    say(&policy.apply(&mut diff, today), console);
    let suggestion = suggest(&diff, old.settings.crate_version());
    let context = Context {
        old: &old,
        new: &new,
        shows_noise: comparison.shows_noise,
    };
    let view = View::new(&diff, &suggestion, &context);
    match comparison.format {
        DiffFormat::Text => console.styled_result(&shown::text(&view))?,
        DiffFormat::Markdown => console.result(&shown::markdown(&view))?,
        DiffFormat::Html => console.result(&shown::html(&view).map_err(io::Error::other)?)?,
        DiffFormat::Json => console.result(&shown::json(&view).map_err(io::Error::from)?)?,
        DiffFormat::Github => console.result(&shown::github(&view))?,
    }
    let fails = match comparison.fail_on {
        FailOn::Never => false,
        FailOn::Any => diff.findings.iter().any(|it| it.waived.is_none()),
        FailOn::Breaking => diff.is_breaking() || diff.is_doubtful(),
    };
    // Freed in the background, because there may be thousands of pages.
    rayon::spawn(move || drop((old, new)));
    Ok(if fails { Status::No } else { Status::Done })
}

/// Lists the rules.
pub fn rules(console: &Console) -> Result<Status, Failure> {
    console.result(&shown::rules_text())?;
    Ok(Status::Done)
}

/// Explains one rule.
pub fn explain(id: &str, console: &Console) -> Result<Status, Failure> {
    if let Some(text) = shown::explain(id) {
        console.result(&text)?;
        return Ok(Status::Done);
    }
    let ids = diff::rules::all().map(|rule| rule.id);
    Err(unknown_rule(id, ids, "diff", console))
}

/// What isn't the result, but has to be known.
fn say(diagnostics: &[Diagnostic], console: &Console) {
    let files = Files::default();
    let more = |rule: &str| format!("more by `{rule}`");
    if !diagnostics.is_empty() {
        console.talk(&report::findings(diagnostics, &files, Limit::All, more));
    }
}
