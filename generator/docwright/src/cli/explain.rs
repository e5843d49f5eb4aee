//! The command that explains one thing of the API.

use docwright::{
    Pages,
    corrections::{self, Correction},
    diagnostic::Diagnostic,
    infer::{Explanation, Point},
    model::Provenance,
    project,
    report::{self, Files},
    settings::Settings,
    visible,
};

use super::{
    Status,
    commands::{FEW, Failure, all_of_rule},
    console::Console,
    invocation,
};

/// Prints what is decided about `target`, the evidence with its places, what was
/// overruled, and the findings and corrections about it.
pub fn explain(pages: &Pages, target: &str, console: &Console) -> Result<Status, Failure> {
    let (settings, errors) = Settings::for_docs(&pages.docs);
    let dialect = settings.dialect()?;
    let (corrections, more) = corrections::for_docs(&pages.docs);
    let errors: Vec<Diagnostic> = [errors, more].concat();
    let files = Files::new(pages);
    let of_rule = |rule: &str| all_of_rule(pages, rule);
    console.talk(&report::findings(&errors, &files, FEW, of_rule));
    let title = project::title(&settings, &dialect);
    let account = docwright::explain(pages, &dialect, title, target);
    let account = account.map_err(project::unreadable)?;
    project::with_pages(&pages.docs, account.pages)?;
    let explanation = match account.explanation {
        Ok(explanation) => explanation,
        Err(unknown) => {
            let near = unknown.near.map(|near| format!("; did you mean `{near}`?"));
            let near = near.unwrap_or_else(|| {
                let model = invocation::export_model(pages);
                format!("; `{model}` shows all types and operations")
            });
            console.error(&format!("{}{near}", unknown.message));
            return Err(Failure::Status(Status::Failed));
        }
    };
    let mut text = shown(&explanation, &files);
    let own = corrections
        .iter()
        .filter(|it| it.target == explanation.target);
    text.extend(own.map(corrected));
    let mut findings = account.diagnostics;
    findings.retain(|it| is_about(it, &explanation.target));
    if !findings.is_empty() {
        text.push_str("findings\n\n");
        report::pin(&mut findings, &files);
        report::sort(&mut findings);
        text.push_str(&report::findings(&findings, &files, FEW, of_rule));
    }
    console.styled_result(&text)?;
    Ok(Status::Done)
}

/// What a correction says in the end.
fn corrected(correction: &Correction) -> String {
    format!(
        "corrected\n  {} sets {}: {} ({})\n\n",
        corrections::FILE,
        correction.set,
        visible::text(&correction.reason),
        visible::text(&correction.source),
    )
}

/// Whether a finding is about a target or a part of it.
fn is_about(finding: &Diagnostic, target: &str) -> bool {
    let about = finding.target.as_deref();
    about.is_some_and(|about| {
        let rest = about.strip_prefix(target);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
    })
}

/// The decision, the evidence and what was overruled, a line for each thing said, with the
/// place by which the user can open it.
fn shown(explanation: &Explanation, files: &Files) -> String {
    let mut text = format!("{}\n", visible::text(&explanation.target));
    let parts = [
        ("decision", &explanation.decision),
        ("evidence", &explanation.evidence),
        ("overruled", &explanation.overruled),
    ];
    for (title, points) in parts {
        if points.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{title}\n"));
        for point in points {
            text.push_str(&line(point, files));
        }
    }
    text.push('\n');
    text
}

fn line(point: &Point, files: &Files) -> String {
    let words = visible::text(&point.words).replace('\n', " ");
    match &point.place {
        Some(place) => format!("  {words}\n    {}\n", at(place, files)),
        None => format!("  {words}\n"),
    }
}

/// A place: the file and position, then heading and row as on the page.
fn at(place: &Provenance, files: &Files) -> String {
    let mut text = files.path(&place.page).display().to_string();
    if let Some(position) = place.position {
        text.push_str(&format!(":{}:{}", position.line, position.column));
    }
    if let Some(heading) = &place.heading {
        text.push_str(&format!(" “{heading}”"));
    }
    if let Some(row) = &place.row {
        text.push_str(&format!(" row {row}"));
    }
    visible::text(&text).replace('\n', " ")
}
