//! Sentences in the text about an operation with facts that no table states: `Returns a
//! boat`, `No body is sent`. The dialect has their patterns.

use super::{BodyFact, MemberFact, ResponseFact, ValueFact, Walk, bodies::Part};
use crate::{
    dialect::{
        Captures, Pattern, SectionRole, SentenceKind, SentenceRole, TypeWord, bare, status_of,
    },
    document::{Block, BlockKind},
    source::Span,
};
use docwright_model::{Provenance, Status, Text};

impl Walk<'_> {
    /// Reads the sentences of a section's prose; returns whether one matches.
    pub(super) fn sentences(&mut self, prose: &[Block]) -> bool {
        let dialect = self.dialect;
        if dialect.sentences.is_empty() || self.operation().is_none() {
            return false;
        }
        let mut any = false;
        for (words, span) in paragraphs(prose) {
            for sentence in split(&words) {
                let candidates = dialect.sentences.candidates(sentence);
                let mut candidates = candidates.filter(|(kind, _)| match kind.role {
                    SentenceRole::Member => false,
                    SentenceRole::NoBody => self.section_part().is_some(),
                    _ => true,
                });
                let found = candidates
                    .find_map(|(kind, pattern)| Some((kind, self.captures(pattern, sentence)?)));
                if let Some((kind, captures)) = found {
                    self.said(kind, &captures, span);
                    any = true;
                }
            }
        }
        any
    }

    /// Reads sentences about all rows below them; returns whether one matches.
    pub(super) fn scopes(&mut self, block: &Block) -> bool {
        let scopes = &self.dialect.scopes;
        let mut any = false;
        for (words, _) in paragraphs(std::slice::from_ref(block)) {
            for sentence in split(&words) {
                let says = |kind: &&SentenceKind| kind.says.iter().any(|it| it.fits(sentence));
                if let Some(kind) = scopes.iter().find(says) {
                    self.section.required = Some(kind.role == SentenceRole::AllRequired);
                    any = true;
                }
            }
        }
        any
    }

    /// What a pattern captures, where type and status are some.
    fn captures<'k, 't>(
        &self,
        pattern: &'k Pattern,
        sentence: &'t str,
    ) -> Option<Captures<'k, 't>> {
        let captures = pattern.captures(sentence)?;
        let ty = captures.get("type");
        let status = captures.get("status");
        let is_type = ty.is_none_or(|it| self.dialect.types.read(it).is_some());
        let is_status = status.is_none_or(|it| status_of(it).is_some());
        (is_type && is_status).then_some(captures)
    }

    fn said(&mut self, kind: &SentenceKind, captures: &Captures<'_, '_>, span: Span) {
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
        let named = match kind.role {
            SentenceRole::RequestBody => Some(Part::Request(None)),
            SentenceRole::ResponseBody if is_success && !ty.is_empty() => {
                Some(Part::Response(None))
            }
            SentenceRole::ResponseBody if !ty.is_empty() => Some(Part::Response(status)),
            _ => None,
        };
        if let Some(part) = named {
            self.body_in_words(part, ty, kind, place.clone());
        }
        match kind.role {
            SentenceRole::RequestBody | SentenceRole::ResponseBody => {}
            SentenceRole::ResponseTold => {
                self.told.get_or_insert(place);
            }
            SentenceRole::Deprecated => {
                if let Some(operation) = self.operation() {
                    operation.deprecated.get_or_insert(place);
                }
            }
            SentenceRole::NoRequestBody => self.denied.push((Part::Request(None), place)),
            SentenceRole::NoResponseBody => self.denied.push((Part::Response(status), place)),
            SentenceRole::NoBody => {
                let part = self.section_part();
                self.denied.extend(part.map(|part| (part, place)));
            }
            SentenceRole::RequestIsArray => match self.request_part() {
                Part::Request(None) => self.bodies.request_is_array = true,
                part => self.body_is_array(part),
            },
            SentenceRole::ResponseIsArray => match self.response_part() {
                Part::Response(None) => self.bodies.response_is_array = true,
                part => self.body_is_array(part),
            },
            // They are read where they stand.
            SentenceRole::AllRequired
            | SentenceRole::AllOptional
            | SentenceRole::Alias
            | SentenceRole::Base
            | SentenceRole::OneOf
            | SentenceRole::Discriminator
            | SentenceRole::Member => {}
        }
    }
}

