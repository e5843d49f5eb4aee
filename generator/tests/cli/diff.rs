//! What changed between two APIs: pages, models, revisions of a repository.

use std::{fs, process::Command};

use serde_json::Value;

use crate::case::{Case, PAGE};

/// A case with the page in `docs`, and as `edit` changes it in `new`.
fn edited(edit: impl FnOnce(&str) -> String) -> Case {
    let case = Case::new(&[]);
    fs::create_dir(case.folder.path().join("new")).unwrap();
    case.write("new/v1Pet_Get.md", &edit(PAGE));
    case
}

/// The rules that were found.
fn rules(case: &Case, old: &str, new: &str) -> Vec<String> {
    let run = case.run(&["diff", old, new, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|it| it["rule"].as_str().unwrap().to_owned())
        .collect()
}

fn git(case: &Case, words: &[&str]) {
    let status = Command::new("git")
        .current_dir(case.folder.path())
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(words)
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
}

#[test]
fn a_finding_shows_both_places_and_what_it_reaches() {
    let case = edited(|page| page.replace("| Legs | int32 | How many. |\n", ""));
    let run = case.run(&["diff", "docs", "new", "--fail-on", "breaking"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let shown = |text: &str| assert!(run.stdout.contains(text), "{}", run.stdout);
    shown("breaking[property-removed] Pet.Legs: a property is gone (int32)");
    shown("in     answers of GET /api/v1/Pet/{id}");
    shown("docs/v1Pet_Get.md:29:1, “Response body: Pet”, row Legs");
    shown("0.1.0 → 0.2.0 (major)");
    // No terminal, no colour.
    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn samples_and_words_are_counted_and_shown_on_request() {
    let case = edited(|page| {
        page.replace("\"Rex\"", "\"Ada\"")
            .replace("How many.", "The number.")
    });
    let run = case.run(&["diff", "docs", "new", "--fail-on", "any"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(
        run.stdout.contains("no change of the API"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("hidden: 1 sample, 1 description; --show-noise")
    );
    let run = case.run(&["diff", "docs", "new", "--show-noise"]);
    assert!(
        run.stdout.contains("description: Pet.Legs"),
        "{}",
        run.stdout
    );
}

#[test]
fn pages_and_models_are_compared_with_each_other() {
    let case = edited(|page| {
        page.replace("| Legs |", "| Paws |")
            .replace("\"Legs\"", "\"Paws\"")
    });
    assert_eq!(case.run(&["export", "model", "-o", "api.json"]).status, 0);
    assert_eq!(rules(&case, "api.json", "docs"), [""; 0]);
    assert_eq!(rules(&case, "docs/v1Pet_Get.md", "docs"), [""; 0]);
    assert_eq!(rules(&case, "api.json", "new"), ["property-renamed"]);
}

/// The recipe of the README, in a repository of its own.
#[test]
fn the_review_workflow() {
    let case = Case::new(&[]);
    fs::rename(case.docs(), case.folder.path().join("docs-input")).unwrap();
    git(&case, &["init", "-q"]);
    git(&case, &["add", "."]);
    git(&case, &["commit", "-q", "-m", "Pages"]);
    case.write(
        "docs-input/v1Pet_Get.md",
        &PAGE.replace("| Legs | int32", "| Legs | string"),
    );
    for old in [
        "HEAD",
        "HEAD:docs-input",
        "main:./docs-input/",
        "HEAD:docs-input/v1Pet_Get.md",
    ] {
        let found = rules(&case, old, "docs-input");
        assert_eq!(found, ["property-type-changed"], "{old}");
    }
    let run = case.run(&[
        "diff",
        "HEAD",
        "docs-input",
        "--format",
        "github",
        "--fail-on",
        "breaking",
    ]);
    assert_eq!(run.status, 1);
    let start =
        "::error file=docs-input/v1Pet_Get.md,line=29,title=breaking%3A property-type-changed::";
    assert!(run.stdout.starts_with(start), "{}", run.stdout);
    let run = case.run(&["diff", "HEAD", "docs-input"]);
    assert!(
        run.stdout.contains("HEAD:docs-input/v1Pet_Get.md:29:1"),
        "{}",
        run.stdout
    );
    let run = case.run(&["diff", "HEAD", "docs-input", "--format", "markdown"]);
    assert!(
        run.stdout.starts_with("### API changes: 1 breaking"),
        "{}",
        run.stdout
    );

    // What is meant is waived, with a reason.
    case.write(
        "docs-input/docwright.toml",
        "[[diff.waiver]]\nfinding = 'property-type-changed Pet.Legs int32 => string'\n\
         reason = 'a page was wrong'\n",
    );
    let run = case.run(&["diff", "HEAD", "docs-input", "--fail-on", "any"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("waived a page was wrong"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_cannot_be_compared_is_an_error_and_no_empty_difference() {
    let case = Case::new(&[]);
    fs::create_dir(case.folder.path().join("words")).unwrap();
    case.write("words/a.md", "# Pets\n\nWords.\n");
    case.write("api.json", "{\"format\": 99, \"operations\": \"other\"}");
    case.write("list.json", "{\"pets\": []}");
    case.write("broken.json", "{\"format\": 1,\n  \"title\": }");
    let fails = |old: &str, words: &[&str]| {
        let run = case.run(&["diff", old, "docs"]);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{old}: {}", run.stderr);
        for word in words {
            assert!(run.stderr.contains(word), "{old}: {}", run.stderr);
        }
    };
    fails("words", &["docs-without-operations", "no operation found"]);
    fails(
        "api.json",
        &["invalid-model", "version 99", "reads version 1"],
    );
    fails("list.json", &["invalid-model", "has no `format`"]);
    fails("broken.json", &["invalid-model", "broken.json:2:"]);
    fails(
        "nowhere",
        &["diff-input", "there is no such file or folder"],
    );
    git(&case, &["init", "-q"]);
    git(&case, &["add", "docs"]);
    git(&case, &["commit", "-q", "-m", "Pages"]);
    fails(
        "no-such-rev",
        &["git knows no revision called `no-such-rev`"],
    );
    fails("--upload-pack=x:docs", &[]);
    fails("HEAD:nowhere", &["there is no `nowhere` in that revision"]);
    fails("HEAD", &["there is no `docs-input` in that revision"]);
}

#[test]
fn apis_that_share_nothing_are_said_to() {
    let case = edited(|page| page.replace("Pet", "Zoo").replace("v1Pet", "v1Zoo"));
    let found = rules(&case, "docs", "new");
    assert_eq!(found[0], "nothing-in-common");
    assert_eq!(
        case.run(&["diff", "docs", "new", "--fail-on", "breaking"])
            .status,
        1
    );
}

#[test]
fn rules_are_listed_and_explained() {
    let case = Case::new(&[]);
    assert!(
        case.run(&["diff", "--rules"])
            .stdout
            .contains("  property-removed ")
    );
    let run = case.run(&["diff", "--explain", "property-removed"]);
    assert!(
        run.stdout.contains("in answers   breaking"),
        "{}",
        run.stdout
    );
    let run = case.run(&["diff", "--explain", "property-remvoed"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("did you mean `property-removed`?"),
        "{}",
        run.stderr
    );
    assert_eq!(case.run(&["diff", "docs"]).status, 2);
}

/// In the browser that is installed, if one is: the page filters itself.
#[test]
fn the_page_works_in_a_browser() {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let works = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
    let Some(browser) = browsers.iter().find(works) else {
        eprintln!("no browser: skipped");
        return;
    };
    let case = edited(|page| page.replace("| Legs | int32 | How many. |\n", ""));
    let run = case.run(&["diff", "docs", "new", "--format", "html"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    // Unticks what is breaking, and lets the page do the rest.
    let script = "<script>document.querySelector('input[value=breaking]').click()</script></body>";
    case.write("report.html", &run.stdout.replace("</body>", script));
    let profile = case.folder.path().join("profile");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!(
            "file://{}",
            case.folder.path().join("report.html").display()
        ))
        .output()
        .unwrap();
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(
        page.contains("0 of 1 shown") || page.contains("hidden=\"\""),
        "{page}"
    );
}
