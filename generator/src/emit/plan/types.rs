//! The named types: their names, what is in them, and who needs them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Operation, Schema, Shape, Type};

use super::operations::success;
use super::{NOBODY, NamedType};
use crate::emit::names::{Name, Scope};

/// The named types, which nobody needs yet.
pub fn named_types<'a>(api: &'a Api, idents: &mut Scope) -> BTreeMap<&'a str, NamedType<'a>> {
    let mut types: BTreeMap<&str, NamedType<'_>> = BTreeMap::new();
    let mut modules = Scope::modules();
    for schema in &api.schemas {
        let ident = idents.camel(&schema.name);
        let module = modules.snake(&schema.name);
        let (users, parts) = (BTreeSet::new(), BTreeSet::new());
        types.insert(
            &schema.name,
            NamedType {
                schema,
                ident,
                members: members(schema),
                home: None,
                users,
                module,
                parts,
            },
        );
    }
    let parts: Vec<_> = types.keys().map(|name| parts_of(&types, name)).collect();
    for (named, parts) in types.values_mut().zip(parts) {
        named.parts = parts;
    }
    types
}

fn members(schema: &Schema) -> Vec<Name> {
    match &schema.shape {
        Shape::Properties(properties) => {
            let mut names = Scope::fields();
            properties.iter().map(|p| names.snake(&p.name)).collect()
        }
        Shape::Values(values) => {
            let mut names = Scope::variants();
            values
                .iter()
                .map(|value| names.camel(&value.value.text()))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The types whose values are part of a value of this type, at any depth.
/// Arrays and maps hold theirs elsewhere.
fn parts_of<'a>(types: &BTreeMap<&'a str, NamedType<'a>>, name: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        let Some(Shape::Properties(properties)) = types.get(name).map(|t| &t.schema.shape) else {
            continue;
        };
        for property in properties {
            if let Type::Named(inner) = &property.ty
                && found.insert(inner.as_str())
            {
                open.push(inner);
            }
        }
    }
    found
}

/// Notes that a resource needs the types of an operation, and those within them.
pub fn claim<'a>(
    types: &mut BTreeMap<&'a str, NamedType<'a>>,
    operation: &'a Operation,
    resource: &'a str,
) {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let bodies = operation
        .request
        .iter()
        .chain(success(operation).and_then(|r| r.body.as_ref()));
    let named = parameters
        .chain(bodies.map(|body| &body.ty))
        .filter_map(Type::named);
    claim_all(types, named.collect(), resource);
}

/// Types that no operation needs are documented all the same. They, and what is within
/// them, belong to no resource.
pub fn claim_unused<'a>(types: &mut BTreeMap<&'a str, NamedType<'a>>) {
    let unused = types.iter().filter(|(_, named)| named.users.is_empty());
    let unused: Vec<_> = unused.map(|(name, _)| *name).collect();
    claim_all(types, unused, NOBODY);
}

fn claim_all<'a>(
    types: &mut BTreeMap<&'a str, NamedType<'a>>,
    mut open: Vec<&'a str>,
    resource: &'a str,
) {
    while let Some(name) = open.pop() {
        let Some(named) = types.get_mut(name) else {
            continue;
        };
        if !named.users.insert(resource) {
            continue;
        }
        if let Shape::Properties(properties) = &named.schema.shape {
            open.extend(properties.iter().filter_map(|property| property.ty.named()));
        }
    }
}
