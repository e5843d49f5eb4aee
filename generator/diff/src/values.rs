//! Compares the values of two enums that are counterparts.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet, VecDeque},
};

use super::{collect::Comparison, members::At, operations::change, relate::is_stated, rules::the};
use docwright_model::{EnumValue, Literal};

impl<'a> Comparison<'a> {
    /// The values that were removed, added, or spelled differently.
    pub(super) fn values(&mut self, at: &At<'a>, old: &'a [EnumValue], new: &'a [EnumValue]) {
        let set = |values: &'a [EnumValue]| -> HashSet<&Literal> {
            values.iter().map(|it| &it.value).collect()
        };
        let (of_old, of_new) = (set(old), set(new));
        let letters = |it: &EnumValue| it.value.text().to_ascii_lowercase();
        let mut added: Vec<_> = new.iter().map(Some).collect();
        let mut by_letters: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, is) in added.iter_mut().enumerate() {
            match is.filter(|it| !of_old.contains(&it.value)) {
                Some(is) => by_letters.entry(letters(is)).or_default().push_back(at),
                None => *is = None,
            }
        }
        let mut changes = Vec::new();
        for was in old.iter().filter(|it| !of_new.contains(&it.value)) {
            let respelled = by_letters.get_mut(&letters(was));
            let respelled = respelled.and_then(VecDeque::pop_front);
            match respelled.and_then(|at| added[at].take()) {
                Some(is) => changes.push(("enum-value-respelled", Some(was), Some(is))),
                None => changes.push(("enum-value-removed", Some(was), None)),
            }
        }
        let added = added.into_iter().flatten();
        changes.extend(added.map(|is| ("enum-value-added", None, Some(is))));
        let is_stated = is_stated(at.old.known) && is_stated(at.new.known);
        for (rule, was, is) in changes {
            let value = is.or(was).map_or(Cow::Borrowed(""), |it| it.value.text());
            let subject = format!("{}.{value}", at.new.name);
            let place = at.new.provenance.first();
            let text = |it: Option<&EnumValue>| it.map(|it| it.value.text().into_owned());
            if is_stated {
                let mut change = change(the(rule), subject);
                if rule == "enum-value-respelled" {
                    (change.old, change.new) = (text(was), text(is));
                }
                change.direction = at.direction;
                change.old_place = at.old.provenance.first().cloned();
                change.new_place = place.cloned();
                self.reaching(at, change);
            } else {
                self.correction(subject, text(was), text(is), place);
            }
        }
        let texts =
            |it: &'a [EnumValue]| -> Vec<_> { it.iter().map(|it| it.value.text()).collect() };
        let (was, is) = (texts(old), texts(new));
        let subject = || format!("{} values", at.new.name);
        self.order(
            subject,
            was.iter().map(Cow::as_ref),
            is.iter().map(Cow::as_ref),
            at.new.provenance.first(),
        );
    }
}
