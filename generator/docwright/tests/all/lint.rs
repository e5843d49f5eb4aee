//! What `lint` finds beyond reading and inference, one case a folder in `tests/lint/`:
//! pages, and in `expected.txt` the findings, each with its place, its target and whether
//! there is an entry that confirms what was taken. A case is called after the rule that it
//! is about.

use std::{fmt::Write as _, fs, path::Path};

use docwright::{Pages, diagnostic::rules, emit, lint, report, settings::Settings};

use crate::expect;

#[test]
fn pages_have_their_findings() {
    let folders = expect::cases("lint");
    assert!(folders.len() >= 12, "cases are missing");
    expect::files(folders.into_iter().map(|folder| {
        let name = folder.file_name().expect("has a name").to_string_lossy();
        let id = name.split('.').next().unwrap_or_default();
        assert!(rules::find(id).is_some(), "{name} is called after no rule");
        let found = findings(&folder);
        assert!(found.contains(id), "{name} doesn't have its rule:\n{found}");
        (folder.join("expected.txt"), found)
    }));
}

/// The findings about the pages of a folder, by rule and place.
fn findings(folder: &Path) -> String {
    let (settings, errors) = Settings::for_docs(&[folder.to_owned()]);
    assert_eq!(errors, []);
    let dialect = settings.dialect().expect("is valid");
    let mut docs = Vec::new();
    for entry in fs::read_dir(folder).expect("is a folder") {
        let path = entry.expect("is readable").path();
        if path.extension().is_some_and(|ending| ending == "md") {
            docs.push(path);
        }
    }
    let pages = Pages {
        docs,
        evidence: Vec::new(),
    };
    let (reading, facts) = docwright::read_with_facts(&pages, &dialect, "x").expect("is readable");
    let mut found = reading.diagnostics;
    found.extend(lint::check(&facts, &reading.api, &dialect));
    found.extend(emit::findings(&reading.api, &reading.samples, &settings));
    report::pin(&mut found, &report::Files::new(&pages));
    report::sort(&mut found);
    let mut lines = String::new();
    for finding in &found {
        let place = &finding.place;
        let _ = writeln!(
            lines,
            "{}:{}:{}+{} {}: {}",
            place.file, place.line, place.column, place.width, finding.rule, finding.message
        );
        if let Some(target) = &finding.target {
            let entry = match finding.suggestion {
                Some(_) => ", with an entry",
                None => "",
            };
            let _ = writeln!(lines, "  about {target}{entry}");
        }
    }
    lines
}
