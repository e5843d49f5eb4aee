//! A vendor's vocabulary as data: which headings open which section, which
//! column titles play which role, which words are which types, how "required"
//! is written, which fence holds a sample.
//!
//! A dialect is a TOML file; another vendor is another file, never another
//! module. Nothing in Rust knows a vendor's words.

mod file;
mod pattern;

use std::fmt;

use regex::Regex;
use serde::{Deserialize, Serialize};

pub use file::{HeaderWords, IgnoredPage, OperationWords, PageWords, RequiredWords, SampleWords};
pub use pattern::{Captures, Pattern};

use crate::model::Type;

/// A vendor's vocabulary, ready for use.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// The dialect's name.
    pub name: String,
    /// What the API is called unless the settings say otherwise.
    pub title: String,
    /// How a page is recognised and delimited.
    pub page: PageWords,
    /// How a page's title and operation are written.
    pub operation: OperationWords,
    /// Patterns of a page's title, with `{method}` and `{path}`.
    pub titles: Vec<Pattern>,
    /// Kinds of sections.
    pub sections: Vec<SectionKind>,
    /// Kinds of tables.
    pub tables: Vec<TableKind>,
    /// Kinds of code blocks.
    pub codes: Vec<CodeKind>,
    /// Words in type cells.
    pub types: TypeWords,
    /// How "required" is written.
    pub required: RequiredWords,
    /// Which header rows mean what.
    pub headers: HeaderWords,
    /// How samples are written.
    pub samples: SampleWords,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionRole {
    /// Before the first section's heading, or below the operation's title.
    Start,
    /// A heading within the prose about the operation.
    Prose,
    /// Path parameters.
    PathParameters,
    /// Query parameters.
    QueryParameters,
    /// Request headers.
    Headers,
    /// The request's body.
    RequestBody,
    /// The answers.
    Response,
    /// The answer's body.
    ResponseBody,
    /// Sample messages.
    Samples,
    /// Something that docwright has no use for.
    Ignored,
}

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableRole {
    /// Path parameters.
    PathParameters,
    /// Query parameters.
    QueryParameters,
    /// Request headers.
    Headers,
    /// Properties of a body.
    Properties,
    /// Status codes.
    Responses,
    /// Something that docwright has no use for.
    Ignored,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    /// The parameter's, property's or header's name, or the status code.
    Name,
    /// The type.
    Type,
    /// Whether it is required.
    Required,
    /// The description.
    Description,
    /// Something that docwright has no use for.
    Ignored,
}

/// What a code block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeRole {
    /// The operation's method and path.
    Signature,
    /// A sample request.
    RequestSample,
    /// A sample answer.
    ResponseSample,
    /// One request line per query parameter.
    QueryExamples,
    /// Something that docwright has no use for.
    Ignored,
}

