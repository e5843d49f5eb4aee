//! `query/`: what filters, lists of columns and orders are made of.

use std::collections::BTreeMap;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::{self, Docs};
use super::names::{Name, Scope};
use super::plan::{PlannedOperation, Queries, QueryMethod};
use super::print;
use docwright_model::{DatePattern, OperatorPart, QueryKind};

#[derive(Template)]
#[template(path = "query.rs.askama", escape = "none")]
struct QueryFile {
    docs: Docs,
    modules: TokenStream,
    uses: TokenStream,
    dates: TokenStream,
    of_columns: Vec<MethodItem>,
    of_filters: Vec<MethodItem>,
}

struct MethodItem {
    docs: Docs,
    ident: Name,
    arguments: TokenStream,
    returns: Name,
    body: TokenStream,
}

/// The modules of the library code that a language needs, each with its type.
fn parts(kind: QueryKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        QueryKind::Filter => &[("filter", "Filter"), ("value", "Value")],
        QueryKind::Select => &[("select", "Select")],
        QueryKind::Order => &[("order", "OrderBy")],
    }
}

/// `query/mod.rs`; `library` is what the crate is called.
pub fn module(context: &Context<'_>, library: &Name) -> askama::Result<String> {
    let queries = &context.plan.queries;
    let parts = queries.kinds.iter().copied().flat_map(parts);
    let parts: BTreeMap<Name, Name> = parts
        .map(|(module, ty)| (Name::new(*module), Name::new(*ty)))
        .collect();
    let (names, types) = (parts.keys(), parts.values());
    let modules = parts.keys();
    QueryFile {
        docs: docs::inner(about(queries, library)),
        modules: quote!(#(mod #modules;)*),
        uses: quote!(#(pub use #names::#types;)*),
        dates: match queries.kinds.contains(&QueryKind::Filter) {
            true => dates(queries.dates),
            false => TokenStream::new(),
        },
        of_columns: queries.of_columns.iter().map(method).collect(),
        of_filters: queries.of_filters.iter().map(method).collect(),
    }
    .render()
}

/// The files of the library code that the languages need.
pub fn files(queries: &Queries<'_>) -> Vec<String> {
    let modules = queries.kinds.iter().copied().flat_map(parts);
    let modules = modules.map(|(module, _)| *module);
    let column = (!queries.is_empty()).then_some("column");
    let modules = column.into_iter().chain(modules);
    modules.map(|module| format!("{module}.rs")).collect()
}

/// The type of what is written in a language.
pub fn builder(kind: QueryKind) -> Name {
    Name::new(parts(kind)[0].1)
}

/// A line for the documentation of what sets a parameter in a language.
pub fn hint(kind: QueryKind) -> String {
    let builder = builder(kind);
    format!(
        "Takes a string, or [`{builder}`](crate::query::{builder}) made with \
         [`column`](crate::query::column)."
    )
}

fn dates(pattern: Option<&DatePattern>) -> TokenStream {
    let (before, behind) = pattern.map(DatePattern::around).unwrap_or_default();
    quote!(
        /// What stands before and behind a date.
        const DATES: (&str, &str) = (#before, #behind);
    )
}

fn method(method: &QueryMethod<'_>) -> MethodItem {
    let mut scope = Scope::queries();
    let (mut arguments, mut pieces) = (Vec::new(), Vec::new());
    let mut filters = 0;
    for part in method.operator.parts() {
        pieces.push(match part {
            OperatorPart::Text(text) => quote!(&#text),
            OperatorPart::Column => quote!(&self),
            OperatorPart::Value => {
                let value = scope.snake("value");
                arguments.push(quote!(#value: impl Into<Value>));
                quote!(&Value::of(#value))
            }
            OperatorPart::Values => {
                let values = scope.snake("values");
                arguments.push(quote!(#values: impl IntoIterator<Item = impl Into<Value>>));
                quote!(&value::Values::new(#values))
            }
            OperatorPart::Filter => {
                filters += 1;
                match filters {
                    1 => quote!(&self),
                    _ => {
                        arguments.push(quote!(other: impl Into<Filter>));
                        quote!(&Filter::of_any(other))
                    }
                }
            }
        });
    }
    let returns = builder(method.gives);
    let body = match method.operator.parts()[..] {
        [
            OperatorPart::Filter,
            OperatorPart::Text(joint),
            OperatorPart::Filter,
        ] => {
            quote!(self.joined(#joint, other.into()))
        }
        _ => quote!(#returns::of(&[#(#pieces),*])),
    };
    MethodItem {
        docs: docs::comments([format!("{}.", docs::code(method.operator.as_str()))]),
        ident: method.ident.clone(),
        arguments: quote!(#(, #arguments)*),
        returns,
        body,
    }
}

/// What the module is for, with an example that is a test.
fn about(queries: &Queries<'_>, library: &Name) -> Vec<String> {
    let mut lines = vec![
        "Builders of filters, lists of columns and orders of rows.".to_owned(),
        String::new(),
        "The methods of calls that set them also take a text, and send it unchanged.".to_owned(),
        "Only documented operators have a method.".to_owned(),
    ];
    if let Some((code, text)) = filter(queries) {
        let library = library.as_str();
        let code = quote!(let filter = #code;);
        let code = print::example(&format!("fn main() {{ {code} }}")).unwrap_or_default();
        let code: Vec<&str> = code.lines().collect();
        let body = code
            .get(1..code.len().saturating_sub(1))
            .unwrap_or_default();
        lines.extend([
            String::new(),
            "```".to_owned(),
            format!("use {library}::query::column;"),
            String::new(),
        ]);
        lines.extend(
            body.iter()
                .map(|line| line.trim_start_matches("    ").to_owned()),
        );
        lines.push(format!("assert_eq!(filter.text().unwrap(), {text:?});"));
        lines.push("```".to_owned());
    }
    lines
}

/// What an example sets of an operation's parameters that are written in a language.
#[derive(Default)]
pub struct Example {
    /// The calls of the setters.
    pub set: TokenStream,
    /// How many they are.
    pub count: usize,
    has_column: bool,
}

impl Example {
    /// What it needs from the crate.
    pub fn uses(&self, library: &Name) -> TokenStream {
        match self.has_column {
            true => quote!(use #library::query::column;),
            false => TokenStream::new(),
        }
    }
}

/// The parameters of an operation that are written in a language, for an example.
pub fn example(context: &Context<'_>, planned: &PlannedOperation<'_>) -> Example {
    let queries = &context.plan.queries;
    let mut example = Example::default();
    for planned in planned.set_on_call() {
        let (value, has_column) = match planned.language() {
            None => continue,
            Some(QueryKind::Select) => (quote!(["name"]), false),
            Some(QueryKind::Order) => (order(queries), true),
            Some(QueryKind::Filter) => match filter(queries) {
                Some((filter, _)) => (filter, true),
                None => (quote!("text"), false),
            },
        };
        let setter = &planned.setter;
        example.set.extend(quote!(.#setter(#value)));
        example.count += 1;
        example.has_column |= has_column;
    }
    example
}

/// A filter for an example, and the text that is sent.
fn filter(queries: &Queries<'_>) -> Option<(TokenStream, String)> {
    use OperatorPart::{Column, Filter, Text, Value};
    let mut of_columns = queries.of_columns.iter();
    let (method, between) = of_columns.find_map(|it| match it.operator.parts()[..] {
        [Column, Text(between), Value] => Some((&it.ident, between)),
        _ => None,
    })?;
    let one = |name: &str, value: TokenStream, written: &str| {
        let code = quote!(column(#name).#method(#value));
        (code, format!("{name}{between}{written}"))
    };
    let (code, text) = one("name", quote!("it's"), "'it''s'");
    let mut of_filters = queries.of_filters.iter();
    let join = of_filters.find_map(|it| match it.operator.parts()[..] {
        [Filter, Text(joint), Filter] => Some((&it.ident, joint)),
        _ => None,
    });
    Some(match join {
        None => (code, text),
        Some((join, joint)) => {
            let (other, other_text) = one("id", quote!(1), "1");
            let code = quote!(#code.#join(#other));
            (code, format!("{text}{joint}{other_text}"))
        }
    })
}

/// An order for an example.
fn order(queries: &Queries<'_>) -> TokenStream {
    let mut methods = queries.of_columns.iter();
    match methods.find(|it| it.gives == QueryKind::Order) {
        Some(QueryMethod { ident, .. }) => quote!(column("name").#ident()),
        None => quote!(column("name")),
    }
}
