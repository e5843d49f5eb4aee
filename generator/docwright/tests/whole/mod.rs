//! All that docwright makes of pages, stage by stage, as its commands do.

use std::fs;

use docwright::{
    Pages, advice, books,
    diagnostic::{Diagnostic, Severity},
    dialect::Dialect,
    diff::{
        self, Side,
        report::{self as shown, Context, Origin, View},
        suggest,
    },
    document, emit, export,
    extract::{Ledger, PageFacts, Survey},
    facts_of, infer,
    model::{Api, Provenance},
    report::{self, Files, Limit},
    settings::Settings,
    source::{Form, Page},
    visible::is_invisible,
};

/// What stands around a page.
pub struct Desk {
    /// Its dialect.
    pub dialect: Dialect,
    settings: Settings,
    folder: tempfile::TempDir,
}

/// Pages that are read.
pub struct Read {
    facts: Vec<PageFacts>,
    inferred: infer::Inferred,
}

/// What is done around the work of each stage.
pub trait Watch {
    /// Has to do the work, once.
    fn stage(&self, name: &'static str, work: &mut dyn FnMut());
}

/// Does the work and nothing else.
impl Watch for () {
    fn stage(&self, _: &'static str, work: &mut dyn FnMut()) {
        work();
    }
}

/// What becomes of it.
pub struct Outputs {
    /// The model as JSON.
    model: String,
    /// The same in OpenAPI.
    openapi: String,
    /// The crate.
    emitted: emit::Emitted,
}

impl Desk {
    pub fn new(dialect: Dialect) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (settings, _) = Settings::for_docs(&[folder.path().to_owned()]);
        Self {
            dialect,
            settings,
            folder,
        }
    }

    /// Reads the pages of a reference.
    pub fn read(&self, pages: &[Page], watch: &impl Watch) -> Read {
        watched(watch, "document", || {
            for page in pages {
                document::read(page, &self.dialect).dump(page);
            }
        });
        let facts: Vec<_> = watched(watch, "extract", || {
            let facts = pages.iter().map(|page| facts_of(page, &self.dialect));
            facts.inspect(|it| drop(it.dump())).collect()
        });
        let inferred = watched(watch, "infer", || {
            infer::infer(&facts, &[], &self.dialect, "Boats")
        });
        Read { facts, inferred }
    }

    /// Writes all that can be written about pages, beside an older state of them.
    pub fn write(&self, pages: &[Page], old: &Read, new: &Read, watch: &impl Watch) -> Outputs {
        let books = watched(watch, "books", || self.audit(new));
        watched(watch, "lint", || self.lint(pages, new, &books));
        let (api, samples) = (&new.inferred.api, &new.inferred.samples);
        let (model, openapi) = watched(watch, "export", || {
            let model = export::model(api).unwrap();
            export::model(&export::plain(api.clone())).unwrap();
            let openapi = export::openapi(api, samples, "1", export::SpecVersion::default());
            export::openapi(api, samples, "1", export::SpecVersion::V3_0).unwrap();
            (model, openapi.unwrap().text)
        });
        let emitted = watched(watch, "emit", || emit::emit(api, samples, &self.settings));
        watched(watch, "diff", || self.diff(old, new));
        Outputs {
            model,
            openapi,
            emitted,
        }
    }

    fn audit(&self, read: &Read) -> books::Books {
        let Read { facts, inferred } = read;
        books::audit(
            facts,
            &inferred.api,
            &findings(read),
            &self.dialect,
            books::Changed::default(),
        )
    }

