//! Types as JSON Schema (2020-12, as OpenAPI 3.1 has it).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Context, Object, by_key, component_key, describe, locate, mark, value_of};
use docwright_model::{
    Api, Direction, EnumValue, Facets, Known, Literal, Operation, Property, Schema, Shape, Type,
    Union,
};

/// The component keys of all named types, documented or only mentioned.
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Gives each named type of `api` a key of its own.
    pub fn of(api: &Api) -> Self {
        let mut names: BTreeSet<&str> = api.schemas.iter().map(|schema| &*schema.name).collect();
        names.extend(types_of(api).filter_map(Type::named));
        names.extend(
            api.schemas
                .iter()
                .filter_map(|schema| schema.base.as_deref()),
        );
        // A name that is a valid key keeps it.
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

    fn reference(&self, name: &str) -> String {
        let key = self.0.get(name).map_or(name, String::as_str);
        format!("#/components/schemas/{key}")
    }
}

fn types_of(api: &Api) -> impl Iterator<Item = &Type> {
    fn of_operation(operation: &Operation) -> Vec<&Type> {
        let parameters = operation.parameters.iter().map(|p| &p.ty);
        let responses = operation.responses.iter();
        let headers = responses
            .clone()
            .flat_map(|it| &it.headers)
            .map(|it| &it.ty);
        let bodies = responses
            .filter_map(|it| it.body.as_ref())
            .chain(&operation.request);
        let bodies = bodies.flat_map(|body| {
            let others = body.others.iter().map(|other| &other.ty);
            std::iter::once(&body.ty).chain(others)
        });
        parameters.chain(bodies).chain(headers).collect()
    }
    let of_schemas = api.schemas.iter().flat_map(|schema| schema.shape.types());
    api.operations
        .iter()
        .flat_map(of_operation)
        .chain(of_schemas)
}

/// `components.schemas`: all named types, by key. A type that is mentioned but not
/// documented accepts anything.
pub fn components(context: &Context<'_>) -> Object {
    let documented = context.api.schemas.iter();
    let documented: BTreeMap<&str, &Schema> = documented.map(|s| (&*s.name, s)).collect();
    let keys = context.names.0.iter();
    by_key(keys.map(|(name, key)| {
        let schema = match documented.get(name.as_str()) {
            Some(schema) => component(context, schema, key).into(),
            None => json!({ "x-known": "unknown" }),
        };
        (key.as_str(), schema)
    }))
}

fn component(context: &Context<'_>, schema: &Schema, key: &str) -> Object {
    let mut object = Object::new();
    if key != schema.name {
        object.insert("title".into(), schema.name.as_str().into());
    }
    describe(&mut object, schema.description.as_ref());
    match &schema.shape {
        Shape::Properties(properties) => match &schema.base {
            None => object_of(context, &mut object, properties),
            Some(base) => {
                let mut own = Object::new();
                object_of(context, &mut own, properties);
                let base = json!({ "$ref": context.names.reference(base) });
                object.insert("allOf".into(), json!([base, own]));
            }
        },
        Shape::Values(values) => values_of(&mut object, values),
        Shape::Flags(values) => flags_of(&mut object, values),
        Shape::Union(union) => union_of(context, &mut object, union),
        Shape::Alias(ty) => object.extend(write_type(context, ty)),
    }
    if schema.deprecated {
        object.insert("deprecated".into(), true.into());
    }
    mark(&mut object, schema.known);
    locate(&mut object, &schema.provenance);
    object
}

fn values_of(object: &mut Object, values: &[EnumValue]) {
    let integers = values
        .iter()
        .any(|it| matches!(it.value, Literal::Integer(_)));
    let ty = if integers { "integer" } else { "string" };
    object.insert("type".into(), ty.into());
    // A value that pages list twice is written once, with its first description: names
    // and descriptions are matched by index.
    let mut seen = BTreeSet::new();
    let values: Vec<_> = values.iter().filter(|it| seen.insert(&it.value)).collect();
    // The specification requires at least one value.
    if !values.is_empty() {
        let literals = values.iter().map(|it| json!(it.value));
        object.insert("enum".into(), literals.collect());
    }
    if values.iter().any(|it| it.name.is_some()) {
        let names = values.iter().map(|it| match &it.name {
            Some(name) => name.clone(),
            None => it.value.to_string(),
        });
        object.insert("x-enum-varnames".into(), names.collect());
    }
    let texts = values.iter().map(|it| it.description.as_ref());
    if texts.clone().any(|text| text.is_some()) {
        let texts = texts.map(|text| text.map_or("", |it| it.markdown()));
        object.insert("x-enum-descriptions".into(), texts.collect());
    }
}

fn flags_of(object: &mut Object, values: &[EnumValue]) {
    object.insert("type".into(), "integer".into());
    let flag = |flag: &EnumValue| {
        let mut written = Object::new();
        written.insert("value".into(), json!(flag.value));
        if let Some(name) = &flag.name {
            written.insert("name".into(), name.as_str().into());
        }
        describe(&mut written, flag.description.as_ref());
        Value::Object(written)
    };
    object.insert("x-flags".into(), values.iter().map(flag).collect());
}

