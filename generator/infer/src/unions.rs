//! Unions: a value of one of several types. The same members make the same union; its
//! name comes from a page, or from its members, or from its place.

use std::collections::BTreeMap;

use docwright_model::{Known, Provenance, Schema, Shape, Text, Type, UnionMember};

/// How many members and letters the name of a union can have at most.
const SHORT: (usize, usize) = (3, 40);

/// A union.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Its members, in page order.
    pub members: Vec<UnionMember>,
    /// The property whose value distinguishes the members.
    pub discriminator: Option<String>,
    /// Whether callers are told to stop using it.
    pub deprecated: bool,
    /// What the pages say of it.
    pub description: Option<Text>,
    /// The places that document it.
    pub provenance: Vec<Provenance>,
}

/// All unions of an API.
#[derive(Debug, Default)]
pub struct Unions {
    by_name: BTreeMap<String, Union>,
    by_members: BTreeMap<Vec<Type>, String>,
}

impl Unions {
    /// Enters a union that a page describes under this name.
    pub fn add(&mut self, name: String, union: Union) {
        if self.by_name.contains_key(&name) {
            return;
        }
        let key = key(union.members.iter().map(|member| &member.ty));
        self.by_members.entry(key).or_insert_with(|| name.clone());
        self.by_name.insert(name, union);
    }

    /// The name of the union of these types at `place`. If it has no name, and its
    /// members don't give a short one, it is `otherwise`; `is_free` states whether no
    /// other type has a name.
    pub fn of(
        &mut self,
        members: Vec<Type>,
        place: &Provenance,
        otherwise: &str,
        is_free: impl Fn(&str) -> bool,
    ) -> String {
        let key = key(members.iter());
        if let Some(name) = self.by_members.get(&key) {
            if let Some(union) = self.by_name.get_mut(name)
                && !union.provenance.contains(place)
            {
                union.provenance.push(place.clone());
            }
            return name.clone();
        }
        let free = |name: &String| is_free(name) && !self.by_name.contains_key(name);
        let numbered = (2..).map(|number| format!("{otherwise}{number}"));
        let mut names = short_name(&members)
            .into_iter()
            .chain([otherwise.to_owned()])
            .chain(numbered);
        let name = names.find(free).unwrap_or_else(|| otherwise.to_owned());
        let member = |ty| UnionMember {
            ty,
            tag: None,
            description: None,
        };
        self.by_members.insert(key, name.clone());
        let union = Union {
            members: members.into_iter().map(member).collect(),
            discriminator: None,
            deprecated: false,
            description: None,
            provenance: vec![place.clone()],
        };
        self.by_name.insert(name.clone(), union);
        name
    }

    /// The union called `name`.
    pub fn get(&self, name: &str) -> Option<&Union> {
        self.by_name.get(name)
    }

    /// All unions, by name.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Union)> {
        self.by_name.iter()
    }

    /// The union as a type of the model.
    pub fn schema(&self, name: &str) -> Option<Schema> {
        let union = self.get(name)?;
        Some(Schema {
            name: name.to_owned(),
            known: Known::Documented,
            description: union.description.clone(),
            shape: Shape::Union(docwright_model::Union {
                members: union.members.clone(),
                discriminator: union.discriminator.clone(),
            }),
            base: None,
            subset_of: Vec::new(),
            deprecated: union.deprecated,
            provenance: union.provenance.first().cloned().into_iter().collect(),
        })
    }
}

/// The identity of a union: its members, in any order.
fn key<'t>(members: impl Iterator<Item = &'t Type>) -> Vec<Type> {
    let mut key: Vec<Type> = members.cloned().collect();
    key.sort();
    key
}

/// A name made from the members, such as `IntegerOrString`, if it is short.
fn short_name(members: &[Type]) -> Option<String> {
    let words: Vec<String> = members.iter().map(word).collect();
    let name = words.join("Or");
    let (most, longest) = SHORT;
    (members.len() <= most && name.len() <= longest).then_some(name)
}

/// What a type is called within a name.
fn word(ty: &Type) -> String {
    match ty {
        Type::Any => "Any".to_owned(),
        Type::String => "String".to_owned(),
        Type::Boolean => "Boolean".to_owned(),
        Type::Int32 | Type::Int64 => "Integer".to_owned(),
        Type::Double => "Number".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::Array(element) => format!("{}Array", word(element)),
        Type::Map(value) => format!("{}Map", word(value)),
        Type::Nullable(inner) => word(inner),
        Type::Named(name) => name.clone(),
    }
}

/// The types without those that another one includes: of `int32` and `double`, only
/// `double` is left.
pub fn simplified(types: Vec<Type>) -> Vec<Type> {
    let mut left: Vec<Type> = Vec::new();
    for ty in types {
        if left.iter().any(|known| holds(known, &ty)) {
            continue;
        }
        left.retain(|known| !holds(&ty, known));
        left.push(ty);
    }
    left
}

/// Whether each value of the type `small` is also a value of `large`.
fn holds(large: &Type, small: &Type) -> bool {
    match (large, small) {
        (Type::Any, _) => true,
        (Type::Double, Type::Int32 | Type::Int64) | (Type::Int64, Type::Int32) => true,
        (Type::String, Type::DateTime | Type::Date | Type::Binary) => true,
        (Type::Array(large), Type::Array(small)) | (Type::Map(large), Type::Map(small)) => {
            holds(large, small)
        }
        (large, small) => large == small,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_members_are_one_union() {
        let mut unions = Unions::default();
        let place = Provenance::default();
        let mut of = |members: &[Type]| unions.of(members.to_vec(), &place, "BoatLabel", |_| true);
        assert_eq!(of(&[Type::Int64, Type::String]), "IntegerOrString");
        assert_eq!(of(&[Type::String, Type::Int64]), "IntegerOrString");
        // The short name is taken.
        assert_eq!(of(&[Type::Int32, Type::String]), "BoatLabel");
    }

    #[test]
    fn a_type_that_another_holds_is_no_member() {
        let both = simplified(vec![Type::Int32, Type::Double]);
        assert_eq!(both, [Type::Double]);
        let apart = vec![Type::Int32, Type::Boolean];
        assert_eq!(simplified(apart.clone()), apart);
    }
}
