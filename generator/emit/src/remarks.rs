//! What is known of a value beside its type, in sentences for its documentation.

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
        if !words.follow(&["default", value.trim_matches('"')]) {
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
    if facets.is_read_only() && !words.follow(&["read-only"]) {
        lines.push("Only the server sets it.".to_owned());
    }
    if facets.is_write_only() {
        lines.push("Only in requests.".to_owned());
    }
    lines
}

/// The words of a description, in small letters and in order.
struct Words(Vec<String>);

/// How many words further on the next one may stand: `1 and 100`, `default value is 20`.
const NEAR: usize = 3;

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

    /// Whether these words stand in this order and near each other. Further apart they may
    /// be about something else.
    fn follow(&self, all: &[&str]) -> bool {
        let is = |at: usize, word: &str| self.0.get(at).is_some_and(|it| *it == word);
        let all: Vec<_> = all.iter().map(|word| word.to_lowercase()).collect();
        let (Some(first), rest) = (all.first(), all.get(1..).unwrap_or_default()) else {
            return false;
        };
        let mut starts = (0..self.0.len()).filter(|at| is(*at, first));
        starts.any(|start| {
            let next = |at: usize, word: &String| (at + 1..=at + NEAR).find(|at| is(*at, word));
            rest.iter().try_fold(start, next).is_some()
        })
    }
}

fn limits<T: std::fmt::Display>(words: &Words, range: &Range<T>, of: &str) -> Option<String> {
    match (&range.minimum, &range.maximum) {
        (Some(least), Some(most)) => {
            let is_said = words.follow(&[&least.to_string(), &most.to_string()]);
            (!is_said).then(|| format!("From {least} to {most}{of}."))
        }
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
        let expected = [
            "Default: `20`.",
            "From 1 to 100.",
            "Only the server sets it.",
        ];
        for others in [
            "Ten by default, at most 1000.",
            "The default, where 1 of 20 boats, or 1 of the other 100, is out.",
            "100 or 1, read or only written.",
        ] {
            let others = Text::new(others, "");
            assert_eq!(about(&facets, Some(&others)), expected);
        }
    }
}
