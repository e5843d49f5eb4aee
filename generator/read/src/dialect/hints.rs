//! Finds which of many phrases a text may contain, by a required word of each phrase: the
//! words of all phrases are searched for at once.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

/// The words of phrases, ready to be searched for.
#[derive(Clone, Debug)]
pub struct Hints(AhoCorasick);

impl Hints {
    /// The words of each phrase, in the phrases' order.
    ///
    /// # Errors
    /// More words than can be searched for at once.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Self, String> {
        let words = words.into_iter().map(folded);
        let finder = AhoCorasick::new(words).map_err(|error| error.to_string())?;
        Ok(Self(finder))
    }

    /// The numbers of the phrases whose words a text has.
    pub fn found(&self, text: &str) -> BTreeSet<usize> {
        let text = folded(text);
        let found = self.0.find_overlapping_iter(&text);
        found.map(|it| it.pattern().as_usize()).collect()
    }
}

/// A text in small letters, with one blank between words.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    match folded.is_ascii() {
        true => folded.make_ascii_lowercase(),
        // Letter by letter, whatever stands beside one.
        false => folded = folded.chars().flat_map(char::to_lowercase).collect(),
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_the_blanks_between_them() {
        let hints = Hints::new(["one of", "ÜBER", "over"]).unwrap();
        let found = |text| hints.found(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found("All over, One\n  OF them"), [0, 2]);
        assert_eq!(found("über"), [1]);
        assert!(found("one  or").is_empty());
    }
}
