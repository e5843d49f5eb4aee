//! `client.rs`: the calls, and `setters.rs`: their query parameters.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{parameter_type, uses, words};
use crate::context::Context;
use crate::docs::{self, Docs};
use crate::names::Name;
use crate::plan::{PlannedBody, PlannedOperation, PlannedParameter, Resource};
use crate::queries;
use crate::remarks;
use crate::schemas::{deprecated, has_map};
use docwright_model::{ArrayStyle, Location, Type};

#[derive(Template)]
#[template(path = "resource/client.rs.askama", escape = "none")]
struct ClientFile<'a> {
    docs: Docs,
    types: TokenStream,
    has_maps: bool,
    /// Whether a call leaves properties of its body out.
    has_only_read: bool,
    accessor_docs: Docs,
    accessor: &'a Name,
    client: &'a Name,
    client_docs: Docs,
    operations: Vec<ClientItem>,
}

struct ClientItem {
    docs: Docs,
    deprecated: TokenStream,
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
    deprecated: TokenStream,
    ident: Name,
    ty: TokenStream,
    /// What is done with the call to set `value`.
    set: TokenStream,
}

/// `client.rs`.
pub fn client(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let operations = &resource.operations;
    let parameters = operations.iter().flat_map(|planned| planned.arguments());
    let parameters: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let requests = operations.iter().filter_map(|planned| planned.body);
    let requests: Vec<_> = requests.map(|body| body.ty).collect();
    let types = requests.iter().copied().chain(&parameters);
    let name = docs::code(resource.name);
    ClientFile {
        docs: docs::inner([format!("Calls of the resource {name}.")]),
        types: uses(context, resource, types),
        has_maps: requests.iter().any(|ty| has_map(ty)),
        has_only_read: requests.iter().any(|ty| !only_read(context, ty).is_empty()),
        accessor_docs: docs::comments([format!("The resource {name}.")]),
        accessor: &resource.accessor,
        client: &resource.client,
        client_docs: docs::comments(words::client(context, resource)),
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
    let argument = planned.body.map(|body| {
        let ty = plan.borrowed_body(&body);
        quote!(body: #ty,)
    });
    let path_values = planned.path.iter().map(|planned| {
        let ident = &planned.ident;
        let by_reference = argument_type(context, planned).to_string().starts_with('&');
        // What is of no size, as a `str`, is handed over by a reference to the reference.
        let is_sized = !matches!(parameter_type(context, planned), Type::String);
        match by_reference && is_sized {
            true => quote!(#ident),
            false => quote!(&#ident),
        }
    });
    let others = planned.arguments().skip(planned.path.len());
    let set = others.map(|planned| set(context, planned, &planned.ident));
    let send = planned.body.map(|body| send(context, &body));
    ClientItem {
        docs: docs::comments(words::call(context, resource, planned)),
        deprecated: deprecated(planned.operation.deprecated),
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: quote!(#(#arguments)* #argument),
        path_values: quote!(#(#path_values),*),
        rest: quote!(#(#set)* #send),
    }
}

/// What sets the body of a call.
fn send(context: &Context<'_>, body: &PlannedBody<'_>) -> TokenStream {
    let plan = &context.plan;
    let names = only_read(context, body.ty);
    match plan.is_optional(body) {
        _ if plan.is_bytes(body.ty) => quote!(.bytes(body)),
        true if plan.is_copied(body.ty) => quote!(.optional_json(body.as_ref())),
        true if names.is_empty() => quote!(.optional_json(body)),
        true => quote!(.optional_json(body.map(|body| Without(body, &[#(#names),*])).as_ref())),
        false if plan.is_copied(body.ty) => quote!(.json(&body)),
        false if names.is_empty() => quote!(.json(body)),
        false => quote!(.json(&Without(body, &[#(#names),*]))),
    }
}

/// The properties that a call leaves out of its body, or of each object in it.
fn only_read<'p>(context: &'p Context<'_>, ty: &Type) -> &'p [String] {
    match ty {
        Type::Named(name) => context.plan.only_read(name),
        Type::Array(element) => match &**element {
            Type::Named(name) => context.plan.only_read(name),
            _ => &[],
        },
        _ => &[],
    }
}

/// What sets a parameter that isn't in the path.
fn set(context: &Context<'_>, planned: &PlannedParameter<'_>, value: &Name) -> TokenStream {
    let parameter = planned.parameter;
    let wire = &parameter.name;
    let is_array = planned.repeated(&context.plan).is_some();
    if let Some(language) = planned.language() {
        let builder = queries::builder(language);
        return quote!(.query_text(#wire, crate::query::#builder::written(#value)));
    }
    match (parameter.location, parameter.style) {
        (Location::Header, _) => {
            let lower = wire.to_ascii_lowercase();
            quote!(.header(http::HeaderName::from_static(#lower), #value))
        }
        (Location::Cookie, _) => quote!(.cookie(#wire, #value)),
        (_, ArrayStyle::Brackets) if is_array => {
            let wire = brackets(wire);
            quote!(.query(#wire, #value))
        }
        (_, style) if is_array => match separator(style) {
            Some(separator) => quote!(.query_list(#wire, #value, #separator)),
            None => quote!(.query(#wire, #value)),
        },
        _ => quote!(.query(#wire, #value)),
    }
}

/// The name of an array in a query of the style with brackets.
pub fn brackets(wire: &str) -> String {
    format!("{}[]", wire.trim_end_matches("[]"))
}

/// What stands between the elements of an array in one value.
pub fn separator(style: ArrayStyle) -> Option<char> {
    match style {
        ArrayStyle::Repeated | ArrayStyle::Brackets => None,
        ArrayStyle::Comma => Some(','),
        ArrayStyle::Space => Some(' '),
        ArrayStyle::Pipe => Some('|'),
    }
}

/// `setters.rs`.
pub fn setters(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let operations = resource.operations.iter();
    let parameters = operations.flat_map(|planned| planned.set_on_call());
    let types: Vec<_> = parameters.map(|p| parameter_type(context, p)).collect();
    let operations = resource.operations.iter();
    let calls = operations.filter_map(|planned| {
        let setters = planned.set_on_call();
        let setters: Vec<_> = setters.map(|p| setter(context, resource, p)).collect();
        (!setters.is_empty()).then(|| CallItem {
            docs: docs::comments([format!("Optional parameters of `{}`.", planned.method)]),
            ident: planned.ident.clone(),
            setters,
        })
    });
    let name = docs::code(resource.name);
    SettersFile {
        docs: docs::inner([format!(
            "Optional parameters of calls of the resource {name}."
        )]),
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
    let mut lines = vec![match planned.parameter.location {
        Location::Header => format!("Sets the header {}.", docs::code(wire)),
        Location::Cookie => format!("Sets the cookie {}.", docs::code(wire)),
        Location::Path | Location::Query => format!("Sets {}.", docs::code(wire)),
    }];
    if let Some(text) = &planned.parameter.description {
        lines.push(String::new());
        lines.extend(words::lines(context, resource, text));
    }
    if let Some(language) = planned.language() {
        lines.extend([String::new(), queries::hint(language)]);
    }
    let remarks = remarks::about(
        &planned.parameter.facets,
        planned.parameter.description.as_ref(),
    );
    if !remarks.is_empty() {
        lines.push(String::new());
        lines.extend(remarks);
    }
    Setter {
        docs: docs::comments(lines),
        deprecated: deprecated(planned.parameter.facets.is_deprecated()),
        ident: planned.setter.clone(),
        ty: argument_type(context, planned),
        set: set(context, planned, &Name::new("value")),
    }
}

/// The type of a parameter as the client takes it.
fn argument_type(context: &Context<'_>, planned: &PlannedParameter<'_>) -> TokenStream {
    if let Some(language) = planned.language() {
        let builder = queries::builder(language);
        return quote!(impl Into<crate::query::#builder>);
    }
    let ty = parameter_type(context, planned);
    match planned.repeated(&context.plan) {
        Some(_) => {
            let element = context.plan.owned(&ty);
            quote!(&[#element])
        }
        None => context.plan.borrowed(&ty),
    }
}
