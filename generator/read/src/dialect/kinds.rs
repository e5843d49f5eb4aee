//! Kinds of sections, tables and code blocks: what a dialect's `[[section]]`,
//! `[[table]]` and `[[code]]` say, and the roles that they give.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::pattern::{Captures, Pattern};
use docwright_model::Status;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionRole {
    /// Before the first section's heading, or below the operation's title.
    Start,
    /// A heading that names an operation; what stands below it is `Start`.
    Operation,
    /// A heading above words about the page, which are not read.
    Introduction,
    /// A heading within the prose about the operation.
    Prose,
    /// Parameters of any kind.
    Parameters,
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
    /// The headers of responses.
    ResponseHeaders,
    /// A type, whatever operation uses it.
    Type,
    /// Sample messages.
    Samples,
    /// Sample requests.
    RequestSample,
    /// Sample answers.
    ResponseSample,
    /// Something that docwright has no use for.
    Ignored,
}

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableRole {
    /// Methods and paths: the operation itself.
    Operations,
    /// Parameters of any kind: which, a column says, or else the path and the
    /// method.
    Parameters,
    /// Path parameters.
    PathParameters,
    /// Query parameters.
    QueryParameters,
    /// Request headers.
    Headers,
    /// Properties of a body or a type.
    Properties,
    /// Status codes.
    Responses,
    /// The values of an enum.
    Values,
    /// Something that docwright has no use for.
    Ignored,
}

/// What a sentence in the words about an operation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentenceRole {
    /// The type of the request's body.
    RequestBody,
    /// The type or the status of the answer.
    ResponseBody,
    /// That the request has no body.
    NoRequestBody,
    /// That the answer has none.
    NoResponseBody,
    /// Below the heading of a body: that there is none.
    NoBody,
    /// That the request's body is an array of what rows and headings describe.
    RequestIsArray,
    /// That the response's body is one.
    ResponseIsArray,
    /// That the operation gives something back; what it is, such words leave to others.
    ResponseTold,
    /// That callers should stop using the operation, or the type.
    Deprecated,
    /// What a type is another name for.
    Alias,
    /// From which type a type is derived.
    Base,
    /// That a type is one of others, which it lists or a list below it does.
    OneOf,
    /// The property that tells them apart.
    Discriminator,
    /// In a list of them: the value of that property with which one goes.
    Member,
    /// That all rows below it are required.
    AllRequired,
    /// That none of them is.
    AllOptional,
}

impl SentenceRole {
    /// Whether it is about a type.
    pub fn is_of_types(self) -> bool {
        matches!(
            self,
            Self::Alias | Self::Base | Self::OneOf | Self::Discriminator | Self::Deprecated
        )
    }

    /// Whether it is about the rows below the sentence.
    pub fn is_scope(self) -> bool {
        matches!(self, Self::AllRequired | Self::AllOptional)
    }
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
    /// What a value of an enum is called.
    Label,
    /// Where a parameter travels: path, query, body or header.
    Location,
    /// An operation's method.
    Method,
    /// An operation's path.
    Path,
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
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionKind {
    /// What it is about.
    pub role: SectionRole,
    /// The level of its heading that page text gets.
    #[serde(default = "second_level")]
    pub level: u8,
    /// The levels of headings that open it; empty means all.
    #[serde(default)]
    pub levels: Vec<u8>,
    /// Headings one of which must stand above, at a lower level; empty means
    /// none has to.
    #[serde(default)]
    pub under: Vec<Pattern>,
    /// Its headings.
    pub headings: Vec<Pattern>,
    /// Whether a plain paragraph with these words opens it, too.
    #[serde(default)]
    pub paragraph: bool,
    /// Whether rows below it are required, where nothing else says.
    pub required: Option<bool>,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

fn second_level() -> u8 {
    2
}

impl SectionKind {
    /// What the first of its patterns that fits captures. A `{status}` must
    /// begin with a status code, and a `{media}` hold a media type.
    pub fn captures<'k, 't>(&'k self, heading: &'t str) -> Option<Captures<'k, 't>> {
        self.headings.iter().find_map(|pattern| {
            let captures = pattern.captures(heading)?;
            let status = captures.get("status");
            let fits = status.is_none_or(|words| status_of(words).is_some());
            let media_type = captures.get("media");
            let is_one = |words: &str| words.contains('/') && !words.contains(" / ");
            (fits && media_type.is_none_or(is_one)).then_some(captures)
        })
    }

    /// Whether it may stand below these headings.
    pub fn stands_under(&self, above: &[String]) -> bool {
        let is_one = |heading: &String| self.under.iter().any(|pattern| pattern.fits(heading));
        self.under.is_empty() || above.iter().any(is_one)
    }

    /// Whether a heading of this level may open it.
    pub fn has_level(&self, level: u8) -> bool {
        self.levels.is_empty() || self.levels.contains(&level)
    }
}

/// The status with which words begin, such as `404 Not Found`, `4XX` or `default`
/// (RFC 9110, section 15).
pub fn status_of(words: &str) -> Option<Status> {
    let word = words.split_whitespace().next()?;
    let word = word.trim_end_matches([':', ',', '.']);
    word.parse().ok()
}

/// A kind of table.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableKind {
    /// What it lists.
    pub role: TableRole,
    /// Sections in which it stands; empty means all.
    #[serde(default, rename = "in")]
    pub sections: Vec<SectionRole>,
    /// Roles and titles of its columns, in order.
    pub columns: Vec<(ColumnRole, String)>,
    /// Whether it comes without a row of titles; the columns' order tells.
    #[serde(default)]
    pub headerless: bool,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

impl TableKind {
    /// Whether it may stand in a section of this role.
    pub fn stands_in(&self, section: SectionRole) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }
}

/// A kind of list whose items declare what the rows of a table declare.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ListKind {
    /// What an item is.
    pub role: TableRole,
    /// Sections in which it stands; empty means all.
    #[serde(default, rename = "in")]
    pub sections: Vec<SectionRole>,
    /// How an item is written.
    pub items: Vec<Pattern>,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

impl ListKind {
    /// Whether it may stand in a section of this role.
    pub fn stands_in(&self, section: SectionRole) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }

    /// What the first of its patterns that fits captures.
    pub fn captures<'k, 't>(&'k self, item: &'t str) -> Option<Captures<'k, 't>> {
        self.items.iter().find_map(|pattern| pattern.captures(item))
    }
}

/// A kind of sentence that says what no table does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SentenceKind {
    /// What it says.
    pub role: SentenceRole,
    /// How it is written, without the full stop.
    pub says: Vec<Pattern>,
    /// The property of the body that holds what it says of a body.
    pub envelope: Option<String>,
}

/// A kind of code block.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CodeKind {
    /// What it holds.
    pub role: CodeRole,
    /// Sections in which it stands; empty means all.
    #[serde(default, rename = "in")]
    pub sections: Vec<SectionRole>,
    /// Info strings of its fence.
    pub info: Vec<String>,
    /// Why it is ignored, when it is.
    pub reason: Option<String>,
}

impl CodeKind {
    /// Whether it may stand in a section of this role.
    pub fn stands_in(&self, section: SectionRole) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
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

impl fmt::Display for ColumnRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl fmt::Display for CodeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
