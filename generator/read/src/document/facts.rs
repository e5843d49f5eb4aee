//! Facts for machines that pages keep in comments beside their code blocks:
//! `<!-- { "blockType": "response", "isCollection": true } -->`.

/// The JSON that a comment holds; `None` for words to those who edit the page.
pub(super) fn machine_facts(comment: &str) -> Option<String> {
    let facts = comment.trim();
    facts.starts_with('{').then(|| facts.to_owned())
}

/// The same for the whole comment, with its marks.
pub(super) fn of_comment(html: &str) -> Option<String> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    machine_facts(inner).filter(|facts| !facts.contains("-->"))
}
