//! Contradictions within one operation's page, and between pages that declare
//! the same operation.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use super::operation::Operation;
use docwright_model::{
    Location, Provenance, Status,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::dialect::TypeWord;

/// Reports what contradicts.
pub fn check(operations: &[Operation<'_>]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for operation in operations {
        title_against_path(operation, &mut diagnostics);
        body_without_content(operation, &mut diagnostics);
        without_success(operation, &mut diagnostics);
        repeated_rows(operation, &mut diagnostics);
        parameters_against_path(operation, &mut diagnostics);
    }
    paths_alike(operations, &mut diagnostics);
    diagnostics
}

/// Operations whose paths differ only in the names of parameters. A server distinguishes
/// them by the types of the parameters, if these differ.
fn paths_alike(operations: &[Operation<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut alike: BTreeMap<(&str, String), Vec<&Operation<'_>>> = BTreeMap::new();
    for operation in operations {
        let facts = operation.facts;
        let shape: Vec<_> = facts.path.split('/').map(without_names).collect();
        let key = (facts.method.as_str(), shape.join("/"));
        let others = alike.entry(key).or_default();
        let types = path_types(operation);
        let same = others.iter().find(|other| path_types(other) == types);
        let other = same.or(others.first()).copied();
        let is_ambiguous = same.is_some();
        others.push(operation);
        let Some(other) = other else { continue };
        let message = format!(
            "`{} {}` differs from `{}` only in the names of parameters",
            facts.method, facts.path, other.facts.path
        );
        let at = Place::of(&facts.provenance);
        let finding = if is_ambiguous {
            Diagnostic::new(rules::PATHS_AMBIGUOUS, at, message).help(
                "these routes are ambiguous: a server uses the one it tries first; fix one \
                       of the paths",
            )
        } else {
            Diagnostic::new(rules::PATHS_ALIKE, at, message)
                .help("the server distinguishes them by the types of the parameters")
        };
        diagnostics.push(finding.related(Place::of(&other.facts.provenance), "the other one"));
    }
}

/// The types of a path's parameters, in the order of the path; two unknown types are
/// equal.
fn path_types<'o>(operation: &'o Operation<'_>) -> Vec<Option<&'o TypeWord>> {
    let named = |name: &str| operation.path_rows().find(|row| row.name == name);
    let names = operation.path_names();
    names
        .map(|name| named(name).and_then(|row| row.ty.as_ref()))
        .collect()
}

/// A segment of a path, without the names of the parameters in it; the text around them
/// distinguishes segments.
fn without_names(segment: &str) -> String {
    let mut parts = segment.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    let behind = parts.map(|part| part.split_once('}').map_or(part, |(_, behind)| behind));
    behind.fold(first, |segment, behind| segment + "{}" + behind)
}

/// A title with another method, or with a path that the operation's path doesn't end
/// with.
fn title_against_path(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    let Some(title) = &facts.title else { return };
    let wanted = title.path.trim_matches('/').to_ascii_lowercase();
    let path = facts.path.trim_matches('/').to_ascii_lowercase();
    let ends = path == wanted || path.ends_with(&format!("/{wanted}"));
    if title.method == facts.method && ends {
        return;
    }
    let said = title.provenance.heading.as_deref().unwrap_or_default();
    diagnostics.push(
        Diagnostic::new(
            rules::TITLE_PATH_MISMATCH,
            Place::of(&title.provenance),
            format!(
                "the title states `{said}`, but the code block below it `{} {}`",
                facts.method, facts.path
            ),
        )
        .related(Place::of(&facts.provenance), "the code block"),
    );
}

/// A response body on a page that documents no status with a body.
fn body_without_content(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    let Some(answer) = facts.response() else {
        return;
    };
    let label = !answer.label.is_empty() || !answer.rows.is_empty();
    let has_success = facts.responses.iter().any(|it| it.status.is_success());
    if label && has_success && operation.only_answers_without_content() {
        diagnostics.push(Diagnostic::new(
            rules::BODY_WITHOUT_CONTENT,
            Place::of(&answer.provenance),
            format!(
                "found the response body `{}`, but none of the documented success statuses ({}) \
                 has content",
                answer.label,
                statuses(operation)
            ),
        ));
    }
}

/// An operation whose page documents responses, but no success response.
fn without_success(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let responses = &operation.facts.responses;
    let is_error = |status: Status| match status {
        Status::Code(code) => code >= 400,
        Status::Class(class) => class >= 4,
        Status::Default => true,
    };
    if responses.is_empty() || !responses.iter().all(|it| is_error(it.status)) {
        return;
    }
    let message = format!(
        "the page documents only error responses ({})",
        statuses(operation)
    );
    let at = Place::of(&responses[0].provenance);
    let finding = Diagnostic::new(rules::NO_SUCCESS_STATUS, at, message);
    let body = operation.facts.stray_response.as_ref();
    diagnostics.push(match body {
        Some(body) => finding.related(Place::of(&body.provenance), "this body has no status"),
        None => finding,
    });
}

/// The documented statuses, in page order.
fn statuses(operation: &Operation<'_>) -> String {
    let statuses = operation.facts.responses.iter();
    let words: Vec<_> = statuses.map(|it| it.status.to_string()).collect();
    words.join(", ")
}

/// Rows of one table that declare the same thing.
fn repeated_rows(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    let parameters = facts
        .parameters
        .iter()
        .map(|(location, row)| (location.word(), Cow::from(&row.name), &row.provenance));
    let statuses = facts.responses.iter();
    let statuses = statuses.map(|it| ("answers", Cow::from(it.status.to_string()), &it.provenance));
    let bodies = [("request", facts.request()), ("answer", facts.response())];
    let rows = bodies.iter().flat_map(|(side, body)| {
        let rows = body.iter().flat_map(|body| &body.rows);
        rows.map(|row| (*side, Cow::from(&row.name), &row.provenance))
    });
    // A name that is in the path twice may have a row for each place.
    let allowed = |part: &str, name: &str| {
        let places = operation.path_names().filter(|place| *place == name);
        if part == Location::Path.word() {
            places.count().max(1)
        } else {
            1
        }
    };
    let mut seen: HashMap<(&str, Cow<'_, str>), (&Provenance, usize)> = HashMap::default();
    for (part, name, at) in parameters.chain(statuses).chain(rows) {
        let (first, count) = seen.entry((part, name.clone())).or_insert((at, 0));
        *count += 1;
        if *count > 1 && *count > allowed(part, &name) {
            let message = format!("found `{name}` a second time in the same table");
            diagnostics.push(
                Diagnostic::new(rules::REPEATED_ROW, Place::of(at), message)
                    .related(Place::of(first), "the first row"),
            );
        }
    }
}

/// Parameters of the path without a row, and rows of path parameters that aren't in the
/// path.
fn parameters_against_path(operation: &Operation<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = operation.facts;
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for name in operation.path_names() {
        let count = places.entry(name).or_default();
        *count += 1;
        if *count == 2 {
            diagnostics.push(Diagnostic::new(
                rules::REPEATED_PATH_PARAMETER,
                Place::of(&facts.provenance),
                format!("the path `{}` has `{{{name}}}` more than once", facts.path),
            ));
        }
        if *count > 1 {
            continue;
        }
        if !operation.path_rows().any(|row| row.name == name) {
            diagnostics.push(Diagnostic::new(
                rules::PATH_PARAMETER_WITHOUT_ROW,
                Place::of(&facts.provenance).words([format!("{{{name}}}")]),
                format!("the path has `{{{name}}}`, but no row describes it"),
            ));
        }
    }
    for row in operation.path_rows() {
        if !operation.path_names().any(|name| name == row.name) {
            diagnostics.push(Diagnostic::new(
                rules::ROW_WITHOUT_PATH_PARAMETER,
                Place::of(&row.provenance),
                format!(
                    "the row describes the path parameter `{}`, but the path `{}` doesn't have it",
                    row.name, facts.path
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn what_stands_beside_a_parameter_tells_segments_apart() {
        assert_eq!(without_names("{id}.{format}"), "{}.{}");
        assert_eq!(without_names("{key}"), without_names("{id}"));
        assert_ne!(without_names("{id}.json"), without_names("{id}"));
        assert_eq!(without_names("lamps"), "lamps");
    }
}
