//! Which operation of the old API is which of the new.

use std::collections::BTreeMap;

use super::relate::members;
use crate::model::{Api, Operation};

/// Operations that are the same one, and those that are in one API only.
pub(super) struct Pairing<'a> {
    pub pairs: Vec<(&'a Operation, &'a Operation)>,
    pub removed: Vec<&'a Operation>,
    pub added: Vec<&'a Operation>,
    apis: (&'a Api, &'a Api),
}

/// Pairs operations: by uid first, then by method and path, then by method and
/// the path without the names of its parameters, and at last those that are
/// described and made the same. A key that two operations share pairs neither
/// of them.
pub(super) fn pair<'a>(old: &'a Api, new: &'a Api) -> Pairing<'a> {
    let mut pairing = Pairing {
        pairs: Vec::new(),
        apis: (old, new),
        removed: old.operations.iter().collect(),
        added: new.operations.iter().collect(),
    };
    pairing.by(|it, _| Some(it.uid.clone()));
    pairing.by(|it, _| Some(format!("{} {}", it.method, it.path)));
    pairing.by(|it, _| Some(format!("{} {}", it.method, template(&it.path))));
    pairing.by(likeness);
    pairing.pairs.sort_by(|a, b| a.1.uid.cmp(&b.1.uid));
    pairing
}

impl Pairing<'_> {
    fn by(&mut self, key: impl Fn(&Operation, &Api) -> Option<String>) {
        if self.removed.is_empty() || self.added.is_empty() {
            return;
        }
        // Indices of the operations in `removed` and in `added` that have a key.
        let mut keyed: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (index, operation) in self.removed.iter().enumerate() {
            if let Some(key) = key(operation, self.apis.0) {
                keyed.entry(key).or_default().0.push(index);
            }
        }
        for (index, operation) in self.added.iter().enumerate() {
            if let Some(key) = key(operation, self.apis.1) {
                keyed.entry(key).or_default().1.push(index);
            }
        }
        let mut taken = (Vec::new(), Vec::new());
        for (old, new) in keyed.values() {
            if let ([old], [new]) = (&old[..], &new[..]) {
                self.pairs.push((self.removed[*old], self.added[*new]));
                taken.0.push(*old);
                taken.1.push(*new);
            }
        }
        remove(&mut self.removed, taken.0);
        remove(&mut self.added, taken.1);
    }
}

/// What an operation is like apart from its uid and its path: method, words,
/// parameters, and the members of its bodies' types. Without words about it, an
/// operation is like too many others.
fn likeness(operation: &Operation, api: &Api) -> Option<String> {
    let words = operation.description.as_ref()?.plain();
    let mut text = format!("{} {words}", operation.method);
    for parameter in &operation.parameters {
        text.push_str(&format!(" {:?} {}", parameter.location, parameter.name));
    }
    let answers = operation.responses.iter().filter_map(|it| it.body.as_ref());
    for body in operation.request.iter().chain(answers) {
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
