//! What a slot's evidence comes to: its type, how it is known, and why.

use std::sync::Arc;

use super::{
    bodies,
    evidence::{BodyUse, Evidence, NamedType, Observation},
    names,
    shape::{Integers, Object, Shape, StringKind},
    slots::Slot,
    words::Said,
};
use crate::{
    dialect::{Dialect, TypeWord},
    model::{Known, Literal, Provenance, Type},
};

/// What is decided about a slot.
#[derive(Clone, Debug)]
pub struct Decision<'f> {
    /// The type.
    pub ty: Type,
    /// How it is known.
    pub known: Known,
    /// The places that decided.
    pub because: Vec<Provenance>,
    /// Nested objects, for the slots of their evidence.
    pub observations: Vec<Observation>,
    /// The values, when the slot's own words list them.
    pub values: Option<&'f [Literal]>,
    /// Type cells that contradict.
    pub against: Vec<Said<'f>>,
    /// The type cell that samples refute, if they do.
    pub refuted: Option<&'f Provenance>,
}

/// Decides a property of the named type `owner`.
pub fn decide<'f>(
    slot: &Slot<'f>,
    owner: &str,
    evidence: &Evidence<'_>,
    dialect: &Dialect,
) -> Decision<'f> {
    let agreed = slot.agreed();
    // What is scalar needs no name.
    let hint = match agreed.as_ref().map(|agreed| agreed.word) {
        Some(TypeWord::Scalar { .. } | TypeWord::Enum(_)) => String::new(),
        _ => names::type_name(&slot.name),
    };
    let mut reading = Reading {
        slot,
        owner,
        evidence,
        dialect,
        observations: Vec::new(),
        refuted: false,
    };
    let word = agreed.as_ref().map(|agreed| agreed.word);
    let (mut ty, mut known) = reading.read(word, &slot.shape, &hint);
    if known == Known::Unknown
        && let Some(concept) = reading.evidence.concepts.get(&slot.name)
        && has_room_for(&ty, concept)
    {
        (ty, known) = (concept.clone(), Known::Matched);
    }
    if bodies::is_patch_value(owner, &slot.name) {
        (ty, known) = (Type::Any, Known::Documented);
    }
    let (observations, refuted) = (reading.observations, reading.refuted);
    let mut because = Vec::new();
    because.extend(agreed.as_ref().map(|agreed| agreed.place.clone()));
    let by_sample = known == Known::Sampled || known == Known::Matched;
    because.extend(slot.sampled.clone().filter(|_| by_sample));
    if because.is_empty() {
        because.extend(slot.rows.first().map(|row| row.provenance.clone()));
    }
    let values = match word {
        Some(TypeWord::Enum(values)) => Some(values.as_slice()),
        _ => None,
    };
    Decision {
        ty,
        known,
        because,
        values,
        observations,
        refuted: agreed.as_ref().filter(|_| refuted).map(|a| a.place),
        against: agreed.map(|agreed| agreed.against).unwrap_or_default(),
    }
}

/// Decides the root of a body: its named type, or what its label and its samples
/// say.
pub fn decide_body<'f>(
    body: &BodyUse<'f>,
    evidence: &Evidence<'_>,
    dialect: &Dialect,
) -> Decision<'f> {
    if let Some((name, known)) = &body.named_type {
        let named = Type::Named(name.clone());
        let array = body.is_array();
        return Decision {
            ty: if array { Type::array(named) } else { named },
            known: if array && !body.says_array() {
                Known::Sampled
            } else {
                *known
            },
            because: vec![body.fact.provenance.clone()],
            values: None,
            observations: Vec::new(),
            against: Vec::new(),
            refuted: None,
        };
    }
    let hint = names::type_name(&body.root.name);
    let mut reading = Reading {
        slot: &body.root,
        owner: "",
        evidence,
        dialect,
        observations: Vec::new(),
        refuted: false,
    };
    let (ty, known) = reading.read(body.word.as_ref(), &body.root.shape, &hint);
    Decision {
        ty,
        known,
        because: vec![body.fact.provenance.clone()],
        values: None,
        observations: reading.observations,
        against: Vec::new(),
        refuted: None,
    }
}

/// One slot being read.
struct Reading<'r, 'f, 'c> {
    slot: &'r Slot<'f>,
    owner: &'r str,
    evidence: &'r Evidence<'c>,
    dialect: &'r Dialect,
    observations: Vec<Observation>,
    refuted: bool,
}

