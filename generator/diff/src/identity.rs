//! Compares the identity of an operation, not its messages: its uid, its route, its place
//! in the crate, its deprecation and restrictions.

use std::collections::BTreeSet;

use super::{
    Reached,
    collect::Comparison,
    finding::Change,
    operations::change,
    pairing::{is_offered, path_names, template},
    rules::the,
    words,
};
use docwright_model::{Direction, Operation};

impl<'a> Comparison<'a> {
    /// Uid, method, path and resource.
    pub(super) fn identity(&mut self, old: &'a Operation, new: &'a Operation) {
        let place = new.provenance.as_ref();
        self.heading(|| new.uid.clone(), old.provenance.as_ref(), place);
        if is_offered(old, new) {
            let route = |it: &Operation| format!("{} {}", it.method, it.path);
            return self.known_as(new, "operation-moved", old, [route(old), route(new)]);
        }
        if old.uid != new.uid {
            let uids = [old.uid.clone(), new.uid.clone()];
            self.known_as(new, "operation-uid-renamed", old, uids);
        }
        if old.method != new.method {
            let methods = [old.method.clone(), new.method.clone()];
            self.known_as(new, "operation-method-changed", old, methods);
        }
        let paths = [old.path.clone(), new.path.clone()];
        match (
            template(&old.path) == template(&new.path),
            old.resource == new.resource,
        ) {
            (true, same_resource) => {
                let (was, is) = (path_names(&old.path), path_names(&new.path));
                let sorted = |names: &[&str]| -> BTreeSet<String> {
                    names.iter().map(|it| (*it).to_owned()).collect()
                };
                // The server now reads the value of one as the other.
                if was != is && sorted(&was) == sorted(&is) {
                    let names = [was.join(", "), is.join(", ")];
                    self.known_as(new, "path-parameters-swapped", old, names);
                    return;
                }
                let names = was.into_iter().zip(is);
                for (was, is) in names.filter(|(was, is)| was != is) {
                    let names = [was.to_owned(), is.to_owned()];
                    self.known_as(new, "path-parameter-renamed", old, names);
                }
                if !same_resource {
                    self.regrouped(old, new);
                }
            }
            (false, true) => self.known_as(new, "operation-path-changed", old, paths),
            (false, false) => self.known_as(new, "operation-resource-changed", old, paths),
        }
    }

    /// Adds a change of something that identifies an operation.
    fn known_as(
        &mut self,
        new: &Operation,
        rule: &'static str,
        old: &Operation,
        [was, is]: [String; 2],
    ) {
        let change = Change {
            old: Some(was),
            new: Some(is),
            old_place: old.provenance.clone(),
            new_place: new.provenance.clone(),
            direction: Direction::Both,
            ..change(the(rule), new.uid.clone())
        };
        self.found(change, new);
    }

    /// The same path, but another resource: the common prefix of all paths changed, which
    /// is one finding for all of them.
    fn regrouped(&mut self, old: &Operation, new: &Operation) {
        let change = Change {
            direction: Direction::Both,
            old_place: old.provenance.clone(),
            new_place: new.provenance.clone(),
            ..change(the("operation-regrouped"), "resources".to_owned())
        };
        let reached = Reached::new(new, Direction::Both);
        self.findings.add(change, [reached]);
    }

    /// Deprecation and restrictions, and the other words.
    pub(super) fn life(&mut self, old: &'a Operation, new: &'a Operation) {
        let (was, is) = (old.description.as_ref(), new.description.as_ref());
        let deprecated = (
            old.deprecated || words::is_deprecated(was),
            new.deprecated || words::is_deprecated(is),
        );
        let restricted = (
            words::restriction(was).is_some(),
            words::restriction(is).is_some(),
        );
        // Saying nothing doesn't deny it; a mark states it without words.
        let is_said = was.is_some() && is.is_some();
        let is_marked = old.deprecated != new.deprecated;
        let rules = [
            match deprecated {
                _ if !is_said && !is_marked => None,
                (false, true) => Some("operation-deprecated"),
                (true, false) => Some("operation-undeprecated"),
                _ => None,
            },
            match restricted {
                _ if !is_said => None,
                (false, true) => Some("operation-restricted"),
                (true, false) => Some("operation-unrestricted"),
                _ => None,
            },
        ];
        for rule in rules.into_iter().flatten() {
            let change = Change {
                direction: Direction::Both,
                old_place: old.provenance.clone(),
                new_place: new.provenance.clone(),
                ..change(the(rule), new.uid.clone())
            };
            self.found(change, new);
        }
        if rules == [None, None] {
            self.description(|| new.uid.clone(), (was, is), new.provenance.as_ref());
        }
    }
}
