//! Where on the pages something is said.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A line and a column of a page, both counted from 1; columns count
/// characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// Where something is said: page, heading, row.
///
/// Rows are named by their first cell rather than numbered: a row that comes
/// in between must not change what is written about the others. For the same
/// reason the [`Position`] is kept in memory only.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provenance {
    /// The page, relative to the docs folder, with `/`.
    pub page: Arc<str>,
    /// The text of the heading above; `None` above the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Arc<str>>,
    /// The heading's anchor on the published page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Arc<str>>,
    /// The first cell of the table row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Arc<str>>,
    /// Line and column, if the page is available.
    #[serde(skip)]
    pub position: Option<Position>,
}

impl std::fmt::Display for Provenance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.page)?;
        if let Some(position) = self.position {
            write!(f, ":{}:{}", position.line, position.column)?;
        }
        if let Some(heading) = &self.heading {
            write!(f, ", “{heading}”")?;
        }
        if let Some(row) = &self.row {
            write!(f, ", row {row}")?;
        }
        Ok(())
    }
}
