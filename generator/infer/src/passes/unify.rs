//! Merges equal enums and unions into one, names it, and makes the decisions refer to it.

use std::mem;

use crate::{
    bases,
    decide::Decision,
    enums::Enums,
    evidence::Evidence,
    names, parameters,
    rule::Rule,
    slots::Slot,
    store::Store,
    unify::{Spot, Unified, with_heart},
};
use docwright_model::{Known, Literal, Type};
use docwright_read::{dialect::TypeWord, extract::RowFact};

/// Runs the pass.
pub fn run(mut store: Store<'_>) -> Store<'_> {
    let (pages, dialect) = (store.input.pages, store.input.dialect);
    let evidence = &store.evidence;
    let mut unified = Unified {
        enums: Enums::collect(&store.operations, pages, evidence, dialect),
        ..Unified::default()
    };
    unified.add_pages_own(evidence, &mut store.diagnostics);
    unified.bases = bases::of(evidence, dialect, &mut store.diagnostics);
    let mut decisions = mem::take(&mut store.decisions);
    for (owner, named_type) in &evidence.by_name {
        let decided = decisions.slots.get_mut(owner).into_iter().flatten();
        for (slot, decision) in named_type.slots.iter().zip(decided) {
            name_heart(decision, owner, &slot.name, evidence, &mut unified);
            listed_values(slot, decision, owner, evidence, &mut unified);
            described_enum(slot, decision, &unified);
        }
    }
    for (key, decision) in &mut decisions.bodies {
        let owner = store.operations.get(key.operation);
        let owner = owner.map_or("", |operation| operation.name.as_str());
        name_heart(decision, owner, "Body", evidence, &mut unified);
    }
    for (index, operation) in store.operations.iter().enumerate() {
        let rows = operation.facts.parameters.iter().map(|(_, row)| row);
        let decided = parameters::decide(operation, rows, evidence, &mut unified);
        decisions.parameters.push(decided);
        for (at, response) in operation.facts.responses.iter().enumerate() {
            if !response.headers.is_empty() {
                let rows = response.headers.iter();
                let decided = parameters::decide(operation, rows, evidence, &mut unified);
                decisions.response_headers.insert((index, at), decided);
            }
        }
    }
    store.decisions = decisions;
    store.unified = unified;
    store
}

/// Names the enum or union inside a type.
fn name_heart(
    decision: &mut Decision<'_>,
    owner: &str,
    name: &str,
    evidence: &Evidence<'_>,
    unified: &mut Unified,
) {
    let (Some(word), Some(place)) = (decision.heart.take(), decision.because.first()) else {
        return;
    };
    let one;
    let name = match &decision.ty {
        Type::Array(_) => {
            one = names::singular(&names::type_name(name));
            &one
        }
        _ => name,
    };
    let spot = Spot { owner, name, place };
    let named = unified.type_of(&word, spot, evidence);
    decision.ty = with_heart(&decision.ty, named);
}

/// A string or integer whose description lists its values is an enum.
fn listed_values(
    slot: &Slot<'_>,
    decision: &mut Decision<'_>,
    owner: &str,
    evidence: &Evidence<'_>,
    unified: &mut Unified,
) {
    let lists = |row: &&&RowFact| !row.values.is_empty();
    let Some(row) = slot.rows.iter().find(lists) else {
        return;
    };
    if !may_be_enum(&decision.ty) {
        return;
    }
    let values: Vec<Literal> = row.values.iter().map(|fact| fact.value.clone()).collect();
    let place = &row.provenance;
    let spot = Spot {
        owner,
        name: &slot.name,
        place,
    };
    let named = unified.enum_of(&values, spot, evidence);
    if let Some(name) = named.named() {
        unified.enums.describe(name, &row.values);
    }
    decision.ty = with_heart(&decision.ty, named);
    decision.known = Known::Documented;
    decision.rule = Rule::Cells;
    if !decision.because.contains(place) {
        decision.because.insert(0, place.clone());
    }
}

/// Whether the innermost type can be an enum.
fn may_be_enum(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Int32 | Type::Int64 | Type::Any => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => may_be_enum(inner),
        _ => false,
    }
}

/// A string is an enum if its description names the enum, or if its type cell names an
/// enum that only a parameter documents.
fn described_enum(slot: &Slot<'_>, decision: &mut Decision<'_>, unified: &Unified) {
    if decision.ty != Type::String {
        return;
    }
    let mut words = slot.votes.words();
    let named = words.find_map(|word| match word {
        TypeWord::Named(name) => unified.enums.get(name),
        _ => None,
    });
    let descriptions = slot.rows.iter().map(|row| row.description.as_ref());
    let found = named.or_else(|| unified.enums.named_in(descriptions.flatten().next()));
    if let Some(found) = found {
        decision.ty = Type::Named(found.name.clone());
        decision.known = match named.is_some() {
            true => Known::Documented,
            false => Known::Matched,
        };
        decision.rule = Rule::DescriptionNamesEnum;
        decision.because.extend(found.provenance.first().cloned());
        if named.is_some() {
            decision.overruled = None;
        }
    }
}
