//! The house's rules that a person would forget: each module says what it is
//! for, files of inference import in no circle, and no vendor's words stand in Rust.
//! That crates import one way is Cargo's to hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::expect;

/// The folder with the crates.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Each module of each crate: its path below the crates' folder, and its text.
fn modules() -> Vec<(String, String)> {
    let root = root();
    let sources = [
        "model",
        "read",
        "infer",
        "emit",
        "export",
        "diff",
        "mock",
        "docwright",
    ];
    let folders = sources.map(|name| root.join(name).join("src"));
    let entries = folders
        .into_iter()
        .flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name());
    let mut modules = Vec::new();
    for entry in entries {
        let entry = entry.expect("is readable");
        if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "rs")
        {
            let path = entry.path().strip_prefix(&root).expect("is below");
            let text = fs::read_to_string(entry.path()).expect("is text");
            modules.push((path.to_string_lossy().into_owned(), text));
        }
    }
    assert!(modules.len() > 50);
    modules
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn each_module_says_what_it_is_for() {
    for (path, text) in modules() {
        assert!(
            is_test(&path) || text.starts_with("//!"),
            "{path} has no //!"
        );
    }
}

/// The files of inference from which one of them imports, tests aside.
fn neighbours(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let mut files = Vec::new();
    for start in ["use super::", "use crate::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            let Some(group) = rest.strip_prefix('{') else {
                files.push(word(rest));
                continue;
            };
            let mut depth = 0;
            let mut name_starts = true;
            for (index, sign) in group.char_indices() {
                match sign {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => name_starts = true,
                    _ if sign.is_whitespace() => {}
                    _ if depth == 0 && name_starts => {
                        name_starts = false;
                        files.push(word(&group[index..]));
                    }
                    _ => {}
                }
            }
        }
    }
    files
}

#[test]
fn files_of_inference_import_in_no_circle() {
    let mut open: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in modules() {
        if let Some(file) = path.strip_prefix("infer/src/") {
            let file = file.trim_end_matches(".rs").replace('/', "::");
            let imports = neighbours(&text).into_iter().map(str::to_owned);
            open.insert(file, imports.collect());
        }
    }
    assert!(open["decide"].contains("evidence"));
    assert!(open["passes::build"].contains("schemas"));
    // What imports nothing that is still open is done; a circle stays open.
    loop {
        let names: BTreeSet<String> = open.keys().cloned().collect();
        let before = open.len();
        open.retain(|_, imports| imports.iter().any(|import| names.contains(import)));
        if open.len() == before {
            break;
        }
    }
    assert!(open.is_empty(), "import each other: {open:?}");
}

#[test]
fn no_vendors_words_stand_in_rust() {
    let words = ["SuperOffice", "BatchTask", "RecurrenceInfo", "TableRight"];
    for (path, text) in modules() {
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        let code = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for line in code.filter(|_| !is_test(&path)) {
            for word in words {
                assert!(!line.contains(word), "{path}: {line}");
            }
        }
    }
}

/// A test that compares with an expected file can fail, and `UPDATE_EXPECT` mends it.
#[test]
fn expected_files_are_compared_and_rewritten() {
    let folder = tempfile::tempdir().expect("is writable");
    let [odd, gone, more] = ["odd.txt", "gone.txt", "more.txt"].map(|it| folder.path().join(it));
    fs::write(&odd, "one\r\ntwo\r\n").expect("is writable");
    fs::write(&more, "three\n").expect("is writable");
    let same = [(odd.clone(), Some("one\ntwo\n".to_owned()))];
    assert_eq!(expect::differences(&same, false), "");
    let found = [
        (odd.clone(), Some("one\n2\n".to_owned())),
        (gone.clone(), Some("four\n".to_owned())),
        (more.clone(), None),
    ];
    let differences = expect::differences(&found, false);
    for (file, line) in [(&odd, "-two\n+2"), (&gone, "+four"), (&more, "-three")] {
        let is_shown = differences.contains(line) && differences.contains(file.to_str().unwrap());
        assert!(is_shown, "{differences}");
    }
    assert_eq!(expect::differences(&found, true), "");
    assert_eq!(fs::read_to_string(&odd).expect("is there"), "one\n2\n");
    assert_eq!(fs::read_to_string(&gone).expect("is there"), "four\n");
    assert!(!more.exists());
    assert_eq!(expect::differences(&found[..2], false), "");
}

/// Rules whose cases are still to be written.
const WITHOUT_CASE: &[&str] = &[
    "output-not-a-folder",
    "output-not-readable",
    "unreadable-page",
    "page-without-operation",
    "words-without-operation",
    "surplus-cells",
    "row-without-name",
    "unknown-status",
    "properties-of-a-scalar",
    "unknown-code-block",
    "unknown-required-word",
    "unknown-location-word",
    "repeated-type",
    // The last wall against a fault of docwright: there is no page known that meets it.
    "page-not-read",
];

/// A rule that no test mentions may never fire.
#[test]
fn every_rule_has_a_case() {
    let root = root();
    let entries = walkdir::WalkDir::new(&root).into_iter();
    let files = entries.map(|entry| entry.expect("is readable").into_path());
    let is_case = |path: &std::path::PathBuf| {
        path.is_file()
            && (path.components().any(|part| part.as_os_str() == "tests")
                || path.ends_with("tests.rs"))
            && !path.ends_with("rooms.rs")
    };
    let texts: Vec<_> = files
        .filter(is_case)
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    let missing: Vec<_> = docwright::diagnostic::rules::all()
        .map(|rule| rule.id)
        .filter(|id| !WITHOUT_CASE.contains(id))
        .filter(|id| !texts.iter().any(|text| text.contains(id)))
        .collect();
    assert!(missing.is_empty(), "no test has a case of {missing:?}");
}

/// A run that is killed may leave a crate that doesn't compile, and the next `cargo run` has
/// to mend it.
#[test]
fn cargo_run_does_not_build_the_generated_crate() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("is there");
    let manifest: toml::Table = manifest.parse().expect("is TOML");
    let members = manifest["workspace"]["default-members"].as_array();
    let members = members.expect("is a list");
    assert!(!members.is_empty());
    let is_generator =
        |it: &toml::Value| it.as_str().is_some_and(|it| it.starts_with("generator/"));
    assert!(members.iter().all(is_generator), "{members:?}");
}
