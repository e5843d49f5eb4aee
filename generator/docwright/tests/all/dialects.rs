//! Dialects as data: a folder in `tests/dialects/` is a reference in its own
//! words with its dialect beside it, and in `expected.json` the model that it
//! comes to.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use docwright::{Pages, Reading, advice, dialect::Dialect, export, settings::Settings};

use crate::expect;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialects")
}

fn dialect_of(folder: &Path) -> Dialect {
    let (settings, diagnostics) = Settings::for_docs(&[folder.to_owned()]);
    assert_eq!(diagnostics, []);
    settings.dialect().unwrap()
}

fn read(folder: &Path, dialect: &Dialect) -> Reading {
    let pages = Pages {
        docs: vec![folder.to_owned()],
        evidence: Vec::new(),
    };
    docwright::read(&pages, dialect, &dialect.title).unwrap()
}

/// A copy of the harbour's pages, in which a page has another text.
fn harbour(change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    copy_of("harbour", change)
}

/// A copy of a reference, likewise.
fn copy_of(case: &str, change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(cases().join(case)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(copy.path().join(name), change(name, text)).unwrap();
    }
    copy
}

fn unknown(reading: &Reading) -> usize {
    reading.ledger.unknown.values().sum()
}

#[test]
fn a_dialect_file_is_all_that_another_reference_needs() {
    expect::files(expect::cases("dialects").into_iter().map(|folder| {
        let dialect = dialect_of(&folder);
        let reading = read(&folder, &dialect);
        assert_eq!(unknown(&reading), 0, "{:?}", reading.diagnostics);
        assert_eq!(advice::advise(&reading.survey, &dialect), []);
        let model = export::model(&export::plain(reading.api)).unwrap();
        (folder.join("expected.json"), model)
    }));
}

/// Whoever pastes what `lint` suggests, a few times, has a dialect that knows
/// every block; what remains is to look the guesses through.
#[test]
fn advice_leads_from_nothing_to_a_dialect() {
    let folder = cases().join("harbour");
    let mut text = "name = \"harbour\"\ntitle = \"Harbour API\"\n".to_owned();
    let mut left = Vec::new();
    for _ in 0..4 {
        let dialect = Dialect::parse(&text).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        let reading = read(&folder, &dialect);
        left.push(unknown(&reading));
        for kind in advice::advise(&reading.survey, &dialect) {
            text.push_str(&kind.entries);
        }
    }
    assert_eq!(left[0], reading_total(&folder));
    assert!(left[1] <= 8, "{left:?}");
    assert_eq!(left[3], 0, "{left:?}\n{text}");
    let dialect = Dialect::parse(&text).unwrap();
    let reading = read(&folder, &dialect);
    assert_eq!(advice::advise(&reading.survey, &dialect), []);
    assert_eq!(reading.api.operations.len(), 6);
    let boat = reading.api.schema("Boat").unwrap();
    assert_eq!(boat.provenance[0].page.as_ref(), "boat-object.md");
}

fn reading_total(folder: &Path) -> usize {
    read(folder, &dialect_of(folder)).ledger.total()
}

#[test]
fn the_ledger_adds_up_to_all_blocks() {
    let dialect = dialect_of(&cases().join("harbour"));
    let folder = cases().join("harbour");
    let mut blocks = 0;
    for (path, file) in docwright::source::find(&folder).unwrap() {
        let page = docwright::source::read(&path, &file).unwrap();
        blocks += docwright::document::read(&page, &dialect).blocks.len();
    }
    assert_eq!(read(&folder, &dialect).ledger.total(), blocks);
}

#[test]
fn what_the_dialect_does_not_know_is_unknown() {
    let dialect = dialect_of(&cases().join("harbour"));
    let findings = |add: &str, page: &str| {
        let folder = harbour(|name, text| match name == page {
            true => text.replace("</main>", &format!("{add}</main>")) + add,
            false => text,
        });
        let reading = read(folder.path(), &dialect);
        let rules: Vec<_> = reading.diagnostics.iter().map(|it| it.rule.id).collect();
        (unknown(&reading), rules.join(" "))
    };
    let known = "path-parameter-without-row";
    assert_eq!(findings("", "boats.md"), (0, known.to_owned()));
    // A section: the heading and what stands below it.
    let (count, rules) = findings("\n### Moorings\n\nChains.\n", "boats.md");
    assert_eq!(count, 2);
    assert_eq!(rules, format!("{known} unknown-heading"));
    // A column.
    let table =
        "\n### Response 409\n\n| Status | Meaning | Since |\n|-|-|-|\n| 409 | Taken. | 2 |\n";
    let (count, rules) = findings(table, "boats.md");
    assert_eq!(count, 1);
    assert_eq!(rules, format!("{known} unknown-column"));
    // A table without a header.
    let table = "<h3>Errors</h3><table><tr><td>409</td><td>Taken.</td></tr></table>";
    let (count, rules) = findings(table, "crews.html");
    assert_eq!(count, 1);
    assert_eq!(rules, format!("{known} unknown-table"));
}

