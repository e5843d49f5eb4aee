//! The outcomes of the facts about bodies and responses.

use super::{
    Kind,
    audit::Audit,
    resolution as by,
    words::{admits, is_same},
};
use docwright_model::{Direction, Known, Operation, Response, Text, Type};
use docwright_read::extract::{BodyFact, OperationFacts, RowFact};

/// Where a body is in the model.
#[derive(Clone, Copy)]
pub(super) struct BodyAt<'a> {
    ty: &'a Type,
    known: Known,
    name: Option<&'a str>,
    description: Option<&'a Text>,
    media_types: &'a [String],
}

impl<'a> Audit<'a> {
    pub(super) fn requests(&mut self, facts: &'a OperationFacts, operation: Option<&'a Operation>) {
        let request = operation.and_then(|it| it.request.as_ref());
        for (index, fact) in facts.requests.iter().enumerate() {
            let at = request.and_then(|body| match index.checked_sub(1) {
                None => Some(BodyAt {
                    ty: &body.ty,
                    known: body.known,
                    name: body.name.as_deref(),
                    description: body.description.as_ref(),
                    media_types: &body.media_types,
                }),
                Some(other) => body.others.get(other).map(|content| BodyAt {
                    ty: &content.ty,
                    known: content.known,
                    name: None,
                    description: body.description.as_ref(),
                    media_types: &content.media_types,
                }),
            });
            let target = operation.map(|it| format!("{}:request", it.uid));
            self.body(fact, at, Direction::Request, target);
        }
    }

    pub(super) fn responses(
        &mut self,
        facts: &'a OperationFacts,
        operation: Option<&'a Operation>,
    ) {
        let responses = operation.map_or(&[][..], |it| &it.responses);
        for fact in &facts.responses {
            let response = responses.iter().find(|it| it.status == fact.status);
            let place = &fact.provenance;
            let words = || format!("the status {}", fact.status);
            self.enter(Kind::Status, place, response.is_some(), None, words);
            let description = response.and_then(|it| it.description.as_ref());
            self.description(fact.description.as_ref(), description, place, None);
            if let Some(body) = &fact.body {
                let at = response.and_then(body_of);
                let target = operation.map(|it| format!("{}:response.{}", it.uid, fact.status));
                self.body(body, at, Direction::Response, target);
            }
            for row in &fact.headers {
                let mut headers = response.iter().flat_map(|it| &it.headers);
                let found = headers.any(|it| it.name == row.name);
                let words = || format!("the response header `{}`", row.name);
                self.enter(Kind::Header, &row.provenance, found, None, words);
            }
        }
        if let Some(body) = &facts.stray_response {
            let at = responses.iter().find_map(body_of);
            self.body(body, at, Direction::Response, None);
        }
    }

    /// A body; `target` is its name in corrections.
    pub(super) fn body(
        &mut self,
        fact: &'a BodyFact,
        at: Option<BodyAt<'a>>,
        direction: Direction,
        target: Option<String>,
    ) {
        let is_corrected = target.is_some_and(|it| self.lookup.is_corrected(&it));
        let corrected = is_corrected.then_some(by::CORRECTED);
        let place = &fact.provenance;
        for label in [&fact.label, &fact.type_label] {
            if label.is_empty() {
                continue;
            }
            // The name of a request in a heading is a parameter's name.
            let found = at.is_some_and(|at| {
                let is_name = at.name == Some(label) || direction == Direction::Request;
                is_name || self.is_type(label, at.ty)
            });
            let matched = at.filter(|at| {
                let has = |row: &RowFact| self.lookup.property(at.ty, &row.name).is_some();
                at.known == Known::Matched && !fact.rows.is_empty() && fact.rows.iter().all(has)
            });
            let overruled = corrected.or(matched.map(|_| by::MATCHED_TYPE));
            let words = || format!("a body of the type `{label}`");
            self.enter(Kind::Body, place, found, overruled, words);
        }
        let description = at.and_then(|at| at.description);
        let overruled = corrected.or(at.map(|_| match description {
            Some(_) => by::OTHER_WORDS,
            None => by::REPEATED_WORDS,
        }));
        self.description(fact.description.as_ref(), description, place, overruled);
        if !fact.media_types.is_empty() {
            let found = at.is_some_and(|at| at.media_types == fact.media_types);
            let words = || format!("the media types {}", fact.media_types.join(", "));
            self.enter(Kind::MediaTypes, place, found, corrected, words);
        }
        let scope = at.map(|at| at.ty);
        for row in &fact.rows {
            self.property(row, scope, corrected);
        }
    }

    fn is_type(&self, label: &str, ty: &Type) -> bool {
        let named = ty.named().is_some_and(|name| is_same(label, name));
        let word = self.dialect.types.read(label);
        named || word.is_some_and(|word| admits(&word, ty, &self.lookup))
    }
}

fn body_of(response: &Response) -> Option<BodyAt<'_>> {
    let body = response.body.as_ref()?;
    Some(BodyAt {
        ty: &body.ty,
        known: body.known,
        name: body.name.as_deref(),
        description: body.description.as_ref(),
        media_types: &body.media_types,
    })
}
