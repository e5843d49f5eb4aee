//! The keys of `docwright.toml`, and how they become [`Settings`].

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;
use toml::Spanned;

use super::{
    CodeSettings, DiffSettings, DocsSettings, PackageSettings, Pattern, Patterns, RULE, Settings,
    WaiverSettings, Written,
};
use crate::toml_text::TomlText;
use docwright_model::diagnostic::Diagnostic;

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct SettingsFile {
    #[serde(rename = "crate")]
    package: PackageEntry,
    docs: DocsEntry,
    diff: DiffEntry,
    resources: PatternsEntry,
    operations: PatternsEntry,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct PatternsEntry {
    include: Vec<Spanned<String>>,
    exclude: Vec<Spanned<String>>,
}

impl PatternsEntry {
    fn patterns(self, text: &TomlText) -> Patterns {
        let patterns = |entries: Vec<Spanned<String>>| {
            let patterns = entries.into_iter().map(|entry| pattern(text, entry));
            patterns.collect()
        };
        Patterns {
            include: patterns(self.include),
            exclude: patterns(self.exclude),
        }
    }
}

fn pattern(text: &TomlText, entry: Spanned<String>) -> Pattern {
    Pattern {
        place: text.place(entry.span()),
        text: entry.into_inner(),
    }
}

/// The lines of a table of dependencies.
fn dependencies(table: &toml::Table) -> Vec<String> {
    let line = |(name, value): (&String, &toml::Value)| format!("{name} = {value}");
    table.iter().map(line).collect()
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
    derive: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    rename: BTreeMap<Spanned<String>, Spanned<String>>,
    attributes: Vec<Spanned<String>>,
    dependencies: toml::Table,
}

impl PackageEntry {
    /// The manifest of the crate, and what its code has besides.
    fn settings(
        self,
        text: &TomlText,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (PackageSettings, CodeSettings) {
        let written = |entry: Spanned<String>| Written {
            place: text.place(entry.span()),
            text: entry.into_inner(),
        };
        let derived = |(types, traits): (Spanned<String>, Vec<Spanned<String>>)| {
            (
                pattern(text, types),
                traits.into_iter().map(written).collect(),
            )
        };
        let renamed = |(ty, name)| (written(ty), written(name));
        let code = CodeSettings {
            derive: self.derive.into_iter().map(derived).collect(),
            rename: self.rename.into_iter().map(renamed).collect(),
            attributes: self.attributes.into_iter().map(written).collect(),
        };
        let package = PackageSettings {
            name: checked(self.name, check_crate_name, text, diagnostics),
            version: checked(self.version, check_version, text, diagnostics),
            description: self.description,
            license: self.license,
            authors: self.authors,
            repository: self.repository,
            homepage: self.homepage,
            keywords: self.keywords,
            categories: self.categories,
            publish: self.publish,
            dependencies: dependencies(&self.dependencies),
        };
        (package, code)
    }
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

impl DocsEntry {
    fn settings(self, text: &TomlText, diagnostics: &mut Vec<Diagnostic>) -> DocsSettings {
        let link_base = checked(self.link_base, check_link_base, text, diagnostics);
        DocsSettings {
            dialect: self.dialect.map(Spanned::into_inner),
            title: self.title,
            version: self.version,
            link_base: link_base.map(|mut base| {
                if !base.ends_with('/') {
                    base.push('/');
                }
                base
            }),
            link_ending: self.link_ending,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct DiffEntry {
    severity: BTreeMap<String, Spanned<String>>,
    waiver: Vec<WaiverEntry>,
}

impl DiffEntry {
    fn settings(self, text: &TomlText) -> DiffSettings {
        let severity = self.severity.into_iter().map(|(rule, verdict)| {
            let place = text.place(verdict.span());
            (rule, verdict.into_inner(), place)
        });
        let waivers = self.waiver.into_iter().map(|entry| WaiverSettings {
            place: text.place(entry.finding.span()),
            finding: entry.finding.into_inner(),
            reason: entry.reason,
            expires: entry.expires,
        });
        DiffSettings {
            severity: severity.collect(),
            waivers: waivers.collect(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WaiverEntry {
    finding: Spanned<String>,
    reason: String,
    expires: Option<String>,
}

/// The settings that a file's text gives, and what is wrong in it.
pub(super) fn parse(
    text: &TomlText,
    folder: &Path,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Settings {
    let file: SettingsFile = text.parse(RULE).unwrap_or_else(|error| {
        diagnostics.push(*error);
        SettingsFile::default()
    });
    let dialect_place = file.docs.dialect.as_ref().map(|at| text.place(at.span()));
    let (package, code) = file.package.settings(text, diagnostics);
    Settings {
        diff: file.diff.settings(text),
        code,
        package,
        docs: file.docs.settings(text, diagnostics),
        resources: file.resources.patterns(text),
        operations: file.operations.patterns(text),
        origin: Some((folder.to_owned(), name.to_owned())),
        dialect_place,
    }
}

/// A value that passes a check; of another one a person is told what was expected.
fn checked(
    value: Option<Spanned<String>>,
    check: fn(&str) -> Result<(), String>,
    text: &TomlText,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let value = value?;
    match check(value.get_ref()) {
        Ok(()) => Some(value.into_inner()),
        Err(expected) => {
            let place = text.place(value.span());
            let message = format!("`{}` isn't allowed here", value.get_ref());
            diagnostics.push(Diagnostic::new(RULE, place, message).help(expected));
            None
        }
    }
}

/// Cargo's rules for a package name that is a library's name, too.
pub(super) fn check_crate_name(name: &str) -> Result<(), String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_keyword = is_reserved(&name.replace('-', "_"));
    if starts && name.chars().all(is_word) && name.len() <= 64 && !is_keyword {
        return Ok(());
    }
    Err(
        "the name of a crate is a letter followed by letters, digits, `-` and `_`, and is not a \
         Rust keyword"
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
