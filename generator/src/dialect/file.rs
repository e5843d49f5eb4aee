//! A dialect's TOML file: its keys, and how they become a [`Dialect`].

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::{
    CodeKind, CodeRole, ColumnRole, Dialect, Pattern, PatternMeaning, SectionKind, SectionRole,
    TableKind, TableRole, TypePattern, TypeWord, TypeWords,
};
use crate::model::Type;

/// How a page is recognised and delimited.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PageWords {
    /// Keys of the metadata that hold the operation's uid, the best first.
    pub uid_keys: Vec<String>,
    /// What a uid looks like, as a file's stem.
    #[serde(with = "regex_text")]
    pub uid_pattern: Option<Regex>,
    /// CSS selectors of the HTML element that holds the page, the best first.
    pub content: Vec<String>,
    /// CSS selectors of elements in it that aren't the page's text.
    pub skip: Vec<String>,
    /// Lines of page text behind which the page begins: the end of the site's
    /// navigation. Like the other two, without white space at both ends.
    #[serde(with = "regex_texts")]
    pub text_start: Vec<Regex>,
    /// Lines of page text at which the page ends.
    #[serde(with = "regex_texts")]
    pub text_end: Vec<Regex>,
    /// Lines of page text that are the site's, not the page's.
    #[serde(with = "regex_texts")]
    pub text_chrome: Vec<Regex>,
    /// Pages that describe nothing of the API.
    pub ignore: Vec<IgnoredPage>,
}

/// Pages that describe nothing of the API: indexes, essays.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IgnoredPage {
    /// What their files' stems look like.
    #[serde(with = "regex_text")]
    pub stem: Option<Regex>,
    /// Why they are left out.
    pub reason: String,
}

/// How an operation is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct OperationWords {
    /// Patterns of a page's title, with `{method}` and `{path}`.
    pub title: Vec<String>,
    /// Methods as titles abbreviate them.
    pub methods: BTreeMap<String, String>,
}

/// How "required" is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RequiredWords {
    /// A word in strong emphasis at the start or the end of a description.
    pub marker: Option<String>,
    /// Words in a column of its own that mean yes, in small letters.
    pub yes: Vec<String>,
    /// Words in that column that mean no.
    pub no: Vec<String>,
}

/// Which header rows mean what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct HeaderWords {
    /// The header whose description names authorization schemes.
    pub authorization: Option<String>,
    /// A regular expression whose first group is such a scheme.
    #[serde(with = "regex_text")]
    pub scheme: Option<Regex>,
    /// Headers that carry a credential of their own.
    pub credentials: Vec<String>,
    /// The header whose description lists the request body's media types.
    pub content_type: Option<String>,
    /// The header whose description lists the answer's media types.
    pub accept: Option<String>,
}

