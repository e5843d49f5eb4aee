//! `README.md`, with an example of each side.

mod example;
mod query;
mod tour;
mod values;

use askama::Template;

use super::context::Context;
use super::docs;
use super::manifest::{description, name};
use super::names::Name;
use super::plan::{Group, Resource};

#[derive(Template)]
#[template(path = "README.md.askama", escape = "none")]
struct ReadmeFile<'a> {
    name: String,
    library: &'a Name,
    version: &'a str,
    description: String,
    title: String,
    operation_count: usize,
    resource_count: usize,
    client_example: String,
    query_example: String,
    tour: String,
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
/// What is wrong with the template.
pub fn readme(context: &Context<'_>, library: &Name) -> Result<String, String> {
    let plan = &context.plan;
    let examples = example::examples(context, library);
    let plain = |text: &str| docs::lines(text, &docs::nothing).join("\n");
    ReadmeFile {
        name: name(context),
        library,
        version: context.settings.crate_version(),
        description: plain(&description(context)),
        title: plain(&plan.api.title),
        operation_count: plan.resources.iter().map(Resource::operation_count).sum(),
        resource_count: plan.resources.len(),
        groups: &plan.groups,
        client_example: examples.client,
        query_example: query::query(context, library)?,
        tour: tour::tour(context, library)?,
        server_example: examples.server,
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
