//! The documentation of the rules is made of the rules: what ends `docs/LINT.md` and
//! `docs/DIFF.md`, and in `docs/SEMVER.md` the policy that `diff` goes by.

use std::{fs, path::Path};

use docwright::{
    diff::{
        self, RustImpact,
        rules::{self, Rule},
    },
    report,
};

use crate::expect;

/// Compares what stands below a line of a document with the tables that belong there.
fn ends_with(document: &str, line: &str, tables: &str) {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let file = docs.join(document);
    let text = fs::read_to_string(&file).unwrap();
    let (head, _) = text.split_once(line).expect("the line above the tables");
    let text = format!("{head}{line}\n\n{}\n", tables.trim_end());
    expect::files([(file, text)]);
}

#[test]
fn lint_has_the_tables_of_its_rules() {
    let tables = report::rules_markdown();
    ends_with("LINT.md", "the most useful rules first.", &tables);
}

#[test]
fn diff_has_the_tables_of_its_rules() {
    let tables = diff::report::rules_markdown();
    ends_with("DIFF.md", "the worse counts.", &tables);
}

/// The rules with a verdict, and in which direction they have it.
fn list(impact: RustImpact) -> String {
    let shown = |rule: &Rule| {
        let of = [
            (rule.request.rust, " (sent)"),
            (rule.response.rust, " (returned)"),
        ];
        let is_both = of.iter().all(|(rust, _)| *rust == impact);
        let (_, side) = of.iter().find(|(rust, _)| *rust == impact)?;
        let side = if is_both { "" } else { side };
        Some(format!("`{}`{side}", rule.id))
    };
    rules::all()
        .filter_map(shown)
        .collect::<Vec<_>>()
        .join(", ")
}

fn tables() -> String {
    let row = |words: &str, impact| format!("| {words} | {} |\n", list(impact));
    [
        "| verdict | rules |\n| --- | --- |\n".to_owned(),
        row("breaks callers", RustImpact::BreaksCallers),
        row("breaks implementers", RustImpact::BreaksImplementers),
        row("additive", RustImpact::Additive),
        row("none", RustImpact::None),
    ]
    .concat()
}

#[test]
fn the_policy_has_the_verdicts_of_the_rules() {
    ends_with("SEMVER.md", "is listed under both.", &tables());
}

/// What the policy says in words.
#[test]
fn what_is_added_breaks_nobody() {
    for id in [
        "operation-added",
        "property-added",
        "query-parameter-added-optional",
        "header-added",
        "enum-value-added",
    ] {
        let rule = rules::find(id).unwrap();
        let verdicts = [rule.request.rust, rule.response.rust];
        assert_eq!(verdicts, [RustImpact::Additive; 2], "{id}");
    }
    for id in [
        "operation-removed",
        "property-removed",
        "enum-value-removed",
    ] {
        let rule = rules::find(id).unwrap();
        assert_eq!(rule.request.rust, RustImpact::BreaksCallers, "{id}");
    }
}
