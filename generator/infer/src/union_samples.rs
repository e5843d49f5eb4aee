//! Samples of unions. They aren't evidence about any member, because observations don't
//! record which member a sample is. But some member's table must allow what they show.

use std::collections::BTreeMap;

use super::{
    contradictions::{fits, kinds_of},
    evidence::{Evidence, Observation},
    observe::is_union,
    shape::Shape,
    slots::Slot,
    store::Decisions,
    words,
};
use docwright_model::{
    Type,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{dialect::TypeWord, extract::TypeFact};

/// Reports properties for which samples of a union show a type that no member has.
pub fn check(evidence: &Evidence<'_>, decisions: &Decisions<'_>) -> Vec<Diagnostic> {
    let of_slots = decisions.slots.values().flatten();
    let all = of_slots.chain(decisions.bodies.values());
    let mut found = BTreeMap::new();
    for observation in all.flat_map(|decision| &decision.observations) {
        let Some(fact) = evidence.own.get(&observation.named_type) else {
            continue;
        };
        if !is_union(fact) {
            continue;
        }
        for (name, shape) in &observation.object.keys {
            let key = (&*observation.named_type, &**name);
            if !found.contains_key(&key)
                && let Some(finding) =
                    property(observation, name, shape, fact, (evidence, decisions))
            {
                found.insert(key, finding);
            }
        }
    }
    found.into_values().collect()
}

/// Reports one property if some member has it, but none with a type that fits.
fn property(
    observation: &Observation,
    name: &str,
    shape: &Shape,
    fact: &TypeFact,
    (evidence, decisions): (&Evidence<'_>, &Decisions<'_>),
) -> Option<Diagnostic> {
    let documented = members(fact).filter_map(|member| {
        let slots = &evidence.by_name.get(member)?.slots;
        let at = slots.position(name)?;
        let decision = decisions.slots.get(member)?.get(at)?;
        Some((member, slots.get(at)?, &decision.ty))
    });
    let documented: Vec<(&str, &Slot<'_>, &Type)> = documented.collect();
    let fits_one = |(_, _, ty): &(&str, &Slot<'_>, &Type)| fits(ty, kinds_of(ty, evidence), shape);
    if documented.iter().any(fits_one) {
        return None;
    }
    let (member, slot, ty) = *documented.first()?;
    let row = slot.rows.first()?;
    let shown = shape.words();
    let union = &observation.named_type;
    let message =
        format!("`{member}.{name}` is `{ty}`, but samples of the union `{union}` show {shown}");
    let help =
        format!("treated as `{ty}`; confirm that, or set the correct type, in corrections.toml");
    let at = Place::of(&row.provenance).words([slot.name.as_str(), row.type_cell.as_str()]);
    let finding = Diagnostic::new(rules::SAMPLE_AGAINST_TABLE, at, message)
        .related(Place::of(&observation.place), "the sample")
        .help(help);
    let why = format!("The table states {ty}, but samples show {shown}.");
    Some(finding.confirmed_by(&format!("{member}.{name}"), ty, &why))
}

/// The names of the types that are members of a union.
fn members(fact: &TypeFact) -> impl Iterator<Item = &str> {
    let aliased = match &fact.alias {
        Some(TypeWord::Union(words)) => words.as_slice(),
        _ => &[],
    };
    let words = fact.members.iter().map(|member| &member.ty).chain(aliased);
    words.filter_map(words::named)
}
