//! `tests/contract`: the client talks to the stub.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::samples::SampleFile;
use super::values::{TestValue, message, uri, value};
use crate::context::Context;
use crate::docs;
use crate::media_types::are_multipart;
use crate::names::Name;
use crate::plan::{PlannedOperation, PlannedParameter, Resource};
use crate::resource::{bodies, owned_arguments, parameter_type, query_idents, request_type};
use crate::schemas::{has_map, is_date};
use docwright_model::{Direction, Location, SecurityScheme, Type};

#[derive(Template)]
#[template(path = "tests/contract/main.rs.askama", escape = "none")]
struct ContractFile<'a> {
    library: Name,
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
    service: &'a Name,
    methods: Vec<StubMethod>,
    cases: Vec<CaseItem>,
    /// Whether it is here that the documented headers are tested: one call is enough.
    shows_headers: bool,
}

struct StubMethod {
    method: Name,
    ident: Name,
    arguments: TokenStream,
    names: TokenStream,
    request: TokenStream,
    answer: TokenStream,
}

struct CaseItem {
    ident: Name,
    uri: TokenStream,
    path: TokenStream,
    query: TokenStream,
    /// Names and values of the headers and cookies that are sent.
    headers: TokenStream,
    cookies: TokenStream,
    body: TokenStream,
    answer: TokenStream,
    client: TokenStream,
    call: TokenStream,
}

struct HeaderItem {
    setter: Name,
    constant: Name,
    value: TokenStream,
}

