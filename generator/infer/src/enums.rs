//! Enums: sets of values that parameters or separate pages document, their names, and the
//! properties that use them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{evidence::Evidence, names, operation::Operation, own, slots::Slot};
use docwright_model::{EnumValue, Known, Literal, Provenance, Schema, Shape, Text};
use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::{PageFacts, RowFact, TypeFact, ValueFact},
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
    /// The names of its values on the pages, if they differ from the values.
    pub names: BTreeMap<Literal, String>,
    /// What the pages say of its values.
    pub descriptions: BTreeMap<Literal, Text>,
    /// Whether the values are bits of an integer.
    pub flags: bool,
    /// Whether callers are told to stop using it.
    pub deprecated: bool,
    /// The places that document it.
    pub provenance: Vec<Provenance>,
    /// Whether descriptions call it by this name.
    named: bool,
}

impl Enum {
    /// An enum of which only values are known.
    fn new(name: String, values: &[Literal], place: Option<&Provenance>) -> Self {
        Self {
            name,
            description: None,
            values: values.to_vec(),
            names: BTreeMap::new(),
            descriptions: BTreeMap::new(),
            flags: false,
            deprecated: false,
            provenance: place.cloned().into_iter().collect(),
            named: false,
        }
    }

    /// Adds what a page says of its values.
    fn describe(&mut self, facts: &[ValueFact]) {
        let mut known: HashSet<Literal> = self.values.iter().cloned().collect();
        for fact in facts {
            if known.insert(fact.value.clone()) {
                self.values.push(fact.value.clone());
            }
            if let Some(text) = &fact.description {
                let described = self.descriptions.entry(fact.value.clone());
                described.or_insert_with(|| text.clone());
            }
            if let Some(name) = &fact.name {
                let named = self.names.entry(fact.value.clone());
                named.or_insert_with(|| name.clone());
            }
        }
    }

    /// The enum as a type of the model. All values have the same kind: if some are
    /// strings, all are.
    pub fn schema(&self) -> Schema {
        let whole = |value: &Literal| matches!(value, Literal::Integer(_));
        let all_whole = self.values.iter().all(whole);
        let value = |value: &Literal| EnumValue {
            value: match all_whole {
                true => value.clone(),
                false => value.text().into_owned().into(),
            },
            name: self.names.get(value).cloned(),
            description: self.descriptions.get(value).cloned(),
        };
        let values = self.values.iter().map(value).collect();
        Schema {
            name: self.name.clone(),
            known: Known::Documented,
            description: self.description.clone(),
            shape: match self.flags && all_whole {
                true => Shape::Flags(values),
                false => Shape::Values(values),
            },
            base: None,
            subset_of: Vec::new(),
            deprecated: self.deprecated,
            provenance: self.provenance.first().cloned().into_iter().collect(),
        }
    }
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
                let Some(values) = row.ty.as_ref().and_then(values) else {
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
        // A parameter that is a property elsewhere has the enum of that property, which
        // other places may document.
        for ((owner, slot), row, values) in of_properties {
            let descriptions = slot.rows.iter().map(|row| row.description.as_ref());
            let named = enums.named_in(descriptions.flatten().next());
            let named = named.filter(|known| known.values == *values);
            let name = match named.map(|known| known.name.clone()) {
                Some(name) => name,
                None => {
                    let free = |name: &str| !evidence.by_name.contains_key(name);
                    enums.of_property(owner, &slot.name, values, &row.provenance, free)
                }
            };
            let known = enums.by_name.get_mut(&name);
            if let Some(known) = known.filter(|it| !it.provenance.contains(&row.provenance)) {
                known.provenance.push(row.provenance.clone());
            }
        }
        enums
    }

