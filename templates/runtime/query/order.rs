//! Orders of rows.

use super::column::{Column, InvalidQuery, Piece, Written, text, written};

/// The order of the rows: a [`Column`], with or without a direction, several of them, or a
/// text, which is sent unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderBy(Written);

impl OrderBy {
    /// The text that is sent.
    ///
    /// # Errors
    /// Returns an error if there is no column, or if one can't be sent.
    #[inline]
    pub fn text(&self) -> Result<&str, InvalidQuery> {
        text(&self.0)
    }

    #[inline]
    pub(crate) fn written(value: impl Into<Self>) -> Written {
        value.into().0
    }

    #[inline]
    pub(super) fn of(pieces: &[&dyn Piece]) -> Self {
        Self(written(pieces))
    }
}

impl<O: Into<OrderBy>> FromIterator<O> for OrderBy {
    #[inline]
    fn from_iter<I: IntoIterator<Item = O>>(columns: I) -> Self {
        let texts = columns.into_iter().map(Self::written);
        Self(match texts.collect::<Result<Vec<_>, _>>() {
            Ok(texts) if texts.is_empty() => Err(InvalidQuery::new("there is no column")),
            Ok(texts) => Ok(texts.join(",")),
            Err(error) => Err(error),
        })
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for OrderBy {
    #[inline]
    fn from(text: &T) -> Self {
        Self(Ok(text.as_ref().to_owned()))
    }
}

impl From<String> for OrderBy {
    #[inline]
    fn from(text: String) -> Self {
        Self(Ok(text))
    }
}

/// In the server's default direction.
impl From<Column> for OrderBy {
    #[inline]
    fn from(column: Column) -> Self {
        Self(written(&[&column]))
    }
}

impl<O: Into<OrderBy>> From<Vec<O>> for OrderBy {
    #[inline]
    fn from(columns: Vec<O>) -> Self {
        Self::from_iter(columns)
    }
}

impl<O: Into<OrderBy>, const N: usize> From<[O; N]> for OrderBy {
    #[inline]
    fn from(columns: [O; N]) -> Self {
        Self::from_iter(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::column;
    use super::*;

    #[test]
    fn columns_are_separated_by_commas() {
        let last = OrderBy::of(&[&column("id"), &" last"]);
        assert_eq!(
            OrderBy::from([column("name").into(), last]).text(),
            Ok("name,id last")
        );
        assert_eq!(OrderBy::from(vec![column("name")]).text(), Ok("name"));
    }

    #[test]
    fn a_text_is_sent_as_it_is() {
        assert_eq!(OrderBy::from("name asc,id").text(), Ok("name asc,id"));
        assert_eq!(OrderBy::from(["name asc", "id"]).text(), Ok("name asc,id"));
    }

    #[test]
    fn what_is_no_column_is_refused() {
        let error = OrderBy::from(column("name asc")).text().unwrap_err();
        assert!(
            error.to_string().contains("`name asc` isn't a column name"),
            "{error}"
        );
        let none: [Column; 0] = [];
        assert!(OrderBy::from(none).text().is_err());
    }
}
