//! Parameters with dotted names, such as `task.owner.name`: rows that describe the
//! properties of an object, one level for each dot. If the object has the properties of a
//! known type, the rows are evidence about that type, too.

use super::{
    decide,
    evidence::{Evidence, NamedBy, NamedType},
    names,
    operation::Operation,
    slots::{Slot, Slots},
};
use docwright_model::{Direction, Known};
use docwright_read::{dialect::Dialect, document::DEEPEST, extract::RowFact};

/// A name between dots: its own row, and what is below it.
#[derive(Clone, Debug, Default)]
pub struct Node<'f> {
    row: Option<&'f RowFact>,
    below: Vec<(String, Node<'f>)>,
}

/// The trees of all dotted parameters.
pub fn trees<'f>(operations: &[Operation<'f>]) -> Vec<Node<'f>> {
    let mut trees = Vec::new();
    for operation in operations {
        let mut root = Node::default();
        for (_, row) in &operation.facts.parameters {
            // A name with more parts than the allowed nesting is a single name.
            if (2..=DEEPEST).contains(&row.name.split('.').take(DEEPEST + 1).count()) {
                root.enter(row);
            }
        }
        // A prefix with only one row is a name that contains a dot.
        let objects = root.below.into_iter().map(|(_, node)| node);
        trees.extend(objects.filter(|node| node.below.len() > 1));
    }
    trees
}

impl<'f> Node<'f> {
    fn enter(&mut self, row: &'f RowFact) {
        let node = row.name.split('.').fold(self, |node, part| {
            let found = node.below.iter().position(|(name, _)| name == part);
            let at = found.unwrap_or_else(|| {
                node.below.push((part.to_owned(), Node::default()));
                node.below.len() - 1
            });
            &mut node.below[at].1
        });
        node.row = Some(row);
    }
}

impl<'f> Evidence<'f> {
    /// Enters what dotted parameters state about types; returns whether that was new.
    pub fn enter_dotted(&mut self, trees: &[Node<'f>], dialect: &Dialect) -> bool {
        let mut changed = false;
        for tree in trees {
            if let Some(name) = self.like(tree) {
                changed |= self.descend(&name, tree, dialect);
            }
        }
        changed
    }

    /// The documented type with nearly all properties of a tree's first level; of
    /// several, the one with the most.
    fn like(&self, tree: &Node<'_>) -> Option<String> {
        // A type with fewer properties can't have enough in common.
        let is_enough = |common: usize| 5 * common >= 4 * tree.below.len();
        let documented = self
            .by_name
            .iter()
            .filter(|(_, c)| c.known < Known::Sampled && is_enough(c.slots.len()));
        let common = |named_type: &NamedType<'_>| {
            let has = |name: &String| named_type.slots.iter().any(|s| same(&s.name, name));
            tree.below.iter().filter(|(name, _)| has(name)).count()
        };
        let best = documented.map(|(name, named_type)| {
            let missing = named_type.slots.len();
            (common(named_type), std::cmp::Reverse(missing), name)
        });
        let (common, _, name) = best.max()?;
        is_enough(common).then(|| name.clone())
    }

    fn descend(&mut self, owner: &str, node: &Node<'f>, dialect: &Dialect) -> bool {
        let mut changed = false;
        for (name, below) in &node.below {
            let Some(named_type) = self.by_name.get_mut(owner) else {
                return changed;
            };
            let Some(at) = named_type.slots.iter().position(|s| same(&s.name, name)) else {
                continue;
            };
            let slot = named_type.slots.at(at);
            if let Some(row) = below.row
                && !slot.rows.iter().any(|known| std::ptr::eq(*known, row))
            {
                slot.add(row);
                changed = true;
            }
            if below.below.is_empty() {
                continue;
            }
            let slot = slot.clone();
            let inner = match decide::decide(&slot, owner, self, dialect).ty.named() {
                Some(inner) => inner.to_owned(),
                None => names::type_name(&slot.name),
            };
            changed |= self.describe(&inner, below, &slot);
            changed |= self.descend(&inner, below, dialect);
        }
        changed
    }

    /// A type that only dotted names describe has the properties below them, spelled like
    /// those of its owner.
    fn describe(&mut self, name: &str, node: &Node<'f>, owner: &Slot<'_>) -> bool {
        let known = self.by_name.get(name).map(|named_type| named_type.known);
        if known.is_some_and(|known| known < Known::Sampled) {
            return false;
        }
        let capitals = owner.name.starts_with(|c: char| c.is_ascii_uppercase());
        let spelled = |name: &str| {
            let mut letters = name.chars();
            match letters.next() {
                Some(first) if capitals => {
                    first.to_ascii_uppercase().to_string() + letters.as_str()
                }
                _ => name.to_owned(),
            }
        };
        let rows = node.below.iter().filter_map(|(_, below)| below.row);
        let provenance: Vec<_> = rows.map(|row| row.provenance.clone()).take(1).collect();
        let named_type = self
            .by_name
            .entry(name.to_owned())
            .or_insert_with(|| NamedType {
                known: Known::Sampled,
                slots: Slots::default(),
                provenance,
                named_by: NamedBy::Content,
                is_open: false,
            });
        named_type.known = Known::Documented;
        for (name, _) in &node.below {
            if !named_type.slots.iter().any(|slot| same(&slot.name, name)) {
                named_type
                    .slots
                    .push(Slot::new(&spelled(name), Direction::Response));
            }
        }
        self.sort_by_size();
        true
    }
}

/// Whether two names differ at most in letter case.
fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
