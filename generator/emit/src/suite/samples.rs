//! `tests/samples`: the documented samples, in files, and what reads and writes them.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;

use crate::context::Context;
use crate::docs;
use crate::fit;
use crate::names::{self, Name};
use crate::plan::{NamedType, Resource};
use crate::schemas::{has_map, is_date};
use docwright_model::diagnostic::{Diagnostic, Place, rules};
use docwright_model::{Direction, Operation, Sample, Status, Type};

/// A sample in a file of its own.
pub struct SampleFile<'a> {
    /// Where it is, in `tests/samples`.
    pub path: String,
    /// The module of its resource.
    module: Name,
    /// The sample.
    pub sample: &'a Sample,
    /// What it is of.
    ty: &'a Type,
}

/// The samples that say something about types, with their files' names. A sample that
/// contradicts its type, or has none, is no test of it, and is told.
pub fn sample_files<'a>(
    context: &Context<'a>,
    samples: &'a [Sample],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<SampleFile<'a>> {
    let mut operations = BTreeMap::new();
    for resource in &context.plan.resources {
        for planned in &resource.operations {
            let uid = planned.operation.uid.as_str();
            operations.insert(uid, (&resource.module, planned.operation));
        }
    }
    let tests = samples.par_iter().map(|sample| {
        // What isn't in the crate is told as such.
        let (module, operation) = operations.get(sample.operation.as_str())?;
        test_of(context, module, operation, sample)
    });
    let tests: Vec<_> = tests.collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut files = Vec::new();
    for (sample, test) in samples.iter().zip(tests) {
        let Test { stem, module, ty } = match test {
            None => continue,
            Some(Ok(test)) => test,
            Some(Err(finding)) => {
                diagnostics.push(finding);
                continue;
            }
        };
        let count = counts.entry(stem.clone()).or_default();
        *count += 1;
        let path = match count {
            1 => format!("{stem}.json"),
            count => format!("{stem}-{count}.json"),
        };
        files.push(SampleFile {
            path,
            module,
            sample,
            ty,
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What a sample is a test of.
struct Test<'a> {
    /// The path of its file without ending and number.
    stem: String,
    module: Name,
    ty: &'a Type,
}

/// What a sample is a test of, or why it is none; `None` if there is nothing to say.
fn test_of<'a>(
    context: &Context<'a>,
    module: &Name,
    operation: &'a Operation,
    sample: &Sample,
) -> Option<Result<Test<'a>, Diagnostic>> {
    let json = sample.body.as_ref()?;
    let (body, suffix) = match sample.direction {
        Direction::Response => {
            let mut responses = operation.responses.iter();
            // One that shows no status is of the success that has a body.
            let response = responses.find(|response| match sample.status {
                Some(status) => response.status == status,
                None => response.status.is_success() && response.body.is_some(),
            });
            let shown = sample.status.map(Status::from);
            let status = response.map(|it| it.status).or(shown);
            (
                response.and_then(|it| it.body.as_ref()),
                status.unwrap_or(Status::Code(200)).to_string(),
            )
        }
        _ => (operation.request.as_ref(), "request".to_owned()),
    };
    let ty = match body.map(|body| &body.ty) {
        // That there is nothing is what is documented.
        None if json.is_null() => return None,
        None => return Some(Err(without_body(operation, sample))),
        // Bytes in a body of their own are no JSON: what stands there is a placeholder.
        Some(ty) if context.plan.is_bytes(ty) => return None,
        Some(ty) => ty,
    };
    let fits = fit::check(&context.plan, json, ty);
    Some(
        fits.map_err(|at| not_tested(sample, ty, &at))
            .map(|()| Test {
                stem: format!("{module}/{}-{suffix}", names::kebab(&operation.uid)),
                module: module.clone(),
                ty,
            }),
    )
}

fn not_tested(sample: &Sample, ty: &Type, at: &str) -> Diagnostic {
    // At the top there is no path before the colon.
    let at = at.trim_start_matches([':', '.', ' ']);
    let message = format!("the sample isn't of its documented type `{ty}`: {at}");
    let place = Place::of(&sample.provenance);
    Diagnostic::new(rules::SAMPLE_NOT_TESTED, place, message)
}

/// A sample of a body that nothing declares.
fn without_body(operation: &Operation, sample: &Sample) -> Diagnostic {
    let uid = &operation.uid;
    let (what, part) = match (sample.direction, sample.status) {
        (Direction::Response, Some(status)) => (
            format!("response body of status {status}"),
            format!("response.{status}"),
        ),
        (Direction::Response, None) => {
            let statuses = operation.responses.iter().map(|it| it.status);
            let success = statuses.filter(|it| it.is_success()).min();
            let status = success.unwrap_or(Status::Code(200));
            (
                "success response body".to_owned(),
                format!("response.{status}"),
            )
        }
        _ => ("request body".to_owned(), "request".to_owned()),
    };
    let message = format!("the sample has a body, but no {what} of `{uid}` is documented");
    let place = Place::of(&sample.provenance);
    Diagnostic::new(rules::SAMPLE_WITHOUT_BODY, place, message).about(format!("{uid}:{part}"))
}

#[derive(Template)]
#[template(path = "tests/samples/main.rs.askama", escape = "none")]
struct SamplesFile<'a> {
    resources: Vec<&'a Name>,
}

