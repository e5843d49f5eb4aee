//! What docwright reports about pages, settings and corrections: one type and
//! one registry of rules for all stages.

pub mod rules;

mod rule;

pub use rule::{Group, Rule, nearest};

use serde::Serialize;

use crate::{Position, Provenance, Type};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The run cannot give a right result.
    Error,
    /// The pages are wrong or incomplete; the result has what is known.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// The file: a page's path within the docs, or a settings file.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 when the whole line is meant.
    pub column: u32,
    /// What to underline, in characters.
    pub width: u32,
    /// Words that follow each other there; the last one is what is meant. Until they are
    /// looked up in the file, the place is that of what contains them, such as a row.
    #[serde(skip)]
    pub words: Vec<String>,
}

impl Place {
    /// The whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 0,
            column: 0,
            width: 0,
            words: Vec::new(),
        }
    }

    /// A position in a file.
    pub fn at(file: impl Into<String>, position: Position) -> Self {
        Self {
            file: file.into(),
            line: position.line,
            column: position.column,
            width: 1,
            words: Vec::new(),
        }
    }

    /// Where a page states something; for a row, the place of its name.
    pub fn of(provenance: &Provenance) -> Self {
        match provenance.position {
            Some(position) => {
                Self::at(&*provenance.page, position).words(provenance.row.as_deref())
            }
            None => Self::file(&*provenance.page),
        }
    }

    /// The last of these words, which follow each other there. If they aren't found
    /// (there may be markup in between), the place stays as it is.
    #[must_use]
    pub fn words(mut self, words: impl IntoIterator<Item: AsRef<str>>) -> Self {
        let words = words.into_iter();
        let words = words.map(|it| it.as_ref().trim().to_owned());
        self.words = words.filter(|it| !it.is_empty()).collect();
        self
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its rule.
    pub rule: &'static Rule,
    /// Where.
    pub place: Place,
    /// What was found, and what was expected.
    pub message: String,
    /// What the findings of one fault have in common; by default the target, or else the
    /// message.
    pub cause: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Related places, each with a short text.
    pub related: Vec<(Place, String)>,
    /// The target of a correction that would resolve it.
    pub target: Option<String>,
    /// An entry for `corrections.toml` that would resolve it.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    /// A finding of a rule at a place, with the rule's help.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            severity: rule.severity,
            rule,
            place,
            message: message.into(),
            cause: None,
            help: Some(rule.help.to_owned()),
            related: Vec::new(),
            target: None,
            suggestion: None,
        }
    }

    /// The same with its own help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with this cause; findings with one cause are one fault.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The same with a related place.
    #[must_use]
    pub fn related(mut self, place: Place, word: impl Into<String>) -> Self {
        self.related.push((place, word.into()));
        self
    }

    /// The same with the target of a correction that would resolve it.
    #[must_use]
    pub fn about(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// The same with an entry that confirms the type inferred for the target. Its source
    /// is blank, for a person to fill in.
    #[must_use]
    pub fn confirmed_by(self, target: &str, ty: &Type, why: &str) -> Self {
        let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let ty = text(&ty.to_string());
        let entry = format!(
            "[[correction]]\ntarget = {}\nexpect = {ty}\nset = {ty}\nreason = {}\nsource = \"\"",
            text(target),
            text(why),
        );
        self.about(target).suggestion(entry)
    }

    /// The same with an entry for `corrections.toml`.
    #[must_use]
    pub fn suggestion(mut self, entry: impl Into<String>) -> Self {
        self.suggestion = Some(entry.into());
        self
    }
}
