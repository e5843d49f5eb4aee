//! Expected files: cases are folders, found by name, and what was found is compared with the
//! files that should hold it. All that differ are shown at once, by the lines that differ;
//! `UPDATE_EXPECT=1` writes what was found instead.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use similar::TextDiff;

/// The folders with cases of a stage, `tests/<stage>/*`, by name.
pub fn cases(stage: &str) -> Vec<PathBuf> {
    let stage = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(stage);
    let entries = fs::read_dir(stage).expect("is a folder");
    let mut cases: Vec<_> = entries
        .map(|entry| entry.expect("is readable").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// Fails when files hold anything else than what was found for them. A file for which `None`
/// was found has to go.
pub fn files<T: Into<Option<String>>>(found: impl IntoIterator<Item = (PathBuf, T)>) {
    let found = found.into_iter();
    let found: Vec<_> = found.map(|(file, text)| (file, text.into())).collect();
    assert!(!found.is_empty(), "nothing was found to compare");
    let differences = differences(&found, env::var_os("UPDATE_EXPECT").is_some());
    assert!(
        differences.is_empty(),
        "expected files differ from what was found (`-` expected, `+` found); \
         UPDATE_EXPECT=1 rewrites them\n{differences}"
    );
}

/// What is different in files, or nothing after they were written.
pub fn differences(found: &[(PathBuf, Option<String>)], is_update: bool) -> String {
    let mut differences = String::new();
    for (file, found) in found {
        let difference = difference(file, found.as_deref());
        match is_update && !difference.is_empty() {
            true => write(file, found.as_deref()),
            false => differences.push_str(&difference),
        }
    }
    differences
}

fn write(file: &Path, found: Option<&str>) {
    let Some(found) = found else {
        return fs::remove_file(file).expect("can be removed");
    };
    fs::create_dir_all(file.parent().expect("is in a folder")).expect("is writable");
    fs::write(file, found).expect("is writable");
}

/// What is different in a file, as a unified diff; nothing when it holds what was found.
/// A version control system may have changed the line breaks.
fn difference(file: &Path, found: Option<&str>) -> String {
    let expected = match fs::read_to_string(file) {
        Ok(text) => Some(text.replace("\r\n", "\n")),
        Err(_) => None,
    };
    if expected.as_deref() == found {
        return String::new();
    }
    let name = file.display();
    let what = match (&expected, found) {
        (None, _) => "isn't there",
        (_, None) => "has to go",
        _ => "is different",
    };
    let expected = expected.as_deref().unwrap_or_default();
    let diff = TextDiff::from_lines(expected, found.unwrap_or_default());
    format!("\n{name} {what}\n{}", diff.unified_diff())
}
