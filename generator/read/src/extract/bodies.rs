//! Bodies that a page describes more than once: in several sections, by
//! variants (`Body (of a boat)`, `Body (of a ship)`) or by statuses.

use super::{
    BodyFact, RowFact, Walk,
    forms::Sent,
    sentences,
    words::{add_to_responses, add_words},
};
use crate::dialect::{Dialect, TypeWord};
use docwright_model::{
    Direction, Status, Text,
    diagnostic::{Diagnostic, Place, rules},
};

/// The bodies of an operation, as far as its page has described them.
#[derive(Debug, Default)]
pub struct Bodies {
    /// The request body, for all media types.
    pub request: Option<BodyFact>,
    /// Request bodies whose section gives media types, in page order.
    pub by_media_type: Vec<(Vec<String>, Option<BodyFact>)>,
    /// The body of success responses without a status in their section.
    pub response: Option<BodyFact>,
    /// Response bodies whose section gives the status, in page order.
    pub by_status: Vec<(Status, Option<BodyFact>)>,
    /// Headers of responses, likewise.
    pub headers: Vec<(Option<Status>, RowFact)>,
    /// Whether the request body is stated to be an array of what is described.
    pub request_is_array: bool,
    /// The same of the response.
    pub response_is_array: bool,
    /// What commands show about how the request body is sent.
    pub sent: Sent,
}

/// One of the bodies: of the request, or of responses with or without a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The request's; in some media types, by their place in [`Bodies::by_media_type`].
    Request(Option<usize>),
    /// A response's.
    Response(Option<Status>),
}

impl Part {
    /// Which way it travels.
    pub fn direction(self) -> Direction {
        match self {
            Self::Request(_) => Direction::Request,
            Self::Response(_) => Direction::Response,
        }
    }
}

impl Bodies {
    /// One of the bodies.
    pub fn of(&mut self, part: Part) -> &mut Option<BodyFact> {
        match part {
            Part::Request(at) => {
                let own = at.and_then(|at| self.by_media_type.get_mut(at));
                own.map_or(&mut self.request, |(_, body)| body)
            }
            Part::Response(None) => &mut self.response,
            Part::Response(Some(status)) => {
                let known = self.by_status.iter().position(|(it, _)| *it == status);
                let at = known.unwrap_or(self.by_status.len());
                if known.is_none() {
                    self.by_status.push((status, None));
                }
                &mut self.by_status[at].1
            }
        }
    }

    /// One of the bodies, where the page has a heading for it.
    fn known(&mut self, part: Part) -> Option<&mut Option<BodyFact>> {
        match part {
            Part::Response(Some(status)) => {
                let mut by_status = self.by_status.iter_mut();
                by_status.find_map(|(it, body)| (*it == status).then_some(body))
            }
            part => Some(self.of(part)),
        }
    }

    /// Adds what is stated about whole bodies: by this operation's text, and by the
    /// dialect for all operations.
    pub fn settle(&mut self, dialect: &Dialect) {
        let words = &dialect.operation;
        let of_media_types = self.by_media_type.iter_mut();
        let of_media_types = of_media_types.filter_map(|(_, body)| body.as_mut());
        for body in self.request.iter_mut().chain(of_media_types) {
            body.is_array |= self.request_is_array;
        }
        let by_status = self.by_status.iter_mut();
        let by_status = by_status.filter(|(status, _)| status.is_success());
        let bodies = by_status.filter_map(|(_, body)| body.as_mut());
        for body in self.response.iter_mut().chain(bodies) {
            body.is_array |= self.response_is_array;
            let is_list = body.is_array
                || matches!(dialect.types.read(body.said()), Some(TypeWord::Array(_)));
            if body.envelope.is_none() {
                body.envelope.clone_from(match is_list {
                    true if words.list_envelope.is_some() => &words.list_envelope,
                    _ => &words.envelope,
                });
            }
        }
    }

    /// The request bodies: if some have their own media types, statements about the
    /// request as a whole apply to each.
    pub fn take_requests(&mut self) -> Vec<BodyFact> {
        let main = self.request.take();
        let own = std::mem::take(&mut self.by_media_type).into_iter();
        let own = own.filter_map(|(media_types, body)| {
            let mut body = body?;
            body.media_types = media_types;
            Some(body)
        });
        let mut own: Vec<BodyFact> = own.collect();
        match main {
            Some(main) if main.rows.is_empty() && !own.is_empty() => {
                for body in &mut own {
                    if body.is_bare() || body.label.is_empty() {
                        body.label.clone_from(&main.label);
                    }
                    body.description = body.description.take().or(main.description.clone());
                }
                own
            }
            main => main.into_iter().chain(own).collect(),
        }
    }

