//! Contradictions within one operation's page, and between pages that declare
//! the same operation.

use std::collections::BTreeMap;

use super::Operation;
use crate::{
    diagnostic::{Diagnostic, Place, Severity},
    model::Provenance,
};

/// Reports what contradicts.
pub fn check(operations: &[Operation<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for operation in operations {
        title_against_path(operation, diagnostics);
        body_without_content(operation, diagnostics);
        parameters_against_path(operation, diagnostics);
    }
    paths_alike(operations, diagnostics);
}

/// Operations whose paths differ only in the names of parameters. A server
/// tells them apart by the parameters' types, if these differ.
fn paths_alike(operations: &[Operation<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(&str, String), &Operation<'_>> = BTreeMap::new();
    for operation in operations {
        let facts = operation.facts;
        let shape: Vec<_> = facts.path.split('/').map(without_name).collect();
        let key = (facts.method.as_str(), shape.join("/"));
        let Some(other) = first.get(&key) else {
            first.insert(key, operation);
            continue;
        };
        let message = format!(
            "`{} {}` differs from `{}` only in names of parameters",
            facts.method, facts.path, other.facts.path
        );
        let types = |operation: &Operation<'_>| -> Vec<_> {
            let rows = operation.path_rows();
            rows.map(|row| row.ty.clone()).collect()
        };
        let at = place(&facts.provenance);
        let finding = if types(operation) == types(other) {
            Diagnostic::warning("paths-ambiguous", at, message)
                .help("nothing tells the two apart but the order in which a server tries them")
        } else {
            Diagnostic::new(Severity::Note, "paths-alike", at, message)
                .help("a server tells them apart by the types of the parameters")
        };
        diagnostics.push(finding.related(place(&other.facts.provenance), "the other one"));
    }
}

/// A segment of a path, without the name of the parameter in it.
fn without_name(segment: &str) -> &str {
    if segment.contains('{') { "{}" } else { segment }
}

/// The place of a provenance, for a diagnostic.
pub fn place(provenance: &Provenance) -> Place {
    match provenance.position {
        Some(position) => Place::at(&*provenance.page, position),
        None => Place::file(&*provenance.page),
    }
}

/// A title that gives another method, or whose path isn't the end of the path.
fn title_against_path(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    let Some(title) = &facts.title else { return };
    let wanted = title.path.trim_matches('/').to_ascii_lowercase();
    let path = facts.path.trim_matches('/').to_ascii_lowercase();
    let ends = path == wanted || path.ends_with(&format!("/{wanted}"));
    if title.method == facts.method && ends {
        return;
    }
    diagnostics.push(
        Diagnostic::warning(
            "title-path-mismatch",
            place(&title.provenance),
            format!(
                "the title says `{} {}`, the code block below it `{} {}`",
                title.method, title.path, facts.method, facts.path
            ),
        )
        .help("the code block is taken; mend the title on the page")
        .related(place(&facts.provenance), "the code block"),
    );
}

/// An answer's body where the page documents no status that has one.
fn body_without_content(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    let Some(answer) = &facts.answer else { return };
    let label = !answer.label.is_empty() || !answer.rows.is_empty();
    if label && !operation.answers_with_content() && !facts.responses.is_empty() {
        let statuses: Vec<_> = facts
            .responses
            .iter()
            .map(|r| r.status.to_string())
            .collect();
        diagnostics.push(
            Diagnostic::warning(
                "body-without-content",
                place(&answer.provenance),
                format!(
                    "found the answer's body `{}`, but the page documents only status {}, which \
                     has none",
                    answer.label,
                    statuses.join(", ")
                ),
            )
            .help("the answer is taken to have no body"),
        );
    }
}

/// Parameters in the path without a row, and rows without a place in the path.
fn parameters_against_path(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    for name in operation.path_names() {
        if !operation.path_rows().any(|row| row.name == name) {
            diagnostics.push(
                Diagnostic::warning(
                    "path-parameter-without-row",
                    place(&facts.provenance),
                    format!("the path has `{{{name}}}`, but no row describes it"),
                )
                .help("it is taken as a string; add a row for it to the page's path parameters"),
            );
        }
    }
    for row in operation.path_rows() {
        if !operation.path_names().any(|name| name == row.name) {
            diagnostics.push(
                Diagnostic::warning(
                    "row-without-path-parameter",
                    place(&row.provenance),
                    format!(
                        "the row describes the path parameter `{}`, but the path is `{}`",
                        row.name, facts.path
                    ),
                )
                .help("it is left out; mend the row's name or the path on the page"),
            );
        }
    }
}
