//! Reports evidence that contradicts the decisions, or other evidence.

use crate::{checks, contradictions, nested, resources, store::Store, union_samples};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let (of_pages, of_types) = rayon::join(
        || {
            let mut found = checks::check(&store.operations);
            resources::outside(&store.operations, &mut found);
            nested::repeated(store.input.pages, store.input.dialect, &mut found);
            found
        },
        || {
            let mut found = contradictions::check(&store.evidence, &store.decisions);
            found.extend(union_samples::check(&store.evidence, &store.decisions));
            found
        },
    );
    store.diagnostics.extend(of_pages);
    store.diagnostics.extend(of_types);
    store
}
