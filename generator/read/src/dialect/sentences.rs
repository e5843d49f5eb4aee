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