/// How samples are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct SampleWords {
    /// Keys that stand for any key of a map: `{property}` is the name of the
    /// property that holds the map, `{number}` any digits.
    pub map_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct DialectFile {
    name: String,
    title: String,
    #[serde(default)]
    page: PageWords,
    #[serde(default)]
    operation: OperationWords,
    #[serde(default, rename = "section")]
    sections: Vec<SectionEntry>,
    #[serde(default, rename = "table")]
    tables: Vec<TableEntry>,
    #[serde(default, rename = "code")]
    codes: Vec<CodeEntry>,
    types: TypesEntry,
    #[serde(default)]
    required: RequiredWords,
    #[serde(default)]
    headers: HeaderWords,
    #[serde(default)]
    samples: SampleWords,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct SectionEntry {
    role: SectionRole,
    #[serde(default = "second_level")]
    level: u8,
    headings: Vec<String>,
    #[serde(default)]
    paragraph: bool,
    reason: Option<String>,
}

fn second_level() -> u8 {
    2
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TableEntry {
    role: TableRole,
    #[serde(rename = "in")]
    sections: Vec<SectionRole>,
    columns: Vec<(ColumnRole, String)>,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct CodeEntry {
    role: CodeRole,
    #[serde(rename = "in")]
    sections: Vec<SectionRole>,
    info: Vec<String>,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TypesEntry {
    named: String,
    #[serde(default, rename = "word")]
    words: Vec<WordEntry>,
    #[serde(default, rename = "pattern")]
    patterns: Vec<PatternEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WordEntry {
    words: Vec<String>,
    is: String,
    #[serde(default)]
    may_be: Vec<Type>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PatternEntry {
    matches: String,
    is: PatternMeaning,
    #[serde(default = "comma")]
    separator: String,
}

fn comma() -> String {
    ",".to_owned()
}

impl Dialect {
    /// Reads a dialect from its TOML text.
    ///
    /// # Errors
    /// What is wrong, with its place in the file where TOML tells.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: DialectFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let titles = patterns(&file.operation.title)?;
        let sections = file.sections.into_iter().map(|entry| {
            Ok(SectionKind {
                role: entry.role,
                level: entry.level,
                headings: patterns(&entry.headings)?,
                paragraph: entry.paragraph,
                reason: entry.reason,
            })
        });
        let tables = file.tables.into_iter().map(|entry| TableKind {
            role: entry.role,
            sections: entry.sections,
            columns: entry.columns,
            reason: entry.reason,
        });
        let codes = file.codes.into_iter().map(|entry| CodeKind {
            role: entry.role,
            sections: entry.sections,
            info: entry.info,
            reason: entry.reason,
        });
        Ok(Self {
            name: file.name,
            title: file.title,
            page: file.page,
            titles,
            operation: file.operation,
            sections: sections.collect::<Result<_, String>>()?,
            tables: tables.collect(),
            codes: codes.collect(),
            types: type_words(file.types)?,
            required: file.required,
            headers: file.headers,
            samples: file.samples,
        })
    }

    /// The built-in dialect called `name`.
    pub fn built_in(name: &str) -> Option<Result<Self, String>> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Self::parse(text))
    }

    /// The names of the built-in dialects; the first is the default.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }
}

const BUILT_IN: [(&str, &str); 1] = [(
    "superoffice",
    include_str!("../../dialects/superoffice.toml"),
)];

fn patterns(sources: &[String]) -> Result<Vec<Pattern>, String> {
    sources.iter().map(|source| Pattern::new(source)).collect()
}

fn type_words(entry: TypesEntry) -> Result<TypeWords, String> {
    let mut words = Vec::new();
    for entry in entry.words {
        let is = match entry.is.as_str() {
            "object" => TypeWord::Object,
            "array" => TypeWord::Array(None),
            is => TypeWord::Scalar {
                is: is.parse().map_err(|error| format!("{error}"))?,
                may_be: entry.may_be,
            },
        };
        words.extend(entry.words.into_iter().map(|word| (word, is.clone())));
    }
    let patterns = entry.patterns.into_iter().map(|entry| {
        Ok(TypePattern {
            pattern: Pattern::new(&entry.matches)?,
            is: entry.is,
            separator: entry.separator,
        })
    });
    Ok(TypeWords {
        words,
        patterns: patterns.collect::<Result<_, String>>()?,
        named: Regex::new(&entry.named).map_err(|error| error.to_string())?,
    })
}

/// Regular expressions written as text.
mod regex_text {
    use regex::Regex;
    use serde::{Deserialize, Deserializer, de::Error};

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Regex>, D::Error> {
        let text = String::deserialize(input)?;
        Regex::new(&text).map(Some).map_err(D::Error::custom)
    }
}

/// Lists of regular expressions written as text.
mod regex_texts {
    use regex::Regex;
    use serde::{Deserialize, Deserializer, de::Error};

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Regex>, D::Error> {
        let texts = Vec::<String>::deserialize(input)?;
        let regexes = texts.iter().map(|text| Regex::new(text));
        regexes.collect::<Result<_, _>>().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_dialects_are_valid() {
        for name in Dialect::built_in_names() {
            let dialect = Dialect::built_in(name).unwrap().unwrap();
            assert_eq!(dialect.name, name);
        }
    }

    #[test]
    fn type_cells_are_read_by_the_dialects_words() {
        let dialect = Dialect::built_in("superoffice").unwrap().unwrap();
        let read = |cell| dialect.types.read(cell);
        assert_eq!(read("array"), Some(TypeWord::Array(None)));
        assert_eq!(
            read("Enum: Slim, Wide"),
            Some(TypeWord::Enum(vec!["Slim".into(), "Wide".into()]))
        );
        assert_eq!(read("Person"), Some(TypeWord::Named("Person".into())));
        assert_eq!(read("some thing"), None);
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_place() {
        let error = Dialect::parse("name = 'x'\ntitel = 'y'").unwrap_err();
        assert!(
            error.contains("line 2") && error.contains("titel"),
            "{error}"
        );
    }
}
