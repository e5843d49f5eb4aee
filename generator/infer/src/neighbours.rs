//! Which types the operations of a path and of a resource accept and return, by the names
//! that pages give. A table without a name more likely describes one of these than
//! another type.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    evidence::{BodyKey, BodyUse, Evidence},
    operation::{Operation, Part},
    resources::Prefix,
    shape::Shape,
};
use docwright_model::Direction;

/// The named types of paths and resources, and what samples show of them.
#[derive(Debug, Default)]
pub struct Neighbours<'o> {
    /// What GET answers, by path.
    answers: HashMap<&'o str, BTreeSet<String>>,
    /// What operations of a resource accept and return.
    homes: HashMap<String, BTreeSet<String>>,
    /// Path and resource of each operation.
    places: Vec<(&'o str, String)>,
    /// What the first sample of a type shows.
    shapes: BTreeMap<String, Shape>,
}

impl<'o> Neighbours<'o> {
    /// The types of each path and resource, before tables without a name are matched.
    pub fn of(operations: &'o [Operation<'_>], evidence: &Evidence<'_>) -> Self {
        let paths = || operations.iter().map(|o| o.facts.path.as_str());
        let prefix = Prefix::of(paths());
        let places = paths().map(|path| (path, prefix.resource(path)));
        let mut neighbours = Self {
            places: places.collect(),
            ..Self::default()
        };
        for (key, body) in &evidence.bodies {
            let Some(name) = type_of(body) else { continue };
            let (path, resource) = &neighbours.places[key.operation];
            let home = neighbours.homes.entry(resource.clone()).or_default();
            home.insert(name.to_owned());
            let is_answered = key.direction == Direction::Response && key.part == Part::Main;
            if is_answered && operations[key.operation].facts.method == "GET" {
                let answers = neighbours.answers.entry(path).or_default();
                answers.insert(name.to_owned());
            }
            if body.named_type.is_some() && body.root.shape.some_object().is_some() {
                let shapes = &mut neighbours.shapes;
                let known = shapes.entry(name.to_owned());
                known.or_insert_with(|| body.root.shape.clone());
            }
        }
        neighbours
    }

    /// The path of a body's operation.
    pub fn path(&self, key: BodyKey) -> &'o str {
        self.places[key.operation].0
    }

    /// Whether GET returns a type on the path of a request body.
    pub fn is_read_there(&self, key: BodyKey, name: &str) -> bool {
        let answers = self.answers.get(self.path(key));
        key.direction == Direction::Request && answers.is_some_and(|names| names.contains(name))
    }

    /// Whether some operation of the body's resource accepts or returns a type.
    pub fn is_at_home(&self, key: BodyKey, name: &str) -> bool {
        let home = self.homes.get(&self.places[key.operation].1);
        home.is_some_and(|names| names.contains(name))
    }

    /// Whether samples show that a body can't be of a type.
    pub fn contradict(&self, body: &BodyUse<'_>, name: &str) -> bool {
        let rows = body.fact.rows.iter().map(|row| row.name.as_str());
        self.shapes
            .get(name)
            .is_some_and(|shape| differ(rows, &body.root.shape, shape))
    }
}

/// The named type that a body is, or that its elements are.
fn type_of<'b>(body: &'b BodyUse<'_>) -> Option<&'b str> {
    let described = body.named_type.as_ref().map(|(name, _)| name.as_str());
    described.or_else(|| super::words::named(body.word.as_ref()?))
}

/// Whether samples show values at one of these properties that can't have the same type.
pub fn differ<'n>(mut rows: impl Iterator<Item = &'n str>, one: &Shape, other: &Shape) -> bool {
    let (Some(one), Some(other)) = (one.some_object(), other.some_object()) else {
        return false;
    };
    rows.any(|name| match (one.keys.get(name), other.keys.get(name)) {
        (Some(one), Some(other)) => contradict(one, other, DEPTH),
        _ => false,
    })
}

/// How deep elements are compared.
const DEPTH: usize = 4;

/// Whether the samples at two places can't have the same type.
fn contradict(one: &Shape, other: &Shape, depth: usize) -> bool {
    let Some(deeper) = depth.checked_sub(1) else {
        return false;
    };
    let kinds = |it: &Shape| {
        [
            it.booleans,
            it.integers.is_some() || it.fractions,
            it.strings.is_some(),
            it.elements.is_some(),
            it.object.is_some(),
        ]
    };
    let (mine, theirs) = (kinds(one), kinds(other));
    let any = |kinds: [bool; 5]| kinds.contains(&true);
    let common = mine
        .iter()
        .zip(theirs)
        .any(|(mine, theirs)| *mine && theirs);
    if any(mine) && any(theirs) && !common {
        return true;
    }
    match (&one.elements, &other.elements) {
        (Some(one), Some(other)) if contradict(one, other, deeper) => return true,
        _ => {}
    }
    let (Some(one), Some(other)) = (&one.object, &other.object) else {
        return false;
    };
    // A single key may be any key of a map.
    let many = one.keys.len() > 1 && other.keys.len() > 1;
    many && !one.names().any(|name| other.keys.contains_key(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn samples_speak_against_one_type() {
        let differ = |one, other| differ(["a"].into_iter(), &Shape::of(&one), &Shape::of(&other));
        assert!(differ(
            json!({"a": ["oil"]}),
            json!({"a": [{"name": "oil"}]})
        ));
        assert!(differ(
            json!({"a": {"x": 1, "y": 1}}),
            json!({"a": {"v": 1, "w": 1}})
        ));
        assert!(!differ(json!({"a": 1}), json!({"a": 1.5})));
        assert!(!differ(json!({"a": null}), json!({"a": "oil"})));
        assert!(!differ(json!({"a": {"x": 1}}), json!({"a": {"y": 1}})));
        assert!(!differ(json!({"b": 1}), json!({"b": "oil"})));
    }
}
