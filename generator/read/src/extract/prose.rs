//! The text of sections: what it describes, and what happened to each paragraph.

use super::{
    Fate, Subject, Walk,
    bodies::Part,
    survey::Term,
    table,
    words::{add_to_responses, add_words},
};
use crate::{
    dialect::SectionRole,
    document::{Block, BlockKind, prose},
};
use docwright_model::diagnostic::{Diagnostic, rules};

/// Why the text of an introduction isn't read.
pub(super) const INTRODUCTION: &str = "words about the page";

impl Walk<'_> {
    pub(super) fn in_prose(&self) -> bool {
        self.section.role == Some(SectionRole::Start)
    }

    /// Turns the section's prose into a description. Text below a heading that names an
    /// operation is kept until its signature.
    pub(super) fn close_section(&mut self) {
        if self.awaits_operation() {
            return;
        }
        self.settle_early_words(&Fate::Unknown);
        if self.prose.is_empty() {
            return;
        }
        let blocks = std::mem::take(&mut self.prose);
        self.sentences(&blocks);
        self.sentences_of_type(&blocks);
        let text = table::some_text(prose(&blocks));
        let (role, status) = (self.section.role, self.section.status);
        let is_error = self.section.is_error();
        if role == Some(SectionRole::Type) {
            if let Some(fact) = self.own_type() {
                add_words(&mut fact.body.description, text);
            }
            return;
        }
        let request = match role {
            Some(SectionRole::RequestBody) => self.request_part(),
            _ => Part::Request(None),
        };
        if self.subject != Subject::Operation {
            return;
        }
        let bodies = &mut self.bodies;
        let Some(operation) = self.operations.last_mut() else {
            return;
        };
        match role {
            Some(SectionRole::Start) => add_words(&mut operation.description, text),
            Some(SectionRole::RequestBody) => {
                let body = bodies.of(request).as_mut();
                let of_body = body.map(|body| &mut body.description);
                add_words(of_body.unwrap_or(&mut operation.description), text);
            }
            Some(SectionRole::Response | SectionRole::ResponseBody) if is_error => {
                let mut responses = operation.responses.iter_mut();
                let of_status = responses.find(|it| Some(it.status) == status);
                let of_status = of_status.map(|it| &mut it.description);
                add_words(of_status.unwrap_or(&mut operation.description), text);
            }
            Some(SectionRole::Response | SectionRole::ResponseBody) => {
                let of_status = bodies.by_status.iter_mut();
                let mut of_status = of_status.filter(|(it, _)| Some(*it) == status);
                let body = of_status.find_map(|(_, body)| body.as_mut());
                match body.or(bodies.response.as_mut()) {
                    Some(body) => add_words(&mut body.description, text),
                    // Words below the table of statuses, before there is a body.
                    None => {
                        let left = add_to_responses(&mut operation.responses, text);
                        add_words(&mut operation.description, left);
                    }
                }
            }
            _ => {}
        }
    }

    /// Words between headings, tables and code: the prose of the section.
    pub(super) fn words(&mut self, block: &Block) -> Option<Fate> {
        let role = self.section.role;
        let is_scope = self.scopes(block);
        Some(match role {
            Some(SectionRole::Ignored) => Fate::Ignored(self.ignored_reason()),
            Some(SectionRole::Introduction) => Fate::Ignored(INTRODUCTION.to_owned()),
            Some(
                SectionRole::Start
                | SectionRole::RequestBody
                | SectionRole::Response
                | SectionRole::ResponseBody,
            ) if self.subject != Subject::Operation => {
                // Their outcome is known when an operation begins or the section ends.
                self.early.push((block.kind.name(), block.span));
                self.prose.push(block.clone());
                return None;
            }
            Some(
                SectionRole::Start
                | SectionRole::RequestBody
                | SectionRole::Response
                | SectionRole::ResponseBody
                | SectionRole::Type,
            ) => {
                self.prose.push(block.clone());
                Fate::Consumed("prose")
            }
            Some(
                SectionRole::Parameters
                | SectionRole::PathParameters
                | SectionRole::QueryParameters
                | SectionRole::Headers,
            ) if matches!(block.kind, BlockKind::List(_)) => self.unknown_list(block.span),
            Some(_) if self.sentences(std::slice::from_ref(block)) || is_scope => {
                Fate::Consumed("prose")
            }
            Some(_) => Fate::Ignored("prose in a section of tables or samples".to_owned()),
            // The unknown heading above has its diagnostic.
            None => Fate::Unknown,
        })
    }

    /// Enters the text above an operation's signature, or without a signature.
    pub(super) fn settle_early_words(&mut self, fate: &Fate) {
        let early = std::mem::take(&mut self.early);
        if let (Fate::Unknown, Some((_, span))) = (fate, early.first()) {
            self.prose.clear();
            let place = self.place(*span);
            self.survey.add(Term::WordsWithoutOperation, &place);
            self.diagnostics.push(
                Diagnostic::new(
                    rules::WORDS_WITHOUT_OPERATION,
                    place,
                    "found text that belongs to no operation: no method and path follow it in \
                     this section; it isn't read",
                )
                .help(format!(
                    "give the heading above it the role `introduction` or `ignored` in the dialect \
                     `{}`, or describe there how operations are written",
                    self.dialect.name
                )),
            );
        }
        for (kind, _) in early {
            self.ledger.enter(kind, fate);
        }
    }
}
