//! Contradictions within one operation's page, and between pages that declare
//! the same operation.

use super::Operation;
use crate::{
    diagnostic::{Diagnostic, Place},
    model::Provenance,
};

/// Reports what contradicts.
pub fn check(operations: &[Operation<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for operation in operations {
        title_against_path(operation, diagnostics);
        body_without_content(operation, diagnostics);
        parameters_against_path(operation, diagnostics);
    }
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
