//! `corrections.toml`: what the pages get wrong or leave unsaid.
//!
//! An entry names a target, what the pages say of it today, what is true, and
//! why:
//!
//! ```toml
//! [[correction]]
//! target = "BatchTaskInfo.CancellationBehaviour"
//! expect = "string"
//! set = { enum = "CancellationBehaviour", values = ["CanCancel", "CannotCancel"] }
//! reason = "The pages call it a string and show one value."
//! source = "The vendor's published API description."
//! ```
//!
//! `docs/SETTINGS.md` lists the targets and what can be said of them.
//!
//! An entry whose target is gone, whose `expect` isn't what the pages say, or
//! that says what the pages say, is an error: corrections expire.
//!
//! Nothing here reads pages, and no correction adds or removes a property, a
//! parameter or an operation.

mod apply;
mod file;
mod target;

use std::{fmt, path::PathBuf};

pub use apply::apply;

use docwright_model::{
    Type,
    diagnostic::{Diagnostic, Place},
};
use docwright_read::toml_text::TomlText;

/// The name of the corrections file.
pub const FILE: &str = "corrections.toml";

/// One entry.
#[derive(Clone, Debug)]
pub struct Correction {
    /// What it is about.
    pub target: String,
    /// What the pages say of it today.
    pub expect: Fact,
    /// What is true.
    pub set: Fact,
    /// Why it is true.
    pub reason: String,
    /// Who says so.
    pub source: String,
    place: Places,
}

#[derive(Clone, Debug)]
struct Places {
    target: Place,
    expect: Place,
    set: Place,
}

/// What can be said of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It is of this type.
    Type(Type),
    /// There is no body.
    NoBody,
    /// It must be there, or need not.
    Required(bool),
    /// It is an enum of these values.
    Values(Vec<String>),
    /// It is of this type, which is or holds the enum of this name and these
    /// values.
    Enum {
        /// The type of the target.
        ty: Type,
        /// The enum's name.
        name: String,
        /// The enum's values.
        values: Vec<String>,
    },
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Aspect {
    Type,
    Required,
    Values,
}

impl Fact {
    fn aspect(&self) -> Aspect {
        match self {
            Self::Type(_) | Self::NoBody | Self::Enum { .. } => Aspect::Type,
            Self::Required(_) => Aspect::Required,
            Self::Values(_) => Aspect::Values,
        }
    }
}

/// As written in the file.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(ty) => write!(f, "\"{ty}\""),
            Self::NoBody => f.write_str("\"none\""),
            Self::Required(required) => write!(f, "{{ required = {required} }}"),
            Self::Values(values) => write!(f, "{{ values = {values:?} }}"),
            Self::Enum { ty, name, values } => {
                write!(f, "{{ enum = \"{name}\", values = {values:?}")?;
                if *ty != Type::Named(name.clone()) {
                    write!(f, ", type = \"{ty}\"")?;
                }
                f.write_str(" }")
            }
        }
    }
}

/// The corrections that stand in the folders among these docs. A single page
/// is read as it is: what is true of the whole API need not show on one page.
///
/// What is wrong with a file or an entry is reported; the other entries serve
/// all the same.
pub fn for_docs(docs: &[PathBuf]) -> (Vec<Correction>, Vec<Diagnostic>) {
    let (mut corrections, mut diagnostics) = (Vec::new(), Vec::new());
    for folder in docs.iter().filter(|path| path.is_dir()) {
        let path = folder.join(FILE);
        // Among several files, only the whole path identifies one.
        let name = match docs {
            [_] => FILE.to_owned(),
            _ => path.display().to_string(),
        };
        match TomlText::open(&path, &name, file::RULE) {
            Ok(Some(text)) => {
                let (entries, errors) = file::parse(&text);
                corrections.extend(entries);
                diagnostics.extend(errors);
            }
            Ok(None) => {}
            Err(error) => diagnostics.push(*error),
        }
    }
    (corrections, diagnostics)
}

/// The entries of a corrections file's text, called `name` in diagnostics, and
/// what is wrong with the others.
pub fn parse(name: &str, text: &str) -> (Vec<Correction>, Vec<Diagnostic>) {
    file::parse(&TomlText::new(name, text))
}

#[cfg(test)]
mod tests;
