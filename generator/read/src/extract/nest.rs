//! Nested properties: rows whose names show that they are part of another row's value, by
//! a separator (`owner.name`) or by marks before the name (`- name`).

use super::RowFact;
use crate::{
    dialect::{NestingWords, TypeWord},
    document::{DEEPEST, Inline, Piece},
};

/// The characters of running text as they are, without folding blanks that
/// HTML keeps.
pub fn raw(inline: &Inline) -> String {
    let mut out = String::new();
    for piece in &inline.pieces {
        match piece {
            Piece::Text(words) | Piece::Code(words) => out.push_str(words),
            _ => {}
        }
    }
    out
}

/// The depth from the marks before a name, and the name without them.
pub fn indent<'n>(name: &'n str, nesting: &NestingWords) -> (usize, &'n str) {
    let mut rest = name;
    let mut depth = 0;
    'signs: loop {
        for sign in &nesting.indent {
            if let Some(tail) = rest.strip_prefix(sign.as_str())
                && !sign.is_empty()
                && !tail.trim().is_empty()
            {
                rest = tail.trim_start_matches(' ');
                depth += 1;
                continue 'signs;
            }
        }
        return (depth, rest.trim());
    }
}

/// The row of this name, also within others; the last one counts.
pub fn find<'r>(rows: &'r mut [RowFact], name: &str) -> Option<&'r mut RowFact> {
    rows.iter_mut()
        .rev()
        .find_map(|row| match row.name == name {
            true => Some(row),
            false => find(&mut row.rows, name),
        })
}

/// Enters the properties of this row's value that a separate table lists.
pub fn enter_below(
    parent: &mut RowFact,
    fact: RowFact,
    depth: usize,
    nesting: &NestingWords,
) -> Option<RowFact> {
    let odd = holds_nothing(parent).then(|| parent.clone());
    as_object(parent, false);
    enter(&mut parent.rows, fact, depth, nesting).or(odd)
}

/// Enters a row below the row that it is part of by its name. Returns that row if its
/// type has no properties.
pub fn enter(
    rows: &mut Vec<RowFact>,
    mut fact: RowFact,
    depth: usize,
    nesting: &NestingWords,
) -> Option<RowFact> {
    if depth > 0 && !rows.is_empty() {
        let mut parent = rows.last_mut()?;
        for _ in 1..depth {
            if parent.rows.is_empty() {
                break;
            }
            parent = parent.rows.last_mut()?;
        }
        let odd = holds_nothing(parent).then(|| parent.clone());
        as_object(parent, false);
        parent.rows.push(fact);
        return odd;
    }
    let separator = separator(nesting).filter(|it| !is_too_deep(&fact.name, it));
    let Some((first, rest)) = separator.and_then(|it| fact.name.split_once(it)) else {
        if let Some((name, true)) = element(&fact.name) {
            fact.name = name.to_owned();
        }
        rows.push(fact);
        return None;
    };
    // `sail[area][unit]`: the brackets close after the names.
    let rest = match separator {
        Some("[") => rest.replacen(']', "", 1),
        _ => rest.to_owned(),
    };
    let (first, is_array) = element(first)?;
    let first = first.to_owned();
    if first.is_empty() || rest.is_empty() {
        rows.push(fact);
        return None;
    }
    let at = rows.iter().rposition(|row| row.name == first);
    let at = at.unwrap_or_else(|| {
        rows.push(RowFact::named(first, fact.provenance.clone()));
        rows.len() - 1
    });
    let parent = &mut rows[at];
    let odd = holds_nothing(parent).then(|| parent.clone());
    as_object(parent, is_array);
    fact.name = rest;
    enter(&mut parent.rows, fact, 0, nesting).or(odd)
}

/// What stands between the names of a nested property's row.
fn separator(nesting: &NestingWords) -> Option<&str> {
    nesting.separator.as_deref().filter(|it| !it.is_empty())
}

fn is_too_deep(name: &str, separator: &str) -> bool {
    name.matches(separator).nth(DEEPEST).is_some()
}

/// Whether a row is nested deeper than the limit.
pub fn nests_too_deep(name: &str, depth: usize, nesting: &NestingWords) -> bool {
    depth > DEEPEST || separator(nesting).is_some_and(|it| is_too_deep(name, it))
}

