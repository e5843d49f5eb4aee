//! The tests that come with the crate: samples round-trip, and the client talks to the stub.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::model::{Direction, Sample, SecurityScheme, Shape, Type};

use super::context::Context;
use super::docs;
use super::fit;
use super::headers;
use super::names;
use super::plan::{PlannedOperation, PlannedParameter, Resource};
use super::resource::{parameter_type, request_type};
use super::schemas::{has_map, is_date};
use super::sound::place_of;

/// A text that can't stand as it is in a path or a query.
const TEXT: &str = "a b/ø&=+%";
const DATE: &str = "2025-05-09T17:54:08.1234567+02:00";

/// A sample in a file of its own.
pub struct SampleFile<'a> {
    /// Its name, in `tests/samples`.
    pub name: String,
    /// The sample.
    pub sample: &'a Sample,
    /// What it is of.
    ty: &'a Type,
}

/// The samples that say something about types, with their files' names. A sample that
/// contradicts its type is no test of it.
pub fn sample_files<'a>(
    context: &Context<'a>,
    samples: &'a [Sample],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<SampleFile<'a>> {
    let mut operations = BTreeMap::new();
    for planned in context
        .plan
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
    {
        operations.insert(planned.operation.uid.as_str(), planned.operation);
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut files = Vec::new();
    for sample in samples.iter().filter(|sample| sample.body.is_some()) {
        let Some(operation) = operations.get(sample.operation.as_str()) else {
            continue;
        };
        let (body, suffix) = match (sample.direction, sample.status) {
            (Direction::Response, status) => {
                let status = status.unwrap_or(200);
                let response = operation.responses.iter().find(|r| r.status == status);
                (response.and_then(|r| r.body.as_ref()), status.to_string())
            }
            _ => (operation.request.as_ref(), "request".to_owned()),
        };
        // Bytes in a body of their own are no JSON.
        let Some(body) = body.filter(|body| body.ty != Type::Binary) else {
            continue;
        };
        if let Some(Err(at)) = sample
            .body
            .as_ref()
            .map(|json| fit::check(&context.plan, json, &body.ty))
        {
            diagnostics.push(contradiction(sample, &body.ty, &at));
            continue;
        }
        let stem = format!("{}-{suffix}", names::kebab(&operation.uid));
        let count = counts.entry(stem.clone()).or_default();
        *count += 1;
        let name = match count {
            1 => format!("{stem}.json"),
            count => format!("{stem}-{count}.json"),
        };
        files.push(SampleFile {
            name,
            sample,
            ty: &body.ty,
        });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn contradiction(sample: &Sample, ty: &Type, at: &str) -> Diagnostic {
    // At the top there is no path before the colon.
    let at = at.trim_start_matches([':', '.', ' ']);
    let message = format!("the sample isn't of its documented type `{ty}`: {at}");
    Diagnostic::warning("sample-not-tested", place_of(&sample.provenance), message).help(
        "the crate doesn't test it; correct the type in corrections.toml if the sample is right",
    )
}

#[derive(Template)]
#[template(path = "tests/samples.rs.askama", escape = "none")]
struct SamplesFile {
    has_maps: bool,
    imports: TokenStream,
    rows: Vec<SampleRow>,
}

struct SampleRow {
    file: TokenStream,
    ty: TokenStream,
}

/// `tests/samples.rs`.
pub fn samples(context: &Context<'_>, library: &Ident, files: &[SampleFile<'_>]) -> String {
    let rows = files.iter().map(|file| {
        let name = &file.name;
        SampleRow {
            file: quote!(#name),
            ty: context.plan.owned(file.ty),
        }
    });
    context.render(&SamplesFile {
        has_maps: files.iter().any(|file| has_map(file.ty)),
        imports: sample_imports(context, library, files),
        rows: rows.collect(),
    })
}

#[derive(Template)]
#[template(path = "tests/contract/main.rs.askama", escape = "none")]
struct ContractFile<'a> {
    library: Ident,
    resources: &'a [Resource<'a>],
    credentials: Vec<TokenStream>,
    headers: Vec<HeaderItem>,
}

#[derive(Template)]
#[template(path = "tests/contract/resource.rs.askama", escape = "none")]
struct ContractResource<'a> {
    name: String,
    imports: TokenStream,
    has_maps: bool,
    service: &'a Ident,
    methods: Vec<StubMethod>,
    cases: Vec<CaseItem>,
}

struct StubMethod {
    method: Ident,
    ident: Ident,
    arguments: TokenStream,
    names: TokenStream,
    request: TokenStream,
    answer: TokenStream,
}

struct CaseItem {
    ident: Ident,
    uri: TokenStream,
    path: TokenStream,
    query: TokenStream,
    body: TokenStream,
    answer: TokenStream,
    client: TokenStream,
    call: TokenStream,
}

