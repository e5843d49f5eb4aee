//! Values for examples: the simplest of each type, as a person would write it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::context::Context;
use crate::names::Name;
use crate::plan::{NamedType, Presence};
use crate::schemas;
use docwright_model::{Shape, Type};

/// How deep a value of an example may be.
const DEEPEST: u8 = 4;

/// Makes values, and notes the types that they need.
pub struct Values<'p, 'a> {
    context: &'p Context<'a>,
    library: &'p Name,
    /// The named types that stand in the values.
    pub names: BTreeSet<&'p str>,
}

impl<'p, 'a> Values<'p, 'a> {
    /// No value yet.
    pub fn new(context: &'p Context<'a>, library: &'p Name) -> Self {
        Self {
            context,
            library,
            names: BTreeSet::new(),
        }
    }

    /// A value that is owned; `None` if there is none that is simple.
    pub fn owned(&mut self, ty: &'p Type) -> Option<TokenStream> {
        self.at_depth(ty, DEEPEST)
    }

    /// A value as the client takes it.
    pub fn borrowed(&mut self, ty: &'p Type) -> Option<TokenStream> {
        let plan = &self.context.plan;
        match plan.resolved(ty) {
            Type::String => Some(quote!("text")),
            _ if plan.is_copied(ty) => self.owned(ty),
            Type::Array(element) => {
                let element = self.owned(element)?;
                Some(quote!(&[#element]))
            }
            _ => {
                let owned = self.owned(ty)?;
                Some(quote!(&#owned))
            }
        }
    }

    /// A body as the client takes it.
    pub fn borrowed_body(&mut self, ty: &'p Type) -> Option<TokenStream> {
        match (self.context.plan.is_bytes(ty), ty) {
            (true, _) => Some(quote!("any bytes")),
            // A slice is taken of an array only, not of what has another name.
            (false, Type::Named(_)) => {
                let owned = self.owned(ty)?;
                match self.context.plan.is_copied(ty) {
                    true => Some(owned),
                    false => Some(quote!(&#owned)),
                }
            }
            (false, _) => self.borrowed(ty),
        }
    }

    /// A body as the server answers it.
    pub fn owned_body(&mut self, ty: Option<&'p Type>) -> Option<TokenStream> {
        match ty {
            None => Some(quote!(())),
            Some(ty) if self.context.plan.is_bytes(ty) => Some(quote!("any bytes".into())),
            Some(ty) => self.owned(ty),
        }
    }

    fn at_depth(&mut self, ty: &'p Type, depth: u8) -> Option<TokenStream> {
        let depth = depth.checked_sub(1)?;
        let library = self.library;
        Some(match ty {
            Type::Any => quote!(#library::serde_json::json!({})),
            Type::String | Type::Binary => quote!("text".to_owned()),
            Type::Boolean => quote!(true),
            Type::Int32 | Type::Int64 => quote!(1),
            Type::Double => quote!(1.0),
            Type::Date | Type::DateTime => quote!("2025-05-09T17:54:08Z".parse().unwrap()),
            Type::Array(element) => {
                let element = self.at_depth(element, depth)?;
                quote!(vec![#element])
            }
            Type::Map(_) => quote!(Default::default()),
            Type::Nullable(inner) => {
                let inner = self.at_depth(inner, depth)?;
                quote!(Some(#inner))
            }
            Type::Named(name) => match self.context.plan.named(name) {
                Some(named) => self.named(named, depth)?,
                None => quote!(#library::serde_json::json!({})),
            },
        })
    }

    fn named(&mut self, named: &'p NamedType<'a>, depth: u8) -> Option<TokenStream> {
        let ident = &named.ident;
        let value = match &named.schema.shape {
            Shape::Alias(ty) => return self.at_depth(ty, depth),
            Shape::Values(_) | Shape::Flags(_) => {
                let first = named.members.first()?;
                quote!(#ident::#first)
            }
            Shape::Union(union) => {
                let (member, variant) = (union.members.first()?, named.members.first()?);
                let value = self.at_depth(&member.ty, depth)?;
                match schemas::is_boxed(self.context, named, &member.ty) {
                    true => quote!(#ident::#variant(Box::new(#value))),
                    false => quote!(#ident::#variant(#value)),
                }
            }
            Shape::Properties(_) => {
                let arguments = schemas::arguments(self.context, named);
                let arguments = arguments.into_iter().map(|(property, _)| {
                    if self.context.plan.presence(named, property) == Presence::Nullable {
                        return Some(quote!(None));
                    }
                    if let Some(tag) = schemas::tag(self.context, named, property) {
                        return Some(quote!(#tag));
                    }
                    match self.context.plan.resolved(&property.ty) {
                        Type::String | Type::Binary => Some(quote!("text")),
                        _ => self.at_depth(&property.ty, depth),
                    }
                });
                let arguments: Vec<_> = arguments.collect::<Option<_>>()?;
                match arguments.is_empty() {
                    true => quote!(#ident::default()),
                    false => quote!(#ident::new(#(#arguments),*)),
                }
            }
        };
        self.names.insert(&named.schema.name);
        Some(value)
    }
}
