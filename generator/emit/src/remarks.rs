//! What is known of a value beside its type, in sentences for its documentation.

use docwright_model::{Facets, Known, Range};

use super::docs::code;

/// Sentences on how a type is known and on what the pages say about the value.
pub fn of(known: Known, facets: &Facets) -> Vec<String> {
    let mut lines = about(facets);
    lines.extend(hint(known));
    // Each is a line of its own in the text, and a sentence of one paragraph when shown.
    lines
}

/// Whether the type is told by less than the documentation.
fn hint(known: Known) -> Option<String> {
    match known {
        Known::Corrected | Known::Documented | Known::Matched => None,
        Known::Sampled => Some("Type inferred from samples; not documented.".to_owned()),
        Known::Unknown => Some("Type not documented.".to_owned()),
    }
}

/// Sentences on what the pages say about a value.
pub fn about(facets: &Facets) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(default) = &facets.default {
        lines.push(format!("Default: {}.", code(&default.value.to_string())));
    }
    if let Some(range) = &facets.range {
        lines.extend(limits(&range.value, ""));
    }
    if let Some(length) = &facets.length {
        lines.extend(limits(&length.value, " characters"));
    }
    if let Some(items) = &facets.items {
        lines.extend(limits(&items.value, " elements"));
    }
    if let Some(pattern) = &facets.pattern {
        lines.push(format!("Matches {}.", code(&pattern.value)));
    }
    if facets.is_read_only() {
        lines.push("Only the server sets it.".to_owned());
    }
    if facets.is_write_only() {
        lines.push("Only in requests.".to_owned());
    }
    lines
}

fn limits<T: std::fmt::Display>(range: &Range<T>, of: &str) -> Option<String> {
    match (&range.minimum, &range.maximum) {
        (Some(least), Some(most)) => Some(format!("From {least} to {most}{of}.")),
        (Some(least), None) => Some(format!("At least {least}{of}.")),
        (None, Some(most)) => Some(format!("At most {most}{of}.")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_told_in_plain_words() {
        let facets: Facets = serde_json::from_value(serde_json::json!({
            "default": {"value": "red", "known": "documented"},
            "range": {"value": {"minimum": 1, "maximum": 9}, "known": "documented"},
            "length": {"value": {"maximum": 40}, "known": "documented"},
            "items": {"value": {"minimum": 2}, "known": "documented"},
            "pattern": {"value": "^a`b$", "known": "documented"},
            "read-only": {"value": true, "known": "documented"},
        }))
        .unwrap();
        let expected = [
            "Default: `\"red\"`.",
            "From 1 to 9.",
            "At most 40 characters.",
            "At least 2 elements.",
            "Matches `` ^a`b$ ``.",
            "Only the server sets it.",
            "Type inferred from samples; not documented.",
        ];
        assert_eq!(of(Known::Sampled, &facets), expected);
    }
}
