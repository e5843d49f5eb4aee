//! The settings of `docwright.toml` about the crate's code: derived traits, names of
//! types, attributes of the crate. Checks them against the API.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use regex::Regex;
use syn::{Attribute, Path, parse::Parser};

use docwright_model::{
    Api,
    diagnostic::{Diagnostic, nearest, rules},
};
use docwright_read::settings::{CodeSettings, Pattern, Written};

use super::names::{Name, Scope};

/// The settings about the code, without mistakes.
#[derive(Default)]
pub struct Options {
    /// Which types derive more, and the paths of the traits. Texts, since a [`TokenStream`]
    /// belongs to one thread and files are made by several.
    derive: Vec<(Regex, Vec<String>)>,
    /// The Rust names that types are given, by their names on the pages.
    pub names: BTreeMap<String, Name>,
    /// Inner attributes of the crate.
    attributes: Vec<String>,
}

impl Options {
    /// The settings, and the remaining names for types. A setting that can't be applied
    /// is an error.
    pub fn new(api: &Api, settings: &CodeSettings, errors: &mut Vec<Diagnostic>) -> (Self, Scope) {
        let mut options = Self::default();
        let mut idents = Scope::types();
        for (pattern, traits) in &settings.derive {
            let paths = traits.iter().filter_map(|it| path(it, errors)).collect();
            if let Some(regex) = types_of(api, pattern, errors) {
                options.derive.push((regex, paths));
            }
        }
        for (ty, name) in &settings.rename {
            if let Some(name) = renamed(api, ty, name, &mut idents, errors) {
                options.names.insert(ty.text.clone(), name);
            }
        }
        let attributes = settings.attributes.iter();
        let sound = attributes.filter_map(|it| attribute(it, errors));
        options.attributes = sound.collect();
        (options, idents)
    }

    /// The attribute of a type that derives more; nothing for others.
    pub fn derived(&self, ty: &str) -> TokenStream {
        let of_type = self.derive.iter().filter(|(regex, _)| regex.is_match(ty));
        let paths: BTreeSet<&String> = of_type.flat_map(|(_, paths)| paths).collect();
        if paths.is_empty() {
            return TokenStream::new();
        }
        let paths = paths.into_iter().map(|path| tokens(path));
        quote!(#[derive(#(#paths),*)])
    }

    /// The inner attributes of the crate.
    pub fn attributes(&self) -> TokenStream {
        self.attributes.iter().map(|text| tokens(text)).collect()
    }
}

/// The tokens of a text that was parsed before.
fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

fn error(at: &Written, message: String, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(rules::INVALID_SETTINGS, at.place.clone(), message).help(help)
}

/// The path of a trait that can be derived.
fn path(written: &Written, errors: &mut Vec<Diagnostic>) -> Option<String> {
    match Path::parse_mod_style.parse_str(&written.text) {
        Ok(_) => Some(written.text.clone()),
        Err(_) => {
            let message = format!("`{}` is not the path of a trait", written.text);
            errors.push(error(
                written,
                message,
                "such as `Hash` or `schemars::JsonSchema`",
            ));
            None
        }
    }
}

/// What matches the types that a pattern fits, of which there must be one.
fn types_of(api: &Api, pattern: &Pattern, errors: &mut Vec<Diagnostic>) -> Option<Regex> {
    let at = Written {
        text: pattern.text.clone(),
        place: pattern.place.clone(),
    };
    let regex = match pattern.regex() {
        Ok(regex) => regex,
        Err(why) => {
            let message = format!("the pattern can't be used: {why}");
            errors.push(error(&at, message, "try a shorter one"));
            return None;
        }
    };
    if !api
        .schemas
        .iter()
        .any(|schema| regex.is_match(&schema.name))
    {
        errors.push(unknown(api, &at));
        return None;
    }
    Some(regex)
}

/// The Rust name that a type is given.
fn renamed(
    api: &Api,
    ty: &Written,
    name: &Written,
    idents: &mut Scope,
    errors: &mut Vec<Diagnostic>,
) -> Option<Name> {
    if api.schema(&ty.text).is_none() {
        errors.push(unknown(api, ty));
        return None;
    }
    let is_type = name.text.starts_with(|c: char| c.is_ascii_uppercase())
        && name.text.chars().all(|c| c.is_ascii_alphanumeric());
    let given = is_type.then(|| idents.exactly(&name.text)).flatten();
    if given.is_none() {
        let message = format!("a type can't be named `{}`", name.text);
        let help = "expected a Rust type name, such as `PetInfo`, that isn't used by another type \
                    or by the crate's own code";
        errors.push(error(name, message, help));
    }
    given
}

fn unknown(api: &Api, at: &Written) -> Diagnostic {
    let names = api.schemas.iter().map(|schema| &*schema.name);
    let near = nearest(&at.text, names).map(|name| format!("did you mean `{name}`?"));
    let help = near.unwrap_or_else(|| {
        "expected the name of a type as in `api.json`, or a pattern in which `*` stands for any \
         text"
            .to_owned()
    });
    error(
        at,
        format!("`{}` matches no type of the crate", at.text),
        help,
    )
}

/// An inner attribute of the crate.
fn attribute(written: &Written, errors: &mut Vec<Diagnostic>) -> Option<String> {
    match Attribute::parse_inner.parse_str(&written.text) {
        Ok(found) if !found.is_empty() => Some(written.text.clone()),
        _ => {
            let message = format!("`{}` is not an attribute of a crate", written.text);
            let help = "such as `#![allow(clippy::pedantic)]`";
            errors.push(error(written, message, help));
            None
        }
    }
}

#[cfg(test)]
mod tests;
