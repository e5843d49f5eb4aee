//! Parameters in path and query.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::required::Missing;
use crate::runtime::{DateTime, OpenEnum};

/// The type of a parameter.
pub trait Parameter: Sized + Send + 'static {
    /// How specific the type is. If a path matches several operations, the one with the
    /// most specific parameters is called.
    const RANK: u32;

    /// Description of the expected text, such as `an integer (int32)`.
    fn expected() -> String;

    /// Reads the text.
    fn parse(text: &str) -> Option<Self>;
}

macro_rules! parameters {
    ($($type:ty: $rank:literal, $expected:literal;)*) => {$(
        impl Parameter for $type {
            const RANK: u32 = $rank;

            fn expected() -> String {
                $expected.to_owned()
            }

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

parameters! {
    bool: 4, "`true` or `false`";
    i32: 3, "an integer (int32)";
    i64: 2, "an integer (int64)";
    f64: 1, "a number";
    DateTime: 1, "a date like 2025-05-09T17:54:08+02:00";
    String: 0, "a text";
}

/// Accepts only documented values, since otherwise an enumeration in a path would match
/// everything.
impl<E: OpenEnum + Send> Parameter for E {
    const RANK: u32 = 5;

    fn expected() -> String {
        let values = E::VALUES
            .iter()
            .map(|value| format!("`{}`", value.as_str()));
        format!("one of {}", values.collect::<Vec<_>>().join(", "))
    }

    fn parse(text: &str) -> Option<Self> {
        E::documented(text)
    }
}

/// Implements [`Parameter`] for an [`IntEnum`](crate::runtime::IntEnum), which accepts only
/// documented values.
macro_rules! int_parameter {
    ($type:ty) => {
        impl $crate::runtime::server::Parameter for $type {
            const RANK: u32 = 5;

            fn expected() -> String {
                let values = Self::VALUES.iter().map(|value| format!("`{value}`"));
                format!("one of {}", values.collect::<Vec<_>>().join(", "))
            }

            fn parse(text: &str) -> Option<Self> {
                $crate::runtime::IntEnum::documented(text.parse().ok()?)
            }
        }
    };
}
pub(crate) use int_parameter;

/// Implements [`Parameter`] for a set of flags, which accepts any integer.
macro_rules! flags_parameter {
    ($type:ty) => {
        impl $crate::runtime::server::Parameter for $type {
            const RANK: u32 = 2;

            fn expected() -> String {
                "a sum of flags".to_owned()
            }

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    };
}
pub(crate) use flags_parameter;

/// The parameters of a path, as a tuple in their order.
pub trait PathParameters: Sized + Send + 'static {
    /// Sum of the [ranks](Parameter::RANK).
    const RANK: u32;

    /// Whether the texts of a path are of these types.
    fn fit(texts: &[String]) -> bool;

    /// Reads the texts of the path.
    ///
    /// # Errors
    /// Returns the first mismatch, such as `` `abc` isn't an integer (int32) ``.
    fn parse(texts: &[String]) -> Result<Self, String>;
}

fn text_at(texts: &[String], index: usize) -> Option<&str> {
    texts.get(index).map(String::as_str)
}

fn at<T: Parameter>(texts: &[String], index: usize) -> Result<T, String> {
    let text = text_at(texts, index).unwrap_or_default();
    T::parse(text).ok_or_else(|| not(text, T::expected()))
}

fn not(text: &str, expected: impl Display) -> String {
    format!("`{text}` isn't {expected}")
}

impl PathParameters for () {
    const RANK: u32 = 0;

    fn fit(_: &[String]) -> bool {
        true
    }

    fn parse(_: &[String]) -> Result<Self, String> {
        Ok(())
    }
}

macro_rules! path_parameters {
    ($($name:ident $index:literal),*) => {
        impl<$($name: Parameter),*> PathParameters for ($($name,)*) {
            const RANK: u32 = 0 $(+ $name::RANK)*;

            fn fit(texts: &[String]) -> bool {
                $(text_at(texts, $index).is_some_and(|text| $name::parse(text).is_some()))&&*
            }

            fn parse(texts: &[String]) -> Result<Self, String> {
                Ok(($(at::<$name>(texts, $index)?,)*))
            }
        }
    };
}
path_parameters!(P1 0);
path_parameters!(P1 0, P2 1);
path_parameters!(P1 0, P2 1, P3 2);
path_parameters!(P1 0, P2 1, P3 2, P4 3);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13, P15 14);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13, P15 14, P16 15);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13, P15 14, P16 15, P17 16);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13, P15 14, P16 15, P17 16, P18 17);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13, P15 14, P16 15, P17 16, P18 17, P19 18);
path_parameters!(P1 0, P2 1, P3 2, P4 3, P5 4, P6 5, P7 6, P8 7, P9 8, P10 9, P11 10, P12 11, P13 12, P14 13, P15 14, P16 15, P17 16, P18 17, P19 18, P20 19);

