//! What several type cells say together.

use std::cmp::Reverse;

use docwright_model::{Provenance, Type};
use docwright_read::{dialect::TypeWord, extract::RowFact};

/// How many different words are compared with each other at most. With more of them none
/// is right, and each is still recorded as contradicting the chosen one.
const MOST_WORDS: usize = 64;

/// One type cell: its meaning and its place.
pub type Said<'f> = (&'f TypeWord, &'f Provenance);

/// What cells say together.
pub struct Agreed<'f> {
    /// The most exact of them.
    pub word: &'f TypeWord,
    /// Where it stands.
    pub place: &'f Provenance,
    /// Cells that cannot be reconciled with it.
    pub against: Vec<Said<'f>>,
    /// Words of cells, with the number of cells that have them.
    pub rivals: Vec<&'f TypeWord>,
}

/// The different words of many type cells, in the order of their first places: hundreds
/// of cells have the same few words.
#[derive(Clone, Debug, Default)]
pub struct Votes<'f>(Vec<Vote<'f>>);

#[derive(Clone, Debug)]
struct Vote<'f> {
    word: &'f TypeWord,
    place: &'f Provenance,
    count: usize,
}

impl<'f> Votes<'f> {
    /// Counts the type cell of a row, unless it is blank; `null` is counted elsewhere.
    pub fn add(&mut self, row: &'f RowFact) {
        let Some(word) = row.ty.as_ref().map(without_null) else {
            return;
        };
        let is_full = self.0.len() >= MOST_WORDS;
        match self.0.iter_mut().find(|vote| vote.word == word) {
            Some(vote) => vote.count += 1,
            None if is_full => {}
            None => self.0.push(Vote {
                word,
                place: &row.provenance,
                count: 1,
            }),
        }
    }

    /// The words.
    pub fn words(&self) -> impl Iterator<Item = &'f TypeWord> {
        self.0.iter().map(|vote| vote.word)
    }

    /// Whether the words can be reconciled, together with a further cell `more`. Only
    /// words for which `counts` is true matter.
    pub fn admit(&self, more: Option<&TypeWord>, counts: impl Fn(&TypeWord) -> bool) -> bool {
        let is_more = |word: &TypeWord| Some(word) == more;
        let new = more.filter(|_| !self.words().any(is_more));
        let all = || {
            let known = self.0.iter();
            let known = known.map(|vote| (vote.word, vote.count + usize::from(is_more(vote.word))));
            let all = known.chain(new.map(|word| (word, 1)));
            all.filter(|(word, _)| counts(word))
        };
        let best = most_exact(all());
        best.is_none_or(|best| all().all(|(word, _)| admits(word, best)))
    }
}

/// Joins the type cells of these rows, whose words are `votes`: the word that most of
/// them can mean wins; of several such words the most exact, then the most frequent, then
/// the first one. `None` if there are no words.
pub fn agree<'f>(votes: &Votes<'f>, rows: &[&'f RowFact]) -> Option<Agreed<'f>> {
    let all = || votes.0.iter();
    let support = |word: &TypeWord| -> usize {
        let counted = all().filter(|vote| admits(vote.word, word));
        counted.map(|vote| vote.count).sum()
    };
    let ranked = all().enumerate().max_by_key(|(index, vote)| {
        let rank = (support(vote.word), exactness(vote.word), vote.count);
        (rank, Reverse(*index))
    });
    let (_, best) = ranked?;
    if all().count() == 1 {
        return Some(Agreed {
            word: best.word,
            place: best.place,
            against: Vec::new(),
            rivals: Vec::new(),
        });
    }
    let apart = |word: &TypeWord| !admits(word, best.word) && !admits(best.word, word);
    let most = support(best.word);
    let rivals = all().filter(|vote| apart(vote.word) && support(vote.word) == most);
    let said = rows
        .iter()
        .filter_map(|row| Some((without_null(row.ty.as_ref()?), &row.provenance)));
    Some(Agreed {
        word: best.word,
        place: best.place,
        rivals: rivals.map(|vote| vote.word).collect(),
        against: said.filter(|(word, _)| !admits(word, best.word)).collect(),
    })
}

/// The named type at the heart of a word.
pub fn named(word: &TypeWord) -> Option<&str> {
    match word {
        TypeWord::Named(name) => Some(name),
        TypeWord::Array(Some(inner)) | TypeWord::Map(inner) | TypeWord::Nullable(inner) => {
            named(inner)
        }
        _ => None,
    }
}

/// Whether a word says that the value may be `null`: itself, or as one of several types.
pub fn is_nullable(word: &TypeWord) -> bool {
    match word {
        TypeWord::Nullable(_) => true,
        TypeWord::Union(parts) => parts.iter().any(is_nullable),
        _ => false,
    }
}

/// A word without its `null`.
pub fn without_null(word: &TypeWord) -> &TypeWord {
    match word {
        TypeWord::Nullable(inner) => without_null(inner),
        word => word,
    }
}

/// Of counted words, the one that most of them can mean; of several, the most exact. A
/// single exact cell counts less than many that agree.
fn most_exact<'w>(votes: impl Iterator<Item = (&'w TypeWord, usize)>) -> Option<&'w TypeWord> {
    let votes: Vec<_> = votes.collect();
    let support = |best: &TypeWord| {
        let admitting = votes.iter().filter(|(word, _)| admits(word, best));
        admitting.map(|(_, count)| count).sum::<usize>()
    };
    let best = votes.iter().enumerate();
    let best = best.max_by_key(|(index, (word, count))| {
        (support(word), exactness(word), *count, Reverse(*index))
    });
    best.map(|(_, (word, _))| *word)
}

