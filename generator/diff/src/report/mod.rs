//! Shows what changed: in a terminal, in a pull request's comment, as a page,
//! as JSON, as annotations of a GitHub workflow.
//!
//! Nothing here compares or judges; all forms show the same [`View`].

mod github;
mod html;
mod lines;
mod markdown;
mod rules;
mod text;
mod view;

pub use github::github;
pub use html::html;
pub use markdown::{LIMIT, markdown};
pub use rules::{explain, rules_markdown, rules_text};
pub use text::text;
pub use view::{Context, FORMAT, Origin, View};

use docwright_model::visible;

/// The view as JSON, with a line break at the end; `docs/DIFF.md` explains its
/// keys.
///
/// # Errors
/// Those of serde; a view can't cause any.
pub fn json(view: &View) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(view)? + "\n";
    Ok(visible::json(&text).into_owned())
}

#[cfg(test)]
mod tests;
