//! The files about the crate as a whole: `Cargo.toml`, `README.md`, `lib.rs`.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Property, Shape, Type};

use super::context::Context;
use super::plan::{Group, PlannedOperation, Resource};
use super::print;
use super::resource::request_type;
use super::schemas::{has_map, is_date};

#[derive(Template)]
#[template(path = "lib.rs.askama", escape = "none")]
struct LibFile {
    title: TokenStream,
    has_long_paths: bool,
    has_shared: bool,
    resources: Vec<Feature>,
}

struct Feature {
    feature: TokenStream,
    module: Ident,
}

/// `lib.rs`.
pub fn library(context: &Context<'_>) -> String {
    let title = &context.plan.api.title;
    let resources = context.plan.resources.iter().map(|resource| {
        let feature = resource.feature();
        Feature {
            feature: quote!(#feature),
            module: resource.module.clone(),
        }
    });
    context.render(&LibFile {
        title: quote!(#title),
        // A method has `self` and the body or the request besides, and clippy's limit is seven.
        has_long_paths: context
            .plan
            .resources
            .iter()
            .flat_map(|r| &r.operations)
            .any(|planned| planned.path.len() + planned.required_query().count() > 5),
        has_shared: !context.plan.types_of(None).is_empty(),
        resources: resources.collect(),
    })
}

#[derive(Template)]
#[template(path = "Cargo.toml.askama", escape = "none")]
struct ManifestFile<'a> {
    name: String,
    version: String,
    description: String,
    metadata: String,
    features: Vec<String>,
    groups: &'a [Group<'a>],
}

/// `Cargo.toml`.
pub fn manifest(context: &Context<'_>) -> String {
    let settings = &context.settings.package;
    let text = |text: &str| toml::Value::from(text).to_string();
    let mut metadata = String::new();
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            metadata.push_str(&format!("{key} = {value}\n"));
        }
    };
    let list = |texts: &[String]| {
        let texts: Vec<_> = texts.iter().map(|one| text(one)).collect();
        (!texts.is_empty()).then(|| format!("[{}]", texts.join(", ")))
    };
    add("license", settings.license.as_deref().map(text));
    add("authors", list(&settings.authors));
    add("repository", settings.repository.as_deref().map(text));
    add("homepage", settings.homepage.as_deref().map(text));
    add("keywords", list(&settings.keywords));
    add("categories", list(&settings.categories));
    add("publish", (!settings.publish).then(|| "false".to_owned()));
    context.render(&ManifestFile {
        name: text(&name(context)),
        version: text(context.settings.crate_version()),
        description: text(&description(context)),
        metadata,
        features: context
            .plan
            .resources
            .iter()
            .map(Resource::feature)
            .filter(|feature| !context.plan.groups.iter().any(|g| g.feature == *feature))
            .collect(),
        groups: &context.plan.groups,
    })
}

/// The crate's name.
pub fn name(context: &Context<'_>) -> String {
    context.settings.crate_name(&context.plan.api.title)
}

fn description(context: &Context<'_>) -> String {
    let default = || {
        format!(
            "Types, client and server stub of {}.",
            context.plan.api.title
        )
    };
    context
        .settings
        .package
        .description
        .clone()
        .unwrap_or_else(default)
}

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
pub fn readme(context: &Context<'_>, library: &Ident) -> Result<String, syn::Error> {
    let plan = &context.plan;
    let (client_example, server_example) = match example(context) {
        Some((resource, planned)) => (
            print::snippet(&client_example(context, library, resource, planned))?,
            print::snippet(&server_example(context, library, resource, planned))?,
        ),
        None => (String::new(), String::new()),
    };
    let plain = |text: &str| super::docs::lines(text).join("\n");
    Ok(context.render(&ReadmeFile {
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
    }))
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

/// The Rust name and the properties of an object.
fn object<'p>(context: &'p Context<'_>, ty: &Type) -> Option<(&'p Ident, &'p [Property])> {
    let Type::Named(name) = ty else { return None };
    let named = context.plan.named(name)?;
    match &named.schema.shape {
        Shape::Properties(properties) => Some((&named.ident, properties)),
        Shape::Values(_) => None,
    }
}

fn client_example(
    context: &Context<'_>,
    library: &Ident,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let (accessor, method) = (&resource.accessor, &planned.method);
    let required: Vec<_> = planned.required_query().collect();
    let arguments = planned.path.iter().chain(required).map(|planned| {
        let ty = super::resource::parameter_type(context, planned);
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
            Some((ident, properties)) => {
                let set = properties
                    .iter()
                    .zip(field_idents(properties))
                    .find_map(|(p, ident)| {
                        let is_text = p.ty == Type::String && !p.required;
                        is_text.then(|| quote!(body.#ident = Some("text".to_owned());))
                    });
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

/// The fields' names, as the struct has them.
fn field_idents(properties: &[Property]) -> Vec<Ident> {
    let mut idents = super::names::Scope::fields();
    properties
        .iter()
        .map(|property| idents.snake(&property.name))
        .collect()
}

fn server_example(
    context: &Context<'_>,
    library: &Ident,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let (module, service, method) = (&resource.module, &resource.service, &planned.method);
    let answer = context.plan.body(planned.answer().map(|body| &body.ty));
    let request = request_type(context, planned);
    let arguments = planned.path.iter().map(|planned| {
        let (ident, ty) = (
            &planned.ident,
            context
                .plan
                .owned(&super::resource::parameter_type(context, planned)),
        );
        quote!(#ident: #ty,)
    });
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
                #(#arguments)*
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
    library: &Ident,
    planned: &PlannedOperation<'_>,
) -> TokenStream {
    let bodies = planned.body().into_iter().chain(planned.answer());
    let mut types: Vec<_> = bodies.map(|body| body.ty.clone()).collect();
    let parameters = planned.path.iter();
    types.extend(parameters.map(|p| super::resource::parameter_type(context, p)));
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
    library: &Ident,
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
