//! A dialect's TOML file: its keys, and how they become a [`Dialect`].

use std::{
    ops::Range,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;

use super::{
    CodeKind, Dialect, ListKind, OperationWords, Pattern, QueryLanguageWords, SectionKind,
    SentenceKind, Sentences, TableKind, Wordings, query,
    types::{SharedTypes, TypesEntry},
    wordings::DescriptionKind,
    words::{
        HeaderWords, LocationWords, NestingWords, PageWords, PaginationWords, RequiredWords,
        SampleWords,
    },
};

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
    sections: Vec<SectionKind>,
    #[serde(default, rename = "table")]
    tables: Vec<TableKind>,
    #[serde(default, rename = "list")]
    lists: Vec<ListKind>,
    #[serde(default, rename = "code")]
    codes: Vec<CodeKind>,
    #[serde(default, rename = "sentence")]
    sentences: Vec<SentenceKind>,
    #[serde(default, rename = "description")]
    descriptions: Vec<DescriptionKind>,
    #[serde(default = "english")]
    wordings: Vec<String>,
    #[serde(default)]
    types: TypesEntry,
    #[serde(default)]
    required: RequiredWords,
    #[serde(default)]
    nesting: NestingWords,
    #[serde(default)]
    locations: LocationWords,
    #[serde(default)]
    headers: HeaderWords,
    #[serde(default)]
    samples: SampleWords,
    #[serde(default)]
    pagination: PaginationWords,
    #[serde(default, rename = "query-language")]
    query_languages: Vec<QueryLanguageWords>,
}

fn english() -> Vec<String> {
    vec![ENGLISH.0.to_owned()]
}

/// The words about operations that dialects share.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct SharedOperation {
    /// Sentences that say where the API is served.
    servers: Vec<Pattern>,
}

/// Wordings that dialects share: those of a language.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct SharedFile {
    types: SharedTypes,
    operation: SharedOperation,
    required: RequiredWords,
    nesting: NestingWords,
    pagination: PaginationWords,
    #[serde(rename = "sentence")]
    sentences: Vec<SentenceKind>,
    #[serde(rename = "description")]
    descriptions: Vec<DescriptionKind>,
}

/// The shared wordings of English, ready for use.
static SHARED: LazyLock<(SharedFile, Option<Arc<Wordings>>)> = LazyLock::new(|| {
    let file: SharedFile = toml::from_str(ENGLISH.1).expect("is valid");
    let wordings = Wordings::new(&file.descriptions).expect("is valid");
    (file, wordings.map(Arc::new))
});

const ENGLISH: (&str, &str) = ("english", include_str!("../../dialects/english.toml"));

/// What is wrong with a dialect's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialectError {
    /// What was found.
    pub message: String,
    /// Where, in bytes, as far as TOML tells.
    pub span: Option<Range<usize>>,
    /// What was expected instead.
    pub expected: Option<String>,
}

impl From<toml::de::Error> for DialectError {
    fn from(error: toml::de::Error) -> Self {
        let message = error.message().trim().replace('\n', " ");
        let (found, expected) = match message.split_once(", expected ") {
            Some((found, expected)) => (found.to_owned(), Some(expected.to_owned())),
            None => (message, None),
        };
        Self {
            message: found,
            span: error.span(),
            expected,
        }
    }
}

impl Dialect {
    /// Reads a dialect from its TOML text.
    ///
    /// # Errors
    /// What is wrong, with its place in the text if TOML reports it.
    pub fn parse(text: &str) -> Result<Self, DialectError> {
        let file: DialectFile = toml::from_str(text)?;
        let wrong = |message: String| DialectError {
            message,
            span: None,
            expected: None,
        };
        if let Some(kind) = query::twice(&file.query_languages) {
            let message = format!("there are two query languages of the kind `{kind}`");
            return Err(wrong(message));
        }
        if let Some(next) = file.pagination.without_letters() {
            return Err(DialectError {
                expected: Some("words such as `next page`".to_owned()),
                ..wrong(format!(
                    "`{next}` in the list `next` of [pagination] has no letters"
                ))
            });
        }
        let mut wordings = Vec::new();
        wordings.extend(
            Wordings::new(&file.descriptions)
                .map_err(wrong)?
                .map(Arc::new),
        );
        let (mut nesting, mut operation) = (file.nesting, file.operation);
        let mut pagination = file.pagination;
        let (mut sentences, mut types, mut required) = (file.sentences, file.types, file.required);
        for name in &file.wordings {
            if name != ENGLISH.0 {
                return Err(DialectError {
                    expected: Some(format!("`{}`", ENGLISH.0)),
                    ..wrong(format!("unknown wordings `{name}`"))
                });
            }
            let (shared, phrases) = &*SHARED;
            wordings.extend(phrases.clone());
            sentences.extend(shared.sentences.iter().cloned());
            types.add(&shared.types);
            let servers = shared.operation.servers.iter();
            operation.servers.extend(servers.cloned());
            required.add(&shared.required);
            pagination.add(&shared.pagination);
            nesting
                .captions
                .extend(shared.nesting.captions.iter().cloned());
        }
        let (scopes, sentences) = sentences.into_iter().partition(|it| it.role.is_scope());
        for sign in &mut nesting.indent {
            *sign = sign.replace("&nbsp;", "\u{a0}");
        }
        Ok(Self {
            name: file.name,
            title: file.title,
            page: file.page,
            operation,
            sections: file.sections,
            tables: file.tables,
            lists: file.lists,
            codes: file.codes,
            sentences: Sentences::new(sentences).map_err(wrong)?,
            scopes,
            wordings,
            types: types.ready(),
            required,
            nesting,
            locations: file.locations,
            headers: file.headers,
            samples: file.samples,
            pagination,
            query_languages: file.query_languages,
        })
    }

    /// The built-in dialect called `name`.
    pub fn built_in(name: &str) -> Option<Result<Self, DialectError>> {
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

#[cfg(test)]
mod tests {
    use super::{super::TypeWord, *};

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
    fn a_type_cell_of_nothing_but_signs_names_no_type() {
        let pattern = "[[types.pattern]]\nmatches = \"{type}\"\nis = \"named\"\n";
        let dialect = Dialect::parse(&format!("name = 'x'\ntitle = 'y'\n{pattern}")).unwrap();
        let read = |cell| dialect.types.read(cell);
        assert_eq!(
            read("small boat"),
            Some(TypeWord::Named("SmallBoat".into()))
        );
        assert_eq!(read("------"), None);
        assert_eq!(read("\""), None);
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_place() {
        let error = Dialect::parse("name = 'x'\ntitel = 'y'").unwrap_err();
        assert_eq!(error.message, "unknown field `titel`");
        assert_eq!(error.span, Some(11..16));
        assert!(error.expected.unwrap().contains("`title`"));
    }
}
