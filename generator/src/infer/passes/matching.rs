//! Matches tables without a name to types with the same properties, or names them by
//! rule.

use rayon::prelude::*;

use crate::{
    infer::{evidence::BodyKey, store::Store},
    model::Known,
};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let evidence = &mut store.evidence;
    // What is matched must not make others match, so it is added when all are.
    let keys: Vec<BodyKey> = evidence.bodies.keys().copied().collect();
    let mut owners = evidence.owners();
    let matching = |key: &BodyKey| Some((*key, evidence.matching(&evidence.bodies[key], &owners)?));
    let matched: Vec<_> = keys.par_iter().filter_map(matching).collect();
    for (key, name) in matched {
        evidence.assign(key, name, Known::Matched);
    }
    for key in &keys {
        evidence.name_by_rule(*key, &store.operations[key.0].name, &mut owners);
    }
    evidence.name_nested();
    store
}
