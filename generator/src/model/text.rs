//! The pages' words.

use serde::{Deserialize, Serialize};

/// A description: Markdown, and beside it the same words without markup.
///
/// The forms of a page differ in markup (page text has none), so equality of
/// forms is judged on the plain words. Only the Markdown is serialized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text {
    markdown: String,
    /// `None` when the same as the Markdown.
    plain: Option<String>,
}

impl Text {
    /// A text with its Markdown and its plain form.
    pub fn new(markdown: impl Into<String>, plain: impl Into<String>) -> Self {
        let (markdown, plain) = (markdown.into(), plain.into());
        let plain = (plain != markdown).then_some(plain);
        Self { markdown, plain }
    }

    /// The words with inline markup, as Markdown.
    pub fn markdown(&self) -> &str {
        &self.markdown
    }

    /// The words without markup, white space folded.
    pub fn plain(&self) -> &str {
        self.plain.as_deref().unwrap_or(&self.markdown)
    }

    /// The same words without markup.
    pub fn to_plain(&self) -> Self {
        Self {
            markdown: self.plain().to_owned(),
            plain: None,
        }
    }
}

impl From<String> for Text {
    fn from(markdown: String) -> Self {
        Self {
            markdown,
            plain: None,
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.markdown
    }
}
