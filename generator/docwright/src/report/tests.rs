use std::path::Path;

use super::*;
use docwright_model::diagnostic::{Group, Place, Rule, rules};
use docwright_read::Pages;

const ERROR: &Rule = &Rule {
    id: "r",
    severity: Severity::Error,
    group: Group::Lost,
    meaning: "something is lost",
    explanation: "It is.",
    help: "h",
};

const WARNING: &Rule = &Rule {
    severity: Severity::Warning,
    ..*ERROR
};

fn pages(docs: &[&Path], evidence: &[&Path]) -> Pages {
    let owned = |paths: &[&Path]| paths.iter().map(|path| path.to_path_buf()).collect();
    Pages {
        docs: owned(docs),
        evidence: owned(evidence),
    }
}

/// A folder with one page, and the files in it.
fn files(text: &str) -> (tempfile::TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.md"), text).unwrap();
    let files = Files::new(&pages(&[folder.path()], &[]));
    (folder, files)
}

fn place(line: u32, column: u32, width: u32) -> Place {
    Place {
        file: "page.md".into(),
        line,
        column,
        width,
        words: Vec::new(),
    }
}

/// What a person sees without colours, the folder's name taken out.
fn shown(diagnostics: &[Diagnostic], limit: Limit) -> String {
    let (folder, files) = files("# Pets\n\n| é | Strnig | The name. |\n");
    let text = findings(diagnostics, &files, limit, |rule| format!("see {rule}"));
    let text = anstream::adapter::strip_str(&text).to_string();
    text.replace(folder.path().to_str().unwrap(), "docs")
}

#[test]
fn a_diagnostic_shows_its_line_and_what_to_do() {
    let diagnostic = Diagnostic::new(rules::UNKNOWN_TYPE_WORD, place(3, 7, 6), "unknown `Strnig`")
        .help("did you mean String?")
        .related(place(1, 0, 0), "on this page")
        .about("Pet.name")
        .suggestion("[[correction]]\ntarget = \"Pet.name\"\n");
    let expected = "\
warning[unknown-type-word]: unknown `Strnig`
 --> docs/page.md:3:7
  |
3 | | é | Strnig | The name. |
  |       ^^^^^^
  |
  = help: did you mean String?
note: on this page
 --> docs/page.md:1:1
  |
1 | # Pets
  | ^^^^^^
  an entry for corrections.toml that fixes it (fill in the source):
    [[correction]]
    target = \"Pet.name\"
";
    assert_eq!(
        shown(&[diagnostic], Limit::All).trim_end(),
        expected.trim_end()
    );
}

#[test]
fn a_place_without_a_line_shows_the_path() {
    let gone = Diagnostic::new(ERROR, Place::file("gone.md"), "m");
    assert_eq!(
        shown(&[gone], Limit::All),
        "error[r]: m\n--> gone.md\n |\n = help: h\n\n"
    );
    let late = Diagnostic::new(ERROR, place(99, 2, 1), "m");
    assert_eq!(
        shown(&[late], Limit::All),
        "error[r]: m\n--> docs/page.md:99:2\n |\n = help: h\n\n"
    );
}

#[test]
fn a_page_cannot_write_to_the_terminal() {
    let (_folder, files) = files("\u{1b}[2J\u{1b}]0;owned\u{7}\n");
    let diagnostic = Diagnostic::new(ERROR, place(1, 1, 1), "found \u{1b}[31mred").help("\u{1b}c");
    let text = findings(&[diagnostic], &files, Limit::All, str::to_owned);
    let plain = anstream::adapter::strip_str(&text).to_string();
    assert!(!plain.contains(['\u{1b}', '\u{7}']), "{plain:?}");
    // The words of the attempt are still there: as words.
    assert!(
        plain.contains("[2J") && plain.contains("[31mred"),
        "{plain:?}"
    );
    for attempt in ["\u{1b}[2J", "\u{1b}]0;", "\u{1b}[31m", "\u{1b}c"] {
        assert!(!text.contains(attempt), "{text:?}");
    }
}

#[test]
fn of_many_the_first_are_shown_and_the_rest_is_counted() {
    let many: Vec<_> = (1..=9)
        .map(|n| Diagnostic::new(WARNING, place(n, 1, 1), format!("m{n}")))
        .collect();
    let text = shown(&many, Limit::Few(3));
    assert!(text.contains("m3") && !text.contains("m4"), "{text}");
    assert!(
        text.ends_with("warning: 6 more of [r]; see r\n\n"),
        "{text}"
    );
    assert!(shown(&many[..4], Limit::Few(3)).contains("m4"));
    assert!(shown(&many, Limit::All).contains("m9"));
}

#[test]
fn the_worst_come_first_and_nothing_is_said_twice() {
    let of = |rule, line| Diagnostic::new(rule, place(line, 1, 1), "m");
    let (late, early) = (rules::TITLE_PATH_MISMATCH, rules::SAMPLE_AGAINST_TABLE);
    let mut diagnostics = vec![
        of(rules::PATHS_ALIKE, 1),
        of(late, 2),
        of(early, 9),
        of(late, 1),
        of(rules::INVALID_SETTINGS, 1),
        of(late, 2),
    ];
    sort(&mut diagnostics);
    let order: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.rule.id, it.place.line))
        .collect();
    assert_eq!(
        order,
        [
            ("invalid-settings", 1),
            ("sample-against-table", 9),
            ("title-path-mismatch", 1),
            ("title-path-mismatch", 2),
            ("paths-alike", 1)
        ]
    );
    assert_eq!(
        summary(&diagnostics),
        "      1  error    invalid-settings
      1  warning  sample-against-table
      1  warning  title-path-mismatch, at 2 places
      1  note     paths-alike
1 error, 2 warnings, 1 note
"
    );
    assert_eq!(summary(&[]), "");
}

