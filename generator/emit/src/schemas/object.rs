//! Objects as structs, and their constructors.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, deprecated, docs_of};
use crate::context::Context;
use crate::docs::{self, Docs};
use crate::names::Name;
use crate::plan::{NamedType, Presence};
use crate::remarks;
use docwright_model::{Property, Type};

#[derive(Template)]
#[template(path = "types/object.rs.askama", escape = "none")]
struct Object<'a> {
    docs: Docs,
    attributes: TokenStream,
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
    kind: Presence,
}

struct Constructor {
    docs: Docs,
    arguments: TokenStream,
    fields: TokenStream,
}

/// The value that a property always has, since it says of which member of a union the object
/// is.
pub fn tag<'n>(
    context: &Context<'_>,
    named: &NamedType<'n>,
    property: &Property,
) -> Option<&'n str> {
    let (name, value) = named.tag?;
    let is_it = name == property.name
        && matches!(context.plan.resolved(&property.ty), Type::String)
        && context.plan.presence(named, property) == Presence::Required;
    is_it.then_some(value)
}

/// The arguments of the constructor: the required properties, without one that always has the
/// same value, unless it is the only one.
pub fn arguments<'n, 'a>(
    context: &Context<'_>,
    named: &'n NamedType<'a>,
) -> Vec<(&'a Property, &'n Name)> {
    let mut required = required(context, named);
    if required.len() > 1 {
        required.retain(|(property, _)| tag(context, named, property).is_none());
    }
    required
}

/// The properties that a value can't be made without, with their fields. A type without them
/// has a default and no constructor.
pub fn required<'n, 'a>(
    context: &Context<'_>,
    named: &'n NamedType<'a>,
) -> Vec<(&'a Property, &'n Name)> {
    let fields = named.properties.iter().copied().zip(&named.members);
    let presence = |property: &Property| context.plan.presence(named, property);
    let is_required = |property: &Property| presence(property) != Presence::Optional;
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
        attributes: attributes(context, named),
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
    let mut remarks = remarks::of(
        property.known,
        &property.facets,
        property.description.as_ref(),
    );
    if context
        .plan
        .only_read(&named.schema.name)
        .contains(&property.name)
    {
        remarks.push("Only in responses; calls don't send it.".to_owned());
    }
    if !remarks.is_empty() {
        lines.push(String::new());
        lines.extend(remarks);
    }
    let wire = &property.name;
    let kind = context.plan.presence(named, property);
    let ty = field_type(context, named, property);
    Field {
        docs: docs::comments(lines),
        deprecated: deprecated(property.facets.is_deprecated()),
        ident: ident.clone(),
        ty: match kind {
            Presence::Required => ty,
            Presence::Optional | Presence::Nullable => quote!(Option<#ty>),
        },
        wire: quote!(#wire),
        kind,
    }
}

/// The type of a field that has a value.
fn field_type(context: &Context<'_>, named: &NamedType<'_>, property: &Property) -> TokenStream {
    let ty = context.plan.owned(&property.ty);
    match context.plan.holds_itself(named, property) {
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
    let mut set = None;
    let is_alone = required.len() == 1;
    for (property, ident) in required {
        if let Some(tag) = tag(context, named, property).filter(|_| !is_alone) {
            fields.extend(quote!(#ident: #tag.to_owned(),));
            set = Some((&property.name, tag));
            continue;
        }
        let ty = field_type(context, named, property);
        let is_nullable = context.plan.presence(named, property) == Presence::Nullable;
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
    let docs = match set {
        Some((name, tag)) => format!(
            "A value with the required properties; {} is {}.",
            docs::code(name),
            docs::code(tag)
        ),
        None => "A value with the required properties.".to_owned(),
    };
    Some(Constructor {
        docs: docs::comments([docs]),
        arguments,
        fields,
    })
}
