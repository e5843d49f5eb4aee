//! Books by fact: nothing that pages state is lost in silence.

use std::path::{Path, PathBuf};

use docwright::{
    Pages,
    books::{self, Books, Changed, Kind},
    diagnostic::{Diagnostic, Place, rules},
    dialect::Dialect,
    emit,
    extract::PageFacts,
    lint,
    model::Api,
    settings::Settings,
};

/// What pages state, what the model has of it, and the books.
fn read(folder: &Path) -> (Vec<PageFacts>, Api, Dialect, Books) {
    let (settings, _) = Settings::for_docs(&[folder.to_owned()]);
    let dialect = settings.dialect().expect("is valid");
    let pages = Pages {
        docs: vec![folder.to_owned()],
        evidence: Vec::new(),
    };
    let (reading, facts) = docwright::read_with_facts(&pages, &dialect, "x").expect("is readable");
    let mut found = reading.diagnostics;
    found.extend(lint::check(&facts, &reading.api, &dialect));
    found.extend(emit::findings(&reading.api, &reading.samples, &settings));
    let books = books::audit(&facts, &reading.api, &found, &dialect, Changed::default());
    (facts, reading.api, dialect, books)
}

fn lost(books: &Books) -> Vec<String> {
    let lost = books.unaccounted.iter();
    lost.map(|it| format!("{}: {}", it.place, it.words))
        .collect()
}

#[test]
fn every_fact_of_the_pages_is_accounted_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let (_, _, _, books) = read(&folder);
    assert_eq!(lost(&books), [""; 0]);
    let sums = books.sums();
    assert!(sums.in_model > 500, "{sums:?}");
    assert_eq!(sums.total(), sums.in_model + sums.overruled + sums.reported);
}

/// The auditor sees what is missing: the books are no rubber stamp.
#[test]
fn what_the_model_lacks_is_unaccounted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/base");
    let (facts, api, dialect, books) = read(&folder);
    assert_eq!(lost(&books), [""; 0]);
    let without = |change: &dyn Fn(&mut Api)| {
        let mut api = api.clone();
        change(&mut api);
        let books = books::audit(&facts, &api, &[], &dialect, Changed::default());
        let mut findings = books.findings();
        assert!(findings.all(|it| it.rule.id == "fact-lost"));
        let kinds = books.kinds.iter();
        let kinds = kinds.filter(|(_, sums)| sums.unaccounted > 0);
        kinds.map(|(kind, _)| *kind).collect::<Vec<_>>()
    };
    let found = without(&|api| {
        api.operations[0].description = None;
    });
    assert_eq!(found, [Kind::Description]);
    let found = without(&|api| {
        let operation = api.operations.iter_mut().find(|it| it.request.is_some());
        operation.unwrap().request = None;
    });
    assert!(found.contains(&Kind::Property), "{found:?}");
    let found = without(&|api| {
        api.operations.remove(0);
    });
    assert!(found.contains(&Kind::Operation), "{found:?}");
}

/// The books of each folder of real pages.
///
/// `DOCWRIGHT_CORPUS=… cargo test --release --test all books:: -- --ignored --nocapture`
#[test]
#[ignore = "needs the corpus"]
fn every_fact_of_real_pages_is_accounted_for() {
    let corpus = std::env::var("DOCWRIGHT_CORPUS").expect("DOCWRIGHT_CORPUS names the corpus");
    let corpus = PathBuf::from(corpus);
    let mut failed = Vec::new();
    for name in [
        "superoffice/v10.0.2",
        "superoffice/v10.2.1",
        "superoffice/v10.2.2",
        "gitlab/pages",
        "onedrive/pages",
        "otc/pages",
        "algorand/pages",
    ] {
        let (_, _, _, books) = read(&corpus.join(name));
        println!("{name}\n{}", books::text(&books));
        let lost = lost(&books);
        if !lost.is_empty() {
            println!("{}\n", lost.join("\n"));
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "facts are unaccounted in {failed:?}");
}

/// A line states many facts: what is found about a type cell is no excuse for a
/// description that is lost.
#[test]
fn a_finding_accounts_for_what_it_is_about_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/base");
    let (facts, mut api, dialect, _) = read(&folder);
    let mut operations = api.operations.iter_mut();
    let operation = operations.find(|it| it.description.is_some()).unwrap();
    operation.description = None;
    let place = Place::of(operation.provenance.as_ref().unwrap());
    let lost = |rule| {
        let finding = Diagnostic::new(rule, place.clone(), "x");
        let books = books::audit(&facts, &api, &[finding], &dialect, Changed::default());
        books
            .unaccounted
            .iter()
            .map(|it| it.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(lost(rules::SAMPLE_AGAINST_TABLE), [Kind::Description]);
    assert_eq!(lost(rules::DUPLICATE_OPERATION), []);
}

/// A body that another one replaces is a finding, and so is all that is said of it.
#[test]
fn what_stands_below_a_replaced_body_is_reported_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let table = "| Property Name | Type | Description |\n|---|---|---|\n| Knot | string | Tied. |";
    let page = format!(
        "# PUT Kite\n\n```http\nPUT /api/v1/Kite\n```\n\n## Response: Kite\n\n\
         ### Response body: Kite\n\nOf paper.\n\n{table}\n\n## Response: string\n"
    );
    std::fs::write(folder.path().join("v1Kite_Put.md"), page).unwrap();
    let (_, _, _, books) = read(folder.path());
    assert_eq!(lost(&books), [""; 0]);
    let of_properties = books.kinds[&Kind::Property];
    assert_eq!((of_properties.reported, of_properties.in_model), (1, 0));
}
