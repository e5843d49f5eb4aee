//! The named types, each in a file of its own below `types` of a resource or of the crate.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{EnumValue, Known, Property, Shape, Type};

use super::context::Context;
use super::docs::{self, Docs};
use super::names::Name;
use super::plan::NamedType;

#[derive(Template)]
#[template(path = "types/type.rs.askama", escape = "none")]
struct TypeFile {
    docs: Docs,
    imports: TokenStream,
    has_maps: bool,
    object: Option<Object>,
    enumeration: Option<Enumeration>,
}

struct Object {
    docs: Docs,
    ident: Name,
    wire: TokenStream,
    required: TokenStream,
    fields: Vec<Field>,
}

struct Field {
    docs: Docs,
    ident: Name,
    ty: TokenStream,
    wire: TokenStream,
    read: TokenStream,
    write: TokenStream,
}

struct Enumeration {
    docs: Docs,
    ident: Name,
    wire: TokenStream,
    values: Vec<Value>,
}

struct Value {
    docs: Docs,
    ident: Name,
    wire: TokenStream,
}

#[derive(Template)]
#[template(path = "types/mod.rs.askama", escape = "none")]
struct ModFile<'a> {
    docs: Docs,
    types: Vec<TypeItem<'a>>,
}

struct TypeItem<'a> {
    gate: TokenStream,
    module: &'a Name,
    ident: &'a Name,
}

