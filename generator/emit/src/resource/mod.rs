//! The files of a resource: its module, operations, client and server.
//!
//! Query parameters have files of their own, `setters.rs` for the client and `queries.rs`
//! for the server: some operations have very many.

mod client;
mod conversions;
mod operations;
mod server;
mod words;

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use docwright_model::Type;

use super::context::Context;
use super::docs::{self, Docs};
use super::names::Name;
use super::plan::{PlannedOperation, PlannedParameter, Resource};
use super::schemas::is_date;

pub use client::{client, separator, setters};
pub use conversions::conversions;
pub use operations::operations;
pub use server::{queries, request_type, server, wire_name};

#[derive(Template)]
#[template(path = "resource/mod.rs.askama", escape = "none")]
struct ModFile<'a> {
    docs: Docs,
    client: &'a Name,
    service: &'a Name,
    queries: TokenStream,
    has_setters: bool,
    has_queries: bool,
    has_types: bool,
    /// The types that the resource shares with others, or nothing.
    shared: TokenStream,
    has_conversions: bool,
}

/// `mod.rs`.
pub fn module(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let mut queries: Vec<_> = query_idents(resource).collect();
    queries.sort();
    let name = docs::code(resource.name);
    ModFile {
        docs: docs::inner([format!("The resource {name}.")]),
        client: &resource.client,
        service: &resource.service,
        queries: quote!({#(#queries),*}),
        has_setters: has_setters(resource),
        has_queries: !queries.is_empty(),
        has_types: !context.plan.types_of(Some(resource.name)).is_empty(),
        shared: shared(context, resource),
        has_conversions: !resource.conversions.is_empty(),
    }
    .render()
}

/// The types that the resource needs and shares with others: they can be named by its module,
/// as those that it has for itself. One that comes to be shared keeps its path so.
fn shared(context: &Context<'_>, resource: &Resource<'_>) -> TokenStream {
    let types = context.plan.types_of(None).into_iter();
    let types = types.filter(|named| named.users.contains(resource.name));
    let idents: Vec<_> = types.map(|named| &named.ident).collect();
    match idents.is_empty() {
        true => TokenStream::new(),
        false => quote!(pub use crate::types::{#(#idents),*};),
    }
}

/// The structs of query parameters.
pub fn query_idents<'p>(resource: &'p Resource<'_>) -> impl Iterator<Item = &'p Name> {
    let operations = resource.operations.iter();
    operations.filter_map(|planned| planned.query_ident.as_ref())
}

/// Whether calls have methods for optional parameters.
pub fn has_setters(resource: &Resource<'_>) -> bool {
    let mut operations = resource.operations.iter();
    operations.any(|planned| planned.set_on_call().next().is_some())
}

/// The type of a parameter's value, or of each of its values.
pub fn parameter_type(context: &Context<'_>, planned: &PlannedParameter<'_>) -> Type {
    let plan = &context.plan;
    let repeated = planned.repeated(plan);
    repeated.unwrap_or_else(|| plan.parameter(&planned.parameter.ty))
}

/// The path's parameters as arguments of a method of a service.
pub fn owned_arguments(context: &Context<'_>, planned: &PlannedOperation<'_>) -> TokenStream {
    let arguments = planned.path.iter().map(|planned| {
        let ty = context.plan.owned(&parameter_type(context, planned));
        let ident = &planned.ident;
        quote!(#ident: #ty,)
    });
    quote!(#(#arguments)*)
}

/// The bodies of an operation.
pub fn bodies<'a>(planned: &PlannedOperation<'a>) -> impl Iterator<Item = &'a Type> {
    let answer = planned.answer().map(|body| &body.ty);
    planned.body.map(|body| body.ty).into_iter().chain(answer)
}

/// Brings the types into the module, and dates if there are some.
fn uses<'t>(
    context: &Context<'_>,
    resource: &Resource<'_>,
    types: impl Iterator<Item = &'t Type>,
) -> TokenStream {
    let mut names = BTreeSet::new();
    let mut has_dates = false;
    for ty in types {
        context.plan.names_in(ty, &mut names);
        has_dates |= is_date(ty);
    }
    let types = context.use_types(&names, Some(resource.name));
    let dates = has_dates.then(|| {
        quote!(
            use crate::DateTime;
        )
    });
    quote!(#types #dates)
}
