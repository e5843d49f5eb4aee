//! What several type cells say together.

use std::cmp::Reverse;

use indexmap::IndexMap;

use crate::{
    dialect::TypeWord,
    model::{Provenance, Type},
};

/// One type cell: what it means and where it stands.
pub type Said<'f> = (&'f TypeWord, &'f Provenance);

/// What cells say together.
pub struct Agreed<'f> {
    /// The most exact of them.
    pub word: &'f TypeWord,
    /// Where it stands.
    pub place: &'f Provenance,
    /// Cells that cannot be reconciled with it.
    pub against: Vec<Said<'f>>,
}

/// Joins type cells: the most exact wins, of several as exact ones the most
/// frequent, then the one that stands first. `None` without any.
pub fn agree<'f>(said: &[Said<'f>]) -> Option<Agreed<'f>> {
    // Hundreds of cells say the same few words: each with its first place.
    let mut votes: IndexMap<&TypeWord, (&'f Provenance, usize)> = IndexMap::new();
    for (word, place) in said {
        votes.entry(word).or_insert((place, 0)).1 += 1;
    }
    let best = votes
        .iter()
        .enumerate()
        .max_by_key(|(index, (word, (_, count)))| (exactness(word), *count, Reverse(*index)));
    let (_, (word, (place, _))) = best?;
    let against = said.iter().filter(|(other, _)| !admits(other, word));
    Some(Agreed {
        word,
        place,
        against: against.copied().collect(),
    })
}

/// How exactly a word says what the type is.
fn exactness(word: &TypeWord) -> u8 {
    match word {
        TypeWord::Named(_) | TypeWord::Enum(_) => 3,
        TypeWord::Scalar { may_be, .. } if may_be.is_empty() => 2,
        TypeWord::Array(Some(_)) | TypeWord::Map(_) | TypeWord::Union(_) => 2,
        TypeWord::Scalar { .. } | TypeWord::Array(None) | TypeWord::Object => 1,
    }
}

/// Whether the word `coarse` can mean what `exact` says.
fn admits(coarse: &TypeWord, exact: &TypeWord) -> bool {
    match (coarse, exact) {
        _ if coarse == exact => true,
        (TypeWord::Scalar { is, may_be }, TypeWord::Scalar { is: exact, .. }) => {
            is == exact || may_be.contains(exact)
        }
        (TypeWord::Scalar { is, .. }, TypeWord::Enum(_)) => *is == Type::String,
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

    #[test]
    fn an_exact_word_wins_over_coarse_ones_that_admit_it() {
        let coarse = scalar(Type::String, &[Type::DateTime]);
        let exact = scalar(Type::DateTime, &[]);
        let place = Provenance::default();
        let agreed = agree(&[(&coarse, &place), (&coarse, &place), (&exact, &place)]).unwrap();
        assert_eq!(agreed.word, &exact);
        assert!(agreed.against.is_empty());
    }

    #[test]
    fn words_that_cannot_be_reconciled_are_told() {
        let (int, text) = (scalar(Type::Int32, &[]), scalar(Type::String, &[]));
        let place = Provenance::default();
        let agreed = agree(&[(&int, &place), (&text, &place), (&text, &place)]).unwrap();
        assert_eq!(agreed.word, &text);
        assert_eq!(agreed.against.len(), 1);
    }
}
