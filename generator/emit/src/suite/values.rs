//! Values for the contract tests: parameters, addresses, messages.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::samples::SampleFile;
use crate::context::Context;
use crate::plan::{NamedType, PlannedOperation, PlannedParameter, Presence};
use crate::resource::{parameter_type, wire_name};
use docwright_model::{
    ArrayStyle, Direction, Literal, Location, Parameter, PathPart, Shape, Status, Type, segments,
};

/// A text that can't stand as it is in a path or a query.
const TEXT: &str = "a b/ø&=+%";
const DATE: &str = "2025-05-09T17:54:08.1234567+02:00";

/// A value for a parameter.
pub struct TestValue {
    /// As the server has it.
    pub owned: TokenStream,
    /// As the client takes it.
    pub borrowed: TokenStream,
    /// As a text.
    pub text: String,
}

/// A value of a parameter's type.
pub fn value(context: &Context<'_>, planned: &PlannedParameter<'_>) -> TestValue {
    let (owned, borrowed, text) = match parameter_type(context, planned) {
        Type::Boolean => (quote!(true), quote!(true), "true".to_owned()),
        Type::Int32 => (quote!(-7), quote!(-7), "-7".to_owned()),
        // Too large for 32 bits, so that it can't be taken for such a number.
        Type::Int64 => (
            quote!(5_000_000_000),
            quote!(5_000_000_000),
            "5000000000".to_owned(),
        ),
        Type::Double => (quote!(1.5), quote!(1.5), "1.5".to_owned()),
        Type::Date | Type::DateTime => {
            let date = quote!(#DATE.parse::<DateTime>().unwrap());
            (date.clone(), quote!(&#date), DATE.to_owned())
        }
        Type::Named(name) => {
            let ident = context.plan.named(&name).map(|named| &named.ident);
            let first = first_value(context, &name);
            let text = first.text().into_owned();
            let owned = match first {
                Literal::String(text) => quote!(#ident::from(#text)),
                Literal::Integer(number) => quote!(#ident::from(#number)),
            };
            (owned.clone(), quote!(&#owned), text)
        }
        _ => {
            let text = text(planned.parameter);
            (quote!(#text.to_owned()), quote!(#text), text.to_owned())
        }
    };
    let borrowed = match planned.repeated(&context.plan) {
        Some(_) => quote!(&[#owned]),
        None => borrowed,
    };
    TestValue {
        owned,
        borrowed,
        text,
    }
}

/// A text that can stand where the parameter is.
fn text(parameter: &Parameter) -> &'static str {
    let is_one_word = matches!(parameter.location, Location::Header | Location::Cookie)
        || parameter.style == ArrayStyle::Space;
    if is_one_word { "word" } else { TEXT }
}

/// A value of an enumeration, or of a set of flags.
fn first_value(context: &Context<'_>, name: &str) -> Literal {
    let named = context.plan.named(name);
    match named.map(|named| &named.schema.shape) {
        Some(Shape::Values(values)) => values.first().map(|value| value.value.clone()),
        Some(Shape::Flags(_)) => Some(Literal::Integer(5)),
        _ => None,
    }
    .unwrap_or_else(|| Literal::String(String::new()))
}

/// The path and query that the client is to send; setters come after required parameters.
pub fn uri(
    context: &Context<'_>,
    planned: &PlannedOperation<'_>,
    path: &[TestValue],
    queries: &[(&PlannedParameter<'_>, TestValue)],
) -> String {
    let mut values = path.iter();
    let mut uri = String::new();
    for segment in segments(&planned.operation.path) {
        uri.push('/');
        for part in segment {
            let mut value = || values.next().map(|value| encode(&value.text, ""));
            uri.push_str(&match part {
                PathPart::Literal(text) => encode(text, "!$%&'()*+,:;=@"),
                PathPart::Parameter(_) => value().unwrap_or_default(),
            });
        }
    }
    let (required, optional): (Vec<_>, Vec<_>) = queries
        .iter()
        .partition(|(planned, _)| planned.parameter.required);
    let mut sign = '?';
    for (planned, value) in required.into_iter().chain(optional) {
        let kept = "$'()*,/:@";
        let name = encode(&wire_name(context, planned), kept);
        let _ = write!(uri, "{sign}{name}={}", encode(&value.text, kept));
        sign = '&';
    }
    uri
}

/// Percent-encodes all but unreserved characters (RFC 3986) and those that are kept.
fn encode(text: &str, kept: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        match c.is_ascii_alphanumeric() || "-._~".contains(c) || kept.contains(c) {
            true => out.push(c),
            false => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// What goes over the wire: the sample of the page, or the least that is of the type.
pub fn message(
    context: &Context<'_>,
    planned: &PlannedOperation<'_>,
    direction: Direction,
    ty: &Type,
    files: &[SampleFile<'_>],
) -> TokenStream {
    if context.plan.is_bytes(ty) {
        return quote!(super::Message::Bytes(b"\x00bytes\xFF"));
    }
    let status = planned.success.map(|response| response.status);
    let is_it = |file: &&SampleFile<'_>| {
        let sample = file.sample;
        sample.operation == planned.operation.uid
            && sample.direction == direction
            && match direction {
                // It is of the body that is documented first.
                Direction::Request => planned.variant_of.is_none(),
                _ => Some(Status::Code(sample.status.unwrap_or(200))) == status,
            }
    };
    match files.iter().find(is_it) {
        Some(file) => {
            let path = &file.path;
            quote!(super::Message::Sample(#path))
        }
        None => {
            let text = least(context, ty, &mut Vec::new()).to_string();
            quote!(super::Message::Json(#text))
        }
    }
}

/// The least JSON that is of a type.
fn least<'t>(context: &'t Context<'_>, ty: &'t Type, within: &mut Vec<&'t str>) -> Value {
    match ty {
        Type::Any | Type::Map(_) => json!({}),
        Type::String | Type::Binary => json!(""),
        Type::Boolean => json!(true),
        Type::Int32 | Type::Int64 => json!(7),
        Type::Double => json!(1.5),
        Type::Date | Type::DateTime => json!(DATE),
        Type::Array(_) => json!([]),
        Type::Nullable(inner) => least(context, inner, within),
        Type::Named(name) => match context.plan.named(name) {
            Some(named) if !within.contains(&name.as_str()) => {
                within.push(name);
                let json = least_named(context, named, within);
                within.pop();
                json
            }
            _ => json!({}),
        },
    }
}

fn least_named<'t>(
    context: &'t Context<'_>,
    named: &'t NamedType<'_>,
    within: &mut Vec<&'t str>,
) -> Value {
    match &named.schema.shape {
        Shape::Values(_) | Shape::Flags(_) => json!(first_value(context, &named.schema.name)),
        Shape::Alias(ty) => least(context, ty, within),
        Shape::Union(union) => {
            let first = union.members.first();
            first.map_or(Value::Null, |member| least(context, &member.ty, within))
        }
        Shape::Properties(_) => {
            let members = named.properties.iter().filter_map(|property| {
                let json = match context.plan.presence(named, property) {
                    Presence::Optional => return None,
                    Presence::Nullable => Value::Null,
                    Presence::Required => least(context, &property.ty, within),
                };
                Some((property.name.clone(), json))
            });
            Value::Object(members.collect())
        }
    }
}
