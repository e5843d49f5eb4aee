//! What is known of a value beside its type, in sentences for its documentation.

use std::collections::BTreeSet;

use docwright_model::{Facets, Known, Range, Text};

use super::docs::code;

/// Sentences on how a type is known and on what the pages say about the value.
pub fn of(known: Known, facets: &Facets, description: Option<&Text>) -> Vec<String> {
    let mut lines = about(facets, description);
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

/// Sentences on what the pages say about a value, without what its description says in
/// words.
pub fn about(facets: &Facets, description: Option<&Text>) -> Vec<String> {
    let words = Words::new(description);
    let mut lines = Vec::new();
    if let Some(default) = &facets.default {
        let value = default.value.to_string();
        if !words.have(&["default", value.trim_matches('"')]) {
            lines.push(format!("Default: {}.", code(&value)));
        }
    }
    if let Some(range) = &facets.range {
        lines.extend(limits(&words, &range.value, ""));
    }
    if let Some(length) = &facets.length {
        lines.extend(limits(&words, &length.value, " characters"));
    }
    if let Some(items) = &facets.items {
        lines.extend(limits(&words, &items.value, " elements"));
    }
    if let Some(pattern) = &facets.pattern {
        lines.push(format!("Matches {}.", code(&pattern.value)));
    }
    if facets.is_read_only() && !words.have(&["read-only"]) {
        lines.push("Only the server sets it.".to_owned());
    }
    if facets.is_write_only() {
        lines.push("Only in requests.".to_owned());
    }
    lines
}

/// The words of a description, in small letters.
struct Words(BTreeSet<String>);

impl Words {
    fn new(description: Option<&Text>) -> Self {
        let text = description.map_or("", Text::markdown).to_lowercase();
        let is_mark = |c: char| !c.is_alphanumeric() && c != '-';
        let words = text.split_whitespace();
        Self(
            words
                .map(|word| word.trim_matches(is_mark).to_owned())
                .collect(),
        )
    }

    fn have(&self, all: &[&str]) -> bool {
        all.iter().all(|word| self.0.contains(&word.to_lowercase()))
    }
}

fn limits<T: std::fmt::Display>(words: &Words, range: &Range<T>, of: &str) -> Option<String> {
    let numbers = [&range.minimum, &range.maximum].into_iter().flatten();
    let numbers: Vec<_> = numbers.map(T::to_string).collect();
    if words.have(&numbers.iter().map(String::as_str).collect::<Vec<_>>()) {
        return None;
    }
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
        assert_eq!(of(Known::Sampled, &facets, None), expected);
    }

    #[test]
    fn what_the_description_says_is_not_said_again() {
        let facets: Facets = serde_json::from_value(serde_json::json!({
            "default": {"value": 20, "known": "documented"},
            "range": {"value": {"minimum": 1, "maximum": 100}, "known": "documented"},
            "read-only": {"value": true, "known": "documented"},
        }))
        .unwrap();
        let all = Text::new("How many, from 1 to `100`. Default: 20. Read-only.", "");
        assert_eq!(about(&facets, Some(&all)), [""; 0]);
        let others = Text::new("Ten by default, at most 1000.", "");
        let expected = [
            "Default: `20`.",
            "From 1 to 100.",
            "Only the server sets it.",
        ];
        assert_eq!(about(&facets, Some(&others)), expected);
    }
}
