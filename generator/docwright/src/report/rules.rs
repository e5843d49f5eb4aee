//! Shows the registry of rules: as a list, one of them with its explanation,
//! and as the tables of `docs/LINT.md`.

use docwright_model::diagnostic::{Group, Rule, rules};

/// All rules, for a terminal: a line each.
pub fn rules_text() -> String {
    let mut out = String::new();
    for (group, rules) in groups() {
        out.push_str(&format!("{}\n", group.title()));
        for rule in rules {
            let severity = super::word(rule.severity);
            out.push_str(&format!(
                "  {:<28} {severity:<8} {}\n",
                rule.id, rule.meaning
            ));
        }
    }
    out.push_str("\n`docwright lint --explain ID` explains one of them.\n");
    out
}

/// One rule with its explanation, for a terminal.
pub fn explain(rule: &Rule) -> String {
    format!(
        "{} ({}): {}\n\n{}\n\nHelp: {}.\n",
        rule.id,
        super::word(rule.severity),
        rule.meaning,
        rule.explanation,
        rule.help
    )
}

/// The tables of `docs/LINT.md`.
pub fn rules_markdown() -> String {
    let mut out = String::new();
    for (group, rules) in groups() {
        out.push_str(&format!(
            "### {}\n\n| rule | severity | found | what it means | help |\n| --- | --- | --- | --- \
             | --- |\n",
            group.title()
        ));
        for rule in rules {
            let cells =
                [rule.meaning, rule.explanation, rule.help].map(|it| it.replace('|', "\\|"));
            let severity = super::word(rule.severity);
            out.push_str(&format!(
                "| `{}` | {severity} | {} |\n",
                rule.id,
                cells.join(" | ")
            ));
        }
        out.push('\n');
    }
    out
}

/// The rules by group, without groups that have none.
fn groups() -> impl Iterator<Item = (Group, Vec<&'static Rule>)> {
    let groups = Group::ALL.into_iter();
    groups
        .map(|group| {
            let rules = rules::all().filter(|rule| rule.group == group);
            (group, rules.collect::<Vec<_>>())
        })
        .filter(|(_, rules)| !rules.is_empty())
}
