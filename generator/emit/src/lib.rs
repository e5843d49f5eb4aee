//! From the model to the files of a crate.
//!
//! `plan` decides the content of the crate and its names. The other modules fill the
//! templates in `templates/`, which define the shape of each file, with fragments made by
//! quote, and with `docs`, whose lines are all comments. `print` parses and prints the
//! result. So text of a page can't become code by accident. Files are made independently,
//! on any core. Nothing here reads pages or touches the disk.

pub mod output;

mod context;
mod docs;
mod fit;
mod headers;
mod joined;
mod manifest;
mod media_types;
mod names;
mod options;
mod parts;
mod plan;
mod print;
mod queries;
mod readme;
mod remarks;
mod resource;
mod runtime;
mod rust_names;
mod schemas;
mod servers;
mod suite;
mod types;
mod validate;

pub use rust_names::{PartNames, rust_names};

use rayon::prelude::*;

use crate::output::FileSet;
use docwright_model::diagnostic::{Diagnostic, Place, rules};
use docwright_model::{Api, Sample};
use docwright_read::settings::Settings;

use context::Context;
use joined::OnlyRead;
use options::Options;
use plan::Plan;

/// A crate, and what is left out of it.
#[derive(Clone, Debug, Default)]
pub struct Emitted {
    /// The files.
    pub files: FileSet,
    /// What is left out, and why. With an error among them the files aren't complete.
    pub diagnostics: Vec<Diagnostic>,
    /// How many operations the crate has.
    pub operations: usize,
    /// How many named types it has.
    pub types: usize,
}

/// What the crate of an API would leave out: the findings of [`emit`], without its files.
pub fn findings(api: &Api, samples: &[Sample], settings: &Settings) -> Vec<Diagnostic> {
    let (valid, only_read, mut diagnostics) = emitted(api);
    let context = context(&valid, only_read, settings, &mut diagnostics);
    suite::sample_files(&context, samples, &mut diagnostics);
    diagnostics
}

/// The API as it is emitted: the valid part, with one type for reading and writing.
fn emitted(api: &Api) -> (Api, OnlyRead, Vec<Diagnostic>) {
    let (mut valid, diagnostics) = validate::validate(api);
    let only_read = joined::join(&mut valid);
    (valid, only_read, diagnostics)
}

fn context<'a>(
    valid: &'a Api,
    only_read: OnlyRead,
    settings: &'a Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Context<'a> {
    let (options, idents) = Options::new(valid, &settings.code, diagnostics);
    let given = (&options.names, idents);
    Context {
        plan: Plan::new(valid, only_read, &settings.resources, given),
        options,
        settings,
    }
}

/// Makes the crate of an API: its sources, its tests with the samples, and the manifest.
///
/// The result depends on nothing else. Of the samples only the files in `tests/samples`
/// are made.
pub fn emit(api: &Api, samples: &[Sample], settings: &Settings) -> Emitted {
    let (valid, only_read, mut diagnostics) = emitted(api);
    let context = context(&valid, only_read, settings, &mut diagnostics);
    let samples = suite::sample_files(&context, samples, &mut diagnostics);
    let parts = parts::parts(&context, api, &samples);
    let made: Vec<_> = parts
        .into_par_iter()
        .map(|part| (part.make(), part.path))
        .collect();
    let mut files = FileSet::new();
    for (text, path) in made {
        let done = text.and_then(|text| files.insert(&*path, text).map_err(|e| e.to_string()));
        if let Err(error) = done {
            let message = format!("{path}: {error}");
            let mistake = Diagnostic::new(rules::TEMPLATE, Place::file("templates"), message);
            diagnostics.push(mistake.help(
                "if you edited a template, fix it; otherwise please \
                                           report this as a bug in docwright",
            ));
        }
    }
    Emitted {
        files,
        diagnostics,
        operations: valid.operations.len(),
        types: valid.schemas.len(),
    }
}

#[cfg(test)]
mod tests;
