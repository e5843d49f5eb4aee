//! Finds what a correction is about, says what the pages say of it, and sets
//! what is true.

use super::{Aspect, Fact};
use docwright_model::{
    Api, Body, EnumValue, Facets, Known, Literal, Location, Operation, Parameter, Property,
    Response, Schema, Shape, Type,
};

/// What a correction is about.
pub(super) enum Target<'a> {
    Property(&'a mut Property),
    Parameter(&'a mut Parameter),
    Request(&'a mut Operation),
    Response(&'a mut Response),
    Enum(&'a mut Schema),
}

/// What a target that isn't there was taken for, and what there is instead.
pub(super) struct Missing {
    /// What is missing.
    pub(super) message: String,
    /// The name that is missing.
    pub(super) wanted: String,
    /// Names among which the right one may be.
    pub(super) known: Vec<String>,
    /// What comes before such a name in a target.
    pub(super) prefix: String,
}

impl<'a> Target<'a> {
    /// Finds a target by its name. Names may contain dots and colons, so every dot and
    /// colon is tried as the separator.
    pub(super) fn find(api: &'a mut Api, name: &str) -> Result<Self, Missing> {
        let mut in_operation = None;
        for (at, _) in name.match_indices(':') {
            let uid = &name[..at];
            if let Some(index) = api.operations.iter().position(|op| op.uid == uid) {
                in_operation = Some((index, &name[at + 1..]));
            }
        }
        if let Some((index, part)) = in_operation {
            return in_operation_find(&mut api.operations[index], part);
        }
        if let Some((uid, _)) = name.split_once(':') {
            return Err(Missing {
                message: format!("there is no operation `{uid}`"),
                wanted: uid.to_owned(),
                known: api.operations.iter().map(|op| op.uid.clone()).collect(),
                prefix: String::new(),
            });
        }
        in_schema_find(api, name)
    }

    /// What the pages say of this aspect; `None` when the target hasn't got it.
    pub(super) fn fact(&self, aspect: Aspect) -> Option<Fact> {
        let body = |body: &Option<Body>| match body {
            Some(body) => Fact::Type(body.ty.clone()),
            None => Fact::NoBody,
        };
        match (self, aspect) {
            (Self::Property(it), Aspect::Type) => Some(Fact::Type(it.ty.clone())),
            (Self::Property(it), Aspect::Required) => Some(Fact::Required(it.required)),
            (Self::Parameter(it), Aspect::Type) => Some(Fact::Type(it.ty.clone())),
            (Self::Parameter(it), Aspect::Required) => Some(Fact::Required(it.required)),
            (Self::Request(operation), Aspect::Type) => Some(body(&operation.request)),
            (Self::Response(response), Aspect::Type) => Some(body(&response.body)),
            (Self::Enum(schema), Aspect::Values) => values(schema).map(Fact::Values),
            _ => None,
        }
    }

    /// Whether its type is inferred, so that an entry may confirm it.
    pub(super) fn is_inferred(&self) -> bool {
        let known = match self {
            Self::Property(it) => Some(it.known),
            Self::Parameter(it) => Some(it.known),
            Self::Request(operation) => operation.request.as_ref().map(|body| body.known),
            Self::Response(response) => response.body.as_ref().map(|body| body.known),
            Self::Enum(_) => None,
        };
        known.is_some_and(|known| known > Known::Documented)
    }

    /// Why this cannot be said of the target; `None` when it can.
    pub(super) fn objection(&self, fact: &Fact) -> Option<String> {
        match (self, fact) {
            (Self::Property(_) | Self::Parameter(_), Fact::NoBody) => {
                Some("only a body can be \"none\"".to_owned())
            }
            (Self::Parameter(it), Fact::Required(false)) if it.location == Location::Path => {
                Some("a path parameter is always required".to_owned())
            }
            _ => None,
        }
    }

    /// Sets what is true.
    pub(super) fn set(self, fact: &Fact) {
        let ty = match fact {
            Fact::Type(ty) | Fact::Enum { ty, .. } => Some(ty),
            _ => None,
        };
        match (self, fact) {
            (Self::Property(it), Fact::Required(required)) => it.required = *required,
            (Self::Parameter(it), Fact::Required(required)) => it.required = *required,
            (Self::Property(it), _) => set_type(&mut it.ty, &mut it.known, ty),
            (Self::Parameter(it), _) => set_type(&mut it.ty, &mut it.known, ty),
            (Self::Request(operation), _) => set_body(&mut operation.request, ty),
            (Self::Response(response), _) => set_body(&mut response.body, ty),
            (Self::Enum(schema), fact) => {
                if let Fact::Values(values) = fact {
                    // A value that stays keeps the pages' words about it.
                    let old = match &schema.shape {
                        Shape::Values(old) => old.clone(),
                        _ => Vec::new(),
                    };
                    schema.shape = Shape::Values(with_words(values, &old));
                    schema.known = Known::Corrected;
                }
            }
        }
    }
}

/// The values of a named type; `None` when it is no enum.
pub(super) fn values(schema: &Schema) -> Option<Vec<String>> {
    match &schema.shape {
        Shape::Values(values) => Some(values.iter().map(|it| it.value.text().into()).collect()),
        _ => None,
    }
}

/// Values with the words that `old` has for them. Where those are integers, the new ones
/// are, too, as far as they can be.
pub(super) fn with_words(values: &[String], old: &[EnumValue]) -> Vec<EnumValue> {
    let integers = old.iter().any(|it| matches!(it.value, Literal::Integer(_)));
    let literal = |value: &String| match value.parse::<i64>() {
        Ok(number) if integers => number.into(),
        _ => value.as_str().into(),
    };
    let enum_value = |value: &String| {
        let known = old.iter().find(|it| it.value.text() == *value);
        known.cloned().unwrap_or_else(|| EnumValue {
            value: literal(value),
            name: None,
            description: None,
        })
    };
    values.iter().map(enum_value).collect()
}

fn set_type(old: &mut Type, known: &mut Known, new: Option<&Type>) {
    if let Some(new) = new {
        *old = new.clone();
        *known = Known::Corrected;
    }
}

fn set_body(body: &mut Option<Body>, ty: Option<&Type>) {
    match (body.as_mut(), ty) {
        (Some(body), Some(ty)) => {
            // The page's name for the body belonged to the type it named.
            body.ty = ty.clone();
            body.known = Known::Corrected;
        }
        (None, Some(ty)) => {
            *body = Some(Body {
                name: None,
                ty: ty.clone(),
                known: Known::Corrected,
                optional: false,
                media_types: Vec::new(),
                others: Vec::new(),
                facets: Facets::default(),
                description: None,
                provenance: None,
            });
        }
        (_, None) => *body = None,
    }
}

fn in_operation_find<'a>(operation: &'a mut Operation, part: &str) -> Result<Target<'a>, Missing> {
    let prefix = format!("{}:", operation.uid);
    let known = parts(operation);
    let missing = move |message: String| Missing {
        message,
        wanted: part.to_owned(),
        known,
        prefix,
    };
    let uid = operation.uid.clone();
    if part == "request" {
        return Ok(Target::Request(operation));
    }
    let (kind, name) = part.split_once('.').unwrap_or((part, ""));
    let location = match kind {
        "response" => {
            let response = operation
                .responses
                .iter_mut()
                .find(|it| it.status.to_string() == name);
            return response
                .map(Target::Response)
                .ok_or_else(|| missing(format!("the operation `{uid}` has no response `{name}`")));
        }
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return Err(missing(format!("an operation has no part `{part}`"))),
    };
    let parameter = operation
        .parameters
        .iter_mut()
        .find(|it| it.location == location && it.name == name);
    parameter.map(Target::Parameter).ok_or_else(|| {
        missing(format!(
            "the operation `{uid}` has no {kind} parameter `{name}`"
        ))
    })
}

/// What a target can name in an operation.
fn parts(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|it| format!("{}.{}", it.location.word(), it.name));
    let responses = operation.responses.iter();
    parameters
        .chain(["request".to_owned()])
        .chain(responses.map(|it| format!("response.{}", it.status)))
        .collect()
}

fn in_schema_find<'a>(api: &'a mut Api, name: &str) -> Result<Target<'a>, Missing> {
    let position = |api: &Api, name: &str| api.schemas.iter().position(|it| it.name == name);
    if let Some(index) = position(api, name) {
        let schema = &mut api.schemas[index];
        if let Shape::Properties(properties) = &schema.shape {
            return Err(Missing {
                message: format!("`{name}` is an object; name one of its properties"),
                wanted: String::new(),
                known: properties.iter().map(|it| it.name.clone()).collect(),
                prefix: format!("{name}."),
            });
        }
        return Ok(Target::Enum(schema));
    }
    let mut splits = name.match_indices('.').map(|(at, _)| name.split_at(at));
    let found = splits.find_map(|(schema, property)| Some((position(api, schema)?, property)));
    let Some((index, property)) = found else {
        let schema = name.split('.').next().unwrap_or(name);
        return Err(Missing {
            message: format!("there is no type `{schema}`"),
            wanted: schema.to_owned(),
            known: api.schemas.iter().map(|it| it.name.clone()).collect(),
            prefix: String::new(),
        });
    };
    let property = &property[1..];
    let schema = &mut api.schemas[index];
    let missing = |known| Missing {
        message: format!("the type `{}` has no property `{property}`", schema.name),
        wanted: property.to_owned(),
        known,
        prefix: format!("{}.", schema.name),
    };
    match &mut schema.shape {
        Shape::Properties(properties) => {
            let known = properties.iter().map(|it| it.name.clone()).collect();
            let found = properties.iter_mut().find(|it| it.name == property);
            found.map(Target::Property).ok_or_else(|| missing(known))
        }
        _ => Err(missing(Vec::new())),
    }
}
