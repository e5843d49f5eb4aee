//! Which named types are counterparts, starting from the bodies and parameters of
//! operations, and which operations and messages a change in one of them affects.

use std::collections::BTreeMap;

use super::{
    Reached,
    collect::Comparison,
    members::match_properties,
    relate::{Pair, Relation, relate},
};
use docwright_model::{Direction, Operation, Schema, Shape, Union};

/// Pairs of named types, and how one leads to others.
#[derive(Default)]
pub(super) struct Graph<'a> {
    operations: Vec<&'a Operation>,
    pub nodes: Vec<Node<'a>>,
    ids: BTreeMap<(&'a str, &'a str), usize>,
}

/// Two named types that are counterparts.
pub(super) struct Node<'a> {
    pub old: &'a Schema,
    pub new: &'a Schema,
    /// Pairs that properties of this one lead to, and in which messages.
    edges: Vec<(usize, Direction)>,
    /// The operations whose requests, and whose responses, have this type in
    /// them; a bit for each.
    requests: Bits,
    responses: Bits,
}

/// A set of operations.
#[derive(Clone, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn insert(&mut self, index: usize) {
        if self.0.len() <= index / 64 {
            self.0.resize(index / 64 + 1, 0);
        }
        self.0[index / 64] |= 1 << (index % 64);
    }

    /// Adds all of `other`; returns whether that made a difference.
    fn extend(&mut self, other: &Self) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut changed = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            changed |= *word | more != *word;
            *word |= more;
        }
        changed
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let words = self.0.iter().enumerate();
        words.flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }
}

/// Whether data in this direction is in requests.
pub(super) fn is_sent(direction: Direction) -> bool {
    direction != Direction::Response
}

/// Whether data in this direction is in responses.
pub(super) fn is_returned(direction: Direction) -> bool {
    direction != Direction::Request
}

/// The directions that are in both; `None` when none is.
pub(super) fn common(a: Direction, b: Direction) -> Option<Direction> {
    from_parts(is_sent(a) && is_sent(b), is_returned(a) && is_returned(b))
}

fn from_parts(sent: bool, returned: bool) -> Option<Direction> {
    match (sent, returned) {
        (true, true) => Some(Direction::Both),
        (true, false) => Some(Direction::Request),
        (false, true) => Some(Direction::Response),
        (false, false) => None,
    }
}

impl<'a> Graph<'a> {
    /// Makes an operation known by its index; they come in order.
    pub fn add_operation(&mut self, index: usize, operation: &'a Operation) {
        debug_assert_eq!(index, self.operations.len());
        self.operations.push(operation);
    }

    /// Records that a message of an operation contains this pair.
    pub fn enter(&mut self, operation: usize, direction: Direction, pair: Pair<'a>) {
        let node = self.id(pair);
        match direction {
            Direction::Response => self.nodes[node].responses.insert(operation),
            _ => self.nodes[node].requests.insert(operation),
        }
    }

    fn id(&mut self, (old, new): Pair<'a>) -> usize {
        let count = self.nodes.len();
        let id = *self.ids.entry((&old.name, &new.name)).or_insert(count);
        if id == count {
            self.nodes.push(Node {
                old,
                new,
                edges: Vec::new(),
                requests: Bits::default(),
                responses: Bits::default(),
            });
        }
        id
    }

    /// The messages that contain a pair; `None` if nothing leads to it.
    pub fn direction(&self, node: usize) -> Option<Direction> {
        let node = &self.nodes[node];
        from_parts(!node.requests.is_empty(), !node.responses.is_empty())
    }

    /// The operations with this pair in messages of this direction, by index.
    pub fn indices(&self, node: usize, way: Direction) -> impl Iterator<Item = usize> + '_ {
        let node = &self.nodes[node];
        match way {
            Direction::Response => node.responses.iter(),
            _ => node.requests.iter(),
        }
    }

    /// The operations with this pair in such messages.
    pub fn reached(&self, node: usize, direction: Direction) -> Vec<Reached> {
        let node = &self.nodes[node];
        let mut reached = Vec::new();
        for (is_asked, bits, way) in [
            (is_sent(direction), &node.requests, Direction::Request),
            (is_returned(direction), &node.responses, Direction::Response),
        ] {
            if is_asked {
                reached.extend(bits.iter().map(|it| Reached::new(self.operations[it], way)));
            }
        }
        reached
    }

    /// Passes on the operations of a pair to the pairs that it leads to.
    fn spread(&mut self) {
        let mut todo: Vec<usize> = (0..self.nodes.len()).collect();
        while let Some(from) = todo.pop() {
            let node = &mut self.nodes[from];
            let edges = std::mem::take(&mut node.edges);
            let (requests, responses) = (node.requests.clone(), node.responses.clone());
            for (to, direction) in &edges {
                let target = &mut self.nodes[*to];
                let sent = is_sent(*direction) && target.requests.extend(&requests);
                let returned = is_returned(*direction) && target.responses.extend(&responses);
                if sent || returned {
                    todo.push(*to);
                }
            }
            self.nodes[from].edges = edges;
        }
    }
}

impl<'a> Comparison<'a> {
    /// Compares all named types that messages of both APIs have in them.
    pub fn types(&mut self) {
        let mut next = 0;
        while next < self.graph.nodes.len() {
            self.follow(next);
            next += 1;
        }
        self.graph.spread();
        for node in 0..self.graph.nodes.len() {
            if let Some(direction) = self.graph.direction(node) {
                self.members(node, direction);
            }
        }
    }

    /// Finds the pairs that the properties of a pair lead to.
    fn follow(&mut self, node: usize) {
        let Node { old, new, .. } = self.graph.nodes[node];
        if let (Shape::Union(was), Shape::Union(is)) = (&old.shape, &new.shape) {
            let types = |union: &'a Union| union.members.iter().map(|it| &it.ty);
            for (was, is) in types(was).flat_map(|was| types(is).map(move |is| (was, is))) {
                if let (Relation::Same, Some(pair)) = relate((self.old, was), (self.new, is)) {
                    let target = self.graph.id(pair);
                    self.graph.nodes[node].edges.push((target, Direction::Both));
                }
            }
        }
        let (Shape::Properties(was), Shape::Properties(is)) = (&old.shape, &new.shape) else {
            return;
        };
        let matching = match_properties(was, is);
        for (was, is) in matching.same.into_iter().chain(matching.renamed) {
            let (_, pair) = self.relate(was.into(), is.into());
            if let Some(pair) = pair {
                let target = self.graph.id(pair);
                let direction = was.direction.and(is.direction);
                self.graph.nodes[node].edges.push((target, direction));
            }
        }
    }
}
