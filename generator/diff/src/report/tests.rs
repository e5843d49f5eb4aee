use super::*;
use crate::{Diff, Side, diff, suggest};
use docwright_model::{Api, Provenance};

/// A model in JSON, with as many operations as asked for; names with marks
/// that mean something in each of the formats.
fn api(count: usize, path: &str) -> Api {
    let operations: Vec<_> = (0..count)
        .map(|number| {
            serde_json::json!({
                "uid": format!("pet<b>{number:04}"), "method": "GET",
                "path": format!("{path}/{number:04}"), "resource": "Pet",
                "provenance": {"page": "a,b.md", "heading": "100% `pets`\u{1b}[35m"},
            })
        })
        .collect();
    let api = serde_json::json!({
        "format": 1, "title": "Pets", "security": [], "headers": [],
        "operations": operations, "schemas": [],
    });
    serde_json::from_value(api).unwrap()
}

struct Pages;

impl Origin for Pages {
    fn name(&self) -> &str {
        "docs"
    }

    fn file(&self, page: &str) -> Option<String> {
        Some(format!("docs/{page}"))
    }

    fn link(&self, _: &Provenance) -> Option<String> {
        Some("https://example.com/a#b".to_owned())
    }
}

fn view(count: usize) -> View {
    let (old, new) = (api(count, "/pet"), api(count, "/animal"));
    let side = |api| Side {
        api,
        samples: &[],
        pages: &[],
        dialect: None,
        names: None,
    };
    let diff: Diff = diff(side(&old), side(&new));
    let context = Context {
        old: &Pages,
        new: &Pages,
        shows_noise: true,
    };
    View::new(&diff, &suggest(&diff, "1.0.0"), &context)
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = rules_text();
    for rule in crate::rules::all() {
        assert!(list.contains(rule.id));
        assert!(explain(rule.id).unwrap().contains(rule.why));
    }
    assert_eq!(explain("no-such-rule"), None);
}

#[test]
fn a_comment_says_how_much_did_not_fit() {
    let few = markdown(&view(2));
    assert!(few.starts_with("### API changes: 2 breaking, 0 risky, 0 compatible\n"));
    assert!(!few.contains("don't fit"));
    let many = markdown(&view(2000));
    assert!(many.len() < LIMIT);
    assert!(many.contains("more findings don't fit into this comment"));
    // All that was opened is closed.
    assert_eq!(
        many.matches("<details").count(),
        many.matches("</details>").count()
    );
}

#[test]
fn annotations_are_one_line_each() {
    let text = github(&view(1));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0]
            .starts_with("::error file=docs/a%2Cb.md,title=breaking%3A operation-path-changed::"),
        "{}",
        lines[0]
    );
}

#[test]
fn pages_cannot_put_markup_into_the_page_or_steer_the_terminal() {
    let view = view(1);
    let page = html(&view).unwrap();
    assert!(!page.contains("pet<b>"));
    assert!(page.contains("pet&#60;b&#62;") || page.contains("pet&lt;b&gt;"));
    // Nothing is loaded.
    assert!(!page.contains("src=") && !page.contains("@import"));
    assert!(!text(&view).contains("\u{1b}[35m"));
}

#[test]
fn the_documentation_names_each_key_of_the_json() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/DIFF.md");
    let text = std::fs::read_to_string(path).unwrap();
    fn keys(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    found.push(key.clone());
                    keys(value, found);
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|it| keys(it, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let value: serde_json::Value = serde_json::from_str(&json(&view(1)).unwrap()).unwrap();
    keys(&value, &mut found);
    assert!(found.len() > 30);
    for key in found {
        assert!(text.contains(&format!("`{key}`")), "{key}");
    }
}
