//! How a type of the old API relates to one of the new API: by their values, not by their
//! names.

use std::{borrow::Cow, collections::BTreeSet};

use docwright_model::{Api, Known, Literal, Schema, Shape, Type, Union};

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

/// A documented type: not inferred from samples or similarity.
pub(super) fn is_stated(known: Known) -> bool {
    matches!(known, Known::Corrected | Known::Documented)
}

/// How deep types are compared; deeper parts count as equal. Aliases may refer to each
/// other.
const DEEPEST: u8 = 32;

/// Relates `old` of one API to `new` of the other. Also returns the pair of named types
/// in them.
pub(super) fn relate<'a>(
    old: (&'a Api, &'a Type),
    new: (&'a Api, &'a Type),
) -> (Relation, Option<Pair<'a>>) {
    relate_within(old, new, DEEPEST)
}

fn relate_within<'a>(
    (old_api, old): (&'a Api, &'a Type),
    (new_api, new): (&'a Api, &'a Type),
    depth: u8,
) -> (Relation, Option<Pair<'a>>) {
    use Type::{
        Any, Array, Binary, Date, DateTime, Double, Int32, Int64, Map, Named, Nullable, String,
    };
    let Some(depth) = depth.checked_sub(1) else {
        return (Relation::Same, None);
    };
    let (old, new) = (behind_aliases(old_api, old), behind_aliases(new_api, new));
    let related = |old, new| relate_within((old_api, old), (new_api, new), depth);
    match (old, new) {
        (Nullable(old), Nullable(new)) => return related(&**old, &**new),
        (Nullable(old), new) if *new != Any => return related(&**old, new).and(Relation::Narrowed),
        (old, Nullable(new)) if *old != Any => return related(old, &**new).and(Relation::Widened),
        _ => {}
    }
    let of_old = named(old_api, old);
    let of_new = named(new_api, new);
    let is_union = |schema: Option<&Schema>| union(schema).is_some();
    let vague = |ty: &Type, schema: Option<&Schema>| match ty {
        Any => true,
        Named(_) => schema.is_none_or(says_nothing),
        _ => false,
    };
    let relation = match (old, new) {
        _ if old == new && !matches!(old, Named(_) | Array(_) | Map(_)) => Relation::Same,
        (old, new) if vague(old, of_old) && vague(new, of_new) => Relation::Same,
        (old, new) if (is_union(of_old) || is_union(of_new)) && *old != Any && *new != Any => {
            return relate_unions((old_api, old), (new_api, new), depth);
        }
        (Named(_), ty) if underlying(of_old).is_some_and(|it| widens(&it, ty)) => Relation::Widened,
        (ty, Named(_)) if underlying(of_new).is_some_and(|it| widens(&it, ty)) => {
            Relation::Narrowed
        }
        // A named type without content is still not a number or a list.
        (Named(_), ty) | (ty, Named(_)) if cannot_be_named(ty) => Relation::Changed,
        (old, _) if vague(old, of_old) => Relation::Refined,
        (_, new) if vague(new, of_new) => Relation::Coarsened,
        (Named(_), Named(_)) => return relate_named((old_api, of_old), (new_api, of_new)),
        (Array(old), Array(new)) | (Map(old), Map(new)) => return related(&**old, &**new),
        // An object with any keys is less specific than one with known keys.
        (Map(value), Named(_)) if **value == Any && is_object(of_new) => Relation::Refined,
        (Named(_), Map(value)) if **value == Any && is_object(of_old) => Relation::Coarsened,
        (Int32, Int64 | Double) | (Int64, Double) => Relation::Widened,
        (Int64 | Double, Int32) | (Double, Int64) => Relation::Narrowed,
        (Date | DateTime | Binary, String) => Relation::Widened,
        (String, Date | DateTime | Binary) => Relation::Narrowed,
        _ => Relation::Changed,
    };
    (relation, None)
}

/// Combines two relations, one of which is only about `null`.
trait AndNull {
    fn and(self, null: Relation) -> Self;
}

impl AndNull for (Relation, Option<Pair<'_>>) {
    fn and(self, null: Relation) -> Self {
        let relation = match self.0 {
            Relation::Same => null,
            same if same == null => null,
            _ => Relation::Changed,
        };
        (relation, self.1)
    }
}

/// The type that an alias is another name for, and so on.
fn behind_aliases<'a>(api: &'a Api, mut ty: &'a Type) -> &'a Type {
    for _ in 0..DEEPEST {
        match named(api, ty).map(|schema| &schema.shape) {
            Some(Shape::Alias(inner)) => ty = inner,
            _ => return ty,
        }
    }
    ty
}

fn union(schema: Option<&Schema>) -> Option<&Union> {
    match &schema?.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    }
}

