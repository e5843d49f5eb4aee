//! From a path and a method to an operation.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use docwright_model::{Api, Location, Operation, Parameter, PathPart, parameter_names, segments};
use http::{HeaderMap, Method, StatusCode, header::ALLOW};
use percent_encoding::percent_decode_str;

use super::media;
use super::parameter;
use super::problem::Problem;

/// The operations of an API, by how many segments their paths have.
#[derive(Debug)]
pub struct Routes(BTreeMap<usize, Vec<Route>>);

/// An operation's path, taken apart.
#[derive(Debug)]
struct Route {
    /// The operation's place in the model.
    operation: usize,
    segments: Vec<Vec<Part>>,
    /// How special the path is: of two that fit, the greater one is meant.
    special: (Vec<u8>, usize),
    /// For each parameter of the path, its place among those of the operation.
    parameters: Vec<Option<usize>>,
}

/// A piece of a segment, with its text decoded.
#[derive(Debug)]
enum Part {
    Text(String),
    Parameter,
}

/// What a request is for.
#[derive(Debug)]
pub enum Target<'a> {
    /// This operation.
    Operation(&'a Operation),
    /// Which methods there are, for `Allow`.
    Options(String),
}

impl Routes {
    /// The paths of all operations.
    pub fn new(api: &Api) -> Self {
        let mut routes: BTreeMap<usize, Vec<Route>> = BTreeMap::new();
        for (index, operation) in api.operations.iter().enumerate() {
            let route = route(index, operation);
            routes.entry(route.segments.len()).or_default().push(route);
        }
        for routes in routes.values_mut() {
            // Stable: what is equally special keeps the order of the model.
            routes.sort_by_key(|route| Reverse(route.special.clone()));
        }
        Self(routes)
    }

    /// The operation that is meant.
    ///
    /// # Errors
    /// When there is no such path, or no such method on it.
    pub fn find<'a>(
        &self,
        api: &'a Api,
        (method, path): (&Method, &[String]),
        headers: &HeaderMap,
    ) -> Result<Target<'a>, Problem> {
        let routes = self.0.get(&path.len()).map_or(&[][..], |all| all);
        let mut refusals = Vec::new();
        let mut fitting = Vec::new();
        for route in routes {
            let Some(values) = route.values(path) else {
                continue;
            };
            let operation = &api.operations[route.operation];
            match fits(api, operation, route, &values) {
                Ok(()) => fitting.push((route, operation)),
                Err(reason) => refusals.push((operation, reason)),
            }
        }
        if fitting.is_empty() && refusals.is_empty() {
            return Err(unknown(path));
        }
        let is_there = |method: &str| fitting.iter().any(|(_, it)| it.method == method);
        // Where it isn't an operation of its own, HEAD is GET without the body.
        let wanted = match method.as_str() {
            "HEAD" if !is_there("HEAD") => "GET",
            other => other,
        };
        let mut meant = fitting.iter().filter(|(_, it)| it.method == wanted);
        if let Some((first, operation)) = meant.next() {
            let equal = meant.filter(|(route, _)| route.special == first.special);
            let all: Vec<_> = [*operation]
                .into_iter()
                .chain(equal.map(|it| it.1))
                .collect();
            return Ok(Target::Operation(by_content(&all, headers)));
        }
        let refused = refusals.iter().filter(|(it, _)| it.method == wanted);
        if let Some(problem) = refused_by(refused) {
            return Err(problem);
        }
        let allowed = allowed(fitting.iter().map(|(_, it)| *it));
        if method == Method::OPTIONS {
            return Ok(Target::Options(allowed));
        }
        if let Some(problem) = refused_by(refusals.iter().filter(|_| fitting.is_empty())) {
            return Err(problem);
        }
        let detail = format!("This path doesn't support {method}, only: {allowed}.");
        Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).header(ALLOW, &allowed))
    }
}

fn route(index: usize, operation: &Operation) -> Route {
    let part = |part: PathPart<'_>| match part {
        PathPart::Literal(text) => Part::Text(decoded(text).unwrap_or_else(|| text.to_owned())),
        PathPart::Parameter(_) => Part::Parameter,
    };
    let segments: Vec<Vec<Part>> = segments(operation.path.trim_start_matches('/'))
        .into_iter()
        .map(|segment| segment.into_iter().map(part).collect())
        .collect();
    let kinds = segments.iter().map(|parts| match parts[..] {
        [Part::Parameter] => 0,
        [] | [Part::Text(_)] => 2,
        _ => 1,
    });
    let texts = segments.iter().flatten().map(|part| match part {
        Part::Text(text) => text.len(),
        Part::Parameter => 0,
    });
    let parameters = places(operation);
    let known = parameters.iter().flatten();
    let known = known.map(|at| parameter::rank(&operation.parameters[*at].ty));
    let special = (
        kinds.collect(),
        texts.sum::<usize>() * 100 + known.sum::<usize>(),
    );
    Route {
        operation: index,
        special,
        segments,
        parameters,
    }
}

