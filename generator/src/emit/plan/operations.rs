//! The operations of a resource: their names, and what is special about them.

use std::collections::BTreeMap;

use crate::model::{Location, Operation, Parameter, Response, Status};

use super::{PlannedContent, PlannedOperation, PlannedParameter};
use crate::emit::names::{self, Scope};

/// The operations of a resource, with names that no other one has.
pub fn plan_operations<'a>(
    mut operations: Vec<&'a Operation>,
    idents: &mut Scope,
    setters: &Scope,
) -> Vec<PlannedOperation<'a>> {
    operations.sort_by(|a, b| a.uid.cmp(&b.uid));
    let names = operation_names(&operations);
    let mut methods = Scope::methods();
    let named = operations.into_iter().zip(names);
    let mut planned: Vec<_> = named
        .map(|(operation, name)| plan_operation(operation, &name, &mut methods, idents, setters))
        .collect();
    planned.sort_by(|a, b| a.method.cmp(&b.method));
    planned
}

fn plan_operation<'a>(
    operation: &'a Operation,
    name: &str,
    methods: &mut Scope,
    idents: &mut Scope,
    setters: &Scope,
) -> PlannedOperation<'a> {
    let parameters = |location| {
        let parameters = operation.parameters.iter();
        parameters.filter(move |parameter| parameter.location == location)
    };
    let mut arguments = Scope::arguments();
    let mut setters = setters.clone();
    let mut plan = |parameter: &'a Parameter| PlannedParameter {
        parameter,
        ident: arguments.snake(&parameter.name),
        setter: setters.snake(&parameter.name),
    };
    let has_query = parameters(Location::Query).next().is_some();
    PlannedOperation {
        operation,
        method: methods.snake(name),
        ident: idents.camel(name),
        query_ident: has_query.then(|| idents.camel(&format!("{name}Query"))),
        path: parameters(Location::Path).map(&mut plan).collect(),
        query: parameters(Location::Query).map(&mut plan).collect(),
        fields: parameters(Location::Header)
            .chain(parameters(Location::Cookie))
            .map(&mut plan)
            .collect(),
        contents: contents(operation, name, methods),
        success: success(operation),
    }
}

/// The methods for a request's body in media types in which it has a type of its own.
fn contents<'a>(
    operation: &'a Operation,
    name: &str,
    methods: &mut Scope,
) -> Vec<PlannedContent<'a>> {
    let contents = operation.request.iter().flat_map(|body| &body.others);
    let planned = contents.filter_map(|content| {
        let media_type = content.media_types.first()?;
        let kind = media_type.split(';').next()?.rsplit('/').next()?;
        Some(PlannedContent {
            content,
            media_type,
            method: methods.snake(&format!("{name} as {kind}")),
        })
    });
    planned.collect()
}

/// The part of the uids that tells operations apart, without a method if that is enough;
/// where it doesn't, all of the uid.
fn operation_names(operations: &[&Operation]) -> Vec<String> {
    let short = |operation: &Operation| {
        let name = names::operation(&operation.uid);
        names::without_http(name, &operation.method).to_owned()
    };
    let bare = |operation: &Operation| {
        names::without_method(names::operation(&operation.uid), &operation.method).to_owned()
    };
    let bares = unlike(operations.iter().map(|operation| bare(operation)));
    let shorts = unlike(operations.iter().map(|operation| short(operation)));
    let names = operations.iter().zip(bares.into_iter().zip(shorts));
    let name = |(operation, (bare, short)): (&&Operation, (Option<String>, _))| {
        bare.or(short).unwrap_or_else(|| operation.uid.clone())
    };
    names.map(name).collect()
}

/// The names that no other is like, whatever its case.
fn unlike(names: impl Iterator<Item = String>) -> Vec<Option<String>> {
    let names: Vec<_> = names.map(|name| (names::kebab(&name), name)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (kebab, _) in &names {
        *counts.entry(kebab).or_default() += 1;
    }
    let own: Vec<_> = names
        .iter()
        .map(|(kebab, _)| counts[&**kebab] == 1)
        .collect();
    let names = names.into_iter().zip(own);
    names.map(|((_, name), own)| own.then_some(name)).collect()
}

/// The response that a caller hopes for: the first success with a body, or else the first.
/// Where no success is documented, what is documented for any status is one, too.
pub fn success(operation: &Operation) -> Option<&Response> {
    let responses = || operation.responses.iter();
    let successes = || responses().filter(|r| r.status.is_success());
    let found = successes().find(|response| response.body.is_some());
    found
        .or_else(|| successes().next())
        .or_else(|| responses().find(|response| response.status == Status::Default))
}
