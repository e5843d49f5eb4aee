//! Splits a table's row that is one line of words (`Id Integer Id of the
//! task.`) into its cells: by the columns' roles, and the words of types.

use std::ops::Range;

use super::lines::first_word;
use crate::dialect::{ColumnRole, Dialect, TableKind, TableRole};

/// How a line fits as a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It names a type, or a status.
    Sure,
    /// It has a name, and nothing speaks against it.
    Likely,
    /// It may as well be the rest of the cell before.
    Doubtful,
}

/// The cells of a line, in bytes of the line, and how well it fits; `None`
/// when it cannot be a row of this kind of table.
pub(super) fn split(
    dialect: &Dialect,
    kind: &TableKind,
    line: &str,
) -> Option<(Fit, Vec<Range<usize>>)> {
    let mut cells = Vec::with_capacity(kind.columns.len());
    let mut fit = Fit::Likely;
    let mut at = 0;
    for (index, (role, _)) in kind.columns.iter().enumerate() {
        let rest = line[at..].trim_start();
        at = line.len() - rest.len();
        let is_last = index + 1 == kind.columns.len();
        let length = match role {
            _ if is_last && *role != ColumnRole::Type => rest.len(),
            ColumnRole::Name => {
                let name = first_word(rest).0;
                if kind.role == TableRole::Responses {
                    is_status(name).then_some(())?;
                    fit = Fit::Sure;
                }
                is_name(name).then_some(name.len())?
            }
            ColumnRole::Type => {
                let found = type_length(dialect, rest);
                fit = match found {
                    Some(_) => Fit::Sure,
                    None if rest.is_empty() => Fit::Likely,
                    None => Fit::Doubtful,
                };
                // A small letter doesn't begin a description: an unknown word
                // for a type, which must not go unseen.
                let unknown = rest.starts_with(|c: char| c.is_lowercase());
                found.unwrap_or(if unknown { first_word(rest).0.len() } else { 0 })
            }
            ColumnRole::Required => required_length(dialect, rest),
            ColumnRole::Location
            | ColumnRole::Method
            | ColumnRole::Path
            | ColumnRole::Label
            | ColumnRole::Ignored => first_word(rest).0.len(),
            // Without a mark, a description ends where the line does.
            ColumnRole::Description => return None,
        };
        cells.push(at..at + length);
        at += length;
    }
    // A type may be the last column; what follows it has no place.
    line[at..].trim().is_empty().then_some((fit, cells))
}

/// Whether a word looks like the name of a parameter, property or header.
fn is_name(word: &str) -> bool {
    let first = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '{' | '[');
    let inner = |c: char| first(c) || matches!(c, '.' | '-' | ':' | '/' | '}' | ']' | '#' | '*');
    let last = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '}' | ']' | '*');
    word.starts_with(first) && word.ends_with(last) && word.chars().all(inner)
}

/// Whether a word is a status code (`404`), a class of them (`4XX`), or
/// `default` for all others.
fn is_status(word: &str) -> bool {
    if let [class @ b'1'..=b'5', rest @ ..] = word.as_bytes() {
        let digits = rest.iter().all(u8::is_ascii_digit);
        let any = rest.iter().all(|byte| byte.eq_ignore_ascii_case(&b'x'));
        return class.is_ascii_digit() && rest.len() == 2 && (digits || any);
    }
    word.eq_ignore_ascii_case("default")
}

/// How many bytes at the start of `rest` are a type cell; `None` when it
/// doesn't begin with one.
fn type_length(dialect: &Dialect, rest: &str) -> Option<usize> {
    let (word, after) = first_word(rest);
    if word.is_empty() {
        return None;
    }
    let types = &dialect.types;
    let begins = |known: &&str| {
        rest.strip_prefix(known)
            .is_some_and(|tail| tail.is_empty() || tail.starts_with(char::is_whitespace))
    };
    let known = types.words().filter(begins).map(str::len).max();
    let spelled = types
        .pattern_starts()
        .filter_map(|start| pattern_length(dialect, start, rest))
        .max();
    if known.or(spelled).is_some() {
        return known.max(spelled);
    }
    if types.is_named(word) {
        return is_type_name(word, after).then_some(word.len());
    }
    // A pattern without blanks: `string[]`, `integer/string`.
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!is_plain && types.read(word).is_some()).then_some(word.len())
}

