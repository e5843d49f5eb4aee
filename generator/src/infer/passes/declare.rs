//! Chooses which operations the pages declare.

use crate::infer::{operations, store::Store};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    store.operations = operations::declared(store.input.pages, &mut store.diagnostics);
    store
}
