//! Assigns what samples show to the slots of their types.

use std::mem;

use crate::{labels, store::Store};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let input = store.input;
    let evidence = &mut store.evidence;
    evidence.show_types(input.pages, input.dialect);
    evidence.refuted = labels::refuted(evidence, &store.shown);
    for (key, shape, place) in mem::take(&mut store.shown) {
        evidence.show(key, &shape, place);
    }
    evidence.show_older(&store.operations, input.older);
    store
}
