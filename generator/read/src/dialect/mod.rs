//! A vendor's vocabulary as data: which headings open which section, which
//! column titles play which role, which words are which types, how "required"
//! is written, which fence holds a sample.
//!
//! A dialect is a TOML file; another vendor is another file, never another
//! module. Nothing in Rust knows a vendor's words. `docs/DIALECTS.md` teaches
//! how to write one.

mod curl;
mod file;
mod hints;
mod kinds;
mod path;
mod pattern;
mod query;
mod sentences;
mod types;
mod wordings;
mod words;

use std::sync::Arc;

use docwright_model::QueryKind;

pub use curl::{Command, command};
pub use file::DialectError;
pub use kinds::{
    CodeKind, CodeRole, ColumnRole, ListKind, SectionKind, SectionRole, SentenceKind, SentenceRole,
    TableKind, TableRole, status_of,
};
pub use path::{OperationWords, Route, one_name};
pub use pattern::{Captures, Pattern};
pub use query::QueryLanguageWords;
pub use sentences::Sentences;
pub use types::{DEEPEST as DEEPEST_TYPE, TypeWord, TypeWords, literals, type_label};
pub use wordings::{Meaning, Wordings, bare, values_of};
pub use words::{
    HeaderWords, IgnoredPage, LocationWords, NestingWords, PageWords, PaginationWords,
    RequiredWords, SampleWords,
};

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
    /// Kinds of sections.
    pub sections: Vec<SectionKind>,
    /// Kinds of tables.
    pub tables: Vec<TableKind>,
    /// Kinds of lists.
    pub lists: Vec<ListKind>,
    /// Kinds of code blocks.
    pub codes: Vec<CodeKind>,
    /// Kinds of sentences.
    pub sentences: Sentences,
    /// Kinds of sentences that say something of all rows below them.
    pub scopes: Vec<SentenceKind>,
    /// Phrases of descriptions, the dialect's own first.
    pub wordings: Vec<Arc<Wordings>>,
    /// Words in type cells.
    pub types: TypeWords,
    /// How "required" is written.
    pub required: RequiredWords,
    /// How names say what they are part of.
    pub nesting: NestingWords,
    /// Words that say where a parameter travels.
    pub locations: LocationWords,
    /// Which header rows mean what.
    pub headers: HeaderWords,
    /// How samples are written.
    pub samples: SampleWords,
    /// How a property is called that leads to the next page of a list.
    pub pagination: PaginationWords,
    /// Languages of queries, one of each kind.
    pub query_languages: Vec<QueryLanguageWords>,
}

impl Dialect {
    /// The kind of section that a heading of this level opens below the
    /// headings `above`, with what its pattern captured.
    pub fn section<'k, 't>(
        &'k self,
        heading: &'t str,
        level: u8,
        above: &[String],
    ) -> Option<(&'k SectionKind, Captures<'k, 't>)> {
        let fits = |kind: &&SectionKind| kind.has_level(level) && kind.stands_under(above);
        let mut kinds = self.sections.iter().filter(fits);
        kinds.find_map(|kind| Some((kind, kind.captures(heading)?)))
    }

    /// The kind of section that a paragraph opens, likewise.
    pub fn paragraph_section<'k, 't>(
        &'k self,
        words: &'t str,
    ) -> Option<(&'k SectionKind, Captures<'k, 't>)> {
        let mut kinds = self.sections.iter().filter(|kind| kind.paragraph);
        kinds.find_map(|kind| Some((kind, kind.captures(words)?)))
    }

    /// Why the dialect leaves out pages with this file stem, if it does.
    pub fn ignores_page(&self, stem: &str) -> Option<&str> {
        let fits = |page: &&IgnoredPage| page.stem.as_ref().is_some_and(|s| s.is_match(stem));
        let found = self.page.ignore.iter().find(fits);
        found.map(|page| page.reason.as_str())
    }

    /// The language in which query parameters of this name are written.
    pub fn query_language(&self, name: &str) -> Option<QueryKind> {
        let has_name = |it: &&QueryLanguageWords| it.parameters.iter().any(|it| it.fits(name));
        let found = self.query_languages.iter().find(has_name);
        found.map(|it| it.language.kind)
    }

    /// The method that a word stands for; see [`OperationWords::method`].
    pub fn method(&self, word: &str) -> Option<String> {
        self.operation.method(word)
    }
}