/// For each place of a path, the parameter that stands there: the second of a name is that of
/// the second place.
fn places(operation: &Operation) -> Vec<Option<usize>> {
    let mut taken = Vec::new();
    let is_it = |at: usize, parameter: &Parameter, name: &str, taken: &[Option<usize>]| {
        parameter.location == Location::Path && parameter.name == name && !taken.contains(&Some(at))
    };
    for name in parameter_names(operation.path.trim_start_matches('/')) {
        let mut parameters = operation.parameters.iter().enumerate();
        let found = parameters.find(|(at, it)| is_it(*at, it, name, &taken));
        taken.push(found.map(|(at, _)| at));
    }
    taken
}

impl Route {
    /// The values of the path's parameters; `None` if it is another path.
    fn values(&self, path: &[String]) -> Option<Vec<String>> {
        let mut values = Vec::new();
        for (parts, text) in self.segments.iter().zip(path) {
            match_segment(parts, text, &mut values)?;
        }
        Some(values)
    }
}

/// Finds the values of the parameters of a segment: each is at least one character, and goes
/// on until the text that comes behind it.
fn match_segment(parts: &[Part], text: &str, values: &mut Vec<String>) -> Option<()> {
    match parts {
        [] => text.is_empty().then_some(()),
        [Part::Text(literal), behind @ ..] => {
            match_segment(behind, text.strip_prefix(literal.as_str())?, values)
        }
        [Part::Parameter] => {
            values.push(text.to_owned());
            (!text.is_empty()).then_some(())
        }
        [Part::Parameter, Part::Text(literal)] => {
            match_segment(&parts[..1], text.strip_suffix(literal.as_str())?, values)
        }
        [Part::Parameter, behind @ ..] => {
            let first = text.chars().next()?.len_utf8();
            let end = match behind {
                [Part::Text(literal), ..] => first + text.get(first..)?.find(literal.as_str())?,
                _ => first,
            };
            values.push(text.get(..end)?.to_owned());
            match_segment(behind, text.get(end..)?, values)
        }
    }
}

/// Whether the values of a path are of the types that are documented.
fn fits(api: &Api, operation: &Operation, route: &Route, values: &[String]) -> Result<(), String> {
    for (place, text) in route.parameters.iter().zip(values) {
        if let Some(parameter) = place.and_then(|at| operation.parameters.get(at)) {
            let texts = [text.clone()];
            parameter::check(api, parameter, &texts)
                .map_err(|expected| format!("`{text}` isn't {expected}"))?;
        }
    }
    Ok(())
}

/// Of operations with the same path and method the one that takes the body, or else the first.
fn by_content<'a>(operations: &[&'a Operation], headers: &HeaderMap) -> &'a Operation {
    let takes_it = |operation: &&&Operation| {
        let offers = operation.request.as_ref().map(|it| media::offers(it, &[]));
        let content = media::content(headers);
        offers.is_some_and(|offers| {
            content.is_some_and(|content| media::taken(&content, &offers).is_some())
        })
    };
    operations.iter().find(takes_it).unwrap_or(&operations[0])
}

fn allowed<'a>(operations: impl Iterator<Item = &'a Operation>) -> String {
    let mut methods: Vec<_> = operations.map(|it| it.method.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}

/// The problem that a path has values that aren't of their types, with the reasons.
fn refused_by<'r>(refusals: impl Iterator<Item = &'r (&'r Operation, String)>) -> Option<Problem> {
    let mut reasons: Vec<_> = refusals.map(|(_, reason)| reason.as_str()).collect();
    reasons.dedup();
    let reasons = reasons.join(", and ");
    (!reasons.is_empty()).then(|| Problem::not_found(format!("No such resource: {reasons}.")))
}

fn unknown(path: &[String]) -> Problem {
    let hint = match path {
        [_, .., last] if last.is_empty() => " The path ends in a slash; is that intended?",
        _ => "",
    };
    let path = path.join("/");
    Problem::not_found(format!("There is no path `/{path}`.{hint}"))
}

/// The segments of a request's path, decoded.
///
/// # Errors
/// When a `%` doesn't begin the code of a byte, or the bytes aren't UTF-8.
pub fn path(raw: &str) -> Result<Vec<String>, Problem> {
    let raw = raw.strip_prefix('/').unwrap_or(raw);
    let segments: Option<Vec<_>> = raw.split('/').map(decoded).collect();
    segments.ok_or_else(|| Problem::bad_request("The path isn't percent-encoded UTF-8."))
}

/// The text without percent-encoding.
pub fn decoded(text: &str) -> Option<String> {
    let mut codes = text
        .match_indices('%')
        .map(|(at, _)| text.get(at + 1..at + 3));
    let is_code = |code: &str| code.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !codes.all(|code| code.is_some_and(is_code)) {
        return None;
    }
    let text = percent_decode_str(text).decode_utf8().ok()?;
    Some(text.into_owned())
}
