//! The files of a resource: its module, operations, client and server.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Operation, Type};

use super::context::Context;
use super::docs;
use super::headers;
use super::plan::{PlannedOperation, PlannedParameter, Resource};
use super::schemas::{has_map, is_date};

#[derive(Template)]
#[template(path = "resource/mod.rs.askama", escape = "none")]
struct ModFile<'a> {
    docs: TokenStream,
    client: &'a Ident,
    server_exports: TokenStream,
    has_types: bool,
}

#[derive(Template)]
#[template(path = "resource/operations.rs.askama", escape = "none")]
struct OperationsFile {
    docs: TokenStream,
    types: TokenStream,
    media_types: TokenStream,
    has_maps: bool,
    operations: Vec<OperationItem>,
}

struct OperationItem {
    docs: TokenStream,
    ident: Ident,
    body: TokenStream,
    answer: TokenStream,
    uid: TokenStream,
    http_method: Ident,
    path: TokenStream,
    success: Ident,
    consumes: TokenStream,
    produces: TokenStream,
}

#[derive(Template)]
#[template(path = "resource/client.rs.askama", escape = "none")]
struct ClientFile<'a> {
    docs: TokenStream,
    types: TokenStream,
    has_maps: bool,
    accessor_docs: TokenStream,
    accessor: &'a Ident,
    client: &'a Ident,
    client_docs: TokenStream,
    operations: Vec<ClientItem>,
}

struct ClientItem {
    docs: TokenStream,
    method: Ident,
    ident: Ident,
    arguments: TokenStream,
    path_values: TokenStream,
    rest: TokenStream,
    setters_docs: TokenStream,
    setters: Vec<Setter>,
}

struct Setter {
    docs: TokenStream,
    ident: Ident,
    ty: TokenStream,
    wire: TokenStream,
}

#[derive(Template)]
#[template(path = "resource/server.rs.askama", escape = "none")]
struct ServerFile<'a> {
    docs: TokenStream,
    types: TokenStream,
    imports: TokenStream,
    has_maps: bool,
    service_docs: TokenStream,
    service: &'a Ident,
    router_docs: TokenStream,
    operations: Vec<ServerItem>,
    queries: Vec<Query>,
}

struct ServerItem {
    docs: TokenStream,
    method: Ident,
    ident: Ident,
    arguments: TokenStream,
    request: TokenStream,
    answer: TokenStream,
    unused: TokenStream,
}

struct Query {
    docs: TokenStream,
    ident: Ident,
    required: TokenStream,
    fields: Vec<QueryField>,
}

struct QueryField {
    docs: TokenStream,
    ident: Ident,
    ty: TokenStream,
    wire: TokenStream,
    read: TokenStream,
}

