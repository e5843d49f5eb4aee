//! Types that tables describe outside of bodies: types with their own headings, and types
//! of nested rows.

use std::collections::BTreeMap;

use super::{
    evidence::{Evidence, Observation},
    names,
    own::own_name,
    shape::Shape,
    slots::Slot,
    words,
};
use docwright_model::{
    Direction, Known, Provenance,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::{PageFacts, RowFact},
};

impl<'f> Evidence<'f> {
    /// Enters the types that have their own headings.
    pub fn add_types(&mut self, pages: &'f [PageFacts], dialect: &Dialect) {
        for fact in pages.iter().flat_map(|page| &page.types) {
            let name = own_name(fact, dialect);
            let body = &fact.body;
            let is_nothing = name.is_empty() || self.of_two_things.contains(&name);
            if is_nothing || (body.rows.is_empty() && fact.samples.is_empty()) {
                continue;
            }
            if let Some(text) = &body.description {
                let known = self.descriptions.entry(name.clone());
                known.or_insert_with(|| text.clone());
            }
            self.describe_by(name.clone(), &body.rows, &body.provenance, Direction::Both);
            if body.rows.is_empty()
                && let Some(named_type) = self.by_name.get_mut(&name)
            {
                named_type.known = Known::Sampled;
            }
            self.pages_own.insert(name);
        }
    }

    /// Adds what samples of such types show to their properties.
    pub fn show_types(&mut self, pages: &[PageFacts], dialect: &Dialect) {
        for fact in pages.iter().flat_map(|page| &page.types) {
            for sample in &fact.samples {
                let shape = sample.body.as_ref();
                let shape = shape.map(|body| Shape::of(body));
                if let Some(object) = shape.and_then(|shape| shape.object) {
                    self.observe(&Observation {
                        named_type: own_name(fact, dialect),
                        object,
                        place: sample.provenance.clone(),
                        direction: Direction::Both,
                    });
                }
            }
        }
    }

    /// Names and enters the types whose properties are described by rows below a row.
    pub fn name_nested(&mut self) {
        let mut open: Vec<String> = self.by_name.keys().rev().cloned().collect();
        while let Some(owner) = open.pop() {
            for at in 0..self.by_name[&owner].slots.len() {
                let slot = &self.by_name[&owner].slots[at];
                let described = |row: &&RowFact| !row.rows.is_empty();
                let rows: Vec<&'f RowFact> = slot.rows.iter().copied().filter(described).collect();
                if rows.is_empty() || slot.inner.is_some() {
                    continue;
                }
                let direction = slot.direction;
                let name = self.inner_name(&owner, slot, &rows);
                for row in rows {
                    self.describe_by(name.clone(), &row.rows, &row.provenance, direction);
                }
                if let Some(named_type) = self.by_name.get_mut(&owner) {
                    named_type.slots.at(at).inner = Some(name.clone());
                }
                open.push(name);
            }
        }
    }

    /// The name of a value's type: the name in its type cell; else the property's name,
    /// unless a type with other properties has it; else the owner's name followed by the
    /// property's.
    fn inner_name(&self, owner: &str, slot: &Slot<'_>, rows: &[&RowFact]) -> String {
        let words = || rows.iter().filter_map(|row| row.ty.as_ref());
        if let Some(name) = words().find_map(words::named) {
            return name.to_owned();
        }
        let hint = names::type_name(&slot.name);
        let is_array = words().any(|word| matches!(word, TypeWord::Array(_)));
        let hint = match is_array {
            true => names::singular(&hint),
            false => hint,
        };
        // The content of an envelope is named after the envelope, so that the name is
        // unique.
        if self.by_name.get(owner).is_some_and(|it| it.is_open) {
            return format!("{owner}{hint}");
        }
        let properties = || rows.iter().flat_map(|row| &row.rows);
        let same = self.by_name.get(&hint).is_none_or(|named_type| {
            let has = |row: &RowFact| named_type.slots.iter().any(|slot| slot.name == row.name);
            properties().all(has)
        });
        match same {
            true => hint,
            false => format!("{owner}{hint}"),
        }
    }
}

/// Types that several pages describe: their properties are combined.
pub fn repeated(pages: &[PageFacts], dialect: &Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, &Provenance> = BTreeMap::new();
    for fact in pages.iter().flat_map(|page| &page.types) {
        let name = own_name(fact, dialect);
        let here = &fact.body.provenance;
        // Types without a name are not one type.
        if name.is_empty() {
            continue;
        }
        if let Some(there) = first.get(&name) {
            diagnostics.push(
                Diagnostic::new(
                    rules::REPEATED_TYPE,
                    Place::of(here),
                    format!("found the type `{name}` a second time"),
                )
                .help("the properties of both descriptions are combined")
                .related(Place::of(there), "documented first"),
            );
        } else {
            first.insert(name, here);
        }
    }
}
