//! The types of parameters and headers. In a URL or a header all values are text, so
//! types only differ if they are written differently.

use super::{
    enums,
    evidence::Evidence,
    operation::Operation,
    unify::{Spot, Unified},
    unions, words,
};
use docwright_model::{Known, Literal, Type};
use docwright_read::{dialect::TypeWord, extract::RowFact};

/// The types that rows of an operation give its parameters, or the headers of a response.
pub fn decide<'r>(
    operation: &Operation<'_>,
    rows: impl Iterator<Item = &'r RowFact>,
    evidence: &Evidence<'_>,
    unified: &mut Unified,
) -> Vec<(Type, Known)> {
    let rows = rows.map(|row| {
        let word = row.ty.as_ref().map(words::without_null);
        match (row.values.is_empty(), read(word, row, evidence, unified)) {
            (false, (Type::String | Type::Int32 | Type::Int64, _)) => {
                (listed(operation, row, evidence, unified), Known::Documented)
            }
            (_, decided) => decided,
        }
    });
    rows.collect()
}

/// The enum whose values a parameter's description lists.
fn listed(
    operation: &Operation<'_>,
    row: &RowFact,
    evidence: &Evidence<'_>,
    unified: &mut Unified,
) -> Type {
    let values: Vec<Literal> = row.values.iter().map(|fact| fact.value.clone()).collect();
    let spot = Spot {
        owner: &operation.name,
        name: &row.name,
        place: &row.provenance,
    };
    let named = unified.enum_of(&values, spot, evidence);
    if let Some(name) = named.named() {
        unified.enums.describe(name, &row.values);
    }
    named
}

/// The type that a word means in a URL.
fn read(
    word: Option<&TypeWord>,
    row: &RowFact,
    evidence: &Evidence<'_>,
    unified: &Unified,
) -> (Type, Known) {
    match word {
        Some(TypeWord::Scalar { is, .. }) => (is.clone(), Known::Documented),
        Some(word @ TypeWord::Enum(values)) => match unified.enums.with_values(row, values) {
            Some(known) => (Type::Named(known.name.clone()), Known::Documented),
            None => {
                let whole = enums::values(word).is_some_and(|values| {
                    let mut values = values.iter();
                    values.all(|value| matches!(value, Literal::Integer(_)))
                });
                let ty = if whole { Type::Int64 } else { Type::String };
                (ty, Known::Documented)
            }
        },
        Some(TypeWord::Array(element)) => {
            let (ty, known) = read(element.as_deref(), row, evidence, unified);
            (Type::array(ty), known)
        }
        Some(TypeWord::Nullable(inner)) => read(Some(inner), row, evidence, unified),
        // A union is text, unless one member includes all others.
        Some(TypeWord::Union(parts)) => {
            let parts = parts.iter();
            let types = parts
                .map(|part| read(Some(part), row, evidence, unified).0)
                .collect();
            let mut types = unions::simplified(types);
            match types.len() {
                1 => (types.remove(0), Known::Documented),
                _ => (Type::String, Known::Documented),
            }
        }
        Some(TypeWord::Named(name)) => of_name(name, evidence, unified),
        // No page states how an object is written in a URL.
        Some(TypeWord::Object | TypeWord::Map(_)) => (Type::map(Type::Any), Known::Unknown),
        None => (Type::String, Known::Unknown),
    }
}

/// A named type that is written as a single text: an enum, or an alias of a plain type. A
/// type that no page describes is text, because an object can't be sent in a URL.
fn of_name(name: &str, evidence: &Evidence<'_>, unified: &Unified) -> (Type, Known) {
    let is_plain = match unified.aliases.get(name) {
        Some(alias) => {
            let below = matches!(alias.ty, Type::Map(_) | Type::Array(_) | Type::Any);
            !below
                && alias
                    .ty
                    .named()
                    .is_none_or(|it| unified.enums.get(it).is_some())
        }
        None => unified.enums.get(name).is_some(),
    };
    let is_described = || unified.aliases.contains_key(name) || evidence.is_described(name);
    match is_plain {
        true => (Type::Named(name.to_owned()), Known::Documented),
        false if is_described() => (Type::map(Type::Any), Known::Unknown),
        false => (Type::String, Known::Unknown),
    }
}
