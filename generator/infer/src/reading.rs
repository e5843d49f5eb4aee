//! How one slot is read: combines the word of a type cell with the shapes of samples.

use std::sync::Arc;

use super::{
    evidence::{Evidence, NamedType, Observation},
    names,
    rule::{Overruled, Rule},
    shape::{Integers, Object, Shape, StringKind},
    slots::Slot,
};
use docwright_model::{Known, Literal, Type};
use docwright_read::dialect::{Dialect, TypeWord};

/// One slot being read.
pub struct Reading<'r, 'f, 'c> {
    slot: &'r Slot<'f>,
    owner: &'r str,
    evidence: &'r Evidence<'c>,
    dialect: &'r Dialect,
    /// Nested objects, for the slots of their types.
    pub observations: Vec<Observation>,
    /// What the samples overruled in the words, if anything.
    pub overruled: Option<Overruled>,
    /// The enum or union inside the type, which has no name yet; the type has a plain
    /// type in its place.
    pub heart: Option<TypeWord>,
    /// What decided.
    pub rule: Rule,
}

impl<'r, 'f, 'c> Reading<'r, 'f, 'c> {
    /// Starts to read a slot of the named type `owner`.
    pub fn new(
        slot: &'r Slot<'f>,
        owner: &'r str,
        evidence: &'r Evidence<'c>,
        dialect: &'r Dialect,
    ) -> Self {
        Self {
            slot,
            owner,
            evidence,
            dialect,
            observations: Vec::new(),
            overruled: None,
            heart: None,
            rule: Rule::Cells,
        }
    }

    /// The type for a word and a shape.
    pub fn read(&mut self, word: Option<&TypeWord>, shape: &Shape, hint: &str) -> (Type, Known) {
        let may_be_object = matches!(
            word,
            None | Some(TypeWord::Object | TypeWord::Named(_) | TypeWord::Union(_))
        );
        if let (Some(inner), true) = (self.slot.inner.clone(), may_be_object) {
            if let Some(object) = &shape.object {
                self.observe(inner.clone(), object);
            }
            self.rule = Rule::RowsBelow;
            return (Type::Named(inner), Known::Documented);
        }
        let Some(word) = word else {
            return self.of_shape(shape, hint);
        };
        match word {
            TypeWord::Scalar { is, may_be } => self.scalar(is, may_be, shape),
            TypeWord::Enum(values) => {
                self.heart = Some(word.clone());
                let whole = |value: &Literal| matches!(value, Literal::Integer(_));
                match !values.is_empty() && values.iter().all(whole) {
                    true => (Type::Int64, Known::Documented),
                    false => (Type::String, Known::Documented),
                }
            }
            TypeWord::Nullable(inner) => {
                let (ty, known) = self.read(Some(inner), shape, hint);
                (Type::nullable(ty), known)
            }
            TypeWord::Named(name) => self.named(name, shape, hint),
            TypeWord::Object => match &shape.object {
                Some(object) => self.of_object(object, hint),
                None => (Type::map(Type::Any), Known::Unknown),
            },
            TypeWord::Map(value) => {
                let values = shape.object.as_deref().map(Object::values);
                let values = values.unwrap_or_default();
                let one = names::singular(hint);
                let (ty, known) = self.read(Some(value), &values, &one);
                (Type::map(or_null(ty, &values)), known)
            }
            TypeWord::Union(parts) => {
                self.heart = Some(word.clone());
                self.observe_member(parts, shape);
                (Type::Any, Known::Documented)
            }
            TypeWord::Array(element) => {
                let elements = shape.elements.clone().unwrap_or_default();
                let one = names::singular(hint);
                let (ty, known) = self.read(element.as_deref(), &elements, &one);
                (Type::array(or_null(ty, &elements)), known)
            }
        }
    }

    /// A type without parts; samples make a coarse word exact.
    fn scalar(&mut self, is: &Type, may_be: &[Type], shape: &Shape) -> (Type, Known) {
        if let Some(exact) = string_type(shape)
            && may_be.contains(&exact)
        {
            self.rule = Rule::CellsMadeExact;
            return (exact, Known::Sampled);
        }
        let is_integer = matches!(is, Type::Int32 | Type::Int64) && shape.kinds() == 1;
        match shape.integers.filter(|_| is_integer) {
            // No integer of 64 bits holds it.
            Some(Integers::Huge) => {
                self.overruled = Some(Overruled::BeyondIntegers);
                self.rule = Rule::Nothing;
                (Type::Any, Known::Unknown)
            }
            Some(Integers::Large) if *is == Type::Int32 => {
                self.rule = Rule::CellsMadeExact;
                if !may_be.contains(&Type::Int64) {
                    self.overruled = Some(Overruled::BeyondInt32);
                }
                (Type::Int64, Known::Sampled)
            }
            _ => (is.clone(), Known::Documented),
        }
    }

