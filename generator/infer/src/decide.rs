//! The decision about a slot: its type, how it is known, and why.

use super::{
    bodies,
    evidence::{BodyUse, Evidence, Observation},
    names,
    reading::{Reading, or_null},
    rule::{Overruled, Rule},
    shape::{self, Shape},
    slots::Slot,
    words::{self, Agreed, Said},
};
use docwright_model::{Facet, Known, Provenance, Type};
use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::RowFact,
};

/// What is decided about a slot.
#[derive(Clone, Debug)]
pub struct Decision<'f> {
    /// The type.
    pub ty: Type,
    /// How it is known.
    pub known: Known,
    /// What decided.
    pub rule: Rule,
    /// The places that decided.
    pub because: Vec<Provenance>,
    /// Whether it may be `null`, where pages say so or samples show it.
    pub nullable: Option<Facet<bool>>,
    /// Nested objects, for the slots of their types.
    pub observations: Vec<Observation>,
    /// The enum or union inside the type, until it has a name.
    pub heart: Option<TypeWord>,
    /// Type cells that contradict.
    pub against: Vec<Said<'f>>,
    /// Why samples overruled the cell that would have decided, and that cell.
    pub overruled: Option<(Overruled, &'f Provenance)>,
}

/// Decides a property of the named type `owner`.
pub fn decide<'f>(
    slot: &Slot<'f>,
    owner: &str,
    evidence: &Evidence<'_>,
    dialect: &Dialect,
) -> Decision<'f> {
    let mut agreed = slot.agreed();
    let tie = agreed.as_mut().and_then(|agreed| break_tie(agreed, slot));
    let word = agreed.as_ref().map(|agreed| agreed.word);
    // What is scalar needs no name.
    let hint = match word {
        Some(TypeWord::Scalar { .. } | TypeWord::Enum(_)) => String::new(),
        _ => names::type_name(&slot.name),
    };
    let mut reading = Reading::new(slot, owner, evidence, dialect);
    let (mut ty, mut known) = match tie {
        Some(Tie::Open) => {
            reading.rule = Rule::Nothing;
            (Type::Any, Known::Unknown)
        }
        _ => reading.read(word, &slot.shape, &hint),
    };
    match tie {
        Some(Tie::Samples) => reading.rule = Rule::SamplesBreakTie,
        Some(Tie::Wider) => reading.rule = Rule::Wider,
        Some(Tie::Open) => {}
        None if known == Known::Unknown => {
            if let Some(concept) = evidence.concepts.get(&slot.name)
                && has_room_for(&ty, concept)
            {
                (ty, known) = (concept.clone(), Known::Matched);
                reading.rule = Rule::SameEverywhere;
            }
        }
        None => {}
    }
    if bodies::is_patch_value(owner, &slot.name) {
        (ty, known) = (Type::Any, Known::Documented);
    }
    let mut because = Vec::new();
    because.extend(agreed.as_ref().map(|agreed| agreed.place.clone()));
    let by_sample = known == Known::Sampled || known == Known::Matched;
    because.extend(slot.sampled.clone().filter(|_| by_sample));
    if because.is_empty() {
        because.extend(slot.rows.first().map(|row| row.provenance.clone()));
    }
    let place = agreed.as_ref().map(|agreed| agreed.place);
    let place = place.or(slot.rows.first().map(|row| &row.provenance));
    Decision {
        ty,
        known,
        rule: reading.rule,
        because,
        nullable: nullable(slot, None),
        heart: reading.heart,
        observations: reading.observations,
        overruled: reading.overruled.zip(place),
        against: agreed.map(|agreed| agreed.against).unwrap_or_default(),
    }
}

/// Decides the root of a body: its named type, or the type that its label and its samples
/// show.
pub fn decide_body<'f>(
    body: &BodyUse<'f>,
    evidence: &Evidence<'_>,
    dialect: &Dialect,
) -> Decision<'f> {
    let fact = body.fact;
    let place: &'f Provenance = &fact.provenance;
    let because = vec![place.clone()];
    let nullable = nullable(&body.root, body.word.as_ref().zip(Some(place)));
    if let Some((name, known)) = &body.named_type {
        let named = Type::Named(name.clone());
        let array = body.is_array();
        let by_sample = array && !body.says_array();
        let elements = body.root.shape.elements.as_deref();
        let element = |named| match elements {
            Some(elements) => or_null(named, elements),
            None => named,
        };
        return Decision {
            ty: match array {
                true => Type::array(element(named)),
                false => named,
            },
            known: if by_sample { Known::Sampled } else { *known },
            rule: match (by_sample, known) {
                (true, _) => Rule::CellsMadeExact,
                (false, Known::Matched) => Rule::SameProperties,
                _ => Rule::Cells,
            },
            because,
            nullable,
            observations: Vec::new(),
            heart: None,
            against: Vec::new(),
            overruled: None,
        };
    }
    let hint = names::type_name(&body.root.name);
    let mut reading = Reading::new(&body.root, "", evidence, dialect);
    let word = body.word.as_ref().map(words::without_null);
    let is_list = body.says_array() && !matches!(word, Some(TypeWord::Array(_)));
    let list = is_list.then(|| TypeWord::Array(word.cloned().map(Box::new)));
    let (ty, known) = reading.read(list.as_ref().or(word), &body.root.shape, &hint);
    Decision {
        ty,
        known,
        rule: reading.rule,
        because,
        nullable,
        heart: reading.heart,
        observations: reading.observations,
        against: Vec::new(),
        overruled: reading.overruled.map(|why| (why, place)),
    }
}

