//! Values that are made from schemas, where the pages have no sample.

use docwright_model::{Api, Facets, Property, Range, Schema, Shape, Type};
use serde_json::{Map, Number, Value, json};

/// How many values one response has at most: types that hold many others would have no end.
const MOST: usize = 2_000;

/// How deep properties are filled that needn't be there.
const OPTIONAL: usize = 4;

/// How deep a value nests at most.
const DEEPEST: usize = 32;

/// A value of a type, the same each time.
pub fn of(api: &Api, ty: &Type, facets: &Facets) -> Value {
    let mut maker = Maker {
        api,
        left: MOST,
        open: Vec::new(),
    };
    maker.of_slot(ty, facets).unwrap_or(Value::Null)
}

struct Maker<'a> {
    api: &'a Api,
    /// How many values may still be made.
    left: usize,
    /// The named types that are being made, the outermost first.
    open: Vec<&'a str>,
}

impl<'a> Maker<'a> {
    /// A value; `None` where it would hold itself without end.
    fn of_slot(&mut self, ty: &'a Type, facets: &Facets) -> Option<Value> {
        if let Some(default) = &facets.default
            && !default.value.is_null()
        {
            return Some(default.value.clone());
        }
        self.left = self.left.checked_sub(1)?;
        match ty {
            Type::String => Some(text(facets).into()),
            Type::Int32 | Type::Int64 => Some(integer(facets)),
            Type::Double => Some(number(facets)),
            Type::Array(element) => self.array(element, facets),
            Type::Named(name) => match self.of_named(name) {
                None if facets.is_nullable() => Some(Value::Null),
                made => made,
            },
            ty => self.of_type(ty),
        }
    }

    fn of_type(&mut self, ty: &'a Type) -> Option<Value> {
        let none = Facets::default();
        Some(match ty {
            Type::Any => json!({}),
            Type::Boolean => true.into(),
            Type::DateTime => "2025-01-31T12:00:00Z".into(),
            Type::Date => "2025-01-31".into(),
            Type::Binary => "AA==".into(),
            Type::Map(inner) => match self.of_slot(inner, &none) {
                Some(value) => json!({ "key": value }),
                None => json!({}),
            },
            Type::Nullable(inner) => self.of_slot(inner, &none).unwrap_or(Value::Null),
            ty => return self.of_slot(ty, &none),
        })
    }

    fn array(&mut self, element: &'a Type, facets: &Facets) -> Option<Value> {
        let least = facets.items.as_ref().and_then(|it| it.value.minimum);
        let most = facets.items.as_ref().and_then(|it| it.value.maximum);
        let count = least.unwrap_or(1).max(1).min(most.unwrap_or(u64::MAX));
        let mut elements = Vec::new();
        for _ in 0..count {
            match self.of_type(element) {
                Some(value) => elements.push(value),
                None => break,
            }
        }
        Some(elements.into())
    }

    fn of_named(&mut self, name: &'a str) -> Option<Value> {
        let Some(schema) = self.api.schema(name) else {
            return Some(json!({}));
        };
        if self.open.contains(&name) || self.open.len() == DEEPEST {
            return None;
        }
        self.open.push(name);
        let made = self.of_schema(schema);
        self.open.pop();
        made
    }

    fn of_schema(&mut self, schema: &'a Schema) -> Option<Value> {
        match &schema.shape {
            Shape::Alias(ty) => self.of_type(ty),
            Shape::Flags(values) | Shape::Values(values) => {
                let value = values.first().map(|it| serde_json::to_value(&it.value));
                value.map_or(Some(Value::Null), Result::ok)
            }
            Shape::Union(union) => {
                let mut made = union.members.iter();
                made.find_map(|it| {
                    let mut value = self.of_type(&it.ty)?;
                    let (name, tag) = (union.discriminator.as_ref(), it.tag.as_ref());
                    if let (Some(name), Some(tag), Value::Object(members)) = (name, tag, &mut value)
                    {
                        members.insert(name.clone(), tag.as_str().into());
                    }
                    Some(value)
                })
            }
            Shape::Properties(properties) => {
                let base = schema.base.as_ref().map(|name| self.of_named(name));
                let mut object = match base {
                    Some(Some(Value::Object(base))) => base,
                    _ => Map::new(),
                };
                for property in properties {
                    if let Some(value) = self.of_property(property)? {
                        object.insert(property.name.clone(), value);
                    }
                }
                Some(object.into())
            }
        }
    }