/// The parameters of a query, as a struct with a field for each.
pub trait QueryParameters: Sized + Send + 'static {
    /// Wire names of the required parameters.
    const REQUIRED: &'static [&'static str] = &[];

    /// The struct before anything is read, with placeholders in the required fields.
    #[doc(hidden)]
    fn empty() -> Self;

    /// Stores the value of the parameter `name`; undocumented parameters are ignored.
    ///
    /// # Errors
    /// Returns a description of the expected text.
    fn read(&mut self, name: &str, value: QueryText<'_>) -> Result<(), String>;
}

impl QueryParameters for () {
    fn empty() -> Self {}

    fn read(&mut self, _: &str, _: QueryText<'_>) -> Result<(), String> {
        Ok(())
    }
}

/// The value of a query parameter, to be read into a field.
#[derive(Clone, Copy, Debug)]
pub struct QueryText<'a> {
    text: &'a str,
    /// Whether the query has an earlier value of this parameter.
    is_repeated: bool,
}

impl QueryText<'_> {
    /// Reads an optional parameter.
    ///
    /// # Errors
    /// Returns a description of the expected text.
    pub fn read_into<T: Parameter>(self, field: &mut Option<T>) -> Result<(), String> {
        *field = Some(self.read_only()?);
        Ok(())
    }

    /// Reads a required parameter.
    ///
    /// # Errors
    /// Returns a description of the expected text.
    pub fn read_required_into<T: Parameter>(self, field: &mut T) -> Result<(), String> {
        *field = self.read_only()?;
        Ok(())
    }

    /// Adds a value of a parameter that can be repeated.
    ///
    /// # Errors
    /// Returns a description of the expected text.
    pub fn push_into<T: Parameter>(self, field: &mut Vec<T>) -> Result<(), String> {
        field.push(self.read()?);
        Ok(())
    }

    /// Adds the values of a parameter that is a list with separators.
    ///
    /// # Errors
    /// Returns a description of the expected text.
    pub fn split_into<T: Parameter>(
        self,
        separator: char,
        field: &mut Vec<T>,
    ) -> Result<(), String> {
        let texts = self.text.split(separator);
        let mut texts = texts.filter(|text| !text.is_empty());
        texts.try_for_each(|text| Self { text, ..self }.push_into(field))
    }

    /// Reads the value of a parameter that has only one.
    fn read_only<T: Parameter>(self) -> Result<T, String> {
        match self.is_repeated {
            true => Err("it is repeated, but it isn't a list".to_owned()),
            false => self.read(),
        }
    }

    fn read<T: Parameter>(self) -> Result<T, String> {
        T::parse(self.text).ok_or_else(|| not(self.text, T::expected()))
    }
}

/// Reads a query; the error names the parameter.
pub(super) fn parse_query<Q: QueryParameters>(query: &str) -> Result<Q, String> {
    let mut parameters = Q::empty();
    read_query(query, Q::REQUIRED, &mut |name, value| {
        parameters.read(name, value)
    })?;
    Ok(parameters)
}

