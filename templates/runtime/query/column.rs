//! Columns, which filters, lists of columns and orders are made of.

use std::fmt;

/// A column of the requested rows, by its name: `name`, or `owner/name` for a column of a
/// related object.
///
/// A name has letters, digits, `_`, `.`, `:` and `/`; each part between slashes begins with
/// a letter or `_`. Everything else is refused, such as blanks, quotes, commas and
/// parentheses, and so are the words `true`, `false`, `null`, `NaN` and `INF`, so that a
/// name from untrusted input can't change the query. The error is returned when the call is
/// awaited. [`unchecked`](Self::unchecked) accepts any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column(Written);

/// The text that is sent, or why there is none.
pub(super) type Written = Result<String, InvalidQuery>;

/// The column with this name.
#[inline]
pub fn column(name: impl Into<Column>) -> Column {
    name.into()
}

impl Column {
    /// An expression in place of a column name, such as a function of a column. It isn't
    /// checked: don't build it from untrusted input.
    #[inline]
    pub fn unchecked(text: impl Into<String>) -> Self {
        Self(Ok(text.into()))
    }

    /// The text that is sent.
    ///
    /// # Errors
    /// Returns an error if it isn't the name of a column.
    #[inline]
    pub fn text(&self) -> Result<&str, InvalidQuery> {
        text(&self.0)
    }

    #[inline]
    fn named(name: &str) -> Self {
        match is_name(name) {
            true => Self(Ok(name.to_owned())),
            false => Self(Err(InvalidQuery::new(format!(
                "{} isn't a column name: use letters, digits, `_`, `.`, `:` and `/`",
                shown(name)
            )))),
        }
    }
}

/// Words that are values rather than columns.
const VALUES: [&str; 5] = ["true", "false", "null", "NaN", "INF"];

/// Whether a text is a valid column name.
#[inline]
fn is_name(name: &str) -> bool {
    let begins = |part: &str| part.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let is_sign = |c: char| c.is_alphanumeric() || "_.:/".contains(c);
    let is_value = VALUES.iter().any(|word| name.eq_ignore_ascii_case(word));
    !is_value && name.chars().all(is_sign) && name.split('/').all(begins)
}

/// The start of a text, with invisible characters escaped.
#[inline]
fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let start: String = text.chars().take(MOST).collect();
    let end = if start.len() < text.len() { "…" } else { "" };
    format!("`{}{end}`", start.escape_debug())
}

impl<T: AsRef<str> + ?Sized> From<&T> for Column {
    #[inline]
    fn from(name: &T) -> Self {
        Self::named(name.as_ref())
    }
}

impl From<String> for Column {
    #[inline]
    fn from(name: String) -> Self {
        Self::named(&name)
    }
}

/// Why a filter, a list of columns or an order can't be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidQuery(Box<str>);

impl InvalidQuery {
    #[inline]
    pub(super) fn new(reason: impl Into<Box<str>>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for InvalidQuery {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidQuery {}

/// The text, or a copy of the error.
#[inline]
pub(super) fn text(written: &Written) -> Result<&str, InvalidQuery> {
    written.as_deref().map_err(Clone::clone)
}

/// A part of a filter or an order.
pub(super) trait Piece {
    /// Appends it to the text that is sent.
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery>;
}

impl Piece for &'static str {
    #[inline]
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery> {
        to.push_str(self);
        Ok(())
    }
}

impl Piece for Column {
    #[inline]
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery> {
        to.push_str(self.text()?);
        Ok(())
    }
}

/// The pieces, joined.
#[inline]
pub(super) fn written(pieces: &[&dyn Piece]) -> Written {
    let mut text = String::new();
    for piece in pieces {
        piece.write(&mut text)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_column_is_meant() {
        for name in [
            "name",
            "owner/name",
            "_id",
            "Größe",
            "a.b:c/x_1",
            "nullable",
        ] {
            assert_eq!(column(name).text(), Ok(name));
        }
        assert_eq!(column(String::from("name")).text(), Ok("name"));
    }

    #[test]
    fn what_says_more_is_refused() {
        for name in [
            "",
            "/",
            "a/",
            "a//b",
            "1",
            "name eq 1 or name",
            "name,id",
            "f(x)",
            "it's",
            "a&b",
            "a\u{a0}b",
            "a\nb",
            "true",
            "Null",
            "nan",
        ] {
            let error = column(name).text().unwrap_err().to_string();
            assert!(error.contains("isn't a column name"), "{name}: {error}");
        }
        let long = "a b".repeat(100);
        let error = column(&long).text().unwrap_err().to_string();
        assert!(error.starts_with("`a ba b") && error.len() < 200, "{error}");
    }

    #[test]
    fn a_text_for_a_column_is_left_as_it_is() {
        let count = Column::unchecked("Count(category):Footer");
        assert_eq!(count.text(), Ok("Count(category):Footer"));
    }
}
