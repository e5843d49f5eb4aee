//! The generated crate stays still: values of samples change nothing but the
//! samples, and one more property on a page only adds lines.

use std::{fs, path::Path};

use assert_cmd::Command;
use fastrand::Rng;
use serde_json::{Number, Value};

/// Other values of the same kinds.
fn shuffle(value: &mut Value, dice: &mut Rng) {
    match value {
        Value::Null => {}
        Value::Bool(it) => *it = !*it,
        Value::Number(it) if it.is_i64() => *it = Number::from(dice.u64(..100_000)),
        Value::Number(_) => *value = Value::from(0.5),
        Value::String(text) if text.as_bytes().get(10) == Some(&b'T') => {
            let day = dice.u64(..28) + 1;
            *text = format!(
                "20{:02}-03-{day:02}T01:02:03.1234567+02:00",
                dice.u64(..100)
            );
        }
        Value::String(text) => *text = format!("noise {}", dice.u64(..1000)),
        Value::Array(elements) => elements.iter_mut().for_each(|it| shuffle(it, dice)),
        Value::Object(map) => map.values_mut().for_each(|it| shuffle(it, dice)),
    }
}

/// The page with other values in its samples.
fn noisy(page: &str, dice: &mut Rng) -> String {
    let mut out = String::new();
    let mut blocks = page.split("```");
    while let Some(prose) = blocks.next() {
        out.push_str(prose);
        let Some(code) = blocks.next() else { break };
        let (head, body) = code.split_once("\n\n").unwrap_or((code, ""));
        out.push_str("```");
        out.push_str(head);
        if let Ok(mut value) = serde_json::from_str::<Value>(body) {
            shuffle(&mut value, dice);
            let body = serde_json::to_string_pretty(&value).expect("is JSON");
            out.push_str(&format!("\n\n{body}\n"));
        } else if code.contains("\n\n") {
            out.push_str(&format!("\n\n{body}"));
        }
        out.push_str("```");
    }
    out
}

fn generate(docs: &Path, out: &Path) {
    let mut command = Command::cargo_bin("docwright").expect("is built");
    command
        .args(["generate", "--docs"])
        .arg(docs)
        .arg("--out")
        .arg(out);
    command.assert().success();
}

/// All files below a folder but the samples' own, with their texts.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = entries.into_iter().map(|entry| entry.expect("is readable"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let path = |entry: &walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("is below");
        path.to_string_lossy().into_owned()
    };
    let read = |entry: walkdir::DirEntry| {
        (
            path(&entry),
            fs::read_to_string(entry.path()).expect("is text"),
        )
    };
    files
        .map(read)
        .filter(|(path, _)| !path.starts_with("tests/samples/") || path.ends_with(".rs"))
        .collect()
}

#[test]
fn values_of_samples_change_only_samples() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let folder = tempfile::tempdir().expect("is writable");
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    generate(&pages, &before);

    let docs = folder.path().join("docs");
    fs::create_dir(&docs).expect("is writable");
    let mut dice = Rng::with_seed(7);
    let mut changed = 0;
    for entry in fs::read_dir(&pages).expect("is a folder") {
        let path = entry.expect("is readable").path();
        let text = fs::read_to_string(&path).expect("is text");
        let name = path.file_name().expect("has a name");
        let other = if name.to_string_lossy().starts_with("v1") {
            noisy(&text, &mut dice)
        } else {
            text.clone()
        };
        changed += usize::from(other != text);
        fs::write(docs.join(name), other).expect("is writable");
    }
    assert_eq!(changed, 6, "all pages but the one without a body");
    generate(&docs, &after);

    let (before, after) = (files(&before), files(&after));
    assert!(before.len() > 20);
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other);
    }
    assert_eq!(before.len(), after.len());
}

/// The pages, with rows added behind some of one page.
fn with_rows(pages: &Path, docs: &Path, page: &str, rows: &[(&str, &str)]) {
    fs::create_dir(docs).expect("is writable");
    for entry in fs::read_dir(pages).expect("is a folder") {
        let path = entry.expect("is readable").path();
        let mut text = fs::read_to_string(&path).expect("is text");
        let name = path.file_name().expect("has a name");
        if name == page {
            for (behind, row) in rows {
                let at = text.find(behind).expect("has the row");
                let end = at + text[at..].find('\n').expect("the row ends") + 1;
                text.insert_str(end, &format!("{row}\n"));
            }
        }
        fs::write(docs.join(name), text).expect("is writable");
    }
}

#[test]
fn one_more_property_adds_lines_and_changes_none() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let folder = tempfile::tempdir().expect("is writable");
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    generate(&pages, &before);
    let docs = folder.path().join("docs");
    // In the midst of the table, of a type that has a line of its own among the imports.
    let rows = [
        (
            "| Name | string",
            "| Retries | int64 | How often it was tried again. |",
        ),
        (
            "| LastStarted |",
            "| LastStopped | date-time | When it was last stopped. |",
        ),
    ];
    with_rows(&pages, &docs, "v1Batch_GetBatchTaskInfo.md", &rows);
    generate(&docs, &after);

    let (before, after) = (files(&before), files(&after));
    let mut added = 0;
    for ((path, old), (other, new)) in before.iter().zip(&after) {
        assert_eq!(path, other);
        let mut lines = new.lines();
        for line in old.lines() {
            assert!(lines.any(|new| new == line), "{path} has lost: {line}");
        }
        added += new.lines().count() - old.lines().count();
    }
    assert_eq!(before.len(), after.len());
    let types = after
        .iter()
        .find(|(path, _)| path.ends_with("batch_task/types.rs"));
    let (_, types) = types.expect("has types");
    assert!(
        types.contains("pub last_stopped: Option<DateTime>"),
        "{types}"
    );
    assert!((10..60).contains(&added), "{added} lines more");
}