/// `tests/samples/main.rs`: the driver.
pub fn samples(context: &Context<'_>, files: &[SampleFile<'_>]) -> askama::Result<String> {
    let resources = context.plan.resources.iter();
    let resources = resources.filter(|resource| of(resource, files).next().is_some());
    SamplesFile {
        resources: resources.map(|resource| &resource.module).collect(),
    }
    .render()
}

#[derive(Template)]
#[template(path = "tests/samples/resource.rs.askama", escape = "none")]
struct SamplesResource {
    name: String,
    has_maps: bool,
    imports: TokenStream,
    rows: Vec<SampleRow>,
}

struct SampleRow {
    file: TokenStream,
    ty: TokenStream,
}

/// `tests/samples/RESOURCE.rs`: the table.
pub fn samples_resource(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    files: &[SampleFile<'_>],
) -> askama::Result<String> {
    let files: Vec<_> = of(resource, files).collect();
    let rows = files.iter().map(|file| {
        let path = &file.path;
        SampleRow {
            file: quote!(#path),
            ty: context.plan.owned(file.ty),
        }
    });
    SamplesResource {
        name: docs::code(resource.name),
        has_maps: files.iter().any(|file| has_map(file.ty)),
        imports: imports(context, library, resource, &files),
        rows: rows.collect(),
    }
    .render()
}

/// Whether there are samples of a resource.
pub fn has_samples(resource: &Resource<'_>, files: &[SampleFile<'_>]) -> bool {
    of(resource, files).next().is_some()
}

fn of<'f, 'a>(
    resource: &'f Resource<'_>,
    files: &'f [SampleFile<'a>],
) -> impl Iterator<Item = &'f SampleFile<'a>> {
    files.iter().filter(|file| file.module == resource.module)
}

/// Brings the types of samples into their test, by module.
fn imports(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    files: &[&SampleFile<'_>],
) -> TokenStream {
    let mut names = BTreeSet::new();
    for file in files {
        context.plan.names_in(file.ty, &mut names);
    }
    let named = names.iter().filter_map(|name| context.plan.named(name));
    let (own, shared): (Vec<_>, Vec<_>) = named.partition(|named| named.home.is_some());
    let idents = |types: Vec<&NamedType<'_>>, module: &Name| {
        let idents: BTreeSet<_> = types.iter().map(|named| named.ident.clone()).collect();
        let idents = idents.iter();
        (!types.is_empty()).then(|| quote!(use ::#library::#module::{#(#idents),*};))
    };
    let own = idents(own, &resource.module);
    let shared = idents(shared, &Name::new("types"));
    let dates = files.iter().any(|file| is_date(file.ty));
    let dates = dates.then(|| quote!(use ::#library::DateTime;));
    quote!(#dates #own #shared)
}
