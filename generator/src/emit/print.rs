//! Rust source text from what a template made: parsed, printed, with the header on top.
//!
//! prettyplease leaves no blank lines and drops `//` comments. So what is to be apart
//! is separated by a marker that is an empty line in the end, and the header goes on
//! last.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, ImplItem, Item, TraitItem};

/// A macro call that stands for an empty line. Nothing else prints as this line: texts
/// of pages are in string literals and doc comments, which begin with other characters.
const BLANK: &str = "__blank_line!();";

/// Prints a file.
///
/// # Errors
/// When the text isn't Rust, which is a mistake in a template.
pub fn rust(text: &str, header: &str) -> Result<String, syn::Error> {
    let mut file: File = syn::parse_str(text)?;
    file.items = apart(std::mem::take(&mut file.items), Item::Verbatim, |a, b| {
        matches!((a, b), (Item::Use(_), Item::Use(_)) | (Item::Mod(_), Item::Mod(_)))
            || matches!((a, b), (Item::Static(_), Item::Static(_)))
    });
    for item in &mut file.items {
        separate(item);
    }
    let printed = prettyplease::unparse(&file);
    let mut out = String::with_capacity(header.len() + printed.len());
    out.push_str(header);
    out.push('\n');
    for line in printed.lines() {
        if line.trim_start() != BLANK {
            out.push_str(line);
        }
        out.push('\n');
    }
    Ok(out)
}

/// Separates the items within an item.
fn separate(item: &mut Item) {
    match item {
        Item::Impl(block) => {
            block.items = apart(std::mem::take(&mut block.items), ImplItem::Verbatim, |a, b| {
                matches!((a, b), (ImplItem::Type(_), ImplItem::Type(_)))
            });
        }
        Item::Trait(block) => {
            block.items =
                apart(std::mem::take(&mut block.items), TraitItem::Verbatim, |_, _| false);
        }
        Item::Mod(module) => {
            if let Some((_, items)) = &mut module.content {
                *items = apart(std::mem::take(items), Item::Verbatim, |a, b| {
                    matches!((a, b), (Item::Use(_), Item::Use(_)))
                });
                items.iter_mut().for_each(separate);
            }
        }
        _ => {}
    }
}

/// Puts markers between items that don't stand together.
fn apart<T>(
    items: Vec<T>,
    verbatim: fn(TokenStream) -> T,
    together: fn(&T, &T) -> bool,
) -> Vec<T> {
    let mut out: Vec<T> = Vec::with_capacity(items.len() * 2);
    for item in items {
        if out.last().is_some_and(|last| !together(last, &item)) {
            out.push(verbatim(quote!(__blank_line!();)));
        }
        out.push(item);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_apart_and_uses_together() {
        let text = "//! Docs.\nuse a::B; use c::D; struct A; impl A { fn a() {} fn b() {} }";
        let printed = rust(text, "// Header.\n").unwrap();
        let expected = "\
// Header.

//! Docs.
use a::B;
use c::D;

struct A;

impl A {
    fn a() {}

    fn b() {}
}
";
        assert_eq!(printed, expected);
    }

    #[test]
    fn what_is_no_rust_is_an_error() {
        assert!(rust("struct", "").is_err());
    }
}