/// `tests/contract/main.rs`: the driver.
pub fn contract(context: &Context<'_>, library: &Name) -> askama::Result<String> {
    let headers = context.plan.plain_headers.iter().map(|header| {
        let value = header.constant.to_string().to_ascii_lowercase();
        HeaderItem {
            setter: header.ident.clone(),
            constant: header.constant.clone(),
            value: quote!(#value),
        }
    });
    ContractFile {
        library: library.clone(),
        resources: &context.plan.resources,
        credentials: credentials(context, library),
        headers: headers.collect(),
    }
    .render()
}

/// `tests/contract/RESOURCE.rs`: the table.
pub fn contract_resource(
    context: &Context<'_>,
    library: &Name,
    resource: &Resource<'_>,
    files: &[SampleFile<'_>],
) -> askama::Result<String> {
    let operations = &resource.operations;
    let parameters = |planned| parameters(context, planned);
    let types = operations
        .iter()
        .flat_map(|planned| bodies(planned).cloned().chain(parameters(planned)));
    let types: Vec<_> = types.collect();
    let mut shapes = BTreeSet::new();
    let reachable = operations
        .iter()
        .filter(|planned| shapes.insert(context.plan.shape(planned)));
    let mut own: Vec<_> = query_idents(resource).cloned().collect();
    own.extend([resource.service.clone(), Name::new("operations")]);
    ContractResource {
        name: docs::code(resource.name),
        imports: imports(context, library, types.iter(), resource, own),
        has_maps: types.iter().any(has_map),
        service: &resource.service,
        shows_headers: !context.plan.plain_headers.is_empty()
            && context
                .plan
                .resources
                .first()
                .is_some_and(|first| first.module == resource.module),
        cases: reachable
            .map(|planned| case(context, resource, planned, files))
            .collect(),
        methods: operations
            .iter()
            .map(|planned| stub(context, planned))
            .collect(),
    }
    .render()
}

/// The types of the parameters.
fn parameters(context: &Context<'_>, planned: &PlannedOperation<'_>) -> impl Iterator<Item = Type> {
    let parameters = planned
        .path
        .iter()
        .chain(&planned.query)
        .chain(&planned.fields);
    parameters.map(|planned| parameter_type(context, planned))
}

fn stub(context: &Context<'_>, planned: &PlannedOperation<'_>) -> StubMethod {
    let names: Vec<_> = planned.path.iter().map(|planned| &planned.ident).collect();
    StubMethod {
        method: planned.method.clone(),
        ident: planned.ident.clone(),
        arguments: owned_arguments(context, planned),
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
    let with_value = |p| (p, value(context, p));
    let queries: Vec<_> = planned.query.iter().map(with_value).collect();
    let others: Vec<_> = planned
        .query
        .iter()
        .chain(&planned.fields)
        .map(with_value)
        .collect();
    let body = planned
        .body
        .map(|body| message(context, planned, Direction::Request, body.ty, files));
    let answer = planned
        .answer()
        .map(|body| message(context, planned, Direction::Response, &body.ty, files));
    let uri = uri(context, planned, &path, &queries);
    let fields = |location: Location| {
        let fields = others
            .iter()
            .filter(|(planned, _)| planned.parameter.location == location);
        let pairs = fields.map(|(planned, value)| {
            let (name, text) = (&planned.parameter.name, &value.text);
            quote!((#name, #text))
        });
        quote!(&[#(#pairs),*])
    };
    CaseItem {
        ident: planned.ident.clone(),
        uri: quote!(#uri),
        path: quote!(&[#(#texts),*]),
        query: query_text(context, planned, &queries),
        headers: fields(Location::Header),
        cookies: fields(Location::Cookie),
        body: body.unwrap_or(quote!(super::Message::None)),
        answer: answer.unwrap_or(quote!(super::Message::None)),
        client: if planned.body.is_some() {
            quote!(body)
        } else {
            quote!(_)
        },
        call: call(context, resource, planned, &path, &others),
    }
}

/// The text of the query's type with all parameters.
fn query_text(
    context: &Context<'_>,
    planned: &PlannedOperation<'_>,
    queries: &[(&PlannedParameter<'_>, TestValue)],
) -> TokenStream {
    let fields = queries.iter().map(|(planned, value)| {
        let (field, owned) = (&planned.ident, &value.owned);
        let is_repeated = planned.repeated(&context.plan).is_some();
        match (is_repeated, planned.parameter.required) {
            (true, _) => quote!(#field: vec![#owned]),
            (false, true) => quote!(#field: #owned),
            (false, false) => quote!(#field: Some(#owned)),
        }
    });
    match &planned.query_ident {
        Some(query) => quote!(text_of(&#query { #(#fields),* })),
        None => quote!("()".to_owned()),
    }
}

/// The call with all parameters; `others` are those that aren't in the path.
fn call(
    context: &Context<'_>,
    resource: &Resource<'_>,
    planned: &PlannedOperation<'_>,
    path: &[TestValue],
    others: &[(&PlannedParameter<'_>, TestValue)],
) -> TokenStream {
    let (accessor, method) = (&resource.accessor, &planned.method);
    let (required, optional): (Vec<_>, Vec<_>) = others
        .iter()
        .partition(|(planned, _)| planned.parameter.required);
    let in_path = path.iter().map(|value| &value.borrowed);
    let required = required.into_iter().map(|(_, value)| &value.borrowed);
    let body = planned.body.map(|body| {
        let owned = context.plan.owned(body.ty);
        let value = match &body.ty {
            ty if context.plan.is_bytes(ty) => quote!(body.to_owned()),
            ty if context.plan.is_copied(ty) => quote!(read::<#owned>(body)),
            _ => quote!(&read::<#owned>(body)),
        };
        context.plan.given(&body, value)
    });
    let setters = optional.into_iter().map(|(planned, value)| {
        let (setter, borrowed) = (&planned.setter, &value.borrowed);
        quote!(.#setter(#borrowed))
    });
    let arguments = in_path.chain(required).cloned().chain(body);
    // Whatever bytes are sent, they are a form with files to the server.
    let form = planned.body.filter(|body| are_multipart(body.media_types));
    let form = form.map(
        |_| quote!(.body_as(&super::MediaType::from_static("multipart/form-data; boundary=x"))),
    );
    quote!(client.#accessor().#method(#(#arguments),*)#(#setters)*#form)
}

/// Credentials of each documented kind.
fn credentials(context: &Context<'_>, library: &Name) -> Vec<TokenStream> {
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
                    Credentials::header(::#library::http::HeaderName::from_static(#lower), "token")
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
    library: &Name,
    types: impl Iterator<Item = &'t Type>,
    resource: &Resource<'_>,
    own: Vec<Name>,
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
    let dates = has_dates.then(|| quote!(use ::#library::DateTime;));
    let types = (!shared.is_empty()).then(|| {
        let shared = shared.iter();
        quote!(use ::#library::types::{#(#shared),*};)
    });
    quote!(#dates use ::#library::#module::{#(#own),*}; #types)
}
