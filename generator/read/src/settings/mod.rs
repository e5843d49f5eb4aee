//! `docwright.toml`: what the user says about the crate and the pages.
//!
//! The file stands beside the pages and is optional, and so is each key;
//! `docs/SETTINGS.md` shows them all.
//! Nothing here reads pages or knows what the crate looks like.

mod file;

use std::path::{Path, PathBuf};

use heck::ToKebabCase;
use regex::Regex;

use crate::{dialect::Dialect, toml_text::TomlText};
use docwright_model::{
    Provenance,
    diagnostic::{Diagnostic, Place, Rule, rules},
};

/// The name of the settings file.
pub const FILE: &str = "docwright.toml";

/// The rule of every diagnostic about the settings.
const RULE: &Rule = rules::INVALID_SETTINGS;

/// The rule of every diagnostic about the dialect.
const DIALECT_RULE: &Rule = rules::INVALID_DIALECT;

/// What the user says about the crate and the pages.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// About the generated crate.
    pub package: PackageSettings,
    /// About its code.
    pub code: CodeSettings,
    /// About the pages.
    pub docs: DocsSettings,
    /// About what changed.
    pub diff: DiffSettings,
    /// The resources that become part of the crate, by name.
    pub resources: Patterns,
    /// The operations that become part of the crate, by uid.
    pub operations: Patterns,
    /// The folder that holds the settings file, and the file's name in
    /// diagnostics.
    origin: Option<(PathBuf, String)>,
    /// Where the dialect is named.
    dialect_place: Option<Place>,
}

/// About the generated crate: keys of its `Cargo.toml` (see Cargo's manifest
/// format), written as they are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageSettings {
    /// The crate's name; made from the API's title when missing.
    pub name: Option<String>,
    /// The crate's version; `0.1.0` when missing.
    pub version: Option<String>,
    /// What the crate is, in a sentence.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Who made the crate.
    pub authors: Vec<String>,
    /// The address of the crate's repository.
    pub repository: Option<String>,
    /// The address of the crate's site.
    pub homepage: Option<String>,
    /// Up to five words to find the crate by.
    pub keywords: Vec<String>,
    /// Categories of crates.io.
    pub categories: Vec<String>,
    /// Whether the crate may be published to a registry; `false` when missing.
    pub publish: bool,
    /// More dependencies, each as `name = value` in TOML.
    pub dependencies: Vec<String>,
}

/// About the code of the generated crate, as written: it is checked where the code is made.
#[derive(Clone, Debug, Default)]
pub struct CodeSettings {
    /// More traits to derive, for the types whose names on the pages fit.
    pub derive: Vec<(Pattern, Vec<Written>)>,
    /// Types' names on the pages, and their names in Rust.
    pub rename: Vec<(Written, Written)>,
    /// More attributes of the whole crate.
    pub attributes: Vec<Written>,
}

/// A text of the settings.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// About the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocsSettings {
    /// The name of a built-in dialect, or the path of a dialect's TOML file,
    /// relative to the settings; the first built-in one when missing.
    pub dialect: Option<String>,
    /// What the API is called; the dialect's title when missing.
    pub title: Option<String>,
    /// The API's version, for the OpenAPI document; the crate's when missing.
    pub version: Option<String>,
    /// The address below which the pages are published, with a `/` at its end.
    pub link_base: Option<String>,
    /// The ending that a published page has instead of its file's; `.html`
    /// when missing.
    pub link_ending: Option<String>,
}

/// About findings of `docwright diff`, as written: rules and days are checked
/// where they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffSettings {
    /// Rules and the verdicts that stand in place of their own.
    pub severity: Vec<(String, String, Place)>,
    /// Findings that don't count.
    pub waivers: Vec<WaiverSettings>,
}

/// A finding that doesn't count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverSettings {
    /// The finding's fingerprint.
    pub finding: String,
    /// Why it doesn't count.
    pub reason: String,
    /// The last day on which it doesn't count, as written.
    pub expires: Option<String>,
    /// Where the file says so.
    pub place: Place,
}

/// What to take, and what to leave out of it.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// What becomes part of the crate; everything, where nothing is included.
    pub include: Vec<Pattern>,
    /// What doesn't, even if it is included.
    pub exclude: Vec<Pattern>,
}

impl Patterns {
    /// All patterns of both kinds.
    pub fn all(&self) -> impl Iterator<Item = &Pattern> {
        self.include.iter().chain(&self.exclude)
    }
}

/// A name in which `*` stands for any text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The pattern.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Pattern {
    /// What matches the names that fit.
    ///
    /// # Errors
    /// When the pattern is too long.
    pub fn regex(&self) -> Result<Regex, regex::Error> {
        let parts: Vec<_> = self.text.split('*').map(regex::escape).collect();
        Regex::new(&format!("^(?s:{})$", parts.join(".*")))
    }
}

impl Settings {
    /// Whether they leave operations out.
    pub fn selects(&self) -> bool {
        let patterns = [&self.resources, &self.operations];
        let mut lists = patterns.iter().flat_map(|it| [&it.include, &it.exclude]);
        lists.any(|list| !list.is_empty())
    }

