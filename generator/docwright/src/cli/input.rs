//! One side of a comparison: pages, a model file, or either of them in a
//! revision of the git repository.

use std::path::Path;

use docwright::{
    Pages, Project,
    diagnostic::{Diagnostic, Place, Severity, rules},
    dialect::Dialect,
    diff::{RustNames, Side, report::Origin},
    emit,
    extract::PageFacts,
    model::{Api, FORMAT, OLDEST_FORMAT, Provenance, Sample},
    report::Files,
    settings::Settings,
    source,
};
use serde::Deserialize;

use super::git::{self, Checkout};

/// The folder of a revision that is named without a path.
const DEFAULT: &str = "docs-input";

/// One side of a comparison, read.
pub struct Input {
    /// What the user called it.
    name: String,
    api: Api,
    samples: Vec<Sample>,
    /// What each page says by itself; empty for a model file.
    facts: Vec<PageFacts>,
    /// The words of the pages; `None` for a model file.
    dialect: Option<Dialect>,
    pub settings: Settings,
    /// What is wrong with the settings and corrections beside the pages.
    pub errors: Vec<Diagnostic>,
    files: Option<Files>,
    /// The folder of a revision's files, and what stands in its place for the
    /// user.
    origin: Option<(Checkout, String)>,
}

/// Reads what the user named.
///
/// # Errors
/// When there is no such thing, or nothing that can be compared is in it.
pub fn read(name: &str) -> Result<Input, Vec<Diagnostic>> {
    let path = Path::new(name);
    if path.exists() {
        return read_path(name, path);
    }
    let (revision, within) = name.split_once(':').unwrap_or((name, DEFAULT));
    let wrong = |message: String| {
        let help = "name a folder of pages, a page, a model file (api.json), REV:PATH or REV of \
                    the git repository";
        let place = Place::file(name);
        vec![Diagnostic::new(rules::DIFF_INPUT, place, message).help(help)]
    };
    if revision.is_empty() || within.is_empty() {
        return Err(wrong("there is no such file or folder".to_owned()));
    }
    let commit = git::commit(revision)
        .map_err(|why| wrong(format!("there is no such file or folder, and {why}")))?;
    let checkout = git::checkout(&commit, within).map_err(wrong)?;
    let path = checkout.path.clone();
    let mut input = read_path(name, &path).map_err(|mut diagnostics| {
        for diagnostic in &mut diagnostics {
            let shown = path.display().to_string();
            diagnostic.place.file = diagnostic.place.file.replace(&shown, name);
            if let Some(help) = &mut diagnostic.help {
                *help = help.replace(&shown, name);
            }
        }
        diagnostics
    })?;
    input.origin = Some((
        checkout,
        format!("{revision}:{}", within.trim_end_matches('/')),
    ));
    Ok(input)
}

fn read_path(name: &str, path: &Path) -> Result<Input, Vec<Diagnostic>> {
    let is_model = path.is_file() && path.extension().is_some_and(|it| it == "json");
    match is_model {
        true => read_model(name, path).map_err(|error| vec![*error]),
        false => read_pages(name, path),
    }
}

fn read_pages(name: &str, path: &Path) -> Result<Input, Vec<Diagnostic>> {
    let pages = Pages {
        docs: vec![path.to_owned()],
        evidence: Vec::new(),
    };
    let (project, facts) = Project::load_with_facts(&pages)?;
    let errors = project.reading.diagnostics.into_iter();
    let errors: Vec<_> = errors.filter(|it| it.severity == Severity::Error).collect();
    // An empty side would look like an API in which everything is new.
    if project.reading.api.operations.is_empty() {
        return Err(errors);
    }
    Ok(Input {
        name: name.to_owned(),
        api: project.reading.api,
        samples: project.reading.samples,
        facts,
        dialect: Some(project.dialect),
        settings: project.settings,
        errors,
        files: Some(Files::new(&pages)),
        origin: None,
    })
}