    fn lint(&self, pages: &[Page], read: &Read, books: &books::Books) {
        let file = |page: &Page| self.folder.path().join(&*page.path);
        for page in pages {
            fs::write(file(page), &page.text).unwrap();
        }
        let files = Files::new(&Pages {
            docs: pages.iter().map(file).collect(),
            evidence: Vec::new(),
        });
        let mut diagnostics = findings(read);
        diagnostics.extend(books.findings());
        report::pin(&mut diagnostics, &files);
        report::sort(&mut diagnostics);
        let (mut ledger, mut survey) = (Ledger::default(), Survey::default());
        for facts in &read.facts {
            ledger += &facts.ledger;
            survey += &facts.survey;
        }
        let advice = advice::advise(&survey, &self.dialect);
        let all = |_: &str| String::new();
        report::findings(&diagnostics, &files, Limit::All, all);
        report::vocabulary(&advice, "a dialect", &files);
        report::summary(&diagnostics);
        let books = books::Report::new(books);
        report::json(&diagnostics, &ledger, books, &advice, &files).unwrap();
    }

    fn diff(&self, old: &Read, new: &Read) {
        let side = |read| side(read, &self.dialect);
        let diff = diff::diff(side(old), side(new));
        let suggestion = suggest(&diff, "0.1.0");
        let context = Context {
            old: &Named("old"),
            new: &Named("new"),
            shows_noise: true,
        };
        let view = View::new(&diff, &suggestion, &context);
        shown::text(&view);
        shown::markdown(&view);
        shown::github(&view);
        shown::html(&view).unwrap();
        shown::json(&view).unwrap();
    }
}

impl Outputs {
    /// What is wrong with what was written; nothing, mostly.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        match serde_json::from_str::<Api>(&self.model) {
            Ok(api) if export::model(&api).unwrap() == self.model => {}
            Ok(_) => faults.push("the model that is read back is another".to_owned()),
            Err(error) => faults.push(format!("the model isn't read back: {error}")),
        }
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&self.openapi) {
            faults.push(format!("OpenAPI is no JSON: {error}"));
        }
        let emitted = &self.emitted;
        let errors = emitted.diagnostics.iter();
        let errors = errors.filter(|it| it.severity == Severity::Error);
        faults.extend(errors.map(|it| it.message.clone()));
        for (path, text) in emitted.files.iter() {
            if text.contains(is_invisible) {
                faults.push(format!("{path} has characters that don't show"));
            }
            if path.ends_with(".md") {
                let examples = examples(text).into_iter();
                let wrong = examples.filter_map(|example| {
                    let wrapped = format!("async fn example() {{ {example} }}");
                    syn::parse_file(&wrapped).err()
                });
                faults.extend(wrong.map(|error| format!("{path}: an example is no Rust: {error}")));
            }
        }
        faults
    }
}

/// What a stage makes, watched.
fn watched<T>(watch: &impl Watch, stage: &'static str, work: impl FnOnce() -> T) -> T {
    let (mut work, mut made) = (Some(work), None);
    watch.stage(stage, &mut || made = work.take().map(|work| work()));
    made.unwrap()
}

/// What reading and inference report.
fn findings(read: &Read) -> Vec<Diagnostic> {
    let of_pages = read.facts.iter().flat_map(|it| &it.diagnostics);
    of_pages
        .chain(&read.inferred.diagnostics)
        .cloned()
        .collect()
}

/// The Rust in a Markdown file.
fn examples(markdown: &str) -> Vec<String> {
    let blocks = markdown.split("\n```rust").skip(1);
    let blocks = blocks.filter_map(|block| block.split_once('\n')?.1.split("\n```").next());
    let shown = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n";
    blocks
        .map(|block| block.lines().map(shown).collect())
        .collect()
}

fn side<'a>(read: &'a Read, dialect: &'a Dialect) -> Side<'a> {
    Side {
        api: &read.inferred.api,
        samples: &read.inferred.samples,
        pages: &read.facts,
        dialect: Some(dialect),
        names: None,
    }
}

struct Named(&'static str);

impl Origin for Named {
    fn name(&self) -> &str {
        self.0
    }

    fn file(&self, page: &str) -> Option<String> {
        Some(page.to_owned())
    }

    fn link(&self, _: &Provenance) -> Option<String> {
        None
    }
}

/// The ending of a page's file.
pub fn ending(form: Form) -> &'static str {
    match form {
        Form::Markdown => "md",
        Form::Mdx => "mdx",
        Form::Html => "html",
        Form::Text => "txt",
    }
}