    /// An enum that a page describes under its own heading, with the name that type cells
    /// use.
    fn add_type(&mut self, fact: &TypeFact, evidence: &Evidence<'_>, dialect: &Dialect) {
        let name = own::own_name(fact, dialect);
        if evidence.of_two_things.contains(&name) {
            return;
        }
        if fact.values.is_empty() || evidence.by_name.contains_key(&name) {
            return;
        }
        let known = self.by_name.entry(name.clone());
        let known = known.or_insert_with(|| Enum {
            description: fact.body.description.clone(),
            named: true,
            ..Enum::new(name, &[], Some(&fact.body.provenance))
        });
        known.flags |= fact.flags;
        known.deprecated |= fact.deprecated.is_some();
        known.describe(&fact.values);
    }

    /// An enum that a page describes under this name as an alias of a list of values.
    pub fn add_named(&mut self, name: &str, fact: &TypeFact, values: &[Literal]) {
        let known = self.by_name.entry(name.to_owned());
        known.or_insert_with(|| Enum {
            description: fact.body.description.clone(),
            deprecated: fact.deprecated.is_some(),
            named: true,
            ..Enum::new(name.to_owned(), values, Some(&fact.body.provenance))
        });
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
        // If the name has other values, or is the name of another type, this is another
        // enum.
        let other = |known: &Enum| known.values != values;
        let taken = evidence.by_name.contains_key(&plain);
        let name = match self.by_name.get(&plain) {
            Some(known) if other(known) => format!("{owner}{plain}"),
            _ if taken => format!("{owner}{plain}"),
            _ => plain,
        };
        let entry = self.by_name.entry(name.clone());
        let entry = entry.or_insert_with(|| Enum::new(name, values, None));
        entry.named |= named;
        entry.provenance.push(row.provenance.clone());
    }

    /// The name of the enum of a property whose description lists its values; `is_free`
    /// states whether no other type has a name.
    pub fn of_property(
        &mut self,
        owner: &str,
        property: &str,
        values: &[Literal],
        place: &Provenance,
        is_free: impl Fn(&str) -> bool,
    ) -> String {
        let plain = format!("{owner}{}", names::type_name(property));
        let numbered = (2..).map(|number| format!("{plain}{number}"));
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        let free = |name: &String| match self.by_name.get(name) {
            Some(known) => known.values == values,
            None => is_free(name),
        };
        let name = names.find(free).unwrap_or(plain);
        let entry = self.by_name.entry(name.clone());
        entry.or_insert_with(|| Enum::new(name.clone(), values, Some(place)));
        name
    }

    /// Adds what a row states about the values of the enum `name`.
    pub fn describe(&mut self, name: &str, facts: &[ValueFact]) {
        if let Some(known) = self.by_name.get_mut(name) {
            known.describe(facts);
        }
    }

    /// The enum with exactly these values that a parameter documents.
    pub fn with_values(&self, row: &RowFact, values: &[Literal]) -> Option<&Enum> {
        let same = |known: &&Enum| known.values == values;
        let here = |known: &&Enum| known.provenance.contains(&row.provenance);
        self.all().filter(same).find(here)
    }

    /// The enum that a description names; none if several words of the description could
    /// be the name.
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

/// The values of the enum that a word means, or its elements.
pub fn values(word: &TypeWord) -> Option<&[Literal]> {
    match word {
        TypeWord::Enum(values) => Some(values),
        TypeWord::Array(Some(inner)) | TypeWord::Nullable(inner) => values(inner),
        _ => None,
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

/// The name of a parameter's enum in descriptions: a word in CamelCase that ends in the
/// parameter's name (`state`: `BatchTaskState`). It is in the description of the
/// parameter or the operation, or, if there is only one such word, in the descriptions of
/// properties with the parameter's name.
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

/// Words in CamelCase that end in `end` and are longer.
fn ending_words<'t>(text: &'t Text, end: &str) -> impl Iterator<Item = &'t str> {
    let end = end.to_ascii_lowercase();
    names::name_words(text.plain()).filter(move |word| {
        let longer = word.len() > end.len();
        longer && names::has_humps(word) && word.to_ascii_lowercase().ends_with(&end)
    })
}
