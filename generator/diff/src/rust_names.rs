//! Rust names that differ although what they name is the same on the wire: another
//! operation or property has got the old name, or lost the one that was in the way.
//! Nothing here makes names; those who generate the crates state them.

use std::collections::BTreeMap;

use super::{collect::Comparison, finding::Change, operations::change, rules::the};
use docwright_model::{Direction, Operation};

/// Rust names, by the part that each names, of each owner. The part without a name is the
/// owner itself.
pub type PartNames = BTreeMap<String, BTreeMap<String, String>>;

/// The Rust names in the crate of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustNames {
    /// Those of operations: the method, the types and the setters, by uid.
    pub operations: PartNames,
    /// Those of types and their members, by wire name.
    pub types: PartNames,
}

/// The parts of an owner with another name: what they are, and both names.
fn renamed<'n>(
    (old, new): (&'n PartNames, &'n PartNames),
    owner: &str,
) -> Vec<(&'n str, [&'n str; 2])> {
    let (Some(old), Some(new)) = (old.get(owner), new.get(owner)) else {
        return Vec::new();
    };
    let both = old
        .iter()
        .filter_map(|(part, was)| Some((part, was, new.get(part)?)));
    let renamed = both.filter(|(_, was, is)| was != is);
    renamed
        .map(|(part, was, is)| (&**part, [&**was, &**is]))
        .collect()
}

fn renaming(subject: String, [was, is]: [&str; 2]) -> Change {
    Change {
        old: Some(was.to_owned()),
        new: Some(is.to_owned()),
        direction: Direction::Both,
        ..change(the("rust-name-changed"), subject)
    }
}

impl<'a> Comparison<'a> {
    /// The names of an operation, unless a finding about its uid or its resource already
    /// states that they change.
    pub(super) fn operation_names(&mut self, old: &'a Operation, new: &'a Operation) {
        let Some((was, is)) = self.names.0.zip(self.names.1) else {
            return;
        };
        if old.uid != new.uid || old.resource != new.resource {
            return;
        }
        let renamed = renamed((&was.operations, &is.operations), &new.uid);
        // A method has the name of its types, so that it stands for them.
        let has_method = renamed.iter().any(|(part, _)| part.is_empty());
        for (part, names) in renamed {
            if has_method && part.ends_with("type") {
                continue;
            }
            let subject = match part {
                "" => new.uid.clone(),
                part => part.to_owned(),
            };
            let change = Change {
                old_place: old.provenance.clone(),
                new_place: new.provenance.clone(),
                ..renaming(subject, names)
            };
            self.found(change, new);
        }
    }

    /// The names of types and their members.
    pub(super) fn type_names(&mut self) {
        let Some((was, is)) = self.names.0.zip(self.names.1) else {
            return;
        };
        for node in 0..self.graph.nodes.len() {
            let (old, new) = (self.graph.nodes[node].old, self.graph.nodes[node].new);
            if old.name != new.name {
                continue;
            }
            for (part, names) in renamed((&was.types, &is.types), &new.name) {
                let subject = match part {
                    "" => new.name.clone(),
                    part => format!("{}.{part}", new.name),
                };
                let change = Change {
                    old_place: old.provenance.first().cloned(),
                    new_place: new.provenance.first().cloned(),
                    ..renaming(subject, names)
                };
                let reached = self.graph.reached(node, Direction::Both);
                self.findings.add(change, reached);
            }
        }
    }
}
