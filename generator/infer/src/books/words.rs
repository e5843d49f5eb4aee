//! Whether a type of the model fits a type cell.

use super::lookup::Lookup;
use docwright_model::{Shape, Type};
use docwright_read::dialect::TypeWord;

/// Whether the words of a type cell admit the type.
pub fn admits(word: &TypeWord, ty: &Type, lookup: &Lookup<'_>) -> bool {
    if let Type::Named(name) = ty
        && let Some(schema) = lookup.api.schema(name)
    {
        match &schema.shape {
            Shape::Alias(inner) if !is_name(word, name) => return admits(word, inner, lookup),
            Shape::Union(union) if !is_name(word, name) => {
                return match word {
                    TypeWord::Union(words) => words.iter().all(|word| {
                        let mut members = union.members.iter();
                        members.any(|it| admits(word, &it.ty, lookup))
                    }),
                    TypeWord::Object => true,
                    _ => false,
                };
            }
            _ => {}
        }
    }
    match (word, ty) {
        (TypeWord::Nullable(inner), ty) => admits(inner, ty, lookup),
        (word, Type::Nullable(inner)) => admits(word, inner, lookup),
        (TypeWord::Scalar { is, may_be }, ty) => {
            is == ty || may_be.contains(ty) || *is == Type::Any || is_enum_of(is, ty, lookup)
        }
        (TypeWord::Object, ty) => match ty {
            Type::Named(_) => !is_enum(ty, lookup),
            ty => matches!(ty, Type::Map(_) | Type::Any),
        },
        (TypeWord::Array(None), ty) => matches!(ty, Type::Array(_)),
        (TypeWord::Array(Some(word)), Type::Array(element)) => admits(word, element, lookup),
        (TypeWord::Map(word), Type::Map(value)) => admits(word, value, lookup),
        (TypeWord::Union(words), ty) => {
            *ty == Type::Any || words.iter().any(|word| admits(word, ty, lookup))
        }
        (TypeWord::Enum(_), ty) => is_enum(ty, lookup),
        (TypeWord::Named(label), Type::Named(name)) => is_same(label, name),
        _ => false,
    }
}

fn is_name(word: &TypeWord, name: &str) -> bool {
    matches!(word, TypeWord::Named(label) if is_same(label, name))
}

/// Whether two spellings are the same name: only letters and digits count, not their
/// case.
pub fn is_same(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    a == b || letters(a) == letters(b)
}

fn is_enum(ty: &Type, lookup: &Lookup<'_>) -> bool {
    let Type::Named(name) = ty else { return false };
    let shape = lookup.api.schema(name).map(|schema| &schema.shape);
    matches!(shape, Some(Shape::Values(_) | Shape::Flags(_)))
}

/// Whether a type is an enum, and the word the kind of its values.
fn is_enum_of(is: &Type, ty: &Type, lookup: &Lookup<'_>) -> bool {
    matches!(is, Type::String | Type::Int32 | Type::Int64) && is_enum(ty, lookup)
}
