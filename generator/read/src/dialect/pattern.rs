//! Patterns in which `{name}` stands for words and `{name?}` for words that
//! may be missing: `Request Body: {name?}`.
//!
//! Each heading and each cell of a reference is compared with many patterns, so they
//! aren't regular expressions: those took 1.3 times the CPU time for a whole reference,
//! and 1.7 times for a single page. A placeholder takes as little text as possible: the
//! leftmost match of the words after it leaves the most text for the rest, so there is no
//! backtracking.

use memchr::memchr2_iter;
use serde::{Deserialize, Deserializer, de::Error};

/// What a pattern captured: placeholders with their words, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures<'p, 't>(Vec<(&'p str, &'t str)>);

impl<'t> Captures<'_, 't> {
    /// The words that a placeholder stands for; `None` when the pattern doesn't
    /// have it.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        let mut all = self.0.iter();
        all.find_map(|(known, words)| (*known == name).then_some(*words))
    }

    /// The words of all placeholders.
    pub fn words(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().map(|(_, words)| *words)
    }
}

/// A pattern, ready for use. Letter case doesn't matter, nor do blanks between
/// words or around a placeholder.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    /// Words, with blanks in between, and whether a blank sets them apart from
    /// the placeholders before and behind.
    Words {
        text: String,
        words: Vec<String>,
        apart: (bool, bool),
    },
    /// Only a space separates two placeholders.
    Blank,
    Placeholder {
        name: String,
        optional: bool,
    },
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it: a brace that isn't closed, a placeholder whose
    /// name isn't a word or stands twice, or two placeholders with nothing in
    /// between.
    pub fn new(source: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut names = Vec::new();
        let mut rest = source.trim();
        while let Some((literal, tail)) = rest.split_once('{') {
            let (name, tail) = tail
                .split_once('}')
                .ok_or_else(|| format!("`{source}` has a `{{` without a `}}`"))?;
            let (name, optional) = match name.strip_suffix('?') {
                Some(name) => (name, true),
                None => (name, false),
            };
            let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
            if !is_word || names.contains(&name) {
                return Err(format!(
                    "`{{{name}}}` in `{source}` must be a lower-case word that occurs once"
                ));
            }
            match literal_part(literal) {
                Some(part) => parts.push(part),
                None if names.is_empty() => {}
                None => {
                    return Err(format!(
                        "`{source}` needs text between `{{{name}}}` and the placeholder before it"
                    ));
                }
            }
            names.push(name);
            let name = name.to_owned();
            parts.push(Part::Placeholder { name, optional });
            rest = tail;
        }
        parts.extend(literal_part(rest));
        Ok(Self {
            source: source.to_owned(),
            parts,
        })
    }

    /// What each placeholder stands for in `text`; `None` when it doesn't fit.
    pub fn captures<'p, 't>(&'p self, text: &'t str) -> Option<Captures<'p, 't>> {
        let mut rest = text.trim_start();
        // Most texts don't begin with a pattern's words, which is known at a look.
        if let Some(Part::Words { words, .. }) = self.parts.first() {
            begins_with(rest, words)?;
        }
        rest = rest.trim_end();
        let mut captures = Captures::default();
        let mut parts = self.parts.iter();
        while let Some(part) = parts.next() {
            match part {
                Part::Words { words, apart, .. } => {
                    let length = begins_with(rest, words)?;
                    if apart.1 && !may_part(rest, length) {
                        return None;
                    }
                    rest = rest[length..].trim_start();
                }
                // Stands behind a placeholder only, which takes it.
                Part::Blank => {}
                Part::Placeholder { name, optional } => {
                    let is_last = parts.len() <= 1;
                    let found = match parts.next() {
                        None => Some((rest, "")),
                        Some(Part::Words { words, apart, .. }) => {
                            split_at(rest, words, *apart, is_last, *optional)
                        }
                        Some(_) => {
                            let next = parts.as_slice().first();
                            let may_end =
                                matches!(next, Some(Part::Placeholder { optional: true, .. }));
                            let split = rest.split_once(char::is_whitespace);
                            split.or(may_end.then_some((rest, "")))
                        }
                    };
                    let (words, behind) = found?;
                    if words.is_empty() && !optional {
                        return None;
                    }
                    captures.0.push((name, words.trim_end()));
                    rest = behind.trim_start();
                }
            }
        }
        rest.is_empty().then_some(captures)
    }

    /// Whether `text` fits.
    pub fn fits(&self, text: &str) -> bool {
        self.captures(text).is_some()
    }

    /// The pattern as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The longest word that each text that fits has.
    pub fn longest_word(&self) -> &str {
        let words = self.parts.iter().flat_map(|part| match part {
            Part::Words { words, .. } => words.as_slice(),
            _ => &[],
        });
        words
            .max_by_key(|word| word.len())
            .map_or("", String::as_str)
    }

    /// The words before the first placeholder.
    pub fn literal_start(&self) -> &str {
        match self.parts.first() {
            Some(Part::Words { text, .. }) => text,
            _ => "",
        }
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let source = String::deserialize(input)?;
        Self::new(&source).map_err(D::Error::custom)
    }
}

