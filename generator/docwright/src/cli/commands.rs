//! What each command does.

use std::{io, mem, path::Path};

use docwright::{
    Pages, Project, Reading,
    diagnostic::{Diagnostic, Place, Severity, rules},
    document, emit,
    export::{self, Caveat, Document},
    extract::PageFacts,
    output::{self, Change, MANIFEST},
    report::{self, Files, Limit, counted},
    settings::Settings,
    source,
};

use super::{
    Status,
    args::Stage,
    console::Console,
    diff, explain, invocation, lint, manual, mock,
    ready::{Docs, Form, Output, Part, Task, To},
};

/// How many findings of a rule are shown where all would be too many.
pub(super) const FEW: Limit = Limit::Few(3);

/// Does what was asked for.
pub fn run(task: &Task, console: &Console) -> Status {
    let done = match task {
        Task::Generate(output) => generate(output, console),
        Task::Check(output) => check(output, console),
        Task::Lint { docs, format, rule } => lint::lint(docs, *format, rule.as_deref(), console),
        Task::LintRules => lint::rules(console),
        Task::LintRule(id) => lint::explain(id, console),
        Task::Inspect { page, part } => inspect(page, *part, console),
        Task::Explain { pages, target } => explain::explain(pages, target, console),
        Task::Diff(comparison) => diff::compare(comparison, console),
        Task::DiffRules => diff::rules(console),
        Task::DiffRule(id) => diff::explain(id, console),
        Task::Export { docs, form, to } => export(docs, *form, to, console),
        Task::Mock(served) => mock::serve(served, console),
        Task::Completions(shell) => manual::completions(*shell, console),
        Task::Man(command) => manual::page(command.as_deref(), console),
    };
    done.unwrap_or_else(|failure| {
        match failure {
            Failure::Status(status) => return status,
            Failure::Diagnostics(diagnostics) => {
                show(&diagnostics, &task.pages(), console);
            }
            Failure::Output(error) => {
                console.error(&format!("cannot write to standard output: {error}"));
            }
        }
        Status::Failed
    })
}

/// Why a command ends early.
pub enum Failure {
    /// Everything is said.
    Status(Status),
    /// This has to be said.
    Diagnostics(Vec<Diagnostic>),
    /// The result cannot be written.
    Output(io::Error),
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Diagnostics(diagnostics)
    }
}

