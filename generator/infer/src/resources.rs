//! Resources: the literal segment of a path that names the part of the API.
//!
//! The first segments of most paths belong to the API, not to a resource: `/api/v1`. The
//! majority of paths decides, so that a single different path changes nothing else.

use std::collections::BTreeMap;

use super::operation::Operation;
use docwright_model::{
    PathPart,
    diagnostic::{Diagnostic, Place, rules},
    segments,
};

/// The leading literal segments that most paths of an API share.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prefix<'p>(Vec<&'p str>);

/// Whether this many paths are most of them: at least four of five.
fn are_most(some: usize, all: usize) -> bool {
    5 * some >= 4 * all
}

impl<'p> Prefix<'p> {
    /// The prefix of these paths: most paths begin with it, and most of these continue
    /// with another literal segment, which names the resource.
    pub fn of(paths: impl Iterator<Item = &'p str>) -> Self {
        let mut inside: Vec<Vec<&str>> = paths.map(|path| literals(path).collect()).collect();
        let all = inside.len();
        let mut prefix = Vec::new();
        loop {
            let depth = prefix.len();
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            for literals in &inside {
                if let Some(next) = literals.get(depth) {
                    *votes.entry(next).or_default() += 1;
                }
            }
            let most = votes.into_iter().max_by_key(|(_, count)| *count);
            let Some((next, count)) = most.filter(|(_, count)| are_most(*count, all)) else {
                return Self(prefix);
            };
            inside.retain(|literals| literals.get(depth) == Some(&next));
            let going_on = inside.iter().filter(|it| it.len() > depth + 1).count();
            if !are_most(going_on, count) {
                return Self(prefix);
            }
            prefix.push(next);
        }
    }

    /// The resource of a path: its first segment after the prefix. If that mixes text and
    /// parameters, the text; if it is a parameter, its name.
    pub fn resource(&self, path: &str) -> String {
        let segments = segments(path);
        let mut segments = segments.iter().filter(|parts| !parts.is_empty()).peekable();
        let own = match self.holds(path) {
            true => segments.clone().nth(self.0.len()),
            false => segments.peek().copied(),
        };
        own.map_or_else(
            || self.0.last().copied().unwrap_or_default().to_owned(),
            |parts| text(parts),
        )
    }

    /// Whether a path begins with the prefix.
    fn holds(&self, path: &str) -> bool {
        let mut literals = literals(path);
        self.0.iter().all(|own| literals.next() == Some(own))
    }
}

/// The leading segments of a path that are literal text.
fn literals(path: &str) -> impl Iterator<Item = &str> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.take_while(|segment| !segment.contains('{'))
}

/// What a segment is called.
fn text(parts: &[PathPart<'_>]) -> String {
    let literal = parts.iter().filter_map(|part| match part {
        PathPart::Literal(text) => Some(*text),
        PathPart::Parameter(_) => None,
    });
    let literal: String = literal.collect();
    let named = literal.trim_matches(|c: char| !c.is_alphanumeric());
    if !named.is_empty() {
        return named.to_owned();
    }
    let names = parts.iter().filter_map(|part| match part {
        PathPart::Parameter(name) => Some(*name),
        PathPart::Literal(_) => None,
    });
    names.collect::<Vec<_>>().join("_")
}

/// How many places one finding names at the most.
const MOST_PLACES: usize = 20;

/// Reports operations whose paths begin differently from most others.
pub fn outside(operations: &[Operation<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let paths = operations.iter().map(|o| o.facts.path.as_str());
    let prefix = Prefix::of(paths);
    let outside = operations.iter().filter(|o| !prefix.holds(&o.facts.path));
    let outside: Vec<_> = outside.map(|operation| operation.facts).collect();
    let Some((first, others)) = outside.split_first() else {
        return;
    };
    let message = format!(
        "`{} {}` is not below `/{}`, unlike {} of {} operations",
        first.method,
        first.path,
        prefix.0.join("/"),
        operations.len() - outside.len(),
        operations.len()
    );
    let finding = Diagnostic::new(
        rules::PATH_OUTSIDE_PREFIX,
        Place::of(&first.provenance),
        message,
    )
    .help("its first segment is used as its resource; the other operations aren't affected");
    let others = others.iter().take(MOST_PLACES);
    diagnostics.push(others.fold(finding, |finding, other| {
        finding.related(Place::of(&other.provenance), "also not below it")
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'p>(paths: &[&'p str]) -> Prefix<'p> {
        Prefix::of(paths.iter().copied())
    }

    #[test]
    fn resources_are_the_first_segment_behind_the_prefix() {
        let paths = ["/api/v1/Task", "/api/v1/Task/{id}", "/api/v1/Person/{id}"];
        let prefix = of(&paths);
        assert_eq!(prefix, Prefix(vec!["api", "v1"]));
        assert_eq!(prefix.resource(paths[1]), "Task");
        assert_eq!(
            of(&["/api/v1/Task/{id}/Stop"]).resource("/api/v1/Task/{id}/Stop"),
            "Task"
        );
    }

    #[test]
    fn one_path_of_another_beginning_moves_nothing() {
        let mut paths = vec!["/api/Boat/{id}"; 7];
        paths.extend(["/status", "/api"]);
        let prefix = of(&paths);
        let resources = ["/api/Boat", "/status", "/api"].map(|path| prefix.resource(path));
        assert_eq!(resources, ["Boat", "status", "api"]);
    }

    #[test]
    fn what_every_path_begins_with_is_a_resource_where_nothing_follows() {
        let paths = ["/boats", "/boats/{id}", "/boats/{id}/sails"];
        assert_eq!(of(&paths), Prefix::default());
    }

    #[test]
    fn a_segment_of_text_and_parameters_is_called_by_its_text() {
        let prefix = Prefix::default();
        for (path, resource) in [
            ("/fleet{key}/boat", "fleet"),
            ("/piers({id})", "piers"),
            ("/{id}:stop", "stop"),
            ("/{harbour}", "harbour"),
            ("/", ""),
        ] {
            assert_eq!(prefix.resource(path), resource, "{path}");
        }
    }
}
