//! `client.rs`: the calls, and `setters.rs`: their query parameters.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{parameter_type, uses, words};
use crate::emit::context::Context;
use crate::emit::docs::{self, Docs};
use crate::emit::names::Name;
use crate::emit::plan::{PlannedOperation, PlannedParameter, Resource};
use crate::emit::schemas::has_map;
use crate::model::Type;

#[derive(Template)]
#[template(path = "resource/client.rs.askama", escape = "none")]
struct ClientFile<'a> {
    docs: Docs,
    types: TokenStream,
    has_maps: bool,
    accessor_docs: Docs,
    accessor: &'a Name,
    client: &'a Name,
    client_docs: Docs,
    operations: Vec<ClientItem>,
}

struct ClientItem {
    docs: Docs,
    method: Name,
    ident: Name,
    arguments: TokenStream,
    path_values: TokenStream,
    rest: TokenStream,
}

#[derive(Template)]
#[template(path = "resource/setters.rs.askama", escape = "none")]
struct SettersFile {
    docs: Docs,
    types: TokenStream,
    calls: Vec<CallItem>,
}

struct CallItem {
    docs: Docs,
    ident: Name,
    setters: Vec<Setter>,
}

struct Setter {
    docs: Docs,
    ident: Name,
    ty: TokenStream,
    wire: TokenStream,
}

/// `client.rs`.
pub fn client(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let operations = &resource.operations;
    let parameters = operations
        .iter()
        .flat_map(|planned| planned.path.iter().chain(planned.required_query()));
    let parameters: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let requests = operations.iter().filter_map(|planned| planned.body());
    let requests: Vec<_> = requests.map(|body| &body.ty).collect();
    let types = requests.iter().copied().chain(&parameters);
    let name = docs::code(resource.name);
    ClientFile {
        docs: docs::inner([format!("Calls of the resource {name}.")]),
        types: uses(context, resource, types),
        has_maps: requests.iter().any(|ty| has_map(ty)),
        accessor_docs: docs::comments([format!("The resource {name}.")]),
        accessor: &resource.accessor,
        client: &resource.client,
        client_docs: docs::comments([format!(
            "The resource {name}, as [`Client::{}`] gives it.",
            resource.accessor
        )]),
        operations: operations
            .iter()
            .map(|planned| client_item(context, resource, planned))
            .collect(),
    }
    .render()
}

fn client_item(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> ClientItem {
    let plan = &context.plan;
    let arguments = planned.arguments().map(|planned| {
        let (ident, ty) = (&planned.ident, argument_type(context, planned));
        quote!(#ident: #ty,)
    });
    let body = planned.body().map(|body| {
        let ty = plan.borrowed_body(&body.ty);
        quote!(body: #ty,)
    });
    let path_values = planned.path.iter().map(|planned| {
        let ident = &planned.ident;
        let by_reference = argument_type(context, planned).to_string().starts_with('&');
        // A reference to something is Display by itself, if that isn't a `str`.
        match by_reference && !matches!(parameter_type(context, planned), Type::String) {
            true => quote!(#ident),
            false => quote!(&#ident),
        }
    });
    let queries = planned.required_query().map(|planned| {
        let (wire, ident) = (&planned.parameter.name, &planned.ident);
        quote!(.query(#wire, #ident))
    });
    let send = planned.body().map(|body| match body.ty {
        Type::Binary => quote!(.bytes(body)),
        _ => quote!(.json(body)),
    });
    ClientItem {
        docs: docs::comments(words::call(context, resource, planned)),
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: quote!(#(#arguments)* #body),
        path_values: quote!(#(#path_values),*),
        rest: quote!(#(#queries)* #send),
    }
}

/// `setters.rs`.
pub fn setters(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let operations = resource.operations.iter();
    let parameters = operations.flat_map(|planned| planned.optional_query());
    let types: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let operations = resource.operations.iter();
    let calls = operations.filter_map(|planned| {
        let setters = planned.optional_query();
        let setters: Vec<_> = setters.map(|p| setter(context, resource, p)).collect();
        (!setters.is_empty()).then(|| CallItem {
            docs: docs::comments([format!("Query parameters of `{}`.", planned.method)]),
            ident: planned.ident.clone(),
            setters,
        })
    });
    let name = docs::code(resource.name);
    SettersFile {
        docs: docs::inner([format!("Query parameters of calls of the resource {name}.")]),
        types: uses(context, resource, types.iter()),
        calls: calls.collect(),
    }
    .render()
}

fn setter(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedParameter<'_>,
) -> Setter {
    let wire = &planned.parameter.name;
    let mut lines = vec![format!("Sets {}.", docs::code(wire))];
    if let Some(text) = &planned.parameter.description {
        lines.push(String::new());
        lines.extend(words::lines(context, resource, text));
    }
    Setter {
        docs: docs::comments(lines),
        ident: planned.setter.clone(),
        ty: argument_type(context, planned),
        wire: quote!(#wire),
    }
}

/// The type of a parameter as the client takes it.
fn argument_type(context: &Context<'_>, planned: &PlannedParameter<'_>) -> TokenStream {
    let ty = parameter_type(context, planned);
    match context.plan.repeated(&planned.parameter.ty) {
        Some(_) => {
            let element = context.plan.owned(&ty);
            quote!(&[#element])
        }
        None => context.plan.borrowed(&ty),
    }
}