    /// The settings that go with these docs: of the first folder that holds a
    /// settings file; for a single page, of the nearest folder above it that
    /// does. Without one, the defaults.
    ///
    /// What is wrong is reported; what is right serves all the same.
    pub fn for_docs(docs: &[PathBuf]) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut files = docs.iter().filter_map(|path| find(path));
        let Some((folder, name)) = files.next() else {
            return (Self::default(), diagnostics);
        };
        for (other, other_name) in files.filter(|(other, _)| *other != folder) {
            let message = "is ignored, because one API has one docwright.toml".to_owned();
            let place = Place::file(display(&other, &other_name));
            let help = format!("the settings of {} are used", display(&folder, &name));
            diagnostics.push(Diagnostic::new(rules::SETTINGS_IGNORED, place, message).help(help));
        }
        let settings = match TomlText::open(&folder.join(FILE), &name, RULE) {
            Ok(Some(text)) => file::parse(&text, &folder, &name, &mut diagnostics),
            Ok(None) => Self::default(),
            Err(error) => {
                diagnostics.push(*error);
                Self::default()
            }
        };
        (settings, diagnostics)
    }

    /// The dialect that the settings name, or the default one.
    ///
    /// # Errors
    /// A diagnostic when there is no such dialect, or when its file cannot be
    /// read or isn't right.
    pub fn dialect(&self) -> Result<Dialect, Box<Diagnostic>> {
        let names = || Dialect::built_in_names().collect::<Vec<_>>().join(", ");
        let default = Dialect::built_in_names().next().unwrap_or_default();
        let name = self.docs.dialect.as_deref().unwrap_or(default);
        let place = || self.dialect_place.clone().unwrap_or(Place::file(FILE));
        let fail = |place, message: String, help: String| {
            Box::new(Diagnostic::new(DIALECT_RULE, place, message).help(help))
        };
        if let Some(dialect) = Dialect::built_in(name) {
            let help = "this is a bug in docwright, not a mistake in your files".to_owned();
            return dialect.map_err(|error| fail(place(), error.message, help));
        }
        let Some((folder, _)) = &self.origin else {
            let message = format!("there is no dialect called `{name}`");
            return Err(fail(place(), message, format!("built in: {}", names())));
        };
        let path = folder.join(name);
        let shown = path.display().to_string();
        let text = match TomlText::open(&path, &shown, DIALECT_RULE)? {
            Some(text) => text,
            None => {
                let message = format!("`{name}` is neither a built-in dialect nor a file");
                let help = format!(
                    "name a built-in dialect ({}), or a TOML file relative to this one",
                    names()
                );
                return Err(fail(place(), message, help));
            }
        };
        Dialect::parse(text.text()).map_err(|error| {
            let place = match error.span {
                Some(span) => text.place(span),
                None => Place::file(shown),
            };
            let help = match error.expected {
                Some(expected) => format!(
                    "expected {expected}; docs/DIALECTS.md explains each \
                                           key"
                ),
                None => "docs/DIALECTS.md explains each key and its values".to_owned(),
            };
            fail(place, error.message, help)
        })
    }

    /// The name of the generated crate, when the API has this title.
    pub fn crate_name(&self, title: &str) -> String {
        if let Some(name) = &self.package.name {
            return name.clone();
        }
        let name: String = title
            .to_kebab_case()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        match file::check_crate_name(&name) {
            Ok(()) => name,
            Err(_) => format!("api-{name}").trim_end_matches('-').to_owned(),
        }
    }

    /// The version of the generated crate.
    pub fn crate_version(&self) -> &str {
        self.package.version.as_deref().unwrap_or("0.1.0")
    }

    /// The version of the API that the pages describe.
    pub fn api_version(&self) -> &str {
        let version = self.docs.version.as_deref();
        version.unwrap_or_else(|| self.crate_version())
    }

    /// Where a place is published: the page's address and the anchor; `None`
    /// when the settings don't say where the pages are.
    pub fn link(&self, place: &Provenance) -> Option<String> {
        let base = self.docs.link_base.as_deref()?;
        let ending = self.docs.link_ending.as_deref().unwrap_or(".html");
        let (folders, name) = place.page.rsplit_once('/').unwrap_or(("", &place.page));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut link = base.to_owned();
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            link.push_str(&percent_encode(folder));
            link.push('/');
        }
        link.push_str(&percent_encode(stem));
        link.push_str(ending);
        if let Some(anchor) = &place.anchor {
            link.push('#');
            link.push_str(&percent_encode(anchor));
        }
        Some(link)
    }
}

/// The folder with the settings for these docs, and the file's name in
/// diagnostics.
fn find(docs: &Path) -> Option<(PathBuf, String)> {
    if docs.is_dir() {
        let exists = docs.join(FILE).exists();
        return exists.then(|| (docs.to_owned(), FILE.to_owned()));
    }
    // The empty parent of a bare file name is the current folder.
    let mut above = docs.ancestors().skip(1);
    let folder = above.find(|folder| folder.join(FILE).exists())?;
    Some((folder.to_owned(), folder.join(FILE).display().to_string()))
}

fn display(folder: &Path, name: &str) -> String {
    let file = Path::new(name).file_name().unwrap_or_default();
    folder.join(file).display().to_string()
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
