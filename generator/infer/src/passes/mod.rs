//! The passes of inference, in the order in which they run. Each takes the store and
//! returns it with its additions; none calls another.

mod build;
mod check;
mod declare;
mod group;
mod matching;
mod observe;
mod resolve;
mod unify;

use super::store::Store;

/// One step of inference.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    /// What it is called on the command line.
    pub id: &'static str,
    /// What it does, for a person.
    pub does: &'static str,
    /// Does it.
    pub(super) run: for<'f> fn(Store<'f>) -> Store<'f>,
}

/// All passes.
pub const PASSES: &[Pass] = &[
    Pass {
        id: "declare",
        does: "List the operations that the pages declare, each with a unique uid",
        run: declare::run,
    },
    Pass {
        id: "group",
        does: "Assign tables of properties to the types that the pages name above them",
        run: group::run,
    },
    Pass {
        id: "match",
        does: "Match tables without a name to types with the same properties, or name them by rule",
        run: matching::run,
    },
    Pass {
        id: "observe",
        does: "Assign the values in samples to the slots of the types that they are samples of",
        run: observe::run,
    },
    Pass {
        id: "resolve",
        does: "Decide the type of each slot; later passes don't change it",
        run: resolve::run,
    },
    Pass {
        id: "unify",
        does: "Merge enums with the same values into one, and name it",
        run: unify::run,
    },
    Pass {
        id: "build",
        does: "Build the API from the decisions",
        run: build::run,
    },
    Pass {
        id: "check",
        does: "Report evidence that contradicts the decisions, or other evidence",
        run: check::run,
    },
];
