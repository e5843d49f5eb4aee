//! The whole path for programs, such as a build script: pages with their settings
//! and corrections, loaded, and the crate made from them, written or checked.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::{
    Reading, corrections,
    report::{self, Files},
    selection,
};
use docwright_emit::{
    self, Emitted,
    output::{self, Written},
};
use docwright_infer::{
    books::{self, Books},
    lint,
};
use docwright_model::diagnostic::{Diagnostic, Place, Severity, rules};
use docwright_read::{
    Pages, dialect::Dialect, extract::PageFacts, settings::Settings, source::ReadError,
};

/// Pages that were read, inferred, corrected and selected, with what there is to report
/// about them.
///
/// ```no_run
/// use docwright::{Pages, Project};
///
/// # fn main() -> Result<(), Vec<docwright::diagnostic::Diagnostic>> {
/// let project = Project::load(&Pages::of("docs-input"))?;
/// for finding in project.diagnostics() {
///     eprintln!("{}: {}", finding.place.file, finding.message);
/// }
/// let written = project.generate("generated".as_ref(), "cargo build")?;
/// eprintln!("{} files changed", written.changed.len());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Project {
    /// What `docwright.toml` beside the pages says, or the defaults.
    pub settings: Settings,
    /// The vendor's vocabulary.
    pub dialect: Dialect,
    /// The API, its samples, and what was found while reading.
    pub reading: Reading,
    /// The files that diagnostics point into.
    pub files: Files,
    /// The targets of the corrections that were applied.
    corrected: Vec<String>,
}

impl Project {
    /// Reads the pages of these folders and single pages as one API, and applies their
    /// settings and corrections.
    ///
    /// # Errors
    /// What makes it pointless to go on: no such folder, no pages, no dialect. Everything
    /// else is among the [`diagnostics`](Self::diagnostics), errors included.
    pub fn load(pages: &Pages) -> Result<Self, Vec<Diagnostic>> {
        let (project, facts) = Self::load_with_facts(pages)?;
        // Freed in the background, because there may be thousands of pages.
        rayon::spawn(move || drop(facts));
        Ok(project)
    }