/// `types/mod.rs`: the types that are at home in a resource; or those that are in none,
/// each for those that need it.
pub fn module(context: &Context<'_>, home: Option<&str>) -> askama::Result<String> {
    let types = context.plan.types_of(home);
    let types = types.iter().map(|named| TypeItem {
        gate: match &context.plan.features_of(named)[..] {
            _ if home.is_some() => TokenStream::new(),
            [] => TokenStream::new(),
            [one] => quote!(#[cfg(feature = #one)]),
            several => quote!(#[cfg(any(#(feature = #several),*))]),
        },
        module: &named.module,
        ident: &named.ident,
    });
    let title = match home {
        Some(resource) => format!("The types of the resource {}.", docs::code(resource)),
        None => "The types that several resources share, each with those that need it.".to_owned(),
    };
    ModFile {
        docs: docs::inner(&[title]),
        types: types.collect(),
    }
    .render()
}

/// The source of a type, a file of its own: it never moves because of another one.
pub fn file(context: &Context<'_>, named: &NamedType<'_>) -> askama::Result<String> {
    let (object, enumeration) = match &named.schema.shape {
        Shape::Properties(properties) => (Some(object(context, named, properties)), None),
        Shape::Values(values) => (None, Some(enumeration(context, named, values))),
    };
    let name = docs::code(&named.schema.name);
    TypeFile {
        docs: docs::inner(&[format!("The type {name}.")]),
        imports: imports(context, named),
        has_maps: properties(named)
            .iter()
            .any(|property| has_map(&property.ty)),
        object,
        enumeration,
    }
    .render()
}

fn properties<'t>(named: &'t NamedType<'_>) -> &'t [Property] {
    match &named.schema.shape {
        Shape::Properties(properties) => properties,
        Shape::Values(_) => &[],
    }
}

/// Whether a type has a map in it.
pub fn has_map(ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Array(element) => has_map(element),
        _ => false,
    }
}

/// What a type is made with, as far as it needs it. Each type is brought in by a line of
/// its own: a property of another type adds a line and changes none.
fn imports(context: &Context<'_>, named: &NamedType<'_>) -> TokenStream {
    let mut names = BTreeSet::new();
    for property in properties(named) {
        context.plan.names_in(&property.ty, &mut names);
    }
    names.remove(named.schema.name.as_str());
    let others = names.iter().filter_map(|name| context.plan.named(name));
    let others: BTreeSet<_> = others
        .map(|other| (other.home != named.home, &other.ident))
        .collect();
    let others = others
        .into_iter()
        .map(|(is_elsewhere, ident)| match is_elsewhere {
            true => quote!(use crate::types::#ident;),
            false => quote!(use super::#ident;),
        });
    let has_dates = properties(named)
        .iter()
        .any(|property| is_date(&property.ty));
    let dates = has_dates.then(|| {
        quote!(
            use crate::DateTime;
        )
    });
    let runtime = match &named.schema.shape {
        Shape::Properties(_) => quote! {
            use crate::runtime::{Extra, Found, Incoming, Outgoing, Record, record};
            use serde::de::MapAccess;
            use serde::ser::SerializeMap;
        },
        Shape::Values(_) => quote!(
            use crate::runtime::{OpenEnum, open_enum};
        ),
    };
    quote!(#(#others)* #dates #runtime)
}

/// Whether a type has a date in it.
pub fn is_date(ty: &Type) -> bool {
    match ty {
        Type::Date | Type::DateTime => true,
        Type::Array(inner) | Type::Map(inner) => is_date(inner),
        _ => false,
    }
}

fn object(context: &Context<'_>, named: &NamedType<'_>, properties: &[Property]) -> Object {
    let schema = named.schema;
    let required: Vec<_> = properties
        .iter()
        .filter(|p| p.required)
        .map(|p| p.name.as_str())
        .collect();
    let required = match required.is_empty() {
        true => TokenStream::new(),
        false => quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];),
    };
    let wire = &schema.name;
    Object {
        docs: docs_of(context, named),
        ident: named.ident.clone(),
        wire: quote!(#wire),
        required,
        fields: properties
            .iter()
            .zip(&named.members)
            .map(|(property, ident)| field(context, named, property, ident))
            .collect(),
    }
}

fn docs_of(context: &Context<'_>, named: &NamedType<'_>) -> Docs {
    let schema = named.schema;
    let (description, place) = (schema.description.as_ref(), schema.provenance.first());
    context.docs_of(description, &schema.name, &named.users, place)
}

fn field(context: &Context<'_>, named: &NamedType<'_>, property: &Property, ident: &Name) -> Field {
    let mut lines = context.lines_of(property.description.as_ref(), &property.name, &named.users);
    let hint = match property.known {
        Known::Corrected | Known::Documented | Known::Matched => None,
        Known::Sampled => Some("Its type is known from samples only."),
        Known::Unknown => Some("Its type isn't documented."),
    };
    if let Some(hint) = hint {
        lines.extend([String::new(), hint.to_owned()]);
    }
    let mut ty = context.plan.owned(&property.ty);
    let holds_itself = matches!(&property.ty, Type::Named(inner)
        if context.plan.holds(inner, &named.schema.name));
    if holds_itself {
        ty = quote!(Box<#ty>);
    }
    // Without a `None` a type that holds itself would never end.
    let (ty, read, write) = match property.required && !holds_itself {
        true => (ty, quote!(into_required), quote!(put_required)),
        false => (quote!(Option<#ty>), quote!(into), quote!(put)),
    };
    let wire = &property.name;
    Field {
        docs: docs::attributes(&lines),
        ident: ident.clone(),
        ty,
        wire: quote!(#wire),
        read,
        write,
    }
}

fn enumeration(context: &Context<'_>, named: &NamedType<'_>, values: &[EnumValue]) -> Enumeration {
    let wire = &named.schema.name;
    let values = values.iter().zip(&named.members).map(|(value, ident)| {
        let wire = &value.value;
        let lines = context.lines_of(value.description.as_ref(), wire, &named.users);
        Value {
            docs: docs::attributes(&lines),
            ident: ident.clone(),
            wire: quote!(#wire),
        }
    });
    Enumeration {
        docs: docs_of(context, named),
        ident: named.ident.clone(),
        wire: quote!(#wire),
        values: values.collect(),
    }
}
