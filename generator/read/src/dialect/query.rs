//! Languages of queries: what a dialect's `[[query-language]]` says.

use serde::Deserialize;

use super::Pattern;
use docwright_model::{DatePattern, Operator, OperatorPart, QueryKind, QueryLanguage};

/// A language, and the parameters that are written in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Entry")]
pub struct QueryLanguageWords {
    /// Names of the query parameters.
    pub parameters: Vec<Pattern>,
    /// What it has.
    pub language: QueryLanguage,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Entry {
    kind: QueryKind,
    parameters: Vec<Pattern>,
    #[serde(default)]
    operators: Vec<Operator>,
    dates: Option<DatePattern>,
}

impl TryFrom<Entry> for QueryLanguageWords {
    type Error = String;

    fn try_from(entry: Entry) -> Result<Self, String> {
        let Entry {
            kind, operators, ..
        } = entry;
        if let Some(odd) = operators.iter().find(|it| !is_of(it, kind)) {
            return Err(format!(
                "`{odd}` can't be an operator of `{kind}`: {}",
                expected(kind)
            ));
        }
        let mut names: Vec<String> = operators.iter().map(Operator::name).collect();
        names.sort();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("the operator `{}` occurs twice", twice[0]));
        }
        if kind != QueryKind::Filter && entry.dates.is_some() {
            return Err(format!("`dates` is only for `{}`", QueryKind::Filter));
        }
        Ok(Self {
            parameters: entry.parameters,
            language: QueryLanguage {
                kind,
                operators,
                dates: entry.dates,
            },
        })
    }
}

/// Whether a language of this kind can have the operator.
fn is_of(operator: &Operator, kind: QueryKind) -> bool {
    let count = |part| operator.count(part);
    match kind {
        QueryKind::Filter => true,
        QueryKind::Select => false,
        QueryKind::Order => {
            count(OperatorPart::Column) == 1
                && count(OperatorPart::Value) + count(OperatorPart::Values) == 0
        }
    }
}

fn expected(kind: QueryKind) -> &'static str {
    match kind {
        QueryKind::Filter => "it can have any operator",
        QueryKind::Select => "a list of columns has no operators",
        QueryKind::Order => {
            "its operators have one {column} and no values, such as `{column} desc`"
        }
    }
}

/// The first kind that stands twice.
pub(super) fn twice(languages: &[QueryLanguageWords]) -> Option<QueryKind> {
    let kind = |it: &QueryLanguageWords| it.language.kind;
    let mut kinds: Vec<_> = languages.iter().map(kind).collect();
    kinds.sort();
    let twice = kinds.windows(2).find(|pair| pair[0] == pair[1]);
    twice.map(|pair| pair[0])
}

#[cfg(test)]
mod tests {
    use super::super::Dialect;
    use docwright_model::QueryKind;

    fn dialect(languages: &str) -> Result<Dialect, String> {
        let text = format!("name = 'x'\ntitle = 'y'\n{languages}");
        Dialect::parse(&text).map_err(|error| {
            let expected = error.expected.map(|it| format!(", expected {it}"));
            error.message + &expected.unwrap_or_default()
        })
    }

    const FILTER: &str = "[[query-language]]
        kind = 'filter'
        parameters = ['$filter', 'where{text?}']
        operators = ['{column} is {value}', '{filter} and {filter}']\n";

    #[test]
    fn the_name_of_a_parameter_says_its_language() {
        let dialect = dialect(FILTER).unwrap();
        let language = |name| dialect.query_language(name);
        assert_eq!(language("$filter"), Some(QueryKind::Filter));
        assert_eq!(language("$Filter"), Some(QueryKind::Filter));
        assert_eq!(language("filter"), None);
        assert_eq!(language("$filters"), None);
    }

    #[test]
    fn what_a_language_cannot_have_is_an_error() {
        let order = |operators: &str| {
            format!(
                "[[query-language]]\nkind = 'order'\nparameters = ['s']\noperators = {operators}"
            )
        };
        for (languages, reason) in [
            (FILTER.repeat(2), "two query languages of the kind `filter`"),
            (
                FILTER.replace("} and {", "} is {"),
                "the operator `is` occurs twice",
            ),
            (
                FILTER.replace("'filter'", "'select'"),
                "a list of columns has no operators",
            ),
            (
                FILTER.replace("'filter'", "'sort'"),
                "unknown variant `sort`",
            ),
            (FILTER.replace("{column} is", "is"), "is about one {column}"),
            (
                order("['{column} to {value}']"),
                "one {column} and no values",
            ),
            (
                order("[]\ndates = '{value}'"),
                "`dates` is only for `filter`",
            ),
        ] {
            let error = dialect(&languages).unwrap_err();
            assert!(error.contains(reason), "{languages}: {error}");
        }
    }
}
