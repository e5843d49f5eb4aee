//! What the finished model leaves unsaid: bodies of which nothing is known, types that
//! are named and nowhere described, operations without a response, and tables that their
//! own samples contradict from end to end.
//!
//! It reads the facts of the pages and the model that they became, after corrections, so
//! that a correction settles a finding. Nothing here infers anything, and inference knows
//! nothing of it.

mod bodies;
mod elements;
mod tables;
mod types;

use std::collections::HashMap;

use docwright_model::{Api, Operation, Provenance, diagnostic::Diagnostic};
use docwright_read::{
    dialect::Dialect,
    extract::{OperationFacts, PageFacts},
};

/// The findings about what pages leave unsaid. Operations and types that settings leave
/// out are not in the model, and there are no findings about them.
pub fn check(pages: &[PageFacts], api: &Api, dialect: &Dialect) -> Vec<Diagnostic> {
    let declared = declared(pages, api);
    let mut found = Vec::new();
    for (facts, operation) in &declared {
        bodies::of_nothing(operation, &mut found);
        bodies::no_response(facts, operation, &mut found);
        tables::against_samples(facts, operation, &mut found);
    }
    elements::unknown(api, &mut found);
    types::not_described(pages, api, dialect, &mut found);
    types::without_name(pages, &mut found);
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