/// What is read of a model before the rest: another version has another rest.
#[derive(Deserialize)]
struct Head {
    format: Option<serde_json::Value>,
}

fn read_model(name: &str, path: &Path) -> Result<Input, Box<Diagnostic>> {
    let wrong = |message: String, help: &str| invalid_model(name, (0, 0), message, help);
    let at = |error: serde_json::Error| {
        let message = error.to_string();
        // The place is said on its own.
        let message = message.split(" at line ").next().unwrap_or_default();
        let place = (error.line(), error.column());
        invalid_model(name, place, message.to_owned(), WRITE_AGAIN)
    };
    let text = source::read_file(path).map_err(|error| {
        let message = format!("cannot be read: {error}");
        wrong(message, "name a model file")
    })?;
    let head: Head = serde_json::from_slice(&text).map_err(at)?;
    check_format(head).map_err(|(message, help)| wrong(message, help))?;
    let mut api: Api = serde_json::from_slice(&text).map_err(at)?;
    if api.operations.is_empty() {
        let message = "contains no operations".to_owned();
        return Err(wrong(message, "name a model with operations"));
    }
    // Types are looked up by name; a file that was written by hand need not
    // have them in order.
    api.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Input {
        name: name.to_owned(),
        api,
        samples: Vec::new(),
        facts: Vec::new(),
        dialect: None,
        settings: Settings::for_docs(&[path.to_owned()]).0,
        errors: Vec::new(),
        files: None,
        origin: None,
    })
}

const WRITE_AGAIN: &str = "write it again with `docwright export model`";

/// Whether this docwright reads models of that format; else what is wrong, and what helps.
fn check_format(head: Head) -> Result<(), (String, &'static str)> {
    match head.format {
        Some(format) if (OLDEST_FORMAT..=FORMAT).any(|known| format == known) => Ok(()),
        Some(format) => Err((
            format!(
                "has model format {format}; this version of docwright reads formats \
                 {OLDEST_FORMAT} to {FORMAT}"
            ),
            "compare the pages themselves, or export the model again with this version of \
             docwright",
        )),
        None => Err((
            "is not a docwright model: it has no `format`".to_owned(),
            WRITE_AGAIN,
        )),
    }
}

/// A mistake in a model file, at a line and a column; 0 means none.
fn invalid_model(
    name: &str,
    (line, column): (usize, usize),
    message: String,
    help: &str,
) -> Box<Diagnostic> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let place = Place {
        file: name.to_owned(),
        line: count(line),
        column: count(column),
        width: u32::from(line > 0),
        words: Vec::new(),
    };
    Box::new(Diagnostic::new(rules::INVALID_MODEL, place, message).help(help))
}

impl Origin for Input {
    fn name(&self) -> &str {
        &self.name
    }

    fn file(&self, page: &str) -> Option<String> {
        let path = self.files.as_ref()?.path(page);
        let Some((checkout, shown)) = &self.origin else {
            return Some(path.display().to_string());
        };
        match path.strip_prefix(&checkout.path) {
            Ok(rest) if rest.as_os_str().is_empty() => Some(shown.clone()),
            Ok(rest) => Some(format!("{shown}/{}", rest.display())),
            Err(_) => Some(format!("{shown}/{page}")),
        }
    }

    fn link(&self, place: &Provenance) -> Option<String> {
        self.settings.link(place)
    }
}

impl Input {
    /// The names in its crate, with these settings.
    pub fn names(&self, settings: &Settings) -> RustNames {
        let (operations, types) = emit::rust_names(&self.api, settings);
        RustNames { operations, types }
    }

    /// What is compared.
    pub fn side<'a>(&'a self, names: &'a RustNames) -> Side<'a> {
        Side {
            api: &self.api,
            samples: &self.samples,
            pages: &self.facts,
            dialect: self.dialect.as_ref(),
            names: Some(names),
        }
    }
}
