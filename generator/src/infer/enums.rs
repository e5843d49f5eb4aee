//! Enums: sets of values that parameters and pages of their own document, their
//! names, and the properties that mean the same.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::{evidence::Evidence, names, nested, operation::Operation, slots::Slot};
use crate::{
    dialect::{Dialect, TypeWord},
    extract::{PageFacts, RowFact, TypeFact},
    model::{Literal, Provenance, Text},
};

/// An enum that some parameter or page documents.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name: a word of the parameter's description, or made from the
    /// parameter's name.
    pub name: String,
    /// What the pages say of it.
    pub description: Option<Text>,
    /// Its values, in page order.
    pub values: Vec<Literal>,
    /// What the pages say of its values.
    pub descriptions: BTreeMap<Literal, Text>,
    /// The places that document it.
    pub provenance: Vec<Provenance>,
    /// Whether descriptions call it by this name.
    named: bool,
}

/// All enums of an API, by name.
#[derive(Debug, Default)]
pub struct Enums {
    by_name: BTreeMap<String, Enum>,
}

impl Enums {
    /// Collects the enums that pages and parameters document. Their names must
    /// not be those of other types.
    pub fn collect(
        operations: &[Operation<'_>],
        pages: &[PageFacts],
        evidence: &Evidence<'_>,
        dialect: &Dialect,
    ) -> Self {
        let mut enums = Self::default();
        for fact in pages.iter().flat_map(|page| &page.types) {
            enums.add_type(fact, evidence, dialect);
        }
        let properties = Properties::new(evidence);
        let namesakes = Namesakes::new(evidence);
        let mut of_properties = Vec::new();
        for operation in operations {
            for (_, row) in &operation.facts.parameters {
                let Some(TypeWord::Enum(values)) = &row.ty else {
                    continue;
                };
                match properties.of(row) {
                    Some(property) => of_properties.push((property, row, values)),
                    None => {
                        let said = said_name(row, operation, &namesakes);
                        enums.add(operation, row, values, evidence, said);
                    }
                }
            }
        }
        // What is a property elsewhere has its enum, which others may document.
        for ((owner, slot), row, values) in of_properties {
            let descriptions = slot.rows.iter().map(|row| row.description.as_ref());
            let named = enums.named_in(descriptions.flatten().next());
            let named = named.filter(|known| known.values == *values);
            let name = match named.map(|known| known.name.clone()) {
                Some(name) => name,
                None => enums.of_property(owner, &slot.name, values, &row.provenance),
            };
            let known = enums.by_name.get_mut(&name);
            if let Some(known) = known.filter(|it| !it.provenance.contains(&row.provenance)) {
                known.provenance.push(row.provenance.clone());
            }
        }
        enums
    }

    /// An enum that a page describes by itself, under the name by which type
    /// cells call it.
    fn add_type(&mut self, fact: &TypeFact, evidence: &Evidence<'_>, dialect: &Dialect) {
        let name = nested::own_name(fact, dialect);
        if fact.values.is_empty() || evidence.by_name.contains_key(&name) {
            return;
        }
        let known = self.by_name.entry(name.clone()).or_insert_with(|| Enum {
            name,
            description: fact.body.description.clone(),
            values: Vec::new(),
            descriptions: BTreeMap::new(),
            provenance: vec![fact.body.provenance.clone()],
            named: true,
        });
        for value in &fact.values {
            if !known.values.contains(&value.value) {
                known.values.push(value.value.clone());
            }
            if let Some(text) = &value.description {
                let described = known.descriptions.entry(value.value.clone());
                described.or_insert_with(|| text.clone());
            }
        }
    }

    fn add(
        &mut self,
        operation: &Operation<'_>,
        row: &RowFact,
        values: &[Literal],
        evidence: &Evidence<'_>,
        said: Option<String>,
    ) {
        let named = said.is_some();
        let plain = said.unwrap_or_else(|| names::type_name(&row.name));
        let owner = names::operation_name(&operation.uid);
        // The same name with other values, or another type's, is another enum.
        let other = |known: &Enum| known.values != values;
        let taken = evidence.by_name.contains_key(&plain);
        let name = match self.by_name.get(&plain) {
            Some(known) if other(known) => format!("{owner}{plain}"),
            _ if taken => format!("{owner}{plain}"),
            _ => plain,
        };
        let entry = self.by_name.entry(name.clone()).or_insert_with(|| Enum {
            name,
            description: None,
            values: values.to_vec(),
            descriptions: BTreeMap::new(),
            provenance: Vec::new(),
            named,
        });
        entry.named |= named;
        entry.provenance.push(row.provenance.clone());
    }

    /// The name of the enum of a property whose own words list its values.
    pub fn of_property(
        &mut self,
        owner: &str,
        property: &str,
        values: &[Literal],
        place: &Provenance,
    ) -> String {
        let name = format!("{owner}{}", names::type_name(property));
        let entry = self.by_name.entry(name.clone()).or_insert_with(|| Enum {
            name: name.clone(),
            description: None,
            values: values.to_vec(),
            descriptions: BTreeMap::new(),
            provenance: vec![place.clone()],
            named: false,
        });
        entry.name.clone()
    }

    /// The enum with just these values that a parameter documents.
    pub fn with_values(&self, row: &RowFact, values: &[Literal]) -> Option<&Enum> {
        let same = |known: &&Enum| known.values == values;
        let here = |known: &&Enum| known.provenance.contains(&row.provenance);
        self.all().filter(same).find(here)
    }

    /// The enum that a description names. A name that several words of the
    /// description could be is no name.
    pub fn named_in(&self, description: Option<&Text>) -> Option<&Enum> {
        let mut words = names::name_words(description?.plain())
            .filter_map(|word| self.by_name.get(word))
            .filter(|known| known.named && names::has_humps(&known.name));
        let found = words.next()?;
        words.all(|other| other.name == found.name).then_some(found)
    }

    /// All enums, by name.
    pub fn all(&self) -> impl Iterator<Item = &Enum> {
        self.by_name.values()
    }

    /// The enum called `name`.
    pub fn get(&self, name: &str) -> Option<&Enum> {
        self.by_name.get(name)
    }
}

/// The properties that parameters' rows describe, as those with dotted names
/// do.
struct Properties<'c, 'f>(HashMap<*const RowFact, (&'c str, &'c Slot<'f>)>);

impl<'c, 'f> Properties<'c, 'f> {
    fn new(evidence: &'c Evidence<'f>) -> Self {
        let slots = evidence.by_name.iter().flat_map(|(owner, named_type)| {
            let slots = named_type.slots.iter();
            slots.map(move |slot| (owner.as_str(), slot))
        });
        let rows = slots.flat_map(|(owner, slot)| {
            let rows = slot.rows.iter();
            rows.map(move |row| (std::ptr::from_ref(*row), (owner, slot)))
        });
        Self(rows.collect())
    }

    /// The property, and the type that has it.
    fn of(&self, row: &RowFact) -> Option<(&'c str, &'c Slot<'f>)> {
        self.0.get(&std::ptr::from_ref(row)).copied()
    }
}

/// Properties by their names, whose case doesn't matter.
struct Namesakes<'c, 'f>(HashMap<String, Vec<&'c Slot<'f>>>);

impl<'c, 'f> Namesakes<'c, 'f> {
    fn new(evidence: &'c Evidence<'f>) -> Self {
        let mut by_name: HashMap<String, Vec<_>> = HashMap::default();
        for slot in evidence
            .by_name
            .values()
            .flat_map(|named_type| &named_type.slots)
        {
            let name = slot.name.to_ascii_lowercase();
            by_name.entry(name).or_default().push(slot);
        }
        Self(by_name)
    }

    fn of(&self, name: &str) -> impl Iterator<Item = &'c Slot<'f>> {
        let found = self.0.get(&name.to_ascii_lowercase());
        found.into_iter().flatten().copied()
    }
}

/// The name of a parameter's enum as descriptions say it: a word in humps that
/// ends in the parameter's name (`state`: `BatchTaskState`). It stands in the
/// parameter's description, in the operation's, or, when just one such word
/// does, in the descriptions of properties with the parameter's name.
fn said_name(
    row: &RowFact,
    operation: &Operation<'_>,
    namesakes: &Namesakes<'_, '_>,
) -> Option<String> {
    let end = names::type_name(&row.name);
    let own = row.description.iter().chain(&operation.facts.description);
    let mut own = own.flat_map(|text| ending_words(text, &end));
    if let Some(word) = own.next() {
        return Some(word.to_owned());
    }
    let rows = namesakes.of(&end).flat_map(|slot| &slot.rows);
    let texts = rows.filter_map(|row| row.description.as_ref());
    let words: BTreeSet<&str> = texts.flat_map(|text| ending_words(text, &end)).collect();
    let mut words = words.into_iter();
    let only = words.next().filter(|_| words.next().is_none());
    only.map(str::to_owned)
}

/// Words in humps that end in `end` and are longer.
fn ending_words<'t>(text: &'t Text, end: &str) -> impl Iterator<Item = &'t str> {
    let end = end.to_ascii_lowercase();
    names::name_words(text.plain()).filter(move |word| {
        let longer = word.len() > end.len();
        longer && names::has_humps(word) && word.to_ascii_lowercase().ends_with(&end)
    })
}
