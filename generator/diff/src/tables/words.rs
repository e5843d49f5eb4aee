//! What words in type cells and headings can mean, and when two of them can't
//! mean the same.

use docwright_model::Type;
use docwright_read::{dialect::TypeWord, extract::RowFact};

/// The rule for a type cell that is understood on one side only. A blank cell states
/// nothing on either side.
pub fn word_rule(was: &RowFact, is: &RowFact) -> Option<&'static str> {
    let understood = (was.ty.is_some(), is.ty.is_some());
    understanding((&was.type_cell, &is.type_cell), understood)
}

/// The same for any two words for a type.
pub fn understanding(said: (&str, &str), understood: (bool, bool)) -> Option<&'static str> {
    if said.0 == said.1 || said.0.is_empty() || said.1.is_empty() {
        return None;
    }
    match understood {
        (true, false) => Some("type-word-not-understood"),
        (false, true) => Some("type-word-understood"),
        _ => None,
    }
}

/// Whether a type cell states the same in other words, such as that the value may be
/// absent, which the model can't express. Other names and values are compared with the
/// types.
pub fn says_more(was: &RowFact, is: &RowFact) -> bool {
    use TypeWord::{Enum, Named};
    let is_other = match (&was.ty, &is.ty) {
        (Some(Enum(old)), Some(Enum(new))) => old != new,
        (Some(Named(old)), Some(Named(new))) => old != new,
        _ => false,
    };
    was.type_cell != is.type_cell && !is_other
}

/// Whether the words can't mean the same type. A name can stand for an object or an enum,
/// and names are compared by the content of their types.
pub fn contradict(old: Option<&TypeWord>, new: Option<&TypeWord>) -> bool {
    use TypeWord::{Array, Enum, Map, Named, Object, Scalar, Union};
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    match (old, new) {
        (Union(_), _) | (_, Union(_)) | (Enum(_), Enum(_)) => false,
        (Object | Map(_) | Named(_), Object | Map(_) | Named(_)) => false,
        (Array(old), Array(new)) => contradict(old.as_deref(), new.as_deref()),
        (Scalar { .. }, Scalar { .. }) => !meanings(old).any(|it| meanings(new).any(|n| n == it)),
        (word @ Scalar { .. }, Enum(_) | Named(_)) | (Enum(_) | Named(_), word @ Scalar { .. }) => {
            !meanings(word).any(|it| matches!(it, Type::String | Type::Any))
        }
        (Enum(_), Named(_)) | (Named(_), Enum(_)) => false,
        _ => true,
    }
}

/// The types that a scalar's word can mean.
fn meanings(word: &TypeWord) -> impl Iterator<Item = &Type> {
    let (is, may_be) = match word {
        TypeWord::Scalar { is, may_be } => (Some(is), &may_be[..]),
        _ => (None, &[][..]),
    };
    is.into_iter().chain(may_be)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_contradict_when_no_type_is_both() {
        let exact = |is: Type| TypeWord::Scalar {
            is,
            may_be: Vec::new(),
        };
        let coarse = TypeWord::Scalar {
            is: Type::Int32,
            may_be: vec![Type::Int64],
        };
        let named = TypeWord::Named("Pet".to_owned());
        let list = TypeWord::Array(None);
        for (old, new, expected) in [
            (&exact(Type::Int64), &coarse, false),
            (&exact(Type::String), &coarse, true),
            (&named, &TypeWord::Object, false),
            (&named, &list, true),
            (&named, &coarse, true),
            // The name of an enum may stand for a string.
            (&named, &exact(Type::String), false),
            (
                &list,
                &TypeWord::Array(Some(Box::new(coarse.clone()))),
                false,
            ),
        ] {
            for (old, new) in [(old, new), (new, old)] {
                assert_eq!(
                    contradict(Some(old), Some(new)),
                    expected,
                    "{old:?}, {new:?}"
                );
            }
        }
        assert!(!contradict(None, Some(&list)));
    }
}