/// How exactly a word says what the type is.
fn exactness(word: &TypeWord) -> u8 {
    match word {
        TypeWord::Named(_) | TypeWord::Enum(_) => 3,
        TypeWord::Nullable(inner) => exactness(inner),
        TypeWord::Scalar { may_be, .. } if may_be.is_empty() => 2,
        TypeWord::Array(Some(_)) | TypeWord::Map(_) | TypeWord::Union(_) => 2,
        TypeWord::Scalar { .. } | TypeWord::Array(None) | TypeWord::Object => 1,
    }
}

/// Whether the word `coarse` can mean `exact`.
fn admits(coarse: &TypeWord, exact: &TypeWord) -> bool {
    match (coarse, exact) {
        _ if coarse == exact => true,
        (TypeWord::Scalar { is, may_be }, TypeWord::Scalar { is: exact, .. }) => {
            is == exact || may_be.contains(exact)
        }
        (TypeWord::Scalar { is, .. }, TypeWord::Enum(_)) => *is == Type::String,
        // A list of more values is the fuller one.
        (TypeWord::Enum(a), TypeWord::Enum(b)) => a.iter().all(|value| b.contains(value)),
        (TypeWord::Nullable(a), TypeWord::Nullable(b)) => admits(a, b),
        (TypeWord::Nullable(a), b) => admits(a, b),
        (a, TypeWord::Nullable(b)) => admits(a, b),
        (TypeWord::Object, TypeWord::Named(_) | TypeWord::Map(_)) => true,
        (TypeWord::Map(a), TypeWord::Map(b)) => admits(a, b),
        (TypeWord::Union(parts), exact) => parts.iter().any(|part| admits(part, exact)),
        (TypeWord::Array(None), TypeWord::Array(_)) => true,
        (TypeWord::Array(Some(a)), TypeWord::Array(Some(b))) => admits(a, b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(is: Type, may_be: &[Type]) -> TypeWord {
        TypeWord::Scalar {
            is,
            may_be: may_be.to_vec(),
        }
    }

    fn row(ty: &TypeWord) -> RowFact {
        RowFact {
            ty: Some(ty.clone()),
            ..RowFact::named("a", Provenance::default())
        }
    }

    fn votes<'f>(rows: &[&'f RowFact]) -> Votes<'f> {
        let mut votes = Votes::default();
        rows.iter().for_each(|row| votes.add(row));
        votes
    }

    #[test]
    fn an_exact_word_wins_over_coarse_ones_that_admit_it() {
        let coarse = row(&scalar(Type::String, &[Type::DateTime]));
        let exact = row(&scalar(Type::DateTime, &[]));
        let rows = [&coarse, &coarse, &exact];
        let agreed = agree(&votes(&rows), &rows).unwrap();
        assert_eq!(Some(agreed.word), exact.ty.as_ref());
        assert!(agreed.against.is_empty());
    }

    #[test]
    fn words_that_cannot_be_reconciled_are_told() {
        let (int, text) = (scalar(Type::Int32, &[]), scalar(Type::String, &[]));
        let (int, text) = (row(&int), row(&text));
        let rows = [&int, &text, &text];
        let agreed = agree(&votes(&rows), &rows).unwrap();
        assert_eq!(Some(agreed.word), text.ty.as_ref());
        assert_eq!(agreed.against.len(), 1);
    }

    #[test]
    fn one_more_word_fits_or_does_not() {
        let (int, text) = (scalar(Type::Int32, &[]), scalar(Type::String, &[]));
        let known = row(&text);
        let votes = votes(&[&known]);
        assert!(votes.admit(None, |_| true));
        assert!(votes.admit(Some(&text), |_| true));
        assert!(!votes.admit(Some(&int), |_| true));
        assert!(votes.admit(Some(&int), |word| *word != text));
    }
}