/// What stands between placeholders, if anything does.
fn literal_part(literal: &str) -> Option<Part> {
    let text = literal.trim();
    if text.is_empty() {
        return (!literal.is_empty()).then_some(Part::Blank);
    }
    Some(Part::Words {
        text: text.to_owned(),
        words: text.split_whitespace().map(str::to_owned).collect(),
        apart: (
            literal.starts_with(char::is_whitespace),
            literal.ends_with(char::is_whitespace),
        ),
    })
}

/// The length of these words at the start of `text`, in bytes.
fn begins_with(text: &str, words: &[String]) -> Option<usize> {
    let mut rest = text;
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            let word = rest.trim_start();
            if word.len() == rest.len() {
                return None;
            }
            rest = word;
        }
        rest = &rest[word_length(rest, word)?..];
    }
    Some(text.len() - rest.len())
}

/// The length of this word at the start of `text`, in bytes.
fn word_length(text: &str, word: &str) -> Option<usize> {
    let same = |(found, expected): &(u8, u8)| found.eq_ignore_ascii_case(expected);
    let alike = text.bytes().zip(word.bytes()).take_while(same).count();
    let expected = match word.as_bytes().get(alike) {
        Some(expected) => expected,
        None => return Some(word.len()),
    };
    if text.as_bytes().get(alike)?.is_ascii() && expected.is_ascii() {
        return None;
    }
    // Letters beyond ASCII may have other lengths in the other case.
    let mut rest = text.chars();
    for expected in word.chars() {
        if !rest.next()?.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// `text` before and behind the leftmost place of these words; something must
/// stand before them unless that is `optional`, and nothing behind them when
/// they are the `last` part.
fn split_at<'t>(
    text: &'t str,
    words: &[String],
    apart: (bool, bool),
    last: bool,
    optional: bool,
) -> Option<(&'t str, &'t str)> {
    let split = |at: usize| {
        let (before, from) = text.split_at(at);
        let length = begins_with(from, words)?;
        let is_apart = (!apart.0 || may_part(text, at)) && (!apart.1 || may_part(from, length));
        let behind = &from[length..];
        (is_apart && (!last || behind.trim_start().is_empty())).then_some((before, behind))
    };
    let may_stand = |at: &usize| optional || *at > 0;
    match words.first()?.as_bytes() {
        // Only where its first letter stands can a word be.
        [first, ..] if first.is_ascii() => {
            let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
            let mut places = memchr2_iter(small, capital, text.as_bytes()).filter(may_stand);
            places.find_map(split)
        }
        _ => {
            let places = text.char_indices().map(|(at, _)| at);
            places.filter(may_stand).find_map(split)
        }
    }
}

/// Whether words may begin or end at this place: it isn't within one.
fn may_part(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    !(before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured<'t>(pattern: &str, text: &'t str) -> Option<Vec<(String, &'t str)>> {
        let pattern = Pattern::new(pattern).unwrap();
        let captures = pattern.captures(text)?;
        let owned = captures.0.iter();
        Some(
            owned
                .map(|(name, text)| ((*name).to_owned(), *text))
                .collect(),
        )
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
        assert_eq!(captures.get("method"), Some("GET"));
        assert_eq!(captures.get("path"), Some("Boats"));
        assert_eq!(captures.get("query"), None);
        assert!(!pattern.fits("GET"));
    }

    #[test]
    fn a_placeholder_takes_as_little_as_possible_and_the_last_one_the_rest() {
        let all = |pattern, text| {
            let found = captured(pattern, text).unwrap_or_default();
            found.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(
            all("{a} of {b}", "list of maps of x"),
            ["list", "maps of x"]
        );
        assert_eq!(all("{a}[]", "text[][]"), ["text[]"]);
        assert_eq!(all("{a?}:{b}", ":x"), ["", "x"]);
        assert_eq!(all("{a} of {b?} end", "x OF  End"), ["x", ""]);
        assert_eq!(all("{a}:{b}", ":x:y"), [":x", "y"]);
        assert_eq!(all("{a} {b?}", "x"), ["x", ""]);
        assert!(all("{a} of {b}", "of x").is_empty());
        assert!(all("an {a}", "another").is_empty());
        assert_eq!(all("{a} of {b}", "sofa of wool"), ["sofa", "wool"]);
        assert_eq!(all("{a}s", "boats"), ["boat"]);
        assert!(all("{a} of x", "a of x y").is_empty());
    }

    #[test]
    fn words_are_compared_letter_by_letter_whatever_their_case() {
        assert!(captured("a.b (c)", "A.b  (C)").is_some());
        assert!(captured("a.b", "axb").is_none());
        assert!(captured("a b", "ab").is_none());
        assert!(captured("Größe", "GRÖßE").is_some());
        assert!(captured("", " ").is_some());
        assert!(captured("", "x").is_none());
    }

    #[test]
    fn a_broken_pattern_says_why() {
        let error = Pattern::new("a {b").unwrap_err();
        assert_eq!(error, "`a {b` has a `{` without a `}`");
        let error = Pattern::new("{a}{b}").unwrap_err();
        assert!(error.starts_with("`{a}{b}` needs text between `{b}`"));
        assert!(Pattern::new("{a} {a}").is_err());
    }
}