impl Reading<'_, '_, '_> {
    /// The type that a word and a shape make together.
    fn read(&mut self, word: Option<&TypeWord>, shape: &Shape, hint: &str) -> (Type, Known) {
        let may_be_object = matches!(
            word,
            None | Some(TypeWord::Object | TypeWord::Named(_) | TypeWord::Union(_))
        );
        if let (Some(inner), true) = (self.slot.inner.clone(), may_be_object) {
            if let Some(object) = &shape.object {
                self.observe(inner.clone(), object);
            }
            return (Type::Named(inner), Known::Documented);
        }
        let Some(word) = word else {
            return self.of_shape(shape, hint);
        };
        match word {
            TypeWord::Scalar { is, may_be } => match string_type(shape) {
                Some(exact) if may_be.contains(&exact) => (exact, Known::Sampled),
                _ => (is.clone(), Known::Documented),
            },
            TypeWord::Enum(_) => (Type::String, Known::Documented),
            TypeWord::Nullable(inner) => self.read(Some(inner), shape, hint),
            TypeWord::Named(name) => self.named(name, shape, hint),
            TypeWord::Object => match &shape.object {
                Some(object) => self.of_object(object, hint),
                None => (Type::map(Type::Any), Known::Unknown),
            },
            TypeWord::Map(value) => {
                let mut values = Shape::default();
                for (_, shape) in shape.object.iter().flat_map(|object| &object.keys) {
                    values.merge(shape);
                }
                let one = names::singular(hint);
                let (ty, known) = self.read(Some(value), &values, &one);
                (Type::map(ty), known)
            }
            // The model has no word for "one of these": any value, unless all
            // of them are the same.
            TypeWord::Union(parts) => {
                let blank = Shape::default();
                let mut types: Vec<Type> = parts
                    .iter()
                    .map(|part| self.read(Some(part), &blank, hint).0)
                    .collect();
                types.dedup();
                match types.len() {
                    1 => (types.remove(0), Known::Documented),
                    _ => (Type::Any, Known::Documented),
                }
            }
            TypeWord::Array(element) => {
                let elements = shape.elements.clone().unwrap_or_default();
                let one = names::singular(hint);
                let (ty, known) = self.read(element.as_deref(), &elements, &one);
                (Type::array(ty), known)
            }
        }
    }

    /// A named type, unless samples show that it isn't.
    fn named(&mut self, name: &str, shape: &Shape, hint: &str) -> (Type, Known) {
        let label = (name.to_owned(), self.slot.name.clone());
        if self.evidence.refuted.contains(&label) {
            return match &shape.object {
                Some(object) => self.of_object(object, hint),
                // By convention a property is named after its type.
                None if self.evidence.by_name.contains_key(hint) => {
                    (Type::Named(hint.to_owned()), Known::Matched)
                }
                None => (Type::map(Type::Any), Known::Unknown),
            };
        }
        let Some(object) = &shape.object else {
            return (Type::Named(name.to_owned()), Known::Documented);
        };
        let named_type = self.evidence.by_name.get(name);
        let documented = named_type.filter(|named_type| named_type.known < Known::Sampled);
        let fits = documented.is_none_or(|named_type| {
            let has = |key: &&str| named_type.slots.has(key);
            2 * object.names().filter(has).count() >= object.keys.len()
        });
        if fits {
            self.observe(name.to_owned(), object);
            return (Type::Named(name.to_owned()), Known::Documented);
        }
        self.refuted = true;
        self.of_object(object, hint)
    }

    /// The type that samples alone show.
    fn of_shape(&mut self, shape: &Shape, hint: &str) -> (Type, Known) {
        if shape.kinds() != 1 {
            return (Type::Any, Known::Unknown);
        }
        let ty = if let Some(object) = &shape.object {
            return self.of_object(object, hint);
        } else if let Some(elements) = &shape.elements {
            let (ty, known) = self.of_shape(elements, &names::singular(hint));
            return (Type::array(ty), known);
        } else if shape.booleans {
            Type::Boolean
        } else if shape.fractions {
            Type::Double
        } else if shape.integers.is_some() {
            // Small numbers are no promise where the pages never say that
            // numbers are small.
            let is_small = shape.integers == Some(Integers::Small);
            match is_small && self.dialect.types.knows(&Type::Int32) {
                true => Type::Int32,
                false => Type::Int64,
            }
        } else {
            string_type(shape).unwrap_or(Type::String)
        };
        (ty, Known::Sampled)
    }

    /// The type of an object that samples show: a map, a documented type, or
    /// one of its own.
    fn of_object(&mut self, object: &Arc<Object>, hint: &str) -> (Type, Known) {
        if object.keys.is_empty() {
            return (Type::map(Type::Any), Known::Unknown);
        }
        if object.ragged {
            return (Type::map(Type::Any), Known::Sampled);
        }
        if object.names().all(|key| self.is_placeholder(key)) {
            let mut values = Shape::default();
            for (_, shape) in &object.keys {
                values.merge(shape);
            }
            let one = names::singular(hint);
            let (ty, known) = self.of_shape(&values, &one);
            return (Type::map(ty), known);
        }
        let twin = self.documented_twin(object, hint);
        let known = if twin.is_some() {
            Known::Matched
        } else {
            Known::Sampled
        };
        let name = twin.unwrap_or_else(|| self.given_name(object, hint));
        self.observe(name.clone(), object);
        (Type::Named(name), known)
    }

    /// The documented type that has just these properties, when only one has,
    /// or one of them has the hint's name. Two properties alone may be the same
    /// by chance, so they want the name.
    fn documented_twin(&self, object: &Object, hint: &str) -> Option<String> {
        let keys = &object.keys;
        let same = |slots: &[Slot<'_>]| slots.iter().all(|slot| keys.contains_key(&slot.name));
        let named = |name: &str| self.evidence.by_name.get(name);
        let is_twin = |name: &str| {
            let size =
                |it: &NamedType<'_>| it.known < Known::Sampled && it.slots.len() == keys.len();
            named(name).is_some_and(|it| size(it) && same(&it.slots))
        };
        // A type may hold values of its own type, whatever it is called after.
        if is_twin(self.owner) {
            return Some(self.owner.to_owned());
        }
        let alike = self.evidence.by_size.get(&keys.len()).into_iter().flatten();
        let all: Vec<_> = alike.filter(|name| is_twin(name)).collect();
        match all.as_slice() {
            [one] if object.keys.len() > 2 => Some((*one).clone()),
            several => several
                .iter()
                .find(|name| **name == hint)
                .map(|name| (*name).clone()),
        }
    }

    /// The name of a type that only samples show: the slot's, or with its
    /// owner's before it where that name is another type's.
    fn given_name(&self, object: &Object, hint: &str) -> String {
        let key = (self.owner.to_owned(), format!("{}/{hint}", self.slot.name));
        let free = |name: &str| match self.evidence.by_name.get(name) {
            None => true,
            Some(named_type) => {
                let has = |key: &&str| named_type.slots.has(key);
                let common = object.names().filter(has).count();
                let all = named_type.slots.len() + object.keys.len() - common;
                named_type.known == Known::Sampled && 2 * common >= all
            }
        };
        self.evidence.given.name(key, || match free(hint) {
            true => hint.to_owned(),
            false => format!("{}{hint}", self.owner),
        })
    }

    fn observe(&mut self, named_type: String, object: &Arc<Object>) {
        self.observations.push(Observation {
            named_type,
            object: Arc::clone(object),
            place: self.slot.sampled.clone().unwrap_or_default(),
            direction: self.slot.direction,
        });
    }

    /// Whether a key in a sample stands for any key, by the dialect's patterns.
    fn is_placeholder(&self, key: &str) -> bool {
        let mut patterns = self.dialect.samples.map_keys.iter();
        patterns.any(|pattern| {
            // Most patterns are words.
            if !pattern.contains('{') {
                return pattern == key;
            }
            let pattern = pattern.replace("{property}", &self.slot.name);
            match pattern.split_once("{number}") {
                None => pattern == key,
                Some((before, after)) => key
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after))
                    .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())),
            }
        })
    }
}

/// Whether what is known of an unknown type leaves room for a concept: an
/// object may be any object, an array any array.
fn has_room_for(unknown: &Type, concept: &Type) -> bool {
    match (unknown, concept) {
        (Type::Any, _) => true,
        (Type::Map(_), Type::Map(_) | Type::Named(_)) => true,
        (Type::Array(unknown), Type::Array(concept)) => has_room_for(unknown, concept),
        _ => false,
    }
}

/// The type that all strings at a place have, when it is an exact one.
fn string_type(shape: &Shape) -> Option<Type> {
    match shape.strings.filter(|_| shape.kinds() == 1)? {
        StringKind::DateTime => Some(Type::DateTime),
        StringKind::Date => Some(Type::Date),
        StringKind::Other => None,
    }
}
