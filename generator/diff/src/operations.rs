//! Compares operations: which exist and how they are called. [`super::parameters`]
//! compares their parameters, and [`super::messages`] their bodies.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Reached,
    collect::Comparison,
    finding::Change,
    pairing::pair,
    relate::is_stated,
    rules::{Rule, the},
};
use docwright_model::{Api, Direction, Header, Operation, SecurityScheme, Shape};

/// If less than three quarters of the old operations are found, the reading may have
/// failed.
const OPERATIONS: (usize, usize) = (3, 4);

/// The same for properties, but half of them, because merging equal types removes many.
const PROPERTIES: (usize, usize) = (1, 2);

/// With fewer operations than this, two may be a quarter.
const ENOUGH: usize = 8;

impl<'a> Comparison<'a> {
    /// Compares all operations.
    pub fn operations(&mut self) {
        let pairing = pair(self.old, self.new);
        self.reading(pairing.pairs.len());
        self.security();
        self.query_languages();
        self.header_descriptions();
        if !pairing.pairs.is_empty() {
            self.resource_existence("resource-removed", &pairing.removed, self.new);
            self.resource_existence("resource-added", &pairing.added, self.old);
        }
        for operation in pairing.removed {
            let change = existence(the("operation-removed"), operation, true);
            self.found(change, operation);
        }
        for operation in pairing.added {
            let change = existence(the("operation-added"), operation, false);
            self.found(change, operation);
        }
        self.pairs = pairing.pairs;
        for (index, (old, new)) in self.pairs.clone().into_iter().enumerate() {
            self.graph.add_operation(index, new);
            self.identity(old, new);
            self.life(old, new);
            self.operation_names(old, new);
            self.parameters(index, old, new);
            self.headers(old, new);
            self.request(index, old, new);
            self.responses(index, old, new);
        }
    }

    /// Whether the comparison can be trusted.
    fn reading(&mut self, shared: usize) {
        let whole = |api: &Api| (api.operations.len(), count_properties(api));
        let (old, new) = (whole(self.old), whole(self.new));
        let say = |count: (usize, usize)| {
            let (operations, properties) = count;
            Some(format!(
                "{operations} operations, {properties} documented properties"
            ))
        };
        let about = |rule| Change {
            old: say(old),
            new: say(new),
            direction: Direction::Both,
            ..change(rule, "the API".to_owned())
        };
        let dropped = |old, new, part: (usize, usize)| new * part.1 < old * part.0;
        let is_enough = old.0 >= ENOUGH;
        if is_enough && (dropped(old.0, new.0, OPERATIONS) || dropped(old.1, new.1, PROPERTIES)) {
            let about = about(the("extraction-yield-dropped"));
            self.findings.add(about, None);
        }
        if shared == 0 && old.0 + new.0 > 0 {
            self.findings.add(about(the("nothing-in-common")), None);
        }
    }

    /// Resources of which the other API has no operation.
    fn resource_existence(
        &mut self,
        rule: &'static str,
        operations: &[&'a Operation],
        other: &Api,
    ) {
        let known = |api: &Api, resource: &str| {
            let mut resources = api.operations.iter().map(|it| &*it.resource);
            resources.any(|it| it == resource)
        };
        let mut resources: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in operations {
            let of_resource = resources.entry(&operation.resource).or_default();
            of_resource.push(operation);
        }
        for (resource, operations) in resources {
            // Operations that are paired have findings of their own about it.
            let here = if rule == "resource-added" {
                self.new
            } else {
                self.old
            };
            let count = here
                .operations
                .iter()
                .filter(|it| it.resource == resource)
                .count();
            if known(other, resource) || count > operations.len() {
                continue;
            }
            let place = operations[0].provenance.clone();
            let mut change = change(the(rule), resource.to_owned());
            change.direction = Direction::Both;
            match rule == "resource-added" {
                true => change.new_place = place,
                false => change.old_place = place,
            }
            let reached = operations
                .iter()
                .map(|it| Reached::new(it, Direction::Both));
            self.findings.add(change, reached);
        }
    }

    fn security(&mut self) {
        let old: BTreeSet<_> = self.old.security.iter().collect();
        let new: BTreeSet<_> = self.new.security.iter().collect();
        for (rule, schemes) in [
            ("authorization-removed", &old - &new),
            ("authorization-added", &new - &old),
        ] {
            for scheme in schemes {
                let change = Change {
                    old_place: self.tables.0.security(scheme).cloned(),
                    new_place: self.tables.1.security(scheme).cloned(),
                    ..change(the(rule), authorization(scheme))
                };
                self.findings.add(change, None);
            }
        }
    }

    /// What most pages say about headers.
    fn header_descriptions(&mut self) {
        let mut of_old: HashMap<String, &Header> = HashMap::new();
        for was in &self.old.headers {
            of_old.entry(was.name.to_ascii_lowercase()).or_insert(was);
        }
        for is in &self.new.headers {
            if let Some(was) = of_old.get(&is.name.to_ascii_lowercase()) {
                let words = (was.description.as_ref(), is.description.as_ref());
                let subject = || format!("header.{}", is.name);
                self.description(subject, words, is.provenance.as_ref());
            }
        }
    }
}

/// The name of an authentication scheme.
pub(super) fn authorization(scheme: &SecurityScheme) -> String {
    match scheme {
        SecurityScheme::Authorization { scheme } => format!("Authorization {scheme}"),
        SecurityScheme::Header { name } => format!("header {name}"),
    }
}

/// A change without details, about what callers send.
pub(super) fn change(rule: &'static Rule, subject: String) -> Change {
    Change {
        rule,
        subject,
        old: None,
        new: None,
        direction: Direction::Request,
        old_place: None,
        new_place: None,
    }
}

fn existence(rule: &'static Rule, operation: &Operation, is_old: bool) -> Change {
    let text = Some(format!("{} {}", operation.method, operation.path));
    let place = operation.provenance.clone();
    let change = Change {
        direction: Direction::Both,
        ..change(rule, operation.uid.clone())
    };
    match is_old {
        true => Change {
            old: text,
            old_place: place,
            ..change
        },
        false => Change {
            new: text,
            new_place: place,
            ..change
        },
    }
}

/// How many properties are documented: if tables are no longer understood, samples still
/// show their content.
fn count_properties(api: &Api) -> usize {
    let properties = api.schemas.iter().map(|schema| match &schema.shape {
        Shape::Properties(properties) => {
            let stated = properties.iter().filter(|it| is_stated(it.known));
            stated.count()
        }
        _ => 0,
    });
    properties.sum()
}
