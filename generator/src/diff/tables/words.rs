//! What words in type cells and headings can mean, and when two of them can't
//! mean the same.

use crate::{dialect::TypeWord, extract::RowFact, model::Type};

/// The rule for a type cell that is understood on one side only. A blank cell
/// says nothing on either.
pub fn word_rule(was: &RowFact, is: &RowFact) -> Option<&'static str> {
    if was.type_cell == is.type_cell || was.type_cell.is_empty() || is.type_cell.is_empty() {
        return None;
    }
    match (&was.ty, &is.ty) {
        (Some(_), None) => Some("type-word-not-understood"),
        (None, Some(_)) => Some("type-word-understood"),
        _ => None,
    }
}

/// Whether no type is what both words can mean. A name may stand for an
/// object or an enum, and names are compared by what their types consist of.
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
