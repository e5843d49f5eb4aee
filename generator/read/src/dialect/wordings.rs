//! Wordings: phrases of descriptions that say something about a value, such as
//! `Possible values are: {values}`. The common ones of English are a file of
//! their own, which dialects use and add to.
//!
//! All of them are tried on each description; a single search excludes descriptions
//! without their words.

use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex};
use serde::{Deserialize, Deserializer, de::Error};

use super::hints::Hints;

/// What a phrase says about the value that a row describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// That it is one of `{values}` or `{words}`.
    Values,
    /// That values are listed, whether or not the list is understood.
    Lists,
    /// What it is when it is absent: `{value}` or `{word}`.
    Default,
    /// The limits of a number, `{min}` and `{max}`.
    Range,
    /// The limits of a string's length, or `{exact}` both.
    Length,
    /// The limits of how many elements an array has, or `{exact}` both.
    Items,
    /// The regular expression `{pattern}` that it matches.
    Pattern,
    /// That the elements of an array stand in one value, with commas in between.
    CommaSeparated,
    /// The same with blanks.
    SpaceSeparated,
    /// The same with pipes.
    PipeSeparated,
    /// That callers should stop using it.
    Deprecated,
    /// That it only travels in responses.
    ReadOnly,
    /// That it only travels in requests.
    WriteOnly,
    /// That it may be null.
    Nullable,
    /// That it isn't null.
    NotNull,
    /// That it is required.
    Required,
    /// That it isn't.
    Optional,
    /// That it is required under some condition only.
    Condition,
    /// That the next line is what it is when it is absent: a heading in bold, say.
    DefaultBelow,
    /// That the number `{value}` counts something else than the value does.
    Unit,
}

/// Phrases of one meaning, as a dialect's `[[description]]` has them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DescriptionKind {
    means: Meaning,
    /// Phrases anywhere in a sentence.
    #[serde(default)]
    says: Vec<Phrase>,
    /// Phrases that begin a sentence.
    #[serde(default)]
    starts: Vec<Phrase>,
    /// Phrases that are a sentence, or stand in parentheses.
    #[serde(default)]
    is: Vec<Phrase>,
}

/// A phrase with placeholders.
#[derive(Clone, Debug)]
struct Phrase {
    /// As a regular expression.
    expression: String,
    /// The longest of its words without a placeholder in between.
    hint: String,
    /// The signs of which its placeholders need one.
    signs: Option<Signs>,
}

/// Whether a sign is one of those of which a placeholder needs one.
type Signs = fn(char) -> bool;

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Ok(Self {
            expression: expression(&text).map_err(D::Error::custom)?,
            hint: hint(&text).to_owned(),
            signs: signs(&text),
        })
    }
}

/// A value that is set apart from words: code, quoted, or a number.
const VALUE: &str = r#"(?:`[^`]+`|"[^"]*"|'[^']*'|“[^”]*”|-?[0-9]+(?:\.[0-9]+)?)"#;
/// The same, or one plain word.
const WORD: &str = r#"(?:`[^`]+`|"[^"]*"|'[^']*'|“[^”]*”|[A-Za-z0-9_#+-]+(?:\.[A-Za-z0-9_#+-]+)*)"#;
/// What may stand behind a value of a list.
const REMARK: &str = r"(?:[ \n]*\([^()]*\)|[ \n]*(?:=|:|–|-)[ \n]+[^,;|`]+)?";
/// What stands between the values of a list.
const BETWEEN: &str = r"(?:[ \n]*,[ \n]*(?:and[ \n]+|or[ \n]+)?|[ \n]*;[ \n]*|[ \n]+(?:and|or)[ \n]+|[ \n]*[|/][ \n]*)";
/// What stands between words.
const BLANKS: &str = r"[ \n]+";
/// A number.
const NUMBER: &str = r"`?(?:-?[0-9][0-9,_]*(?:\.[0-9]+)?)`?";
/// Where a value ends that isn't one of a list.
const END: &str = r"(?:[ \n]*(?:$|[,;()|]|\.(?:[ \n]|$)))";

/// The longest run of words of a phrase.
fn hint(phrase: &str) -> &str {
    let runs = phrase
        .split('{')
        .map(|it| it.split_once('}').map_or(it, |(_, behind)| behind));
    let longest = runs.map(str::trim).max_by_key(|run| run.len());
    longest.unwrap_or_default()
}

