//! The facts of all pages → one [`Api`].
//!
//! # Passes
//!
//! [`PASSES`] lists the steps in their order; each takes the store and returns it with
//! its additions, and `docwright inspect --pass` prints it. The store (`store`, and in it
//! `evidence` with `slots` and `shape`) has no logic; the logic of the passes is in other
//! files, without import cycles.
//!
//! # How types are inferred
//!
//! A *named type* is a type during inference; a *slot* is one of its properties. First,
//! tables of properties are assigned to types: by the type's name on the page, or because
//! a named type has the same property names, or under a name made by rule. Then every
//! slot gets evidence from all pages: the words of its type cells, and the shapes of the
//! values that samples show there.
//!
//! A slot is decided (`decide`) by these rules, in this order:
//!
//! 1. words that mean one type (`date-time`) win over coarse words that admit
//!    it (`String`); coarse words are listed as such in the dialect;
//! 2. a coarse word is made exact by samples (`String`, but all samples are
//!    dates; `array`, and samples show the elements; `object`, and samples show
//!    keys);
//! 3. an object in samples is a map when its keys are placeholders or when
//!    rows differ in their keys, *is* a documented type when it has just its
//!    properties, and else becomes a type of its own, named after the slot;
//! 4. a string whose description names an enum, as the description of an
//!    enum-typed parameter does, is that enum (`enums`).
//!
//! The deciding evidence determines how the type is [`Known`](docwright_model::Known).
//! Contradictory evidence is a diagnostic. Only the shapes of samples matter, not their
//! values, and pages are read in the order of their names, so random sample values and
//! the order of files change nothing.
//!
//! A nested object is evidence for the slots of its own named type, so slots are decided
//! again until nothing changes; this ends because shapes only grow.

pub mod books;
pub mod lint;

mod apart;
mod bases;
mod bodies;
mod checks;
mod concepts;
mod contradictions;
mod decide;
mod dotted;
mod duplicates;
mod enums;
mod evidence;
mod explain;
mod facets;
mod grouping;
mod labels;
mod linked;
mod links;
mod matching;
mod messages;
mod names;
mod neighbours;
mod nested;
mod observe;
mod operation;
mod operations;
mod own;
mod parameters;
mod passes;
mod print;
mod reading;
mod relations;
mod resolve;
mod resources;
mod rule;
mod schemas;
mod shape;
mod sides;
mod slots;
mod spellings;
mod store;
mod unify;
mod union_samples;
mod unions;
mod unnamed;
mod words;

pub use explain::{Explanation, Point, Unknown};
pub use passes::{PASSES, Pass};

use store::{Input, Store};

use docwright_model::{Api, Sample, diagnostic::Diagnostic};
use docwright_read::{dialect::Dialect, extract::PageFacts};

/// The API made from the facts of all pages, and its samples.
#[derive(Clone, Debug, Default)]
pub struct Inferred {
    /// The API.
    pub api: Api,
    /// Sample messages, by operation.
    pub samples: Vec<Sample>,
    /// Contradictions, and what was left out because of them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes one API from the facts of all pages. The facts of `older` only help to infer the
/// types of what `pages` declare. `title` is the title of the API.
pub fn infer(pages: &[PageFacts], older: &[PageFacts], dialect: &Dialect, title: &str) -> Inferred {
    let mut diagnostics = Vec::new();
    let pages = &*spellings::unify(pages, dialect, &mut diagnostics);
    let store = run(
        Input {
            pages,
            older,
            dialect,
            title,
        },
        None,
    );
    inferred(store, diagnostics)
}

/// What is known about these pages after a pass, for people.
pub fn print(pages: &[PageFacts], dialect: &Dialect, title: &str, pass: &Pass) -> String {
    let older = &[];
    let pages = &*spellings::unify(pages, dialect, &mut Vec::new());
    run(
        Input {
            pages,
            older,
            dialect,
            title,
        },
        Some(pass),
    )
    .print()
}

/// What is known about the type, property, parameter, body or operation `name` after all
/// passes, and why; also returns the API and all findings.
pub fn explain(
    pages: &[PageFacts],
    older: &[PageFacts],
    dialect: &Dialect,
    title: &str,
    name: &str,
) -> (Result<Explanation, Unknown>, Inferred) {
    let mut diagnostics = Vec::new();
    let pages = &*spellings::unify(pages, dialect, &mut diagnostics);
    let input = Input {
        pages,
        older,
        dialect,
        title,
    };
    let store = run(input, None);
    let explanation = explain::explain(&store, name);
    (explanation, inferred(store, diagnostics))
}

/// What comes of it all.
fn inferred(store: Store<'_>, diagnostics: Vec<Diagnostic>) -> Inferred {
    Inferred {
        samples: operations::samples(&store.operations),
        api: store.api,
        diagnostics: [diagnostics, store.diagnostics].concat(),
    }
}

/// What is known after the pass `last`, or after all passes.
fn run<'f>(input: Input<'f>, last: Option<&Pass>) -> Store<'f> {
    let mut store = Store::new(input);
    for pass in PASSES {
        store = (pass.run)(store);
        if last.is_some_and(|last| last.id == pass.id) {
            break;
        }
    }
    store
}
