//! Compares the parameters and the headers of an operation.

use std::collections::HashSet;

use super::{
    collect::{Comparison, TypeChange, Typed, Word},
    facets,
    finding::Change,
    operations::change,
    pairing::path_names,
    queries,
    relate::Relation,
    rules::the,
    tables::Tables,
    words,
};
use docwright_model::{Direction, Location, Operation, Parameter};

impl<'a> Comparison<'a> {
    /// The parameters, wherever they travel.
    pub fn parameters(&mut self, index: usize, old: &'a Operation, new: &'a Operation) {
        let renamed: Vec<_> = path_names(&old.path)
            .into_iter()
            .zip(path_names(&new.path))
            .collect();
        let name_now = |parameter: &'a Parameter| match parameter.location {
            Location::Path => {
                let found = renamed.iter().find(|(was, _)| *was == parameter.name);
                found.map_or(&*parameter.name, |(_, is)| *is)
            }
            _ => &parameter.name,
        };
        let mut removed = Vec::new();
        let mut added: Vec<&Parameter> = new.parameters.iter().collect();
        for parameter in &old.parameters {
            let name = name_now(parameter);
            let same = |it: &&Parameter| it.location == parameter.location && it.name == name;
            match added.iter().position(same) {
                Some(at) => {
                    let is = added.remove(at);
                    self.parameter(index, parameter, is, new);
                }
                None => removed.push(parameter),
            }
        }
        // Path parameters come and go with the path. A header that is a parameter on one
        // side may be one that is only listed on the other.
        let comes_or_goes =
            |it: &Parameter, other: &Operation| it.location != Location::Path && !lists(other, it);
        removed.retain(|it| comes_or_goes(it, new));
        added.retain(|it| comes_or_goes(it, old) || (lists(old, it) && it.required));
        for was in removed {
            self.removed_parameter(was, &mut added, new);
        }
        for is in added {
            self.added_parameter(is, old, new);
        }
        let names = |it: &'a Operation| it.parameters.iter().map(|it| it.name.as_str());
        let place = new.provenance.as_ref();
        self.order(
            || format!("{} parameters", new.uid),
            names(old),
            names(new),
            place,
        );
    }

    /// A parameter that was removed, or is paired with one of those that were `added`,
    /// which is then taken out.
    fn removed_parameter(
        &mut self,
        was: &'a Parameter,
        added: &mut Vec<&'a Parameter>,
        new: &'a Operation,
    ) {
        let renamed = |it: &&Parameter| {
            let words = (was.description.as_ref(), it.description.as_ref());
            let described = words.0.is_some() && words::are_same(words.0, words.1);
            it.location == was.location
                && it.ty == was.ty
                && (it.name.eq_ignore_ascii_case(&was.name) || described)
        };
        let (rule, is) = match added.iter().position(renamed) {
            Some(at) => ("query-parameter-renamed", Some(added.remove(at))),
            None => ("query-parameter-removed", None),
        };
        let subject = format!("{}.{}", was.location.word(), is.unwrap_or(was).name);
        let change = Change {
            old: Some(is.map_or(was.ty.to_string(), |_| was.name.clone())),
            new: is.map(|it| it.name.clone()),
            old_place: was.provenance.clone(),
            new_place: is.and_then(|it| it.provenance.clone()),
            ..change(the(rule), subject)
        };
        self.found(change, new);
    }

    fn added_parameter(&mut self, is: &'a Parameter, old: &'a Operation, new: &'a Operation) {
        let is_query = |it: &Parameter| it.location == Location::Query;
        let is_first = is_query(is) && !old.parameters.iter().any(is_query);
        let rule = match (is.required, lists(old, is)) {
            (true, true) => "query-parameter-became-required",
            (true, false) => "query-parameter-added-required",
            (false, _) if is_first => "query-parameter-added-first",
            (false, _) => "query-parameter-added-optional",
        };
        let subject = format!("{}.{}", is.location.word(), is.name);
        let change = Change {
            new: Some(is.ty.to_string()),
            new_place: is.provenance.clone(),
            ..change(the(rule), subject)
        };
        self.found(change, new);
    }

    /// One parameter that is in both.
    fn parameter(&mut self, index: usize, old: &'a Parameter, new: &'a Parameter, of: &Operation) {
        let location = new.location.word();
        let subject = || format!("{location}.{}", new.name);
        let place = new.provenance.as_ref();
        let of_type = |it: &'a Parameter| Typed {
            ty: &it.ty,
            known: it.known,
            places: &[],
            word: Word::Cell(it.provenance.as_ref()),
        };
        let (typed, pair) = self.relate(of_type(old), of_type(new));
        if let Some(pair) = pair {
            self.graph.enter(index, Direction::Request, pair);
        }
        let say = |rule, old_text: Option<String>, new_text: Option<String>| Change {
            old: old_text,
            new: new_text,
            old_place: old.provenance.clone(),
            new_place: new.provenance.clone(),
            ..change(the(rule), subject())
        };
        let types = || (Some(old.ty.to_string()), Some(new.ty.to_string()));
        let rule = type_rule(typed, new.location);
        let whole = || format!("{} {location}.{}", of.uid, new.name);
        match (rule, typed) {
            (Some(rule), _) => self.found(say(rule, types().0, types().1), of),
            (None, TypeChange::Correction) => {
                self.correction(whole(), types().0, types().1, place);
            }
            (None, _) => self.knowledge(whole, (of_type(old), of_type(new)), place),
        }
        // Path parameters are required, even if the table denies it.
        if new.location != Location::Path && old.required != new.required {
            let rule = match new.required {
                true => "query-parameter-became-required",
                false => "query-parameter-became-optional",
            };
            self.found(say(rule, None, None), of);
        }
        let language = queries::changed(&old.facets, &new.facets);
        // A language that comes or goes with the type isn't a separate change.
        let language = language.filter(|_| old.ty == new.ty);
        let changes = facets::changes(&old.facets, &new.facets);
        for (rule, was, is) in changes.into_iter().chain(language) {
            self.found(say(rule, was, is), of);
        }
        let words = (old.description.as_ref(), new.description.as_ref());
        let is_deprecated =
            |it: &Parameter, words| it.facets.is_deprecated() || words::is_deprecated(words);
        match (is_deprecated(old, words.0), is_deprecated(new, words.1)) {
            (false, true) => self.found(say("parameter-deprecated", None, None), of),
            (true, false) => self.found(say("parameter-undeprecated", None, None), of),
            _ => {}
        }
        self.description(whole, words, place);
        self.heading(whole, old.provenance.as_ref(), place);
    }

    /// Request headers that are only listed.
    pub fn headers(&mut self, old: &'a Operation, new: &'a Operation) {
        for (rule, from, to) in [("header-removed", old, new), ("header-added", new, old)] {
            let parameters = to.parameters.iter();
            let parameters = parameters.filter(|it| it.location == Location::Header);
            let names = to.headers.iter().chain(parameters.map(|it| &it.name));
            // Their case doesn't matter (RFC 9110, section 5.1).
            let there: HashSet<String> = names.map(|it| it.to_ascii_lowercase()).collect();
            for name in &from.headers {
                if !there.contains(&name.to_ascii_lowercase()) {
                    let mut change = change(the(rule), format!("header.{name}"));
                    // The row itself, where a page has one.
                    let row = |tables: &Tables<'a>, of: &'a Operation| {
                        tables.header(of, name).or(of.provenance.as_ref()).cloned()
                    };
                    change.old_place = row(&self.tables.0, old);
                    change.new_place = row(&self.tables.1, new);
                    self.found(change, new);
                }
            }
        }
        let names = |it: &'a Operation| it.headers.iter().map(String::as_str);
        let place = new.provenance.as_ref();
        self.order(
            || format!("{} headers", new.uid),
            names(old),
            names(new),
            place,
        );
    }
}

/// The rule about a change of a parameter's type; `None` if there is nothing to report.
fn type_rule(typed: TypeChange, location: Location) -> Option<&'static str> {
    Some(match (typed, location) {
        (TypeChange::Finding(Relation::Narrowed), Location::Path) => "path-parameter-type-narrowed",
        (TypeChange::Finding(Relation::Narrowed), _) => "query-parameter-type-narrowed",
        (TypeChange::Finding(Relation::Widened), Location::Path) => "path-parameter-type-widened",
        (TypeChange::Finding(Relation::Widened), _) => "query-parameter-type-widened",
        (TypeChange::Finding(_), Location::Path) => "path-parameter-type-changed",
        (TypeChange::Finding(_), _) => "query-parameter-type-changed",
        (TypeChange::Doubtful, _) => "inferred-type-changed",
        (TypeChange::Same | TypeChange::Correction, _) => return None,
    })
}

/// Whether two names are the same header field: case doesn't matter (RFC 9110, section
/// 5.1).
fn same_field(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Whether the operation lists the header that the other one has as a parameter.
fn lists(operation: &Operation, parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && operation
            .headers
            .iter()
            .any(|name| same_field(name, &parameter.name))
}
