//! How a type of the old API relates to one of the new: by what values they
//! have, not by their names.

use std::{borrow::Cow, collections::BTreeSet};

use crate::model::{Api, Known, Schema, Shape, Type};

/// How the new type's values relate to the old type's. The strongest is the
/// greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same values; named types are compared on their own.
    Same,
    /// Nothing was known of the old type.
    Refined,
    /// Nothing is known of the new type.
    Coarsened,
    /// Fewer values than before.
    Narrowed,
    /// More values than before.
    Widened,
    /// Other values.
    Changed,
}

/// Two named types that stand for each other.
pub(super) type Pair<'a> = (&'a Schema, &'a Schema);

/// A type that is written down: not inferred from samples or likeness.
pub(super) fn is_stated(known: Known) -> bool {
    matches!(known, Known::Corrected | Known::Documented)
}

/// Relates `old` of one API to `new` of the other. Named types that stand for
/// each other in them come back, too.
pub(super) fn relate<'a>(
    (old_api, old): (&'a Api, &Type),
    (new_api, new): (&'a Api, &Type),
) -> (Relation, Option<Pair<'a>>) {
    use Type::{Any, Array, Binary, Date, DateTime, Double, Int32, Int64, Map, Named, String};
    let of_old = named(old_api, old);
    let of_new = named(new_api, new);
    let vague = |ty: &Type, schema: Option<&Schema>| match ty {
        Any => true,
        Named(_) => schema.is_none_or(says_nothing),
        _ => false,
    };
    let relation = match (old, new) {
        _ if old == new && !matches!(old, Named(_) | Array(_) | Map(_)) => Relation::Same,
        (old, new) if vague(old, of_old) && vague(new, of_new) => Relation::Same,
        // A name with nothing behind it is a name all the same: it doesn't stand for
        // a number, nor for a list.
        (Named(_), ty) | (ty, Named(_)) if cannot_be_named(ty) => Relation::Changed,
        (old, _) if vague(old, of_old) => Relation::Refined,
        (_, new) if vague(new, of_new) => Relation::Coarsened,
        (Named(_), Named(_)) => return relate_named((old_api, of_old), (new_api, of_new)),
        (Array(old), Array(new)) | (Map(old), Map(new)) => {
            return relate((old_api, old), (new_api, new));
        }
        // An object with any keys says less than one with known ones.
        (Map(value), Named(_)) if **value == Any && is_object(of_new) => Relation::Refined,
        (Named(_), Map(value)) if **value == Any && is_object(of_old) => Relation::Coarsened,
        (Int32, Int64 | Double) | (Int64, Double) => Relation::Widened,
        (Int64 | Double, Int32) | (Double, Int64) => Relation::Narrowed,
        (Date | DateTime | Binary, String) => Relation::Widened,
        (String, Date | DateTime | Binary) => Relation::Narrowed,
        (Named(_), String) if !is_object(of_old) => Relation::Widened,
        (String, Named(_)) if !is_object(of_new) => Relation::Narrowed,
        _ => Relation::Changed,
    };
    (relation, None)
}

/// Whether a type has a name at its heart with nothing behind it.
pub(super) fn is_mere_name(api: &Api, ty: &Type) -> bool {
    let name = ty.named();
    name.is_some_and(|name| api.schema(name).is_none_or(says_nothing))
}

/// Whether a type is one that has no name in any API: pages name objects and
/// enums.
fn cannot_be_named(ty: &Type) -> bool {
    use Type::{Array, Boolean, Date, DateTime, Double, Int32, Int64};
    matches!(
        ty,
        Boolean | Int32 | Int64 | Double | Date | DateTime | Array(_)
    )
}

fn relate_named<'a>(
    (old_api, old): (&'a Api, Option<&'a Schema>),
    (new_api, new): (&'a Api, Option<&'a Schema>),
) -> (Relation, Option<Pair<'a>>) {
    let (Some(old), Some(new)) = (old, new) else {
        return (Relation::Same, None);
    };
    let stayed = new_api.schema(&old.name).zip(old_api.schema(&new.name));
    let are_two = old.name != new.name
        && stayed.is_some_and(|(a, b)| is_stated(a.known) && is_stated(b.known))
        && !is_nearly(old, new);
    match is_alike(old, new) && !are_two {
        true => (Relation::Same, Some((old, new))),
        false => (Relation::Changed, None),
    }
}

/// Whether one type has all that the other has, or half of the greater one's
/// members are in both. Where both APIs have both of two types, one doesn't stand
/// for the other for less.
fn is_nearly(old: &Schema, new: &Schema) -> bool {
    let (old, new) = (members(old), members(new));
    let shared = old.intersection(&new).count();
    shared == old.len().min(new.len()) || shared * 2 >= old.len().max(new.len())
}

/// Whether two named types can stand for each other: the name is the same, or
/// at least half of the smaller one's members are in the other.
fn is_alike(old: &Schema, new: &Schema) -> bool {
    let same_kind = matches!(
        (&old.shape, &new.shape),
        (Shape::Properties(_), Shape::Properties(_)) | (Shape::Values(_), Shape::Values(_))
    );
    if !same_kind || old.name == new.name {
        return same_kind;
    }
    let (old, new) = (members(old), members(new));
    let shared = old.intersection(&new).count();
    shared * 2 >= old.len().min(new.len()) && shared > 0
}

/// Whether nearly all members are the same, so that a new name is one for the
/// same thing.
pub(super) fn has_same_shape(old: &Schema, new: &Schema) -> bool {
    let (old, new) = (members(old), members(new));
    let shared = old.intersection(&new).count();
    shared * 5 >= old.len().max(new.len()) * 4
}

/// The names of properties, or the values, of a type.
pub(super) fn members(schema: &Schema) -> BTreeSet<Cow<'_, str>> {
    match &schema.shape {
        Shape::Properties(properties) => properties
            .iter()
            .map(|it| it.name.as_str().into())
            .collect(),
        Shape::Values(values) | Shape::Flags(values) => {
            values.iter().map(|it| it.value.text()).collect()
        }
        Shape::Union(union) => union
            .members
            .iter()
            .map(|it| it.ty.to_string().into())
            .collect(),
        Shape::Alias(ty) => BTreeSet::from([ty.to_string().into()]),
    }
}

/// A name and nothing behind it.
pub(super) fn says_nothing(schema: &Schema) -> bool {
    members(schema).is_empty() && !is_stated(schema.known)
}

pub(super) fn is_object(schema: Option<&Schema>) -> bool {
    schema.is_some_and(|it| matches!(it.shape, Shape::Properties(_)))
}

pub(super) fn named<'a>(api: &'a Api, ty: &Type) -> Option<&'a Schema> {
    match ty {
        Type::Named(name) => api.schema(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(old: &str, new: &str) -> Relation {
        let api = Api::default();
        let (old, new) = (old.parse().unwrap(), new.parse().unwrap());
        relate((&api, &old), (&api, &new)).0
    }

    #[test]
    fn types_relate_by_their_values() {
        use Relation::*;
        for (old, new, expected) in [
            ("int32", "int32", Same),
            ("int32", "int64", Widened),
            ("double", "int32", Narrowed),
            ("string", "date-time", Narrowed),
            ("string", "bool", Changed),
            ("any", "map<string>", Refined),
            ("array<int32>", "array<any>", Coarsened),
            ("array<date>", "array<string>", Widened),
            ("int32", "array<int32>", Changed),
        ] {
            assert_eq!(relation(old, new), expected, "{old} → {new}");
        }
    }
}
