//! The named types: their names, what is in them, and who needs them.

use std::collections::{BTreeMap, BTreeSet};

use docwright_model::{Api, EnumValue, Literal, Operation, Property, Schema, Shape, Type};

use super::tags::fixed;
use super::{NOBODY, NamedType};
use crate::names::{Name, Scope};

/// The named types, which nobody needs yet; some have these names in Rust, the others get
/// theirs.
pub fn named_types<'a>(
    api: &'a Api,
    given: &BTreeMap<String, Name>,
    idents: &mut Scope,
) -> BTreeMap<&'a str, NamedType<'a>> {
    let mut types: BTreeMap<&str, NamedType<'_>> = BTreeMap::new();
    let mut modules = Scope::modules();
    let tags = fixed(api);
    for schema in &api.schemas {
        let ident = given.get(&schema.name).cloned();
        let ident = ident.unwrap_or_else(|| idents.camel(&schema.name));
        let module = modules.snake(&schema.name);
        let (users, parts) = (BTreeSet::new(), BTreeSet::new());
        let properties = properties(api, schema);
        types.insert(
            &schema.name,
            NamedType {
                schema,
                ident,
                members: members(schema, &properties),
                properties,
                home: None,
                tag: tags.get(schema.name.as_str()).copied(),
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

/// The properties of an object: those of its base types first, in the order that they have
/// there, each once. The type's own words about a property count.
fn properties<'a>(api: &'a Api, schema: &'a Schema) -> Vec<&'a Property> {
    let mut bases = vec![schema];
    let base = |schema: &'a Schema| api.schema(schema.base.as_deref()?);
    while let Some(next) = bases.last().and_then(|schema| base(schema)) {
        // A type that is derived from itself gains nothing by it.
        if bases.iter().any(|known| known.name == next.name) {
            break;
        }
        bases.push(next);
    }
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut properties: Vec<&Property> = Vec::new();
    let all = bases
        .iter()
        .rev()
        .flat_map(|schema| schema.shape.properties());
    for property in all {
        match places.get(property.name.as_str()) {
            Some(at) => properties[*at] = property,
            None => {
                places.insert(&property.name, properties.len());
                properties.push(property);
            }
        }
    }
    properties
}

fn members(schema: &Schema, properties: &[&Property]) -> Vec<Name> {
    match &schema.shape {
        Shape::Properties(_) => {
            let mut names = Scope::fields();
            properties.iter().map(|p| names.snake(&p.name)).collect()
        }
        Shape::Values(values) => {
            let mut names = Scope::variants();
            values
                .iter()
                .map(|it| names.camel(&value_name(it)))
                .collect()
        }
        Shape::Flags(values) => {
            let mut names = Scope::flags();
            values
                .iter()
                .map(|it| names.shouty(&value_name(it)))
                .collect()
        }
        Shape::Union(union) => {
            let mut names = Scope::variants();
            let members = union.members.iter();
            members.map(|it| names.camel(&type_name(&it.ty))).collect()
        }
        Shape::Alias(_) => Vec::new(),
    }
}

/// What a value is called: as the pages call it, or as it is written. A number is no name.
fn value_name(value: &EnumValue) -> String {
    match (&value.name, &value.value) {
        (Some(name), _) => name.clone(),
        (None, Literal::String(text)) => text.clone(),
        (None, Literal::Integer(number)) if *number < 0 => {
            format!("minus {}", number.unsigned_abs())
        }
        (None, Literal::Integer(number)) => format!("value {number}"),
    }
}

/// What the member of a union is called after its type.
fn type_name(ty: &Type) -> String {
    match ty {
        Type::Array(element) => format!("array of {}", type_name(element)),
        Type::Map(value) => format!("map of {}", type_name(value)),
        Type::Nullable(inner) => type_name(inner),
        Type::Int32 | Type::Int64 => "integer".to_owned(),
        Type::Double => "number".to_owned(),
        plain => plain.to_string(),
    }
}

/// The type whose value is part of a value of this type. Arrays and maps hold theirs
/// elsewhere.
fn part(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name),
        Type::Nullable(inner) => part(inner),
        _ => None,
    }
}

/// The types whose values are part of a value of this type, at any depth.
fn parts_of<'a>(types: &BTreeMap<&'a str, NamedType<'a>>, name: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        let Some(named) = types.get(name) else {
            continue;
        };
        for inner in types_in(named).into_iter().filter_map(part) {
            if found.insert(inner) {
                open.push(inner);
            }
        }
    }
    found
}

/// The types that a type's definition names.
fn types_in<'a>(named: &NamedType<'a>) -> Vec<&'a Type> {
    match &named.schema.shape {
        Shape::Properties(_) => named.properties.iter().map(|it| &it.ty).collect(),
        shape => shape.types(),
    }
}

/// Whether a value of the type `outer` has one of the type `inner` in it.
pub fn holds(types: &BTreeMap<&str, NamedType<'_>>, outer: &str, inner: &str) -> bool {
    outer == inner
        || types
            .get(outer)
            .is_some_and(|named| named.parts.contains(inner))
}

/// Notes that a resource needs the types of an operation, and those within them.
pub fn claim<'a>(
    types: &mut BTreeMap<&'a str, NamedType<'a>>,
    operation: &'a Operation,
    resource: &'a str,
) {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let request = operation.request.iter();
    let contents = request.clone().flat_map(|body| &body.others);
    let responses = operation.responses.iter();
    let bodies = request.chain(responses.filter_map(|response| response.body.as_ref()));
    let named = parameters
        .chain(bodies.map(|body| &body.ty))
        .chain(contents.map(|content| &content.ty))
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
        open.extend(types_in(named).into_iter().filter_map(Type::named));
    }
}
