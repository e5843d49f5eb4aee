//! The comparison on real reference pages, which are not part of the
//! repository: what a person found by reading them, and no false alarm.
//!
//! `DOCWRIGHT_CORPUS=… cargo test --release --test all corpus_diff:: -- --ignored --nocapture`

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

fn report(old: &str, new: &str) -> Value {
    let corpus = std::env::var("DOCWRIGHT_CORPUS").expect("DOCWRIGHT_CORPUS says where it is");
    let folder = Path::new(&corpus).join("superoffice");
    let output = Command::new(env!("CARGO_BIN_EXE_docwright"))
        .current_dir(folder)
        .args(["diff", old, new, "--format", "json"])
        .output()
        .unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn by_rule(report: &Value) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        *counts.entry(finding["rule"].as_str().unwrap()).or_default() += 1;
    }
    counts
}

#[test]
#[ignore = "needs the corpus"]
fn a_small_update_is_its_two_rows() {
    let report = report("v10.2.1", "v10.2.2");
    assert_eq!(by_rule(&report), [("property-added", 2)].into());
    assert!(report["hidden"]["sample"].as_u64().unwrap() > 1000);
}

#[test]
#[ignore = "needs the corpus"]
fn another_form_is_the_same() {
    for form in ["v10.2.2-html", "v10.2.2-text"] {
        for (old, new) in [(form, "v10.2.2"), ("v10.2.2", form)] {
            let report = report(old, new);
            assert_eq!(by_rule(&report), [].into(), "{old}");
            assert_eq!(report["hidden"], serde_json::json!({}), "{old}");
        }
    }
}

#[test]
#[ignore = "needs the corpus"]
fn another_vocabulary_breaks_nothing() {
    let report = report("v10.0.2", "v10.2.1");
    let counts = by_rule(&report);
    eprintln!("{counts:#?}");
    assert_eq!(counts["operation-added"], 43);
    assert_eq!(counts["operation-uid-renamed"], 5);
    assert!(!counts.contains_key("operation-removed"));
    // What a page lists, and the renamed page of the same operation doesn't.
    assert_eq!(report["counts"]["breaking"], 2);
    assert_eq!(report["counts"]["risky"], 2);
    assert_eq!(counts["property-removed"], 2);
    assert_eq!(counts["query-parameter-removed"], 2);
    let rows = report["findings"].as_array().unwrap().iter();
    let removed = rows.filter(|it| it["rule"] == "property-removed");
    for finding in removed {
        let page = |side: &str| finding[side][0]["page"].as_str().unwrap().to_owned();
        assert_ne!(page("old-places"), page("new-places"));
        assert!(finding["old-places"][0]["row"].is_string());
    }
    // Words for types are counted.
    assert!(report["hidden"]["type-word"].as_u64().unwrap() > 5000);
}
