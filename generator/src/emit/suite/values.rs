//! Values for the contract tests: parameters, addresses, messages.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::samples::SampleFile;
use crate::emit::context::Context;
use crate::emit::plan::{PlannedOperation, PlannedParameter};
use crate::emit::resource::parameter_type;
use crate::model::{Direction, Shape, Status, Type};

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
            let text = first_value(context, &name);
            let owned = quote!(#ident::from(#text));
            (owned.clone(), quote!(&#owned), text)
        }
        _ => (quote!(#TEXT.to_owned()), quote!(#TEXT), TEXT.to_owned()),
    };
    let borrowed = match context.plan.repeated(&planned.parameter.ty) {
        Some(_) => quote!(&[#owned]),
        None => borrowed,
    };
    TestValue {
        owned,
        borrowed,
        text,
    }
}

fn first_value(context: &Context<'_>, name: &str) -> String {
    match context.plan.named(name).map(|named| &named.schema.shape) {
        Some(Shape::Values(values)) => values.first().map(|value| value.value.text().into_owned()),
        _ => None,
    }
    .unwrap_or_default()
}

/// The path and query that the client is to send; setters come after required parameters.
pub fn uri(
    planned: &PlannedOperation<'_>,
    path: &[TestValue],
    queries: &[(&PlannedParameter<'_>, TestValue)],
) -> String {
    let mut values = path.iter();
    let mut uri = String::new();
    for part in planned.operation.path.split('/').skip(1) {
        let text = match part.starts_with('{') {
            true => values
                .next()
                .map(|value| encode(&value.text, ""))
                .unwrap_or_default(),
            false => part.to_owned(),
        };
        let _ = write!(uri, "/{text}");
    }
    let (required, optional): (Vec<_>, Vec<_>) = queries
        .iter()
        .partition(|(planned, _)| planned.parameter.required);
    let mut sign = '?';
    for (planned, value) in required.into_iter().chain(optional) {
        let kept = "$'()*,/:@";
        let (name, text) = (
            encode(&planned.parameter.name, kept),
            encode(&value.text, kept),
        );
        let _ = write!(uri, "{sign}{name}={text}");
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
    if *ty == Type::Binary {
        return quote!(super::Message::Bytes(b"\x00bytes\xFF"));
    }
    let status = planned.success.map(|response| response.status);
    let is_it = |file: &&SampleFile<'_>| {
        let sample = file.sample;
        sample.operation == planned.operation.uid
            && sample.direction == direction
            && (direction == Direction::Request
                || Some(Status::Code(sample.status.unwrap_or(200))) == status)
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
        Type::Named(name) => match context.plan.named(name).map(|named| &named.schema.shape) {
            Some(Shape::Values(_)) => json!(first_value(context, name)),
            Some(Shape::Properties(properties)) if !within.contains(&name.as_str()) => {
                within.push(name);
                let required = properties.iter().filter(|property| property.required);
                let members = required
                    .map(|property| (property.name.clone(), least(context, &property.ty, within)));
                let object = Value::Object(members.collect());
                within.pop();
                object
            }
            _ => json!({}),
        },
    }
}
