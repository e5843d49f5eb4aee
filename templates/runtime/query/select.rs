//! Lists of columns.

use super::column::{Column, InvalidQuery, Written, text};

/// Which columns to return: a [`Column`], several of them, or a text, which is sent
/// unchanged.
///
/// ```text
/// "name,owner/name"              a text
/// ["name", "owner/name"]         columns, whose names are checked
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select(Written);

impl Select {
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
}

impl<C: Into<Column>> FromIterator<C> for Select {
    #[inline]
    fn from_iter<I: IntoIterator<Item = C>>(columns: I) -> Self {
        let columns: Vec<Column> = columns.into_iter().map(Into::into).collect();
        let texts: Result<Vec<_>, _> = columns.iter().map(Column::text).collect();
        Self(match texts {
            Ok(texts) if texts.is_empty() => Err(InvalidQuery::new("there is no column")),
            Ok(texts) => Ok(texts.join(",")),
            Err(error) => Err(error),
        })
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Select {
    #[inline]
    fn from(text: &T) -> Self {
        Self(Ok(text.as_ref().to_owned()))
    }
}

impl From<String> for Select {
    #[inline]
    fn from(text: String) -> Self {
        Self(Ok(text))
    }
}

impl From<Column> for Select {
    #[inline]
    fn from(column: Column) -> Self {
        Self::from_iter([column])
    }
}

impl<C: Into<Column>> From<Vec<C>> for Select {
    #[inline]
    fn from(columns: Vec<C>) -> Self {
        Self::from_iter(columns)
    }
}

impl<C: Into<Column>, const N: usize> From<[C; N]> for Select {
    #[inline]
    fn from(columns: [C; N]) -> Self {
        Self::from_iter(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::column;
    use super::*;

    #[test]
    fn columns_are_separated_by_commas() {
        let select = Select::from(["name", "owner/name"]);
        assert_eq!(select.text(), Ok("name,owner/name"));
        let names = vec![String::from("name"), String::from("id")];
        assert_eq!(Select::from(names).text(), Ok("name,id"));
        assert_eq!(Select::from(column("name")).text(), Ok("name"));
        let count = Column::unchecked("Count(id):Footer");
        assert_eq!(
            Select::from([column("name"), count]).text(),
            Ok("name,Count(id):Footer")
        );
    }

    #[test]
    fn a_text_is_sent_as_it_is() {
        assert_eq!(
            Select::from("name, Count(id)").text(),
            Ok("name, Count(id)")
        );
        assert_eq!(Select::from(&String::from("name")).text(), Ok("name"));
        assert_eq!(Select::from("").text(), Ok(""));
    }

    #[test]
    fn what_is_no_column_is_refused() {
        let error = Select::from(["id", "name,id"]).text().unwrap_err();
        assert!(
            error.to_string().contains("`name,id` isn't a column name"),
            "{error}"
        );
        let none: [&str; 0] = [];
        let error = Select::from(none).text().unwrap_err();
        assert_eq!(error.to_string(), "there is no column");
    }
}
