//! `headers.rs`: request headers, media types, authentication schemes.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use docwright_model::{Api, Header, SecurityScheme};

use super::context::Context;
use super::docs::{self, Docs};
use super::media_types::{JSON, Side, can_be_form, usable};
use super::names::{Name, Scope};
use super::plan::{PlannedOperation, Resource};

#[derive(Template)]
#[template(path = "headers.rs.askama", escape = "none")]
struct HeadersFile {
    headers: Vec<HeaderItem>,
    schemes: Vec<SchemeItem>,
    instead: TokenStream,
    media_types: Vec<MediaTypeItem>,
    media_type_lists: Vec<MediaTypeListItem>,
    credentials: Vec<CredentialsItem>,
    setters: Vec<SetterItem>,
}

struct HeaderItem {
    docs: Docs,
    constant: Name,
    lower: TokenStream,
}

struct SchemeItem {
    name: TokenStream,
    challenge: TokenStream,
}

struct MediaTypeItem {
    docs: Docs,
    constant: Name,
    name: TokenStream,
}

struct MediaTypeListItem {
    docs: Docs,
    constant: Name,
    members: TokenStream,
}

struct CredentialsItem {
    docs: Docs,
    ident: Name,
    body: TokenStream,
}

struct SetterItem {
    set_docs: Docs,
    get_docs: Docs,
    ident: Name,
    constant: Name,
    ty: TokenStream,
    value: TokenStream,
}

/// A documented request header.
pub struct NamedHeader<'a> {
    /// The header.
    pub header: &'a Header,
    /// Its constant.
    pub constant: Name,
    /// Its method, of calls and of requests.
    pub ident: Name,
}

fn named(api: &Api) -> Vec<NamedHeader<'_>> {
    let mut constants = Scope::constants();
    let mut idents = Scope::call();
    let named = api.headers.iter().map(|header| NamedHeader {
        header,
        constant: constants.shouty(&header.name),
        ident: idents.snake(&header.name),
    });
    named.collect()
}

/// The headers that are neither credentials nor about media types, which calls set in
/// other ways.
pub fn plain(api: &Api) -> Vec<NamedHeader<'_>> {
    let is_plain = |named: &NamedHeader<'_>| {
        !carries_credentials(api, &named.header.name) && !is_media_type(&named.header.name)
    };
    named(api).into_iter().filter(is_plain).collect()
}

