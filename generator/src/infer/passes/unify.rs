//! Makes one enum of the places that list the same values, and names it.

use crate::infer::{enums::Enums, store::Store};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    store.enums = Enums::collect(
        &store.operations,
        store.input.pages,
        &store.evidence,
        store.input.dialect,
    );
    store
}
