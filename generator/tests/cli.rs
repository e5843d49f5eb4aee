//! The command line from outside: what bad input leads to, and that the output
//! folder is complete or untouched whatever happens.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A page in our own words: one operation, with a path parameter and an answer.
const PAGE: &str = "\
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
struct Case {
    folder: TempDir,
}

/// How a run ended.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Case {
    /// With these pages beside `v1Pet_Get.md`.
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let case = Self { folder };
        fs::create_dir(case.docs()).unwrap();
        case.write("docs/v1Pet_Get.md", PAGE);
        for (path, text) in files {
            case.write(&format!("docs/{path}"), text);
        }
        case
    }

    /// The same, generated once before `change` spoils something.
    fn generated(change: impl FnOnce(&Self)) -> Self {
        let case = Self::new(&[]);
        assert_eq!(case.run(&["generate"]).status, 0);
        change(&case);
        case
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
    }

    fn docs(&self) -> PathBuf {
        self.folder.path().join("docs")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn run(&self, words: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        command.current_dir(self.folder.path()).args(words);
        if words[0] != "inspect" && !words.contains(&"--docs") {
            command.args(["--docs", "docs"]);
        }
        if matches!(words[0], "generate" | "check") && !words.contains(&"--out") {
            command.args(["--out", "out"]);
        }
        let output = command.output().unwrap();
        Run {
            status: output.status.code().expect("no signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What `lint` finds, by rule: `file:line:column`, from the folder.
    fn findings(&self) -> BTreeMap<String, String> {
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
    fn fails(&self, words: &[&str], rule: &str, place: &str) {
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
    fn warns(&self, rule: &str, place: &str) {
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
            run.stderr.contains("`docwright lint` shows"),
            "{}",
            run.stderr
        );
        assert_eq!(self.run(&["check"]).status, 0);
    }

    /// The uids of the operations that `export model` gives.
    fn operations(&self) -> Vec<String> {
        let run = self.run(&["export", "model"]);
        let api: Value = serde_json::from_str(&run.stdout).unwrap();
        let operations = api["operations"].as_array().unwrap().iter();
        operations
            .map(|it| it["uid"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// All files below a folder, by path; folders have no text.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
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

#[test]
fn pages_without_fault_give_a_crate_that_is_up_to_date() {
    let case = Case::new(&[]);
    let run = case.run(&["generate", "--strict"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr.starts_with("out: 1 operation, 1 type, "),
        "{}",
        run.stderr
    );
    let before = tree(&case.out());
    let run = case.run(&["check"]);
    assert_eq!((run.status, &*run.stdout), (0, ""), "{}", run.stderr);
    let again = case.run(&["generate"]);
    assert!(
        again.stderr.contains("(nothing changed)"),
        "{}",
        again.stderr
    );
    assert_eq!(tree(&case.out()), before);
}

#[test]
fn a_missing_folder() {
    let case = Case::generated(|_| {});
    case.fails(&["--docs", "nowhere"], "docs-not-readable", "nowhere");
}

#[test]
fn an_empty_folder() {
    let case = Case::generated(|case| {
        fs::create_dir(case.folder.path().join("empty")).unwrap();
        case.write("empty/README.md", "About the pages.\n");
    });
    case.fails(&["--docs", "empty"], "docs-without-pages", "empty");
}

#[test]
fn a_folder_without_operations() {
    let case = Case::generated(|case| case.write("docs/v1Pet_Get.md", "# Pets\n\nWords.\n"));
    case.fails(&[], "docs-without-operations", "docs");
    assert_eq!(case.run(&["lint"]).status, 1);
}

#[test]
fn a_page_with_a_broken_table() {
    let broken = PAGE.replace("|----------------|------|--------------|\n", "");
    let case = Case::new(&[]);
    case.write("docs/v1Pet_Get.md", &broken);
    case.warns("broken-table", "docs/v1Pet_Get.md:26:1");
}

#[test]
fn a_sample_that_is_not_json() {
    let case = Case::new(&[]);
    case.write("docs/v1Pet_Get.md", &PAGE.replace("\"Rex\",", "\"Rex\""));
    // Where the comma should have been, the next property begins.
    case.warns("sample-not-json", "docs/v1Pet_Get.md:39:3");
}

#[test]
fn two_pages_with_one_operation() {
    let case = Case::new(&[("v1Pet_Twice.md", &PAGE.replace("v1Pet_Get", "v1Pet_Twice"))]);
    let place = case.findings().remove("duplicate-operation").unwrap();
    assert!(place.starts_with("docs/v1Pet_Twice.md:"), "{place}");
    case.warns("duplicate-operation", &place);
    assert_eq!(case.operations(), ["v1Pet_Get"]);
}

#[test]
fn an_unknown_type_word() {
    let case = Case::new(&[]);
    case.write(
        "docs/v1Pet_Get.md",
        &PAGE.replace("| Legs | int32 |", "| Legs | some number |"),
    );
    let place = case.findings().remove("unknown-type-word").unwrap();
    assert!(place.starts_with("docs/v1Pet_Get.md:29:"), "{place}");
    case.warns("unknown-type-word", &place);
    // The property is there all the same, with the type that the sample shows.
    let model = case.run(&["export", "model"]).stdout;
    assert!(
        model.contains(
            "\"name\": \"Legs\",\n          \"type\": \"int32\",\n          \"known\": \"sampled\""
        ),
        "{model}"
    );
}

#[test]
fn a_correction_that_does_not_apply() {
    let correction = "[[correction]]\ntarget = \"Pet.Legs\"\nexpect = \"string\"\nset = \"int64\"\n\
                      reason = \"Some have many.\"\nsource = \"A centipede.\"\n";
    let case = Case::generated(|case| case.write("docs/corrections.toml", correction));
    case.fails(&[], "correction-outdated", "docs/corrections.toml:3:10");
    let run = case.run(&["lint"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.contains("`expect = \"int32\"`"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("\"string\"\n  |          ^^^^^^^^"),
        "{}",
        run.stdout
    );

    case.write(
        "docs/corrections.toml",
        &correction.replace("\"string\"", "\"int32\""),
    );
    assert_eq!(case.run(&["generate", "--strict"]).status, 0);
    assert!(
        case.run(&["export", "model"])
            .stdout
            .contains("\"type\": \"int64\"")
    );
    // One page is read as it is.
    let page = ["export", "model", "--docs", "docs/v1Pet_Get.md"];
    assert!(case.run(&page).stdout.contains("\"type\": \"int32\""));
}

#[test]
fn settings_with_a_mistake() {
    let case = Case::generated(|case| case.write("docs/docwright.toml", "[crate]\nnme = 'a'\n"));
    case.fails(&[], "invalid-settings", "docs/docwright.toml:2:1");
    case.write("docs/docwright.toml", "[docs]\ndialect = 'none.toml'\n");
    case.fails(&[], "invalid-dialect", "docs/docwright.toml:2:11");
}

#[test]
fn an_output_folder_with_a_foreign_file_in_the_way() {
    let case = Case::new(&[]);
    fs::create_dir(case.out()).unwrap();
    case.write("out/api.json", "mine");
    case.write("out/notes.md", "mine");
    case.fails(&[], "output-foreign-file", "out/api.json");
    fs::remove_file(case.out().join("api.json")).unwrap();
    assert_eq!(case.run(&["generate"]).status, 0);
    assert_eq!(fs::read(case.out().join("notes.md")).unwrap(), b"mine");
}

#[test]
fn an_output_folder_that_is_a_file() {
    let case = Case::new(&[("../out", "mine")]);
    case.fails(&[], "output-not-writable", "out");
    case.fails(
        &["--out", "out/deeper"],
        "output-not-writable",
        "out/deeper",
    );
}

/// `/proc` takes no new folders, not even from root.
#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_cannot_be_written() {
    let case = Case::new(&[]);
    let out = "/proc/self/docwright";
    case.fails(&["--out", out], "output-not-writable", out);
}

/// As a user; root may write anyway, and then the tree is complete.
#[cfg(unix)]
#[test]
fn an_output_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt;

    let case = Case::generated(|case| {
        case.write("docs/v1Pet_Get.md", &PAGE.replace("| Legs |", "| Feet |"));
    });
    let set = |mode| fs::set_permissions(case.out(), fs::Permissions::from_mode(mode)).unwrap();
    let before = tree(&case.out());
    set(0o555);
    let run = case.run(&["generate"]);
    set(0o755);
    match run.status {
        0 => assert_eq!(case.run(&["check"]).status, 0),
        status => {
            assert_eq!(status, 2, "{}", run.stderr);
            assert!(
                run.stderr.contains("[output-not-writable]"),
                "{}",
                run.stderr
            );
            assert_eq!(tree(&case.out()), before);
        }
    }
}

#[test]
fn an_output_folder_among_the_pages() {
    let case = Case::new(&[]);
    let before = tree(case.folder.path());
    for out in ["docs", "docs/crate", "docs/../docs/a/b"] {
        let run = case.run(&["generate", "--out", out]);
        assert_eq!(run.status, 2, "{out}");
        assert!(run.stderr.contains("--out"), "{}", run.stderr);
    }
    assert_eq!(tree(case.folder.path()), before);
}

#[test]
fn check_shows_what_differs_and_the_command_to_run() {
    let case = Case::generated(|case| {
        case.write(
            "docs/v1Pet_Get.md",
            &PAGE.replace("| Legs |", "| Feet |").replace("Legs", "Feet"),
        );
    });
    let before = tree(&case.out());
    let run = case.run(&["check"]);
    assert_eq!(run.status, 1);
    for line in [
        "--- a/out/api.json\n",
        "+++ b/out/api.json\n",
        "\n-          \"name\": \"Legs\"",
        "\n+          \"name\": \"Feet\"",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    assert!(
        run.stderr.contains("--docs docs --out out`"),
        "{}",
        run.stderr
    );
    assert_eq!(tree(&case.out()), before, "check writes nothing");
    assert_eq!(case.run(&["generate"]).status, 0);
    assert_eq!(case.run(&["check"]).status, 0);
}

#[test]
fn lint_sums_up_and_shows_one_rule_in_full() {
    let rows: String = (0..9).map(|n| format!("| P{n} | odd word | |\n")).collect();
    let case = Case::new(&[]);
    case.write(
        "docs/v1Pet_Get.md",
        &PAGE.replace("| Legs |", &format!("{rows}| Legs |")),
    );
    let run = case.run(&["lint"]);
    assert_eq!(run.status, 0, "warnings are no failure: {}", run.stderr);
    assert!(
        run.stdout.contains("6 more of [unknown-type-word]"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("      9  warning  unknown-type-word\n9 warnings\n")
    );
    assert!(
        run.stdout.trim_end().ends_with(" 0 unknown"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains('\u{1b}'), "colours are for terminals");
    assert_eq!(case.run(&["lint", "--strict"]).status, 1);

    let run = case.run(&["lint", "--rule", "unknown-type-word"]);
    assert_eq!(run.stdout.matches("warning[unknown-type-word]").count(), 9);
    let run = case.run(&["lint", "--rule", "no-such-rule"]);
    assert!(run.stderr.contains("no-such-rule") && run.stdout.is_empty());
}

#[test]
fn inspect_shows_each_stage_of_one_page() {
    let case = Case::new(&[]);
    for (stage, line) in [
        ("document", "    6 h1 GET Pet/{id} #get-petid\n"),
        ("facts", "   16   path parameter id: int32, required\n"),
        ("model", "\"path\": \"/api/v1/Pet/{id}\""),
    ] {
        let run = case.run(&["inspect", "docs/v1Pet_Get.md", "--stage", stage]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout.contains(line), "{stage}: {}", run.stdout);
    }
    assert_eq!(case.run(&["inspect", "docs"]).status, 2);
    assert_eq!(case.run(&["inspect", "docs/none.md"]).status, 2);
}

#[test]
fn export_writes_to_standard_output_or_to_a_file() {
    let case = Case::new(&[]);
    let run = case.run(&["export", "openapi"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        document["paths"]["/api/v1/Pet/{id}"]["get"]["operationId"],
        "v1Pet_Get"
    );
    let to_file = case.run(&["export", "openapi", "-o", "api.json"]);
    assert_eq!((to_file.status, &*to_file.stdout), (0, ""));
    let written = fs::read_to_string(case.folder.path().join("api.json")).unwrap();
    assert_eq!(written, run.stdout);
    let plain = case.run(&["export", "model", "--plain"]).stdout;
    assert!(plain.ends_with("}\n") && !plain.contains("provenance"));
    assert_eq!(case.run(&["export", "openapi", "--plain"]).status, 2);
    assert_eq!(
        case.run(&["export", "model", "-o", "no/such/file"]).status,
        2
    );
}

#[test]
fn help_says_what_a_newcomer_needs() {
    let help = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        let output = command.args(words).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let top = help(&["--help"]);
    for word in [
        "docs-input",
        "generated",
        "docwright.toml",
        "corrections.toml",
        "Examples:",
        "Exit status:",
    ] {
        assert!(top.contains(word), "{word}");
    }
    for command in ["generate", "check", "lint", "inspect", "export"] {
        assert!(top.contains(&format!("\n  {command} ")), "{command}");
        assert!(help(&[command, "--help"]).contains("Usage: docwright"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let case = Case::new(&[]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_docwright"))
        .current_dir(case.folder.path())
        .args(["export", "model", "--docs", "docs"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
