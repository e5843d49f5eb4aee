//! The facts of all pages → one [`Api`].
//!
//! # How types are inferred
//!
//! A *named type* is a named type; a *slot* is one of its properties. Tables of
//! properties are sorted into evidence first (`evidence`): by the type's name
//! on the page, by the same set of property names as a named one, else under a
//! name made by rule. Then every slot gathers older from all pages: the
//! words of its type cells, and the shapes of the values that samples show at
//! that place (`shape`).
//!
//! A slot is decided (`decide`) in the order of what is said most exactly:
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
//! What decided says how the type is [`Known`](crate::model::Known). Evidence
//! that contradicts is a diagnostic. Values of samples decide nothing, only
//! their shapes, and all pages are read in the order of their names: random
//! samples and the order of files change nothing.
//!
//! A nested object is older for the slots of its own named type, so deciding is
//! repeated until nothing changes; shapes only grow, so it ends.

mod bodies;

mod checks;
mod concepts;
mod contradictions;
mod decide;
mod dotted;
mod enums;
mod evidence;
mod grouping;
mod labels;
mod matching;
mod names;
mod nested;
mod observe;
mod operations;
mod resolve;
mod schemas;
mod shape;
mod sides;
mod slots;
mod words;

use crate::{
    diagnostic::Diagnostic,
    dialect::Dialect,
    extract::{OperationFacts, PageFacts},
    model::{Api, Sample},
};

/// The API that the facts of all pages make, with its samples beside it.
#[derive(Clone, Debug, Default)]
pub struct Inferred {
    /// The API.
    pub api: Api,
    /// Sample messages, by operation.
    pub samples: Vec<Sample>,
    /// What contradicts, and what was left out for it.
    pub diagnostics: Vec<Diagnostic>,
}

/// An operation's facts with the uid that it has in the model.
struct Operation<'f> {
    uid: String,
    facts: &'f OperationFacts,
}

/// Makes one API of the facts of all pages. The facts of `older` help to
/// type what `pages` declare, and declare nothing. `title` is what the API is
/// called.
pub fn infer(pages: &[PageFacts], older: &[PageFacts], dialect: &Dialect, title: &str) -> Inferred {
    let mut diagnostics = Vec::new();
    let operations = operations::declared(pages, &mut diagnostics);
    // The samples go along unchanged; copying them is something to do meanwhile.
    let (samples, api) = rayon::join(
        || operations::samples(&operations),
        || build(&operations, pages, older, dialect, title, &mut diagnostics),
    );
    Inferred {
        api,
        samples,
        diagnostics,
    }
}

/// Makes the API of what is said about its operations.
fn build<'f>(
    operations: &[Operation<'f>],
    pages: &'f [PageFacts],
    older: &[PageFacts],
    dialect: &Dialect,
    title: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Api {
    let (mut evidence, found) = rayon::join(
        || evidence::Evidence::collect(operations, pages, dialect),
        || {
            let mut found = checks::check(operations);
            nested::repeated(pages, dialect, &mut found);
            found
        },
    );
    diagnostics.extend(found);
    evidence.show_older(operations, older);
    evidence.resolve(operations, dialect);
    let (mut enums, found) = rayon::join(
        || enums::Enums::collect(operations, pages, &evidence, dialect),
        || {
            let mut found = Vec::new();
            contradictions::tables(&evidence, &mut found);
            found
        },
    );
    diagnostics.extend(found);
    let schemas = schemas::Schemas::new(&evidence, &mut enums, dialect, diagnostics);
    operations::api(operations, &evidence, &schemas, &enums, dialect, title)
}
