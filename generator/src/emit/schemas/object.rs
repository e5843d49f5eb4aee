//! Objects as structs, and their constructors.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecated, docs_of};
use crate::emit::context::Context;
use crate::emit::docs::{self, Docs};
use crate::emit::names::Name;
use crate::emit::plan::NamedType;
use crate::emit::remarks;
use crate::model::{Direction, Property, Type};

#[derive(Template)]
#[template(path = "types/object.rs.askama", escape = "none")]
struct Object<'a> {
    docs: Docs,
    deprecated: TokenStream,
    derives: TokenStream,
    ident: &'a Name,
    wire: TokenStream,
    fields: Vec<Field>,
    new: Option<Constructor>,
}

struct Field {
    docs: Docs,
    deprecated: TokenStream,
    ident: Name,
    ty: TokenStream,
    wire: TokenStream,
    /// Whether the property may be absent, as the macro `object!` says it.
    kind: Kind,
}

struct Constructor {
    docs: Docs,
    arguments: TokenStream,
    fields: TokenStream,
}

/// Whether a property may be absent, in the words of the macro `object!`.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Required,
    Optional,
    Nullable,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Nullable => "nullable",
        })
    }
}

fn kind(context: &Context<'_>, named: &NamedType<'_>, property: &Property) -> Kind {
    // What the server sets is required in responses; a caller has nothing to say about it.
    let is_sent = property.direction != Direction::Response;
    let is_left_out = property.facets.is_read_only() && is_sent;
    // Without a `None` a type that holds itself would never end.
    if !property.required || is_left_out || holds_itself(context, named, property) {
        return Kind::Optional;
    }
    match property.facets.is_nullable() && property.ty != Type::Any {
        true => Kind::Nullable,
        false => Kind::Required,
    }
}

fn holds_itself(context: &Context<'_>, named: &NamedType<'_>, property: &Property) -> bool {
    matches!(&property.ty, Type::Named(inner)
        if context.plan.holds(inner, &named.schema.name))
}

/// The properties that a value can't be made without, with their fields: the arguments of
/// its constructor. A type without them has a default instead.
pub fn required<'n, 'a>(
    context: &Context<'_>,
    named: &'n NamedType<'a>,
) -> Vec<(&'a Property, &'n Name)> {
    let fields = named.properties.iter().copied().zip(&named.members);
    let is_required = |property: &Property| kind(context, named, property) != Kind::Optional;
    fields
        .filter(|(property, _)| is_required(property))
        .collect()
}

/// A struct for an object.
pub fn object(context: &Context<'_>, named: &NamedType<'_>) -> askama::Result<String> {
    let wire = &named.schema.name;
    let fields = named.properties.iter().zip(&named.members);
    let new = constructor(context, named);
    Object {
        docs: docs_of(context, named),
        deprecated: deprecated(named.schema.deprecated),
        derives: match &new {
            Some(_) => quote!(Clone, PartialEq),
            None => quote!(Clone, Default, PartialEq),
        },
        ident: &named.ident,
        wire: quote!(#wire),
        fields: fields
            .map(|(property, ident)| field(context, named, property, ident))
            .collect(),
        new,
    }
    .render()
}

fn field(context: &Context<'_>, named: &NamedType<'_>, property: &Property, ident: &Name) -> Field {
    let mut lines = context.lines_of(property.description.as_ref(), &property.name, &named.users);
    let remarks = remarks::of(property.known, &property.facets);
    if !remarks.is_empty() {
        lines.push(String::new());
        lines.extend(remarks);
    }
    let wire = &property.name;
    let kind = kind(context, named, property);
    let ty = field_type(context, named, property);
    Field {
        docs: docs::comments(lines),
        deprecated: deprecated(property.facets.is_deprecated()),
        ident: ident.clone(),
        ty: match kind {
            Kind::Required => ty,
            Kind::Optional | Kind::Nullable => quote!(Option<#ty>),
        },
        wire: quote!(#wire),
        kind,
    }
}

/// The type of a field that has a value.
fn field_type(context: &Context<'_>, named: &NamedType<'_>, property: &Property) -> TokenStream {
    let ty = context.plan.owned(&property.ty);
    match holds_itself(context, named, property) {
        true => quote!(Box<#ty>),
        false => ty,
    }
}

/// `new`, for what has required properties.
fn constructor(context: &Context<'_>, named: &NamedType<'_>) -> Option<Constructor> {
    let required = required(context, named);
    if required.is_empty() {
        return None;
    }
    let (mut arguments, mut fields) = (TokenStream::new(), TokenStream::new());
    for (property, ident) in required {
        let ty = field_type(context, named, property);
        let is_nullable = kind(context, named, property) == Kind::Nullable;
        let is_text = matches!(
            context.plan.resolved(&property.ty),
            Type::String | Type::Binary
        );
        let (ty, value) = match (is_nullable, is_text) {
            (true, _) => (quote!(Option<#ty>), quote!(#ident)),
            (false, true) => (quote!(impl Into<String>), quote!(#ident: #ident.into())),
            (false, false) => (ty, quote!(#ident)),
        };
        arguments.extend(quote!(#ident: #ty,));
        fields.extend(quote!(#value,));
    }
    Some(Constructor {
        docs: docs::comments(["With the properties that have to be there.".to_owned()]),
        arguments,
        fields,
    })
}