impl From<Box<Diagnostic>> for Failure {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Diagnostics(vec![*diagnostic])
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn generate(output: &Output, console: &Console) -> Result<Status, Failure> {
    let emitted = emitted(&output.docs, console)?;
    let repair = invocation::generate(&output.docs.pages, &output.folder);
    let written = output::write(&output.folder, &emitted.files, &repair)?;
    let counts = [
        (written.added.len(), "new"),
        (written.changed.len(), "changed"),
        (written.removed.len(), "removed"),
    ];
    let counts = counts.iter().filter(|(n, _)| *n > 0);
    let counts: Vec<_> = counts.map(|(n, what)| format!("{n} {what}")).collect();
    let changes = match counts.is_empty() {
        true => "nothing changed".to_owned(),
        false => counts.join(", "),
    };
    console.talk(&format!(
        "{}: {}, {}, {} ({changes})\n",
        output.folder.display(),
        counted(emitted.operations, "operation"),
        counted(emitted.types, "type"),
        counted(emitted.files.len(), "file"),
    ));
    Ok(Status::Done)
}

fn check(output: &Output, console: &Console) -> Result<Status, Failure> {
    let emitted = emitted(&output.docs, console)?;
    let changes = output::check(&output.folder, &emitted.files)?;
    if changes.is_empty() {
        let folder = output.folder.display();
        console.talk(&format!("{folder} is up to date\n"));
        return Ok(Status::Done);
    }
    // The list of files says nothing that the other changes don't say, unless
    // it is the only one.
    let only = changes.len() == 1;
    let shown = changes.iter().filter(|it| only || it.path != MANIFEST);
    let diffs: Vec<_> = shown.map(|change| change.diff(&output.folder)).collect();
    console.result(&diffs.concat())?;
    let state = match changes.iter().any(Change::is_interruption) {
        true => "is incomplete, because a run was interrupted",
        false => "is out of date",
    };
    console.error(&format!(
        "{} {state}: {}; to update it, run `{}`",
        output.folder.display(),
        counted(diffs.len(), "file")
            + if diffs.len() == 1 {
                " differs"
            } else {
                " differ"
            },
        invocation::generate(&output.docs.pages, &output.folder),
    ));
    Ok(Status::No)
}

fn inspect(page: &Path, part: Part, console: &Console) -> Result<Status, Failure> {
    let name = page.file_name().unwrap_or_default().to_string_lossy();
    let (settings, mut diagnostics) = Settings::for_docs(&[page.to_owned()]);
    let dialect = settings.dialect()?;
    let pages = Pages::of(page);
    let text = match part {
        Part::Pass(pass) => {
            let printed = docwright::print_pass(&pages, &dialect, pass);
            let (text, found) = printed.map_err(docwright::project::unreadable)?;
            diagnostics.extend(found);
            text
        }
        Part::Stage(Stage::Model) => {
            let docs = Docs {
                pages: pages.clone(),
                strict: false,
            };
            let project = read(&docs, console)?;
            export::model(&project.reading.api).map_err(io::Error::from)?
        }
        Part::Stage(stage) => {
            if page.is_dir() {
                let place = Place::file(page.display().to_string());
                let error = Diagnostic::new(rules::DOCS_NOT_READABLE, place, "is a folder")
                    .help("name one page");
                return Err(vec![error].into());
            }
            let page = source::read(&name, page).map_err(docwright::project::unreadable)?;
            match stage {
                Stage::Document => document::read(&page, &dialect).dump(&page),
                _ => {
                    let facts = docwright::facts_of(&page, &dialect);
                    diagnostics.extend_from_slice(&facts.diagnostics);
                    facts.dump()
                }
            }
        }
    };
    console.result(&text)?;
    report::sort(&mut diagnostics);
    show(&diagnostics, &pages, console);
    match report::count(&diagnostics, Severity::Error) {
        0 => Ok(Status::Done),
        _ => Ok(Status::Failed),
    }
}

fn export(docs: &Docs, form: Form, to: &To, console: &Console) -> Result<Status, Failure> {
    let (_, document) = read_and(docs, console, |project| {
        let Reading { api, samples, .. } = &project.reading;
        let text = match form {
            Form::Model { plain: false } => export::model(api),
            Form::Model { plain: true } => export::model(&export::plain(api.clone())),
            Form::OpenApi(spec) => {
                return export::openapi(api, samples, project.settings.api_version(), spec);
            }
        };
        text.map(|text| Document {
            text,
            caveats: Vec::new(),
        })
    })?;
    let Document {
        text,
        caveats: missed,
    } = document.map_err(io::Error::from)?;
    console.talk(&caveats(&missed));
    match to {
        To::StandardOutput => console.result(&text)?,
        To::File(path) => output::write_file(path, &text)?,
    }
    Ok(Status::Done)
}

/// What tools won't see in an OpenAPI document or may refuse, in words; nothing when all is
/// well.
fn caveats(caveats: &[Caveat]) -> String {
    let (mut identical, mut behind, mut samples) = (0, 0, 0);
    for caveat in caveats {
        match caveat {
            Caveat::IdenticalPath { .. } => identical += 1,
            Caveat::Behind { .. } => behind += 1,
            Caveat::Sample { .. } => samples += 1,
        }
    }
    let lines = [
        (
            identical,
            "operation",
            "with a path that differs from another one only in the names of parameters, which \
             OpenAPI forbids; --spec-version 3.0 puts them under `x-also`",
        ),
        (
            behind,
            "operation",
            "under `x-also`, because OpenAPI allows only one operation for a method and a path",
        ),
        (
            samples,
            "sample",
            "under `x-samples`, with the reason, because the schema doesn't allow them",
        ),
    ];
    let lines = lines.into_iter().filter(|(count, ..)| *count > 0);
    lines
        .map(|(count, noun, words)| format!("{} {words}\n", counted(count, noun)))
        .collect()
}

/// Reads the pages, for a command whose result isn't about the findings, and
/// says what the findings mean for it.
///
/// The process ends with the command, which frees all memory at once. Freeing
/// an API piece by piece takes about as long as writing it.
pub(super) fn read(docs: &Docs, console: &Console) -> Result<&'static mut Project, Failure> {
    let (project, ()) = read_and(docs, console, |_| ())?;
    Ok(project)
}