/// The signs of which the placeholders of a phrase need one: digits for a number, and for
/// a value that is set apart quotation marks as well.
fn signs(phrase: &str) -> Option<Signs> {
    let has = |names: &[&str]| names.iter().any(|name| phrase.contains(name));
    if has(&["{min}", "{max}", "{exact}"]) {
        return Some(|sign| sign.is_ascii_digit());
    }
    let is_value: Signs = |sign| sign.is_ascii_digit() || matches!(sign, '`' | '"' | '\'' | '“');
    has(&["{value}", "{values}"]).then_some(is_value)
}

/// The regular expression of a phrase.
fn expression(phrase: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = phrase.trim();
    let mut names = Vec::new();
    while !rest.is_empty() {
        let (literal, tail) = rest.split_once('{').unwrap_or((rest, ""));
        out.push_str(&words(literal));
        if tail.is_empty() && literal.len() == rest.len() {
            break;
        }
        let (name, behind) = tail
            .split_once('}')
            .ok_or_else(|| format!("`{phrase}` has a `{{` without a `}}`"))?;
        let kind = match name {
            "values" => format!("{VALUE}{REMARK}(?:{BETWEEN}{VALUE}{REMARK})+"),
            "words" => format!("{WORD}{REMARK}(?:{BETWEEN}{WORD}{REMARK})+"),
            "value" => VALUE.to_owned(),
            "word" => WORD.to_owned(),
            "min" | "max" | "exact" => NUMBER.to_owned(),
            "pattern" => r"(?:`[^`]+`|/[^/ \n]+/|\^[^ \n]+\$)".to_owned(),
            "text" => r"[^.;()]*?".to_owned(),
            _ => {
                return Err(format!(
                    "`{{{name}}}` in `{phrase}` is not one of {{values}}, {{words}}, {{value}}, \
                     {{word}}, {{min}}, {{max}}, {{exact}}, {{pattern}}, {{text}}"
                ));
            }
        };
        if names.contains(&name) {
            return Err(format!("`{{{name}}}` occurs twice in `{phrase}`"));
        }
        names.push(name);
        match name {
            "text" => out.push_str(&kind),
            _ => out.push_str(&format!("(?P<{name}>{kind})")),
        }
        let ends = behind.trim().is_empty();
        match name {
            "words" if ends => out.push_str(r"[ \n]*\.?[ \n]*$"),
            "value" | "word" if ends => out.push_str(END),
            _ => {}
        }
        rest = behind;
    }
    Ok(out)
}

/// Words with any blanks in between; blanks at an end may be missing beside
/// signs.
fn words(literal: &str) -> String {
    let inner: Vec<String> = literal.split_whitespace().map(regex::escape).collect();
    if inner.is_empty() {
        return match literal.is_empty() {
            true => String::new(),
            false => BLANKS.to_owned(),
        };
    }
    let edge = |c: Option<char>| match c.is_some_and(char::is_alphanumeric) {
        true => BLANKS,
        false => r"[ \n]*",
    };
    let trimmed = literal.trim();
    let before = match literal.starts_with(char::is_whitespace) {
        true => edge(trimmed.chars().next()),
        false => "",
    };
    let behind = match literal.ends_with(char::is_whitespace) {
        true => edge(trimmed.chars().last()),
        false => "",
    };
    format!("{before}{}{behind}", inner.join(BLANKS))
}

/// Phrases, ready for use.
#[derive(Debug)]
pub struct Wordings {
    /// The words of each phrase that no text without them fits.
    hints: Hints,
    phrases: Vec<ReadyPhrase>,
}

#[derive(Debug)]
struct ReadyPhrase {
    means: Meaning,
    signs: Option<Signs>,
    source: String,
    /// Made when a description has its words: most phrases are never met.
    ready: OnceLock<Option<Regex>>,
}

impl Wordings {
    /// Makes phrases ready for use.
    pub(super) fn new(kinds: &[DescriptionKind]) -> Result<Option<Self>, String> {
        let mut hints = Vec::new();
        let mut phrases = Vec::new();
        for kind in kinds {
            let says = kind.says.iter().map(|it| (r"(?:^|[^A-Za-z0-9_`])", it, ""));
            let starts = kind.starts.iter().map(|it| (r"^[^A-Za-z0-9_]*", it, ""));
            let is = kind.is.iter();
            let is = is.map(|it| (r"^[^A-Za-z0-9_]*", it, r"[^A-Za-z0-9_]*$"));
            for (before, phrase, behind) in says.chain(starts).chain(is) {
                let Phrase {
                    expression,
                    hint,
                    signs,
                } = phrase;
                let word_ends = expression.ends_with(char::is_alphanumeric);
                let apart = if word_ends { "(?:[^A-Za-z0-9_]|$)" } else { "" };
                let behind = if behind.is_empty() { apart } else { behind };
                hints.push(hint.as_str());
                phrases.push(ReadyPhrase {
                    means: kind.means,
                    signs: *signs,
                    source: format!("(?i){before}{expression}{behind}"),
                    ready: OnceLock::new(),
                });
            }
        }
        if phrases.is_empty() {
            return Ok(None);
        }
        let hints = Hints::new(hints)?;
        Ok(Some(Self { hints, phrases }))
    }