fn union_of(context: &Context<'_>, object: &mut Object, union: &Union) {
    let members = union.members.iter();
    let members: Value = members
        .map(|member| {
            let mut schema = write_type(context, &member.ty);
            // Beside a reference the words would be another schema's.
            if !schema.contains_key("$ref") {
                describe(&mut schema, member.description.as_ref());
            }
            Value::Object(schema)
        })
        .collect();
    // Pages don't state whether a value can match several members.
    object.insert("anyOf".into(), members);
    if let Some(property) = &union.discriminator {
        let mut discriminator = Object::new();
        discriminator.insert("propertyName".into(), property.as_str().into());
        let tagged = union.members.iter().filter_map(|member| {
            let name = member.ty.named()?;
            Some((member.tag.as_deref()?, context.names.reference(name).into()))
        });
        let mapping = by_key(tagged);
        if !mapping.is_empty() {
            discriminator.insert("mapping".into(), mapping.into());
        }
        object.insert("discriminator".into(), discriminator.into());
    }
}

fn object_of(context: &Context<'_>, object: &mut Object, properties: &[Property]) {
    object.insert("type".into(), "object".into());
    let directions = properties.iter().map(|property| property.direction);
    let travels = directions.reduce(Direction::and);
    let members = properties.iter().map(|property| {
        let mut member = with_facets(context, &property.ty, &property.facets);
        describe(&mut member, property.description.as_ref());
        // Worth stating only in a type that travels both ways.
        match property.direction {
            Direction::Response if travels == Some(Direction::Both) => {
                member.insert("readOnly".into(), true.into());
            }
            Direction::Request if travels == Some(Direction::Both) => {
                member.insert("writeOnly".into(), true.into());
            }
            _ => {}
        }
        mark(&mut member, property.known);
        locate(&mut member, &property.provenance);
        (property.name.clone(), Value::Object(member))
    });
    let members: Object = members.collect();
    if !members.is_empty() {
        object.insert("properties".into(), members.into());
    }
    let required = properties.iter().filter(|property| property.required);
    let required: BTreeSet<_> = required.map(|property| &*property.name).collect();
    if !required.is_empty() {
        object.insert("required".into(), json!(required));
    }
}

/// An object of words.
pub fn of_words<const N: usize>(members: [(&str, &str); N]) -> Object {
    let members = members.into_iter();
    members
        .map(|(key, word)| (key.to_owned(), word.into()))
        .collect()
}

/// A type and its facets, as a schema.
pub fn with_facets(context: &Context<'_>, ty: &Type, facets: &Facets) -> Object {
    let mut object = write_type(context, ty);
    if facets.is_empty() {
        return object;
    }
    if facets.is_nullable() {
        object = or_null(object);
        if let Some(facet) = facets
            .nullable
            .as_ref()
            .filter(|it| it.known != Known::Documented)
        {
            object.insert("x-nullable-known".into(), json!(facet.known));
        }
    }
    limits(&mut object, facets);
    if let Some(default) = value_of(facets.default.as_ref()) {
        object.insert("default".into(), default.clone());
    }
    for (key, holds) in [
        ("deprecated", facets.is_deprecated()),
        ("readOnly", facets.is_read_only()),
        ("writeOnly", facets.is_write_only()),
    ] {
        if holds {
            object.insert(key.into(), true.into());
        }
    }
    object
}

fn limits(object: &mut Object, facets: &Facets) {
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.into(), value);
        }
    };
    if let Some(range) = value_of(facets.range.as_ref()) {
        add("minimum", range.minimum.clone().map(Value::Number));
        add("maximum", range.maximum.clone().map(Value::Number));
    }
    if let Some(length) = value_of(facets.length.as_ref()) {
        add("minLength", length.minimum.map(Value::from));
        add("maxLength", length.maximum.map(Value::from));
    }
    if let Some(items) = value_of(facets.items.as_ref()) {
        add("minItems", items.minimum.map(Value::from));
        add("maxItems", items.maximum.map(Value::from));
    }
    add(
        "pattern",
        value_of(facets.pattern.as_ref()).map(|it| it.as_str().into()),
    );
}

/// The same schema, or `null`.
fn or_null(mut schema: Object) -> Object {
    match schema.get("type").and_then(Value::as_str) {
        Some(ty) => {
            let types = json!([ty, "null"]);
            schema.insert("type".into(), types);
            schema
        }
        // It accepts `null` already.
        None if schema.is_empty() => schema,
        None => {
            let either = json!([schema, { "type": "null" }]);
            Object::from_iter([("anyOf".to_owned(), either)])
        }
    }
}

/// A type as a schema, for JSON.
pub fn write_type(context: &Context<'_>, ty: &Type) -> Object {
    match ty {
        Type::Any => Object::new(),
        Type::String => of_words([("type", "string")]),
        Type::Boolean => of_words([("type", "boolean")]),
        Type::Int32 => of_words([("type", "integer"), ("format", "int32")]),
        Type::Int64 => of_words([("type", "integer"), ("format", "int64")]),
        Type::Double => of_words([("type", "number"), ("format", "double")]),
        Type::DateTime => of_words([("type", "string"), ("format", "date-time")]),
        Type::Date => of_words([("type", "string"), ("format", "date")]),
        Type::Binary => of_words([("type", "string"), ("contentEncoding", "base64")]),
        Type::Array(element) => {
            let mut object = of_words([("type", "array")]);
            object.insert("items".into(), write_type(context, element).into());
            object
        }
        Type::Map(value) => {
            let mut object = of_words([("type", "object")]);
            // Values of any type are what an object has anyway.
            if **value != Type::Any {
                let value = write_type(context, value);
                object.insert("additionalProperties".into(), value.into());
            }
            object
        }
        Type::Nullable(inner) => or_null(write_type(context, inner)),
        Type::Named(name) => {
            let reference = context.names.reference(name);
            Object::from_iter([("$ref".to_owned(), reference.into())])
        }
    }
}
