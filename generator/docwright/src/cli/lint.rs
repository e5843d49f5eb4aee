//! The command that reports on the pages.

use std::io;

use docwright::{
    Project, advice, books,
    diagnostic::{Rule, nearest, rules as registry},
    diff, emit, report,
};

use super::{
    Status,
    args::Format,
    commands::{FEW, Failure, all_of_rule},
    console::Console,
    ready::Docs,
};

/// Reports what the pages get wrong: by all rules or by one of them.
pub fn lint(
    docs: &Docs,
    format: Format,
    rule: Option<&str>,
    console: &Console,
) -> Result<Status, Failure> {
    let rule = match rule {
        Some(id) => Some(find(id, console)?),
        None => None,
    };
    let (mut project, facts) = Project::load_with_facts(&docs.pages)?;
    let reading = &project.reading;
    let left_out = emit::findings(&reading.api, &reading.samples, &project.settings);
    let books = project.add_findings(&facts, left_out);
    let status = match (project.has_errors(), project.has_warnings()) {
        (true, _) => Status::No,
        (false, true) if docs.strict => Status::No,
        _ => Status::Done,
    };
    let reading = &mut project.reading;
    if let Some(rule) = rule {
        reading.diagnostics.retain(|it| it.rule == rule);
    }
    let files = &project.files;
    report::pin(&mut reading.diagnostics, files);
    report::sort(&mut reading.diagnostics);
    match format {
        Format::Json => {
            let advice = advice::advise(&reading.survey, &project.dialect);
            let text = {
                let books = books::Report::new(&books);
                let diagnostics = &reading.diagnostics;
                report::json(diagnostics, &reading.ledger, books, &advice, files)
            };
            console.result(&text.map_err(io::Error::from)?)?;
        }
        Format::Text => show(&project, &books, docs, rule, console)?,
    }
    Ok(status)
}

/// Shows a person the findings; what is about all rules only where no rule was asked for.
fn show(
    project: &Project,
    books: &books::Books,
    docs: &Docs,
    rule: Option<&'static Rule>,
    console: &Console,
) -> io::Result<()> {
    let (reading, files) = (&project.reading, &project.files);
    let diagnostics = &reading.diagnostics;
    let limit = match rule {
        Some(_) => report::Limit::All,
        None => FEW,
    };
    let mut text = report::findings(diagnostics, files, limit, |rule| {
        all_of_rule(&docs.pages, rule)
    });
    if rule.is_none() {
        let advice = advice::advise(&reading.survey, &project.dialect);
        let name = &project.dialect.name;
        text.push_str(&report::vocabulary(&advice, name, files));
    }
    text.push_str(&report::summary(diagnostics));
    match rule {
        Some(rule) if diagnostics.is_empty() => {
            console.talk(&format!("nothing found by the rule `{rule}`\n"));
        }
        Some(_) => {}
        None => {
            if diagnostics.is_empty() {
                text.push_str("no findings\n");
            }
            text.push_str(&report::ledger(&reading.ledger));
            text.push_str(&books::text(books));
        }
    }
    console.styled_result(&text)
}

/// Lists the rules.
pub fn rules(console: &Console) -> Result<Status, Failure> {
    console.result(&report::rules_text())?;
    Ok(Status::Done)
}

/// Explains one rule.
pub fn explain(id: &str, console: &Console) -> Result<Status, Failure> {
    let rule = find(id, console)?;
    console.result(&report::explain(rule))?;
    Ok(Status::Done)
}

/// The rule with this id; an error for people if there is none.
fn find(id: &str, console: &Console) -> Result<&'static Rule, Failure> {
    if let Some(rule) = registry::find(id) {
        return Ok(rule);
    }
    if diff::rules::find(id).is_some() {
        console.error(&format!(
            "`{id}` is a rule of `docwright diff`; `docwright diff --explain {id}` explains it"
        ));
        return Err(Failure::Status(Status::Failed));
    }
    Err(unknown_rule(
        id,
        registry::all().map(|rule| rule.id),
        "lint",
        console,
    ))
}

/// Reports that there is no such rule, with the most similar one of `ids`.
pub(super) fn unknown_rule<'a>(
    id: &str,
    ids: impl Iterator<Item = &'a str>,
    command: &str,
    console: &Console,
) -> Failure {
    let near = nearest(id, ids).map(|near| format!("did you mean `{near}`? "));
    console.error(&format!(
        "there is no rule called `{id}`; {}`docwright {command} --rules` lists them",
        near.unwrap_or_default()
    ));
    Failure::Status(Status::Failed)
}
