//! Patterns in which `{name}` stands for words and `{name?}` for words that
//! may be missing: `Request Body: {name?}`.

use std::collections::BTreeMap;

use regex::Regex;
use serde::{Deserialize, Deserializer, de::Error};

/// What a pattern captured: placeholder to words.
pub type Captures<'p, 't> = BTreeMap<&'p str, &'t str>;

/// A pattern, ready for use. Letter case doesn't matter, nor do blanks between
/// words or around a placeholder.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    literal_start: String,
    names: Vec<String>,
    regex: Regex,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it: a brace that isn't closed, or a placeholder whose
    /// name isn't a word.
    pub fn new(source: &str) -> Result<Self, String> {
        let mut regex = String::from(r"(?is)^\s*");
        let mut names = Vec::new();
        let mut rest = source.trim();
        let mut literal_start = None;
        while let Some((literal, tail)) = rest.split_once('{') {
            let (name, tail) = tail
                .split_once('}')
                .ok_or_else(|| format!("`{source}` has a `{{` without a `}}`"))?;
            let (name, optional) = match name.strip_suffix('?') {
                Some(name) => (name, true),
                None => (name, false),
            };
            let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
            if !is_word || names.iter().any(|known| known == name) {
                return Err(format!(
                    "`{{{name}}}` in `{source}` must be a lower-case word that occurs once"
                ));
            }
            push_literal(&mut regex, literal);
            literal_start.get_or_insert_with(|| literal.trim().to_owned());
            let dots = if optional { ".*?" } else { ".+?" };
            regex.push_str(&format!(r"\s*(?P<{name}>{dots})\s*"));
            names.push(name.to_owned());
            rest = tail;
        }
        push_literal(&mut regex, rest);
        regex.push_str(r"\s*$");
        Ok(Self {
            source: source.to_owned(),
            literal_start: literal_start.unwrap_or_else(|| rest.trim().to_owned()),
            names,
            regex: Regex::new(&regex).map_err(|error| error.to_string())?,
        })
    }

    /// What each placeholder stands for in `text`; `None` when it doesn't fit.
    pub fn captures<'p, 't>(&'p self, text: &'t str) -> Option<Captures<'p, 't>> {
        if self.names.is_empty() {
            return self.regex.is_match(text).then(Captures::new);
        }
        let found = self.regex.captures(text)?;
        let named = |name: &'p String| Some((name.as_str(), found.name(name)?.as_str()));
        Some(self.names.iter().filter_map(named).collect())
    }

    /// The pattern as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The words before the first placeholder.
    pub fn literal_start(&self) -> &str {
        &self.literal_start
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let source = String::deserialize(input)?;
        Self::new(&source).map_err(D::Error::custom)
    }
}

/// Adds literal words, with any blanks for each blank.
fn push_literal(regex: &mut String, literal: &str) {
    let words: Vec<_> = literal.split_whitespace().map(regex::escape).collect();
    if words.is_empty() && !literal.is_empty() {
        // Only a blank tells two placeholders apart.
        regex.push_str(r"\s+");
        return;
    }
    let starts = literal.starts_with(char::is_whitespace);
    let ends = literal.ends_with(char::is_whitespace);
    if words.is_empty() && starts {
        regex.push_str(r"\s+");
        return;
    }
    if starts {
        regex.push_str(r"\s*");
    }
    regex.push_str(&words.join(r"\s+"));
    if ends {
        regex.push_str(r"\s*");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured<'t>(pattern: &str, text: &'t str) -> Option<Vec<(String, &'t str)>> {
        let pattern = Pattern::new(pattern).unwrap();
        let captures = pattern.captures(text)?;
        let owned = captures
            .iter()
            .map(|(name, text)| ((*name).to_owned(), *text));
        Some(owned.collect())
    }

    #[test]
    fn placeholders_capture_words() {
        let name = |text| vec![("name".to_owned(), text)];
        let pattern = "Request Body: {name?}";
        assert_eq!(captured(pattern, "Request Body: task "), Some(name("task")));
        assert_eq!(captured(pattern, "REQUEST  body:task"), Some(name("task")));
        assert_eq!(captured(pattern, "Request Body:"), Some(name("")));
        assert_eq!(captured(pattern, "The Request Body: x"), None);
        assert_eq!(captured("Enum: {values}", "Enum:"), None);
        let title = [("method".to_owned(), "GET"), ("path".to_owned(), "a/b c")];
        assert_eq!(
            captured("{method} {path}", "GET  a/b c"),
            Some(title.to_vec())
        );
    }

    #[test]
    fn a_blank_sets_placeholders_apart() {
        let pattern = Pattern::new("{method} {path}").unwrap();
        let captures = pattern.captures("GET Boats").unwrap();
        assert_eq!((captures["method"], captures["path"]), ("GET", "Boats"));
        assert!(pattern.captures("GET").is_none());
    }

    #[test]
    fn regex_signs_are_literal() {
        assert!(captured("a.b (c)", "a.b (c)").is_some());
        assert!(captured("a.b", "axb").is_none());
    }

    #[test]
    fn a_broken_pattern_says_why() {
        let error = Pattern::new("a {b").unwrap_err();
        assert_eq!(error, "`a {b` has a `{` without a `}`");
    }
}
