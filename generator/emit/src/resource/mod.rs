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
use super::schemas::{self, is_date};

use client::{client, setters};
use conversions::conversions;
use operations::operations;
use server::{queries, server};

pub use client::separator;
pub use server::{request_type, wire_name};

/// A file that resources have.
pub struct ResourceFile {
    /// The name of its module, without the `.rs`.
    module: &'static str,
    /// The feature that it belongs to, if not every crate has it.
    feature: Option<&'static str>,
    /// Whether callers see the module itself, rather than what `mod.rs` takes from it.
    is_public: bool,
    /// Whether a resource has it.
    is_there: fn(&Context<'_>, &Resource<'_>) -> bool,
    /// Fills its template.
    make: fn(&Context<'_>, &Resource<'_>) -> askama::Result<String>,
}

/// The files of a resource beside `mod.rs`, by name. Another one is a template and a line
/// here; `mod.rs` names them all.
const FILES: &[ResourceFile] = &[
    file("client", Some("client"), |_, _| true, client),
    file("conversions", None, has_conversions, conversions),
    ResourceFile {
        is_public: true,
        ..file("operations", None, |_, _| true, operations)
    },
    file("queries", Some("server"), has_queries, queries),
    file("server", Some("server"), |_, _| true, server),
    file("setters", Some("client"), has_setters, setters),
    file("types", None, has_types, types),
];

const fn file(
    module: &'static str,
    feature: Option<&'static str>,
    is_there: fn(&Context<'_>, &Resource<'_>) -> bool,
    make: fn(&Context<'_>, &Resource<'_>) -> askama::Result<String>,
) -> ResourceFile {
    ResourceFile {
        module,
        feature,
        is_public: false,
        is_there,
        make,
    }
}

impl ResourceFile {
    /// The files of this resource beside `mod.rs`.
    pub fn of(
        context: &Context<'_>,
        resource: &Resource<'_>,
    ) -> impl Iterator<Item = &'static Self> {
        FILES
            .iter()
            .filter(|file| (file.is_there)(context, resource))
    }

    /// The file's name.
    pub fn name(&self) -> String {
        format!("{}.rs", self.module)
    }

    /// The file's text.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn make(&self, context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
        (self.make)(context, resource)
    }

    /// How `mod.rs` names it.
    fn declaration(&self) -> TokenStream {
        let module = Name::new(self.module);
        let feature = self.feature.map(|name| quote!(#[cfg(feature = #name)]));
        let public = self.is_public.then(|| quote!(pub));
        quote!(#feature #public mod #module;)
    }
}

#[derive(Template)]
#[template(path = "resource/mod.rs.askama", escape = "none")]
struct ModFile<'a> {
    docs: Docs,
    modules: TokenStream,
    client: &'a Name,
    service: &'a Name,
    queries: TokenStream,
    has_queries: bool,
    has_types: bool,
    /// The types that the resource shares with others, or nothing.
    shared: TokenStream,
}

/// `mod.rs`.
pub fn module(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let mut queries: Vec<_> = query_idents(resource).collect();
    queries.sort();
    let name = docs::code(resource.name);
    ModFile {
        docs: docs::inner([format!("The resource {name}.")]),
        modules: ResourceFile::of(context, resource)
            .map(ResourceFile::declaration)
            .collect(),
        client: &resource.client,
        service: &resource.service,
        queries: quote!({#(#queries),*}),
        has_queries: has_queries(context, resource),
        has_types: has_types(context, resource),
        shared: shared(context, resource),
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

fn has_queries(_: &Context<'_>, resource: &Resource<'_>) -> bool {
    query_idents(resource).next().is_some()
}

fn has_conversions(_: &Context<'_>, resource: &Resource<'_>) -> bool {
    !resource.conversions.is_empty()
}

fn has_types(context: &Context<'_>, resource: &Resource<'_>) -> bool {
    !context.plan.types_of(Some(resource.name)).is_empty()
}

/// `types.rs`.
fn types(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    schemas::of_resource(context, resource.name)
}

/// Whether calls have methods for optional parameters.
fn has_setters(_: &Context<'_>, resource: &Resource<'_>) -> bool {
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
