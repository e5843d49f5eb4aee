//! What pages state about types that have a description of their own, combined where
//! several pages describe one type. Contradictions are findings, and the contradictory
//! part stays undecided, so that the result doesn't depend on the order of the pages.

use std::collections::{BTreeMap, BTreeSet};

use docwright_model::{
    Provenance, Type,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{
    dialect::{Dialect, TypeWord, type_label},
    extract::{BodyFact, PageFacts, TypeFact},
};

/// What pages state about their types, by name, without rows and samples.
pub type Own = BTreeMap<String, TypeFact>;

/// What kind of type a page describes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Object,
    Enum,
    Union,
    Alias,
}

impl Kind {
    fn of(fact: &TypeFact) -> Option<Self> {
        if !fact.body.rows.is_empty() {
            Some(Self::Object)
        } else if !fact.values.is_empty() {
            Some(Self::Enum)
        } else if !fact.members.is_empty() {
            Some(Self::Union)
        } else {
            fact.alias.as_ref().map(|alias| match alias {
                TypeWord::Enum(_) => Self::Enum,
                TypeWord::Union(_) => Self::Union,
                _ => Self::Alias,
            })
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Object => "an object with properties",
            Self::Enum => "a list of values",
            Self::Union => "one of several types",
            Self::Alias => "another name for a type",
        }
    }
}

/// Combines what pages state about each type.
pub fn collect(pages: &[PageFacts], dialect: &Dialect, diagnostics: &mut Vec<Diagnostic>) -> Own {
    let mut own = Own::new();
    for fact in pages.iter().flat_map(|page| &page.types) {
        let name = own_name(fact, dialect);
        match own.get_mut(&name) {
            // Nothing can refer to it.
            _ if name.is_empty() => {}
            Some(known) => add(&name, known, fact, diagnostics),
            None => {
                own.insert(name, without_rows(fact));
            }
        }
    }
    own
}

/// The names that pages use for types of different kinds, so that their meaning is
/// unknown.
pub fn of_two_things(
    pages: &[PageFacts],
    dialect: &Dialect,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut first: BTreeMap<String, (Kind, &Provenance)> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for fact in pages.iter().flat_map(|page| &page.types) {
        let Some(kind) = Kind::of(fact) else { continue };
        let (name, here) = (own_name(fact, dialect), &fact.body.provenance);
        let (other, there) = *first.entry(name.clone()).or_insert((kind, here));
        if other != kind && !name.is_empty() && found.insert(name.clone()) {
            let message = format!(
                "`{name}` is {} here, but {} elsewhere",
                kind.words(),
                other.words()
            );
            diagnostics.push(contradiction(here, there, message));
        }
    }
    found
}

fn without_rows(fact: &TypeFact) -> TypeFact {
    let body = &fact.body;
    TypeFact {
        body: BodyFact {
            label: body.label.clone(),
            description: body.description.clone(),
            ..BodyFact::at(body.provenance.clone())
        },
        values: fact.values.clone(),
        flags: fact.flags,
        alias: fact.alias.clone(),
        base: fact.base.clone(),
        members: fact.members.clone(),
        discriminator: fact.discriminator.clone(),
        deprecated: fact.deprecated.clone(),
        samples: Vec::new(),
    }
}

/// Adds what another page states.
fn add(name: &str, known: &mut TypeFact, fact: &TypeFact, diagnostics: &mut Vec<Diagnostic>) {
    let (here, there) = (&fact.body.provenance, known.body.provenance.clone());
    let mut contradicts = |what: &str| {
        let message = format!("`{name}` has {what} here than elsewhere");
        diagnostics.push(contradiction(here, &there, message));
    };
    match (&known.base, &fact.base) {
        (Some(one), Some(other)) if one != other => {
            contradicts("a different base");
            known.base = None;
        }
        (None, Some(base)) => known.base = Some(base.clone()),
        _ => {}
    }
    match (&known.alias, &fact.alias) {
        (Some(one), Some(other)) if one != other => {
            contradicts("a different definition");
            known.alias = Some(any());
        }
        (None, Some(alias)) => known.alias = Some(alias.clone()),
        _ => {}
    }
    match (&known.discriminator, &fact.discriminator) {
        (Some(one), Some(other)) if one != other => {
            contradicts("a different discriminator");
            known.discriminator = None;
        }
        (None, Some(name)) => known.discriminator = Some(name.clone()),
        _ => {}
    }
    // A union has all members that some page names, and an enum all values.
    for member in &fact.members {
        if !known.members.iter().any(|it| it.ty == member.ty) {
            known.members.push(member.clone());
        }
    }
    for value in &fact.values {
        if !known.values.iter().any(|it| it.value == value.value) {
            known.values.push(value.clone());
        }
    }
    let deprecated = known.deprecated.take();
    known.deprecated = deprecated.or_else(|| fact.deprecated.clone());
    let description = known.body.description.take();
    known.body.description = description.or_else(|| fact.body.description.clone());
}

/// The word for any value.
pub fn any() -> TypeWord {
    TypeWord::Scalar {
        is: Type::Any,
        may_be: Vec::new(),
    }
}

fn contradiction(here: &Provenance, there: &Provenance, message: String) -> Diagnostic {
    Diagnostic::new(rules::TYPE_OF_TWO_MEANINGS, Place::of(here), message)
        .related(Place::of(there), "the other place")
}

/// The name of a type that a page describes under its own heading.
pub fn own_name(fact: &TypeFact, dialect: &Dialect) -> String {
    match dialect.types.read(&fact.body.label) {
        Some(TypeWord::Named(name)) => name,
        _ => type_label(&fact.body.label),
    }
}