    /// The phrases whose words and signs a description has.
    pub fn candidates(&self, description: &str) -> Candidates<'_> {
        let has = |signs: Option<Signs>| signs.is_none_or(|it| description.contains(it));
        let found = self.hints.found(description).into_iter();
        let phrases = found.filter_map(|at| self.phrases.get(at));
        let phrases = phrases.filter(|phrase| has(phrase.signs));
        Candidates(phrases.collect())
    }
}

/// Phrases that a description may have.
#[derive(Debug)]
pub struct Candidates<'w>(Vec<&'w ReadyPhrase>);

impl Candidates<'_> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a sentence says, in the order of the phrases: each meaning with what the
    /// placeholders stand for.
    pub fn read<'t>(&self, sentence: &'t str) -> impl Iterator<Item = (Meaning, Captures<'t>)> {
        self.0.iter().filter_map(move |phrase| {
            let ready = phrase.ready.get_or_init(|| Regex::new(&phrase.source).ok());
            Some((phrase.means, ready.as_ref()?.captures(sentence)?))
        })
    }
}

/// The values in a list, without the remarks behind them.
pub fn values_of(list: &str, plain_words: bool) -> Vec<String> {
    static VALUES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [VALUE, WORD].map(|one| {
            let source = format!("(?:^|{BETWEEN})({one}){REMARK}");
            Regex::new(&source).expect("is valid")
        })
    });
    let found = VALUES[usize::from(plain_words)].captures_iter(list);
    let values = found.filter_map(|captures| captures.get(1));
    values.map(|it| bare(it.as_str()).to_owned()).collect()
}

/// A value without the signs that set it apart.
pub fn bare(value: &str) -> &str {
    let value = value.trim();
    for (open, close) in [("`", "`"), ("\"", "\""), ("'", "'"), ("“", "”")] {
        let inner = value
            .strip_prefix(open)
            .and_then(|it| it.strip_suffix(close));
        if let Some(inner) = inner {
            // Pages write `"a"` within code as well.
            return match open {
                "`" => bare(inner),
                _ => inner,
            };
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(means: &str, says: &str, sentence: &str) -> Option<Vec<String>> {
        let text = format!("means = '{means}'\nsays = ['{says}']");
        let kind: DescriptionKind = toml::from_str(&text).unwrap();
        let wordings = Wordings::new(&[kind]).unwrap().unwrap();
        let candidates = wordings.candidates(sentence);
        let (_, captures) = candidates.read(sentence).next()?;
        let groups = captures.iter().skip(1).flatten();
        Some(groups.map(|it| it.as_str().to_owned()).collect())
    }

    #[test]
    fn a_phrase_fits_within_a_sentence() {
        let fits = |sentence| read("values", "one of {values}", sentence);
        assert_eq!(
            fits("The colour, one of `red`, `green` or `blue` (deep)."),
            Some(vec!["`red`, `green` or `blue` (deep)".to_owned()])
        );
        assert_eq!(fits("One of 1, 2 and 3"), Some(vec!["1, 2 and 3".into()]));
        assert_eq!(fits("one of the boats and `more`"), None);
        assert_eq!(fits("none of `red`, `green`"), None);
    }

    #[test]
    fn plain_words_reach_the_end_of_the_sentence() {
        let fits = |sentence| read("values", "values: {words}", sentence).is_some();
        assert!(fits("Values: red, green, deep-blue"));
        assert!(fits("values: red | green"));
        assert!(!fits("values: any colour that the yard has"));
        assert!(!fits("values: red, green and other colours of the yard"));
    }

    #[test]
    fn a_default_ends_where_the_words_do() {
        let fits = |sentence| read("default", "default: {value}", sentence);
        assert_eq!(
            fits("How many (default: 20, max: 100)"),
            Some(vec!["20".into()])
        );
        assert_eq!(fits("default: 20 days before sailing"), None);
        assert_eq!(fits("default: `a` where there is wind"), None);
    }

    #[test]
    fn lists_lose_their_remarks() {
        assert_eq!(values_of("`a` (all), `b` or \"c\"", false), ["a", "b", "c"]);
        assert_eq!(values_of("N (=None), R (=Read)", true), ["N", "R"]);
        assert_eq!(values_of("`\"x\"` | `y`", false), ["x", "y"]);
    }
}
