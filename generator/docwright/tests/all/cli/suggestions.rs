//! What `lint` suggests for `corrections.toml` can be pasted, and needs a source.

use serde_json::Value;

use super::case::{Case, PAGE};

/// The findings that have an entry, each with its rule.
fn suggestions(case: &Case) -> Vec<(String, String)> {
    let run = case.run(&["lint", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = report["diagnostics"].as_array().unwrap().iter();
    let entry = |it: &Value| {
        let rule = it["rule"].as_str().unwrap().to_owned();
        let entries = it["suggestions"].as_array().unwrap().clone();
        let entries = entries.into_iter();
        entries.map(move |it| (rule.clone(), it["entry"].as_str().unwrap().to_owned()))
    };
    findings.flat_map(entry).collect()
}

#[test]
fn an_entry_settles_its_findings_and_expires_with_them() {
    let case = Case::contested();
    let found = suggestions(&case);
    let rules: Vec<_> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["sample-against-table", "conflicting-type-cells"]);

    let entries: Vec<_> = found.into_iter().map(|(_, entry)| entry).collect();
    let entries = entries.join("\n\n");
    case.write("docs/corrections.toml", &entries);
    let run = case.run(&["lint"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.contains("help: fill in the source"),
        "{}",
        run.stdout
    );

    let entries = entries.replace("source = \"\"", "source = \"A call to the server.\"");
    case.write("docs/corrections.toml", &entries);
    assert_eq!(suggestions(&case), []);
    let run = case.run(&["lint"]);
    assert_eq!(run.status, 0, "{}", run.stdout);

    // The page was mended: nothing is left to confirm.
    case.write("docs/v1Pet_Get.md", PAGE);
    let rules = case.findings();
    assert!(rules.contains_key("correction-not-needed"), "{rules:?}");
}
