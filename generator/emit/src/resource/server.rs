//! `server.rs`: the service and its router, and `queries.rs`: the query parameters.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{
    bodies, client::brackets, owned_arguments, parameter_type, query_idents, separator, uses, words,
};
use crate::context::{Context, Readers};
use crate::docs::{self, Docs};
use crate::names::Name;
use crate::plan::{PlannedOperation, PlannedParameter, Resource};
use crate::remarks;
use crate::schemas::{deprecated, has_map};
use docwright_model::ArrayStyle;

#[derive(Template)]
#[template(path = "resource/server.rs.askama", escape = "none")]
struct ServerFile<'a> {
    docs: Docs,
    types: TokenStream,
    queries: TokenStream,
    has_maps: bool,
    service_docs: Docs,
    service: &'a Name,
    router_docs: Docs,
    operations: Vec<ServerItem>,
}

struct ServerItem {
    docs: Docs,
    deprecated: TokenStream,
    method: Name,
    ident: Name,
    arguments: TokenStream,
    path_parameters: usize,
    request: TokenStream,
    answer: TokenStream,
    unused: TokenStream,
}

#[derive(Template)]
#[template(path = "resource/queries.rs.askama", escape = "none")]
struct QueriesFile {
    docs: Docs,
    types: TokenStream,
    queries: Vec<Query>,
}

struct Query {
    docs: Docs,
    derives: TokenStream,
    ident: Name,
    has_default: bool,
    required: TokenStream,
    fields: Vec<QueryField>,
}

struct QueryField {
    docs: Docs,
    deprecated: TokenStream,
    ident: Name,
    ty: TokenStream,
    wire: TokenStream,
    read: TokenStream,
}

/// `server.rs`.
pub fn server(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let operations = &resource.operations;
    let parameters = operations.iter().flat_map(|planned| &planned.path);
    let parameters: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let bodies = || operations.iter().flat_map(|planned| bodies(planned));
    let queries: BTreeSet<_> = query_idents(resource).collect();
    let queries = (!queries.is_empty()).then(|| {
        let queries = queries.iter();
        quote!(use super::queries::{#(#queries),*};)
    });
    let name = docs::code(resource.name);
    ServerFile {
        docs: docs::inner([format!("The server stub of the resource {name}.")]),
        types: uses(context, resource, bodies().chain(&parameters)),
        queries: quote!(#queries),
        has_maps: bodies().any(has_map),
        service_docs: docs::comments([
            format!("The resource {name}, to be implemented by a server."),
            String::new(),
            "A method that isn't implemented responds with 501 (Not Implemented).".to_owned(),
        ]),
        service: &resource.service,
        router_docs: docs::comments([
            format!(
                "A router for the operations of the resource {name}. It can be merged with others."
            ),
            String::new(),
            "[`Routes`] makes one with other limits.".to_owned(),
        ]),
        operations: operations
            .iter()
            .map(|planned| server_item(context, resource, planned))
            .collect(),
    }
    .render()
}

fn server_item(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> ServerItem {
    let names: Vec<_> = planned.path.iter().map(|planned| &planned.ident).collect();
    ServerItem {
        docs: docs::comments(words::service(context, resource, planned)),
        deprecated: deprecated(planned.operation.deprecated),
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: owned_arguments(context, planned),
        path_parameters: planned.path.len(),
        request: request_type(context, planned),
        answer: context.plan.body(planned.answer().map(|body| &body.ty)),
        unused: match names.is_empty() {
            true => quote!(request),
            false => quote!((#(#names,)* request)),
        },
    }
}

/// The type of the request as the service gets it.
pub fn request_type(context: &Context<'_>, planned: &PlannedOperation<'_>) -> TokenStream {
    let body = context.plan.request_body(planned.body.as_ref());
    match (&planned.query_ident, planned.body) {
        (Some(query), _) => quote!(Request<#body, #query>),
        (None, Some(_)) => quote!(Request<#body>),
        (None, None) => quote!(Request),
    }
}

/// `queries.rs`.
pub fn queries(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let parameters = resource
        .operations
        .iter()
        .flat_map(|planned| &planned.query);
    let types: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let readers = Readers::from([resource.name]);
    let queries = resource.operations.iter();
    let queries = queries.filter_map(|planned| query(context, planned, &readers));
    let name = docs::code(resource.name);
    QueriesFile {
        docs: docs::inner([format!(
            "Query parameters of the resource {name}, as a server receives them."
        )]),
        types: uses(context, resource, types.iter()),
        queries: queries.collect(),
    }
    .render()
}

fn query(
    context: &Context<'_>,
    planned: &PlannedOperation<'_>,
    readers: &Readers<'_>,
) -> Option<Query> {
    let ident = planned.query_ident.clone()?;
    let required: Vec<_> = planned
        .required_query()
        .map(|planned| wire_name(context, planned))
        .collect();
    let has_default = required.is_empty();
    let required = match has_default {
        true => TokenStream::new(),
        false => quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];),
    };
    let fields = planned.query.iter().map(|planned| {
        let parameter = planned.parameter;
        let (wire, ident) = (wire_name(context, planned), &planned.ident);
        let one = context.plan.owned(&parameter_type(context, planned));
        let is_array = planned.repeated(&context.plan).is_some();
        let separator = separator(parameter.style).filter(|_| is_array);
        let (ty, read) = match (separator, is_array, parameter.required) {
            (Some(sign), ..) => (
                quote!(Vec<#one>),
                quote!(split_into(#sign, &mut self.#ident)),
            ),
            (None, true, _) => (quote!(Vec<#one>), quote!(push_into(&mut self.#ident))),
            (None, false, true) => (one, quote!(read_required_into(&mut self.#ident))),
            (None, false, false) => (quote!(Option<#one>), quote!(read_into(&mut self.#ident))),
        };
        let mut lines = context.lines_of(parameter.description.as_ref(), &parameter.name, readers);
        let remarks = remarks::about(&parameter.facets, parameter.description.as_ref());
        if !remarks.is_empty() {
            lines.push(String::new());
            lines.extend(remarks);
        }
        QueryField {
            docs: docs::comments(lines),
            deprecated: deprecated(parameter.facets.is_deprecated()),
            ident: ident.clone(),
            ty,
            wire: quote!(#wire),
            read,
        }
    });
    Some(Query {
        docs: docs::comments([format!("Query parameters of `{}`.", planned.method)]),
        ident,
        derives: match has_default {
            true => quote!(Clone, Debug, Default, PartialEq),
            false => quote!(Clone, Debug, PartialEq),
        },
        has_default,
        required,
        fields: fields.collect(),
    })
}

/// The name that a query parameter has on the wire.
pub fn wire_name(context: &Context<'_>, planned: &PlannedParameter<'_>) -> String {
    let parameter = planned.parameter;
    let is_array = planned.repeated(&context.plan).is_some();
    match is_array && parameter.style == ArrayStyle::Brackets {
        true => brackets(&parameter.name),
        false => parameter.name.clone(),
    }
}
