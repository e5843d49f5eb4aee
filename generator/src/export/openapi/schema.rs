//! Types as JSON Schema (2020-12, as OpenAPI 3.1 has it).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    component_key, describe,
    json::{Node, Object},
    locate, mark,
};
use crate::model::{Api, Direction, Operation, Property, Schema, Shape, Type};

/// The component keys of all named types, documented or only mentioned.
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Gives each named type of `api` a key of its own.
    pub fn of(api: &Api) -> Self {
        let mut names: BTreeSet<&str> = api.schemas.iter().map(|schema| &*schema.name).collect();
        names.extend(types_of(api).filter_map(Type::named));
        // A name that is a key already keeps it, whoever else would like it.
        let plain = names.iter().filter(|name| component_key(name) == **name);
        let mut taken: BTreeSet<String> = plain.map(|name| (*name).to_owned()).collect();
        let mut keys = BTreeMap::new();
        for name in names {
            let mut key = component_key(name).into_owned();
            if key != name {
                let base = key.clone();
                let mut number = 2;
                while !taken.insert(key.clone()) {
                    key = format!("{base}_{number}");
                    number += 1;
                }
            }
            keys.insert(name.to_owned(), key);
        }
        Self(keys)
    }

    fn reference(&self, name: &str) -> Node<'static> {
        let key = self.0.get(name).map_or(name, String::as_str);
        format!("#/components/schemas/{key}").into()
    }
}

fn types_of(api: &Api) -> impl Iterator<Item = &Type> {
    fn of_operation(operation: &Operation) -> Vec<&Type> {
        let parameters = operation.parameters.iter().map(|p| &p.ty);
        let answers = operation.responses.iter().filter_map(|r| r.body.as_ref());
        let bodies = operation.request.iter().chain(answers).map(|b| &b.ty);
        parameters.chain(bodies).collect()
    }
    let of_schemas = api.schemas.iter().flat_map(|schema| schema.shape.types());
    api.operations
        .iter()
        .flat_map(of_operation)
        .chain(of_schemas)
}

/// `components.schemas`: all named types, by key. A type that is mentioned and
/// nowhere documented accepts anything.
pub fn components<'a>(api: &'a Api, names: &'a Names) -> Object<'a> {
    let documented = api.schemas.iter();
    let documented: BTreeMap<&str, &Schema> = documented.map(|s| (&*s.name, s)).collect();
    let mut schemas: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for (name, key) in &names.0 {
        let schema = match documented.get(name.as_str()) {
            Some(schema) => component(schema, key, names),
            None => Object::of([("x-known", "unknown".into())]),
        };
        schemas.insert(key, schema.into());
    }
    schemas.into_iter().collect()
}

fn component<'a>(schema: &'a Schema, key: &str, names: &'a Names) -> Object<'a> {
    let mut object = Object::new();
    if key != schema.name {
        object.insert("title", schema.name.as_str());
    }
    describe(&mut object, schema.description.as_ref());
    match &schema.shape {
        Shape::Properties(properties) => {
            object.insert("type", "object");
            object_of(&mut object, properties, names);
        }
        Shape::Values(values) => {
            object.insert("type", "string");
            let words = values.iter().map(|value| value.value.text().into_owned());
            object.insert("enum", words.collect::<Node<'_>>());
            let texts = values.iter().map(|value| value.description.as_ref());
            if texts.clone().any(|text| text.is_some()) {
                let texts = texts.map(|text| text.map_or("", |t| t.markdown()));
                object.insert("x-enum-descriptions", texts.collect::<Node<'_>>());
            }
        }
        Shape::Flags(_) => object.insert("type", "integer"),
        Shape::Union(union) => {
            let members = union
                .members
                .iter()
                .map(|it| Node::from(write(&it.ty, names)));
            object.insert("anyOf", members.collect::<Node<'_>>());
        }
        Shape::Alias(ty) => object = write(ty, names),
    }
    mark(&mut object, schema.known);
    locate(&mut object, &schema.provenance);
    object
}

fn object_of<'a>(object: &mut Object<'a>, properties: &'a [Property], names: &'a Names) {
    let directions = properties.iter().map(|property| property.direction);
    let travels = directions.reduce(Direction::and);
    let mut members = Object::new();
    for property in properties {
        let mut member = write(&property.ty, names);
        describe(&mut member, property.description.as_ref());
        // Worth saying only in a type that travels both ways.
        match property.direction {
            Direction::Response if travels == Some(Direction::Both) => {
                member.insert("readOnly", true);
            }
            Direction::Request if travels == Some(Direction::Both) => {
                member.insert("writeOnly", true);
            }
            _ => {}
        }
        mark(&mut member, property.known);
        locate(&mut member, &property.provenance);
        members.set(&property.name, member);
    }
    if !members.is_empty() {
        object.insert("properties", members);
    }
    let required = properties.iter().filter(|property| property.required);
    let required: BTreeSet<_> = required.map(|property| &*property.name).collect();
    if !required.is_empty() {
        object.insert("required", required.into_iter().collect::<Node<'_>>());
    }
}

/// A type as a schema, for JSON.
pub fn write(ty: &Type, names: &Names) -> Object<'static> {
    let scalar = |ty: &'static str, format: Option<&'static str>| {
        let mut object = Object::of([("type", ty.into())]);
        if let Some(format) = format {
            object.insert("format", format);
        }
        object
    };
    match ty {
        Type::Any => Object::new(),
        Type::String => scalar("string", None),
        Type::Boolean => scalar("boolean", None),
        Type::Int32 => scalar("integer", Some("int32")),
        Type::Int64 => scalar("integer", Some("int64")),
        Type::Double => scalar("number", Some("double")),
        Type::DateTime => scalar("string", Some("date-time")),
        Type::Date => scalar("string", Some("date")),
        Type::Binary => {
            let mut object = scalar("string", None);
            object.insert("contentEncoding", "base64");
            object
        }
        Type::Array(element) => {
            let mut object = scalar("array", None);
            object.insert("items", write(element, names));
            object
        }
        Type::Map(value) => {
            let mut object = scalar("object", None);
            // Values of any type are what an object has anyway.
            if **value != Type::Any {
                object.insert("additionalProperties", write(value, names));
            }
            object
        }
        Type::Nullable(inner) => {
            let null = Object::of([("type", "null".into())]);
            let inner = write(inner, names);
            Object::of([("anyOf", [inner, null].map(Node::from).into_iter().collect())])
        }
        Type::Named(name) => Object::of([("$ref", names.reference(name))]),
    }
}
