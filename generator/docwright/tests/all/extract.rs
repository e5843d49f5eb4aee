//! What one page says, one case a folder in `tests/extract/`: a page and its dialect,
//! and in `expected.txt` the facts that are read from it and the findings about it.

use std::{fmt::Write as _, fs, path::Path};

use docwright::{
    dialect::Dialect,
    document, extract,
    source::{Form, Page},
};

use crate::expect;

#[test]
fn pages_become_facts() {
    let folders = expect::cases("extract");
    let found = folders
        .iter()
        .map(|folder| (folder.join("expected.txt"), facts(folder)));
    expect::files(found);
}

/// The facts of the page in a folder, a line each, and the findings.
fn facts(folder: &Path) -> String {
    let dialect = fs::read_to_string(folder.join("dialect.toml")).expect("is readable");
    let dialect = Dialect::parse(&format!("name = 'case'\ntitle = 'Case'\n{dialect}"));
    let dialect = dialect.unwrap_or_else(|error| panic!("{}: {error:?}", folder.display()));
    let mut pages = fs::read_dir(folder).expect("is a folder");
    let page = pages
        .find_map(|entry| {
            let path = entry.ok()?.path();
            let stem = path.file_stem()?.to_str()?;
            (stem == "page").then_some(path)
        })
        .expect("there is a page");
    let form = match page.extension().and_then(|it| it.to_str()) {
        Some("html") => Form::Html,
        Some("txt") => Form::Text,
        _ => Form::Markdown,
    };
    let text = fs::read_to_string(&page).expect("is readable");
    let page = Page::new("page", form, text);
    let tree = document::read(&page, &dialect);
    let facts = extract::extract(&page, &tree, &dialect);
    let mut out = facts.dump();
    for finding in &facts.diagnostics {
        let at = finding.place.line;
        let _ = writeln!(out, "{at:>5} {}: {}", finding.rule, finding.message);
    }
    out
}