/// Whether the value of a header is a media type (RFC 9110, sections 8.3 and 12.5.1).
fn is_media_type(name: &str) -> bool {
    ["accept", "content-type"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// `headers.rs`.
pub fn headers(context: &Context<'_>) -> askama::Result<String> {
    let api = context.plan.api;
    let headers = named(api);
    let setters = headers
        .iter()
        .filter(|named| !carries_credentials(api, &named.header.name));
    let instead = api.security.iter().filter_map(|scheme| match scheme {
        SecurityScheme::Header { name } => Some(name.to_ascii_lowercase()),
        SecurityScheme::Authorization { .. } => None,
    });
    HeadersFile {
        setters: setters.map(setter).collect(),
        headers: headers.iter().map(item).collect(),
        schemes: schemes(api),
        instead: quote!(#(#instead),*),
        media_types: media_types(context),
        media_type_lists: media_type_lists(context),
        credentials: credentials(api),
    }
    .render()
}

fn item(named: &NamedHeader<'_>) -> HeaderItem {
    let lower = named.header.name.to_ascii_lowercase();
    let mut lines = vec![docs::code(&named.header.name)];
    if let Some(text) = &named.header.description {
        lines.push(String::new());
        lines.extend(docs::lines(text.markdown(), &docs::nothing));
    }
    HeaderItem {
        docs: docs::comments(lines),
        constant: named.constant.clone(),
        lower: quote!(#lower),
    }
}

fn setter(named: &NamedHeader<'_>) -> SetterItem {
    let name = docs::code(&named.header.name);
    let (ty, value) = match is_media_type(&named.header.name) {
        true => (quote!(&crate::MediaType), quote!(value.as_str())),
        false => (quote!(&str), quote!(value)),
    };
    SetterItem {
        set_docs: docs::comments([format!("Sets the header {name}.")]),
        get_docs: docs::comments([format!("The header {name}, if it was sent as ASCII text.")]),
        ident: named.ident.clone(),
        constant: named.constant.clone(),
        ty,
        value,
    }
}

/// Whether a header says who is calling.
fn carries_credentials(api: &Api, header: &str) -> bool {
    header.eq_ignore_ascii_case("authorization")
        || api.security.iter().any(
            |scheme| matches!(scheme, SecurityScheme::Header { name } if name.eq_ignore_ascii_case(header)),
        )
}

fn schemes(api: &Api) -> Vec<SchemeItem> {
    // A quoted string of a header (RFC 9110, section 5.6.4), without what it would escape.
    let is_plain = |c: &char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
    let realm: String = api.title.chars().filter(is_plain).collect();
    let schemes = api.security.iter().filter_map(|scheme| match scheme {
        SecurityScheme::Authorization { scheme } => Some(scheme),
        SecurityScheme::Header { .. } => None,
    });
    schemes
        .map(|scheme| {
            // RFC 7617, section 2.1: user and password are in UTF-8.
            let charset = if scheme.eq_ignore_ascii_case("basic") {
                ", charset=\"UTF-8\""
            } else {
                ""
            };
            let challenge = format!("{scheme} realm=\"{realm}\"{charset}");
            SchemeItem {
                name: quote!(#scheme),
                challenge: quote!(#challenge),
            }
        })
        .collect()
}

fn credentials(api: &Api) -> Vec<CredentialsItem> {
    let mut idents = Scope::credentials();
    let items = special(api).map(|scheme| match scheme {
        SecurityScheme::Authorization { scheme } => {
            let says = docs::code(&format!("Authorization: {scheme} …"));
            CredentialsItem {
                docs: docs::comments([says]),
                ident: idents.snake(scheme),
                body: quote!(Self::token(#scheme, token)),
            }
        }
        SecurityScheme::Header { name } => {
            let lower = name.to_ascii_lowercase();
            // `X-` only means that the header isn't standardised (RFC 6648).
            let ident = idents.snake(lower.strip_prefix("x-").unwrap_or(&lower));
            let says = docs::code(name);
            CredentialsItem {
                docs: docs::comments([
                    format!("The header {says}, instead of `Authorization`."),
                    String::new(),
                    "Add the cookies of its session with [`with_cookie`](Self::with_cookie)."
                        .to_owned(),
                ]),
                ident,
                body: quote!(Self::header(crate::http::HeaderName::from_static(#lower), token)),
            }
        }
    });
    items.collect()
}

/// Credentials of a kind that the API documents.
pub struct SomeCredentials {
    /// How a caller makes them.
    pub made: TokenStream,
    /// Whether these are the `credentials` that a server received.
    pub are_sent: TokenStream,
}

/// Credentials for examples: those that most callers know, if they are documented.
pub fn for_example(api: &Api) -> SomeCredentials {
    let has = |name: &str| {
        let mut schemes = api.security.iter();
        schemes.any(|it| matches!(it, SecurityScheme::Authorization { scheme } if scheme.eq_ignore_ascii_case(name)))
    };
    let mut others = credentials(api).into_iter().zip(special(api));
    let (made, are_sent) = match (has("bearer"), has("basic"), others.next()) {
        (false, true, _) => (
            quote!(Credentials::basic("user", "password")),
            quote!(*credentials == Credentials::basic("user", "password")),
        ),
        (false, false, Some((CredentialsItem { ident, .. }, scheme))) => (
            quote!(Credentials::#ident("token")),
            match scheme {
                SecurityScheme::Authorization { scheme } => {
                    quote!(credentials.token_of(#scheme) == Some("token"))
                }
                SecurityScheme::Header { .. } => quote! {
                    matches!(credentials, Credentials::Header { token, .. } if token == "token")
                },
            },
        ),
        _ => (
            quote!(Credentials::bearer("token")),
            quote!(credentials.token_of("Bearer") == Some("token")),
        ),
    };
    SomeCredentials { made, are_sent }
}

/// The schemes with their own constructor.
fn special(api: &Api) -> impl Iterator<Item = &SecurityScheme> {
    api.security.iter().filter(|scheme| match scheme {
        SecurityScheme::Authorization { scheme } => !is_standard(scheme),
        SecurityScheme::Header { .. } => true,
    })
}

/// Whether each crate has a constructor for the scheme.
fn is_standard(scheme: &str) -> bool {
    ["basic", "bearer"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
}

/// The documented media types, by name.
fn documented(api: &Api) -> BTreeSet<&str> {
    let operations = api.operations.iter();
    let mut names: BTreeSet<&str> = operations
        .flat_map(|operation| {
            let bodies = operation.request.iter();
            let answers = operation
                .responses
                .iter()
                .filter_map(|response| response.body.as_ref());
            let others = bodies.clone().flat_map(|body| &body.others);
            let others = others.flat_map(|content| &content.media_types);
            let media_types = bodies.chain(answers).flat_map(|body| &body.media_types);
            let media_types = media_types.chain(others).chain(&operation.accepts);
            media_types.map(String::as_str)
        })
        .collect();
    names.insert(JSON);
    names
}

fn media_types(context: &Context<'_>) -> Vec<MediaTypeItem> {
    let items = context
        .plan
        .media_types
        .iter()
        .map(|(name, constant)| MediaTypeItem {
            docs: docs::comments([format!("{}.", docs::code(name))]),
            constant: constant.clone(),
            name: quote!(#name),
        });
    items.collect()
}

/// The constants of the documented media types, by name.
pub fn constants(api: &Api) -> BTreeMap<&str, Name> {
    let mut constants = Scope::media_types();
    let ident = |name| (name, constants.shouty(name));
    documented(api).into_iter().map(ident).collect()
}

fn media_type_lists(context: &Context<'_>) -> Vec<MediaTypeListItem> {
    let lists = context.plan.media_type_lists.iter();
    let items = lists.map(|(names, constant)| {
        let says: Vec<_> = names.iter().map(|name| docs::code(name)).collect();
        let members = names.iter().map(|name| &context.plan.media_types[*name]);
        MediaTypeListItem {
            docs: docs::comments([format!("{}.", says.join(" or "))]),
            constant: constant.clone(),
            members: quote!(#(#members),*),
        }
    });
    items.collect()
}

/// The constants of the lists of media types that operations read or write. Writing the
/// list at each operation would take most of the compile time there.
pub fn lists<'a>(api: &Api, resources: &[Resource<'a>]) -> BTreeMap<Vec<&'a str>, Name> {
    let mut taken = Scope::media_types();
    for name in documented(api) {
        taken.shouty(name);
    }
    let operations = resources.iter().flat_map(|resource| &resource.operations);
    let lists: BTreeSet<_> = operations
        .map(|planned| negotiation(api, planned))
        .flat_map(|info| [info.consumes, info.produces])
        .filter(|names| !names.is_empty())
        .collect();
    let named = lists.into_iter().map(|names| {
        let constant = match &names[..] {
            [only] => taken.shouty(&format!("only {only}")),
            [first, second] => taken.shouty(&format!("{first} or {second}")),
            // All names together could be too long for a file name, which its
            // documentation page needs.
            [first, .., last] => taken.shouty(&format!("{first} to {last} {}", names.len())),
            [] => taken.shouty("none"),
        };
        (names, constant)
    });
    named.collect()
}

/// The media types of an operation that are read and written.
pub struct Negotiation<'a> {
    /// Of the request's body.
    pub consumes: Vec<&'a str>,
    /// Of the successful answer.
    pub produces: Vec<&'a str>,
}

/// The media types of an operation: those of JSON and forms, or all of them where bodies are bytes.
pub fn negotiation<'a>(api: &Api, planned: &PlannedOperation<'a>) -> Negotiation<'a> {
    let operation = planned.operation;
    // All listed types are accepted: a merge patch has the properties of the object, or
    // fewer.
    let consumes = planned.body.map(|body| {
        let can_be_form = can_be_form(api, body.ty);
        usable(body.media_types, body.ty, Side::Request { can_be_form })
    });
    let produces = planned.answer().map(|body| {
        let named = if body.media_types.is_empty() {
            &operation.accepts
        } else {
            &body.media_types
        };
        usable(named, &body.ty, Side::Response)
    });
    Negotiation {
        consumes: consumes.unwrap_or_default(),
        produces: produces.unwrap_or_default(),
    }
}
