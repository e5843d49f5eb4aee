//! What the finished model leaves open: bodies of unknown type, types that are named but
//! not described, operations without a response, and tables that have nothing in common
//! with their samples.
//!
//! It reads the facts of the pages and the final model, after corrections, so that a
//! correction resolves a finding. Nothing here infers anything, and inference doesn't
//! know about it.

mod bodies;
mod elements;
mod tables;
mod types;

use std::collections::{BTreeSet, HashMap};

use docwright_model::{
    Api, Operation, Provenance,
    diagnostic::{Diagnostic, Place, Rule, rules},
};
use docwright_read::{
    dialect::Dialect,
    extract::{OperationFacts, PageFacts},
};

/// The findings about what pages leave open. Operations and types that settings leave out
/// are not in the model, and there are no findings about them.
pub fn check(pages: &[PageFacts], api: &Api, dialect: &Dialect) -> Vec<Diagnostic> {
    let (mut found, of_types) = rayon::join(
        || {
            let mut found = Vec::new();
            for (facts, operation) in &declared(pages, api) {
                bodies::of_nothing(operation, &mut found);
                bodies::no_response(facts, operation, &mut found);
                tables::against_samples(facts, operation, &mut found);
            }
            elements::unknown(api, &mut found);
            found
        },
        || {
            let mut found = Vec::new();
            types::not_described(pages, api, dialect, &mut found);
            types::without_name(pages, &mut found);
            found
        },
    );
    found.extend(of_types);
    found
}

/// The findings without those that follow from another one: a body of unknown type
/// because the word for its type is unknown, elements that a refuted cell doesn't show, a
/// sample that contradicts the table.
pub fn without_cause(mut found: Vec<Diagnostic>, others: &[Diagnostic]) -> Vec<Diagnostic> {
    const CAUSES: [(&Rule, &Rule); 3] = [
        (rules::ANY_BODY, rules::UNKNOWN_TYPE_WORD),
        (rules::UNKNOWN_ELEMENTS, rules::TYPE_CELL_REFUTED),
        (rules::SAMPLE_NOT_TESTED, rules::SAMPLE_AGAINST_TABLE),
    ];
    let place = |place: &Place| (place.file.clone(), place.line);
    let causes: BTreeSet<_> = others
        .iter()
        .filter(|it| CAUSES.iter().any(|(_, cause)| it.rule == *cause))
        .flat_map(|it| {
            let related = it.related.iter().map(|(place, _)| place);
            let places = std::iter::once(&it.place).chain(related);
            places.map(|at| (it.rule.id, place(at))).collect::<Vec<_>>()
        })
        .collect();
    found.retain(|it| {
        let cause = CAUSES.iter().find(|(rule, _)| it.rule == *rule);
        cause.is_none_or(|(_, cause)| !causes.contains(&(cause.id, place(&it.place))))
    });
    found
}

/// The operations of the model, each with the facts that declare it.
fn declared<'a>(pages: &'a [PageFacts], api: &'a Api) -> Vec<(&'a OperationFacts, &'a Operation)> {
    let operations = api.operations.iter();
    let by_place = operations.filter_map(|it| Some((it.provenance.as_ref()?, it)));
    let by_place: HashMap<&Provenance, &Operation> = by_place.collect();
    let facts = pages.iter().flat_map(|page| &page.operations);
    let declared = facts.filter_map(|facts| Some((facts, *by_place.get(&facts.provenance)?)));
    declared.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_is_one_finding() {
        let at = |line| Place {
            line,
            ..Place::file("page.md".to_owned())
        };
        let cause = Diagnostic::new(rules::SAMPLE_AGAINST_TABLE, at(3), "a string");
        let cause = cause.related(at(9), "the sample");
        let untested = |line| Diagnostic::new(rules::SAMPLE_NOT_TESTED, at(line), "it differs");
        let body = Diagnostic::new(rules::ANY_BODY, at(9), "nothing shows it");
        let found = vec![untested(9), untested(20), body.clone()];
        assert_eq!(without_cause(found, &[cause]), [untested(20), body]);
    }
}
