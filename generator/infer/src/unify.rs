//! Gives names to enums and unions without one, and makes the decisions about slots refer
//! to them.

use std::collections::BTreeMap;

use super::{
    enums::Enums,
    evidence::Evidence,
    names, own,
    unions::{self, Union, Unions},
    words,
};
use docwright_model::{
    Known, Literal, Provenance, Schema, Shape, Text, Type, UnionMember,
    diagnostic::{Diagnostic, Place, rules},
};
use docwright_read::{dialect::TypeWord, extract::TypeFact};

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The type.
    pub ty: Type,
    /// How it is known.
    pub known: Known,
    /// Whether callers are told to stop using it.
    pub deprecated: bool,
    /// What the pages say of it.
    pub description: Option<Text>,
    /// Where it is documented.
    pub provenance: Provenance,
}

/// Named types that aren't objects.
#[derive(Debug, Default)]
pub struct Unified {
    /// Enums.
    pub enums: Enums,
    /// Unions.
    pub unions: Unions,
    /// Aliases, by name.
    pub aliases: BTreeMap<String, Alias>,
    /// The types from which objects are derived.
    pub bases: Bases,
}

/// The base types, by the names of the types derived from them.
pub type Bases = BTreeMap<String, String>;

/// The place of a type without a name: the parts of a name made by rule.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'s> {
    /// The type or operation that it belongs to.
    pub owner: &'s str,
    /// The property or parameter.
    pub name: &'s str,
    /// The place on the page.
    pub place: &'s Provenance,
}

impl Unified {
    /// Enters the unions and aliases that have their own headings.
    pub fn add_pages_own(&mut self, evidence: &Evidence<'_>, diagnostics: &mut Vec<Diagnostic>) {
        for (name, fact) in &evidence.own {
            if evidence.by_name.contains_key(name) || self.enums.get(name).is_some() {
                continue;
            }
            let place = &fact.body.provenance;
            let spot = Spot {
                owner: name,
                name: "",
                place,
            };
            let alias = |ty, known| Alias {
                ty,
                known,
                description: fact.body.description.clone(),
                deprecated: fact.deprecated.is_some(),
                provenance: place.clone(),
            };
            if evidence.of_two_things.contains(name) {
                self.aliases
                    .insert(name.clone(), alias(Type::Any, Known::Unknown));
                continue;
            }
            match &fact.alias {
                Some(TypeWord::Enum(values)) => self.enums.add_named(name, fact, values),
                Some(TypeWord::Union(parts)) => {
                    let members = self.types_of(parts, spot, evidence);
                    let members = members.into_iter().map(|ty| UnionMember {
                        ty,
                        tag: None,
                        description: None,
                    });
                    self.add_union(name, fact, members.collect());
                }
                Some(word) => {
                    let ty = self.type_of(word, spot, evidence);
                    let known = match ty {
                        Type::Any if *word == own::any() => Known::Unknown,
                        _ => Known::Documented,
                    };
                    self.aliases.insert(name.clone(), alias(ty, known));
                }
                None if !fact.members.is_empty() => {
                    let members = fact.members.iter().map(|member| UnionMember {
                        ty: self.type_of(&member.ty, spot, evidence),
                        tag: member.tag.clone(),
                        description: member.description.clone(),
                    });
                    let members = members.collect();
                    self.add_union(name, fact, members);
                }
                None => {}
            }
        }
        self.break_circles(diagnostics);
    }

    fn add_union(&mut self, name: &str, fact: &TypeFact, members: Vec<UnionMember>) {
        let union = Union {
            members,
            discriminator: fact.discriminator.clone(),
            deprecated: fact.deprecated.is_some(),
            description: fact.body.description.clone(),
            provenance: vec![fact.body.provenance.clone()],
        };
        self.unions.add(name.to_owned(), union);
    }

    /// An alias that leads back to itself means nothing: it is any value.
    fn break_circles(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let target = |alias: &Alias| match &alias.ty {
            Type::Named(name) => Some(name.clone()),
            _ => None,
        };
        let mut circles = Vec::new();
        for (name, alias) in &self.aliases {
            let mut next = target(alias);
            let mut steps = 0;
            while let Some(at) = next {
                steps += 1;
                if at == *name || steps > self.aliases.len() {
                    circles.push(name.clone());
                    break;
                }
                next = self.aliases.get(&at).and_then(target);
            }
        }
        for name in circles {
            if let Some(alias) = self.aliases.get_mut(&name) {
                (alias.ty, alias.known) = (Type::Any, Known::Unknown);
                let message = format!("`{name}` is another name for itself");
                let at = Place::of(&alias.provenance);
                diagnostics.push(Diagnostic::new(rules::TYPE_OF_ITSELF, at, message));
            }
        }
    }

