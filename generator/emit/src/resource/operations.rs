//! `operations.rs`: the operations as types.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::{bodies, uses, words};
use crate::context::Context;
use crate::docs::{self, Docs};
use crate::headers;
use crate::names::Name;
use crate::plan::{PlannedOperation, Resource, template};
use crate::schemas::has_map;
use docwright_model::Location;

#[derive(Template)]
#[template(path = "resource/operations.rs.askama", escape = "none")]
struct OperationsFile {
    docs: Docs,
    types: TokenStream,
    media_types: TokenStream,
    has_maps: bool,
    operations: Vec<OperationItem>,
}

struct OperationItem {
    docs: Docs,
    ident: Name,
    /// The headers and cookies that a request has to have, if there are such.
    required: TokenStream,
    body: TokenStream,
    answer: TokenStream,
    uid: TokenStream,
    http_method: Name,
    path: TokenStream,
    success: Name,
    consumes: TokenStream,
    produces: TokenStream,
}

/// `operations.rs`.
pub fn operations(context: &Context<'_>, resource: &Resource<'_>) -> askama::Result<String> {
    let bodies = || {
        resource
            .operations
            .iter()
            .flat_map(|planned| bodies(planned))
    };
    // One that is written in place would be compiled at each operation.
    let none = Name::new("NONE");
    let mut media_types = BTreeSet::new();
    let items = resource.operations.iter().map(|planned| {
        let (operation, info) = (
            planned.operation,
            headers::negotiation(context.plan.api, planned),
        );
        let list = |names| context.plan.media_type_lists.get(names).unwrap_or(&none);
        let (consumes, produces) = (list(&info.consumes), list(&info.produces));
        media_types.extend([consumes, produces]);
        let (uid, path) = (&operation.uid, template(&operation.path));
        let answer = planned.answer().map(|body| &body.ty);
        OperationItem {
            docs: docs::comments(words::facts(context, resource, operation)),
            ident: planned.ident.clone(),
            required: requirements(planned),
            body: context.plan.request_body(planned.body.as_ref()),
            answer: context.plan.body(answer),
            uid: quote!(#uid),
            http_method: Name::new(&operation.method),
            path: quote!(#path),
            success: status_constant(
                planned
                    .success
                    .and_then(|response| response.status.code())
                    .unwrap_or(200),
            ),
            consumes: quote!(#consumes),
            produces: quote!(#produces),
        }
    });
    let operations: Vec<_> = items.collect();
    let media_types = media_types.iter();
    let name = docs::code(resource.name);
    OperationsFile {
        docs: docs::inner([format!("The operations of the resource {name}, as types.")]),
        types: uses(context, resource, bodies()),
        media_types: quote!({#(#media_types),*}),
        has_maps: bodies().any(has_map),
        operations,
    }
    .render()
}

/// What a request needs, as far as it isn't what requests need by default.
fn requirements(planned: &PlannedOperation<'_>) -> TokenStream {
    let names = |location: Location| {
        let fields = planned.fields.iter().map(|planned| planned.parameter);
        let fields = fields.filter(|it| it.required && it.location == location);
        fields.map(|it| it.name.clone()).collect::<Vec<_>>()
    };
    let constant = |name: &str, names: Vec<String>| {
        let name = Name::new(name);
        (!names.is_empty()).then(|| quote!(const #name: &'static [&'static str] = &[#(#names),*];))
    };
    let headers = constant("REQUIRED_HEADERS", names(Location::Header));
    let cookies = constant("REQUIRED_COOKIES", names(Location::Cookie));
    let is_optional = planned.body.is_some_and(|body| body.optional);
    let optional = is_optional.then(|| {
        quote!(
            const OPTIONAL_BODY: bool = true;
        )
    });
    quote!(#headers #cookies #optional)
}

/// The constant of a status that is a success (RFC 9110, section 15.3).
fn status_constant(status: u16) -> Name {
    Name::new(match status {
        201 => "CREATED",
        202 => "ACCEPTED",
        203 => "NON_AUTHORITATIVE_INFORMATION",
        204 => "NO_CONTENT",
        205 => "RESET_CONTENT",
        206 => "PARTIAL_CONTENT",
        207 => "MULTI_STATUS",
        _ => "OK",
    })
}
