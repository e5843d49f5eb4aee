//! Chooses which operations the pages declare.

use crate::{duplicates, store::Store};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    store.operations = duplicates::declared(store.input.pages, &mut store.diagnostics);
    store
}