/// What lists and sentences get wrong is told like what tables do.
#[test]
fn lists_bodies_and_headers_are_read_or_told() {
    let dialect = dialect_of(&cases().join("lighthouse"));
    let rules = |page: &str, old: &str, new: &str| {
        let folder = copy_of("lighthouse", |name, text| match name == page {
            true => {
                assert!(text.contains(old), "{page} has no `{old}`");
                text.replacen(old, new, 1)
            }
            false => text,
        });
        let reading = read(folder.path(), &dialect);
        let rules = reading.diagnostics.iter().map(|it| it.rule.id);
        rules.collect::<BTreeSet<_>>()
    };
    let known = BTreeSet::from([
        "path-parameter-without-row",
        "bodies-joined",
        "status-not-documented",
    ]);
    let with = |more| &known | &BTreeSet::from([more]);
    assert_eq!(rules("lamps.md", "", ""), known);
    let found = rules("lamps.md", "- `after` (integer)", "- `after` is odd");
    assert_eq!(found, with("unknown-item"));
    let found = rules("lamps.md", "- `lit` (boolean): only", "- only");
    assert_eq!(found, with("unknown-list"));
    let found = rules("keepers.md", "Prefer: wait", "Prefer it");
    assert_eq!(found, with("invalid-header-name"));
    // A second table for one body, below a heading that isn't known.
    let found = rules(
        "lamps.md",
        "###### Body (flashing",
        "###### Elsewhere (flashing",
    );
    assert!(found.contains("unknown-heading") && !found.contains("bodies-joined"));
}

/// What pages say in two ways is any value, and a finding says where.
#[test]
fn types_that_contradict_themselves_are_told() {
    let folder = cases().join("ropeway");
    let reading = read(&folder, &dialect_of(&folder));
    let found: BTreeSet<_> = reading.diagnostics.iter().map(|it| it.rule.id).collect();
    for rule in [
        "type-of-two-meanings",
        "union-members-alike",
        "discriminator-nowhere",
        "type-of-itself",
    ] {
        assert!(found.contains(rule), "{rule}: {found:?}");
    }
}

/// A body can't be of two types: the last one is taken, and that is a warning.
#[test]
fn a_body_of_another_type_is_told() {
    let row = "|body|body|[NewBread](#schemanewbread)|true|What to bake.|\n";
    let more = "|body|body|[Bread](#schemabread)|true|Or this.|\n";
    let dialect = dialect_of(&cases().join("bakery"));
    let folder = copy_of("bakery", |_, text| {
        text.replace(row, &format!("{row}{more}"))
    });
    let reading = read(folder.path(), &dialect);
    let mut found = reading.diagnostics.iter();
    let found = found.find(|it| it.rule.id == "several-bodies").unwrap();
    assert_eq!(found.severity, docwright::diagnostic::Severity::Warning);
    let mut operations = reading.api.operations.iter();
    let bake = operations.find(|it| it.uid == "BakeBread").unwrap();
    assert_eq!(bake.request.as_ref().unwrap().ty.to_string(), "Bread");
}

#[test]
fn a_mistake_in_a_dialect_has_a_place_and_advice() {
    let cases = [
        ("titel = 'x'", "3:1", "unknown field `titel`", "`section`"),
        (
            "[[section]]\nrole = 'headings'\nheadings = []",
            "4:8",
            "unknown variant `headings`",
            "`request-body`",
        ),
        (
            "[[section]]\nrole = 'headers'\nheadings = ['{a']",
            "5:12",
            "`{a` has a `{` without a `}`",
            "DIALECTS.md",
        ),
        (
            "[types]\nnamed = '('",
            "4:9",
            "regex parse error",
            "DIALECTS.md",
        ),
        (
            "[[types.word]]\nwords = ['x']\nis = 'array<'",
            "5:6",
            "`array<` is not a type",
            "DIALECTS.md",
        ),
        (
            "[[table]]\nrole = 'headers'\ncolumns = [['nam', 'x']]",
            "5:13",
            "unknown variant `nam`",
            "`name`",
        ),
        ("[operation", "3:11", "unclosed table", ""),
    ];
    for (mistake, place, found, expected) in cases {
        let text = format!("name = 'x'\ntitle = 'X'\n{mistake}\n");
        let folder = harbour(|name, old| match name {
            "dialect.toml" => text.clone(),
            _ => old,
        });
        let (settings, _) = Settings::for_docs(&[folder.path().to_owned()]);
        let error = settings.dialect().unwrap_err();
        assert_eq!(error.rule.id, "invalid-dialect");
        assert!(error.place.file.ends_with("dialect.toml"));
        let at = format!("{}:{}", error.place.line, error.place.column);
        assert_eq!(at, place, "{mistake}: {}", error.message);
        assert!(
            error.message.contains(found),
            "{mistake}: {}",
            error.message
        );
        assert!(error.help.unwrap().contains(expected), "{mistake}");
    }
}
