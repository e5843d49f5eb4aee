//! What `lint` suggests for `corrections.toml` can be pasted as it is.

use serde_json::Value;

use crate::case::{Case, PAGE};

/// The findings that have an entry, each with its rule.
fn suggestions(case: &Case) -> Vec<(String, String)> {
    let run = case.run(&["lint", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = report["diagnostics"].as_array().unwrap().iter();
    let entry = |it: &Value| {
        let text = |key: &str| Some(it[key].as_str()?.to_owned());
        Some((text("rule")?, text("suggestion")?))
    };
    findings.filter_map(entry).collect()
}

#[test]
fn an_entry_settles_its_findings_and_expires_with_them() {
    let contested = PAGE.replace("\"Legs\": 4", "\"Legs\": \"four\"");
    let other = PAGE
        .replace("v1Pet_Get", "v1Pet_Last")
        .replace("Pet/{id}", "Pet/{id}/last")
        .replace("| Name | string |", "| Name | bool |");
    let case = Case::new(&[("v1Pet_Last.md", &other)]);
    case.write("docs/v1Pet_Get.md", &contested);
    let found = suggestions(&case);
    let rules: Vec<_> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["sample-against-table", "conflicting-type-cells"]);

    let entries: Vec<_> = found.into_iter().map(|(_, entry)| entry).collect();
    case.write("docs/corrections.toml", &entries.join("\n\n"));
    assert_eq!(suggestions(&case), []);
    let run = case.run(&["lint"]);
    assert_eq!(run.status, 0, "{}", run.stdout);

    // The page was mended: nothing is left to confirm.
    case.write("docs/v1Pet_Get.md", PAGE);
    let rules = case.findings();
    assert!(rules.contains_key("correction-not-needed"), "{rules:?}");
}