/// The same, for a command that makes something of the pages: it is made while the last
/// findings are looked for.
fn read_and<T: Send>(
    docs: &Docs,
    console: &Console,
    make: impl FnOnce(&Project) -> T + Send,
) -> Result<(&'static mut Project, T), Failure> {
    let (project, facts) = load(docs, console)?;
    let findings = |project: &Project| {
        let Reading { api, samples, .. } = &project.reading;
        let left_out = emit::findings(api, samples, &project.settings);
        project.findings(facts, left_out)
    };
    let (made, (diagnostics, _)) = rayon::join(|| make(project), || findings(project));
    project.reading.diagnostics = diagnostics;
    weigh(project, docs, console)?;
    Ok((project, made))
}

/// Reads the pages; errors among what was found end the command.
fn load(
    docs: &Docs,
    console: &Console,
) -> Result<(&'static mut Project, &'static [PageFacts]), Failure> {
    let (project, facts) = Project::load_with_facts(&docs.pages)?;
    let project = Box::leak(Box::new(project));
    if project.has_errors() {
        weigh(project, docs, console)?;
    }
    Ok((project, facts.leak()))
}

/// Says how many findings there are, and stops where that is asked for.
fn weigh(project: &Project, docs: &Docs, console: &Console) -> Result<(), Failure> {
    let diagnostics = &project.reading.diagnostics;
    let fails = |it: &&Diagnostic| {
        it.severity == Severity::Error || docs.strict && it.severity == Severity::Warning
    };
    let failing: Vec<_> = diagnostics.iter().filter(fails).cloned().collect();
    show(&failing, &docs.pages, console);
    if project.has_errors() {
        let errors = counted(report::count(diagnostics, Severity::Error), "error");
        console.error(&format!("stopped because of {errors}; nothing was written"));
        return Err(Failure::Status(Status::Failed));
    }
    let warnings = report::count(diagnostics, Severity::Warning);
    if warnings > 0 && docs.strict {
        let warnings = counted(warnings, "warning");
        console.error(&format!(
            "stopped because of {warnings} (--strict); nothing was written"
        ));
        return Err(Failure::Status(Status::No));
    }
    if warnings > 0 {
        let warnings = counted(warnings, "warning");
        let lint = invocation::lint(&docs.pages, None);
        console.talk(&format!(
            "{warnings} about the pages; `{lint}` shows them\n"
        ));
    }
    Ok(())
}

fn show(diagnostics: &[Diagnostic], pages: &Pages, console: &Console) {
    let files = Files::new(pages);
    let mut diagnostics = diagnostics.to_vec();
    report::pin(&mut diagnostics, &files);
    let more = |rule: &str| all_of_rule(pages, rule);
    console.talk(&report::findings(&diagnostics, &files, FEW, more));
}

pub(super) fn all_of_rule(pages: &Pages, rule: &str) -> String {
    format!("`{}` shows all", invocation::lint(pages, Some(rule)))
}

/// The generated crate. What cannot be part of it is among the findings.
fn emitted(docs: &Docs, console: &Console) -> Result<emit::Emitted, Failure> {
    let (project, facts) = load(docs, console)?;
    let Reading { api, samples, .. } = &project.reading;
    let mut emitted = emit::emit(api, samples, &project.settings);
    let left_out = mem::take(&mut emitted.diagnostics);
    let shown = match docs.strict {
        true => Vec::new(),
        false => left_out.clone(),
    };
    project.add_findings(facts, left_out);
    if !project.has_errors() {
        show(&shown, &docs.pages, console);
    }
    weigh(project, docs, console)?;
    Ok(emitted)
}
