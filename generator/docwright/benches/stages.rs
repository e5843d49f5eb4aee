//! How long each stage takes, beside the parsers that it stands on.
//!
//! Pages come from the folder that `DOCWRIGHT_CORPUS` names (`v10.2.2` and its
//! HTML and page-text forms below `superoffice/`), or else are made from
//! `docs-input/` and the seed page of the tests. All benches run on one core.

use std::{
    fs,
    path::{Path, PathBuf},
};

use divan::{Bencher, black_box};
use docwright::{
    Pages, Reading,
    dialect::Dialect,
    document::{self, Document},
    export,
    extract::{self, PageFacts},
    infer,
    settings::Settings,
    source::{self, Form, Page},
};

const FORMS: [Form; 3] = [Form::Markdown, Form::Html, Form::Text];

/// How many copies of a page stand in for a corpus.
const COPIES: usize = 100;

fn main() {
    // Stages are compared with parsers on one core.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
    pool.build_global().expect("the first thread pool");
    divan::main();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn dialect() -> Dialect {
    let (settings, _) = Settings::for_docs(&[root().join("docs-input")]);
    settings.dialect().expect("the dialect of docs-input")
}

/// All pages of a form, in the order of their paths.
fn pages(form: Form) -> Vec<Page> {
    let Some(corpus) = std::env::var_os("DOCWRIGHT_CORPUS") else {
        return synthetic(form);
    };
    let folder = match form {
        Form::Markdown | Form::Mdx => "superoffice/v10.2.2",
        Form::Html => "superoffice/v10.2.2-html",
        Form::Text => "superoffice/v10.2.2-text",
    };
    let files = source::find(&Path::new(&corpus).join(folder)).expect("the corpus");
    let read = |(path, file): &(String, PathBuf)| source::read(path, file).expect("a page");
    files.iter().map(read).collect()
}

/// Pages of this repository, each several times: with uids and paths of its
/// own in Markdown, unchanged in the other forms.
fn synthetic(form: Form) -> Vec<Page> {
    let (folder, ending) = match form {
        Form::Markdown | Form::Mdx => ("docs-input", ".md"),
        Form::Html => ("generator/docwright/tests/document/seed", ".html"),
        Form::Text => ("generator/docwright/tests/text", ".txt"),
    };
    let files = source::find(&root().join(folder)).expect("pages of this repository");
    let files = files.iter().filter(|(path, _)| {
        let expected = path.ends_with("expected.txt") || path.ends_with(".html.txt");
        path.ends_with(ending) && !expected
    });
    let mut pages = Vec::new();
    for (path, file) in files {
        let text = fs::read_to_string(file).expect("a page");
        for copy in 0..COPIES {
            let text = text
                .replace("v1Batch_", &format!("v1Batch{copy}_"))
                .replace("/BatchTask", &format!("/BatchTask{copy}"));
            pages.push(Page::new(format!("{copy}/{path}"), form, text));
        }
    }
    pages
}

fn documents(pages: &[Page], dialect: &Dialect) -> Vec<Document> {
    let read = |page| document::read(page, dialect);
    pages.iter().map(read).collect()
}

fn facts(form: Form, dialect: &Dialect) -> Vec<PageFacts> {
    let pages = pages(form);
    let facts = pages.iter().map(|page| docwright::facts_of(page, dialect));
    facts.collect()
}

fn reading() -> Reading {
    let dialect = dialect();
    let inferred = infer::infer(&facts(Form::Markdown, &dialect), &[], &dialect, "API");
    Reading {
        api: inferred.api,
        samples: inferred.samples,
        ..Reading::default()
    }
}

/// What the stages are compared with.
mod baseline {
    use super::*;

    #[divan::bench]
    fn pulldown_cmark_events(bencher: Bencher) {
        let pages = pages(Form::Markdown);
        bencher.bench_local(|| {
            for page in &pages {
                let options = pulldown_cmark::Options::ENABLE_TABLES;
                let parser = pulldown_cmark::Parser::new_ext(&page.text, options);
                black_box(parser.into_offset_iter().count());
            }
        });
    }

    #[divan::bench]
    fn scraper_tree(bencher: Bencher) {
        let pages = pages(Form::Html);
        bencher.bench_local(|| {
            for page in &pages {
                black_box(scraper::Html::parse_document(&page.text));
            }
        });
    }
}

#[divan::bench(args = FORMS)]
fn document(bencher: Bencher, form: Form) {
    let (dialect, pages) = (dialect(), pages(form));
    bencher.bench_local(|| {
        for page in &pages {
            black_box(document::read(page, &dialect));
        }
    });
}

#[divan::bench(args = FORMS)]
fn extract(bencher: Bencher, form: Form) {
    let (dialect, pages) = (dialect(), pages(form));
    let documents = documents(&pages, &dialect);
    bencher.bench_local(|| {
        for (page, document) in pages.iter().zip(&documents) {
            black_box(extract::extract(page, document, &dialect));
        }
    });
}

#[divan::bench(args = FORMS)]
fn infer(bencher: Bencher, form: Form) {
    let dialect = dialect();
    let facts = facts(form, &dialect);
    bencher.bench_local(|| infer::infer(&facts, &[], &dialect, "API"));
}

#[divan::bench]
fn export_openapi(bencher: Bencher) {
    let reading = reading();
    bencher
        .bench_local(|| export::openapi(&reading.api, &reading.samples, "1.0", Default::default()));
}

#[divan::bench]
fn export_model(bencher: Bencher) {
    let reading = reading();
    bencher.bench_local(|| export::model(&reading.api));
}

/// From the files of `docs-input/` to the model.
#[divan::bench]
fn read_docs_input(bencher: Bencher) {
    let dialect = dialect();
    let pages = Pages {
        docs: vec![root().join("docs-input")],
        ..Pages::default()
    };
    bencher.bench_local(|| docwright::read(&pages, &dialect, "API").expect("docs-input"));
}