/// The type that has the values of an enum, and others.
fn underlying(schema: Option<&Schema>) -> Option<Type> {
    match &schema?.shape {
        Shape::Values(values) => Some(match values.first().map(|it| &it.value) {
            Some(Literal::Integer(_)) => Type::Int32,
            _ => Type::String,
        }),
        Shape::Flags(_) => Some(Type::Int32),
        _ => None,
    }
}

/// Whether `new` has all values that an enum of `old` has, and more.
fn widens(old: &Type, new: &Type) -> bool {
    match old {
        Type::String => *new == Type::String,
        _ => matches!(new, Type::Int32 | Type::Int64 | Type::Double),
    }
}

/// Relates unions by their members; any other type is its own only member.
fn relate_unions<'a>(
    (old_api, old): (&'a Api, &'a Type),
    (new_api, new): (&'a Api, &'a Type),
    depth: u8,
) -> (Relation, Option<Pair<'a>>) {
    let (of_old, of_new) = (named(old_api, old), named(new_api, new));
    let members = |schema, ty| match union(schema) {
        Some(union) => union.members.iter().map(|it| &it.ty).collect(),
        None => vec![ty],
    };
    let (was, is): (Vec<&Type>, Vec<&Type>) = (members(of_old, old), members(of_new, new));
    let relation = |old, new| relate_within((old_api, old), (new_api, new), depth).0;
    let has_all = was.iter().all(|old| {
        use Relation::{Coarsened, Same, Widened};
        let mut is = is.iter();
        is.any(|new| matches!(relation(old, new), Same | Widened | Coarsened))
    });
    let had_all = is.iter().all(|new| {
        use Relation::{Narrowed, Refined, Same};
        let mut was = was.iter();
        was.any(|old| matches!(relation(old, new), Same | Narrowed | Refined))
    });
    let relation = match (has_all, had_all) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Widened,
        (false, true) => Relation::Narrowed,
        (false, false) => Relation::Changed,
    };
    let pair = of_old
        .zip(of_new)
        .filter(|(old, new)| union(Some(old)).is_some() && union(Some(new)).is_some());
    (relation, pair)
}

/// Whether the innermost type is a named type without content.
pub(super) fn is_mere_name(api: &Api, ty: &Type) -> bool {
    let name = ty.named();
    name.is_some_and(|name| api.schema(name).is_none_or(says_nothing))
}

/// Whether a type never has a name: pages only name objects and enums.
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

/// Whether one type has all members of the other, or half of the larger one's members are
/// in both. If both APIs have both types, less similarity isn't enough to pair them.
fn is_nearly(old: &Schema, new: &Schema) -> bool {
    let (old, new) = (members(old), members(new));
    let shared = old.intersection(&new).count();
    shared == old.len().min(new.len()) || shared * 2 >= old.len().max(new.len())
}

/// Whether two named types can stand for each other: the name is the same, or
/// at least half of the smaller one's members are in the other.
fn is_alike(old: &Schema, new: &Schema) -> bool {
    let same_kind = std::mem::discriminant(&old.shape) == std::mem::discriminant(&new.shape)
        && underlying(Some(old)) == underlying(Some(new));
    if !same_kind || old.name == new.name {
        return same_kind;
    }
    let (old, new) = (members(old), members(new));
    let shared = old.intersection(&new).count();
    shared * 2 >= old.len().min(new.len()) && shared > 0
}

/// Whether nearly all members are the same, so that a new name means the same type.
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
        let api: Api = serde_json::from_value(serde_json::json!({
            "format": 2, "title": "Boats", "security": [], "headers": [], "operations": [],
            "schemas": [
                { "name": "Crew", "known": "documented", "alias": "array<string>" },
                { "name": "Key", "known": "documented",
                  "union": { "members": [{ "type": "int64" }, { "type": "string" }] } },
                { "name": "Mark", "known": "documented",
                  "union": { "members": [{ "type": "bool" }, { "type": "date" }] } },
                { "name": "Rig", "known": "documented", "values": [{ "value": 0 }, { "value": 1 }] },
            ],
        }))
        .unwrap();
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
            ("array<int32>", "array<int32?>", Widened),
            ("array<string?>", "array<string>", Narrowed),
            ("array<int32?>", "array<int64>", Changed),
            ("int64", "Key", Widened),
            ("Key", "string", Narrowed),
            ("Key", "Mark", Changed),
            ("Key", "any", Coarsened),
            ("Rig", "int32", Widened),
            ("int64", "Rig", Narrowed),
            ("Rig", "string", Changed),
            ("Crew", "array<string>", Same),
            ("map<Key>", "map<Key>", Same),
        ] {
            assert_eq!(relation(old, new), expected, "{old} → {new}");
        }
    }
}
