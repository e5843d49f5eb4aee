//! What changed between two folders of pages, one edit of pages a file in
//! `tests/diff/cases/`: in a sentence what it is, the edit of the pages in
//! `tests/diff/base/`, and below `===` what is found.
//!
//! An edit is written as in a patch: `--- PAGE`, then lines that stay, go (`-`)
//! and come (`+`); `@@` begins the next place. `--- *` edits each page that has
//! the lines, `--- PAGE removed` removes one, `--- PAGE added` adds one of the
//! lines that come, `--- PAGE as OTHER` moves it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use docwright::{
    Pages,
    dialect::Dialect,
    diff::{
        Diff, Finding, NoiseKind, RustNames, Side, diff,
        rules::{self, Group},
    },
    emit,
    extract::PageFacts,
    settings::Settings,
};

use crate::expect;

type Docs = BTreeMap<String, String>;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/diff")
        .join(name)
}

fn base() -> Docs {
    let pages = fs::read_dir(folder("base")).unwrap();
    let pages = pages.map(|entry| entry.unwrap().path());
    pages
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The pages after an edit.
fn edited(edit: &str) -> Docs {
    let mut docs = base();
    for part in edit.split("\n--- ").skip(1) {
        let (title, places) = part.split_once('\n').unwrap_or((part, ""));
        let (page, verb) = title.split_once(' ').unwrap_or((title, ""));
        if verb == "removed" {
            docs.remove(page).expect("is a page");
            continue;
        }
        if verb == "added" {
            // Blank lines part the edits from each other, so `+` alone is one.
            let lines = places.lines().filter_map(|line| line.strip_prefix('+'));
            let text = lines.map(|line| format!("{line}\n")).collect();
            docs.insert(page.to_owned(), text);
            continue;
        }
        if let Some(other) = verb.strip_prefix("as ") {
            let text = docs.remove(page).expect("is a page");
            docs.insert(other.to_owned(), text);
        }
        let page = verb.strip_prefix("as ").unwrap_or(page);
        for place in places.split("@@\n") {
            let lines = |left_out: char| -> String {
                let lines = place.lines().filter(|line| !line.is_empty());
                let lines = lines.filter(|line| !line.starts_with(left_out));
                lines.map(|line| format!("{}\n", &line[1..])).collect()
            };
            let (old, new) = (lines('+'), lines('-'));
            let mut found = 0;
            for (name, text) in &mut docs {
                if (page == "*" || page == name) && text.contains(&old) {
                    *text = text.replace(&old, &new);
                    found += 1;
                }
            }
            assert!(found > 0, "no page `{page}` has\n{old}");
        }
    }
    docs
}

/// What is read of pages.
struct Read {
    reading: docwright::Reading,
    facts: Vec<PageFacts>,
    dialect: Dialect,
    names: RustNames,
    _folder: tempfile::TempDir,
}

fn written(docs: &Docs) -> Read {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in docs {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let dialect = Dialect::built_in("superoffice").unwrap().unwrap();
    let pages = Pages {
        docs: vec![folder.path().to_owned()],
        evidence: Vec::new(),
    };
    let (reading, facts) = docwright::read_with_facts(&pages, &dialect, "Pets").unwrap();
    let (operations, types) = emit::rust_names(&reading.api, &Settings::default());
    Read {
        reading,
        facts,
        dialect,
        names: RustNames { operations, types },
        _folder: folder,
    }
}

impl Read {
    fn side(&self) -> Side<'_> {
        Side {
            api: &self.reading.api,
            samples: &self.reading.samples,
            pages: &self.facts,
            dialect: Some(&self.dialect),
            names: Some(&self.names),
        }
    }
}

/// Findings and counts of what was hidden, a line each.
fn shown(diff: &Diff) -> String {
    let findings = diff.findings.iter().map(|it| {
        let (wire, rule, rust) = (it.wire, it.rule.id, it.rust);
        let reached: Vec<_> = it.operations.iter().map(|it| &*it.uid).collect();
        let reached = reached.join(" ");
        let places = [&it.old_places, &it.new_places].map(|places| {
            let place = places.first();
            place.map_or("nowhere".to_owned(), |it| {
                it.to_string().replace(".md:", ":")
            })
        });
        let [old, new] = places;
        format!(
            "{wire}[{rule}] {}\n  Rust: {rust}; reaches {reached}\n  old: {old}\n  new: {new}\n",
            it.headline()
        )
    });
    let hidden = NoiseKind::ALL.iter().filter_map(|kind| {
        let count = diff.count_noise(*kind);
        (count > 0).then(|| format!("hidden: {count} {}\n", kind.plural()))
    });
    findings.chain(hidden).collect()
}

#[test]
fn edits_of_pages_give_what_they_should() {
    let old = written(&base());
    let mut paths: Vec<_> = fs::read_dir(folder("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let (mut seen, mut cases) = (BTreeSet::new(), Vec::new());
    assert!(paths.len() >= 35, "cases are missing");
    for path in paths {
        let case = fs::read_to_string(&path).unwrap();
        let (edit, _) = case.split_once("\n===\n").unwrap();
        let new = written(&edited(edit));
        let there = diff(old.side(), new.side());
        let found = shown(&there);
        // The way back has as many findings, by rules that mirror these.
        let back = diff(new.side(), old.side());
        assert_eq!(
            there.findings.len(),
            back.findings.len(),
            "{}: {}",
            path.display(),
            shown(&back)
        );
        for finding in &there.findings {
            let mirrors = |it: &Finding| {
                it.rule.id == finding.rule.mirror || it.rule.mirror == finding.rule.id
            };
            let id = finding.rule.id;
            assert!(
                back.findings.iter().any(mirrors),
                "{}: {id}",
                path.display()
            );
        }
        for diff in [there, back] {
            seen.extend(diff.findings.iter().map(|it| it.rule.id));
        }
        cases.push((path, format!("{edit}\n===\n{found}")));
    }
    expect::files(cases);
    for rule in rules::all().filter(|it| it.group == Group::Pages) {
        assert!(seen.contains(rule.id), "no case for {}", rule.id);
    }
}
