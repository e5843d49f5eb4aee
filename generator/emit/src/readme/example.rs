//! The examples of the README: a program for each side.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::values::Values;
use crate::context::Context;
use crate::headers;
use crate::names::Name;
use crate::plan::{NamedType, PlannedOperation, Resource};
use crate::print;
use crate::resource::{owned_arguments, parameter_type, request_type};
use crate::schemas::{has_map, is_date, required};
use crate::servers;
use docwright_model::{Shape, Type};

#[derive(Template)]
#[template(path = "examples/client.rs.askama", escape = "none")]
struct ClientExample<'a> {
    uses: TokenStream,
    library: &'a Name,
    base_url: TokenStream,
    credentials: TokenStream,
    set_up: TokenStream,
    accessor: &'a Name,
    method: &'a Name,
    arguments: TokenStream,
    /// Whether the call returns something.
    has_response: bool,
}

#[derive(Template)]
#[template(path = "examples/server.rs.askama", escape = "none")]
struct ServerExample<'a> {
    uses: TokenStream,
    library: &'a Name,
    module: &'a Name,
    service: &'a Name,
    method: &'a Name,
    arguments: TokenStream,
    are_sent: TokenStream,
    request: TokenStream,
    answer: TokenStream,
    value: TokenStream,
}

#[derive(Template)]
#[template(path = "examples/strict.rs.askama", escape = "none")]
struct StrictExample<'a> {
    library: &'a Name,
    base_url: TokenStream,
    credentials: TokenStream,
}

/// A client that fails in tests on what isn't documented.
///
/// # Errors
/// What is wrong with the template.
pub fn strict(context: &Context<'_>, library: &Name) -> Result<String, String> {
    let example = StrictExample {
        library,
        base_url: servers::for_example(context),
        credentials: headers::for_example(context.plan.api).made,
    };
    let text = example.render().map_err(|error| error.to_string())?;
    print::example(&text).map_err(|error| error.to_string())
}

/// A program for each side; both are blank where there is no operation to show.
#[derive(Default)]
pub struct Examples {
    /// The program that calls.
    pub client: String,
    /// The program that answers.
    pub server: String,
}

/// The examples: those of the first operation that shows an object, if there is a simple one.
pub fn examples(context: &Context<'_>, library: &Name) -> Examples {
    let resources = &context.plan.resources;
    let all = || {
        resources
            .iter()
            .flat_map(|r| r.operations.iter().map(move |o| (r, o)))
    };
    let (telling, others): (Vec<_>, Vec<_>) =
        all().partition(|(_, planned)| shows_object(context, planned));
    let mut examples = telling.into_iter().chain(others);
    examples
        .find_map(|(resource, planned)| of_operation(context, library, resource, planned))
        .unwrap_or_default()
}

/// Whether an operation takes an object and nothing else.
fn shows_object(context: &Context<'_>, planned: &PlannedOperation<'_>) -> bool {
    planned.arguments().next().is_none()
        && planned.query.is_empty()
        && !planned.operation.deprecated
        && planned
            .body
            .is_some_and(|body| object(context, body.ty).is_some())
}

/// An object.
pub fn object<'p, 'a>(context: &'p Context<'a>, ty: &Type) -> Option<&'p NamedType<'a>> {
    let Type::Named(name) = ty else { return None };
    let named = context.plan.named(name)?;
    matches!(named.schema.shape, Shape::Properties(_)).then_some(named)
}

/// Both programs; `None` if there is a type of which no value is simple.
fn of_operation(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Option<Examples> {
    let printed = |text: askama::Result<String>| print::example(&text.ok()?).ok();
    Some(Examples {
        client: printed(client(context, library, resource, planned)?)?,
        server: printed(server(context, library, resource, planned)?)?,
    })
}

fn client(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Option<askama::Result<String>> {
    let types: Vec<_> = planned
        .arguments()
        .map(|p| parameter_type(context, p))
        .collect();
    let mut values = Values::new(context, library);
    let mut arguments = Vec::new();
    for (planned, ty) in planned.arguments().zip(&types) {
        arguments.push(match planned.repeated(&context.plan) {
            Some(_) => {
                let one = values.owned(ty)?;
                quote!(&[#one])
            }
            None => values.borrowed(ty)?,
        });
    }
    let mut set_up = TokenStream::new();
    if let Some(body) = planned.body {
        match object(context, body.ty) {
            Some(named) => {
                let value = values.owned(body.ty)?;
                set_up = match text_field(context, named) {
                    Some(field) => {
                        let ident = &named.ident;
                        quote!(let body = #ident { #field: Some("text".to_owned()), ..#value };)
                    }
                    None => quote!(let body = #value;),
                };
                arguments.push(context.plan.given(&body, quote!(&body)));
            }
            None => {
                let value = values.borrowed_body(body.ty)?;
                arguments.push(context.plan.given(&body, value));
            }
        }
    }
    let example = ClientExample {
        uses: uses(context, library, &values.names),
        library,
        base_url: servers::for_example(context),
        credentials: headers::for_example(context.plan.api).made,
        set_up,
        accessor: &resource.accessor,
        method: &planned.method,
        arguments: quote!(#(#arguments),*),
        has_response: planned.answer().is_some(),
    };
    Some(example.render())
}

/// A field that shows how an optional property is set.
pub fn text_field<'n>(context: &Context<'_>, named: &'n NamedType<'_>) -> Option<&'n Name> {
    let required: BTreeSet<_> = required(context, named)
        .into_iter()
        .map(|it| it.1)
        .collect();
    let mut fields = named.properties.iter().zip(&named.members);
    let is_shown = |(property, field): &(&&docwright_model::Property, &Name)| {
        property.ty == Type::String
            && !required.contains(field)
            && !property.facets.is_read_only()
            && !property.facets.is_deprecated()
    };
    fields.find(is_shown).map(|(_, field)| field)
}

fn server(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> Option<askama::Result<String>> {
    let answer = planned.answer().map(|body| &body.ty);
    let mut values = Values::new(context, library);
    let value = values.owned_body(answer)?;
    let mut types: Vec<_> = planned
        .path
        .iter()
        .map(|p| parameter_type(context, p))
        .collect();
    types.extend(planned.body.map(|body| body.ty.clone()));
    types.extend(answer.cloned());
    let mut names = values.names.clone();
    for ty in &types {
        context.plan.names_in(ty, &mut names);
    }
    let maps = types.iter().any(has_map);
    let maps = maps.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let dates = types.iter().any(is_date);
    let dates = dates.then(|| quote!(use #library::DateTime;));
    // The resource's own types are there with its module.
    names.retain(|name| {
        context
            .plan
            .named(name)
            .is_some_and(|named| named.home.is_none())
    });
    let shared = uses(context, library, &names);
    let example = ServerExample {
        uses: quote!(#maps #dates #shared),
        library,
        module: &resource.module,
        service: &resource.service,
        method: &planned.method,
        arguments: owned_arguments(context, planned),
        are_sent: headers::for_example(context.plan.api).are_sent,
        request: request_type(context, planned),
        answer: context.plan.body(answer),
        value,
    };
    Some(example.render())
}

/// Brings types into an example, from where they are.
fn uses(context: &Context<'_>, library: &Name, names: &BTreeSet<&str>) -> TokenStream {
    let lines: BTreeSet<_> = names
        .iter()
        .filter_map(|name| context.plan.named(name))
        .map(|named| (context.plan.module_of(named), &named.ident))
        .collect();
    let lines = lines
        .into_iter()
        .map(|(module, ident)| quote!(use #library::#module::#ident;));
    quote!(#(#lines)*)
}
