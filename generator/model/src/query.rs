//! Languages in which the values of query parameters are written: conditions on rows, lists
//! of columns, and orders of rows. What a language has is the vendor's, as data.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a language in a query says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueryKind {
    /// Which rows to answer with: a condition on their columns.
    Filter,
    /// Which columns to answer with, separated by commas.
    Select,
    /// In which order rows come: columns, separated by commas.
    Order,
}

impl QueryKind {
    /// The word for it: `filter`, `select` or `order`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filter => "filter",
            Self::Select => "select",
            Self::Order => "order",
        }
    }
}

impl fmt::Display for QueryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A language that parameters of an API are written in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct QueryLanguage {
    /// What it says.
    pub kind: QueryKind,
    /// Its operators on columns, in the order of the documentation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<Operator>,
    /// How a date is written in it; without it, as it is (a primitive literal
    /// of OData 4.01).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DatePattern>,
}

/// A part of an [`Operator`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorPart<'a> {
    /// These characters.
    Text(&'a str),
    /// The column, `{column}`.
    Column,
    /// A value, `{value}`.
    Value,
    /// One or more values, separated by commas: `{values}`.
    Values,
    /// A condition, `{filter}`.
    Filter,
}

const PLACEHOLDERS: [(&str, OperatorPart<'_>); 4] = [
    ("{column}", OperatorPart::Column),
    ("{value}", OperatorPart::Value),
    ("{values}", OperatorPart::Values),
    ("{filter}", OperatorPart::Filter),
];

/// What a language says, as it is written: `{column} eq {value}`, `startswith({column}, {value})`
/// or `{filter} and {filter}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operator(String);

impl Operator {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its parts, in order.
    pub fn parts(&self) -> Vec<OperatorPart<'_>> {
        let mut parts = Vec::new();
        let mut rest = self.0.as_str();
        while !rest.is_empty() {
            let is_next = |(text, part)| rest.strip_prefix(text).map(|rest| (part, rest));
            let (part, after) = PLACEHOLDERS
                .into_iter()
                .find_map(is_next)
                .unwrap_or_else(|| {
                    // Of a brace that opens nothing, `from_str` makes an error.
                    let end = rest[1..].find('{').map_or(rest.len(), |at| at + 1);
                    (OperatorPart::Text(&rest[..end]), &rest[end..])
                });
            parts.push(part);
            rest = after;
        }
        parts
    }

    /// The words in it, such as `startswith`.
    pub fn name(&self) -> String {
        let texts = self.parts();
        let texts = texts.iter().filter_map(|part| match part {
            OperatorPart::Text(text) => Some(*text),
            _ => None,
        });
        let is_sign = |c: char| !c.is_ascii_alphanumeric() && c != '_';
        let words: Vec<&str> = texts
            .flat_map(|text| text.split(is_sign))
            .filter(|word| !word.is_empty())
            .collect();
        words.join("_")
    }

    /// How often it has a part.
    pub fn count(&self, part: OperatorPart<'_>) -> usize {
        self.parts().into_iter().filter(|it| *it == part).count()
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with an [`Operator`] or a [`DatePattern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOperatorError(&'static str);

impl fmt::Display for ParseOperatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for ParseOperatorError {}

impl FromStr for Operator {
    type Err = ParseOperatorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let operator = Self(text.to_owned());
        let count = |part| operator.count(part);
        let (columns, filters) = (count(OperatorPart::Column), count(OperatorPart::Filter));
        let has_odd_text = operator.parts().into_iter().any(|part| {
            matches!(part, OperatorPart::Text(text) if text.contains(|c: char| {
                "{}'\"".contains(c) || c.is_control()
            }))
        });
        let wrong = if has_odd_text {
            "an operator has no braces beside {column}, {value}, {values} and {filter}, no quotes \
             and no control characters"
        } else if operator.name().is_empty() {
            "an operator has a word in ASCII, which is its name"
        } else if !matches!((columns, filters), (1, 0) | (0, 1 | 2)) {
            "an operator is about one {column}, or about one or two {filter}s"
        } else if filters > 0 && count(OperatorPart::Value) + count(OperatorPart::Values) > 0 {
            "an operator about a {filter} has no {value}"
        } else {
            return Ok(operator);
        };
        Err(ParseOperatorError(wrong))
    }
}

/// How a date is written, such as `'{value}'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatePattern(String);

impl DatePattern {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text before the date, and the text after it.
    pub fn around(&self) -> (&str, &str) {
        self.0.split_once("{value}").unwrap_or_default()
    }
}

impl fmt::Display for DatePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DatePattern {
    type Err = ParseOperatorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.matches("{value}").count() {
            1 => Ok(Self(text.to_owned())),
            _ => Err(ParseOperatorError(
                "how a date is written has one {value}, such as `'{value}'`",
            )),
        }
    }
}

/// Both are texts in JSON and TOML.
macro_rules! as_text {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|error| {
                    serde::de::Error::custom(format_args!("{error}; found `{text}`"))
                })
            }
        }
    )*};
}
as_text!(Operator, DatePattern);

#[cfg(test)]
mod tests {
    use super::{OperatorPart::*, *};

    fn operator(text: &str) -> Operator {
        text.parse().unwrap()
    }

    #[test]
    fn an_operator_has_parts_and_a_name() {
        let infix = operator("{column} notBegins {value}");
        assert_eq!(infix.parts(), [Column, Text(" notBegins "), Value]);
        assert_eq!(infix.name(), "notBegins");
        let call = operator("substringof({value}, {column})");
        let parts = [Text("substringof("), Value, Text(", "), Column, Text(")")];
        assert_eq!(call.parts(), parts);
        assert_eq!(call.name(), "substringof");
        assert_eq!(operator("{column} in ({values})").count(Values), 1);
        assert_eq!(operator("{column} is not {value}").name(), "is_not");
        assert_eq!(operator("{filter} and {filter}").count(Filter), 2);
    }

    #[test]
    fn what_is_no_operator_is_refused() {
        for (text, reason) in [
            ("", "has a word"),
            ("{column} = {value}", "has a word"),
            ("{column} eq {column}", "one {column}"),
            ("always", "one {column}"),
            ("{column} and {filter}", "one {column}"),
            ("{filter} and {filter} or {filter}", "one or two"),
            ("{filter} at {value}", "has no {value}"),
            ("{colum} eq {value}", "no braces beside"),
            ("{column} eq {value", "no braces beside"),
            ("{column} eq '{value}'", "no quotes"),
        ] {
            let error = text.parse::<Operator>().unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn a_pattern_of_dates_has_one_value() {
        let quoted: DatePattern = "datetime'{value}'".parse().unwrap();
        assert_eq!(quoted.around(), ("datetime'", "'"));
        assert!("'date'".parse::<DatePattern>().is_err());
        assert!("{value} to {value}".parse::<DatePattern>().is_err());
    }

    #[test]
    fn a_language_is_read_as_it_is_written() {
        let json = r#"{"kind":"filter","operators":["{column} eq {value}"],"dates":"'{value}'"}"#;
        let language: QueryLanguage = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&language).unwrap(), json);
        let odd = json.replace("{column} eq", "eq");
        let error = serde_json::from_str::<QueryLanguage>(&odd).unwrap_err();
        assert!(error.to_string().contains("found `eq {value}`"), "{error}");
    }
}
