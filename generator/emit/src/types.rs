//! Types of the model as Rust types, and values of them for tests.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use docwright_model::{Shape, Type};

use super::plan::{Plan, PlannedBody};

impl Plan<'_> {
    /// The Rust type, as it is owned.
    pub fn owned(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Any => quote!(serde_json::Value),
            // Base64 is kept as it is written.
            Type::String | Type::Binary => quote!(String),
            Type::Boolean => quote!(bool),
            Type::Int32 => quote!(i32),
            Type::Int64 => quote!(i64),
            Type::Double => quote!(f64),
            // It reads dates without a time, too.
            Type::DateTime | Type::Date => quote!(DateTime),
            Type::Array(element) => {
                let element = self.owned(element);
                quote!(Vec<#element>)
            }
            Type::Map(value) => {
                let owned = self.owned(value);
                match self.knows_null(value) {
                    true => quote!(BTreeMap<String, #owned>),
                    false => quote!(BTreeMap<String, Option<#owned>>),
                }
            }
            Type::Nullable(inner) => {
                let inner = self.owned(inner);
                quote!(Option<#inner>)
            }
            Type::Named(name) => match self.named(name) {
                Some(named) => {
                    let ident = &named.ident;
                    quote!(#ident)
                }
                None => quote!(serde_json::Value),
            },
        }
    }

    /// The Rust type of a body: bytes are bytes, and nothing is `()`.
    pub fn body(&self, ty: Option<&Type>) -> TokenStream {
        match ty {
            None => quote!(()),
            Some(ty) if self.is_bytes(ty) => quote!(bytes::Bytes),
            Some(ty) => self.owned(ty),
        }
    }

    /// Whether a body of this type is bytes as they are, not JSON.
    pub fn is_bytes(&self, ty: &Type) -> bool {
        *self.resolved(ty) == Type::Binary
    }

    /// Whether a value of this type is handed over as it is, not by reference.
    pub fn is_copied(&self, ty: &Type) -> bool {
        matches!(
            self.resolved(ty),
            Type::Boolean | Type::Int32 | Type::Int64 | Type::Double
        )
    }

    /// The Rust type of a body as the client takes it.
    pub fn borrowed_body(&self, body: &PlannedBody<'_>) -> TokenStream {
        let ty = self.borrowed_whole(body.ty);
        match self.is_optional(body) {
            true => quote!(Option<#ty>),
            false => ty,
        }
    }

    /// The Rust type of a request's body.
    pub fn request_body(&self, body: Option<&PlannedBody<'_>>) -> TokenStream {
        let ty = self.body(body.map(|body| body.ty));
        match body.is_some_and(|body| self.is_optional(body)) {
            true => quote!(Option<#ty>),
            false => ty,
        }
    }

    /// Whether a request has an `Option` as its body. Bytes may be empty instead.
    pub fn is_optional(&self, body: &PlannedBody<'_>) -> bool {
        body.optional && !self.is_bytes(body.ty)
    }

    /// A body as the argument of a call.
    pub fn given(&self, body: &PlannedBody<'_>, value: TokenStream) -> TokenStream {
        match self.is_optional(body) {
            true => quote!(Some(#value)),
            false => value,
        }
    }

    fn borrowed_whole(&self, ty: &Type) -> TokenStream {
        match ty {
            ty if self.is_bytes(ty) => quote!(impl Into<crate::client::Body>),
            Type::Array(element) => {
                let element = self.owned(element);
                quote!(&[#element])
            }
            ty => self.borrowed(ty),
        }
    }

    /// The Rust type as the client takes it.
    pub fn borrowed(&self, ty: &Type) -> TokenStream {
        match self.resolved(ty) {
            Type::String | Type::Binary => quote!(&str),
            _ if self.is_copied(ty) => self.owned(ty),
            _ => {
                let owned = self.owned(ty);
                quote!(&#owned)
            }
        }
    }

    /// The type of a parameter: one that can be written as one text.
    pub fn parameter(&self, ty: &Type) -> Type {
        match self.resolved(ty) {
            Type::Any | Type::Array(_) | Type::Map(_) | Type::Binary => Type::String,
            Type::Nullable(inner) => self.parameter(inner),
            Type::Named(name) if !self.is_enum(name) => Type::String,
            ty => ty.clone(),
        }
    }

    /// The element of a query parameter that can come more than once.
    pub fn repeated(&self, ty: &Type) -> Option<Type> {
        match self.resolved(ty) {
            Type::Array(element) => Some(self.parameter(element)),
            _ => None,
        }
    }

    /// Whether a name is that of an enumeration, or of a set of flags.
    pub fn is_enum(&self, name: &str) -> bool {
        self.named(name)
            .is_some_and(|named| matches!(named.schema.shape, Shape::Values(_) | Shape::Flags(_)))
    }

    /// Whether a value of this type can be `null` by itself: any JSON, a union, which keeps
    /// what is of none of its types, and what is documented as such.
    fn knows_null(&self, ty: &Type) -> bool {
        match self.resolved(ty) {
            Type::Any | Type::Nullable(_) => true,
            Type::Named(name) => self
                .named(name)
                .is_none_or(|named| matches!(named.schema.shape, Shape::Union(_))),
            _ => false,
        }
    }

    /// The named types in a type.
    pub fn names_in<'t>(&self, ty: &'t Type, names: &mut BTreeSet<&'t str>) {
        if let Some(name) = ty.named()
            && self.named(name).is_some()
        {
            names.insert(name);
        }
    }
}
