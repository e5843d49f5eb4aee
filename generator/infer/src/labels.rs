//! Labels in type cells that cannot be right.
//!
//! If a generator of pages has no name for a type, it may print the name of another one.
//! The signs of this: the label is also above tables that have little in common, or names
//! the body of responses that have none, or samples at its places show other properties
//! than at the property that it is named after. If no page describes the type of such a
//! label, the label only proves that the value is an object, except at properties with a
//! similar name.
//!
//! A label at properties with several names is not a sign: `Person` may well be the type
//! of `Owner` and of `Sender`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    evidence::{Evidence, Refuted, Shown},
    names,
    operation::{Operation, Part},
};
use docwright_model::{Direction, Known};
use docwright_read::dialect::TypeWord;

/// Some responses without content name a type by mistake; from this number on, it is
/// systematic.
const HABIT: usize = 3;

/// Finds the labels that cannot be right.
pub fn refuted(evidence: &Evidence<'_>, shown: &[Shown<'_>]) -> Refuted {
    let unlike: BTreeSet<&str> = over_unlike_samples(evidence, shown).collect();
    let is_misprinted = |label: &str| evidence.misprinted.contains(label) || unlike.contains(label);
    let described = |label: &str| {
        let named_type = evidence.by_name.get(label);
        named_type.is_some_and(|named_type| named_type.known < Known::Sampled)
    };
    // By convention a property is named after its type: if it has the name of another
    // type, the label is probably wrong, even if it is a described type.
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

/// Labels of bodies that pages also print where they aren't types.
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

/// Labels at samples of objects that have little in common with those at properties with
/// the label's name.
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

/// Whether the name of a property is related to a label: one contains the other.
pub fn is_akin(label: &str, name: &str) -> bool {
    let (label, name) = (label.to_ascii_lowercase(), name.to_ascii_lowercase());
    label.contains(&name) || name.contains(&label)
}
