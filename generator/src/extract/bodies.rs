//! Bodies that a page describes more than once: in several sections, by
//! variants (`Body (of a boat)`, `Body (of a ship)`) or by statuses.

use super::{BodyFact, RowFact, Walk};
use crate::{
    diagnostic::{Diagnostic, Place, rules},
    dialect::TypeWord,
    model::{Direction, Provenance},
};

/// The bodies of an operation, as far as its page has described them: those of its
/// request and of its response of success.
#[derive(Debug, Default)]
pub struct Bodies {
    pub request: Option<BodyFact>,
    pub response: Option<BodyFact>,
}

impl Bodies {
    /// The body of one side.
    pub fn of(&mut self, direction: Direction) -> &mut Option<BodyFact> {
        match direction {
            Direction::Request => &mut self.request,
            _ => &mut self.response,
        }
    }
}

impl Walk<'_> {
    /// Begins the description of a body. What the page said of it before is
    /// kept, to be put together when the operation ends.
    pub(super) fn open_body(&mut self, direction: Direction, mut body: BodyFact) {
        if self.operation().is_none() {
            return;
        }
        let slot = self.bodies.of(direction);
        let before = slot.take();
        if let (true, Some(before)) = (body.is_bare(), &before) {
            body.label.clone_from(&before.label);
            body.type_label.clone_from(&before.type_label);
        }
        // A heading that only names the body is no description of its own.
        let before = before.filter(|before| {
            !before.rows.is_empty() || (!before.is_bare() && unlike(before, &body))
        });
        *slot = Some(body);
        if let Some(before) = before {
            self.variants.push((direction, before));
        }
    }

    /// Puts together what the page says of the operation's bodies in several
    /// places.
    pub(super) fn join_bodies(&mut self) {
        for (direction, first) in std::mem::take(&mut self.variants).into_iter().rev() {
            let slot = self.bodies.of(direction);
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

/// Whether two descriptions can't be put together: one is of another type than
/// the other, or lists properties that the type by the other's name would get.
fn unlike(first: &BodyFact, last: &BodyFact) -> bool {
    first.said() != last.said()
}

fn told(first: &BodyFact, last: &BodyFact, direction: Direction) -> Diagnostic {
    let what = match direction {
        Direction::Request => "request",
        _ => "answer",
    };
    let (rule, of, help) = match unlike(first, last) {
        true => (
            rules::SEVERAL_BODIES,
            format!(": `{}` here, `{}` there", last.said(), first.said()),
            "the last one is taken; if the other is an answer of another status, or lists \
             parameters, say so in the dialect",
        ),
        false => (
            rules::BODIES_JOINED,
            String::new(),
            "the properties of both are put together, and those are required that both require",
        ),
    };
    let message = format!("found another description of the {what}'s body{of}");
    Diagnostic::new(rule, place(&last.provenance), message)
        .help(help)
        .related(place(&first.provenance), "the first one")
}

fn place(provenance: &Provenance) -> Place {
    let position = provenance.position.unwrap_or_default();
    Place::at(&*provenance.page, position)
}

/// A body that is like one of these two. Where only one has properties, the
/// other says nothing of them.
fn joined(first: BodyFact, last: BodyFact) -> BodyFact {
    let rows = match (first.rows.is_empty(), last.rows.is_empty()) {
        (false, false) => joined_rows(first.rows, last.rows),
        (true, _) => last.rows,
        (_, true) => first.rows,
    };
    BodyFact {
        description: first.description.or(last.description),
        rows,
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