struct HeaderItem {
    setter: Ident,
    constant: Ident,
    value: TokenStream,
}

/// `tests/contract/main.rs`: the driver.
pub fn contract(context: &Context<'_>, library: &Ident) -> String {
    let headers = headers::plain(context.plan.api).into_iter().map(|header| {
        let value = header.constant.to_string().to_ascii_lowercase();
        HeaderItem {
            setter: header.ident,
            constant: header.constant,
            value: quote!(#value),
        }
    });
    context.render(&ContractFile {
        library: library.clone(),
        resources: &context.plan.resources,
        credentials: credentials(context, library),
        headers: headers.collect(),
    })
}

/// `tests/contract/RESOURCE.rs`: the table.
pub fn contract_resource(
    context: &Context<'_>,
    library: &Ident,
    resource: &Resource<'_>,
    files: &[SampleFile<'_>],
) -> String {
    let mut types = Vec::new();
    for planned in &resource.operations {
        types.extend(
            planned
                .body()
                .into_iter()
                .chain(planned.answer())
                .map(|b| b.ty.clone()),
        );
        types.extend(
            planned
                .path
                .iter()
                .chain(&planned.query)
                .map(|p| parameter_type(context, p)),
        );
    }
    let mut shapes = BTreeSet::new();
    let reachable = resource
        .operations
        .iter()
        .filter(|o| shapes.insert(shape(context, o)));
    let queries = resource
        .operations
        .iter()
        .filter_map(|o| o.query_ident.as_ref());
    let mut own: Vec<_> = queries.cloned().collect();
    own.extend([
        resource.service.clone(),
        Ident::new("operations", library.span()),
    ]);
    context.render(&ContractResource {
        name: docs::code(resource.name),
        imports: imports(context, library, types.iter(), resource, own),
        has_maps: types.iter().any(has_map),
        service: &resource.service,
        cases: reachable
            .map(|planned| case(context, resource, planned, files))
            .collect(),
        methods: resource
            .operations
            .iter()
            .map(|o| stub(context, o))
            .collect(),
    })
}

/// What a server can tell operations apart by: where two have it in common, the second is
/// never reached.
fn shape(context: &Context<'_>, planned: &PlannedOperation<'_>) -> (String, String, Vec<String>) {
    let path = planned.operation.path.split('/');
    let path: Vec<_> = path
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect();
    let types = planned
        .path
        .iter()
        .map(|parameter| match parameter_type(context, parameter) {
            Type::Named(_) => "enum".to_owned(),
            ty => ty.to_string(),
        });
    (
        planned.operation.method.clone(),
        path.join("/"),
        types.collect(),
    )
}

fn stub(context: &Context<'_>, planned: &PlannedOperation<'_>) -> StubMethod {
    let names: Vec<_> = planned.path.iter().map(|planned| &planned.ident).collect();
    let arguments = planned.path.iter().map(|planned| {
        let (ident, ty) = (
            &planned.ident,
            context.plan.owned(&parameter_type(context, planned)),
        );
        quote!(#ident: #ty,)
    });
    StubMethod {
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: quote!(#(#arguments)*),
        names: quote!(#(&#names),*),
        request: request_type(context, planned),
        answer: context.plan.body(planned.answer().map(|body| &body.ty)),
    }
}

fn case(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
    files: &[SampleFile<'_>],
) -> CaseItem {
    let path: Vec<_> = planned.path.iter().map(|p| value(context, p)).collect();
    let texts = path.iter().map(|value| &value.text);
    let queries: Vec<_> = planned
        .query
        .iter()
        .map(|p| (p, value(context, p)))
        .collect();
    let fields = queries.iter().map(|(planned, value)| {
        let (field, owned) = (&planned.ident, &value.owned);
        let is_repeated = context.plan.repeated(&planned.parameter.ty).is_some();
        match (is_repeated, planned.parameter.required) {
            (true, _) => quote!(#field: vec![#owned]),
            (false, true) => quote!(#field: #owned),
            (false, false) => quote!(#field: Some(#owned)),
        }
    });
    let query = match &planned.query_ident {
        Some(query) => quote!(text_of(&#query { #(#fields),* })),
        None => quote!("()".to_owned()),
    };
    let body = planned
        .body()
        .map(|body| message(context, planned, Direction::Request, &body.ty, files));
    let answer = planned
        .answer()
        .map(|body| message(context, planned, Direction::Response, &body.ty, files));
    let uri = uri(planned, &path, &queries);
    CaseItem {
        ident: planned.ident.clone(),
        uri: quote!(#uri),
        path: quote!(&[#(#texts),*]),
        query,
        body: body.unwrap_or(quote!(Message::None)),
        answer: answer.unwrap_or(quote!(Message::None)),
        client: if planned.body().is_some() {
            quote!(body)
        } else {
            quote!(_)
        },
        call: call(context, resource, planned, &path, &queries),
    }
}

fn call(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
    path: &[TestValue],
    queries: &[(&PlannedParameter<'_>, TestValue)],
) -> TokenStream {
    let (accessor, method) = (&resource.accessor, &planned.method);
    let required = queries
        .iter()
        .filter(|(planned, _)| planned.parameter.required);
    let borrowed = path
        .iter()
        .chain(required.map(|(_, value)| value))
        .map(|value| &value.borrowed);
    let body = planned.body().map(|body| match &body.ty {
        Type::Binary => quote!(body.to_owned()),
        ty => {
            let owned = context.plan.owned(ty);
            match ty {
                Type::Boolean | Type::Int32 | Type::Int64 | Type::Double => {
                    quote!(read::<#owned>(body))
                }
                _ => quote!(&read::<#owned>(body)),
            }
        }
    });
    let setters = queries
        .iter()
        .filter(|(planned, _)| !planned.parameter.required);
    let setters = setters.map(|(planned, value)| {
        let (setter, borrowed) = (&planned.setter, &value.borrowed);
        quote!(.#setter(#borrowed))
    });
    let arguments = borrowed.cloned().chain(body);
    quote!(client.#accessor().#method(#(#arguments),*)#(#setters)*)
}

/// A value for a parameter.
struct TestValue {
    /// As the server has it.
    owned: TokenStream,
    /// As the client takes it.
    borrowed: TokenStream,
    /// As a text.
    text: String,
}

fn value(context: &Context<'_>, planned: &PlannedParameter<'_>) -> TestValue {
    let (owned, borrowed, text) = match parameter_type(context, planned) {
        Type::Boolean => (quote!(true), quote!(true), "true".to_owned()),
        Type::Int32 => (quote!(-7), quote!(-7), "-7".to_owned()),
        // Too large for 32 bits, so that it can't be taken for such a number.
        Type::Int64 => (
            quote!(5_000_000_000),
            quote!(5_000_000_000),
            "5000000000".to_owned(),
        ),
        Type::Double => (quote!(1.5), quote!(1.5), "1.5".to_owned()),
        Type::Date | Type::DateTime => {
            let date = quote!(#DATE.parse::<DateTime>().unwrap());
            (date.clone(), quote!(&#date), DATE.to_owned())
        }
        Type::Named(name) => {
            let ident = context.plan.named(&name).map(|named| &named.ident);
            let text = first_value(context, &name);
            let owned = quote!(#ident::from(#text));
            (owned.clone(), quote!(&#owned), text)
        }
        _ => (quote!(#TEXT.to_owned()), quote!(#TEXT), TEXT.to_owned()),
    };
    let borrowed = match context.plan.repeated(&planned.parameter.ty) {
        Some(_) => quote!(&[#owned]),
        None => borrowed,
    };
    TestValue {
        owned,
        borrowed,
        text,
    }
}

fn first_value(context: &Context<'_>, name: &str) -> String {
    match context.plan.named(name).map(|named| &named.schema.shape) {
        Some(Shape::Values(values)) => values.first().map(|value| value.value.clone()),
        _ => None,
    }
    .unwrap_or_default()
}

/// The path and query that the client is to send; setters come after required parameters.
fn uri(
    planned: &PlannedOperation<'_>,
    path: &[TestValue],
    queries: &[(&PlannedParameter<'_>, TestValue)],
) -> String {
    let mut values = path.iter();
    let mut uri = String::new();
    for part in planned.operation.path.split('/').skip(1) {
        let text = match part.starts_with('{') {
            true => values
                .next()
                .map(|value| encode(&value.text, ""))
                .unwrap_or_default(),
            false => part.to_owned(),
        };
        let _ = write!(uri, "/{text}");
    }
    let (required, optional): (Vec<_>, Vec<_>) = queries
        .iter()
        .partition(|(planned, _)| planned.parameter.required);
    let mut sign = '?';
    for (planned, value) in required.into_iter().chain(optional) {
        let kept = "$'()*,/:@";
        let (name, text) = (
            encode(&planned.parameter.name, kept),
            encode(&value.text, kept),
        );
        let _ = write!(uri, "{sign}{name}={text}");
        sign = '&';
    }
    uri
}

/// Percent-encodes all but unreserved characters (RFC 3986) and those that are kept.
fn encode(text: &str, kept: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        match c.is_ascii_alphanumeric() || "-._~".contains(c) || kept.contains(c) {
            true => out.push(c),
            false => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// What goes over the wire: the sample of the page, or the least that is of the type.
fn message(
    context: &Context<'_>,
    planned: &PlannedOperation<'_>,
    direction: Direction,
    ty: &Type,
    files: &[SampleFile<'_>],
) -> TokenStream {
    if *ty == Type::Binary {
        return quote!(Message::Bytes(b"\x00bytes\xFF"));
    }
    let status = planned.success.map(|response| response.status);
    let is_it = |file: &&SampleFile<'_>| {
        let sample = file.sample;
        sample.operation == planned.operation.uid
            && sample.direction == direction
            && (direction == Direction::Request || sample.status.or(Some(200)) == status)
    };
    match files.iter().find(is_it) {
        Some(file) => {
            let name = &file.name;
            quote!(Message::Sample(#name))
        }
        None => {
            let text = least(context, ty, &mut Vec::new()).to_string();
            quote!(Message::Json(#text))
        }
    }
}

/// The least JSON that is of a type.
fn least<'t>(context: &'t Context<'_>, ty: &'t Type, within: &mut Vec<&'t str>) -> Value {
    match ty {
        Type::Any | Type::Map(_) => json!({}),
        Type::String | Type::Binary => json!(""),
        Type::Boolean => json!(true),
        Type::Int32 | Type::Int64 => json!(7),
        Type::Double => json!(1.5),
        Type::Date | Type::DateTime => json!(DATE),
        Type::Array(_) => json!([]),
        Type::Named(name) => match context.plan.named(name).map(|named| &named.schema.shape) {
            Some(Shape::Values(_)) => json!(first_value(context, name)),
            Some(Shape::Properties(properties)) if !within.contains(&name.as_str()) => {
                within.push(name);
                let required = properties.iter().filter(|property| property.required);
                let members = required
                    .map(|property| (property.name.clone(), least(context, &property.ty, within)));
                let object = Value::Object(members.collect());
                within.pop();
                object
            }
            _ => json!({}),
        },
    }
}

/// Credentials of each documented kind.
fn credentials(context: &Context<'_>, library: &Ident) -> Vec<TokenStream> {
    let mut ways: Vec<_> = context
        .plan
        .api
        .security
        .iter()
        .map(|scheme| match scheme {
            SecurityScheme::Authorization { scheme } if scheme.eq_ignore_ascii_case("basic") => {
                quote!(Credentials::basic("user", "pass:word"))
            }
            SecurityScheme::Authorization { scheme } => {
                quote!(Credentials::token(#scheme, "token"))
            }
            SecurityScheme::Header { name } => {
                let lower = name.to_ascii_lowercase();
                quote! {
                    Credentials::header(#library::http::HeaderName::from_static(#lower), "token")
                        .with_cookie("session=1")
                }
            }
        })
        .collect();
    if ways.is_empty() {
        ways.push(quote!(Credentials::bearer("token")));
    }
    ways
}

/// Brings types, and what a resource has besides, into a test.
fn imports<'t>(
    context: &Context<'_>,
    library: &Ident,
    types: impl Iterator<Item = &'t Type>,
    resource: &Resource<'_>,
    own: Vec<Ident>,
) -> TokenStream {
    let mut names = BTreeSet::new();
    let mut has_dates = false;
    for ty in types {
        context.plan.names_in(ty, &mut names);
        has_dates |= is_date(ty);
    }
    let (mut own, mut shared) = (BTreeSet::from_iter(own), BTreeSet::new());
    for named in names.iter().filter_map(|name| context.plan.named(name)) {
        let set = if named.home.is_some() {
            &mut own
        } else {
            &mut shared
        };
        set.insert(named.ident.clone());
    }
    let (module, own) = (&resource.module, own.iter());
    let dates = has_dates.then(|| quote!(use #library::DateTime;));
    let types = (!shared.is_empty()).then(|| {
        let shared = shared.iter();
        quote!(use #library::types::{#(#shared),*};)
    });
    quote!(#dates use #library::#module::{#(#own),*}; #types)
}

/// Brings the types of samples into their test, by module.
fn sample_imports(context: &Context<'_>, library: &Ident, files: &[SampleFile<'_>]) -> TokenStream {
    let mut names = BTreeSet::new();
    for file in files {
        context.plan.names_in(file.ty, &mut names);
    }
    let mut modules: BTreeMap<Ident, BTreeSet<&Ident>> = BTreeMap::new();
    for named in names.iter().filter_map(|name| context.plan.named(name)) {
        let at_home = |resource: &&Resource<'_>| named.home == Some(resource.name);
        let home = context.plan.resources.iter().find(at_home);
        let shared = || Ident::new("types", library.span());
        let module = home.map_or_else(shared, |resource| resource.module.clone());
        modules.entry(module).or_default().insert(&named.ident);
    }
    let uses = modules.iter().map(|(module, idents)| {
        let idents = idents.iter();
        quote!(use #library::#module::{#(#idents),*};)
    });
    let dates = files.iter().any(|file| is_date(file.ty));
    let dates = dates.then(|| quote!(use #library::DateTime;));
    quote!(#dates #(#uses)*)
}