#[test]
fn a_program_gets_one_document() {
    let (folder, files) = files("x\n");
    let diagnostic =
        Diagnostic::new(WARNING, place(1, 1, 1), "m").related(Place::file("other.toml"), "w");
    let text = json(&[diagnostic], [("tables", 3)], [("all", 4)], &[], &files).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let page = folder.path().join("page.md");
    assert_eq!(
        value,
        serde_json::json!({
                  "format": 2,
                  "errors": 0,
                  "warnings": 1,
                  "notes": 0,
                  "rules": [{ "rule": "r", "severity": "warning", "count": 1, "places": 1 }],
                  "ledger": [["tables", 3]],
                  "books": [["all", 4]],
                  "vocabulary": [],
        "diagnostics": [{
                      "rule": "r",
                      "severity": "warning",
                      "place": { "file": page, "line": 1, "column": 1, "width": 1 },
                      "message": "m",
                      "help": "h",
                      "related": [{
                          "place": { "file": "other.toml", "line": 0, "column": 0, "width": 0 },
                          "message": "w",
                      }],
                      "others": [],
                      "targets": [],
                      "suggestions": [],
                  }],
              })
    );
    assert!(text.ends_with("}\n"));
}

#[test]
fn the_documentation_explains_every_key() {
    fn keys(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(entries) => entries.iter().for_each(|(key, value)| {
                found.push(key.clone());
                keys(value, found);
            }),
            serde_json::Value::Array(items) => items.iter().for_each(|it| keys(it, found)),
            _ => {}
        }
    }
    let text = include_str!("../../../../docs/LINT.md");
    let (_folder, files) = files("x\n");
    let diagnostic = Diagnostic::new(WARNING, place(1, 1, 1), "m")
        .related(Place::file("other.toml"), "w")
        .about("Pet.name")
        .suggestion("[[correction]]");
    let ledger = docwright_read::extract::Ledger::default();
    let books = docwright_infer::books::Books::default();
    let books = docwright_infer::books::Report::new(&books);
    let document = json(&[diagnostic], &ledger, books, &[], &files).unwrap();
    let mut found = Vec::new();
    keys(&serde_json::from_str(&document).unwrap(), &mut found);
    assert!(found.contains(&"consumed".to_owned()));
    for key in found {
        assert!(text.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn pages_and_evidence_of_one_name_are_told_apart() {
    let [docs, evidence] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    std::fs::write(docs.path().join("a.md"), "new").unwrap();
    std::fs::write(evidence.path().join("a.md"), "old").unwrap();
    let files = Files::new(&pages(&[docs.path()], &[evidence.path()]));
    assert_eq!(files.get("a.md").text.as_deref(), Some("new"));
    let old = files.get("evidence: a.md");
    assert_eq!(old.text.as_deref(), Some("old"));
    assert_eq!(Path::new(&old.path), evidence.path().join("a.md"));
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = rules_text();
    for rule in rules::all() {
        assert!(list.contains(&format!("  {} ", rule.id)), "{}", rule.id);
        let text = explain(rule);
        assert!(text.contains(rule.explanation) && text.contains(rule.help));
    }
}

#[test]
fn findings_of_one_fault_are_shown_once() {
    let of = |line, message: &str, target: &str| {
        let finding = Diagnostic::new(WARNING, place(line, 3, 1), message);
        finding
            .about(target)
            .suggestion(format!("target = {target:?}\n"))
    };
    let misprint = |line, target| of(line, "odd", target).cause("the misprint");
    let found = [
        misprint(3, "Pet.name"),
        misprint(1, "Owner.name"),
        misprint(9, "Pet.name"),
        of(1, "another", "Owner.name"),
    ];
    let expected = "\
warning[r]: odd
 --> docs/page.md:3:3
  |
3 | | é | Strnig | The name. |
  |   ^
  |
  = help: h
  the same at 2 other places:
    docs/page.md:1:3
    docs/page.md:9:3
  entries for corrections.toml that fix it (fill in the sources):
    target = \"Owner.name\"

    target = \"Pet.name\"

warning[r]: another
 --> docs/page.md:1:3
  |
1 | # Pets
  |   ^
  |
  = help: h
  the entry for `Owner.name` above fixes it
";
    assert_eq!(shown(&found, Limit::All).trim_end(), expected.trim_end());
    assert_eq!(
        summary(&found),
        "      2  warning  r, at 4 places\n2 warnings\n"
    );
}

#[test]
fn what_pages_repeat_over_and_over_is_one_line() {
    let found: Vec<_> = (1..=9)
        .map(|n| Diagnostic::new(rules::TITLE_PATH_MISMATCH, place(n, 1, 1), format!("m{n}")))
        .collect();
    assert_eq!(
        shown(&found, Limit::Few(3)),
        "warning[title-path-mismatch]: a page's title names another method or path than its code \
         block: 9 times, such as docs/page.md:1:1; see title-path-mismatch\n\n"
    );
    assert!(shown(&found, Limit::All).contains("m9"));
}
