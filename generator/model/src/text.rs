//! The pages' words.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

/// A description: Markdown, and beside it the same words without markup.
///
/// The forms of a page differ in markup (page text has none), so equality of
/// forms is judged on the plain words. Only the Markdown is serialized.
///
/// A reference repeats its words on hundreds of pages, so that they are shared.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Text {
    markdown: Arc<str>,
    /// `None` when the same as the Markdown.
    plain: Option<Arc<str>>,
}

impl Text {
    /// A text with its Markdown and its plain form.
    pub fn new(markdown: impl Into<Arc<str>>, plain: impl Into<Arc<str>>) -> Self {
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
            markdown: self.plain.as_ref().unwrap_or(&self.markdown).clone(),
            plain: None,
        }
    }
}

impl From<&str> for Text {
    fn from(markdown: &str) -> Self {
        Self {
            markdown: markdown.into(),
            plain: None,
        }
    }
}

impl From<String> for Text {
    fn from(markdown: String) -> Self {
        markdown.as_str().into()
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&self.markdown)
    }
}