    /// Assigns an object to the only member of a union that is a named type.
    fn observe_member(&mut self, parts: &[TypeWord], shape: &Shape) {
        let named = parts.iter().filter_map(|part| match part {
            TypeWord::Named(name) => Some(name),
            _ => None,
        });
        let named: Vec<_> = named.collect();
        if let ([name], Some(object)) = (named.as_slice(), &shape.object) {
            self.observe((*name).clone(), object);
        }
    }

    /// A named type, unless samples show that it isn't.
    fn named(&mut self, name: &str, shape: &Shape, hint: &str) -> (Type, Known) {
        let label = (name.to_owned(), self.slot.name.clone());
        if self.evidence.refuted.contains(&label) {
            return match &shape.object {
                Some(object) => self.of_object(object, hint),
                // By convention a property is named after its type.
                None if self.evidence.is_said(hint) => {
                    self.rule = Rule::NamedAfterType;
                    (Type::Named(hint.to_owned()), Known::Matched)
                }
                None => (Type::map(Type::Any), Known::Unknown),
            };
        }
        let Some(object) = &shape.object else {
            let is_plain = shape.kinds() == 1 && !shape.holds_objects();
            if is_plain && !self.evidence.is_described(name) {
                self.overruled = Some(Overruled::NotDescribed);
                return self.of_shape(shape, hint);
            }
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
        self.overruled = Some(Overruled::OtherProperties);
        self.of_object(object, hint)
    }

    /// The type that samples alone show.
    fn of_shape(&mut self, shape: &Shape, hint: &str) -> (Type, Known) {
        self.rule = Rule::Samples;
        if shape.kinds() != 1 {
            self.rule = Rule::Nothing;
            return (Type::Any, Known::Unknown);
        }
        let ty = if let Some(object) = &shape.object {
            return self.of_object(object, hint);
        } else if let Some(elements) = &shape.elements {
            let (ty, known) = self.of_shape(elements, &names::singular(hint));
            return (Type::array(or_null(ty, elements)), known);
        } else if shape.booleans {
            Type::Boolean
        } else if shape.fractions {
            Type::Double
        } else if shape.integers == Some(Integers::Huge) {
            self.overruled = Some(Overruled::BeyondIntegers);
            self.rule = Rule::Nothing;
            return (Type::Any, Known::Unknown);
        } else if shape.integers.is_some() {
            // Small sample numbers don't prove 32 bits if the pages never state 32 bits.
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

    /// The type of an object in samples: a map, a documented type, or a new type.
    fn of_object(&mut self, object: &Arc<Object>, hint: &str) -> (Type, Known) {
        self.rule = Rule::Samples;
        if object.keys.is_empty() {
            self.rule = Rule::Nothing;
            return (Type::map(Type::Any), Known::Unknown);
        }
        if object.ragged {
            return (Type::map(Type::Any), Known::Sampled);
        }
        if object.names().all(|key| self.is_placeholder(key)) {
            let values = object.values();
            let one = names::singular(hint);
            let (ty, known) = self.of_shape(&values, &one);
            return (Type::map(or_null(ty, &values)), known);
        }
        let twin = self.documented_twin(object, hint);
        let known = if twin.is_some() {
            self.rule = Rule::SameProperties;
            Known::Matched
        } else {
            Known::Sampled
        };
        let name = twin.unwrap_or_else(|| self.given_name(object, hint));
        self.observe(name.clone(), object);
        (Type::Named(name), known)
    }

    /// The documented type with exactly these properties, if there is only one, or the
    /// one with the hint's name. Two properties can be the same by chance, so they need
    /// the name.
    fn documented_twin(&self, object: &Object, hint: &str) -> Option<String> {
        let keys = &object.keys;
        let same = |slots: &[Slot<'_>]| slots.iter().all(|slot| keys.contains_key(&slot.name));
        let named = |name: &str| self.evidence.by_name.get(name);
        let is_twin = |name: &str| {
            let size =
                |it: &NamedType<'_>| it.known < Known::Sampled && it.slots.len() == keys.len();
            named(name).is_some_and(|it| size(it) && same(&it.slots))
        };
        // A type may contain values of its own type.
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

    /// The name of a type that only samples show: the slot's name, prefixed with the
    /// owner's if another type already has it.
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

    /// Whether a key in a sample stands for any key: a number, or a match of the
    /// dialect's patterns.
    fn is_placeholder(&self, key: &str) -> bool {
        // Numbers aren't names of properties, but indices or ids.
        if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()) {
            return true;
        }
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

/// The type of elements or values, nullable if samples show `null` among them.
pub fn or_null(ty: Type, shape: &Shape) -> Type {
    match shape.nulls {
        true => Type::nullable(ty),
        false => ty,
    }
}

/// The exact type of all strings at a place, if there is one.
fn string_type(shape: &Shape) -> Option<Type> {
    match shape.strings.filter(|_| shape.kinds() == 1)? {
        StringKind::DateTime => Some(Type::DateTime),
        StringKind::Date => Some(Type::Date),
        StringKind::Other => None,
    }
}
