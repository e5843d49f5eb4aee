//! Assigns tables of properties to the types that the pages name above them.

use rayon::prelude::*;

use crate::{evidence::BodyKey, labels, own, sides::Side, store::Store};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let (pages, dialect) = (store.input.pages, store.input.dialect);
    let operations = store.operations.par_iter();
    let sides = operations.map(|operation| Side::of(operation, dialect));
    let sides: Vec<_> = sides.collect();
    let evidence = &mut store.evidence;
    for (index, sides) in sides.into_iter().enumerate() {
        for side in sides {
            let key = BodyKey {
                operation: index,
                direction: side.direction,
                part: side.part,
            };
            let shapes = side.shapes.into_iter();
            store
                .shown
                .extend(shapes.map(|(shape, place)| (key, shape, place)));
            evidence.bodies.insert(key, side.body);
        }
    }
    evidence.own = own::collect(pages, dialect, &mut store.diagnostics);
    evidence.of_two_things = own::of_two_things(pages, dialect, &mut store.diagnostics);
    evidence.add_types(pages, dialect);
    evidence.name_documented();
    evidence.misprinted = labels::misprinted(evidence, &store.operations);
    store
}
