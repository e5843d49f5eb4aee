//! Pairs the operations of the old and the new API.

use std::collections::BTreeMap;

use super::relate::members;
use docwright_model::{Api, Body, Operation};

/// Operations that are in both APIs, and those that are only in one.
pub(super) struct Pairing<'a> {
    pub pairs: Vec<(&'a Operation, &'a Operation)>,
    pub removed: Vec<&'a Operation>,
    pub added: Vec<&'a Operation>,
    apis: (&'a Api, &'a Api),
}

/// Pairs operations: by uid first, then by method and path, then by method and the path
/// without the names of its parameters, and finally those with the same description and
/// messages, which are [reported](is_offered) as a move. A key that two operations share
/// pairs neither of them.
pub(super) fn pair<'a>(old: &'a Api, new: &'a Api) -> Pairing<'a> {
    let mut pairing = Pairing {
        pairs: Vec::new(),
        apis: (old, new),
        removed: old.operations.iter().collect(),
        added: new.operations.iter().collect(),
    };
    pairing.by(|it| it.uid.clone());
    pairing.by(|it| format!("{} {}", it.method, it.path));
    pairing.by(|it| format!("{} {}", it.method, template(&it.path)));
    pairing.by_likeness();
    pairing.pairs.sort_by(|a, b| a.1.uid.cmp(&b.1.uid));
    pairing
}

impl Pairing<'_> {
    fn by(&mut self, key: impl Fn(&Operation) -> String) {
        if self.removed.is_empty() || self.added.is_empty() {
            return;
        }
        // Indices of the operations in `removed` and in `added` with a key.
        let mut keyed: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (index, operation) in self.removed.iter().enumerate() {
            keyed.entry(key(operation)).or_default().0.push(index);
        }
        for (index, operation) in self.added.iter().enumerate() {
            keyed.entry(key(operation)).or_default().1.push(index);
        }
        let alone = keyed
            .values()
            .filter_map(|(old, new)| match (&old[..], &new[..]) {
                ([old], [new]) => Some((*old, *new)),
                _ => None,
            });
        self.take(alone.collect());
    }

    /// Pairs operations that are like each other and unlike all others, including those
    /// that stay: a description such as "Deletes it." proves nothing.
    fn by_likeness(&mut self) {
        if self.removed.is_empty() || self.added.is_empty() {
            return;
        }
        let (old, new) = (all_alike(self.apis.0), all_alike(self.apis.1));
        let mut found = Vec::new();
        for (key, operations) in &old {
            let (&[was], Some(&[is])) = (&operations[..], new.get(key).map(|it| &it[..])) else {
                continue;
            };
            let removed = self.removed.iter().position(|it| std::ptr::eq(*it, was));
            let added = self.added.iter().position(|it| std::ptr::eq(*it, is));
            if let (Some(removed), Some(added)) = (removed, added)
                && (has_same_place(was, is) || shows_type(was, self.apis.0))
            {
                found.push((removed, added));
            }
        }
        self.take(found);
    }

    fn take(&mut self, pairs: Vec<(usize, usize)>) {
        let found = pairs
            .iter()
            .map(|(old, new)| (self.removed[*old], self.added[*new]));
        self.pairs.extend(found);
        let (old, new) = pairs.into_iter().unzip();
        remove(&mut self.removed, old);
        remove(&mut self.added, new);
    }
}

/// Whether a pair is only based on similarity, not on the uid or the path.
pub(super) fn is_offered(old: &Operation, new: &Operation) -> bool {
    old.uid != new.uid && template(&old.path) != template(&new.path)
}

/// The operations of an API, by what they are like.
fn all_alike(api: &Api) -> BTreeMap<String, Vec<&Operation>> {
    let mut alike: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for operation in &api.operations {
        if let Some(key) = likeness(operation, api) {
            alike.entry(key).or_default().push(operation);
        }
    }
    alike
}

/// Whether two paths have something significant in common: the resource, or the last
/// word.
fn has_same_place(old: &Operation, new: &Operation) -> bool {
    let last = |it: &Operation| {
        let mut words = it.path.rsplit('/').filter(|it| !it.contains('{'));
        words.next().filter(|it| !it.is_empty()).map(str::to_owned)
    };
    let is_told = !old.resource.is_empty();
    is_told && old.resource == new.resource || last(old).is_some() && last(old) == last(new)
}

/// Whether some body has a named type, so that its members are alike, too.
fn shows_type(operation: &Operation, api: &Api) -> bool {
    let schemas = bodies(operation).filter_map(|body| api.schema(body.ty.named()?));
    schemas.map(members).any(|members| members.len() > 1)
}

fn bodies(operation: &Operation) -> impl Iterator<Item = &Body> {
    let responses = operation.responses.iter().filter_map(|it| it.body.as_ref());
    operation.request.iter().chain(responses)
}

/// What an operation is like apart from its uid and its path: method, words, parameters,
/// and the members of its bodies' types. Without a description, an operation is like too
/// many others.
fn likeness(operation: &Operation, api: &Api) -> Option<String> {
    let words = operation.description.as_ref()?.plain();
    let mut text = format!("{} {words}", operation.method);
    for parameter in &operation.parameters {
        text.push_str(&format!(" {:?} {}", parameter.location, parameter.name));
    }
    for body in bodies(operation) {
        let schema = body.ty.named().and_then(|name| api.schema(name));
        match schema.map(members) {
            // The name may be made of the uid.
            Some(members) => text.push_str(&format!(" {members:?}")),
            None => text.push_str(&format!(" {}", body.ty)),
        }
    }
    Some(text)
}

fn remove<T>(from: &mut Vec<T>, mut indices: Vec<usize>) {
    indices.sort_unstable();
    let mut index = 0;
    from.retain(|_| {
        index += 1;
        indices.binary_search(&(index - 1)).is_err()
    });
}

/// A path without the names of its parameters.
pub(super) fn template(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut within = false;
    for c in path.chars() {
        match c {
            '{' => within = true,
            '}' => within = false,
            _ if within => continue,
            _ => {}
        }
        text.push(c);
    }
    text
}

/// The names of a path's parameters, in order.
pub(super) fn path_names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_its_places_not_their_names() {
        assert_eq!(template("/Pet/{id}/Toy/{toy}"), "/Pet/{}/Toy/{}");
        assert_eq!(path_names("/Pet/{id}/Toy/{toy}"), ["id", "toy"]);
    }
}
