//! `README.md`, with an example of each side.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Property, Shape, Type};

use super::context::Context;
use super::docs;
use super::manifest::{description, name};
use super::names::Name;
use super::plan::{Group, NamedType, PlannedOperation, Resource};
use super::print;
use super::resource::{owned_arguments, parameter_type, request_type};
use super::schemas::{has_map, is_date};

#[derive(Template)]
#[template(path = "README.md.askama", escape = "none")]
struct ReadmeFile<'a> {
    name: String,
    description: String,
    title: String,
    operation_count: usize,
    resource_count: usize,
    client_example: String,
    server_example: String,
    features: Vec<FeatureRow>,
    groups: &'a [Group<'a>],
}

struct FeatureRow {
    name: String,
    resource: String,
}

/// `README.md`.
///
/// # Errors
/// When an example isn't Rust, which is a mistake in docwright.
pub fn readme(context: &Context<'_>, library: &Name) -> Result<String, String> {
    let plan = &context.plan;
    let (client_example, server_example) = match example(context) {
        Some((resource, planned)) => (
            snippet(&client_example(context, library, resource, planned))?,
            snippet(&server_example(context, library, resource, planned))?,
        ),
        None => (String::new(), String::new()),
    };
    let plain = |text: &str| docs::lines(text, &docs::nothing).join("\n");
    ReadmeFile {
        name: name(context),
        description: plain(&description(context)),
        title: plain(&plan.api.title),
        operation_count: plan.resources.iter().map(|r| r.operations.len()).sum(),
        resource_count: plan.resources.len(),
        groups: &plan.groups,
        client_example,
        server_example,
        features: plan
            .resources
            .iter()
            .filter(|r| !plan.groups.iter().any(|group| group.name == r.name))
            .map(|resource| FeatureRow {
                name: resource.feature(),
                resource: resource.name.replace(['|', '`', '\n'], " "),
            })
            .collect(),
    }
    .render()
    .map_err(|error| error.to_string())
}

fn snippet(tokens: &TokenStream) -> Result<String, String> {
    print::snippet(tokens).map_err(|error| error.to_string())
}

/// The operation that shows most in an example: one that takes an object.
fn example<'p, 'a>(
    context: &'p Context<'a>,
) -> Option<(&'p Resource<'a>, &'p PlannedOperation<'a>)> {
    let operations = || {
        context
            .plan
            .resources
            .iter()
            .flat_map(|r| r.operations.iter().map(move |o| (r, o)))
    };
    let takes_object = |planned: &PlannedOperation<'_>| {
        planned.path.is_empty()
            && planned.query.is_empty()
            && planned
                .body()
                .is_some_and(|body| object(context, &body.ty).is_some())
    };
    operations()
        .find(|(_, planned)| takes_object(planned))
        .or_else(|| operations().next())
}

/// An object, and its properties.
fn object<'p, 'a>(
    context: &'p Context<'a>,
    ty: &Type,
) -> Option<(&'p NamedType<'a>, &'a [Property])> {
    let Type::Named(name) = ty else { return None };
    let named = context.plan.named(name)?;
    match &named.schema.shape {
        Shape::Properties(properties) => Some((named, properties)),
        _ => None,
    }
}

fn client_example(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let (accessor, method) = (&resource.accessor, &planned.method);
    let arguments = planned.arguments().map(|planned| {
        let ty = parameter_type(context, planned);
        match ty {
            Type::Boolean => quote!(true),
            Type::Int32 | Type::Int64 => quote!(1),
            Type::Double => quote!(1.0),
            Type::Named(_) => quote!(&"value".into()),
            Type::Date | Type::DateTime => quote!(&Default::default()),
            _ => quote!("text"),
        }
    });
    let arguments: Vec<_> = arguments.collect();
    let (set_up, body) = match planned.body() {
        None => (TokenStream::new(), None),
        Some(body) => match object(context, &body.ty) {
            Some((named, properties)) => {
                let set = properties
                    .iter()
                    .zip(&named.members)
                    .find_map(|(p, ident)| {
                        let is_text = p.ty == Type::String && !p.required;
                        is_text.then(|| quote!(body.#ident = Some("text".to_owned());))
                    });
                let ident = &named.ident;
                (
                    quote!(let mut body = #ident::default(); #set),
                    Some(quote!(&body)),
                )
            }
            None => {
                let owned = context.plan.body(Some(&body.ty));
                let by_value = matches!(
                    body.ty,
                    Type::Binary | Type::Boolean | Type::Int32 | Type::Int64 | Type::Double
                );
                let body = if by_value {
                    quote!(body)
                } else {
                    quote!(&body)
                };
                (quote!(let body = #owned::default();), Some(body))
            }
        },
    };
    let uses = example_types(context, library, resource, planned);
    quote! {
        #uses
        use #library::{Client, Credentials, Error};

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Error> {
            let client = Client::new("https://example.com", Credentials::bearer("token"))?;
            #set_up
            let answer = client.#accessor().#method(#(#arguments,)* #body).await?;
            println!("{answer:?}");
            Ok(())
        }
    }
}

fn server_example(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let (module, service, method) = (&resource.module, &resource.service, &planned.method);
    let answer = context.plan.body(planned.answer().map(|body| &body.ty));
    let request = request_type(context, planned);
    let arguments = owned_arguments(context, planned);
    let types = server_types(context, library, planned);
    quote! {
        #types
        use #library::#module::*;
        use #library::http::request::Parts;
        use #library::server::{Authenticate, Request, ServiceError};
        use #library::Credentials;

        struct MyService;

        impl Authenticate for MyService {
            async fn authenticate(
                &self,
                credentials: &Credentials,
                _: &mut Parts,
            ) -> Result<(), ServiceError> {
                match credentials.token_of("Bearer") {
                    Some("token") => Ok(()),
                    _ => Err(ServiceError::unauthorized("Who are you?")),
                }
            }
        }

        impl #service for MyService {
            async fn #method(
                &self,
                #arguments
                request: #request,
            ) -> Result<#answer, ServiceError> {
                println!("{:?}", request.body);
                Ok(Default::default())
            }
        }

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> std::io::Result<()> {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
            axum::serve(listener, router(MyService)).await
        }
    }
}

/// Brings what the service's method has in its signature into the example, if it isn't in
/// the resource's module.
fn server_types(
    context: &Context<'_>,
    library: &Name,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let bodies = planned.body().into_iter().chain(planned.answer());
    let mut types: Vec<_> = bodies.map(|body| body.ty.clone()).collect();
    let parameters = planned.path.iter();
    types.extend(parameters.map(|p| parameter_type(context, p)));
    let mut names = BTreeSet::new();
    for ty in &types {
        context.plan.names_in(ty, &mut names);
    }
    let shared = names.iter().filter_map(|name| context.plan.named(name));
    let shared = shared.filter(|named| named.home.is_none());
    let shared: BTreeSet<_> = shared.map(|named| &named.ident).collect();
    let shared = shared.iter();
    let maps = types.iter().any(has_map);
    let maps = maps.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let dates = types.iter().any(is_date);
    let dates = dates.then(|| quote!(use #library::DateTime;));
    quote!(#maps #dates #(use #library::types::#shared;)*)
}

fn example_types(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let Some(body) = planned.body() else {
        return TokenStream::new();
    };
    let Some(named) = body.ty.named().and_then(|name| context.plan.named(name)) else {
        return TokenStream::new();
    };
    let (ident, module) = (&named.ident, &resource.module);
    match named.home {
        Some(_) => quote!(use #library::#module::#ident;),
        None => quote!(use #library::types::#ident;),
    }
}
