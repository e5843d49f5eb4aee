//! Compares operations: which there are, how they are reached, and their
//! parameters and headers. What travels in bodies is for [`super::messages`].

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    collect::{Comparison, TypeChange, Typed, Word},
    facets,
    finding::Change,
    pairing::{pair, path_names},
    relate::{Relation, is_stated},
    rules::{Rule, the},
    tables::Tables,
    words,
};
use docwright_model::{
    Api, Direction, Header, Location, Operation, Parameter, SecurityScheme, Shape,
};

/// With less than three quarters of the operations read before, the reading is
/// in doubt.
const OPERATIONS: (usize, usize) = (3, 4);

/// The same for properties: half of them, as types that turn out to be the
/// same take many with them.
const PROPERTIES: (usize, usize) = (1, 2);

/// Of fewer operations than this, two may be a quarter.
const ENOUGH: usize = 8;

impl<'a> Comparison<'a> {
    /// Compares all operations.
    pub fn operations(&mut self) {
        let pairing = pair(self.old, self.new);
        self.reading(pairing.pairs.len());
        self.security();
        self.header_descriptions();
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

    fn parameters(&mut self, index: usize, old: &'a Operation, new: &'a Operation) {
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
        for parameter in added {
            let rule = match (parameter.required, lists(old, parameter)) {
                (true, true) => "query-parameter-became-required",
                (true, false) => "query-parameter-added-required",
                (false, _) => "query-parameter-added-optional",
            };
            let subject = format!("{}.{}", parameter.location.word(), parameter.name);
            let change = Change {
                new: Some(parameter.ty.to_string()),
                new_place: parameter.provenance.clone(),
                ..change(the(rule), subject)
            };
            self.found(change, new);
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
        let rule = match (typed, new.location) {
            (TypeChange::Finding(Relation::Narrowed), Location::Path) => {
                Some("path-parameter-type-narrowed")
            }
            (TypeChange::Finding(Relation::Narrowed), _) => Some("query-parameter-type-narrowed"),
            (TypeChange::Finding(Relation::Widened), Location::Path) => {
                Some("path-parameter-type-widened")
            }
            (TypeChange::Finding(Relation::Widened), _) => Some("query-parameter-type-widened"),
            (TypeChange::Finding(_), Location::Path) => Some("path-parameter-type-changed"),
            (TypeChange::Finding(_), _) => Some("query-parameter-type-changed"),
            (TypeChange::Doubtful, _) => Some("inferred-type-changed"),
            (TypeChange::Same | TypeChange::Correction, _) => None,
        };
        let whole = || format!("{} {location}.{}", of.uid, new.name);
        match (rule, typed) {
            (Some(rule), _) => self.found(say(rule, types().0, types().1), of),
            (None, TypeChange::Correction) => {
                self.correction(whole(), types().0, types().1, place);
            }
            (None, _) => self.knowledge(whole, (of_type(old), of_type(new)), place),
        }
        // What is in the path is required whatever the table says.
        if new.location != Location::Path && old.required != new.required {
            let rule = match new.required {
                true => "query-parameter-became-required",
                false => "query-parameter-became-optional",
            };
            self.found(say(rule, None, None), of);
        }
        for (rule, was, is) in facets::changes(&old.facets, &new.facets) {
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

    fn headers(&mut self, old: &'a Operation, new: &'a Operation) {
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

/// Whether two names are of one header field: they have no case (RFC 9110, section 5.1).
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

/// What a way to say who is calling is called.
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

/// How many properties are written down: when tables are no longer understood,
/// samples still show what is in them.
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
