//! What each command does when nothing is wrong with its input.

use std::fs;

use assert_cmd::Command;
use docwright::{Pages, Project};
use serde_json::Value;

use super::case::{Case, PAGE, tree};

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
    let rows: String = (0..9)
        .map(|n| format!("| P{n} | odd word {n} | |\n"))
        .collect();
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
    assert!(run.stdout.contains(" 0 unknown\n"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'), "colours are for terminals");
    assert_eq!(case.run(&["lint", "--strict"]).status, 1);

    let run = case.run(&["lint", "--rule", "unknown-type-word"]);
    assert_eq!(run.stdout.matches("warning[unknown-type-word]").count(), 9);
}

#[test]
fn rules_of_lint_are_listed_and_explained() {
    let case = Case::new(&[]);
    let list = case.run(&["lint", "--rules"]);
    assert!(
        list.stdout.contains("\n  unknown-type-word "),
        "{}",
        list.stdout
    );
    let run = case.run(&["lint", "--explain", "unknown-type-word"]);
    assert!(run.stdout.contains("\n\nHelp: "), "{}", run.stdout);
    for option in ["--rule", "--explain"] {
        let stderr = |id| {
            let run = case.run(&["lint", option, id]);
            assert!(run.status == 2 && run.stdout.is_empty());
            run.stderr
        };
        let near = stderr("unknown-type-wrod");
        assert!(
            near.contains("did you mean `unknown-type-word`? "),
            "{near}"
        );
        let none = stderr("no-such-rule");
        assert!(!none.contains("did you mean"), "{none}");
        assert!(
            none.contains("`docwright lint --rules` lists them"),
            "{none}"
        );
        let other = stderr("property-removed");
        assert!(
            other.contains("`docwright diff --explain property-removed`"),
            "{other}"
        );
    }
}

#[test]
fn evidence_types_what_the_pages_declare_and_declares_nothing() {
    let case = Case::new(&[]);
    case.write(
        "docs/v1Pet_Get.md",
        &PAGE
            .replace("| Legs | int32 |", "| Legs |  |")
            .replace(",\n  \"Legs\": 4", ""),
    );
    fs::create_dir(case.folder.path().join("old")).unwrap();
    case.write("old/v1Pet_Get.md", PAGE);
    case.write(
        "old/v1Pet_Gone.md",
        &PAGE
            .replace("v1Pet_Get", "v1Pet_Gone")
            .replace("Pet/{id}", "Gone/{id}"),
    );
    let legs = |words: &[&str]| {
        let run = case.run(&[&["export", "model", "--docs", "docs"], words].concat());
        let api: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(api["operations"].as_array().unwrap().len(), 1);
        api["schemas"][0]["properties"][1].clone()
    };
    assert_eq!(legs(&[])["known"], "unknown");
    assert_eq!(legs(&["--evidence", "old"])["type"], "int32");
    let missing = case.run(&["lint", "--evidence", "nowhere"]);
    assert_eq!(missing.status, 2);
    assert!(
        missing.stderr.contains("--> nowhere\n"),
        "{}",
        missing.stderr
    );
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
fn inspect_shows_what_is_known_after_each_pass() {
    let case = Case::new(&[]);
    for (pass, line) in [
        ("declare", "operation v1Pet_Get: GET /api/v1/Pet/{id}  ["),
        ("observe", "samples show strings"),
        ("resolve", "is string, documented"),
        ("build", "\"path\": \"/api/v1/Pet/{id}\""),
    ] {
        let run = case.run(&["inspect", "docs/v1Pet_Get.md", "--pass", pass]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout.contains(line), "{pass}: {}", run.stdout);
        let again = case.run(&["inspect", "docs/v1Pet_Get.md", "--pass", pass]);
        assert_eq!(again.stdout, run.stdout);
    }
    let help = case.run(&["inspect", "--help"]).stdout;
    for pass in docwright::infer::PASSES {
        assert!(help.contains(&format!("- {}:", pass.id)), "{}", pass.id);
    }
    let unknown = case.run(&["inspect", "docs/v1Pet_Get.md", "--pass", "resolv"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("'resolve'"), "{}", unknown.stderr);
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

#[test]
fn a_part_of_the_api_is_generated_with_its_types() {
    let toy = PAGE.replace("Pet", "Toy");
    let case = Case::new(&[("v1Toy_Get.md", &toy)]);
    assert_eq!(case.operations(), ["v1Pet_Get", "v1Toy_Get"]);
    case.write(
        "docs/docwright.toml",
        "[operations]\nexclude = ['v1Pet_*']\n",
    );
    assert_eq!(case.operations(), ["v1Toy_Get"]);

    assert_eq!(case.run(&["generate"]).status, 0);
    let model = fs::read_to_string(case.out().join("api.json")).unwrap();
    assert!(
        model.contains("\"Toy\"") && !model.contains("Pet"),
        "{model}"
    );
    assert!(case.out().join("src/toy/types.rs").is_file());
    assert!(!case.out().join("src/pet").exists());
}

#[test]
fn shells_get_completions_and_each_command_has_a_manual_page() {
    let case = Case::new(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let run = case.run_bare(&["completions", shell]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout.contains("--spec-version") || run.stdout.contains("spec-version"));
    }
    let whole = case.run_bare(&["man"]);
    assert!(whole.stdout.contains(".TH docwright 1"), "{}", whole.stdout);
    let lint = case.run_bare(&["man", "lint"]);
    assert!(lint.stdout.contains("docwright\\-lint"), "{}", lint.stdout);
    assert!(lint.stdout.contains("\\-\\-rule"), "{}", lint.stdout);
    let unknown = case.run_bare(&["man", "lnit"]);
    assert_eq!(unknown.status, 2);
    let expected = "there is no command `lnit`; expected one of generate, check, lint";
    assert!(unknown.stderr.contains(expected), "{}", unknown.stderr);
}

#[test]
fn the_version_names_the_format_of_the_model() {
    let run = Case::new(&[]).run_bare(&["--version"]);
    assert!(run.stdout.contains("(model format "), "{}", run.stdout);
}

#[test]
fn a_program_generates_and_checks_a_crate_as_the_command_does() {
    let case = Case::generated(|_| {});
    let project = Project::load(&Pages::of(case.folder.path().join("docs"))).unwrap();
    assert_eq!(project.check(&case.out()).unwrap(), Vec::<String>::new());
    let other = case.folder.path().join("other");
    let written = project.generate(&other, "make").unwrap();
    assert!(!written.added.is_empty());
    assert_eq!(case.run(&["check", "--out", "other"]).status, 0);
}

/// A sample without a required property is only noticed when the crate's tests are made.
#[test]
fn warnings_are_as_many_for_each_command_and_strict_heeds_all() {
    let case = Case::new(&[]);
    let page = PAGE.replace("| Legs | int32 |", "| Legs | int32 | **Required**");
    case.write(
        "docs/v1Pet_Get.md",
        &page.replace("\"Legs\": 4", "\"Arms\": 4"),
    );
    let lint = case.run(&["lint", "--rule", "sample-not-tested"]);
    assert!(lint.stdout.contains("1 warning"), "{}", lint.stdout);
    let lint = case.run(&["lint"]).stdout;
    let count = |text: &str| {
        let mut lines = text.lines();
        let line = lines.find(|it| it.contains("warning") && it.starts_with(char::is_numeric));
        line.and_then(|it| it.split(' ').next().map(str::to_owned))
    };
    let generated = case.run(&["generate"]);
    assert_eq!(
        count(&generated.stderr),
        count(&lint),
        "{}",
        generated.stderr
    );
    let checked = case.run(&["check"]);
    assert_eq!(count(&checked.stderr), count(&lint), "{}", checked.stderr);
    let before = tree(&case.out());
    let strict = case.run(&["generate", "--strict"]);
    assert_eq!(strict.status, 1, "{}", strict.stderr);
    assert_eq!(tree(&case.out()), before);
}

#[test]
fn what_a_correction_changes_is_accounted_for() {
    let correction = "[[correction]]\ntarget = \"Pet.Legs\"\nexpect = { required = true }\n\
                      set = { required = false }\nreason = \"Snakes.\"\nsource = \"A zoo.\"\n";
    let case = Case::new(&[("corrections.toml", correction)]);
    let page = PAGE.replace("| Legs | int32 |", "| Legs | int32 | **Required**");
    case.write("docs/v1Pet_Get.md", &page);
    let lint = case.run(&["lint", "--strict"]);
    assert_eq!(lint.status, 0, "{}", lint.stdout);
    assert!(
        lint.stdout
            .contains("1 overruled, 0 reported, 0 unaccounted")
    );
}
