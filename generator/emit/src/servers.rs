//! `servers.rs`: the documented base URLs.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::{self, Docs};
use super::names::{Name, Scope};

#[derive(Template)]
#[template(path = "servers.rs.askama", escape = "none")]
struct ServersFile {
    servers: Vec<ServerItem>,
}

struct ServerItem {
    docs: Docs,
    constant: Name,
    url: TokenStream,
}

/// `servers.rs`.
pub fn servers(context: &Context<'_>) -> askama::Result<String> {
    let mut constants = Scope::constants();
    let servers = context.plan.api.servers.iter().map(|server| {
        let mut lines = match &server.description {
            Some(text) => docs::lines(text.markdown(), &docs::nothing),
            None => vec![format!("{}.", docs::code(&server.url))],
        };
        if server.url.contains('{') {
            let says = "Replace the parts in braces.";
            lines.extend([String::new(), says.to_owned()]);
        }
        let url = &server.url;
        ServerItem {
            docs: docs::comments(lines),
            constant: constants.shouty("BASE_URL"),
            url: quote!(#url),
        }
    });
    ServersFile {
        servers: servers.collect(),
    }
    .render()
}

/// The base URL of an example: the first documented one, if it can be used as it is.
pub fn for_example(context: &Context<'_>) -> TokenStream {
    match context.plan.api.servers.first() {
        Some(server) if !server.url.contains('{') => quote!(Client::BASE_URL),
        _ => quote!("https://example.com"),
    }
}
