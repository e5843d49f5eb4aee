//! The state that goes from pass to pass: the facts that inference starts with, and what
//! each pass adds. It has no logic.

use super::{
    decide::Decision,
    evidence::{BodyKey, Evidence, Shown},
    operation::Operation,
    unify::Unified,
};
use std::collections::BTreeMap;

use docwright_model::{Api, Known, Type, diagnostic::Diagnostic};
use docwright_read::{dialect::Dialect, extract::PageFacts};

/// What inference starts with.
#[derive(Clone, Copy, Debug)]
pub struct Input<'f> {
    /// The facts of the pages that make up the API.
    pub pages: &'f [PageFacts],
    /// The facts of pages that only help to infer types of what the other pages declare.
    pub older: &'f [PageFacts],
    /// The vendor's vocabulary.
    pub dialect: &'f Dialect,
    /// What the API is called.
    pub title: &'f str,
}

/// All that is known after a pass.
#[derive(Debug)]
pub struct Store<'f> {
    /// What inference started with.
    pub input: Input<'f>,
    /// The operations, by uid.
    pub operations: Vec<Operation<'f>>,
    /// Named types so far, and bodies.
    pub evidence: Evidence<'f>,
    /// What the samples of bodies show, before it is assigned to types.
    pub shown: Vec<Shown<'f>>,
    /// What was decided.
    pub decisions: Decisions<'f>,
    /// Named types that aren't objects.
    pub unified: Unified,
    /// The API; blank until it is built.
    pub api: Api,
    /// Contradictions, and what was left out because of them.
    pub diagnostics: Vec<Diagnostic>,
}

/// The decision about each slot, which later passes read but don't change.
#[derive(Debug, Default)]
pub struct Decisions<'f> {
    /// The decisions about the properties of each named type, in the order of its slots.
    pub slots: BTreeMap<String, Vec<Decision<'f>>>,
    /// The decisions about bodies.
    pub bodies: BTreeMap<BodyKey, Decision<'f>>,
    /// The decisions about parameters: by operation, and in the order of its facts.
    pub parameters: Vec<Vec<(Type, Known)>>,
    /// The decisions about headers of responses: by operation and response, in the order of
    /// the facts.
    pub response_headers: BTreeMap<(usize, usize), Vec<(Type, Known)>>,
}

impl<'f> Store<'f> {
    /// The store before the first pass.
    pub fn new(input: Input<'f>) -> Self {
        Self {
            input,
            operations: Vec::new(),
            evidence: Evidence::default(),
            shown: Vec::new(),
            decisions: Decisions::default(),
            unified: Unified::default(),
            api: Api::default(),
            diagnostics: Vec::new(),
        }
    }
}
