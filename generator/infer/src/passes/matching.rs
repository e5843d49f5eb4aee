//! Matches tables without a name to types with the same properties, or names them by
//! rule.

use rayon::prelude::*;

use crate::{evidence::BodyKey, neighbours::Neighbours, store::Store, unnamed};
use docwright_model::{Direction, Known};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let evidence = &mut store.evidence;
    // Matched tables must not affect other matches, so they are added at the end.
    let keys: Vec<BodyKey> = evidence.bodies.keys().copied().collect();
    let owners = evidence.owners();
    let (answered, sent): (Vec<_>, Vec<_>) = keys
        .into_iter()
        .partition(|key| key.direction == Direction::Response);
    // Request bodies are compared with response bodies, so responses come first.
    for keys in [answered, sent] {
        let near = Neighbours::of(&store.operations, evidence);
        let matching = |key: &BodyKey| Some((*key, evidence.matching(*key, &owners, &near)?));
        let matched: Vec<_> = keys.par_iter().filter_map(matching).collect();
        for (key, name) in matched {
            evidence.assign(key, name, Known::Matched);
        }
    }
    let near = Neighbours::of(&store.operations, evidence);
    unnamed::name(evidence, &store.operations, &near);
    evidence.name_nested();
    store
}