    /// The value of a property, if it has one: what needn't be there is left out where there is
    /// no room for it.
    fn of_property(&mut self, property: &'a Property) -> Option<Option<Value>> {
        let is_optional = !property.required;
        if is_optional && (property.facets.is_write_only() || self.open.len() > OPTIONAL) {
            return Some(None);
        }
        match self.of_slot(&property.ty, &property.facets) {
            Some(value) => Some(Some(value)),
            None if is_optional => Some(None),
            None => None,
        }
    }
}

fn text(facets: &Facets) -> String {
    let limits = facets.length.as_ref().map(|it| &it.value);
    let length = |limit: Option<u64>| limit.and_then(|it| usize::try_from(it).ok());
    let least = limits.and_then(|it| length(it.minimum)).unwrap_or(0);
    let most = limits
        .and_then(|it| length(it.maximum))
        .unwrap_or(usize::MAX);
    let text = "text".chars().cycle();
    text.take(least.clamp(4, 10_000).min(most)).collect()
}

/// The least of the range, or else the greatest, or else what is `usual`.
fn limit(facets: &Facets) -> Option<&Number> {
    let range: Option<&Range<Number>> = facets.range.as_ref().map(|it| &it.value);
    range.and_then(|it| it.minimum.as_ref().or(it.maximum.as_ref()))
}

fn integer(facets: &Facets) -> Value {
    let limit = limit(facets).and_then(Number::as_f64);
    limit.map_or(1, |limit| limit.ceil() as i64).into()
}

fn number(facets: &Facets) -> Value {
    limit(facets)
        .cloned()
        .map_or_else(|| json!(1.5), Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use docwright_export::accepts;

    #[test]
    fn made_values_are_of_their_type_and_have_an_end() {
        let property = |name: &str, ty: &str, required: bool| {
            json!({ "name": name, "type": ty, "known": "documented", "in": "both",
                    "required": required })
        };
        let api: Api = serde_json::from_value(json!({
            "format": 2, "title": "Boats", "security": [], "headers": [], "operations": [],
            "schemas": [
                { "name": "Berth", "known": "documented", "properties": [
                    property("boat", "Boat", true), property("next", "array<Berth>", true),
                    property("left", "Berth", false), property("all", "map<Berth?>", false) ] },
                { "name": "Boat", "known": "documented", "base": "Thing",
                  "properties": [property("berth", "Berth", false), property("k", "Key", true)] },
                { "name": "Endless", "known": "documented",
                  "properties": [property("self", "Endless", true)] },
                { "name": "Key", "known": "documented",
                  "union": { "members": [{ "type": "Kind" }, { "type": "int32" }] } },
                { "name": "Kind", "known": "documented", "values": [{ "value": "tug" }] },
                { "name": "Thing", "known": "documented", "properties": [
                    property("id", "int64", true), property("since", "date-time", true),
                    property("day", "date", false), property("size", "double", true) ] },
            ],
        }))
        .unwrap();
        let none = Facets::default();
        for ty in [
            "Berth",
            "array<Boat>",
            "map<Kind>",
            "Key",
            "binary",
            "any",
            "bool",
        ] {
            let ty: Type = ty.parse().unwrap();
            let made = of(&api, &ty, &none);
            assert_eq!(accepts(&api, &made, &ty, &none), Ok(()), "{ty}: {made}");
        }
        assert_eq!(of(&api, &"Endless".parse().unwrap(), &none), Value::Null);
    }
}
