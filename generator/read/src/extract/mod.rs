//! Document + dialect → the facts of one page.
//!
//! The page is walked once, block by block. A heading opens a section, the
//! section and the dialect say what a table or a code block in it means, and
//! the ledger says of every block what became of it. Reading never fails: what
//! isn't understood is a diagnostic.

mod bodies;
mod code;
mod described;
mod dump;
mod envelopes;
mod facts;
mod headers;
mod items;
mod ledger;
mod lenient;
mod memo;
mod message;
mod nest;
mod operation;
mod parameters;
mod promise;
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
pub use memo::Memo;
pub use survey::{Below, Looks, Met, Survey, Term, Within};

use bodies::{Bodies, Part};
use promise::{declares, uid_of};
use section::Section;

use crate::{
    dialect::{Dialect, Route, SectionRole},
    document::{Block, BlockKind, Component, Document},
    source::{Page, Span},
};
use docwright_model::{
    Provenance,
    diagnostic::{Diagnostic, Place, rules},
};

/// Reads the facts of one page. `memo` is what the pages before it taught, under
/// the same dialect; it changes nothing but the time that reading takes.
pub fn extract(page: &Page, document: &Document, dialect: &Dialect, memo: &mut Memo) -> PageFacts {
    let mut walk = Walk::new(page, document, dialect, memo);
    let mut rest = document.blocks.as_slice();
    while let Some((block, after)) = rest.split_first() {
        walk.block(block, after);
        rest = after;
    }
    walk.finish()
}

/// What stands below a heading belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// The page, as long as nothing is declared.
    Page,
    /// The last of the operations.
    Operation,
    /// One of the types.
    Type(usize),
}

/// A paragraph of more words doesn't only say what comes next.
const LONGEST_LEAD: usize = 16;

/// One page's walk.
struct Walk<'p> {
    page: &'p Page,
    dialect: &'p Dialect,
    memo: &'p mut Memo,
    /// The uid of the page's first operation.
    uid: Option<String>,
    section: Section,
    /// The headings under which the walk is, with their levels.
    above_all: Vec<(u8, String)>,
    title: Option<TitleFact>,
    /// What the page calls the operation that comes next.
    next_name: Option<String>,
    operations: Vec<OperationFacts>,
    /// The headers that an operation, by its number, lists: where each of them is.
    headers: HashMap<(usize, String), usize>,
    /// What it says so far of the bodies of the last of them.
    bodies: Bodies,
    /// Where words say that the last of them has no body.
    denied: Vec<(Part, Provenance)>,
    /// Where words say that it gives something back.
    told: Option<Provenance>,
    /// Where the API is served.
    servers: Vec<ServerFact>,
    /// What the walk is about.
    subject: Subject,
    /// The level of the type within which the last operation waits to go on.
    waiting: Option<u8>,
    /// Whether only words stand below the operation's signature so far.
    only_words: bool,
    /// Other routes that the last of them documents.
    shared: Vec<Route>,
    types: Vec<TypeFact>,
    /// The levels of the types' headings.
    type_levels: Vec<u8>,
    /// Bodies of the operation that the page describes besides the last ones.
    variants: Vec<(Part, BodyFact)>,
    /// Prose of the section so far: it becomes a description when the section
    /// ends.
    prose: Vec<Block>,
    /// Blocks of that prose whose fate isn't known yet.
    early: Vec<(&'static str, Span)>,
    ledger: Ledger,
    diagnostics: Vec<Diagnostic>,
    survey: Survey,
    /// The block right above.
    above: Option<&'p Block>,
    /// What stands below the last heading or lead.
    below: &'p [Block],
    /// What reading the page's form had to say.
    of_reading: &'p [Diagnostic],
    /// Whether any block declares an operation or a type.
    has_facts: bool,
    /// Whether it looks as if one did.
    hopeful: bool,
    /// The property that the next table describes, where its caption says so.
    caption: Option<String>,
    /// Why the dialect leaves out the whole page, if it does.
    ignored: Option<&'p str>,
}

