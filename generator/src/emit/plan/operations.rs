//! The operations of a resource: their names, and what is special about them.

use std::collections::BTreeMap;

use crate::model::{Location, Operation, Parameter, Response};

use super::{PlannedOperation, PlannedParameter};
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
    let mut planned: Vec<_> = operations
        .into_iter()
        .zip(names)
        .map(|(operation, name)| {
            let parameters = |location| {
                operation
                    .parameters
                    .iter()
                    .filter(move |p| p.location == location)
            };
            let has_query = parameters(Location::Query).next().is_some();
            let mut arguments = Scope::arguments();
            let mut setters = setters.clone();
            let mut plan = |parameter: &'a Parameter| PlannedParameter {
                parameter,
                ident: arguments.snake(&parameter.name),
                setter: setters.snake(&parameter.name),
            };
            let path: Vec<_> = in_path_order(&operation.path, parameters(Location::Path).collect())
                .into_iter()
                .map(&mut plan)
                .collect();
            PlannedOperation {
                operation,
                method: methods.snake(&name),
                ident: idents.camel(&name),
                query_ident: has_query.then(|| idents.camel(&format!("{name}Query"))),
                path,
                query: parameters(Location::Query).map(plan).collect(),
                success: success(operation),
            }
        })
        .collect();
    planned.sort_by(|a, b| a.method.cmp(&b.method));
    planned
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

/// Sorts parameters as the path has them; what the path lacks is left out.
fn in_path_order<'a>(path: &str, parameters: Vec<&'a Parameter>) -> Vec<&'a Parameter> {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next());
    names
        .filter_map(|name| parameters.iter().find(|p| p.name == name).copied())
        .collect()
}

/// The response that a caller hopes for: the first success with a body, or else the first.
pub fn success(operation: &Operation) -> Option<&Response> {
    let successes = || operation.responses.iter().filter(|r| r.status.is_success());
    successes()
        .find(|response| response.body.is_some())
        .or_else(|| successes().next())
}
