//! What single pages state about whole bodies: whether they describe them, and with which
//! type.

use super::{
    At,
    explained::Explained,
    word,
    words::{contradict, understanding},
};
use crate::{
    Noise, NoiseKind,
    collect::{Comparison, noise},
    finding::Change,
    operations::change,
    rules::the,
};
use docwright_model::{Direction, Operation, Type};
use docwright_read::{
    dialect::TypeWord,
    extract::{BodyFact, OperationFacts},
};

impl<'a> Comparison<'a> {
    /// One of the two bodies of an operation.
    pub(super) fn bodies(
        &mut self,
        (old, new): (&'a Operation, &'a Operation),
        (of_old, of_new): (&'a OperationFacts, &'a OperationFacts),
        direction: Direction,
        explained: &mut Option<Explained>,
    ) {
        let (was, is) = (of_old.body(direction), of_new.body(direction));
        let (had, has) = (body_type(old, direction), body_type(new, direction));
        let (Some(_), Some(ty)) = (had, has) else {
            if had == has {
                self.label_of_nothing(new, was, is);
            }
            return;
        };
        let at = At {
            operation: new,
            direction,
            of: ty.named(),
        };
        // A body without a table has no rows to lose, and a body that only a sample shows
        // isn't documented.
        let is_table = |body: Option<&BodyFact>| body.is_some_and(|it| !it.rows.is_empty());
        let is_said = |body: Option<&BodyFact>| body.is_some_and(|it| !it.is_bare());
        let is_lost = |a, b| is_said(a) && !is_said(b) || is_table(a) && !is_table(b);
        let rule = match (is_lost(was, is), is_lost(is, was)) {
            (true, _) => "body-undocumented",
            (_, true) => "body-documented",
            (false, false) => {
                if let (Some(was), Some(is)) = (was, is) {
                    self.label(&at, was, is, explained);
                    self.rows(&at, &was.rows, &is.rows, explained);
                    self.set_aside(&at, (of_old, was), (of_new, is), explained);
                }
                return;
            }
        };
        if self.is_explained(&at, "", explained) {
            return;
        }
        let change = Change {
            old_place: was.map(|it| it.provenance.clone()),
            new_place: is.map(|it| it.provenance.clone()),
            direction,
            ..change(the(rule), word(direction).to_owned())
        };
        self.found(change, new);
    }

    /// Records what headings state about the body of a response without one.
    fn label_of_nothing(
        &mut self,
        of: &Operation,
        was: Option<&'a BodyFact>,
        is: Option<&'a BodyFact>,
    ) {
        let said = |it: Option<&BodyFact>| {
            let words = it.map(|it| it.said().to_owned());
            words.filter(|it| !it.is_empty())
        };
        let (old, new) = (said(was), said(is));
        if old != new {
            let subject = format!("{} response", of.uid);
            let place = is.or(was).map(|it| &it.provenance);
            self.noise.push(Noise {
                old,
                new,
                ..noise(NoiseKind::Label, subject, place)
            });
        }
    }

    /// The type that a heading gives a body.
    fn label(
        &mut self,
        at: &At<'a>,
        was: &'a BodyFact,
        is: &'a BodyFact,
        explained: &mut Option<Explained>,
    ) {
        let words = (
            self.tables.0.label(was, at.direction),
            self.tables.1.label(is, at.direction),
        );
        let rule = match (&words.0, &words.1) {
            (Some(old), Some(new)) if self.is_another(old, new) => "body-type-contradicted",
            (Some(_), Some(_)) => return,
            // The heading of a request may only have a name.
            _ if at.direction == Direction::Request && was.type_label.is_empty() => return,
            (old, new) => {
                let said = (was.said(), is.said());
                match understanding(said, (old.is_some(), new.is_some())) {
                    Some(rule) => rule,
                    None => return,
                }
            }
        };
        if self.is_explained(at, "", explained) {
            return;
        }
        let change = Change {
            old: Some(was.said().to_owned()),
            new: Some(is.said().to_owned()),
            old_place: Some(was.provenance.clone()),
            new_place: Some(is.provenance.clone()),
            direction: at.direction,
            ..change(the(rule), word(at.direction).to_owned())
        };
        self.found(change, at.operation);
    }

    /// Whether two words can't mean the same type.
    fn is_another(&self, old: &TypeWord, new: &TypeWord) -> bool {
        match (old, new) {
            // If one name disappears and the other appears, a type was renamed.
            (TypeWord::Named(old), TypeWord::Named(new)) => {
                old != new && (self.new.schema(old).is_some() || self.old.schema(new).is_some())
            }
            _ => contradict(Some(old), Some(new)),
        }
    }

    /// Descriptions of a body that contradict the used one: those that were added, and
    /// those that were removed.
    fn set_aside(
        &mut self,
        at: &At<'a>,
        (of_old, was): (&'a OperationFacts, &'a BodyFact),
        (of_new, is): (&'a OperationFacts, &'a BodyFact),
        explained: &mut Option<Explained>,
    ) {
        let others = |facts: &'a OperationFacts| {
            let all = facts.set_aside.iter();
            let these = all.filter(|(direction, _)| *direction == at.direction);
            these.map(|(_, body)| body).collect::<Vec<_>>()
        };
        let (mut gone, mut come) = (others(of_old), others(of_new));
        gone.retain(|old| {
            let same = come.iter().position(|new| new.said() == old.said());
            if let Some(new) = same.map(|index| come.remove(index)) {
                let inner = At { of: None, ..*at };
                self.rows(&inner, &old.rows, &new.rows, explained);
            }
            same.is_none()
        });
        for index in 0..gone.len().max(come.len()) {
            // If nothing was set aside, all descriptions agreed.
            let old = gone.get(index).copied().unwrap_or(was);
            let new = come.get(index).copied().unwrap_or(is);
            let words = (
                self.tables.0.label(old, at.direction),
                self.tables.1.label(new, at.direction),
            );
            let is_another = match words {
                (Some(old), Some(new)) => self.is_another(&old, &new),
                _ => true,
            };
            match is_another {
                true => self.label(at, old, new, explained),
                false => self.noise.push(Noise {
                    old: Some(old.said().to_owned()),
                    new: Some(new.said().to_owned()),
                    ..noise(
                        NoiseKind::Label,
                        format!("{} {}", at.operation.uid, word(at.direction)),
                        Some(&new.provenance),
                    )
                }),
            }
        }
    }
}

fn body_type(operation: &Operation, direction: Direction) -> Option<&Type> {
    match direction {
        Direction::Response => {
            let mut bodies = operation.responses.iter().filter_map(|it| it.body.as_ref());
            bodies.next().map(|it| &it.ty)
        }
        _ => operation.request.as_ref().map(|it| &it.ty),
    }
}
