//! `README.md`, with an example of each side, and the examples that run.

mod example;
mod query;
mod tour;
mod values;

use askama::Template;

use super::context::Context;
use super::docs;
use super::manifest::{description, name, needs_xml};
use super::names::Name;
use super::plan::{Group, Resource};

#[derive(Template)]
#[template(path = "README.md.askama", escape = "none")]
struct ReadmeFile<'a> {
    name: String,
    version: &'a str,
    description: String,
    title: String,
    operation_count: usize,
    resource_count: usize,
    client_example: &'a str,
    query_example: String,
    tour: &'a str,
    strict_example: String,
    server_example: &'a str,
    features: Vec<FeatureRow>,
    groups: &'a [Group<'a>],
    needs_xml: bool,
}

struct FeatureRow {
    name: String,
    resource: String,
}

/// The programs in the README; those that call are examples of the crate, too.
pub struct Programs {
    /// One call; blank where no operation is simple enough.
    pub client: String,
    server: String,
    /// What else there is to do; blank where pages have no two parts of it.
    pub tour: Result<String, String>,
}

/// The programs.
pub fn programs(context: &Context<'_>, library: &Name) -> Programs {
    let examples = example::examples(context, library);
    Programs {
        client: examples.client,
        server: examples.server,
        tour: tour::tour(context, library),
    }
}

/// `README.md`.
///
/// # Errors
/// What is wrong with the template.
pub fn readme(
    context: &Context<'_>,
    library: &Name,
    programs: &Programs,
) -> Result<String, String> {
    let plan = &context.plan;
    let plain = |text: &str| docs::lines(text, &docs::nothing).join("\n");
    ReadmeFile {
        name: name(context),
        version: context.settings.crate_version(),
        description: plain(&description(context)),
        title: plain(&plan.api.title),
        operation_count: plan.resources.iter().map(Resource::operation_count).sum(),
        resource_count: plan.resources.len(),
        groups: &plan.groups,
        needs_xml: needs_xml(context),
        client_example: &programs.client,
        query_example: query::query(context, library)?,
        tour: programs.tour.as_ref().map_err(String::clone)?,
        strict_example: example::strict(context, library)?,
        server_example: &programs.server,
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
