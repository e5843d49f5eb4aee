//! The files about the crate as a whole: `Cargo.toml`, `lib.rs` and the index of resources.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs;
use super::headers::negotiation;
use super::media_types::are_xml;
use super::names::Name;
use super::plan::{Group, Resource};
use docwright_model::Type;

#[derive(Template)]
#[template(path = "lib.rs.askama", escape = "none")]
struct LibFile {
    attributes: TokenStream,
    title: TokenStream,
    has_long_paths: bool,
    has_shared: bool,
    has_servers: bool,
    has_queries: bool,
    resources: Vec<Feature>,
}

struct Feature {
    feature: TokenStream,
    module: Name,
    service: Name,
}

/// `lib.rs`.
pub fn library(context: &Context<'_>) -> askama::Result<String> {
    let title = &context.plan.api.title;
    let resources = context.plan.resources.iter().map(|resource| {
        let feature = resource.feature();
        Feature {
            feature: quote!(#feature),
            module: resource.module.clone(),
            service: resource.service.clone(),
        }
    });
    LibFile {
        attributes: context.options.attributes(),
        title: quote!(#title),
        // A method has `self` and the body or the request besides, and clippy's limit is seven.
        has_long_paths: context
            .plan
            .resources
            .iter()
            .flat_map(|r| &r.operations)
            .any(|planned| planned.path.len() + planned.required_query().count() > 5),
        has_queries: !context.plan.queries.is_empty(),
        has_servers: !context.plan.api.servers.is_empty(),
        has_shared: !context.plan.types_of(None).is_empty(),
        resources: resources.collect(),
    }
    .render()
}

#[derive(Template)]
#[template(path = "Cargo.toml.askama", escape = "none")]
struct ManifestFile<'a> {
    name: String,
    version: String,
    description: String,
    metadata: String,
    dependencies: &'a [String],
    features: Vec<String>,
    groups: &'a [Group<'a>],
    has_samples: bool,
    examples: &'a [&'a str],
    /// Whether there is an operation that can't be called without XML.
    needs_xml: bool,
}

/// `Cargo.toml`; `has_samples` says whether there are samples to be tested.
pub fn manifest(
    context: &Context<'_>,
    has_samples: bool,
    examples: &[&str],
) -> askama::Result<String> {
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
    ManifestFile {
        name: text(&name(context)),
        version: text(context.settings.crate_version()),
        description: text(&description(context)),
        metadata,
        dependencies: &settings.dependencies,
        features: context
            .plan
            .resources
            .iter()
            .map(Resource::feature)
            .filter(|feature| !context.plan.groups.iter().any(|g| g.feature == *feature))
            .collect(),
        groups: &context.plan.groups,
        has_samples,
        examples,
        needs_xml: needs_xml(context),
    }
    .render()
}

/// Whether there is an operation that can't be called without XML.
pub fn needs_xml(context: &Context<'_>) -> bool {
    let operations = context.plan.resources.iter().flat_map(|it| &it.operations);
    let mut spoken = operations.flat_map(|planned| {
        let negotiation = negotiation(context.plan.api, planned);
        let body = planned.body.map(|body| (body.ty, negotiation.consumes));
        let answer = planned.answer();
        let answer = answer.map(|body| (&body.ty, negotiation.produces));
        [body, answer]
    });
    spoken.any(|body| body.is_some_and(|(ty, names)| *ty != Type::Binary && are_xml(&names)))
}

/// The crate's name.
pub fn name(context: &Context<'_>) -> String {
    context.settings.crate_name(&context.plan.api.title)
}

/// What the crate is.
pub fn description(context: &Context<'_>) -> String {
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
#[template(path = "resources.md.askama", escape = "none")]
struct IndexFile<'a> {
    resources: Vec<IndexRow<'a>>,
}

struct IndexRow<'a> {
    module: &'a Name,
    name: String,
    operation_count: usize,
    client: &'a Name,
    service: &'a Name,
}

/// `resources.md`: the index of the resources, for the first page of the docs.
pub fn index(context: &Context<'_>) -> askama::Result<String> {
    let resources = context.plan.resources.iter().map(|resource| IndexRow {
        module: &resource.module,
        name: docs::code(&resource.name.replace('|', " ")),
        operation_count: resource.operation_count(),
        client: &resource.client,
        service: &resource.service,
    });
    IndexFile {
        resources: resources.collect(),
    }
    .render()
}
