//! Rust source text from what a template made: parsed, printed, with the header on top.
//!
//! prettyplease leaves no blank lines and drops `//` comments. So what is to be apart
//! is separated by a marker that is an empty line in the end, and the header goes on
//! last. Lists in macros, which prettyplease would fill into paragraphs, keep the lines
//! of the template.

use quote::ToTokens as _;
use syn::parse::Parse;
use syn::{File, ImplItem, Item, ItemMacro, UseTree, Visibility, parse_quote};

/// A macro call that stands for an empty line. Nothing else prints as this line: texts
/// of pages are in string literals and doc comments, which begin with other characters.
const BLANK: &str = "__blank_line!();";

/// What stands before a number where a list in a macro is to be.
const LIST: &str = "__list!(";

/// Prints a file.
///
/// # Errors
/// When the text isn't Rust, which is a mistake in a template.
pub fn rust(text: &str, header: &str) -> Result<String, syn::Error> {
    let mut out = header.to_owned();
    out.push('\n');
    let (text, lists) = without_lists(text)?;
    print(syn::parse_str(&text)?, &lists, &mut out);
    Ok(out)
}

/// The text with a marker for each list in a macro such as `object! {`, and the lines of
/// each of them.
fn without_lists(text: &str) -> Result<(String, Vec<Vec<&str>>), syn::Error> {
    let mut out = String::with_capacity(text.len());
    let mut lists: Vec<Vec<&str>> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.ends_with("! {") && !line.starts_with([' ', '/']) {
            let rest = lines.by_ref().take_while(|line| *line != "}");
            let mut list: Vec<_> = std::iter::once(line).chain(rest).chain(["}"]).collect();
            list.retain(|line| !line.trim().is_empty());
            syn::parse_str::<ItemMacro>(&list.join("\n"))?;
            out.push_str(&format!("{LIST}{});\n", lists.len()));
            lists.push(list);
            continue;
        }
        without_comment(line)?;
        out.push_str(line);
        out.push('\n');
    }
    Ok((out, lists))
}

/// Prints an example, without a header.
///
/// # Errors
/// When the text isn't Rust.
pub fn example(text: &str) -> Result<String, syn::Error> {
    text.lines().try_for_each(without_comment)?;
    let mut out = String::new();
    print(syn::parse_str(text)?, &[], &mut out);
    Ok(out)
}

/// Refuses a line with a `//` comment, which prettyplease would drop in silence.
fn without_comment(line: &str) -> Result<(), syn::Error> {
    let mut is_in_text = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        match c {
            '\\' => rest = rest.get(1..).unwrap_or_default(),
            '"' => is_in_text = !is_in_text,
            '\'' if rest.starts_with("'\"'") => rest = &rest[2..],
            '/' if !is_in_text && (rest.starts_with("///") || rest.starts_with("//!")) => {
                return Ok(());
            }
            '/' if !is_in_text && rest.starts_with("//") => {
                let message = format!(
                    "the comment `{}` would be lost: write `///` for readers of the crate, \
                     `{{# #}}` for those of the template",
                    rest.trim_end()
                );
                return Err(syn::Error::new(proc_macro2::Span::call_site(), message));
            }
            _ => {}
        }
        let next = rest.chars().next().map_or(0, char::len_utf8);
        rest = &rest[next..];
    }
    Ok(())
}

