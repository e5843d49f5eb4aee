//! One self-contained page: it loads nothing, and text of the pages can't become markup.

use std::collections::BTreeSet;

use askama::Template;

use super::view::View;

#[derive(Template)]
#[template(path = "report.html.askama", escape = "html")]
struct Page<'a> {
    view: &'a View,
    /// The version's line in pieces, and whether each is code.
    version: Vec<(bool, String)>,
    resources: BTreeSet<&'a str>,
}

/// The report as a page.
///
/// # Errors
/// Those of askama; a view can't cause any.
pub fn html(view: &View) -> Result<String, askama::Error> {
    let resources = view.findings.iter().flat_map(|it| &it.resources);
    let line = view.version_line();
    let pieces = line.split('`').enumerate();
    Page {
        view,
        version: pieces
            .map(|(at, text)| (at % 2 == 1, text.to_owned()))
            .collect(),
        resources: resources.map(String::as_str).collect(),
    }
    .render()
}
