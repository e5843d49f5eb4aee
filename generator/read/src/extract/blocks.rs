//! Reads a page's blocks one by one: records what happened to each, and adds those that
//! the dialect doesn't know to the survey.

use super::{
    Fate, Walk,
    survey::{self, Below, Term},
};
use crate::{
    dialect::SectionRole,
    document::{Block, BlockKind, Component},
    source::Span,
};
use docwright_model::diagnostic::{Diagnostic, Place, rules};

/// A paragraph with more words than this does more than introduce the next block.
const LONGEST_LEAD: usize = 16;

impl<'p> Walk<'p> {
    pub(super) fn block(&mut self, block: &'p Block, after: &'p [Block]) {
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

    /// Reads the content of a component as if the component weren't there.
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

    /// Reads a block, and returns what happened to it; `None` if that isn't known yet.
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
            BlockKind::Paragraph(text) => return self.paragraph(block, &text.to_plain()),
            BlockKind::Rule => Fate::Ignored("thematic break".to_owned()),
            _ if is_left_out => Fate::Ignored(self.ignored_reason()),
            BlockKind::Table(table) => self.table(table, block.span),
            BlockKind::Code(code) => self.code(code, block),
            BlockKind::List(_) | BlockKind::Quote(_) => return self.list_or_quote(block),
            BlockKind::Footnote(_) => Fate::Ignored("footnote".to_owned()),
            BlockKind::Component(_) | BlockKind::Other(_) => Fate::Unknown,
        })
    }

    fn paragraph(&mut self, block: &Block, plain: &str) -> Option<Fate> {
        if let Some(fate) = self.paragraph_heading(plain, block.span) {
            return Some(fate);
        }
        if let Some(fate) = self.caption(plain) {
            return Some(fate);
        }
        if self.section.role == Some(SectionRole::Ignored) {
            return Some(Fate::Ignored(self.ignored_reason()));
        }
        let chrome = &self.dialect.page.chrome;
        if chrome.iter().any(|it| it.is_match(plain)) {
            return Some(Fate::Ignored("page chrome".to_owned()));
        }
        if let Some(fate) = self.signature_in_words(block) {
            return Some(fate);
        }
        if plain.starts_with('|') {
            return Some(self.broken_table(block.span));
        }
        self.survey_signature(plain, block.span);
        self.words(block)
    }

    fn list_or_quote(&mut self, block: &Block) -> Option<Fate> {
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
        self.words(block)
    }

    /// Text that looks like an operation, in a place where the dialect expects none.
    fn survey_signature(&mut self, plain: &str, span: Span) {
        if self.operation().is_some() {
            return;
        }
        if let Some(more) = survey::signature(plain, &self.dialect.operation) {
            let place = self.place(span);
            self.survey.add(Term::Signature { more }, &place);
        }
    }

    /// A page that declares nothing, and that the dialect doesn't leave out, is one
    /// finding, not one per block.
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

    pub(super) fn nothing_found(&mut self, place: Place) {
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
                 number of `|`; until this is fixed, the rows are not read",
            ),
        );
        Fate::Unknown
    }

    /// The content below the last heading or lead, for the survey.
    pub(super) fn below(&self) -> Below {
        survey::below(self.below, &self.dialect.operation)
    }

    /// Adds the lead above something unknown to the survey, once, and returns it.
    pub(super) fn survey_lead(&mut self) -> Option<String> {
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
    pub(super) fn survey_heading(&mut self, words: &str, level: u8, place: &Place) {
        let term = Term::Heading {
            words: words.to_owned(),
            level,
            below: self.below(),
        };
        self.survey.add(term, place);
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