    /// Whether the page states something about the request body.
    pub fn has_request(&self) -> bool {
        let mut own = self.by_media_type.iter();
        self.request.is_some() || own.any(|(_, body)| body.is_some())
    }

    /// Whether the page states something about the success body.
    pub fn of_success(&self) -> Option<&BodyFact> {
        let mut by_status = self.by_status.iter();
        let body =
            by_status.find_map(|(status, body)| body.as_ref().filter(|_| status.is_success()));
        self.response.as_ref().or(body)
    }
}

impl Walk<'_> {
    /// The request's body that the section is about.
    pub(super) fn request_part(&mut self) -> Part {
        let media_types = &self.section.media_types;
        if media_types.is_empty() {
            return Part::Request(None);
        }
        let bodies = &mut self.bodies.by_media_type;
        let known = bodies.iter().position(|(it, _)| it == media_types);
        let at = known.unwrap_or(bodies.len());
        if known.is_none() {
            bodies.push((media_types.clone(), None));
        }
        Part::Request(Some(at))
    }

    /// The response's body that the section is about.
    pub(super) fn response_part(&self) -> Part {
        Part::Response(self.section.status)
    }

    /// Begins the description of a body. What the page stated about it before is kept,
    /// and combined when the operation ends.
    pub(super) fn open_body(&mut self, part: Part, mut body: BodyFact) {
        if self.operation().is_none() {
            return;
        }
        let goes_on = body.is_bare() && self.section.required.is_some();
        let slot = self.bodies.of(part);
        // Rows that are required and rows that aren't are parts of one body.
        if goes_on && slot.is_some() {
            return;
        }
        let before = slot.take();
        if let (true, Some(before)) = (body.is_bare(), &before) {
            body.label.clone_from(&before.label);
            body.type_label.clone_from(&before.type_label);
            body.envelope.clone_from(&before.envelope);
        }
        // A heading that only names the body is not a separate description.
        let is_own = |before: &BodyFact| {
            !before.rows.is_empty() || (!before.is_bare() && unlike(before, &body))
        };
        let is_own = before.as_ref().is_some_and(is_own);
        body.is_optional |= !is_own && before.as_ref().is_some_and(|it| it.is_optional);
        let body = slot.insert(body);
        match before {
            Some(before) if is_own => self.variants.push((part, before)),
            // Words below the statuses, above the body's own heading.
            Some(before) if part == Part::Response(None) => {
                if let Some(operation) = self.operations.last_mut() {
                    let left = add_to_responses(&mut operation.responses, before.description);
                    add_words(&mut operation.description, left);
                }
            }
            Some(before) => {
                let words = std::mem::replace(&mut body.description, before.description);
                add_words(&mut body.description, words);
            }
            None => {}
        }
    }

    /// Removes bodies that the page denies. If it also describes the body, that is a
    /// finding.
    pub(super) fn deny_bodies(&mut self) {
        for (part, denied) in std::mem::take(&mut self.denied) {
            let whole = match part {
                Part::Request(_) => Part::Request(None),
                Part::Response(_) => Part::Response(None),
            };
            let is_shown = self.shows_body(part.direction());
            for part in [whole, part] {
                let Some(slot) = self.bodies.known(part) else {
                    continue;
                };
                let is_optional = |body: &BodyFact| is_shown && says_more(&body.description);
                if slot.as_ref().is_some_and(is_optional) {
                    continue;
                }
                if let Some(none) = slot.take_if(|body| body.is_bare()) {
                    self.keep_words(part, none.description);
                } else if let Some(body) = slot {
                    let described = Place::of(&body.provenance);
                    let finding = Diagnostic::new(
                        rules::BODY_DENIED,
                        Place::of(&denied),
                        "the text states that there is no body, but the page describes one",
                    );
                    self.diagnostics
                        .push(finding.related(described, "the body"));
                    break;
                }
            }
        }
    }

    /// Keeps the other text about a body that doesn't exist.
    fn keep_words(&mut self, part: Part, words: Option<Text>) {
        let words = Some(words).filter(says_more).flatten();
        let Some(operation) = self.operation() else {
            return;
        };
        let left = match part {
            Part::Request(_) => words,
            Part::Response(_) => add_to_responses(&mut operation.responses, words),
        };
        add_words(&mut operation.description, left);
    }

    /// Whether a sample of the operation has a body in this direction.
    fn shows_body(&self, direction: Direction) -> bool {
        let samples = self.operations.last().map(|it| it.samples.iter());
        let mut samples = samples.into_iter().flatten();
        samples.any(|it| it.direction == direction && it.body.is_some())
    }

    /// Combines what the page states about the operation's bodies in several places.
    pub(super) fn join_bodies(&mut self) {
        for (part, first) in std::mem::take(&mut self.variants).into_iter().rev() {
            let direction = part.direction();
            let slot = self.bodies.of(part);
            let Some(last) = slot.take().filter(|last| !last.is_bare()) else {
                *slot = Some(first);
                continue;
            };
            let diagnostic = told(&first, &last, direction);
            if unlike(&first, &last) {
                *slot = Some(last);
                if let Some(operation) = self.operation() {
                    operation.set_aside.push((direction, first));
                }
            } else {
                *slot = Some(joined(first, last));
            }
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Whether the text about a body has more than one sentence.
fn says_more(words: &Option<Text>) -> bool {
    let words = words.as_ref();
    words.is_some_and(|text| sentences::split(text.plain()).nth(1).is_some())
}

/// Whether two descriptions can't be combined: they have different types, or one lists
/// properties that would be added to the other's named type.
fn unlike(first: &BodyFact, last: &BodyFact) -> bool {
    first.said() != last.said()
}

fn told(first: &BodyFact, last: &BodyFact, direction: Direction) -> Diagnostic {
    let what = match direction {
        Direction::Request => "request",
        _ => "response",
    };
    let (rule, of, help) = match unlike(first, last) {
        true => (
            rules::SEVERAL_BODIES,
            format!(": `{}` here, `{}` there", last.said(), first.said()),
            "using the last one; if the other is for another status, or lists parameters, state \
             that in the dialect",
        ),
        false => (
            rules::BODIES_JOINED,
            String::new(),
            "using the properties of both; those that both require are required",
        ),
    };
    let message = format!("found another description of the {what} body{of}");
    Diagnostic::new(rule, Place::of(&last.provenance), message)
        .help(help)
        .related(Place::of(&first.provenance), "the first one")
}

/// A body that is like one of these two. If only one has properties, the other one
/// doesn't contradict it.
fn joined(first: BodyFact, last: BodyFact) -> BodyFact {
    let rows = match (first.rows.is_empty(), last.rows.is_empty()) {
        (false, false) => joined_rows(first.rows, last.rows),
        (true, _) => last.rows,
        (_, true) => first.rows,
    };
    let mut description = first.description;
    add_words(&mut description, last.description);
    BodyFact {
        description,
        rows,
        is_optional: first.is_optional || last.is_optional,
        provenance: first.provenance,
        ..last
    }
}

fn joined_rows(first: Vec<RowFact>, last: Vec<RowFact>) -> Vec<RowFact> {
    let mut rows = first;
    for row in &mut rows {
        let same = last.iter().find(|it| it.name == row.name);
        let both = row.is_required() && same.is_some_and(RowFact::is_required);
        row.required = row.required.map(|_| both);
    }
    for row in last {
        match rows.iter_mut().find(|known| known.name == row.name) {
            Some(known) => {
                known.ty = either(known.ty.take(), row.ty);
                known.rows = match known.rows.is_empty() || row.rows.is_empty() {
                    true => [std::mem::take(&mut known.rows), row.rows].concat(),
                    false => joined_rows(std::mem::take(&mut known.rows), row.rows),
                };
            }
            None => rows.push(RowFact {
                required: row.required.map(|_| false),
                ..row
            }),
        }
    }
    rows
}

/// The type of what is of one of these.
fn either(a: Option<TypeWord>, b: Option<TypeWord>) -> Option<TypeWord> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => Some(TypeWord::Union(vec![a, b])),
        (a, b) => a.or(b),
    }
}