/// How cells that contradict without a majority are resolved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// The samples fit just one of them.
    Samples,
    /// One of them holds what all say.
    Wider,
    /// Not at all.
    Open,
}

/// Puts the word that wins the tie into `agreed`; returns `None` if there is no tie.
fn break_tie(agreed: &mut Agreed<'_>, slot: &Slot<'_>) -> Option<Tie> {
    if agreed.rivals.is_empty() {
        return None;
    }
    let all = || std::iter::once(agreed.word).chain(agreed.rivals.iter().copied());
    let scalar = |word: &TypeWord| match word {
        TypeWord::Scalar { is, .. } => Some(is.clone()),
        _ => None,
    };
    let width = |word: &TypeWord| match scalar(word) {
        Some(Type::Int32) => Some(1),
        Some(Type::Int64) => Some(2),
        Some(Type::Double) => Some(3),
        _ => None,
    };
    if all().all(|word| width(word).is_some()) {
        agreed.word = all().max_by_key(|word| width(word))?;
        return Some(Tie::Wider);
    }
    let mut fitting = all().filter(|word| fits(word, &slot.shape));
    let only = fitting.next().filter(|_| fitting.next().is_none());
    match only.filter(|_| !slot.shape.is_blank()) {
        Some(word) => {
            agreed.word = word;
            Some(Tie::Samples)
        }
        None => Some(Tie::Open),
    }
}

/// Whether samples fit a word.
fn fits(word: &TypeWord, shape: &Shape) -> bool {
    let kinds = match word {
        TypeWord::Scalar { is, .. } => shape::kinds_of(is),
        TypeWord::Object | TypeWord::Map(_) => shape::OBJECT,
        TypeWord::Array(_) => shape::ARRAY,
        TypeWord::Enum(_) => shape::STRING | shape::INTEGER,
        TypeWord::Nullable(_) | TypeWord::Union(_) | TypeWord::Named(_) => u8::MAX,
    };
    shape.bits() & !kinds & !shape::NULL == 0
}

/// Whether a slot may be `null`: a row or the word of a body states it, or a sample shows
/// it. A row that denies it counts only if no other row and no sample contradicts it.
fn nullable(slot: &Slot<'_>, word: Option<(&TypeWord, &Provenance)>) -> Option<Facet<bool>> {
    let rows = slot.rows.iter().filter(|row| {
        let stated = row.facets.as_ref().and_then(|facets| facets.nullable);
        stated == Some(true) || row.ty.as_ref().is_some_and(words::is_nullable)
    });
    let rows = rows.map(|row| &row.provenance);
    let word = word.and_then(|(word, place)| words::is_nullable(word).then_some(place));
    if let Some(place) = rows.chain(word).next() {
        return Some(Facet::documented(true, place.clone()));
    }
    if let Some(sample) = slot.null() {
        return Some(Facet {
            value: true,
            known: Known::Sampled,
            provenance: Some(sample.clone()),
        });
    }
    let denies = |row: &&&RowFact| {
        let facets = row.facets.as_ref();
        facets.is_some_and(|facets| facets.nullable == Some(false))
    };
    let denied = slot.rows.iter().find(denies)?;
    Some(Facet::documented(false, denied.provenance.clone()))
}

/// Whether a partly unknown type can be the type of a concept: an object can be any
/// object, an array any array.
fn has_room_for(unknown: &Type, concept: &Type) -> bool {
    match (unknown, concept) {
        (Type::Any, _) => true,
        (Type::Map(_), Type::Map(_) | Type::Named(_)) => true,
        (Type::Array(unknown), Type::Array(concept)) => has_room_for(unknown, concept),
        _ => false,
    }
}