fn print(mut file: File, lists: &[Vec<&str>], out: &mut String) {
    let is_use = |item: &Item| matches!(item, Item::Use(it) if it.attrs.is_empty());
    for block in file.items.chunk_by_mut(|a, b| is_use(a) && is_use(b)) {
        block.sort_by_cached_key(order);
    }
    file.items = apart(std::mem::take(&mut file.items), |a, b| {
        matches!(
            (a, b),
            (Item::Use(_), Item::Use(_)) | (Item::Mod(_), Item::Mod(_))
        ) || matches!((a, b), (Item::Static(_), Item::Static(_)))
    });
    for item in &mut file.items {
        separate(item);
    }
    if !file.attrs.is_empty() {
        file.items.insert(0, parse_quote!(__blank_line!();));
    }
    let printed = prettyplease::unparse(&file);
    for line in printed.lines() {
        let code = line.trim_start();
        let number = code.strip_prefix(LIST).and_then(|n| n.strip_suffix(");"));
        let number: Option<usize> = number.and_then(|n| n.parse().ok());
        if let Some(list) = number.and_then(|number| lists.get(number)) {
            for line in list {
                out.extend([line, "\n"]);
            }
            continue;
        }
        if code != BLANK {
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// Where an item stands in a block of `use` items: as rustfmt sorts them, and what is
/// exported last.
fn order(item: &Item) -> (bool, u8, String) {
    let Item::Use(it) = item else {
        return (false, 0, String::new());
    };
    let root = match &it.tree {
        UseTree::Path(path) if path.ident == "super" => 0,
        UseTree::Path(path) if path.ident == "crate" => 1,
        _ => 2,
    };
    let is_exported = !matches!(it.vis, Visibility::Inherited);
    (is_exported, root, it.tree.to_token_stream().to_string())
}

/// Separates the items within an item.
fn separate(item: &mut Item) {
    match item {
        Item::Impl(block) => {
            block.items = apart(std::mem::take(&mut block.items), |a, b| {
                matches!((a, b), (ImplItem::Type(_), ImplItem::Type(_)))
            });
        }
        Item::Trait(block) => {
            block.items = apart(std::mem::take(&mut block.items), |_, _| false);
        }
        Item::Mod(module) => {
            if let Some((_, items)) = &mut module.content {
                *items = apart(std::mem::take(items), |a, b| {
                    matches!((a, b), (Item::Use(_), Item::Use(_)))
                });
                items.iter_mut().for_each(separate);
            }
        }
        _ => {}
    }
}

/// Puts markers between items that don't stand together.
fn apart<T: Parse + Clone>(items: Vec<T>, together: fn(&T, &T) -> bool) -> Vec<T> {
    let blank: T = parse_quote!(__blank_line!(););
    let mut out: Vec<T> = Vec::with_capacity(items.len() * 2);
    for item in items {
        if out.last().is_some_and(|last| !together(last, &item)) {
            out.push(blank.clone());
        }
        out.push(item);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_sorted_and_exports_come_last() {
        let text = "pub use a::Z; use std::A; use crate::b; use crate::a; use super::c; struct S;";
        let expected = "
use super::c;
use crate::a;
use crate::b;
use std::A;
pub use a::Z;

struct S;
";
        assert_eq!(rust(text, "").unwrap(), expected);
    }

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
    fn a_comment_that_would_be_lost_is_an_error() {
        for text in [
            "// One.\nstruct A;",
            "struct A; // One.",
            "const Q: char = '\"'; // One.",
        ] {
            let error = rust(text, "").unwrap_err().to_string();
            assert!(
                error.starts_with("the comment `// One.` would be lost"),
                "{error}"
            );
            assert!(example(text).is_err());
        }
        let kept = "/// One.\nconst A: &str = \"https://example.com \\\" //\";\n";
        assert_eq!(rust(kept, "").unwrap(), format!("\n{kept}"));
        assert_eq!(example(kept).unwrap(), kept);
    }

    #[test]
    fn lists_in_macros_keep_their_lines() {
        let text =
            "struct A;\nobject! {\n    A = \"A\" {\n\n        a: \"}\",\n    }\n}\nstruct B;";
        let expected = "\n\
struct A;

object! {
    A = \"A\" {
        a: \"}\",
    }
}

struct B;
";
        assert_eq!(rust(text, "").unwrap(), expected);
        assert!(rust("object! {\n    )\n}", "").is_err());
    }

    #[test]
    fn what_is_no_rust_is_an_error() {
        assert!(rust("struct", "").is_err());
    }
}
