//! The README's example of query parameters that are written in a language.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::tour::Desk;
use crate::context::Context;
use crate::names::Name;
use crate::print;
use crate::queries;

#[derive(Template)]
#[template(path = "examples/query.rs.askama", escape = "none")]
struct QueryExample<'a> {
    uses: TokenStream,
    library: &'a Name,
    call: TokenStream,
    /// Whether the call returns something.
    has_response: bool,
}

/// A call with such parameters: that of the operation with the most of them. Blank where none
/// has one.
///
/// # Errors
/// What is wrong with the template.
pub fn query(context: &Context<'_>, library: &Name) -> Result<String, String> {
    let calls = context.plan.resources.iter().flat_map(|resource| {
        let desk = Desk {
            context,
            library,
            resource,
        };
        let calls = desk.of_method("GET").filter_map(move |planned| {
            let example = queries::example(context, planned);
            let call = desk.call(planned, &TokenStream::new())?;
            (example.count > 0).then_some((call, example, planned.answer().is_some()))
        });
        calls.collect::<Vec<_>>()
    });
    let mut calls: Vec<_> = calls.collect();
    // Of several with as many, the first.
    calls.sort_by_key(|(_, example, _)| std::cmp::Reverse(example.count));
    let Some((call, example, has_response)) = calls.into_iter().next() else {
        return Ok(String::new());
    };
    let set = &example.set;
    let shown = QueryExample {
        uses: example.uses(library),
        library,
        call: quote!(#call #set),
        has_response,
    };
    let text = shown.render().map_err(|error| error.to_string())?;
    print::example(&text).map_err(|error| error.to_string())
}
