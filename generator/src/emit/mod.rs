//! From the model to the files of a crate.
//!
//! `plan` decides what the crate consists of and how it is called. The other modules
//! fill the templates in `templates/`, which show the shape of each file, with fragments
//! made by quote. `print` has the result parsed and printed. So nothing that a page
//! says becomes code by accident. Nothing here reads pages or touches the disk.

mod context;
mod docs;
mod fit;
mod headers;
mod manifest;
mod names;
mod plan;
mod print;
mod resource;
mod runtime;
mod schemas;
mod sound;
mod suite;
mod types;

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

use crate::diagnostic::{Diagnostic, Place};
use crate::gate::FileSet;
use crate::model::{Api, Sample};
use crate::settings::Settings;

use context::Context;
use plan::{Plan, Resource};

/// A crate, and what could not be part of it.
#[derive(Clone, Debug, Default)]
pub struct Emitted {
    /// The files.
    pub files: FileSet,
    /// What is left out, and why. With an error among them the files aren't complete.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes the crate of an API: its sources, its tests with the samples, and what cargo needs.
///
/// The result depends on nothing else. Of the samples only the files in `tests/samples`
/// are made.
pub fn emit(api: &Api, samples: &[Sample], settings: &Settings) -> Emitted {
    let (sound, mut diagnostics) = sound::sound(api);
    let context = Context {
        plan: Plan::new(&sound),
        settings,
        mistakes: RefCell::new(Vec::new()),
    };
    let mut out = Output {
        files: FileSet::new(),
        mistakes: Vec::new(),
    };
    let name = manifest::name(&context);
    let library = Ident::new(&name.replace('-', "_"), Span::call_site());

    out.text("Cargo.toml", manifest::manifest(&context));
    match manifest::readme(&context, &library) {
        Ok(text) => out.text("README.md", text),
        Err(error) => out.mistakes.push(format!("README.md: {error}")),
    }
    match serde_json::to_string_pretty(api) {
        Ok(json) => out.text("api.json", json + "\n"),
        Err(error) => out.mistakes.push(format!("api.json: {error}")),
    }
    out.rust("src/lib.rs", &manifest::library(&context), &[]);
    out.rust("src/headers.rs", &headers::headers(&context), &[]);
    for (path, text) in runtime::FILES {
        out.text(&format!("src/runtime/{path}"), format!("{HEADER}\n{text}"));
    }
    emit_shared(&context, &mut out);
    for resource in &context.plan.resources {
        emit_resource(&context, resource, &mut out);
    }
    let samples = suite::sample_files(&context, samples, &mut diagnostics);
    out.rust(
        "tests/samples.rs",
        &suite::samples(&context, &library, &samples),
        &[],
    );
    out.rust(
        "tests/contract/main.rs",
        &suite::contract(&context, &library),
        &[],
    );
    for resource in &context.plan.resources {
        let table = suite::contract_resource(&context, &library, resource, &samples);
        out.rust(
            &format!("tests/contract/{}.rs", resource.module),
            &table,
            &[],
        );
    }
    for file in &samples {
        if let Some(Ok(json)) = file.sample.body.as_ref().map(serde_json::to_string_pretty) {
            out.text(&format!("tests/samples/{}", file.name), json + "\n");
        }
    }

    out.mistakes.extend(context.mistakes.take());
    diagnostics.extend(out.mistakes.iter().map(|mistake| {
        Diagnostic::error("template", Place::file("templates"), mistake.clone())
            .help("this is a mistake in docwright, not in the pages")
    }));
    Emitted {
        files: out.files,
        diagnostics,
    }
}

/// The types that are at home in no resource, each in a file of its own: none ever moves
/// because of another.
fn emit_shared(context: &Context<'_>, out: &mut Output) {
    let types = context.plan.types_of(None);
    if types.is_empty() {
        return;
    }
    out.rust("src/types/mod.rs", &schemas::shared(context), &[]);
    for named in types {
        let title = format!("The type {}.", docs::code(&named.schema.name));
        out.rust(
            &format!("src/types/{}.rs", named.module),
            &schemas::types(context, &[named], None, &title),
            &[],
        );
    }
}

fn emit_resource(context: &Context<'_>, resource: &Resource<'_>, out: &mut Output) {
    let folder = format!("src/{}", resource.module);
    let pages: BTreeSet<&str> = resource
        .operations
        .iter()
        .filter_map(|planned| planned.operation.provenance.as_ref())
        .map(|place| &*place.page)
        .collect();
    let pages: Vec<_> = pages.into_iter().collect();
    out.rust(
        &format!("{folder}/mod.rs"),
        &resource::module(context, resource),
        &pages,
    );
    out.rust(
        &format!("{folder}/operations.rs"),
        &resource::operations(context, resource),
        &[],
    );
    out.rust(
        &format!("{folder}/client.rs"),
        &resource::client(context, resource),
        &[],
    );
    out.rust(
        &format!("{folder}/server.rs"),
        &resource::server(context, resource),
        &[],
    );
    let types = context.plan.types_of(Some(resource.name));
    if !types.is_empty() {
        let title = format!("The types of the resource {}.", docs::code(resource.name));
        let types = schemas::types(context, &types, Some(resource.name), &title);
        out.rust(&format!("{folder}/types.rs"), &types, &[]);
    }
}

/// The first line of each source file.
const HEADER: &str = "// @generated by docwright; do not edit.\n";

/// The files, and what is wrong with templates.
struct Output {
    files: FileSet,
    mistakes: Vec<String>,
}

impl Output {
    fn text(&mut self, path: &str, text: String) {
        if let Err(error) = self.files.insert(path, text) {
            self.mistakes.push(error.to_string());
        }
    }

    /// Adds a source file, with the pages that it comes from.
    fn rust(&mut self, path: &str, text: &str, pages: &[&str]) {
        let mut header = HEADER.to_owned();
        if !pages.is_empty() {
            header.push_str("// The pages it comes from:\n");
        }
        for page in pages {
            header.push_str(&format!("// - {}\n", page.escape_debug()));
        }
        match print::rust(text, &header) {
            Ok(text) => self.text(path, text),
            Err(error) => self.mistakes.push(format!("{path}: {error}")),
        }
    }
}

#[cfg(test)]
mod tests;
