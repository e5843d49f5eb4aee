//! Values that columns are compared with, as OData writes them.
//!
//! Source: the URL conventions of OData 4.01, primitive literals and URL syntax
//! (<https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html>).

use std::borrow::Cow;

use jiff::{Timestamp, ZonedDateTime, civil};

use super::column::{Column, InvalidQuery, Piece, Written, text};
use crate::DateTime;

/// The value that a column is compared with: a text, which is quoted, a number, a `bool`, a
/// date, another [`Column`], or an `Option` of one of these, where `None` is `null`.
///
/// A number that isn't finite is an error when the call is awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value(Written);

impl Value {
    /// The text that is sent.
    ///
    /// # Errors
    /// Returns an error if it can't be sent.
    #[inline]
    pub fn text(&self) -> Result<&str, InvalidQuery> {
        text(&self.0)
    }

    /// A value in a form that has no type here. It isn't checked: don't build it from
    /// untrusted input.
    #[inline]
    pub fn unchecked(text: impl Into<String>) -> Self {
        Self(Ok(text.into()))
    }

    /// The value `null`.
    #[inline]
    pub fn null() -> Self {
        Self::unchecked("null")
    }

    /// A date, as the language writes it.
    #[inline]
    fn date(text: &str) -> Self {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || "+-:.,/_[] ".contains(c);
        let (before, behind) = super::DATES;
        Self(match text.chars().all(is_sign) {
            true => Ok(format!("{before}{text}{behind}")),
            false => Err(InvalidQuery::new(
                "a date has characters that dates don't have",
            )),
        })
    }

    #[inline]
    pub(super) fn of(value: impl Into<Self>) -> Self {
        value.into()
    }

    #[inline]
    fn quoted(text: &str) -> Self {
        Self(Ok(format!("'{}'", text.replace('\'', "''"))))
    }
}

impl Piece for Value {
    #[inline]
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery> {
        to.push_str(self.text()?);
        Ok(())
    }
}

/// Several values, separated by commas.
pub(super) struct Values(Written);

impl Values {
    #[inline]
    pub(super) fn new<V: Into<Value>>(values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter().map(|value| value.into().0);
        Self(match values.collect::<Result<Vec<_>, _>>() {
            Ok(texts) if texts.is_empty() => Err(InvalidQuery::new("a list of values is empty")),
            Ok(texts) => Ok(texts.join(",")),
            Err(error) => Err(error),
        })
    }
}

impl Piece for Values {
    #[inline]
    fn write(&self, to: &mut String) -> Result<(), InvalidQuery> {
        to.push_str(text(&self.0)?);
        Ok(())
    }
}

/// Texts, in which each `'` is doubled.
macro_rules! texts {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            #[inline]
            fn from(value: $type) -> Self {
                Self::quoted(value.as_ref())
            }
        }
    )*};
}
texts!(&str, String, &String, Box<str>, Cow<'_, str>);

/// Values that are written as Rust writes them.
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            #[inline]
            fn from(value: $type) -> Self {
                Self::unchecked(value.to_string())
            }
        }
    )*};
}
plain!(bool, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

/// Numbers that may not be finite.
macro_rules! floats {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            #[inline]
            fn from(value: $type) -> Self {
                match value.is_finite() {
                    true => Self::unchecked(value.to_string()),
                    false => Self(Err(InvalidQuery::new("the number isn't finite"))),
                }
            }
        }
    )*};
}
floats!(f32, f64);

/// Dates, written as [`DateTime`] does.
macro_rules! dates {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            #[inline]
            fn from(value: $type) -> Self {
                Self::date(DateTime::from(value).as_str())
            }
        }
    )*};
}
dates!(DateTime, civil::DateTime, Timestamp, ZonedDateTime);

impl From<&DateTime> for Value {
    #[inline]
    fn from(value: &DateTime) -> Self {
        Self::date(value.as_str())
    }
}

impl From<civil::Date> for Value {
    #[inline]
    fn from(value: civil::Date) -> Self {
        Self::date(&value.to_string())
    }
}

impl From<Column> for Value {
    #[inline]
    fn from(column: Column) -> Self {
        Self(column.text().map(str::to_owned))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    #[inline]
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::column;
    use super::*;

    fn text(value: impl Into<Value>) -> String {
        value.into().text().unwrap().to_owned()
    }

    #[test]
    fn a_quote_in_a_text_is_doubled() {
        assert_eq!(text("Import"), "'Import'");
        assert_eq!(text("O'Neil's"), "'O''Neil''s'");
        assert_eq!(
            text("' or 1 eq 1 or name eq '"),
            "''' or 1 eq 1 or name eq '''"
        );
        assert_eq!(text("''"), "''''''");
        assert_eq!(text(String::from("50 % & \\ /")), "'50 % & \\ /'");
        assert_eq!(text(""), "''");
    }

    #[test]
    fn other_values_stand_as_they_are() {
        assert_eq!(text(-7), "-7");
        assert_eq!(text(u64::MAX), "18446744073709551615");
        assert_eq!(text(0.1), "0.1");
        assert_eq!(text(true), "true");
        assert_eq!(text(None::<i32>), "null");
        assert_eq!(text(Some("null")), "'null'");
        assert_eq!(text(Value::null()), "null");
        assert_eq!(text(column("owner/id")), "owner/id");
    }

    #[test]
    fn dates_are_written_as_the_language_says() {
        let (before, behind) = super::super::DATES;
        let is = |text: &str| format!("{before}{text}{behind}");
        let day = civil::date(2025, 5, 9);
        assert_eq!(text(day), is("2025-05-09"));
        assert_eq!(text(day.at(17, 54, 8, 0)), is("2025-05-09T17:54:08"));
        assert_eq!(text(Timestamp::UNIX_EPOCH), is("1970-01-01T00:00:00Z"));
        let read: DateTime = "2025-05-09T17:54:08.10+02:00".parse().unwrap();
        assert_eq!(text(&read), is("2025-05-09T17:54:08.10+02:00"));
        assert_eq!(text(read), is("2025-05-09T17:54:08.10+02:00"));
        assert!(Value::date("2025-05-09'").text().is_err());
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = Value::from(number).text().unwrap_err();
            assert_eq!(error.to_string(), "the number isn't finite");
        }
        assert!(Value::from(Some(f32::NAN)).text().is_err());
        assert!(Value::from(column("a b")).text().is_err());
    }

    #[test]
    fn values_of_a_list_are_separated_by_commas() {
        let written = |values: Values| {
            let mut text = String::new();
            values.write(&mut text).map(|()| text)
        };
        assert_eq!(written(Values::new([1, 2])).unwrap(), "1,2");
        assert_eq!(
            written(Values::new(["a,b", "it's"])).unwrap(),
            "'a,b','it''s'"
        );
        let error = written(Values::new([0; 0])).unwrap_err();
        assert_eq!(error.to_string(), "a list of values is empty");
        assert!(written(Values::new([1.0, f64::NAN])).is_err());
    }
}