/// The bytes of a type that begins with a pattern's literal `start`: of an
/// enum, its values up to the first that no separator follows, for that is the
/// last, and one word; of an array, its element's type.
fn pattern_length(dialect: &Dialect, start: &str, rest: &str) -> Option<usize> {
    let begins = rest.get(..start.len())?.eq_ignore_ascii_case(start);
    let mut at = start.len();
    let tail = rest.get(at..)?;
    if !begins || tail.trim_start().is_empty() {
        return None;
    }
    let Some(separator) = dialect.types.separator(start) else {
        let blanks = tail.len() - tail.trim_start().len();
        let element = type_length(dialect, tail.trim_start())?;
        return (blanks > 0).then_some(at + blanks + element);
    };
    // A separator that is a word of its own (`or`) doesn't end one.
    let separator = separator.trim();
    let is_sign = separator.starts_with(|c: char| !c.is_alphanumeric());
    loop {
        let tail = rest[at..].trim_start();
        let from = rest.len() - tail.len();
        let word = first_word(tail).0;
        let sign = word.find(separator).filter(|_| is_sign);
        let value = sign.unwrap_or(word.len());
        let after = rest[from + value..].trim_start();
        let ends = |more: &&str| is_sign || more.starts_with(char::is_whitespace);
        match after.strip_prefix(separator).filter(ends) {
            Some(more) => at = rest.len() - more.len(),
            // After a separator with nothing behind it, `at` is the end.
            None if value == 0 => return Some(at.min(rest.trim_end().len())),
            None => return Some(from + value),
        }
    }
}

/// Whether a word that looks like the name of a type is one, and not the first
/// word of a description after a blank type cell. A name with a hump is; a
/// single capitalised word is unless the sentence that it begins goes on after
/// it, with a small letter or an abbreviation (`Owner The person that …`).
fn is_type_name(word: &str, after: &str) -> bool {
    let pairs = word.as_bytes().windows(2);
    let mut humps =
        pairs.filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let next = first_word(after).0;
    let is_abbreviation = next.len() > 1 && next.bytes().all(|byte| byte.is_ascii_uppercase());
    let goes_on = next.starts_with(char::is_lowercase) || is_abbreviation;
    word.len() > 1 && (humps.next().is_some() || !goes_on)
}

/// How many bytes at the start of `rest` are the cell of a column that says
/// whether the row is required.
fn required_length(dialect: &Dialect, rest: &str) -> usize {
    let word = first_word(rest).0;
    let required = &dialect.required;
    let words = required.yes.iter().chain(&required.no);
    let mut words = words.chain(&required.marker);
    let is_known = words.any(|known| word.eq_ignore_ascii_case(known));
    if is_known { word.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::SectionRole;

    fn cells(line: &str) -> Option<Vec<&str>> {
        let dialect = Dialect::built_in("superoffice").unwrap().unwrap();
        let mut kinds = dialect.tables.iter();
        let kind = kinds.find(|kind| kind.stands_in(SectionRole::RequestBody))?;
        let (_, cells) = split(&dialect, kind, line)?;
        Some(cells.into_iter().map(|cell| &line[cell]).collect())
    }

    #[test]
    fn the_words_of_types_end_the_name_and_begin_the_description() {
        assert_eq!(
            cells("Id Integer A key."),
            Some(vec!["Id", "Integer", "A key."])
        );
        assert_eq!(
            cells("Items array Array of keys"),
            Some(vec!["Items", "array", "Array of keys"])
        );
        assert_eq!(cells("a.b string"), Some(vec!["a.b", "string", ""]));
        assert_eq!(cells("Boats"), Some(vec!["Boats", "", ""]));
        assert_eq!(cells("a, string b"), None);
    }

    #[test]
    fn named_types_are_told_from_sentences() {
        assert_eq!(cells("Boat Boat"), Some(vec!["Boat", "Boat", ""]));
        assert_eq!(
            cells("Boat Ship The ship"),
            Some(vec!["Boat", "Ship", "The ship"])
        );
        assert_eq!(cells("Boat The ship"), Some(vec!["Boat", "", "The ship"]));
        assert_eq!(
            cells("Boat Boat of ours"),
            Some(vec!["Boat", "", "Boat of ours"])
        );
        assert_eq!(cells("Boat See ABC"), Some(vec!["Boat", "", "See ABC"]));
        assert_eq!(
            cells("Boat ShipRight of it"),
            Some(vec!["Boat", "ShipRight", "of it"])
        );
    }

    #[test]
    fn the_last_value_of_an_enum_is_one_word() {
        assert_eq!(
            cells("kind Enum: Row , Sail, Steam Required How it moves, mostly."),
            Some(vec![
                "kind",
                "Enum: Row , Sail, Steam",
                "Required How it moves, mostly."
            ])
        );
        assert_eq!(cells("kind Enum: Row"), Some(vec!["kind", "Enum: Row", ""]));
        assert_eq!(
            cells("kind Enum: Row,"),
            Some(vec!["kind", "Enum: Row,", ""])
        );
        assert_eq!(cells("kind Enum:"), Some(vec!["kind", "", "Enum:"]));
    }

    #[test]
    fn an_unknown_word_in_small_letters_stays_in_the_type_cell() {
        assert_eq!(
            cells("Id uuid The key"),
            Some(vec!["Id", "uuid", "The key"])
        );
    }
}
