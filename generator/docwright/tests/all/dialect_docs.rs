//! `docs/DIALECTS.md` says what is: each key and role of a dialect's file is
//! in it, and its examples are right.

use std::collections::BTreeSet;

use docwright::dialect::Dialect;

const DOCUMENT: &str = include_str!("../../../../docs/DIALECTS.md");

/// The blocks of TOML, with the indentation of lists taken away.
fn examples() -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in DOCUMENT.lines() {
        let inner = line.trim_start();
        match &mut open {
            None if inner == "```toml" => open = Some((line.len() - inner.len(), String::new())),
            None => {}
            Some(_) if inner == "```" => blocks.extend(open.take().map(|(_, text)| text)),
            Some((indent, text)) => {
                text.push_str(line.get(*indent..).unwrap_or_default());
                text.push('\n');
            }
        }
    }
    blocks
}

/// What a dialect's file may hold at a place, as the error about something else
/// lists it.
fn allowed(wrong: &str) -> BTreeSet<String> {
    let text = format!("name = 'x'\ntitle = 'X'\n{wrong}");
    let expected = Dialect::parse(&text).unwrap_err().expected.unwrap();
    let names = expected.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn examples_are_right() {
    let examples = examples();
    assert!(examples.len() >= 10);
    for example in examples {
        let head = match example.starts_with("name =") {
            true => "",
            false => "name = 'x'\ntitle = 'X'\n",
        };
        let parsed = Dialect::parse(&format!("{head}{example}"));
        assert!(parsed.is_ok(), "{:?}\n{example}", parsed.err());
    }
}

#[test]
fn each_key_is_documented_and_shown() {
    let shown = examples().join("\n");
    let tables = [
        "",
        "[page]",
        "[[page.ignore]]",
        "[operation]",
        "[[section]]",
        "[[table]]",
        "[[code]]",
        "[types]",
        "[[types.word]]",
        "[[types.pattern]]",
        "[required]",
        "[nesting]",
        "[locations]",
        "[headers]",
        "[samples]",
        "[pagination]",
        "[[query-language]]",
    ];
    for table in tables {
        let keys = allowed(&format!("{table}\nnot-a-key = 1\n"));
        assert!(!keys.is_empty(), "{table}");
        for key in keys {
            // `level` is for page text only: words are enough.
            let is_shown = [
                format!("\n{key} = "),
                format!("[{key}]"),
                format!("[types.{key}]"),
            ]
            .iter()
            .any(|it| format!("\n{shown}").contains(it))
                || shown.contains(&format!("[[page.{key}]]"))
                || shown.contains(&format!("[[types.{key}]]"))
                || DOCUMENT.contains(&format!("`{key}` is"));
            assert!(is_shown, "`{key}` of {table} isn't shown");
        }
    }
}

#[test]
fn each_role_is_documented() {
    let places = [
        "[[section]]\nheadings = []\nrole = 'x'",
        "[[table]]\ncolumns = []\nrole = 'x'",
        "[[table]]\nrole = 'ignored'\ncolumns = [['x', 'X']]",
        "[[code]]\ninfo = []\nrole = 'x'",
        "[[types.pattern]]\nmatches = '{type}'\nis = 'x'",
        "[[query-language]]\nparameters = []\nkind = 'x'",
    ];
    for place in places {
        let roles = allowed(place);
        assert!(roles.len() > 2, "{place}");
        for role in roles {
            assert!(DOCUMENT.contains(&format!("`{role}`")), "{role} of {place}");
        }
    }
}
