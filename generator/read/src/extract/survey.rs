//! Counts what the dialect doesn't know: headings, tables and columns, code blocks, words
//! in cells. This is where the author of a dialect starts.

use std::{collections::BTreeMap, ops::AddAssign};

use serde::Serialize;

use crate::{
    dialect::{OperationWords, SectionRole},
    document::{Block, BlockKind},
};
use docwright_model::diagnostic::Place;

/// Something that the dialect doesn't know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Term {
    /// A heading.
    Heading {
        /// Its words.
        words: String,
        /// Its level.
        level: u8,
        /// What stands below it.
        below: Below,
    },
    /// A paragraph that ends with a colon, above a table or code that isn't
    /// known.
    Lead {
        /// Its words.
        words: String,
        /// What stands below it.
        below: Below,
    },
    /// A paragraph or an item of a list that looks like an operation.
    Signature {
        /// The words behind method and path, if there are any.
        more: bool,
    },
    /// Words in a section that declares no operation.
    WordsWithoutOperation,
    /// A table of no known kind.
    Table {
        /// Its column titles; empty without a row of titles.
        titles: Vec<String>,
        /// How many columns it has.
        columns: usize,
        /// Where it stands.
        section: Within,
    },
    /// A column that its kind of table doesn't have.
    Column {
        /// Its title.
        title: String,
        /// The titles of its table.
        titles: Vec<String>,
        /// Where the table stands.
        section: Within,
    },
    /// A code block of no known kind.
    Code {
        /// The first word of its fence.
        info: String,
        /// What it looks like.
        looks: Looks,
        /// Where it stands.
        section: Within,
    },
    /// A type cell.
    TypeCell {
        /// Its words.
        words: String,
    },
    /// A type cell that is read as the name of a type.
    TypeName {
        /// Its words.
        words: String,
    },
    /// A cell that states whether a row is required.
    RequiredCell {
        /// Its words.
        words: String,
    },
    /// A cell that states where a parameter is sent.
    LocationCell {
        /// Its words.
        words: String,
    },
    /// A page without an operation or a type.
    Page {
        /// Its file's stem.
        stem: String,
        /// Whether it has tables, or words that look like an operation.
        hopeful: bool,
    },
}

/// The section in which something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// A section of this role.
    Role(SectionRole),
    /// Below a heading that the dialect doesn't know.
    Unknown {
        /// The heading.
        heading: String,
        /// What stands below it.
        below: Below,
    },
}

/// The content below a heading, up to the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Below {
    /// A method and a path.
    pub signature: bool,
    /// A table.
    pub table: bool,
    /// Code that is no signature.
    pub code: bool,
}

/// What a code block looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Looks {
    /// A request line.
    Signature,
    /// A request with header fields or a body.
    Request,
    /// A status line.
    Answer,
    /// JSON.
    Json,
    /// Something else.
    Other,
}

/// How often something is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Met {
    /// How many times.
    pub count: usize,
    /// The first place.
    pub place: Place,
}

/// All that the dialect doesn't know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Each with its count.
    pub terms: BTreeMap<Term, Met>,
}

impl Survey {
    /// Adds one.
    pub fn add(&mut self, term: Term, place: &Place) {
        let first = || Met {
            count: 0,
            place: place.clone(),
        };
        self.terms.entry(term).or_insert_with(first).count += 1;
    }

    /// Whether everything is known.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

impl AddAssign<&Self> for Survey {
    fn add_assign(&mut self, other: &Self) {
        for (term, met) in &other.terms {
            match self.terms.get_mut(term) {
                Some(mine) => {
                    mine.count += met.count;
                    mine.place = mine.place.clone().min(met.place.clone());
                }
                None => {
                    self.terms.insert(term.clone(), met.clone());
                }
            }
        }
    }
}

/// The content of these blocks up to the next heading.
pub fn below(blocks: &[Block], words: &OperationWords) -> Below {
    let mut below = Below::default();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(_) => break,
            BlockKind::Code(code) => match looks(&code.text, words) {
                Looks::Signature | Looks::Request => below.signature = true,
                _ => below.code = true,
            },
            BlockKind::Paragraph(text) => {
                below.signature |= signature(&text.to_plain(), words).is_some();
            }
            BlockKind::List(list) => {
                let first = list.items.iter().filter_map(|item| item.first());
                below.signature |= first.into_iter().any(|block| match &block.kind {
                    BlockKind::Paragraph(text) => signature(&text.to_plain(), words).is_some(),
                    _ => false,
                });
            }
            BlockKind::Table(_) => below.table = true,
            _ => {}
        }
    }
    below
}

/// Whether words begin with a method and a path, and whether more follows.
pub fn signature(plain: &str, words: &OperationWords) -> Option<bool> {
    let (method, rest) = plain.split_once(char::is_whitespace)?;
    let mut rest = rest.split_whitespace();
    words.route(method, rest.next()?)?;
    Some(rest.next().is_some())
}

/// What a code block looks like.
pub fn looks(text: &str, words: &OperationWords) -> Looks {
    let trimmed = text.trim();
    if trimmed.starts_with("HTTP/") {
        return Looks::Answer;
    }
    if !words.routes(trimmed).is_empty() {
        return match trimmed.contains("\n\n") || trimmed.contains(": ") {
            true => Looks::Request,
            false => Looks::Signature,
        };
    }
    let is_json = trimmed.starts_with(['{', '[']);
    match is_json && serde_json::from_str::<serde::de::IgnoredAny>(trimmed).is_ok() {
        true => Looks::Json,
        false => Looks::Other,
    }
}
