//! What changed between two APIs: pages, models, revisions of a repository.

use std::{fs, io::Write as _, process::Command};

use serde_json::Value;

use super::case::{Case, PAGE};

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

/// What git says.
fn git(case: &Case, words: &[&str]) -> String {
    let output = Command::new("git")
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
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_finding_shows_both_places_and_what_it_reaches() {
    let case = edited(|page| page.replace("| Legs | int32 | How many. |\n", ""));
    let run = case.run(&["diff", "docs", "new", "--fail-on", "breaking"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let shown = |text: &str| assert!(run.stdout.contains(text), "{}", run.stdout);
    shown("breaking[property-removed] Pet.Legs: a property was removed (int32)");
    shown("in     responses of GET /api/v1/Pet/{id}");
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
        run.stdout.contains("the API didn't change"),
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
    let run = case.run(&["diff", "api.json", "docs"]);
    assert!(
        run.stdout.ends_with("0.1.0 (unchanged)\n"),
        "{}",
        run.stdout
    );
    assert_eq!(rules(&case, "docs/v1Pet_Get.md", "docs"), [""; 0]);
    assert_eq!(rules(&case, "api.json", "new"), ["property-renamed"]);
}

/// The first two steps of the README's recipe: `check`, and what the change means
/// in Rust.
#[test]
fn a_change_of_pages_is_stale_until_it_is_generated_and_shows_in_the_crate() {
    let case = Case::generated(|_| {});
    git(&case, &["init", "-q"]);
    git(&case, &["add", "."]);
    git(&case, &["commit", "-q", "-m", "Pages"]);
    let row = "| Legs | int32 | How many. |\n";
    let page = PAGE.replace(row, &format!("{row}| Fur | string | Its color. |\n"));
    case.write("docs/v1Pet_Get.md", &page.replace("\"Rex\"", "\"Ada\""));
    assert_eq!(rules(&case, "HEAD:docs", "docs"), ["property-added"]);
    let run = case.run(&["check"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(case.run(&["generate"]).status, 0);
    assert_eq!(case.run(&["check"]).status, 0);
    // What was added adds lines, and the samples change in tests only.
    let changed = git(&case, &["diff", "--numstat", "HEAD", "--", "out/src"]);
    assert!(!changed.is_empty());
    for line in changed.lines() {
        assert_eq!(line.split('\t').nth(1), Some("0"), "{line}");
    }
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
        &["invalid-model", "format 99", "reads formats 1 to 2"],
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
    fails("no-such-rev", &["git has no revision `no-such-rev`"]);
    fails("--upload-pack=x:docs", &[]);
    fails("HEAD:nowhere", &["there is no `nowhere` in that revision"]);
    fails("HEAD", &["there is no `docs-input` in that revision"]);
}

#[test]
fn settings_that_cannot_be_read_end_the_comparison() {
    let case = edited(str::to_owned);
    case.write("docs/docwright.toml", "[[diff.waiver]\n");
    let run = case.run(&["diff", "docs", "docs"]);
    assert_eq!((run.status, &*run.stdout), (2, ""), "{}", run.stderr);
    assert!(run.stderr.contains("invalid-settings"), "{}", run.stderr);
}

/// What others did on the main branch in the meantime is no change of this one.
#[test]
fn a_branch_is_compared_from_where_it_parted() {
    let case = Case::new(&[]);
    git(&case, &["init", "-q", "-b", "main"]);
    git(&case, &["add", "."]);
    git(&case, &["commit", "-q", "-m", "Pages"]);
    git(&case, &["branch", "topic"]);
    case.write("docs/v1Pet_Get.md", &PAGE.replace("| Legs |", "| Paws |"));
    git(&case, &["commit", "-q", "-a", "-m", "Main goes on"]);
    git(&case, &["checkout", "-q", "topic"]);
    let stale = case.run(&["diff", "main:docs", "docs"]);
    assert!(stale.stdout.contains("1 breaking"), "{}", stale.stdout);
    let parted = case.run(&["diff", "main...HEAD:docs", "docs"]);
    assert_eq!(parted.status, 0, "{}", parted.stderr);
    assert!(
        parted.stdout.contains("the API didn't change"),
        "{}",
        parted.stdout
    );
}

#[test]
fn apis_that_share_nothing_are_said_to() {
    let case = edited(|page| page.replace("Pet", "Zoo").replace("a pet", "a zoo"));
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
        run.stdout.contains("in responses breaking"),
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
        // Written past the harness, which shows no output of tests that pass.
        let _ = writeln!(std::io::stderr(), "no browser is installed: skipped");
        return;
    };
    let row = "| Legs | int32 | How many. |\n";
    let case = edited(|page| page.replace(row, "| Fur | string | Its color. |\n"));
    let run = case.run(&["diff", "docs", "new", "--format", "html"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let shown = |script: &str| {
        let script = format!("<script>{script}</script></body>");
        case.write("report.html", &run.stdout.replace("</body>", &script));
        let page = in_browser(browser, &case, &["--dump-dom"]);
        let (_, rest) = page.split_once("id=\"shown\"").unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        let (text, _) = rest.split_once('<').unwrap();
        text.to_owned()
    };
    let press = |keys: &str| {
        format!(
            "for (const key of '{keys}') document.body.dispatchEvent(new KeyboardEvent('keydown', \
             {{key, bubbles: true}}));"
        )
    };
    assert_eq!(shown(""), "2 of 2 shown");
    // One breaks, one is compatible; keys untick verdicts and tick them again.
    assert_eq!(shown(&press("1")), "1 of 2 shown");
    assert_eq!(shown(&press("13")), "0 of 2 shown");
    assert_eq!(shown(&press("11")), "2 of 2 shown");
    let pick = "const set = (name, value) => { const it = form.elements[name]; it.value = value; \
                it.dispatchEvent(new Event('input', {bubbles: true})); };";
    assert_eq!(
        shown(&format!("{pick} set('resource', 'Pet')")),
        "2 of 2 shown"
    );
    assert_eq!(shown(&format!("{pick} set('text', 'FUR')")), "1 of 2 shown");
    assert_eq!(
        shown(&format!("{pick} set('text', 'wings')")),
        "0 of 2 shown"
    );
    // On a phone nothing is wider than the window.
    case.write(
        "report.html",
        &run.stdout.replace(
            "</body>",
            "<script>document.title = document.documentElement.scrollWidth</script></body>",
        ),
    );
    let page = in_browser(browser, &case, &["--window-size=390,800", "--dump-dom"]);
    let (_, title) = page.split_once("<title>").unwrap();
    let (width, _) = title.split_once('<').unwrap();
    assert!(width.parse::<u32>().unwrap() <= 500, "{width} pixels wide");
}

/// What the browser says of `report.html`.
fn in_browser(browser: &str, case: &Case, words: &[&str]) -> String {
    let profile = case.folder.path().join("profile");
    let report = case.folder.path().join("report.html");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(words)
        .arg(format!("file://{}", report.display()))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}
