//! Envelopes: objects around the described body, known from the page, the dialect or
//! samples.

use std::collections::BTreeSet;

use super::{BodyFact, OperationFacts, RowFact, SampleFact, Walk};
use crate::dialect::{Dialect, TypeWord};
use docwright_model::{
    Direction,
    diagnostic::{Diagnostic, Place, rules},
};

impl Walk<'_> {
    /// Reports a list that only samples show inside an object.
    pub(super) fn shown_in_envelope(&mut self, body: &BodyFact) {
        let place = Place::of(&body.provenance);
        let name = body.envelope.as_deref().unwrap_or_default();
        let found = format!(
            "the text states that the body is a list, but samples have an object with the list \
             in `{name}`"
        );
        self.diagnostics.push(Diagnostic::new(
            rules::ENVELOPE_ONLY_IN_SAMPLE,
            place,
            found,
        ));
    }
}

impl OperationFacts {
    /// Puts bodies into their envelopes. Returns the body whose envelope only samples
    /// show.
    pub(super) fn wrap_bodies(&mut self, dialect: &Dialect) -> Option<BodyFact> {
        let shown = self.response().and_then(|body| {
            let word = dialect.types.read(body.said());
            let is_list = body.is_array || matches!(word, Some(TypeWord::Array(_)));
            let is_open = body.envelope.is_none() && is_list;
            is_open.then(|| sampled_envelope(&self.samples)).flatten()
        });
        let mut by_sample = None;
        if let Some(name) = shown {
            let mut responses = self.responses.iter_mut();
            let body = responses
                .find(|it| it.status.is_success() && it.body.is_some())
                .and_then(|it| it.body.as_mut());
            if let Some(body) = body {
                body.envelope = Some(name);
                by_sample = Some(body.clone());
            }
        }
        let responses = self.responses.iter_mut();
        let responses = responses.filter_map(|response| response.body.as_mut());
        let bodies = self.requests.iter_mut().chain(responses);
        for body in bodies.chain(self.stray_response.as_mut()) {
            wrap(body, dialect);
        }
        by_sample
    }
}

/// The property with the list in all success samples, if these are objects with a single
/// array property.
fn sampled_envelope(samples: &[SampleFact]) -> Option<String> {
    let of_success = samples
        .iter()
        .filter(|it| it.direction == Direction::Response && it.is_success());
    let mut bodies = of_success.filter_map(|it| it.body.as_deref()).peekable();
    bodies.peek()?;
    let lists: Option<BTreeSet<&String>> = bodies
        .map(|body| {
            let members = body.as_object()?.iter();
            let mut lists = members.filter(|(_, value)| value.is_array());
            let (name, _) = lists.next().filter(|_| lists.next().is_none())?;
            Some(name)
        })
        .collect();
    let mut lists = lists?.into_iter();
    lists.next().filter(|_| lists.next().is_none()).cloned()
}

/// Puts bodies into their envelopes, where the page describes the content: the body is
/// then the envelope, with one known property.
fn wrap(body: &mut BodyFact, dialect: &Dialect) {
    let Some(name) = body.envelope.clone() else {
        return;
    };
    // A table that lists the property already describes the envelope; without one, only
    // samples show it.
    if body.rows.iter().any(|row| row.name == name) || body.is_bare() {
        body.envelope = None;
        return;
    }
    let word = dialect.types.read(body.said());
    let ty = match (body.is_array, word) {
        (true, Some(list @ TypeWord::Array(_))) => Some(list),
        (true, word) => Some(TypeWord::Array(word.map(Box::new))),
        (false, word) => word,
    };
    let row = RowFact {
        ty,
        type_cell: body.said().to_owned(),
        rows: std::mem::take(&mut body.rows),
        ..RowFact::named(name, body.provenance.clone())
    };
    body.rows.push(row);
    body.is_array = false;
    (body.label, body.type_label) = (String::new(), String::new());
}
