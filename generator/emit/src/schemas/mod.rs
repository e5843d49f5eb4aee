//! The named types: those of a resource in its `types.rs`, those that several resources
//! share each in a file of its own below `types`.

mod object;
mod union;
mod values;

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use docwright_model::{Shape, Type};

use super::context::Context;
use super::docs::{self, Docs};
use super::names::Name;
use super::plan::NamedType;

pub use object::{arguments, required, tag};
pub use union::is_boxed;
pub use values::are_integers;

#[derive(Template)]
#[template(path = "types/types.rs.askama", escape = "none")]
struct TypesFile {
    docs: Docs,
    imports: TokenStream,
    has_maps: bool,
    types: Vec<String>,
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
    let title =
        "The types that several resources share. Each needs the feature of one of these resources.";
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
    let items: Result<Vec<_>, _> = types.iter().map(|named| item(context, named)).collect();
    let within = types.iter().flat_map(|named| types_in(named));
    TypesFile {
        docs: docs::inner([title]),
        imports: imports(context, types),
        has_maps: within.into_iter().any(has_map),
        types: items?,
    }
    .render()
}

fn item(context: &Context<'_>, named: &NamedType<'_>) -> askama::Result<String> {
    match &named.schema.shape {
        Shape::Properties(_) => object::object(context, named),
        Shape::Values(values) => values::enumeration(context, named, values),
        Shape::Flags(values) => values::flags(context, named, values),
        Shape::Union(it) => union::union(context, named, it),
        Shape::Alias(ty) => union::alias(context, named, ty),
    }
}

/// The types that stand in a type's definition.
fn types_in<'t>(named: &'t NamedType<'_>) -> Vec<&'t Type> {
    match &named.schema.shape {
        Shape::Properties(_) => named.properties.iter().map(|it| &it.ty).collect(),
        shape => shape.types(),
    }
}

/// Whether a type has a map in it.
pub fn has_map(ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Array(inner) | Type::Nullable(inner) => has_map(inner),
        _ => false,
    }
}

/// Whether a type has a date in it.
pub fn is_date(ty: &Type) -> bool {
    match ty {
        Type::Date | Type::DateTime => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is_date(inner),
        _ => false,
    }
}

/// What types are made with, as far as they need it. Each type from elsewhere is brought
/// in by a line of its own: a property of another type adds a line and changes none.
fn imports(context: &Context<'_>, types: &[&NamedType<'_>]) -> TokenStream {
    let mut names = BTreeSet::new();
    let mut has_dates = false;
    for named in types {
        for ty in types_in(named) {
            context.plan.names_in(ty, &mut names);
            has_dates |= is_date(ty);
        }
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
    let macros: BTreeSet<&str> = types.iter().filter_map(|named| macro_of(named)).collect();
    let extra = macros.contains("object").then(|| {
        quote!(
            use crate::runtime::Extra;
        )
    });
    let macros = macros.into_iter().map(|name| {
        let name = Name::new(name);
        quote!(use crate::runtime::#name;)
    });
    quote!(#(#others)* #dates #extra #(#macros)*)
}

/// The macro of the run-time code that makes a type of this kind what it is.
fn macro_of(named: &NamedType<'_>) -> Option<&'static str> {
    match &named.schema.shape {
        Shape::Properties(_) => Some("object"),
        Shape::Values(values) if values::are_integers(values) => Some("int_enum"),
        Shape::Values(_) => Some("open_enum"),
        Shape::Flags(_) => Some("flags"),
        Shape::Union(_) => Some("union"),
        Shape::Alias(_) => None,
    }
}

fn docs_of(context: &Context<'_>, named: &NamedType<'_>) -> Docs {
    let schema = named.schema;
    let (description, place) = (schema.description.as_ref(), schema.provenance.first());
    context.docs_of(description, &schema.name, &named.users, place)
}

/// What stands before a type: whether it is deprecated, and what more it derives.
fn attributes(context: &Context<'_>, named: &NamedType<'_>) -> TokenStream {
    let deprecated = deprecated(named.schema.deprecated);
    let derived = context.options.derived(&named.schema.name);
    quote!(#deprecated #derived)
}

/// The attribute of what callers are told to stop using.
pub fn deprecated(is: bool) -> TokenStream {
    match is {
        true => quote!(#[deprecated]),
        false => TokenStream::new(),
    }
}