fn read_query(
    query: &str,
    required: &[&'static str],
    read: &mut dyn FnMut(&str, QueryText<'_>) -> Result<(), String>,
) -> Result<(), String> {
    if percent_decoded(query).is_none() {
        return Err("The query isn't percent-encoded UTF-8.".to_owned());
    }
    let mut missing = Missing::all_of(required);
    let mut names = BTreeSet::new();
    for (name, text) in form_urlencoded::parse(query.as_bytes()) {
        missing.came(&name);
        let value = QueryText {
            text: &text,
            is_repeated: names.contains(&name),
        };
        read(&name, value).map_err(|reason| format!("Query parameter `{name}`: {reason}."))?;
        names.insert(name);
    }
    match missing.first() {
        Some(name) => Err(format!("Query parameter `{name}` is missing.")),
        None => Ok(()),
    }
}

/// Decodes a percent-encoded text; `None` if the encoding is invalid or the text isn't
/// UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => (digit(bytes.next())? * 16 + digit(bytes.next())?) as u8,
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Search {
        text: String,
        top: Option<i32>,
        ids: Vec<i64>,
        tags: Vec<String>,
    }

    impl QueryParameters for Search {
        const REQUIRED: &'static [&'static str] = &["$text"];

        fn empty() -> Self {
            Self::default()
        }

        fn read(&mut self, name: &str, value: QueryText<'_>) -> Result<(), String> {
            match name {
                "$text" => value.read_required_into(&mut self.text),
                "$top" => value.read_into(&mut self.top),
                "id" => value.push_into(&mut self.ids),
                "tags" => value.split_into(',', &mut self.tags),
                _ => Ok(()),
            }
        }
    }

    #[test]
    fn queries_are_read_by_name() {
        let search: Search =
            parse_query("%24text=a+b%26&$top=5&id=1&id=2&tags=a,,b&other=x").unwrap();
        assert_eq!(
            search,
            Search {
                text: "a b&".into(),
                top: Some(5),
                ids: vec![1, 2],
                tags: vec!["a".into(), "b".into()],
            }
        );
        assert_eq!(parse_query("anything=goes&anything=twice"), Ok(()));
        let search: Search = parse_query("$text=&tags=a,b&tags=c").unwrap();
        assert_eq!(search.tags, ["a", "b", "c"]);
        assert_eq!(parse_query("a=%C3%B8+%25"), Ok(()));
        for query in ["a=%FF", "a=%4", "%zz", "a=%"] {
            let error = parse_query::<()>(query).unwrap_err();
            assert!(error.contains("isn't percent-encoded"), "{query}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_query_is_said() {
        let error = |query| parse_query::<Search>(query).unwrap_err();
        assert_eq!(error("$top=5"), "Query parameter `$text` is missing.");
        assert_eq!(
            error("$text=a&$top=many"),
            "Query parameter `$top`: `many` isn't an integer (int32)."
        );
        for query in ["$text=a&$top=5&$top=6", "$text=a&$top=5&%24top=5"] {
            let expected = "Query parameter `$top`: it is repeated, but it isn't a list.";
            assert_eq!(error(query), expected);
        }
        let expected = "Query parameter `$text`: it is repeated, but it isn't a list.";
        assert_eq!(error("$text=a&id=1&$text=a"), expected);
    }

    #[test]
    fn paths_are_read_by_type() {
        type Path = (i32, bool, String);
        let path = Path::parse(&["7".into(), "true".into(), "a/b".into()]);
        assert_eq!(path, Ok((7, true, "a/b".into())));
        let error = Path::parse(&["7".into(), "yes".into(), String::new()]).unwrap_err();
        assert_eq!(error, "`yes` isn't `true` or `false`");
        const { assert!(<(i32,)>::RANK > <(String,)>::RANK) };
    }
}
