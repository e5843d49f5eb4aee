//! The named types: `types.rs` of a resource, and of the crate.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{EnumValue, Known, Property, Shape, Type};

use super::context::Context;
use super::docs;
use super::names::Scope;
use super::plan::NamedType;

#[derive(Template)]
#[template(path = "types.rs.askama", escape = "none")]
struct TypesFile {
    docs: TokenStream,
    imports: TokenStream,
    has_maps: bool,
    objects: Vec<Object>,
    enumerations: Vec<Enumeration>,
}

struct Object {
    docs: TokenStream,
    ident: Ident,
    wire: TokenStream,
    required: TokenStream,
    fields: Vec<Field>,
}

struct Field {
    docs: TokenStream,
    ident: Ident,
    ty: TokenStream,
    wire: TokenStream,
    read: TokenStream,
    write: TokenStream,
}

struct Enumeration {
    docs: TokenStream,
    ident: Ident,
    wire: TokenStream,
    values: Vec<Value>,
}

struct Value {
    docs: TokenStream,
    ident: Ident,
    wire: TokenStream,
}

#[derive(Template)]
#[template(path = "shared.rs.askama", escape = "none")]
struct SharedFile<'a> {
    types: Vec<SharedType<'a>>,
}

struct SharedType<'a> {
    gate: TokenStream,
    module: &'a Ident,
    ident: &'a Ident,
}

/// `types/mod.rs`: the types that are at home in no resource, each for those that need it.
pub fn shared(context: &Context<'_>) -> String {
    let types = context.plan.types_of(None);
    let types = types.iter().map(|named| SharedType {
        gate: match &context.plan.features_of(named)[..] {
            [] => TokenStream::new(),
            [one] => quote!(#[cfg(feature = #one)]),
            several => quote!(#[cfg(any(#(feature = #several),*))]),
        },
        module: &named.module,
        ident: &named.ident,
    });
    context.render(&SharedFile {
        types: types.collect(),
    })
}

/// The source of types that are at home in a resource, or of one that is in none.
pub fn types(
    context: &Context<'_>,
    types: &[&NamedType<'_>],
    home: Option<&str>,
    title: &str,
) -> String {
    let mut objects = Vec::new();
    let mut enumerations = Vec::new();
    for named in types {
        match &named.schema.shape {
            Shape::Properties(properties) => objects.push(object(context, named, properties)),
            Shape::Values(values) => enumerations.push(enumeration(context, named, values)),
        }
    }
    let file = TypesFile {
        docs: docs::inner(&[title.to_owned()]),
        imports: imports(context, types, home),
        has_maps: properties(types).any(|property| has_map(&property.ty)),
        objects,
        enumerations,
    };
    context.render(&file)
}

fn properties<'t>(types: &'t [&NamedType<'t>]) -> impl Iterator<Item = &'t Property> {
    types.iter().flat_map(|named| match &named.schema.shape {
        Shape::Properties(properties) => properties.as_slice(),
        Shape::Values(_) => &[],
    })
}

/// Whether a type has a map in it.
pub fn has_map(ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Array(element) => has_map(element),
        _ => false,
    }
}

/// What the types are made with, as far as they need it.
fn imports(context: &Context<'_>, types: &[&NamedType<'_>], home: Option<&str>) -> TokenStream {
    let has_objects = types
        .iter()
        .any(|t| matches!(t.schema.shape, Shape::Properties(_)));
    let has_enums = types
        .iter()
        .any(|t| matches!(t.schema.shape, Shape::Values(_)));
    let mut names = BTreeSet::new();
    let mut has_dates = false;
    for property in properties(types) {
        context.plan.names_in(&property.ty, &mut names);
        has_dates |= is_date(&property.ty);
    }
    let shared = match home {
        Some(_) => {
            names.retain(|name| context.plan.named(name).is_some_and(|t| t.home.is_none()));
            one_each(context, &names, &quote!(crate::types))
        }
        None => {
            names.retain(|name| types.iter().all(|t| t.schema.name != *name));
            one_each(context, &names, &quote!(super))
        }
    };
    let mut runtime: Vec<&str> = Vec::new();
    if has_objects {
        runtime.extend(["Extra", "Found", "Incoming"]);
    }
    if has_enums {
        runtime.push("OpenEnum");
    }
    if has_objects {
        runtime.extend(["Outgoing", "Record"]);
    }
    if has_enums {
        runtime.push("open_enum");
    }
    if has_objects {
        runtime.push("record");
    }
    let runtime = runtime
        .iter()
        .map(|name| Ident::new(name, proc_macro2::Span::call_site()));
    let serde = has_objects.then(|| {
        quote!(
            use serde::de::MapAccess;
            use serde::ser::SerializeMap;
        )
    });
    let dates = has_dates.then(|| {
        quote!(
            use crate::DateTime;
        )
    });
    quote! {
        #shared
        #dates
        use crate::runtime::{#(#runtime),*};
        #serde
    }
}

/// Brings types into a module, each in a line of its own: a property of another type adds
/// a line and changes none.
fn one_each(context: &Context<'_>, names: &BTreeSet<&str>, from: &TokenStream) -> TokenStream {
    let named = names.iter().filter_map(|name| context.plan.named(name));
    let idents: BTreeSet<_> = named.map(|named| &named.ident).collect();
    let idents = idents.iter();
    quote!(#(use #from::#idents;)*)
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
    let mut idents = Scope::fields();
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
        docs: context.docs_of(schema.description.as_ref(), wire, schema.provenance.first()),
        ident: named.ident.clone(),
        wire: quote!(#wire),
        required,
        fields: properties
            .iter()
            .map(|property| field(context, named, property, idents.snake(&property.name)))
            .collect(),
    }
}

fn field(context: &Context<'_>, named: &NamedType<'_>, property: &Property, ident: Ident) -> Field {
    let mut lines = context.lines_of(property.description.as_ref(), &property.name);
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
        ident,
        ty,
        wire: quote!(#wire),
        read,
        write,
    }
}

fn enumeration(context: &Context<'_>, named: &NamedType<'_>, values: &[EnumValue]) -> Enumeration {
    let mut idents = Scope::variants();
    let schema = named.schema;
    let wire = &schema.name;
    Enumeration {
        docs: context.docs_of(schema.description.as_ref(), wire, schema.provenance.first()),
        ident: named.ident.clone(),
        wire: quote!(#wire),
        values: values
            .iter()
            .map(|value| {
                let wire = &value.value;
                Value {
                    docs: docs::attributes(&context.lines_of(value.description.as_ref(), wire)),
                    ident: idents.camel(wire),
                    wire: quote!(#wire),
                }
            })
            .collect(),
    }
}
