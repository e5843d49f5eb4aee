//! A folder with pages, and what docwright does in it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A page in our own words: one operation, with a path parameter and an answer.
pub const PAGE: &str = "\
---
title: GET Pet/{id}
uid: v1Pet_Get
---

# GET Pet/{id}

```http
GET /api/v1/Pet/{id}
```

Finds a pet.

| Path Part | Type | Description |
|-----------|------|-------------|
| id | int32 | Number of the pet. **Required** |

## Response:Pet

| Response | Description |
|----------------|-------------|
| 200 | OK |

### Response body: Pet

| Property Name | Type |  Description |
|----------------|------|--------------|
| Name | string | What it answers to. |
| Legs | int32 | How many. |

## Sample response

```http_
HTTP/1.1 200 OK
Content-Type: application/json; charset=utf-8

{
  \"Name\": \"Rex\",
  \"Legs\": 4
}
```
";

/// A folder with pages in `docs` and room for `out`.
pub struct Case {
    pub folder: TempDir,
}

/// How a run ended.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Case {
    /// With these pages beside `v1Pet_Get.md`.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let case = Self { folder };
        fs::create_dir(case.docs()).unwrap();
        case.write("docs/v1Pet_Get.md", PAGE);
        for (path, text) in files {
            case.write(&format!("docs/{path}"), text);
        }
        case
    }

    /// Two pages that contradict each other and a sample about the properties of a pet.
    pub fn contested() -> Self {
        let other = PAGE
            .replace("v1Pet_Get", "v1Pet_Last")
            .replace("Pet/{id}", "Pet/{id}/last")
            .replace("| Name | string |", "| Name | bool |");
        let case = Self::new(&[("v1Pet_Last.md", &other)]);
        let contested = PAGE.replace("\"Legs\": 4", "\"Legs\": \"four\"");
        case.write("docs/v1Pet_Get.md", &contested);
        case
    }

    /// The same as [`new`](Self::new), generated once before `change` spoils something.
    pub fn generated(change: impl FnOnce(&Self)) -> Self {
        let case = Self::new(&[]);
        assert_eq!(case.run(&["generate"]).status, 0);
        change(&case);
        case
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
    }

    pub fn docs(&self) -> PathBuf {
        self.folder.path().join("docs")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Runs a command on the pages in `docs`, and into `out`, unless the words name others.
    pub fn run(&self, words: &[&str]) -> Run {
        let mut all = words.to_vec();
        if !matches!(words[0], "inspect" | "diff") && !words.contains(&"--docs") {
            all.extend(["--docs", "docs"]);
        }
        if matches!(words[0], "generate" | "check") && !words.contains(&"--out") {
            all.extend(["--out", "out"]);
        }
        self.run_bare(&all)
    }

    /// Runs docwright with these words and no others.
    pub fn run_bare(&self, words: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        let output = command.current_dir(self.folder.path()).args(words);
        let output = output.output().unwrap();
        Run {
            status: output.status.code().expect("no signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What `lint` finds, by rule: `file:line:column`, from the folder.
    pub fn findings(&self) -> BTreeMap<String, String> {
        let run = self.run(&["lint", "--format", "json"]);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        let found = report["diagnostics"].as_array().unwrap().iter();
        let entry = |it: &Value| {
            let place = &it["place"];
            let file = place["file"].as_str().unwrap();
            assert!(it["help"].is_string(), "no advice: {it}");
            let place = format!("{file}:{}:{}", place["line"], place["column"]);
            (it["rule"].as_str().unwrap().to_owned(), place)
        };
        found.map(entry).collect()
    }

    /// Runs `generate`, which must fail with status 2, show this rule with this
    /// place and advice, and leave the output folder as it is.
    pub fn fails(&self, words: &[&str], rule: &str, place: &str) {
        let before = tree(self.folder.path());
        let mut all = vec!["generate"];
        all.extend(words);
        let run = self.run(&all);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(&format!("[{rule}]")), "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("--> {place}\n")),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("help: "), "{}", run.stderr);
        assert_eq!(run.stdout, "");
        assert_eq!(tree(self.folder.path()), before);
    }

    /// Runs `generate`, which must do what it can in spite of this finding and
    /// leave a complete tree; with `--strict` it must end with status 1 and
    /// leave nothing.
    pub fn warns(&self, rule: &str, place: &str) {
        assert_eq!(self.findings().get(rule).map(String::as_str), Some(place));
        let run = self.run(&["generate", "--strict"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("warning[{rule}]")),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains(&format!("--> {place}\n")),
            "{}",
            run.stderr
        );
        assert!(!self.out().exists());
        let run = self.run(&["generate"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(
            run.stderr.contains("lint --docs docs` shows"),
            "{}",
            run.stderr
        );
        assert_eq!(self.run(&["check"]).status, 0);
    }

    /// The uids of the operations that `export model` gives.
    pub fn operations(&self) -> Vec<String> {
        let run = self.run(&["export", "model"]);
        let api: Value = serde_json::from_str(&run.stdout).unwrap();
        let operations = api["operations"].as_array().unwrap().iter();
        operations
            .map(|it| it["uid"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// All files below a folder, by path; folders have no text.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let is_file = entry.file_type().is_file();
            let text = is_file.then(|| fs::read(entry.path()).unwrap());
            (entry.into_path(), text)
        })
        .collect()
}