    /// The type that a word means without other evidence.
    pub fn type_of(&mut self, word: &TypeWord, spot: Spot<'_>, evidence: &Evidence<'_>) -> Type {
        match word {
            TypeWord::Scalar { is, .. } => is.clone(),
            TypeWord::Object => Type::map(Type::Any),
            TypeWord::Array(None) => Type::array(Type::Any),
            TypeWord::Array(Some(element)) => {
                let one = names::singular(&names::type_name(spot.name));
                let spot = Spot { name: &one, ..spot };
                Type::array(self.type_of(element, spot, evidence))
            }
            TypeWord::Map(value) => Type::map(self.type_of(value, spot, evidence)),
            TypeWord::Nullable(inner) => Type::nullable(self.type_of(inner, spot, evidence)),
            TypeWord::Named(name) => Type::Named(name.clone()),
            TypeWord::Enum(values) => self.enum_of(values, spot, evidence),
            TypeWord::Union(parts) => {
                let ty = self.union_of(parts, spot, evidence);
                match parts.iter().any(words::is_nullable) {
                    true => Type::nullable(ty),
                    false => ty,
                }
            }
        }
    }

    /// The enum of these values.
    pub fn enum_of(&mut self, values: &[Literal], spot: Spot<'_>, evidence: &Evidence<'_>) -> Type {
        let is_free = |name: &str| !evidence.by_name.contains_key(name);
        let name = self
            .enums
            .of_property(spot.owner, spot.name, values, spot.place, is_free);
        Type::Named(name)
    }

    /// The union of these types, or the one of them that includes all others.
    fn union_of(&mut self, parts: &[TypeWord], spot: Spot<'_>, evidence: &Evidence<'_>) -> Type {
        let mut types = self.types_of(parts, spot, evidence);
        if types.len() < 2 {
            return types.pop().unwrap_or(Type::Any);
        }
        let otherwise = format!("{}{}", spot.owner, names::type_name(spot.name));
        let (enums, aliases) = (&self.enums, &self.aliases);
        let is_free = |name: &str| {
            let others = enums.get(name).is_some() || aliases.contains_key(name);
            !others && !evidence.by_name.contains_key(name) && !evidence.own.contains_key(name)
        };
        let name = self.unions.of(types, spot.place, &otherwise, is_free);
        Type::Named(name)
    }

    fn types_of(
        &mut self,
        parts: &[TypeWord],
        spot: Spot<'_>,
        evidence: &Evidence<'_>,
    ) -> Vec<Type> {
        let mut types = Vec::new();
        for part in parts {
            types.push(match self.type_of(part, spot, evidence) {
                // Then the union is nullable, not the member.
                Type::Nullable(ty) => *ty,
                ty => ty,
            });
        }
        unions::simplified(types)
    }

    /// The named type, which isn't an object, as in the model.
    pub fn schema(&self, name: &str) -> Option<Schema> {
        if let Some(known) = self.enums.get(name) {
            return Some(known.schema());
        }
        if let Some(union) = self.unions.schema(name) {
            return Some(union);
        }
        let alias = self.aliases.get(name)?;
        Some(Schema {
            name: name.to_owned(),
            known: alias.known,
            description: alias.description.clone(),
            shape: Shape::Alias(alias.ty.clone()),
            base: None,
            subset_of: Vec::new(),
            deprecated: alias.deprecated,
            provenance: vec![alias.provenance.clone()],
        })
    }
}

/// The type with `named` as its innermost type, inside arrays, maps and null. Whether the
/// whole may be `null` isn't part of a type.
pub fn with_heart(ty: &Type, named: Type) -> Type {
    match (ty, named) {
        (Type::Array(_) | Type::Map(_) | Type::Nullable(_), named) => below(ty, named),
        (_, Type::Nullable(named)) => *named,
        (_, named) => named,
    }
}

fn below(ty: &Type, named: Type) -> Type {
    match ty {
        Type::Array(inner) => Type::array(below(inner, named)),
        Type::Map(inner) => Type::map(below(inner, named)),
        Type::Nullable(inner) => Type::nullable(below(inner, named)),
        _ => named,
    }
}
