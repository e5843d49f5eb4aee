//! Enumerations of texts and of integers, and sets of flags.

use askama::Template;
use proc_macro2::{Literal as RustLiteral, TokenStream};
use quote::quote;

use super::{attributes, docs_of};
use crate::context::Context;
use crate::docs::{self, Docs};
use crate::names::Name;
use crate::plan::NamedType;
use docwright_model::{EnumValue, Literal};

#[derive(Template)]
#[template(path = "types/open_enum.rs.askama", escape = "none")]
struct OpenEnum<'a> {
    docs: Docs,
    attributes: TokenStream,
    ident: &'a Name,
    wire: TokenStream,
    values: Vec<Value>,
}

#[derive(Template)]
#[template(path = "types/int_enum.rs.askama", escape = "none")]
struct IntEnum<'a> {
    docs: Docs,
    attributes: TokenStream,
    ident: &'a Name,
    wire: TokenStream,
    values: Vec<Value>,
}

#[derive(Template)]
#[template(path = "types/flags.rs.askama", escape = "none")]
struct Flags<'a> {
    docs: Docs,
    attributes: TokenStream,
    ident: &'a Name,
    wire: TokenStream,
    values: Vec<Value>,
}

struct Value {
    docs: Docs,
    ident: Name,
    wire: TokenStream,
}

/// Whether an enumeration is one of integers.
pub fn are_integers(values: &[EnumValue]) -> bool {
    let is_integer = |value: &EnumValue| matches!(value.value, Literal::Integer(_));
    !values.is_empty() && values.iter().all(is_integer)
}

/// An enumeration of texts or of integers.
pub fn enumeration(
    context: &Context<'_>,
    named: &NamedType<'_>,
    values: &[EnumValue],
) -> askama::Result<String> {
    let wire = &named.schema.name;
    let (docs, attributes) = (docs_of(context, named), attributes(context, named));
    let (ident, wire) = (&named.ident, quote!(#wire));
    if are_integers(values) {
        return IntEnum {
            docs,
            attributes,
            ident,
            wire,
            values: items(context, named, values, |value| integer(&value.value)),
        }
        .render();
    }
    OpenEnum {
        docs,
        attributes,
        ident,
        wire,
        values: items(context, named, values, |value| {
            let text = value.value.text();
            quote!(#text)
        }),
    }
    .render()
}

/// A set of flags.
pub fn flags(
    context: &Context<'_>,
    named: &NamedType<'_>,
    values: &[EnumValue],
) -> askama::Result<String> {
    let wire = &named.schema.name;
    Flags {
        docs: docs_of(context, named),
        attributes: attributes(context, named),
        ident: &named.ident,
        wire: quote!(#wire),
        values: items(context, named, values, |value| integer(&value.value)),
    }
    .render()
}

/// An integer as it is written in Rust. A flag that is a text is none.
fn integer(value: &Literal) -> TokenStream {
    let number = match value {
        Literal::Integer(number) => *number,
        Literal::String(text) => text.parse().unwrap_or_default(),
    };
    let literal = RustLiteral::i64_unsuffixed(number);
    quote!(#literal)
}

fn items(
    context: &Context<'_>,
    named: &NamedType<'_>,
    values: &[EnumValue],
    wire: impl Fn(&EnumValue) -> TokenStream,
) -> Vec<Value> {
    let items = values.iter().zip(&named.members).map(|(value, ident)| {
        let shown = value.value.text();
        let shown = match &value.name {
            Some(name) => format!("{name} = {shown}"),
            None => shown.into_owned(),
        };
        let lines = context.lines_of(value.description.as_ref(), &shown, &named.users);
        Value {
            docs: docs::comments(lines),
            ident: ident.clone(),
            wire: wire(value),
        }
    });
    items.collect()
}
