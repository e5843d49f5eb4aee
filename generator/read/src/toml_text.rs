//! Reads the TOML files that a person writes for docwright, with line and
//! column of whatever is wrong in them.
//!
//! Nothing here knows what the files say.

use std::{io, ops::Range, path::Path};

use serde::de::DeserializeOwned;

use crate::source::{Form, Page, read_file};
use docwright_model::{
    Position,
    diagnostic::{Diagnostic, Place, Rule},
};

/// The text of a TOML file.
#[derive(Debug)]
pub struct TomlText {
    page: Page,
}

impl TomlText {
    /// The file at `path`, called `name` in diagnostics; `None` when there is
    /// no such file.
    ///
    /// # Errors
    /// A diagnostic of this rule when the file cannot be read.
    pub fn open(
        path: &Path,
        name: &str,
        rule: &'static Rule,
    ) -> Result<Option<Self>, Box<Diagnostic>> {
        let utf8 = |bytes| String::from_utf8(bytes).map_err(io::Error::other);
        match read_file(path).and_then(utf8) {
            Ok(text) => Ok(Some(Self::new(name, text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let message = format!("cannot be read: {error}");
                let help = "it must be a readable file of UTF-8 text";
                let place = Place::file(name);
                Err(Box::new(Diagnostic::new(rule, place, message).help(help)))
            }
        }
    }

    /// A file called `name` with this text.
    pub fn new(name: &str, text: impl Into<String>) -> Self {
        Self {
            page: Page::new(name, Form::Text, text),
        }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.page.text
    }

    /// The file's content as a `T`.
    ///
    /// # Errors
    /// A diagnostic of this rule when it isn't TOML, or isn't a `T`.
    pub fn parse<T: DeserializeOwned>(&self, rule: &'static Rule) -> Result<T, Box<Diagnostic>> {
        toml::from_str(&self.page.text).map_err(|error| {
            let place = match error.span() {
                Some(span) => self.place(span),
                None => Place::file(&*self.page.path),
            };
            let message = error.message().trim();
            // serde says what it expected after a comma; the first line is
            // enough to find the mistake, the rest is the help.
            let (found, expected) = message.split_once(", expected ").unwrap_or((message, ""));
            let found = found.replace('\n', "; ");
            let diagnostic = Diagnostic::new(rule, place, found);
            Box::new(match expected {
                "" => diagnostic,
                expected => diagnostic.help(format!("expected {}", expected.replace('\n', " "))),
            })
        })
    }

    /// The place of a range of bytes; what is underlined ends with the line.
    pub fn place(&self, span: Range<usize>) -> Place {
        let text = &self.page.text;
        let bytes = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let position: Position = self.page.position(bytes(span.start));
        let covered = text.get(span).unwrap_or_default();
        let line = covered.lines().next().unwrap_or_default();
        Place {
            width: bytes(line.chars().count().max(1)),
            ..Place::at(&*self.page.path, position)
        }
    }
}
