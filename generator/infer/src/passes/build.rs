//! Puts the API together.

use crate::{apart, operations, relations, schemas::Schemas, store::Store};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let schemas = Schemas::new(
        &store.evidence,
        &store.decisions,
        &store.unified.bases,
        &store.input.dialect.pagination,
    );
    store.api = operations::api(
        &store.input,
        &store.operations,
        &store.evidence,
        &schemas,
        &store.decisions,
        &store.unified,
    );
    apart::check(&mut store.api, &mut store.diagnostics);
    relations::relate(&mut store.api);
    store
}
