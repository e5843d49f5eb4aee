//! Reads the pages together with their settings and corrections.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use docwright::{
    Pages, Reading, corrections,
    diagnostic::{Diagnostic, Place, Severity, rules},
    dialect::Dialect,
    extract::PageFacts,
    report::{self, Files},
    selection,
    settings::Settings,
    source::ReadError,
};

use super::invocation;

/// Pages, read and corrected, and what there is to say about them.
pub struct Project {
    pub settings: Settings,
    pub reading: Reading,
    pub files: Files,
    pub dialect: Dialect,
}

impl Project {
    /// Whether there is an error among the diagnostics.
    pub fn has_errors(&self) -> bool {
        report::count(&self.reading.diagnostics, Severity::Error) > 0
    }

    /// Whether there is a warning among the diagnostics.
    pub fn has_warnings(&self) -> bool {
        report::count(&self.reading.diagnostics, Severity::Warning) > 0
    }
}

/// Reads the pages of these folders and single pages as one API.
///
/// # Errors
/// What makes it pointless to go on: no such folder, no pages, no dialect.
pub fn read(pages: &Pages) -> Result<Project, Vec<Diagnostic>> {
    let (project, facts) = read_with_facts(pages)?;
    // The process ends with its command, which frees thousands of pages at once;
    // piece by piece it would take a core from those who write the result.
    std::mem::forget(facts);
    Ok(project)
}

/// The same, with what each page says by itself.
///
/// # Errors
/// The same.
pub fn read_with_facts(pages: &Pages) -> Result<(Project, Vec<PageFacts>), Vec<Diagnostic>> {
    let docs = &pages.docs;
    let (settings, mut diagnostics) = Settings::for_docs(docs);
    let dialect = match settings.dialect() {
        Ok(dialect) => dialect,
        Err(error) => {
            diagnostics.push(*error);
            return Err(diagnostics);
        }
    };
    let title = settings
        .docs
        .title
        .as_ref()
        .unwrap_or(&dialect.title)
        .clone();
    let (mut reading, facts) =
        docwright::read_with_facts(pages, &dialect, &title).map_err(unreadable)?;
    let groups = [(docs, reading.pages), (&pages.evidence, reading.evidence)];
    for (paths, count) in groups {
        if let (0, Some(path)) = (count, paths.first()) {
            return Err(vec![without_pages(path)]);
        }
    }
    if reading.api.operations.is_empty() {
        diagnostics.push(without_operations(pages, reading.pages, &dialect.name));
    }
    let (corrections, errors) = corrections::for_docs(docs);
    diagnostics.extend(errors);
    corrections::apply(&mut reading.api, &corrections, &mut reading.diagnostics);
    diagnostics.extend(selection::select(
        &mut reading.api,
        &mut reading.samples,
        &settings.resources,
        &settings.operations,
    ));
    diagnostics.append(&mut reading.diagnostics);
    report::sort(&mut diagnostics);
    reading.diagnostics = diagnostics;
    let project = Project {
        dialect,
        settings,
        reading,
        files: Files::new(pages),
    };
    Ok((project, facts))
}

/// A folder or page that cannot be read.
pub fn unreadable(error: ReadError) -> Vec<Diagnostic> {
    let ReadError { path, error } = error;
    let place = Place::file(path.display().to_string());
    let message = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    let help = "name a folder of pages, or a page";
    vec![Diagnostic::new(rules::DOCS_NOT_READABLE, place, message).help(help)]
}

fn without_pages(folder: &Path) -> Diagnostic {
    let message = "has no pages in it, expected .md, .html or .txt files in any depth";
    let help = "name another folder; hidden files, and a README.md beside the pages, \
                are not read";
    let place = Place::file(folder.display().to_string());
    Diagnostic::new(rules::DOCS_WITHOUT_PAGES, place, message).help(help)
}

fn without_operations(pages: &Pages, count: usize, dialect: &str) -> Diagnostic {
    let folder = pages.docs.first().map_or(Path::new(""), PathBuf::as_path);
    let count = report::counted(count, "page");
    let message = format!("{count} read, but no operation found");
    let help = format!(
        "see with `{}` what isn't understood; is `{dialect}` the dialect of these pages? \
         docwright.toml names another",
        invocation::lint(pages, None)
    );
    let place = Place::file(folder.display().to_string());
    Diagnostic::new(rules::DOCS_WITHOUT_OPERATIONS, place, message).help(help)
}
