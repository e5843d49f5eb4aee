//! The kinds of sentences, ready for use: a sentence is only compared with the patterns
//! whose words it contains.

use super::{
    hints::Hints,
    kinds::{SentenceKind, SentenceRole},
    pattern::Pattern,
};

/// Kinds of sentences with facts that no table states, in order.
#[derive(Clone, Debug)]
pub struct Sentences {
    kinds: Vec<SentenceKind>,
    /// The words of each pattern of each kind.
    hints: Hints,
    /// The kind of each pattern, and its place there.
    patterns: Vec<(usize, usize)>,
}

impl Sentences {
    /// Makes kinds ready for use.
    ///
    /// # Errors
    /// More words than can be searched for at once.
    pub(super) fn new(kinds: Vec<SentenceKind>) -> Result<Self, String> {
        let says = kinds.iter().flat_map(|kind| &kind.says);
        let hints = Hints::new(says.map(Pattern::longest_word))?;
        let numbered = kinds.iter().enumerate();
        let patterns = numbered.flat_map(|(at, kind)| (0..kind.says.len()).map(move |n| (at, n)));
        Ok(Self {
            patterns: patterns.collect(),
            kinds,
            hints,
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The patterns whose words a sentence has, each with its kind, in order.
    pub fn candidates(&self, sentence: &str) -> impl Iterator<Item = (&SentenceKind, &Pattern)> {
        let found = self.hints.found(sentence).into_iter();
        found.filter_map(|number| {
            let (kind, at) = *self.patterns.get(number)?;
            let kind = self.kinds.get(kind)?;
            Some((kind, kind.says.get(at)?))
        })
    }

    /// The patterns of a role, in order.
    pub fn of_role(&self, role: SentenceRole) -> impl Iterator<Item = &Pattern> {
        let kinds = self.kinds.iter().filter(move |kind| kind.role == role);
        kinds.flat_map(|kind| &kind.says)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sentences(says: &[&str]) -> Sentences {
        let kind = SentenceKind {
            role: SentenceRole::RequestBody,
            says: says.iter().map(|it| Pattern::new(it).unwrap()).collect(),
            envelope: None,
        };
        Sentences::new(vec![kind]).unwrap()
    }

    #[test]
    fn patterns_come_in_order_if_their_longest_word_is_there() {
        let sentences = sentences(&["Takes {type}", "A {type} in the body", "{type}", "Körper"]);
        let found = |sentence| {
            let candidates = sentences.candidates(sentence);
            candidates.map(|(_, it)| it.source()).collect::<Vec<_>>()
        };
        assert_eq!(
            found("It TAKES somebody"),
            ["Takes {type}", "A {type} in the body", "{type}"]
        );
        assert_eq!(found("der KÖRPER"), ["{type}", "Körper"]);
    }

    proptest! {
        #[test]
        fn what_fits_is_a_candidate(
            words in prop::collection::vec("[a-cÄéıΣſK]{1,4}", 1..5),
            capitals in any::<bool>(),
            blanks in prop::sample::select(vec![" ", "  ", "\n", "\u{a0}"]),
        ) {
            let says = format!("{} {{type}}", words.join(" "));
            let text = format!("{}{blanks}Boat", words.join(blanks));
            let text = if capitals { text.to_uppercase() } else { text };
            let sentences = sentences(&[&says]);
            let fits = Pattern::new(&says).unwrap().fits(&text);
            prop_assert!(!fits || sentences.candidates(&text).next().is_some());
        }
    }
}