impl<'p> Walk<'p> {
    fn new(
        page: &'p Page,
        document: &'p Document,
        dialect: &'p Dialect,
        memo: &'p mut Memo,
    ) -> Self {
        let has_facts = document.blocks.iter().any(|it| declares(it, dialect));
        Self {
            page,
            dialect,
            memo,
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

    fn block(&mut self, block: &'p Block, after: &'p [Block]) {
        match &block.kind {
            BlockKind::Component(component) => return self.component(component, block.span),
            BlockKind::Table(table) => {
                if let Some(caption) = &table.caption {
                    self.block(caption, std::slice::from_ref(block));
                }
            }
            BlockKind::Heading(_) => self.below = after,
            _ => {}
        }
        if let Some(fate) = self.fate(block) {
            self.ledger.enter(block.kind.name(), &fate);
        }
        self.above = Some(block);
        if lead(block).is_some() {
            self.below = &after[..after.len().min(1)];
        }
    }

    /// Reads what stands in a component as if it stood without it.
    fn component(&mut self, component: &'p Component, span: Span) {
        if !component.attributes.is_empty() && self.ignored.is_none() && self.has_facts {
            let names = component.attributes.iter().map(|(name, _)| name.as_str());
            let names: Vec<_> = names.collect();
            let found = format!(
                "found the component `{}`; its attributes (`{}`) are not read",
                component.name,
                names.join("`, `")
            );
            let place = self.place(span);
            self.diagnostics
                .push(Diagnostic::new(rules::UNREAD_COMPONENT, place, found));
        }
        let mut rest = component.children.as_slice();
        while let Some((block, after)) = rest.split_first() {
            self.block(block, after);
            rest = after;
        }
    }

    /// What stands below the last heading or lead, for the survey.
    fn below(&self) -> Below {
        survey::below(self.below, &self.dialect.operation)
    }

    /// Adds the lead above something that isn't known to the survey, once, and
    /// gives it back.
    fn survey_lead(&mut self) -> Option<String> {
        let above = self.above.take()?;
        let words = lead(above)?;
        let place = self.place(above.span);
        let term = Term::Lead {
            words: words.clone(),
            below: self.below(),
        };
        self.survey.add(term, &place);
        Some(words)
    }

    /// Adds a heading to the survey.
    fn survey_heading(&mut self, words: &str, level: u8, place: &Place) {
        let term = Term::Heading {
            words: words.to_owned(),
            level,
            below: self.below(),
        };
        self.survey.add(term, place);
    }

    /// Reads a block, and says what became of it; `None` where that isn't known
    /// yet.
    fn fate(&mut self, block: &Block) -> Option<Fate> {
        if let BlockKind::Other(_) = block.kind {
            return Some(Fate::Ignored("page chrome".to_owned()));
        }
        if let Some(reason) = self.ignored {
            return Some(Fate::Ignored(reason.to_owned()));
        }
        if let Some(fate) = self.server(block) {
            return Some(fate);
        }
        if !self.has_facts {
            return Some(self.without_facts(block));
        }
        let is_left_out = self.section.role == Some(SectionRole::Ignored);
        Some(match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, block),
            BlockKind::Paragraph(text) => {
                let plain = text.to_plain();
                if let Some(fate) = self.paragraph_heading(&plain, block.span) {
                    return Some(fate);
                }
                if let Some(fate) = self.caption(&plain) {
                    return Some(fate);
                }
                if is_left_out {
                    return Some(Fate::Ignored(self.ignored_reason()));
                }
                let chrome = &self.dialect.page.chrome;
                if chrome.iter().any(|it| it.is_match(&plain)) {
                    return Some(Fate::Ignored("page chrome".to_owned()));
                }
                if let Some(fate) = self.signature_in_words(block) {
                    return Some(fate);
                }
                if plain.starts_with('|') {
                    return Some(self.broken_table(block.span));
                }
                self.survey_signature(&plain, block.span);
                return self.words(block);
            }
            BlockKind::Rule => Fate::Ignored("thematic break".to_owned()),
            _ if is_left_out => Fate::Ignored(self.ignored_reason()),
            BlockKind::Table(table) => self.table(table, block.span),
            BlockKind::Code(code) => self.code(code, block),
            BlockKind::List(_) | BlockKind::Quote(_) => {
                if let Some(fate) = self.signature_in_words(block) {
                    return Some(fate);
                }
                if let BlockKind::Quote(inner) = &block.kind
                    && let [
                        Block {
                            kind: BlockKind::Paragraph(text),
                            ..
                        },
                    ] = inner.as_slice()
                    && let Some(fate) = self.paragraph_heading(&text.to_plain(), block.span)
                {
                    return Some(fate);
                }
                if let BlockKind::List(list) = &block.kind
                    && let Some(fate) = self.list(list)
                {
                    return Some(fate);
                }
                return self.words(block);
            }
            BlockKind::Footnote(_) => Fate::Ignored("footnote".to_owned()),
            BlockKind::Component(_) | BlockKind::Other(_) => Fate::Unknown,
        })
    }

    /// Words that look like an operation, where the dialect doesn't say that
    /// they may be one.
    fn survey_signature(&mut self, plain: &str, span: Span) {
        if self.operation().is_some() {
            return;
        }
        if let Some(more) = survey::signature(plain, &self.dialect.operation) {
            let place = self.place(span);
            self.survey.add(Term::Signature { more }, &place);
        }
    }

    /// A page that declares nothing, and that the dialect doesn't leave out, is
    /// a finding: once, not once a block.
    fn without_facts(&mut self, block: &Block) -> Fate {
        let place = self.place(block.span);
        match &block.kind {
            BlockKind::Heading(heading) => {
                let words = heading.text.to_plain();
                self.survey_heading(&words, heading.level, &place);
            }
            BlockKind::Paragraph(text) => self.survey_signature(&text.to_plain(), block.span),
            _ => {}
        }
        if self.diagnostics.is_empty() {
            self.nothing_found(place);
        }
        Fate::Unknown
    }

    fn nothing_found(&mut self, place: Place) {
        let stem = self.page.stem().to_owned();
        let hopeful = self.hopeful;
        self.survey.add(Term::Page { stem, hopeful }, &place);
        self.diagnostics.push(
            Diagnostic::new(
                rules::PAGE_WITHOUT_OPERATION,
                place,
                "found no operation on this page; nothing on it is read",
            )
            .help(format!(
                "expected a code block with a method and a path, such as `GET /path`; if the \
                 page describes nothing of the API, name it under [[page.ignore]] in the \
                 dialect `{}`",
                self.dialect.name
            )),
        );
    }

    fn broken_table(&mut self, span: Span) -> Fate {
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::new(
                rules::BROKEN_TABLE,
                place,
                "found lines that look like a table's rows but don't form a table",
            )
            .help(
                "expected a row of column titles, then a row of dashes, each line with the same \
                 number of `|`; until this is mended, the rows are not read",
            ),
        );
        Fate::Unknown
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
        // An empty page has no block that could say so.
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

/// The words of a short paragraph that ends with a colon.
fn lead(block: &Block) -> Option<String> {
    let BlockKind::Paragraph(text) = &block.kind else {
        return None;
    };
    if !text.ends_with(':') {
        return None;
    }
    let plain = text.to_plain();
    let is_short = plain.split_whitespace().count() <= LONGEST_LEAD;
    is_short.then_some(plain)
}