impl Walk<'_> {
    /// The type of a body in a sentence, and the property of its envelope.
    fn body_in_words(&mut self, part: Part, ty: &str, kind: &SentenceKind, place: Provenance) {
        let slot = self.bodies.of(part);
        name_body(slot, ty, place);
        if let (Some(body), Some(_)) = (slot, &kind.envelope) {
            body.envelope.clone_from(&kind.envelope);
        }
    }

    /// The body that the section is about.
    fn section_part(&self) -> Option<Part> {
        match self.section.role? {
            SectionRole::RequestBody => Some(Part::Request(None)),
            SectionRole::Response | SectionRole::ResponseBody => Some(self.response_part()),
            _ => None,
        }
    }

    fn body_is_array(&mut self, part: Part) {
        if let Some(body) = self.bodies.of(part) {
            body.is_array = true;
        }
    }

    /// Reads the sentences of the words about a type, and the lists below them.
    pub(super) fn sentences_of_type(&mut self, prose: &[Block]) {
        let dialect = self.dialect;
        if self.own_type().is_none() {
            return;
        }
        for (at, block) in prose.iter().enumerate() {
            for (words, span) in paragraphs(std::slice::from_ref(block)) {
                for sentence in split(&words) {
                    let candidates = dialect.sentences.candidates(sentence);
                    let mut of_types = candidates.filter(|(kind, _)| kind.role.is_of_types());
                    let found =
                        of_types.find_map(|(kind, it)| Some((kind.role, it.captures(sentence)?)));
                    let Some((role, captures)) = found else {
                        continue;
                    };
                    let below = prose
                        .get(at + 1)
                        .filter(|_| captures.get("types").is_none());
                    self.said_of_type(role, &captures, below, span);
                }
            }
        }
    }

    fn said_of_type(
        &mut self,
        role: SentenceRole,
        captures: &Captures<'_, '_>,
        below: Option<&Block>,
        span: Span,
    ) {
        let types = &self.dialect.types;
        let place = self.provenance(span, None);
        let word = captures.get("type").and_then(|it| types.read(it));
        let (members, discriminator) = match (role, captures.get("types"), below) {
            (SentenceRole::OneOf, Some(list), _) => self.members(&list_parts(list), &place),
            (SentenceRole::OneOf, None, Some(below)) => self.members(&list_items(below), &place),
            _ => Default::default(),
        };
        let Some(ty) = self.own_type() else { return };
        match (role, word) {
            (SentenceRole::Deprecated, _) => {
                ty.deprecated.get_or_insert(place);
            }
            (SentenceRole::Base, Some(TypeWord::Named(name))) => {
                ty.base.get_or_insert(name);
            }
            (SentenceRole::Alias, Some(TypeWord::Enum(values))) if ty.values.is_empty() => {
                ty.values = values
                    .into_iter()
                    .map(|value| ValueFact {
                        value,
                        name: None,
                        description: None,
                        provenance: place.clone(),
                    })
                    .collect();
            }
            (SentenceRole::Alias, Some(word)) => {
                ty.alias.get_or_insert(word);
            }
            (SentenceRole::OneOf, _) if ty.members.is_empty() => {
                ty.members = members;
                ty.discriminator = ty.discriminator.take().or(discriminator);
            }
            (SentenceRole::Discriminator, _) => {
                let name = captures.get("name").map(|it| bare(it).to_owned());
                ty.discriminator = ty.discriminator.take().or(name);
            }
            _ => {}
        }
    }

    /// The members in a list of words, if all of them are types, and the discriminator,
    /// if the sentence names one.
    fn members(&self, words: &[String], place: &Provenance) -> (Vec<MemberFact>, Option<String>) {
        let members = words.iter().map(|words| self.member(words, place));
        let members: Option<Vec<_>> = members.collect();
        let members = members.filter(|it| it.len() > 1).unwrap_or_default();
        let (members, names): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        let first = names.first().cloned().flatten();
        let is_one = names.iter().all(|name| *name == first);
        (members, first.filter(|_| is_one))
    }

    /// A member, and its discriminator property.
    fn member(&self, words: &str, place: &Provenance) -> Option<(MemberFact, Option<String>)> {
        let types = &self.dialect.types;
        let fact = |ty| MemberFact {
            ty,
            tag: None,
            description: None,
            provenance: place.clone(),
        };
        let mut patterns = self.dialect.sentences.of_role(SentenceRole::Member);
        if let Some(ty) = types.read(words) {
            return Some((fact(ty), None));
        }
        let sentence = words.trim_end_matches('.');
        if let Some((ty, tag, name)) = patterns.find_map(|pattern| {
            let captures = pattern.captures(sentence)?;
            let name = captures.get("name").map(|it| bare(it).to_owned());
            Some((
                types.read(captures.get("type")?)?,
                captures.get("tag")?,
                name,
            ))
        }) {
            let tag = Some(bare(tag).to_owned());
            return Some((MemberFact { tag, ..fact(ty) }, name));
        }
        let marks = [" – ", " — ", " - ", ": ", " "];
        let (ty, rest) = marks.iter().find_map(|mark| {
            let (name, rest) = words.split_once(mark)?;
            Some((types.read(name)?, rest))
        })?;
        let description = Some(Text::from(rest.trim())).filter(|it| !it.plain().is_empty());
        Some((
            MemberFact {
                description,
                ..fact(ty)
            },
            None,
        ))
    }
}

/// The parts of a list in words: `A, B or C`.
fn list_parts(list: &str) -> Vec<String> {
    let list = list
        .replace(" or ", ",")
        .replace(" and ", ",")
        .replace('|', ",");
    let parts = list.split(',').map(str::trim);
    parts
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words of a list's items.
fn list_items(block: &Block) -> Vec<String> {
    let BlockKind::List(list) = &block.kind else {
        return Vec::new();
    };
    let first = list.items.iter().filter_map(|item| item.first());
    let words = first.filter_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => Some(text.to_plain()),
        _ => None,
    });
    words.collect()
}

/// Sets the type of a body, unless its heading states it.
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
pub(super) fn split(words: &str) -> impl Iterator<Item = &str> {
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
