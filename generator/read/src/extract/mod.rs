//! Document + dialect → the facts of one page.
//!
//! The page is walked once, block by block. A heading opens a section, the section and
//! the dialect determine the meaning of tables and code blocks in it, and the ledger
//! records what happened to every block. Reading never fails: what isn't understood is a
//! diagnostic.

mod blocks;
mod bodies;
mod code;
mod declared;
mod described;
mod dump;
mod envelopes;
mod facts;
mod forms;
mod headers;
mod items;
mod ledger;
mod lenient;
mod message;
mod nest;
mod operation;
mod parameters;
mod promise;
mod prose;
mod rows;
mod sampled;
mod section;
mod sentences;
mod servers;
mod survey;
mod table;
mod words;

use std::{collections::HashMap, sync::Arc};

pub use facts::{
    BodyFact, HeaderFact, MemberFact, OperationFacts, PageFacts, ResponseFact, RowFacets, RowFact,
    SampleFact, ServerFact, TitleFact, TypeFact, ValueFact,
};
pub use ledger::{Fate, Ledger};
pub use survey::{Below, Looks, Met, Survey, Term, Within};

use bodies::{Bodies, Part};
use promise::{declares, uid_of};
use section::Section;

use crate::{
    dialect::{Dialect, Route, SectionRole},
    document::{Block, Document},
    source::{Page, Span},
};
use docwright_model::{
    Provenance,
    diagnostic::{Diagnostic, Place},
};

/// Reads the facts of one page.
pub fn extract(page: &Page, document: &Document, dialect: &Dialect) -> PageFacts {
    let mut walk = Walk::new(page, document, dialect);
    let mut rest = document.blocks.as_slice();
    while let Some((block, after)) = rest.split_first() {
        walk.block(block, after);
        rest = after;
    }
    walk.finish()
}

/// The content below a heading belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// The page, until something is declared.
    Page,
    /// The last of the operations.
    Operation,
    /// One of the types.
    Type(usize),
}

/// One page's walk.
struct Walk<'p> {
    page: &'p Page,
    dialect: &'p Dialect,
    /// The uid of the page's first operation.
    uid: Option<String>,
    section: Section,
    /// The headings above the current block, with their levels.
    above_all: Vec<(u8, String)>,
    title: Option<TitleFact>,
    /// The page's name for the next operation.
    next_name: Option<String>,
    operations: Vec<OperationFacts>,
    /// The headers that an operation (by its number) lists, with their places.
    headers: HashMap<(usize, String), usize>,
    /// What is stated so far about the bodies of the last operation.
    bodies: Bodies,
    /// Where it is stated that the last operation has no body.
    denied: Vec<(Part, Provenance)>,
    /// Where it is stated that it returns something.
    told: Option<Provenance>,
    /// Where the API is served.
    servers: Vec<ServerFact>,
    /// What the walk is about.
    subject: Subject,
    /// The level of the type inside the last operation, which may continue after it.
    waiting: Option<u8>,
    /// Whether there is only text below the operation's signature so far.
    only_words: bool,
    /// Other routes that the last operation documents.
    shared: Vec<Route>,
    types: Vec<TypeFact>,
    /// The levels of the types' headings.
    type_levels: Vec<u8>,
    /// Bodies of the operation that the page describes besides the last ones.
    variants: Vec<(Part, BodyFact)>,
    /// Prose of the section so far: it becomes a description when the section
    /// ends.
    prose: Vec<Block>,
    /// Blocks of that prose whose outcome isn't known yet.
    early: Vec<(&'static str, Span)>,
    ledger: Ledger,
    diagnostics: Vec<Diagnostic>,
    survey: Survey,
    /// The block right above.
    above: Option<&'p Block>,
    /// The content below the last heading or lead.
    below: &'p [Block],
    /// What reading the page's form had to say.
    of_reading: &'p [Diagnostic],
    /// Whether any block declares an operation or a type.
    has_facts: bool,
    /// Whether it looks as if one did.
    hopeful: bool,
    /// The property that the next table describes, by its caption.
    caption: Option<String>,
    /// Why the dialect leaves out the whole page, if it does.
    ignored: Option<&'p str>,
}

impl<'p> Walk<'p> {
    fn new(page: &'p Page, document: &'p Document, dialect: &'p Dialect) -> Self {
        let has_facts = document.blocks.iter().any(|it| declares(it, dialect));
        Self {
            page,
            dialect,
            uid: uid_of(page, document, dialect),
            section: Section {
                role: Some(dialect.page.opening.unwrap_or(SectionRole::Start)),
                ..Section::default()
            },
            above_all: Vec::new(),
            title: None,
            next_name: None,
            operations: Vec::new(),
            headers: HashMap::new(),
            bodies: Bodies::default(),
            denied: Vec::new(),
            told: None,
            servers: Vec::new(),
            subject: Subject::Page,
            waiting: None,
            only_words: false,
            shared: Vec::new(),
            types: Vec::new(),
            type_levels: Vec::new(),
            variants: Vec::new(),
            prose: Vec::new(),
            early: Vec::new(),
            ledger: Ledger::default(),
            diagnostics: Vec::new(),
            survey: Survey::default(),
            above: None,
            below: &[],
            of_reading: &document.diagnostics,
            has_facts,
            hopeful: !has_facts && {
                let promises = |block: &Block| {
                    let below = survey::below(std::slice::from_ref(block), &dialect.operation);
                    below.signature || below.table
                };
                document.blocks.iter().any(promises)
            },
            caption: None,
            ignored: dialect.ignores_page(page.stem()),
        }
    }

    /// The provenance of something in the current section.
    fn provenance(&self, span: Span, row: Option<&str>) -> Provenance {
        Provenance {
            page: self.page.path.clone(),
            heading: self.section.heading.clone(),
            anchor: self.section.anchor.clone(),
            row: row.map(Arc::from),
            position: Some(self.page.position(span.start)),
        }
    }

    fn place(&self, span: Span) -> Place {
        let start = self.page.position(span.start);
        let text = self.page.text.get(span.start as usize..span.end as usize);
        let line = text.unwrap_or_default().lines().next().unwrap_or_default();
        let width = u32::try_from(line.trim_end().chars().count()).unwrap_or(1);
        Place {
            width: width.max(1),
            ..Place::at(&*self.page.path, start)
        }
    }

    fn finish(mut self) -> PageFacts {
        self.leave_subject();
        for ty in &mut self.types {
            ty.settle();
        }
        // An empty page has no block to report it for.
        let is_silent = self.diagnostics.is_empty() && self.servers.is_empty();
        if !self.has_facts && self.ignored.is_none() && is_silent {
            self.nothing_found(Place::file(&*self.page.path));
        }
        self.diagnostics.extend_from_slice(self.of_reading);
        PageFacts {
            page: self.page.path.clone(),
            operations: self.operations,
            types: self.types,
            servers: self.servers,
            ledger: self.ledger,
            diagnostics: self.diagnostics,
            survey: self.survey,
        }
    }
}
