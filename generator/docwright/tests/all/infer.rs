//! Inference, one case a folder in `tests/infer/`: pages (and older ones in
//! `evidence/`), and in `expected.txt` the types that they come to and what
//! there is to say about them; a case may have a `dialect.toml`.

use std::{fmt::Write as _, fs, path::Path};

use docwright::{
    Pages,
    dialect::Dialect,
    model::{Shape, Type},
};

use crate::expect;

#[test]
fn evidence_decides_types() {
    let folders = expect::cases("infer");
    assert!(folders.len() >= 39, "cases are missing");
    let found = folders
        .iter()
        .map(|folder| (folder.join("expected.txt"), types(folder)));
    expect::files(found);
}

/// Bodies, properties and findings, a line each.
fn types(folder: &Path) -> String {
    let dialect = match fs::read_to_string(folder.join("dialect.toml")) {
        Ok(own) => Dialect::parse(&format!("name = 'case'\ntitle = 'Case'\n{own}")),
        Err(_) => Dialect::built_in("superoffice").expect("is there"),
    };
    let dialect = dialect.expect("is valid");
    let evidence = folder.join("evidence");
    let mut pages = Pages::default();
    for entry in fs::read_dir(folder).expect("is a folder") {
        let path = entry.expect("is readable").path();
        if path.extension().is_some_and(|ending| ending == "md") {
            pages.docs.push(path);
        }
    }
    if evidence.is_dir() {
        pages.evidence.push(evidence);
    }
    let reading = docwright::read(&pages, &dialect, "Pets").expect("is readable");
    let mut lines = String::new();
    for operation in &reading.api.operations {
        let _ = writeln!(lines, "{}", operation.uid);
        for parameter in &operation.parameters {
            let (name, ty, known) = (&parameter.name, &parameter.ty, parameter.known);
            let _ = writeln!(lines, "  {name}: {ty}, {known:?}");
        }
        let answers = operation.responses.iter().filter_map(|r| r.body.as_ref());
        for (body, side) in operation
            .request
            .iter()
            .map(|b| (b, "request"))
            .chain(answers.map(|b| (b, "answer")))
        {
            let _ = writeln!(lines, "  {side}: {}, {:?}", body.ty, body.known);
        }
    }
    for schema in &reading.api.schemas {
        let part = match schema.subset_of.as_slice() {
            [] => String::new(),
            wholes => format!(", part of {}", wholes.join(" and ")),
        };
        let _ = writeln!(lines, "{}, {:?}{part}", schema.name, schema.known);
        match &schema.shape {
            Shape::Properties(properties) => {
                for property in properties {
                    let (name, ty, known) = (&property.name, &property.ty, property.known);
                    let because: Vec<_> = property
                        .provenance
                        .iter()
                        .map(|place| {
                            let file = place.page.trim_end_matches(".md");
                            let row = place.row.as_deref().unwrap_or("sample");
                            format!("{file} {row}")
                        })
                        .collect();
                    let null = property.facets.nullable.as_ref();
                    let null = null.map(|it| format!(" or null ({:?})", it.known));
                    let null = null.unwrap_or_default();
                    let because = because.join(", ");
                    let _ = writeln!(lines, "  {name}: {ty}{null}, {known:?} by {because}");
                }
            }
            Shape::Values(values) | Shape::Flags(values) => {
                let values: Vec<_> = values.iter().map(|it| it.value.to_string()).collect();
                let _ = writeln!(lines, "  = {}", values.join(" | "));
            }
            Shape::Union(union) => {
                let members: Vec<_> = union.members.iter().map(|it| it.ty.to_string()).collect();
                let _ = writeln!(lines, "  one of {}", members.join(" | "));
            }
            Shape::Alias(ty) => {
                let _ = writeln!(lines, "  is {ty}");
            }
        }
    }
    for finding in &reading.diagnostics {
        let _ = writeln!(
            lines,
            "{}:{} {}: {}",
            finding.place.file, finding.place.line, finding.rule, finding.message
        );
    }
    lines
}

#[test]
fn the_order_of_pages_changes_nothing() {
    let dialect = Dialect::built_in("superoffice")
        .expect("is there")
        .expect("is valid");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let mut docs: Vec<_> = fs::read_dir(folder)
        .expect("is a folder")
        .map(|entry| entry.expect("is readable").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("v1"))
        })
        .collect();
    docs.sort();
    let read = |docs: Vec<_>| {
        let pages = Pages {
            docs,
            evidence: Vec::new(),
        };
        docwright::read(&pages, &dialect, "x").expect("is readable")
    };
    let forward = read(docs.clone());
    assert!(forward.api.schema("BatchTaskInfo").is_some());
    let ty = |name: &str| -> Vec<Type> {
        match &forward.api.schema(name).expect("is there").shape {
            Shape::Properties(properties) => properties.iter().map(|p| p.ty.clone()).collect(),
            _ => Vec::new(),
        }
    };
    assert_eq!(ty("BatchTaskInfo").len(), 24);
    docs.reverse();
    let backward = read(docs);
    assert_eq!(forward.api, backward.api);
    assert_eq!(forward.diagnostics, backward.diagnostics);
}