/// A name without the mark for "each of its elements".
fn element(name: &str) -> Option<(&str, bool)> {
    let name = name.trim();
    Some(match name.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (name, false),
    })
}

/// Whether a row's type cell states a type without properties.
fn holds_nothing(row: &RowFact) -> bool {
    fn scalar(word: &TypeWord) -> bool {
        match word {
            TypeWord::Scalar { is, .. } => *is != docwright_model::Type::Any,
            TypeWord::Enum(_) => true,
            TypeWord::Array(Some(inner)) | TypeWord::Map(inner) | TypeWord::Nullable(inner) => {
                scalar(inner)
            }
            TypeWord::Union(parts) => parts.iter().all(scalar),
            TypeWord::Object | TypeWord::Array(None) | TypeWord::Named(_) => false,
        }
    }
    row.rows.is_empty() && row.ty.as_ref().is_some_and(scalar)
}

/// A row with rows below it is an object, or an array of objects.
fn as_object(row: &mut RowFact, is_array: bool) {
    let is_array = is_array || matches!(row.ty, Some(TypeWord::Array(_)));
    if holds_nothing(row) || row.ty.is_none() {
        row.ty = Some(match is_array {
            true => TypeWord::Array(None),
            false => TypeWord::Object,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docwright_model::{Provenance, Type};

    fn row(name: &str, ty: Option<TypeWord>) -> RowFact {
        RowFact {
            ty,
            ..RowFact::named(name, Provenance::default())
        }
    }

    fn names(rows: &[RowFact]) -> String {
        let name = |row: &RowFact| match row.rows.is_empty() {
            true => row.name.clone(),
            false => format!("{}({})", row.name, names(&row.rows)),
        };
        rows.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signs_before_a_name_put_it_below_the_row_above() {
        let nesting = NestingWords {
            indent: vec!["-".into(), "\u{a0}\u{a0}".into()],
            ..NestingWords::default()
        };
        let mut rows = Vec::new();
        for name in [
            "mast",
            "- sail",
            "- - area",
            "-- unit",
            "\u{a0}\u{a0}flag",
            "keel",
        ] {
            let (depth, name) = indent(name, &nesting);
            enter(&mut rows, row(name, None), depth, &nesting);
        }
        assert_eq!(names(&rows), "mast(sail(area unit) flag) keel");
    }

    #[test]
    fn a_name_of_more_parts_than_pages_nest_is_one_name() {
        let nesting = NestingWords {
            separator: Some(".".into()),
            ..NestingWords::default()
        };
        let name = |parts: usize| vec!["a"; parts].join(".");
        let mut rows = Vec::new();
        enter(&mut rows, row(&name(DEEPEST + 1), None), 0, &nesting);
        enter(&mut rows, row(&name(100_000), None), 0, &nesting);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].rows.len(), rows[1].rows.len()), (1, 0));
        assert!(!nests_too_deep(&name(DEEPEST + 1), 0, &nesting));
        assert!(nests_too_deep(&name(DEEPEST + 2), 0, &nesting));
        assert!(nests_too_deep("a", DEEPEST + 1, &nesting));
    }

    #[test]
    fn a_separator_puts_it_below_the_row_of_that_name() {
        let nesting = NestingWords {
            separator: Some(".".into()),
            ..NestingWords::default()
        };
        let mut rows = Vec::new();
        for name in ["mast", "keel", "mast.sail.area", "crew[].name", "mast.flag"] {
            enter(&mut rows, row(name, None), 0, &nesting);
        }
        assert_eq!(names(&rows), "mast(sail(area) flag) keel crew(name)");
        assert_eq!(rows[0].ty, Some(TypeWord::Object));
        assert_eq!(rows[2].ty, Some(TypeWord::Array(None)));
    }

    #[test]
    fn properties_of_something_that_has_none_are_told() {
        let nesting = NestingWords {
            separator: Some(".".into()),
            ..NestingWords::default()
        };
        let text = TypeWord::Scalar {
            is: Type::String,
            may_be: Vec::new(),
        };
        let mut rows = vec![row("mast", Some(text))];
        let odd = enter(&mut rows, row("mast.sail", None), 0, &nesting);
        assert_eq!(odd.map(|row| row.name).as_deref(), Some("mast"));
        assert_eq!(rows[0].ty, Some(TypeWord::Object));
    }
}
