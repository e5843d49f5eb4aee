//! The operations of a resource: their names, and what is special about them.

use std::collections::BTreeMap;

use docwright_model::{Location, Operation, Parameter};

use super::{PlannedBody, PlannedOperation, PlannedParameter};
use crate::media_types::essence;
use crate::names::{self, Scope};

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
        .flat_map(|(operation, name)| variants(operation, &name, &mut methods, idents, setters))
        .collect();
    planned.sort_by(|a, b| a.method.cmp(&b.method));
    planned
}

/// The operation, and the same with the other types that its body has in other media types.
fn variants<'a>(
    operation: &'a Operation,
    name: &str,
    methods: &mut Scope,
    idents: &mut Scope,
    setters: &Scope,
) -> Vec<PlannedOperation<'a>> {
    let request = operation.request.as_ref();
    let body = request.map(|body| PlannedBody {
        ty: &body.ty,
        optional: body.optional,
        media_types: &body.media_types,
        description: body.description.as_ref(),
    });
    let main = plan_operation(operation, name, (methods, idents, setters), body);
    let method = main.method.clone();
    let optional = request.is_some_and(|body| body.optional);
    let others = request.iter().flat_map(|body| &body.others);
    let others = others.filter_map(|content| {
        let kind = essence(content.media_types.first()?).rsplit('/').next()?;
        let body = PlannedBody {
            ty: &content.ty,
            optional,
            media_types: &content.media_types,
            description: None,
        };
        let name = format!("{name} as {kind}");
        let planned = plan_operation(operation, &name, (methods, idents, setters), Some(body));
        Some(PlannedOperation {
            variant_of: Some(method.clone()),
            ..planned
        })
    });
    let others: Vec<_> = others.collect();
    std::iter::once(main).chain(others).collect()
}

fn plan_operation<'a>(
    operation: &'a Operation,
    name: &str,
    (methods, idents, setters): (&mut Scope, &mut Scope, &Scope),
    body: Option<PlannedBody<'a>>,
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
        variant_of: None,
        method: methods.snake(name),
        ident: idents.camel(name),
        query_ident: has_query.then(|| idents.camel(&format!("{name}Query"))),
        path: parameters(Location::Path).map(&mut plan).collect(),
        query: parameters(Location::Query).map(&mut plan).collect(),
        fields: parameters(Location::Header)
            .chain(parameters(Location::Cookie))
            .map(&mut plan)
            .collect(),
        body,
        success: operation.success(),
    }
}

/// The part of the uids that tells operations apart, without a method if that is enough;
/// where it doesn't, all of the uid. A uid that is made from method and path is never cut,
/// so that an operation keeps its name when others are added.
fn operation_names(operations: &[&Operation]) -> Vec<String> {
    let part = |operation: &Operation, cut: for<'n> fn(&'n str, &str) -> &'n str| {
        let uid = &operation.uid;
        match operation.has_derived_uid() {
            true => uid.clone(),
            false => cut(
                names::operation(uid, &operation.resource),
                &operation.method,
            )
            .to_owned(),
        }
    };
    let unlike = |cut| unlike(operations.iter().map(|operation| part(operation, cut)));
    let (bares, shorts) = (unlike(names::without_method), unlike(names::without_http));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(routes: &[(&str, &str, &str)]) -> Vec<String> {
        let operation = |(uid, method, path): &(&str, &str, &str)| -> Operation {
            serde_json::from_value(serde_json::json!({
                "uid": uid, "method": method, "path": path, "resource": "stalls",
            }))
            .unwrap()
        };
        let operations: Vec<_> = routes.iter().map(operation).collect();
        operation_names(&operations.iter().collect::<Vec<_>>())
    }

    #[test]
    fn an_operation_without_a_uid_has_its_method_in_its_name_even_if_it_is_alone() {
        let post = ("post_files", "POST", "/files");
        assert_eq!(names(&[post]), ["post_files"]);
        assert_eq!(
            names(&[("get_files", "GET", "/files"), post]),
            ["get_files", "post_files"]
        );
        let second = ("post_files_2", "POST", "/{files}");
        assert_eq!(names(&[second]), ["post_files_2"]);
    }

    #[test]
    fn an_operation_keeps_its_name_when_one_with_a_suffix_is_added() {
        let get = ("v1Stall_GetMenu", "GET", "/stalls/menu");
        let post = ("v1Stall_GetMenu_POST", "POST", "/stalls/menu");
        assert_eq!(names(&[get]), ["GetMenu"]);
        assert_eq!(names(&[get, post]), ["GetMenu", "GetMenu_POST"]);
    }

    #[test]
    fn a_uid_in_small_letters_is_a_name_as_a_whole_unless_it_begins_with_the_resource() {
        let list = ("list_stalls", "GET", "/stalls");
        let open = ("stalls_open", "POST", "/stalls/open");
        assert_eq!(names(&[list, open]), ["list_stalls", "open"]);
    }
}
