//! Shows the rules: as a list, one of them with its reasons, and as the tables
//! of `docs/DIFF.md`.

use crate::rules::{self, Group, Rule, Verdict};

/// All rules, for a terminal: a line each.
pub fn rules_text() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        out.push_str(&format!("{}\n", group.title()));
        for rule in rules::all().filter(|it| it.group == group) {
            out.push_str(&format!("  {:<34} {}\n", rule.id, verdicts(rule)));
        }
    }
    out.push_str("\n`docwright diff --explain RULE` explains one of them.\n");
    out
}

/// One rule with its reasons; `None` if there is no rule with this id.
pub fn explain(id: &str) -> Option<String> {
    let rule = rules::find(id)?;
    let mut out = format!("{}: {}\n\n", rule.id, rule.title);
    let line = |title: &str, verdict: Verdict| {
        format!("  {title:<12} {}; Rust: {}\n", verdict.wire, verdict.rust)
    };
    if rule.is_directed() {
        out.push_str(&line("in requests", rule.request));
        out.push_str(&line("in responses", rule.response));
    } else {
        out.push_str(&line("verdict", rule.request));
    }
    out.push_str(&format!("\n{}\n", rule.why));
    if rule.mirror != rule.id {
        out.push_str(&format!("The reverse change is {}.\n", rule.mirror));
    }
    Some(out)
}

/// The tables of `docs/DIFF.md`.
pub fn rules_markdown() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        out.push_str(&format!(
            "### {}\n\n| rule | what changed | wire | Rust |\n| --- | --- | --- | --- |\n",
            group.title()
        ));
        for rule in rules::all().filter(|it| it.group == group) {
            let (wire, rust) = match rule.is_directed() {
                false => (rule.request.wire.to_string(), rule.request.rust.to_string()),
                true => (
                    pair(rule.request.wire.word(), rule.response.wire.word()),
                    pair(rule.request.rust.words(), rule.response.rust.words()),
                ),
            };
            out.push_str(&format!(
                "| `{}` | {} | {wire} | {rust} |\n",
                rule.id, rule.title
            ));
        }
        out.push('\n');
    }
    out
}

fn verdicts(rule: &Rule) -> String {
    let both = |verdict: Verdict| format!("{}; Rust: {}", verdict.wire, verdict.rust);
    match rule.is_directed() {
        false => both(rule.request),
        true => format!(
            "sent: {} | returned: {}",
            both(rule.request),
            both(rule.response)
        ),
    }
}

fn pair(request: &str, response: &str) -> String {
    match request == response {
        true => request.to_owned(),
        false => format!("sent: {request}, returned: {response}"),
    }
}