/// `mod.rs`.
pub fn module(context: &Context<'_>, resource: &Resource<'_>) -> String {
    let service = &resource.service;
    let mut exports = vec![service];
    exports.extend(
        resource
            .operations
            .iter()
            .filter_map(|planned| planned.query_ident.as_ref()),
    );
    exports.sort();
    let name = docs::code(resource.name);
    context.render(&ModFile {
        docs: docs::inner(&[format!("The resource {name}.")]),
        client: &resource.client,
        server_exports: quote!({#(#exports,)* router}),
        has_types: !context.plan.types_of(Some(resource.name)).is_empty(),
    })
}

/// `operations.rs`.
pub fn operations(context: &Context<'_>, resource: &Resource<'_>) -> String {
    let bodies = || {
        resource
            .operations
            .iter()
            .flat_map(|planned| bodies(planned))
    };
    let mut media_types = BTreeSet::new();
    let items = resource.operations.iter().map(|planned| {
        let (operation, info) = (planned.operation, headers::negotiation(planned));
        let (consumes, produces) = (
            context.plan.media_type_lists.get(&info.consumes),
            context.plan.media_type_lists.get(&info.produces),
        );
        media_types.extend(consumes.into_iter().chain(produces));
        let (uid, path) = (&operation.uid, &operation.path);
        let answer = planned.answer().map(|body| &body.ty);
        OperationItem {
            docs: docs::attributes(&facts_docs(context, operation)),
            ident: planned.ident.clone(),
            body: context.plan.body(planned.body().map(|body| &body.ty)),
            answer: context.plan.body(answer),
            uid: quote!(#uid),
            http_method: Ident::new(&operation.method, Span::call_site()),
            path: quote!(#path),
            success: status_constant(planned.success.map_or(200, |response| response.status)),
            consumes: list(consumes),
            produces: list(produces),
        }
    });
    let operations: Vec<_> = items.collect();
    let media_types = match media_types.is_empty() {
        true => TokenStream::new(),
        false => {
            let media_types = media_types.iter();
            quote!({#(#media_types),*})
        }
    };
    let name = docs::code(resource.name);
    context.render(&OperationsFile {
        docs: docs::inner(&[format!("The operations of the resource {name}, as types.")]),
        types: uses(context, resource, bodies()),
        media_types,
        has_maps: bodies().any(has_map),
        operations,
    })
}

/// The media types of a body, if there is one.
fn list(constant: Option<&Ident>) -> TokenStream {
    match constant {
        Some(constant) => quote!(#constant),
        None => quote!(&[]),
    }
}

/// `client.rs`.
pub fn client(context: &Context<'_>, resource: &Resource<'_>) -> String {
    let parameters = resource
        .operations
        .iter()
        .flat_map(|p| p.path.iter().chain(&p.query));
    let parameters: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let requests = resource
        .operations
        .iter()
        .filter_map(|p| p.body())
        .map(|body| &body.ty);
    let requests: Vec<_> = requests.collect();
    let name = docs::code(resource.name);
    let items = resource
        .operations
        .iter()
        .map(|planned| client_item(context, planned));
    context.render(&ClientFile {
        docs: docs::inner(&[format!("Calls of the resource {name}.")]),
        types: uses(
            context,
            resource,
            requests.iter().copied().chain(&parameters),
        ),
        has_maps: requests.iter().any(|ty| has_map(ty)),
        accessor_docs: docs::attributes(&[format!("The resource {name}.")]),
        accessor: &resource.accessor,
        client: &resource.client,
        client_docs: docs::attributes(&[format!(
            "The resource {name}, as [`Client::{}`] gives it.",
            resource.accessor
        )]),
        operations: items.collect(),
    })
}

fn client_item(context: &Context<'_>, planned: &PlannedOperation<'_>) -> ClientItem {
    let plan = &context.plan;
    let required: Vec<_> = planned.required_query().collect();
    let arguments = planned
        .path
        .iter()
        .chain(required.iter().copied())
        .map(|planned| {
            let (ident, ty) = (&planned.ident, argument_type(context, planned));
            quote!(#ident: #ty,)
        });
    let body = planned.body().map(|body| {
        let ty = plan.borrowed_body(&body.ty);
        quote!(body: #ty,)
    });
    let path_values = planned.path.iter().map(|planned| {
        let ident = &planned.ident;
        let by_value = argument_type(context, planned).to_string().starts_with('&');
        // A reference to something is Display by itself, if that isn't a `str`.
        match by_value && !matches!(parameter_type(context, planned), Type::String) {
            true => quote!(#ident),
            false => quote!(&#ident),
        }
    });
    let queries = required.iter().map(|planned| {
        let (wire, ident) = (&planned.parameter.name, &planned.ident);
        quote!(.query(#wire, #ident))
    });
    let send = planned.body().map(|body| match body.ty {
        Type::Binary => quote!(.bytes(body)),
        _ => quote!(.json(body)),
    });
    let setters = planned
        .query
        .iter()
        .filter(|planned| !planned.parameter.required);
    let mut notes = parameter_docs(planned.path.iter().chain(required.iter().copied()));
    if let Some(text) = planned.body().and_then(|body| body.description.as_ref()) {
        notes.push(format!("- `body`: {}", docs::summary(text.markdown())));
    }
    ClientItem {
        docs: docs::attributes(&operation_docs(context, planned.operation, &notes)),
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: quote!(#(#arguments)* #body),
        path_values: quote!(#(#path_values),*),
        rest: quote!(#(#queries)* #send),
        setters_docs: docs::attributes(&[format!("Query parameters of `{}`.", planned.method)]),
        setters: setters.map(|planned| setter(context, planned)).collect(),
    }
}

fn setter(context: &Context<'_>, planned: &PlannedParameter<'_>) -> Setter {
    let parameter = planned.parameter;
    let wire = &parameter.name;
    let mut lines = vec![format!("Sets {}.", docs::code(wire))];
    if let Some(text) = &parameter.description {
        lines.push(String::new());
        lines.extend(docs::lines(text.markdown()));
    }
    Setter {
        docs: docs::attributes(&lines),
        ident: planned.setter.clone(),
        ty: argument_type(context, planned),
        wire: quote!(#wire),
    }
}

/// `server.rs`.
pub fn server(context: &Context<'_>, resource: &Resource<'_>) -> String {
    let parameters = resource
        .operations
        .iter()
        .flat_map(|p| p.path.iter().chain(&p.query));
    let parameters: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let bodies = || {
        resource
            .operations
            .iter()
            .flat_map(|planned| bodies(planned))
    };
    let has_queries = resource
        .operations
        .iter()
        .any(|planned| planned.query_ident.is_some());
    let mut imports = vec![format_ident!("Authenticate")];
    if has_queries {
        imports.extend([format_ident!("QueryParameters"), format_ident!("QueryText")]);
    }
    imports.extend([
        format_ident!("Request"),
        format_ident!("Routes"),
        format_ident!("ServiceError"),
        format_ident!("not_implemented"),
    ]);
    let name = docs::code(resource.name);
    context.render(&ServerFile {
        docs: docs::inner(&[format!("The server stub of the resource {name}.")]),
        types: uses(context, resource, bodies().chain(&parameters)),
        imports: quote!({#(#imports),*}),
        has_maps: bodies().any(has_map),
        service_docs: docs::attributes(&[
            format!("The resource {name}, as a server implements it."),
            String::new(),
            "What isn't implemented is answered with 501 (Not Implemented).".to_owned(),
        ]),
        service: &resource.service,
        router_docs: docs::attributes(&[format!(
            "A router for the operations of the resource {name}."
        )]),
        operations: resource
            .operations
            .iter()
            .map(|p| server_item(context, p))
            .collect(),
        queries: resource
            .operations
            .iter()
            .filter_map(|p| query(context, p))
            .collect(),
    })
}

fn server_item(context: &Context<'_>, planned: &PlannedOperation<'_>) -> ServerItem {
    let plan = &context.plan;
    let names: Vec<_> = planned.path.iter().map(|planned| &planned.ident).collect();
    let arguments = planned.path.iter().map(|planned| {
        let (ident, ty) = (
            &planned.ident,
            plan.owned(&parameter_type(context, planned)),
        );
        quote!(#ident: #ty,)
    });
    ServerItem {
        docs: docs::attributes(&service_docs(planned)),
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: quote!(#(#arguments)*),
        request: request_type(context, planned),
        answer: plan.body(planned.answer().map(|body| &body.ty)),
        unused: match names.is_empty() {
            true => quote!(request),
            false => quote!((#(#names,)* request)),
        },
    }
}

/// The type of the request as the service gets it.
pub fn request_type(context: &Context<'_>, planned: &PlannedOperation<'_>) -> TokenStream {
    let body = context.plan.body(planned.body().map(|body| &body.ty));
    match (&planned.query_ident, planned.body()) {
        (Some(query), _) => quote!(Request<#body, #query>),
        (None, Some(_)) => quote!(Request<#body>),
        (None, None) => quote!(Request),
    }
}

fn query(context: &Context<'_>, planned: &PlannedOperation<'_>) -> Option<Query> {
    let ident = planned.query_ident.clone()?;
    let required: Vec<_> = planned
        .required_query()
        .map(|p| p.parameter.name.as_str())
        .collect();
    let required = match required.is_empty() {
        true => TokenStream::new(),
        false => quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];),
    };
    let fields = planned.query.iter().map(|planned| {
        let parameter = planned.parameter;
        let wire = &parameter.name;
        let one = context.plan.owned(&parameter_type(context, planned));
        let is_repeated = context.plan.repeated(&parameter.ty).is_some();
        let (ty, read) = match (is_repeated, parameter.required) {
            (true, _) => (quote!(Vec<#one>), quote!(push)),
            (false, true) => (one, quote!(into_required)),
            (false, false) => (quote!(Option<#one>), quote!(into)),
        };
        QueryField {
            docs: docs::attributes(&context.lines_of(parameter.description.as_ref(), wire)),
            ident: planned.ident.clone(),
            ty,
            wire: quote!(#wire),
            read,
        }
    });
    Some(Query {
        docs: docs::attributes(&[format!("Query parameters of `{}`.", planned.method)]),
        ident,
        required,
        fields: fields.collect(),
    })
}

/// The type of a parameter's value, or of each of its values.
pub fn parameter_type(context: &Context<'_>, planned: &PlannedParameter<'_>) -> Type {
    let ty = &planned.parameter.ty;
    context
        .plan
        .repeated(ty)
        .unwrap_or_else(|| context.plan.parameter(ty))
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

fn bodies<'a>(planned: &PlannedOperation<'a>) -> impl Iterator<Item = &'a Type> {
    planned
        .body()
        .into_iter()
        .chain(planned.answer())
        .map(|body| &body.ty)
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

/// What the page says, method and path, and a link.
fn operation_docs(context: &Context<'_>, operation: &Operation, notes: &[String]) -> Vec<String> {
    let description = operation.description.as_ref();
    let mut lines = description
        .map(|text| docs::lines(text.markdown()))
        .unwrap_or_default();
    if lines.is_empty() {
        lines.push(format!("{}.", docs::code(&operation.uid)));
    }
    if !notes.is_empty() {
        lines.push(String::new());
        lines.extend_from_slice(notes);
    }
    lines.push(String::new());
    lines.push(request_line(operation));
    lines.extend(link(context, operation));
    lines
}

/// The first paragraph of what the page says, or the operation's name.
fn opening(operation: &Operation) -> Vec<String> {
    let description = operation.description.as_ref();
    let lines = description.map(|text| docs::opening(text.markdown()));
    lines
        .filter(|lines| !lines.is_empty())
        .unwrap_or_else(|| vec![format!("{}.", docs::code(&operation.uid))])
}

/// The opening, method and path, and a link; the client's method has all the words.
fn facts_docs(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let mut lines = opening(operation);
    lines.push(String::new());
    lines.push(request_line(operation));
    lines.extend(link(context, operation));
    lines
}

/// The opening, and where there is more; the client's method may not be compiled.
fn service_docs(planned: &PlannedOperation<'_>) -> Vec<String> {
    let mut lines = opening(planned.operation);
    lines.push(String::new());
    lines.push(format!("See [`operations::{}`].", planned.ident));
    lines
}

/// Method and path.
fn request_line(operation: &Operation) -> String {
    docs::code(&format!("{} {}", operation.method, operation.path))
}

/// A link to the page.
fn link(context: &Context<'_>, operation: &Operation) -> Option<String> {
    context.link(operation.provenance.as_ref()?)
}

/// A list of what the parameters mean.
fn parameter_docs<'p, 'a: 'p>(
    parameters: impl Iterator<Item = &'p PlannedParameter<'a>>,
) -> Vec<String> {
    let described = parameters.filter_map(|planned| {
        let text = planned.parameter.description.as_ref()?;
        Some(format!(
            "- `{}`: {}",
            planned.ident,
            docs::summary(text.markdown())
        ))
    });
    described.collect()
}

/// The constant of a status that is a success (RFC 9110, section 15.3).
fn status_constant(status: u16) -> Ident {
    let name = match status {
        201 => "CREATED",
        202 => "ACCEPTED",
        203 => "NON_AUTHORITATIVE_INFORMATION",
        204 => "NO_CONTENT",
        205 => "RESET_CONTENT",
        206 => "PARTIAL_CONTENT",
        207 => "MULTI_STATUS",
        _ => "OK",
    };
    Ident::new(name, Span::call_site())
}
