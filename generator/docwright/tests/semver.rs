//! The policy in `docs/SEMVER.md` is the one that `diff` goes by. `UPDATE_EXPECT=1` writes the
//! list of rules anew.

use std::fs;

use docwright::diff::{
    RustImpact,
    rules::{self, Rule},
};

const HEAD: &str = "stands in both places.\n\n";

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
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/SEMVER.md");
    let text = fs::read_to_string(path).unwrap();
    let (policy, found) = text.split_once(HEAD).expect("the heading of the tables");
    let expected = tables();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, format!("{policy}{HEAD}{expected}")).unwrap();
        return;
    }
    assert_eq!(found, expected, "run with UPDATE_EXPECT=1 to write it anew");
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
