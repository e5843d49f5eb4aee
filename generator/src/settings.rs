//! `docwright.toml`: what the user says about the crate and the pages.
//!
//! The file stands beside the pages and is optional, and so is each key.
//! Nothing here reads pages or knows what the crate looks like.

use std::path::{Path, PathBuf};

use heck::ToKebabCase;
use serde::Deserialize;
use toml::Spanned;

use crate::{
    diagnostic::{Diagnostic, Place},
    dialect::Dialect,
    model::Provenance,
    toml_text::TomlText,
};

/// The name of the settings file.
pub const FILE: &str = "docwright.toml";

/// The rule of every diagnostic about the settings.
const RULE: &str = "invalid-settings";

/// What the user says about the crate and the pages.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// About the generated crate.
    pub package: PackageSettings,
    /// About the pages.
    pub docs: DocsSettings,
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

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct SettingsFile {
    #[serde(rename = "crate")]
    package: PackageEntry,
    docs: DocsEntry,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct PackageEntry {
    name: Option<Spanned<String>>,
    version: Option<Spanned<String>>,
    description: Option<String>,
    license: Option<String>,
    authors: Vec<String>,
    repository: Option<String>,
    homepage: Option<String>,
    keywords: Vec<String>,
    categories: Vec<String>,
    publish: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct DocsEntry {
    dialect: Option<Spanned<String>>,
    title: Option<String>,
    version: Option<String>,
    link_base: Option<Spanned<String>>,
    link_ending: Option<String>,
}

impl Settings {
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
            let message = "is ignored: one API has one file of settings".to_owned();
            let place = Place::file(display(&other, &other_name));
            let help = format!("the settings are those of {}", display(&folder, &name));
            diagnostics.push(Diagnostic::warning("settings-ignored", place, message).help(help));
        }
        let settings = match TomlText::open(&folder.join(FILE), &name, RULE) {
            Ok(Some(text)) => Self::parse(&text, &folder, &name, &mut diagnostics),
            Ok(None) => Self::default(),
            Err(error) => {
                diagnostics.push(error);
                Self::default()
            }
        };
        (settings, diagnostics)
    }

    fn parse(
        text: &TomlText,
        folder: &Path,
        name: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let file: SettingsFile = text.parse(RULE).unwrap_or_else(|error| {
            diagnostics.push(error);
            SettingsFile::default()
        });
        let mut check = |value: Option<Spanned<String>>, check: fn(&str) -> Result<(), String>| {
            let value = value?;
            match check(value.get_ref()) {
                Ok(()) => Some(value.into_inner()),
                Err(expected) => {
                    let place = text.place(value.span());
                    let message = format!("`{}` cannot stand here", value.get_ref());
                    diagnostics.push(Diagnostic::error(RULE, place, message).help(expected));
                    None
                }
            }
        };
        let PackageEntry {
            name: crate_name,
            version,
            ..
        } = file.package;
        let dialect_place = file.docs.dialect.as_ref().map(|at| text.place(at.span()));
        Self {
            package: PackageSettings {
                name: check(crate_name, check_crate_name),
                version: check(version, check_version),
                description: file.package.description,
                license: file.package.license,
                authors: file.package.authors,
                repository: file.package.repository,
                homepage: file.package.homepage,
                keywords: file.package.keywords,
                categories: file.package.categories,
                publish: file.package.publish,
            },
            docs: DocsSettings {
                dialect: file.docs.dialect.map(Spanned::into_inner),
                title: file.docs.title,
                version: file.docs.version,
                link_base: check(file.docs.link_base, check_link_base).map(|mut base| {
                    if !base.ends_with('/') {
                        base.push('/');
                    }
                    base
                }),
                link_ending: file.docs.link_ending,
            },
            origin: Some((folder.to_owned(), name.to_owned())),
            dialect_place,
        }
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
            Box::new(Diagnostic::error("invalid-dialect", place, message).help(help))
        };
        if let Some(dialect) = Dialect::built_in(name) {
            let help = "this is a mistake in docwright, not in your files".to_owned();
            return dialect.map_err(|error| fail(place(), error, help));
        }
        let Some((folder, _)) = &self.origin else {
            let message = format!("there is no dialect called `{name}`");
            return Err(fail(place(), message, format!("built in: {}", names())));
        };
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let message = format!("`{name}` is no built-in dialect and cannot be read: {error}");
            let help = format!(
                "name a built-in dialect ({}), or a TOML file relative to this one",
                names()
            );
            fail(place(), message, help)
        })?;
        Dialect::parse(&text).map_err(|error| {
            let help = "the keys of a dialect's file are those of the built-in ones".to_owned();
            fail(Place::file(path.display().to_string()), error, help)
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
        match check_crate_name(&name) {
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

/// Cargo's rules for a package name that is a library's name, too.
fn check_crate_name(name: &str) -> Result<(), String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_keyword = is_reserved(&name.replace('-', "_"));
    if starts && name.chars().all(is_word) && name.len() <= 64 && !is_keyword {
        return Ok(());
    }
    Err(
        "a crate's name begins with a letter, goes on with letters, digits, `-` and `_`, \
         and is no word of the language"
            .to_owned(),
    )
}

/// Whether a word cannot be a library's name (the Rust reference, "Keywords",
/// and the library that each crate links).
fn is_reserved(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "core",
        "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
        "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
        "pub", "ref", "return", "self", "static", "std", "struct", "super", "test", "trait",
        "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    WORDS.contains(&word)
}

fn check_version(version: &str) -> Result<(), String> {
    let parsed = semver::Version::parse(version);
    parsed.map(drop).map_err(|error| {
        format!("a version has three numbers, such as `0.1.0` (semver.org): {error}")
    })
}

fn check_link_base(base: &str) -> Result<(), String> {
    let rest = base
        .strip_prefix("https://")
        .or_else(|| base.strip_prefix("http://"));
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"`#?".contains(c);
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(odd) => Ok(()),
        _ => Err("the address of a folder, such as `https://example.com/reference/`".to_owned()),
    }
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
mod tests {
    use super::*;

    fn parse(text: &str) -> (Settings, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let text = TomlText::new(FILE, text);
        let settings = Settings::parse(&text, Path::new("docs"), FILE, &mut diagnostics);
        (settings, diagnostics)
    }

    #[test]
    fn keys_are_read_as_written() {
        let (settings, diagnostics) = parse(
            "[crate]\nname = 'my-api'\nversion = '1.2.0-rc.1'\n[docs]\ntitle = 'My API'\n\
             link-base = 'https://example.com/ref'",
        );
        assert_eq!(diagnostics, []);
        assert_eq!(settings.crate_name("x"), "my-api");
        assert_eq!(settings.crate_version(), "1.2.0-rc.1");
        assert_eq!(settings.docs.title.as_deref(), Some("My API"));
    }

    #[test]
    fn without_a_file_defaults_serve() {
        let folder = tempfile::tempdir().unwrap();
        let (settings, diagnostics) = Settings::for_docs(&[folder.path().to_owned()]);
        assert_eq!(diagnostics, []);
        assert_eq!(
            settings.crate_name("The Example API: v2"),
            "the-example-api-v2"
        );
        assert_eq!(settings.crate_name("2 fast"), "api-2-fast");
        assert_eq!(settings.crate_name("Ü"), "api");
        assert_eq!(settings.crate_version(), "0.1.0");
        assert!(settings.dialect().is_ok());
    }

    #[test]
    fn an_unknown_key_is_shown_with_the_keys_there_are() {
        let (_, diagnostics) = parse("[crate]\nname = 'a'\nversoin = '1.0.0'\n");
        let [diagnostic] = &diagnostics[..] else {
            panic!("{diagnostics:?}")
        };
        assert_eq!(diagnostic.rule, "invalid-settings");
        let Place {
            line,
            column,
            width,
            ..
        } = diagnostic.place;
        assert_eq!((line, column, width), (3, 1, 7));
        assert_eq!(diagnostic.message, "unknown field `versoin`");
        assert!(diagnostic.help.as_ref().unwrap().contains("`version`"));
    }

    #[test]
    fn a_value_that_cargo_would_refuse_is_shown() {
        for (line, word) in [
            ("name = 'a b'", "a b"),
            ("name = 'std'", "std"),
            ("version = '1.0'", "1.0"),
        ] {
            let (settings, diagnostics) = parse(&format!("[crate]\n{line}\n"));
            assert_eq!(diagnostics.len(), 1, "{line}");
            assert_eq!(diagnostics[0].place.line, 2);
            assert!(diagnostics[0].message.contains(word));
            assert!(diagnostics[0].help.is_some());
            assert_eq!(settings.package, PackageSettings::default());
        }
        let (_, diagnostics) = parse("[docs]\nlink-base = 'javascript:alert(1)'\n");
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn a_dialect_that_does_not_exist_is_shown_where_it_is_named() {
        let (settings, _) = parse("[docs]\ndialect = 'no-such.toml'\n");
        let error = settings.dialect().unwrap_err();
        assert_eq!((error.rule, error.place.line), ("invalid-dialect", 2));
        assert!(error.help.unwrap().contains("built-in"));
    }

    #[test]
    fn a_place_has_an_address_when_the_pages_have_one() {
        let (settings, _) = parse("[docs]\nlink-base = 'https://example.com/ref'\n");
        let place = Provenance {
            page: "Batch Task/v1Start.md".into(),
            anchor: Some("request-body".into()),
            ..Provenance::default()
        };
        assert_eq!(
            settings.link(&place).as_deref(),
            Some("https://example.com/ref/Batch%20Task/v1Start.html#request-body")
        );
        assert_eq!(Settings::default().link(&place), None);
    }

    #[test]
    fn a_page_has_the_settings_of_the_folder_above() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("Contact");
        std::fs::create_dir(&below).unwrap();
        std::fs::write(folder.path().join(FILE), "[docs]\ntitle = 'T'\n").unwrap();
        std::fs::write(below.join("a.md"), "").unwrap();
        let (settings, _) = Settings::for_docs(&[below.join("a.md")]);
        assert_eq!(settings.docs.title.as_deref(), Some("T"));
        let (settings, _) = Settings::for_docs(&[below]);
        assert_eq!(settings.docs.title, None);
    }

    #[test]
    fn a_second_file_of_settings_is_not_ignored_in_silence() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        for (folder, title) in folders.iter().zip(["A", "B"]) {
            std::fs::write(
                folder.path().join(FILE),
                format!("[docs]\ntitle = '{title}'\n"),
            )
            .unwrap();
        }
        let docs = folders.each_ref().map(|folder| folder.path().to_owned());
        let (settings, diagnostics) = Settings::for_docs(&docs);
        assert_eq!(settings.docs.title.as_deref(), Some("A"));
        assert_eq!(diagnostics[0].rule, "settings-ignored");
    }
}
