//! Discriminators: the value that says of which member of a union an object is.

use std::collections::{BTreeMap, BTreeSet};

use docwright_model::{Api, Shape, Type, Union, UnionMember};

/// A discriminator and its value, by the wire name of the object that has them.
pub type Tags<'a> = BTreeMap<&'a str, (&'a str, &'a str)>;

/// The value of the discriminator for each member: what the pages say, or its type's
/// name. `None` if some member has none, because then they can't be distinguished by it.
pub fn tags(union: &Union) -> Option<Vec<&str>> {
    union.discriminator.as_ref()?;
    let tags: Option<Vec<_>> = union.members.iter().map(tag_of).collect();
    let tags = tags?;
    let different: BTreeSet<_> = tags.iter().collect();
    (different.len() == tags.len()).then_some(tags)
}

fn tag_of(member: &UnionMember) -> Option<&str> {
    match (&member.tag, &member.ty) {
        (Some(tag), _) => Some(tag),
        (None, Type::Named(name)) => Some(name),
        _ => None,
    }
}

/// The objects whose discriminator has one value, whichever union they are in.
pub fn fixed(api: &Api) -> Tags<'_> {
    let mut found: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for schema in &api.schemas {
        let Shape::Union(union) = &schema.shape else {
            continue;
        };
        let (Some(property), Some(tags)) = (&union.discriminator, tags(union)) else {
            continue;
        };
        for (member, tag) in union.members.iter().zip(tags) {
            if let Type::Named(name) = &member.ty {
                found.entry(name).or_default().insert((property, tag));
            }
        }
    }
    let one = |tags: BTreeSet<_>| (tags.len() == 1).then(|| tags.into_iter().next())?;
    let fixed = found.into_iter();
    fixed
        .filter_map(|(name, tags)| Some((name, one(tags)?)))
        .collect()
}
