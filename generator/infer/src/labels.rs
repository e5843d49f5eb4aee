//! Labels in type cells that cannot be right.
//!
//! A generator of pages that has no name for a type may print another's. It
//! shows: the label also heads tables that have little in common, or names the
//! body of answers that have none, or samples show other properties where it
//! stands than at the property that it is named after. Where such a label belongs to a type that no
//! page describes, it is no evidence but that the value is an object, save at
//! properties whose own names have to do with it.
//!
//! A label that merely stands at properties of several names proves nothing:
//! `Person` may well be the type of `Owner` and of `Sender`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    evidence::{Evidence, Refuted, Shown},
    names,
    operation::{Operation, Part},
};
use docwright_model::{Direction, Known};
use docwright_read::dialect::TypeWord;

/// Answers without content that name a type by mistake happen; from this number
/// on it is a habit.
const HABIT: usize = 3;

/// Finds the labels that cannot be right.
pub fn refuted(evidence: &Evidence<'_>, shown: &[Shown<'_>]) -> Refuted {
    let unlike: BTreeSet<&str> = over_unlike_samples(evidence, shown).collect();
    let is_misprinted = |label: &str| evidence.misprinted.contains(label) || unlike.contains(label);
    let described = |label: &str| {
        let named_type = evidence.by_name.get(label);
        named_type.is_some_and(|named_type| named_type.known < Known::Sampled)
    };
    // By convention a property is named after its type: where it has the name of another
    // type, even a type that is described somewhere is hardly meant.
    let is_a_name = |hint: &str| evidence.by_name.contains_key(hint);
    let mut refuted = Refuted::new();
    for slot in evidence
        .by_name
        .values()
        .flat_map(|named_type| &named_type.slots)
    {
        for row in &slot.rows {
            if let Some(TypeWord::Named(label)) = &row.ty
                && is_misprinted(label)
                && (!described(label) || is_a_name(&names::type_name(&slot.name)))
                && !is_akin(label, &slot.name)
            {
                refuted.insert((label.clone(), slot.name.clone()));
            }
        }
    }
    refuted
}

/// Labels of bodies that pages print where they mean no type.
pub fn misprinted(evidence: &Evidence<'_>, operations: &[Operation<'_>]) -> BTreeSet<String> {
    let mut empty: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, body) in &evidence.bodies {
        if let (Direction::Response, Some(TypeWord::Named(label))) = (key.direction, &body.word)
            && body.fact.rows.is_empty()
            && key.part == Part::Main
            && operations[key.operation].only_answers_without_content()
        {
            *empty.entry(label).or_default() += 1;
        }
    }
    let habits = empty.into_iter().filter(|(_, count)| *count >= HABIT);
    let names = evidence.homonyms.keys().map(String::as_str);
    let labels = names.chain(habits.map(|(label, _)| label));
    labels.map(str::to_owned).collect()
}

/// Labels over samples of objects that have little in common with those at the
/// properties which the labels are named after.
fn over_unlike_samples<'c>(
    evidence: &'c Evidence<'_>,
    shown: &'c [Shown<'_>],
) -> impl Iterator<Item = &'c str> {
    let mut keys: BTreeMap<&'c str, [Vec<BTreeSet<&'c str>>; 2]> = BTreeMap::new();
    for (body, shape, _) in shown {
        let named_type = evidence.bodies[body].named_type.as_ref();
        let Some(named_type) = named_type.and_then(|(name, _)| evidence.by_name.get(name)) else {
            continue;
        };
        for (name, inner) in shape.some_object().iter().flat_map(|object| &object.keys) {
            let (Some(at), Some(object)) = (named_type.slots.position(name), inner.some_object())
            else {
                continue;
            };
            for word in named_type.slots[at].votes.words() {
                if let TypeWord::Named(label) = word {
                    let side = usize::from(is_akin(label, name));
                    keys.entry(label).or_default()[side].push(object.names().collect());
                }
            }
        }
    }
    let unlike = keys.into_iter().filter(|(_, [others, akin])| {
        let own: BTreeSet<&str> = akin.iter().flatten().copied().collect();
        let mut others = others.iter();
        !own.is_empty()
            && others.any(|other| {
                let common = other.iter().filter(|key| own.contains(*key)).count();
                2 * common < other.len()
            })
    });
    unlike.map(|(label, _)| label)
}

/// Whether a property's name has to do with a label: one contains the other.
pub fn is_akin(label: &str, name: &str) -> bool {
    let (label, name) = (label.to_ascii_lowercase(), name.to_ascii_lowercase());
    label.contains(&name) || name.contains(&label)
}