/// A kind of section.
#[derive(Clone, Debug)]
pub struct SectionKind {
    /// What it is about.
    pub role: SectionRole,
    /// The level of its heading: what page text gets, and a tie-breaker.
    pub level: u8,
    /// Its headings.
    pub headings: Vec<Pattern>,
    /// Whether a plain paragraph with these words opens it, too.
    pub paragraph: bool,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

/// A kind of table.
#[derive(Clone, Debug)]
pub struct TableKind {
    /// What it lists.
    pub role: TableRole,
    /// Sections in which it stands.
    pub sections: Vec<SectionRole>,
    /// Roles and titles of its columns, in order.
    pub columns: Vec<(ColumnRole, String)>,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

/// A kind of code block.
#[derive(Clone, Debug)]
pub struct CodeKind {
    /// What it holds.
    pub role: CodeRole,
    /// Sections in which it stands.
    pub sections: Vec<SectionRole>,
    /// Info strings of its fence.
    pub info: Vec<String>,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

/// What a type cell can mean, before evidence from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeWord {
    /// This type; a coarse word may stand for the others as well.
    Scalar {
        /// What it is as long as nothing else is known.
        is: Type,
        /// What it may turn out to be.
        may_be: Vec<Type>,
    },
    /// A JSON object: a named type, a map, or free-form.
    Object,
    /// A JSON array of elements of this type, when it says so.
    Array(Option<Box<TypeWord>>),
    /// A string that is one of these values.
    Enum(Vec<String>),
    /// A named type.
    Named(String),
}

/// Words and patterns of type cells.
#[derive(Clone, Debug)]
pub struct TypeWords {
    words: Vec<(String, TypeWord)>,
    patterns: Vec<TypePattern>,
    named: Regex,
}

#[derive(Clone, Debug)]
struct TypePattern {
    pattern: Pattern,
    is: PatternMeaning,
    separator: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PatternMeaning {
    Enum,
    Array,
}

impl TypeWords {
    /// What a type cell means; `None` for a word that the dialect doesn't
    /// know and that doesn't look like the name of a type.
    pub fn read(&self, cell: &str) -> Option<TypeWord> {
        let cell = cell.trim();
        if let Some((_, word)) = self.words.iter().find(|(word, _)| word == cell) {
            return Some(word.clone());
        }
        for pattern in &self.patterns {
            let Some(captures) = pattern.pattern.captures(cell) else {
                continue;
            };
            match pattern.is {
                PatternMeaning::Enum => {
                    let values = captures.get("values").copied().unwrap_or_default();
                    let values = values.split(&pattern.separator).map(str::trim);
                    let values = values.filter(|value| !value.is_empty());
                    return Some(TypeWord::Enum(values.map(str::to_owned).collect()));
                }
                PatternMeaning::Array => {
                    let element = captures.get("element").copied().unwrap_or_default();
                    return Some(TypeWord::Array(self.read(element).map(Box::new)));
                }
            }
        }
        let named = self.named.is_match(cell);
        named.then(|| TypeWord::Named(cell.to_owned()))
    }

    /// The words that stand for types, for readers that must find a type cell
    /// in a line.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// The literal words with which a pattern of several words begins
    /// (`Enum:`), for the same purpose.
    pub fn pattern_starts(&self) -> impl Iterator<Item = &str> {
        let literals = self.patterns.iter().map(|p| p.pattern.literal_start());
        literals.filter(|literal| !literal.is_empty())
    }

    /// The separator of an enum's values where `start` is the pattern's
    /// literal start.
    pub fn separator(&self, start: &str) -> Option<&str> {
        let found = self
            .patterns
            .iter()
            .find(|p| p.pattern.literal_start() == start && p.is == PatternMeaning::Enum);
        found.map(|p| p.separator.as_str())
    }

    /// Whether `word` looks like the name of a type.
    pub fn is_named(&self, word: &str) -> bool {
        self.named.is_match(word)
    }
}

impl Dialect {
    /// The kind of section that a heading opens, with what its pattern
    /// captured.
    pub fn section<'k, 't>(
        &'k self,
        heading: &'t str,
    ) -> Option<(&'k SectionKind, pattern::Captures<'k, 't>)> {
        self.sections.iter().find_map(|kind| {
            let captures = kind.headings.iter().find_map(|p| p.captures(heading));
            captures.map(|captures| (kind, captures))
        })
    }

    /// Why the dialect leaves out pages with this file stem, if it does.
    pub fn ignores_page(&self, stem: &str) -> Option<&str> {
        let fits = |page: &&IgnoredPage| page.stem.as_ref().is_some_and(|s| s.is_match(stem));
        let found = self.page.ignore.iter().find(fits);
        found.map(|page| page.reason.as_str())
    }

    /// The method that a word stands for, abbreviations resolved; `None` when
    /// it is no method (RFC 9110, section 9, and PATCH of RFC 5789).
    pub fn method(&self, word: &str) -> Option<String> {
        let word = self
            .operation
            .methods
            .get(word)
            .map_or(word, String::as_str);
        let known = [
            "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE",
        ];
        known.contains(&word).then(|| word.to_owned())
    }
}

impl fmt::Display for SectionRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl fmt::Display for TableRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
