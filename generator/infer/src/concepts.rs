//! Properties that have the same type everywhere: evidence for places without other
//! evidence.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    decide,
    evidence::{Concepts, Evidence},
};
use docwright_model::{Known, Type};
use docwright_read::dialect::Dialect;

/// How many types must have a property with the same name and type before it counts as a
/// concept of the API.
const ENOUGH: usize = 2;

/// Collects the properties that have the same type wherever their type is known. Only
/// types that contain named types count: two strings with the same name prove nothing.
/// Types that only samples show don't count as evidence.
pub fn collect(evidence: &Evidence<'_>, dialect: &Dialect) -> Concepts {
    let all = evidence.by_name.par_iter();
    let decided = all.map(|(owner, named_type)| {
        let slots = named_type.slots.iter();
        let decided = slots.map(|slot| (slot, decide::decide(slot, owner, evidence, dialect)));
        let known = decided.filter(|(_, decision)| decision.known != Known::Unknown);
        let types = known.map(|(slot, decision)| {
            let is_stated = decision.known < Known::Sampled;
            (slot.name.as_str(), decision.ty, is_stated)
        });
        types.collect::<Vec<_>>()
    });
    let decided: Vec<_> = decided.collect();
    let mut seen: BTreeMap<&str, (BTreeSet<Type>, usize)> = BTreeMap::new();
    for (name, ty, is_stated) in decided.into_iter().flatten() {
        let (types, count) = seen.entry(name).or_default();
        types.insert(ty);
        *count += usize::from(is_stated);
    }
    let concepts = seen.into_iter().filter_map(|(name, (types, count))| {
        let mut types = types.into_iter();
        let only = types.next().filter(|_| types.next().is_none())?;
        let is_said = only.named().is_some_and(|named| evidence.is_said(named));
        (count >= ENOUGH && is_said).then(|| (name.to_owned(), only))
    });
    concepts.collect()
}
