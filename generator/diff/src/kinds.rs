//! The kinds of JSON values that a type can have (RFC 8259, section 3). A type can
//! certainly be a list even if its elements are unknown.

use super::relate::{named, says_nothing};
use docwright_model::{Api, EnumValue, Literal, Shape, Type};
use docwright_read::dialect::TypeWord;

/// How deep aliases and unions are followed.
const DEEPEST: u8 = 16;

/// A set of kinds of JSON values; `null` is left out, as anything may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    const ANY: Self = Self(u8::MAX);
    const STRING: Self = Self(1);
    const NUMBER: Self = Self(2);
    const BOOLEAN: Self = Self(4);
    const ARRAY: Self = Self(8);
    const OBJECT: Self = Self(16);

    /// The kinds of values that a type has.
    pub fn of(api: &Api, ty: &Type) -> Self {
        Self::within(api, ty, DEEPEST)
    }

    fn within(api: &Api, ty: &Type, depth: u8) -> Self {
        let (Some(schema), Some(depth)) = (named(api, ty), depth.checked_sub(1)) else {
            return Self::of_bare(ty);
        };
        let integer = |it: &EnumValue| matches!(it.value, Literal::Integer(_));
        match &schema.shape {
            _ if says_nothing(schema) => Self::of_bare(ty),
            Shape::Properties(_) => Self::OBJECT,
            Shape::Values(values) if values.iter().any(integer) => Self::NUMBER,
            Shape::Values(_) => Self::STRING,
            Shape::Flags(_) => Self::NUMBER,
            Shape::Alias(inner) => Self::within(api, inner, depth),
            Shape::Union(union) => {
                let members = union.members.iter();
                members
                    .map(|it| Self::within(api, &it.ty, depth))
                    .fold(Self(0), Self::or)
            }
        }
    }

    /// The same for a named type without a description.
    fn of_bare(ty: &Type) -> Self {
        match ty {
            Type::Any => Self::ANY,
            Type::String | Type::DateTime | Type::Date | Type::Binary => Self::STRING,
            Type::Boolean => Self::BOOLEAN,
            Type::Int32 | Type::Int64 | Type::Double => Self::NUMBER,
            Type::Array(_) => Self::ARRAY,
            Type::Map(_) => Self::OBJECT,
            Type::Nullable(inner) => Self::of_bare(inner),
            // Pages name objects and enums.
            Type::Named(_) => Self::OBJECT.or(Self::STRING),
        }
    }

    /// The kinds of values that a page's word for a type can mean.
    fn of_word(word: &TypeWord) -> Self {
        match word {
            TypeWord::Scalar { is, may_be } => {
                let types = may_be.iter().map(Self::of_bare);
                types.fold(Self::of_bare(is), Self::or)
            }
            TypeWord::Object | TypeWord::Map(_) => Self::OBJECT,
            TypeWord::Array(_) => Self::ARRAY,
            TypeWord::Enum(values) => match values.first() {
                Some(Literal::Integer(_)) => Self::NUMBER,
                _ => Self::STRING,
            },
            // An additional null doesn't affect the kinds.
            TypeWord::Nullable(inner) => Self::of_word(inner),
            TypeWord::Named(_) => Self::OBJECT.or(Self::STRING),
            TypeWord::Union(words) => words.iter().map(Self::of_word).fold(Self(0), Self::or),
        }
    }

    /// The kinds that a type certainly has, by the page's word for it, even if the word
    /// alone doesn't determine the type. A contradictory word, or the name of another
    /// type, makes nothing certain.
    pub fn by_word(api: &Api, ty: &Type, word: Option<&TypeWord>) -> Self {
        let is_name = matches!(word, Some(TypeWord::Named(_)));
        match word.map(Self::of_word) {
            Some(said) if said.meet(Self::of(api, ty)) && (!is_name || ty.named().is_some()) => {
                said
            }
            _ => Self::ANY,
        }
    }

    /// Whether a value can be of both.
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_nobody_knows_what_are_no_numbers() {
        let api = Api::default();
        let kinds = |ty: &str| Kinds::of(&api, &ty.parse().unwrap());
        for (a, b, expected) in [
            ("int32", "array<any>", false),
            ("map<any>", "array<any>", false),
            ("map<any>", "string", false),
            ("bool", "double", false),
            ("int64", "double", true),
            ("date", "string", true),
            // A name without a description may be an object or an enum.
            ("Pet", "string", true),
            ("Pet", "map<any>", true),
            ("Pet", "int32", false),
            ("any", "int32", true),
        ] {
            assert_eq!(kinds(a).meet(kinds(b)), expected, "{a}, {b}");
        }
    }

    #[test]
    fn a_word_makes_certain_what_it_says() {
        let api = Api::default();
        let by = |ty: &str, word| Kinds::by_word(&api, &ty.parse().unwrap(), word);
        assert_eq!(by("array<any>", Some(&TypeWord::Array(None))), Kinds::ARRAY);
        assert_eq!(by("map<any>", Some(&TypeWord::Object)), Kinds::OBJECT);
        // Only a sample shows the list.
        assert_eq!(by("array<any>", None), Kinds::ANY);
        assert_eq!(by("array<any>", Some(&TypeWord::Object)), Kinds::ANY);
        // Samples refuted the name.
        let name = TypeWord::Named("Pet".to_owned());
        assert_eq!(by("map<any>", Some(&name)), Kinds::ANY);
    }
}
