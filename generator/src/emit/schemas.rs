//! The named types: those of a resource in its `types.rs`, those that several resources
//! share each in a file of its own below `types`.

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
#[template(path = "types/types.rs.askama", escape = "none")]
struct TypesFile {
    docs: Docs,
    imports: TokenStream,
    has_maps: bool,
    types: Vec<TypeItem>,
}

struct TypeItem {
    object: Option<Object>,
    enumeration: Option<Enumeration>,
}

struct Object {
    docs: Docs,
    ident: Name,
    wire: TokenStream,
    fields: Vec<Field>,
}

struct Field {
    docs: Docs,
    ident: Name,
    ty: TokenStream,
    wire: TokenStream,
    /// Whether the property may be absent, as the macro `object!` says it.
    kind: TokenStream,
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
#[template(path = "types/shared.rs.askama", escape = "none")]
struct SharedFile<'a> {
    docs: Docs,
    types: Vec<SharedItem<'a>>,
}

struct SharedItem<'a> {
    gate: TokenStream,
    module: &'a Name,
    ident: &'a Name,
}

/// `types/mod.rs`: the types that are at home in no resource, each for those that need it.
pub fn shared(context: &Context<'_>) -> askama::Result<String> {
    let types = context.plan.types_of(None);
    let types = types.iter().map(|named| SharedItem {
        gate: match &context.plan.features_of(named)[..] {
            [] => TokenStream::new(),
            [one] => quote!(#[cfg(feature = #one)]),
            several => quote!(#[cfg(any(#(feature = #several),*))]),
        },
        module: &named.module,
        ident: &named.ident,
    });
    let title = "The types that several resources share, each with those that need it.";
    SharedFile {
        docs: docs::inner([title.to_owned()]),
        types: types.collect(),
    }
    .render()
}

/// `types.rs` of a resource.
pub fn of_resource(context: &Context<'_>, resource: &str) -> askama::Result<String> {
    let title = format!("The types of the resource {}.", docs::code(resource));
    types(context, title, &context.plan.types_of(Some(resource)))
}

/// A type that several resources share, in a file of its own.
pub fn of_several(context: &Context<'_>, named: &NamedType<'_>) -> askama::Result<String> {
    let title = format!("The type {}.", docs::code(&named.schema.name));
    types(context, title, &[named])
}

fn types(context: &Context<'_>, title: String, types: &[&NamedType<'_>]) -> askama::Result<String> {
    let properties = || types.iter().flat_map(|named| properties(named));
    let items = types.iter().map(|named| {
        let (object, enumeration) = match &named.schema.shape {
            Shape::Properties(properties) => (Some(object(context, named, properties)), None),
            Shape::Values(values) => (None, Some(enumeration(context, named, values))),
            _ => (None, None),
        };
        TypeItem {
            object,
            enumeration,
        }
    });
    TypesFile {
        docs: docs::inner([title]),
        imports: imports(context, types),
        has_maps: properties().any(|property| has_map(&property.ty)),
        types: items.collect(),
    }
    .render()
}

fn properties<'t>(named: &'t NamedType<'_>) -> &'t [Property] {
    named.schema.shape.properties()
}

/// Whether a type has a map in it.
pub fn has_map(ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Array(element) => has_map(element),
        _ => false,
    }
}

/// What types are made with, as far as they need it. Each type from elsewhere is brought
/// in by a line of its own: a property of another type adds a line and changes none.
fn imports(context: &Context<'_>, types: &[&NamedType<'_>]) -> TokenStream {
    let mut names = BTreeSet::new();
    let mut has_dates = false;
    for property in types.iter().flat_map(|named| properties(named)) {
        context.plan.names_in(&property.ty, &mut names);
        has_dates |= is_date(&property.ty);
    }
    for named in types {
        names.remove(named.schema.name.as_str());
    }
    let home = types.first().and_then(|named| named.home);
    let others = names.iter().filter_map(|name| context.plan.named(name));
    let others: BTreeSet<_> = others
        .filter(|other| other.home.is_none() || other.home != home)
        .map(|other| &other.ident)
        .collect();
    let others = others.into_iter().map(|ident| match home {
        Some(_) => quote!(use crate::types::#ident;),
        None => quote!(use super::#ident;),
    });
    let dates = has_dates.then(|| {
        quote!(
            use crate::DateTime;
        )
    });
    let has = |is: fn(&Shape) -> bool| types.iter().any(|named| is(&named.schema.shape));
    let has_objects = has(|shape| matches!(shape, Shape::Properties(_)));
    let has_enums = has(|shape| matches!(shape, Shape::Values(_)));
    let objects = has_objects.then(|| {
        quote!(
            use crate::runtime::{Extra, object};
        )
    });
    let enums = has_enums.then(|| {
        quote!(
            use crate::runtime::open_enum;
        )
    });
    quote!(#(#others)* #dates #objects #enums)
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
    let wire = &schema.name;
    Object {
        docs: docs_of(context, named),
        ident: named.ident.clone(),
        wire: quote!(#wire),
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
    let (ty, kind) = match property.required && !holds_itself {
        true => (ty, quote!(required)),
        false => (quote!(Option<#ty>), quote!(optional)),
    };
    let wire = &property.name;
    Field {
        docs: docs::comments(lines),
        ident: ident.clone(),
        ty,
        wire: quote!(#wire),
        kind,
    }
}

fn enumeration(context: &Context<'_>, named: &NamedType<'_>, values: &[EnumValue]) -> Enumeration {
    let wire = &named.schema.name;
    let values = values.iter().zip(&named.members).map(|(value, ident)| {
        let wire = value.value.text();
        let lines = context.lines_of(value.description.as_ref(), &wire, &named.users);
        Value {
            docs: docs::comments(lines),
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
