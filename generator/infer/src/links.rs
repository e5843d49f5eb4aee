//! Where the links of pages lead.

/// Where the links of a text lead.
pub fn links(markdown: &str) -> impl Iterator<Item = &str> {
    let mut parts = markdown.split("](");
    parts.next();
    parts.filter_map(|part| Some(part.split_once(')')?.0))
}

/// The target of a link: a page in the docs, with the fragment in lower case.
pub fn target(link: &str, page: &str) -> String {
    let (path, fragment) = match link.split_once('#') {
        Some((path, fragment)) => (path, format!("#{}", fragment.to_lowercase())),
        None => (link, String::new()),
    };
    if path.is_empty() {
        return format!("{page}{fragment}");
    }
    if path.contains("://") || path.starts_with('/') {
        return format!("{path}{fragment}");
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{}{fragment}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_and_places_in_them() {
        let cases = [
            ("#Boat-Kind", "docs/boats.md", "docs/boats.md#boat-kind"),
            ("boat.md", "docs/boats.md", "docs/boat.md"),
            ("../types/boat.md#Top", "docs/boats.md", "types/boat.md#top"),
            (
                "https://example.org/boat",
                "docs/boats.md",
                "https://example.org/boat",
            ),
        ];
        for (link, page, expected) in cases {
            assert_eq!(target(link, page), expected);
        }
    }
}
