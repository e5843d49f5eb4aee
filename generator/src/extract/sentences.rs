//! Sentences in the words about an operation that say what no table does:
//! `Returns a boat`, `No body is sent`. What they look like is the dialect's.

use super::{BodyFact, ResponseFact, Walk};
use crate::{
    dialect::{Captures, SentenceKind, SentenceRole, status_of},
    document::{Block, BlockKind},
    model::{Provenance, Status},
    source::Span,
};

impl Walk<'_> {
    /// Reads the sentences of a section's prose; whether one says something.
    pub(super) fn sentences(&mut self, prose: &[Block]) -> bool {
        let dialect = self.dialect;
        if dialect.sentences.is_empty() || self.operation().is_none() {
            return false;
        }
        let mut any = false;
        for (words, span) in paragraphs(prose) {
            for sentence in split(&words) {
                let found = dialect.sentences.iter().find_map(|kind| {
                    let captures = self.captures(kind, sentence)?;
                    Some((kind, captures))
                });
                if let Some((kind, captures)) = found {
                    self.said(kind.role, &captures, span);
                    any = true;
                }
            }
        }
        any
    }

    /// What the first pattern captures whose type and status are some.
    fn captures<'k, 't>(
        &self,
        kind: &'k SentenceKind,
        sentence: &'t str,
    ) -> Option<Captures<'k, 't>> {
        kind.says.iter().find_map(|pattern| {
            let captures = pattern.captures(sentence)?;
            let ty = captures.get("type");
            let status = captures.get("status");
            let is_type = ty.is_none_or(|it| self.dialect.types.read(it).is_some());
            let is_status = status.is_none_or(|it| status_of(it).is_some());
            (is_type && is_status).then_some(captures)
        })
    }

    fn said(&mut self, role: SentenceRole, captures: &Captures<'_, '_>, span: Span) {
        let place = self.provenance(span, None);
        let ty = captures.get("type").unwrap_or_default();
        let status = captures.get("status").and_then(status_of);
        let Some(operation) = self.operation() else {
            return;
        };
        let is_success = status.is_none_or(Status::is_success);
        let is_new = |it: &Status| !operation.responses.iter().any(|known| known.status == *it);
        if let Some(status) = status.filter(is_new) {
            operation
                .responses
                .push(ResponseFact::of(status, place.clone()));
        }
        let bodies = &mut self.bodies;
        match role {
            SentenceRole::RequestBody => name_body(&mut bodies.request, ty, place),
            SentenceRole::ResponseBody if is_success && !ty.is_empty() => {
                name_body(&mut bodies.response, ty, place);
            }
            SentenceRole::ResponseBody => {}
            SentenceRole::NoRequestBody => {
                bodies.request.take_if(|body| body.is_bare());
            }
            SentenceRole::NoResponseBody => {
                bodies.response.take_if(|body| body.is_bare());
            }
        }
    }
}

/// Says what a body's type is called, unless its heading did.
pub(super) fn name_body(slot: &mut Option<BodyFact>, ty: &str, place: Provenance) {
    let body = slot.get_or_insert_with(|| BodyFact::at(place));
    if body.label.is_empty() && body.type_label.is_empty() {
        ty.clone_into(&mut body.label);
    }
}

/// The paragraphs of some blocks, and of lists and quotations among them.
fn paragraphs(blocks: &[Block]) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) => found.push((text.to_plain(), block.span)),
            BlockKind::List(list) => {
                found.extend(list.items.iter().flat_map(|item| paragraphs(item)));
            }
            BlockKind::Quote(inner) => found.extend(paragraphs(inner)),
            _ => {}
        }
    }
    found
}

/// Sentences, without the marks at their ends. A full stop within a word, such
/// as a version's, ends none.
fn split(words: &str) -> impl Iterator<Item = &str> {
    let parts = words.split_inclusive(['.', '!', '?', ';']);
    let mut from = 0;
    let mut at = 0;
    let ends = parts.filter_map(move |part| {
        at += part.len();
        let rest = &words[at..];
        let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
        ends.then(|| {
            let sentence = &words[from..at];
            from = at;
            sentence.trim().trim_end_matches(['.', '!', '?', ';'])
        })
    });
    ends.filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_marks_before_a_blank() {
        let words = "Finds a boat (since v1.2). Returns it!  Costs nothing; no body";
        let sentences: Vec<_> = split(words).collect();
        let expected = [
            "Finds a boat (since v1.2)",
            "Returns it",
            "Costs nothing",
            "no body",
        ];
        assert_eq!(sentences, expected);
    }
}
