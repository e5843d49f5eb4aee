//! Unions: values of one of several types; and aliases: other names of types.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, deprecated, docs_of};
use crate::context::Context;
use crate::docs::{self, Docs};
use crate::names::Name;
use crate::plan::{NamedType, tags};
use docwright_model::{Type, Union, UnionMember};

#[derive(Template)]
#[template(path = "types/union.rs.askama", escape = "none")]
struct UnionItem<'a> {
    docs: Docs,
    attributes: TokenStream,
    ident: &'a Name,
    wire: TokenStream,
    by: Option<TokenStream>,
    members: Vec<Member>,
}

struct Member {
    docs: Docs,
    ident: Name,
    ty: TokenStream,
    tag: Option<TokenStream>,
    /// The type that the union is made from, where no other member has it.
    from: Option<TokenStream>,
    wrap: TokenStream,
}

#[derive(Template)]
#[template(path = "types/alias.rs.askama", escape = "none")]
struct AliasItem<'a> {
    docs: Docs,
    deprecated: TokenStream,
    ident: &'a Name,
    ty: TokenStream,
}

/// A union.
pub fn union(
    context: &Context<'_>,
    named: &NamedType<'_>,
    union: &Union,
) -> askama::Result<String> {
    let (name, tags) = (&named.schema.name, tags(union));
    let by = match (&union.discriminator, &tags) {
        (Some(property), Some(_)) => Some(quote!(by #property)),
        _ => None,
    };
    let members = union.members.iter().zip(&named.members).enumerate();
    let members = members.map(|(at, (member, ident))| {
        let ty = context.plan.owned(&member.ty);
        let is_boxed = is_boxed(context, named, &member.ty);
        let tag = tags.as_ref().and_then(|tags| tags.get(at));
        let shown = member.ty.to_string();
        let lines = context.lines_of(member.description.as_ref(), &shown, &named.users);
        Member {
            docs: docs::comments(lines),
            ident: ident.clone(),
            from: is_alone(context, &named.ident, union, at).then(|| ty.clone()),
            ty: if is_boxed { quote!(Box<#ty>) } else { ty },
            tag: tag.map(|tag| quote!(= #tag)),
            wrap: if is_boxed {
                quote!(Box::new(value))
            } else {
                quote!(value)
            },
        }
    });
    UnionItem {
        docs: docs_of(context, named),
        attributes: attributes(context, named),
        ident: &named.ident,
        wire: quote!(#name),
        by,
        members: members.collect(),
    }
    .render()
}

/// Whether a member of a union holds the union, so that it can't be within it without a box.
pub fn is_boxed(context: &Context<'_>, named: &NamedType<'_>, member: &Type) -> bool {
    matches!(member, Type::Named(inner) if context.plan.holds(inner, &named.schema.name))
}

/// Whether a member's Rust type is that of no other member, nor the union itself.
fn is_alone(context: &Context<'_>, own_name: &Name, union: &Union, at: usize) -> bool {
    let rust = |member: &UnionMember| {
        let ty = context.plan.resolved(&member.ty);
        context.plan.owned(ty).to_string()
    };
    let Some(own) = union.members.get(at).map(rust) else {
        return false;
    };
    let others = union.members.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != at);
    own != own_name.to_string() && !others.any(|(_, member)| rust(member) == own)
}

/// An alias.
pub fn alias(context: &Context<'_>, named: &NamedType<'_>, ty: &Type) -> askama::Result<String> {
    AliasItem {
        docs: match ty {
            Type::Named(name) if !context.plan.only_read(name).is_empty() => joined(named, name),
            _ => docs_of(context, named),
        },
        deprecated: deprecated(named.schema.deprecated),
        ident: &named.ident,
        ty: context.plan.owned(ty),
    }
    .render()
}

/// The docs of the name that a type has where it is read.
fn joined(named: &NamedType<'_>, written: &str) -> Docs {
    let (read, written) = (docs::code(&named.schema.name), docs::code(written));
    docs::comments([format!(
        "{read}: {written} with the properties that only responses have."
    )])
}