    /// Everything that was found about the pages, the worst first.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.reading.diagnostics
    }

    /// The crate of the API, as files in memory.
    ///
    /// # Errors
    /// The errors among the diagnostics, if any: then no correct crate can be generated.
    pub fn emit(&self) -> Result<Emitted, Vec<Diagnostic>> {
        let errors = |diagnostics: &[Diagnostic]| -> Vec<Diagnostic> {
            let errors = diagnostics.iter();
            let errors = errors.filter(|it| it.severity == Severity::Error);
            errors.cloned().collect()
        };
        let found = errors(&self.reading.diagnostics);
        if !found.is_empty() {
            return Err(found);
        }
        let emitted =
            docwright_emit::emit(&self.reading.api, &self.reading.samples, &self.settings);
        let found = errors(&emitted.diagnostics);
        match found.is_empty() {
            true => Ok(emitted),
            false => Err(found),
        }
    }

    /// Writes the crate into a folder, whole or not at all. `repair` is the command that
    /// does it again; people see it when the process is killed halfway.
    ///
    /// # Errors
    /// Those of [`emit`](Self::emit), and what keeps the folder from being written. Nothing
    /// has changed then.
    pub fn generate(&self, folder: &Path, repair: &str) -> Result<Written, Vec<Diagnostic>> {
        output::write(folder, &self.emit()?.files, repair)
    }

    /// What differs between the crate and a folder, a unified diff for each file; nothing
    /// when the folder is up to date.
    ///
    /// # Errors
    /// Those of [`emit`](Self::emit), and a folder that cannot be read.
    pub fn check(&self, folder: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
        let emitted = self.emit()?;
        let changes = output::check(folder, &emitted.files)?;
        Ok(changes.iter().map(|change| change.diff(folder)).collect())
    }

    /// Like [`load`](Self::load), with what each page says by itself.
    ///
    /// # Errors
    /// The same.
    pub fn load_with_facts(pages: &Pages) -> Result<(Self, Vec<PageFacts>), Vec<Diagnostic>> {
        let docs = &pages.docs;
        let (settings, mut diagnostics) = Settings::for_docs(docs);
        let dialect = match settings.dialect() {
            Ok(dialect) => dialect,
            Err(error) => {
                diagnostics.push(*error);
                return Err(diagnostics);
            }
        };
        let title = title(&settings, &dialect);
        let (mut reading, facts) =
            crate::read_with_facts(pages, &dialect, title).map_err(unreadable)?;
        with_pages(docs, reading.pages)?;
        with_pages(&pages.evidence, reading.evidence)?;
        if reading.api.operations.is_empty() {
            diagnostics.push(without_operations(pages, reading.pages, &dialect.name));
        }
        let (corrections, errors) = corrections::for_docs(docs);
        diagnostics.extend(errors);
        let corrected =
            corrections::apply(&mut reading.api, &corrections, &mut reading.diagnostics);
        diagnostics.extend(selection::select(
            &mut reading.api,
            &mut reading.samples,
            &settings.resources,
            &settings.operations,
        ));
        diagnostics.append(&mut reading.diagnostics);
        let unsaid = lint::check(&facts, &reading.api, &dialect);
        let unsaid = lint::without_cause(unsaid, &diagnostics);
        diagnostics.extend(unsaid);
        report::sort(&mut diagnostics);
        reading.diagnostics = diagnostics;
        let project = Self {
            dialect,
            settings,
            reading,
            files: Files::new(pages),
            corrected,
        };
        Ok((project, facts))
    }

    /// Adds what is only known at the end: what the crate lacks, and facts of these pages
    /// that nothing accounts for. Gives what became of each fact.
    pub fn add_findings(&mut self, facts: &[PageFacts], left_out: Vec<Diagnostic>) -> Books {
        let (diagnostics, books) = self.findings(facts, left_out);
        self.reading.diagnostics = diagnostics;
        books
    }

    /// The diagnostics with what [`add_findings`](Self::add_findings) adds to them, and what
    /// became of each fact.
    pub fn findings(
        &self,
        facts: &[PageFacts],
        left_out: Vec<Diagnostic>,
    ) -> (Vec<Diagnostic>, Books) {
        let mut diagnostics = self.reading.diagnostics.clone();
        diagnostics.extend(lint::without_cause(left_out, &diagnostics));
        let changed = books::Changed {
            selects: self.settings.selects(),
            corrected: &self.corrected,
        };
        let api = &self.reading.api;
        let books = books::audit(facts, api, &diagnostics, &self.dialect, changed);
        diagnostics.extend(books.findings());
        report::sort(&mut diagnostics);
        (diagnostics, books)
    }

    /// Whether there is an error among the diagnostics.
    pub fn has_errors(&self) -> bool {
        report::count(&self.reading.diagnostics, Severity::Error) > 0
    }

    /// Whether there is a warning among the diagnostics.
    pub fn has_warnings(&self) -> bool {
        report::count(&self.reading.diagnostics, Severity::Warning) > 0
    }
}

/// What the API is called.
pub fn title<'a>(settings: &'a Settings, dialect: &'a Dialect) -> &'a str {
    settings.docs.title.as_ref().unwrap_or(&dialect.title)
}

/// Refuses folders without a single page.
///
/// # Errors
/// When there are folders and no pages in them.
pub fn with_pages(paths: &[PathBuf], count: usize) -> Result<(), Vec<Diagnostic>> {
    match (count, paths.first()) {
        (0, Some(path)) => Err(vec![without_pages(path)]),
        _ => Ok(()),
    }
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
    let message = "contains no pages; expected .md, .html or .txt files in it or its subfolders";
    let help = "name another folder; hidden files and the folder's own README.md are not read";
    let place = Place::file(folder.display().to_string());
    Diagnostic::new(rules::DOCS_WITHOUT_PAGES, place, message).help(help)
}

fn without_operations(pages: &Pages, count: usize, dialect: &str) -> Diagnostic {
    let folder = pages.docs.first().map_or(Path::new(""), PathBuf::as_path);
    let count = report::counted(count, "page");
    let message = format!("{count} read, but no operation found");
    let help = format!(
        "the pages may need another dialect than `{dialect}`: name it in docwright.toml; \
         `docwright lint` lists what isn't understood"
    );
    let place = Place::file(folder.display().to_string());
    Diagnostic::new(rules::DOCS_WITHOUT_OPERATIONS, place, message).help(help)
}
