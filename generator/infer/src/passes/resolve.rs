//! Decides the type of each slot; later passes don't change it.

use rayon::prelude::*;

use crate::{
    decide,
    store::{Decisions, Store},
};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let dialect = store.input.dialect;
    store.evidence.resolve(&store.operations, dialect);
    let evidence = &store.evidence;
    // A decision about one type doesn't affect others.
    let slots = evidence.by_name.par_iter().map(|(name, named_type)| {
        let slots = named_type.slots.iter();
        let decisions = slots.map(|slot| decide::decide(slot, name, evidence, dialect));
        (name.clone(), decisions.collect())
    });
    let bodies = evidence.bodies.par_iter();
    let bodies = bodies.map(|(key, body)| (*key, decide::decide_body(body, evidence, dialect)));
    store.decisions = Decisions {
        slots: slots.collect(),
        bodies: bodies.collect(),
        ..Decisions::default()
    };
    store
}
