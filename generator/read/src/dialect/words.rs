//! The words of a dialect that say how pages write things, as its file has them.

use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

use super::{Pattern, SectionRole};

/// How a page is recognised and delimited.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PageWords {
    /// Keys of the metadata that hold the operation's uid, the best first.
    pub uid_keys: Vec<String>,
    /// What a uid looks like, as a file's stem.
    #[serde(with = "regex_text")]
    pub uid_pattern: Option<Regex>,
    /// What stands above the first heading; without it, what an operation
    /// starts with.
    pub opening: Option<SectionRole>,
    /// Paragraphs that are the site's, not the page's, in each form.
    #[serde(with = "regex_texts")]
    pub chrome: Vec<Regex>,
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

/// How "required" is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RequiredWords {
    /// A word in strong emphasis at the start or the end of a description.
    pub marker: Option<String>,
    /// Words in a column of its own that mean yes, in small letters.
    pub yes: Vec<String>,
    /// Words in that column that mean no; a blank cell does, too.
    pub no: Vec<String>,
    /// Patterns of names that mean yes, with `{name}`.
    pub name_yes: Vec<Pattern>,
    /// Patterns of names that mean no.
    pub name_no: Vec<Pattern>,
    /// Patterns of type cells that mean yes, with `{type}`.
    pub type_yes: Vec<Pattern>,
    /// Patterns of type cells that mean no.
    pub type_no: Vec<Pattern>,
    /// Patterns of descriptions that mean yes.
    pub description_yes: Vec<Pattern>,
    /// Patterns of descriptions that mean no.
    pub description_no: Vec<Pattern>,
    /// Patterns of names with signs that say something else, such as a note's.
    pub name_plain: Vec<Pattern>,
    /// Patterns of headings below which rows are required.
    pub heading_yes: Vec<Pattern>,
    /// Patterns of headings below which they aren't.
    pub heading_no: Vec<Pattern>,
    /// Patterns of headings that are like one of these, and say nothing.
    pub heading_plain: Vec<Pattern>,
    /// What it is where nothing says.
    pub default: bool,
}

impl RequiredWords {
    /// Adds shared patterns behind its own.
    pub(super) fn add(&mut self, shared: &Self) {
        self.heading_yes.extend(shared.heading_yes.iter().cloned());
        self.heading_no.extend(shared.heading_no.iter().cloned());
        self.heading_plain
            .extend(shared.heading_plain.iter().cloned());
    }

    /// What a heading says of the rows below it.
    pub fn by_heading(&self, heading: &str) -> Option<bool> {
        let fits = |patterns: &[Pattern]| patterns.iter().any(|it| it.fits(heading));
        let required = match fits(&self.heading_yes) {
            true => true,
            false if fits(&self.heading_no) => false,
            false => return None,
        };
        (!fits(&self.heading_plain)).then_some(required)
    }
}

/// How a property is called that leads to the next page of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PaginationWords {
    /// What such names end in, as words in small letters.
    pub next: Vec<String>,
}

impl PaginationWords {
    /// Adds shared words.
    pub(super) fn add(&mut self, shared: &Self) {
        self.next.extend(shared.next.iter().cloned());
    }

    /// The words that any name would end in, if there are some.
    pub(super) fn without_letters(&self) -> Option<&str> {
        let mut words = self.next.iter().map(String::as_str);
        words.find(|next| letters(next).is_empty())
    }

    /// Whether a name ends in such words, however it separates them: `next page` is in
    /// `nextPage`, `next_page` and `@list.next-page`.
    pub fn is_next(&self, name: &str) -> bool {
        let (name, starts) = (letters(name), starts_of_words(name));
        self.next.iter().any(|next| {
            let next = letters(next);
            name.ends_with(&next) && starts.binary_search(&(name.len() - next.len())).is_ok()
        })
    }
}

/// The letters and digits of a text, all letters small.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Where words begin in the letters of a name: behind a separator, at a capital behind a
/// small letter, and at the beginning of the name.
fn starts_of_words(name: &str) -> Vec<usize> {
    let (mut starts, mut length, mut before) = (Vec::new(), 0, None);
    for c in name.chars() {
        let is_start = before.replace(c).is_none_or(|before: char| {
            !before.is_alphanumeric() || before.is_lowercase() && c.is_uppercase()
        });
        if c.is_alphanumeric() {
            if is_start {
                starts.push(length);
            }
            length += c.to_lowercase().map(char::len_utf8).sum::<usize>();
        }
    }
    starts
}

/// How a name says that it is part of another.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct NestingWords {
    /// What stands between an object's name and its property's, such as `.`.
    pub separator: Option<String>,
    /// Signs before a name, one for each level that it is below the row above;
    /// `&nbsp;` stands for the blank that isn't folded.
    pub indent: Vec<String>,
    /// Captions and paragraphs above a table that say of which property, called
    /// `{name}`, it lists the properties.
    pub captions: Vec<Pattern>,
}

/// Words in a column that says where a parameter travels, in small letters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct LocationWords {
    /// In the path.
    pub path: Vec<String>,
    /// In the query string.
    pub query: Vec<String>,
    /// A property of the request's body.
    pub body: Vec<String>,
    /// The request's body as a whole; rows below its row are its properties.
    pub whole_body: Vec<String>,
    /// A request header.
    pub header: Vec<String>,
    /// A cookie.
    pub cookie: Vec<String>,
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
    /// Keys that belong to no type, such as those of annotations; `*` stands for any
    /// characters.
    pub ignore_keys: Vec<String>,
    /// Strings that stand for something that isn't shown.
    pub placeholders: Vec<String>,
}

impl SampleWords {
    /// A sample without what is no evidence: ignored keys, and placeholders.
    pub fn cleaned(&self, value: Value) -> Value {
        if self.ignore_keys.is_empty() && self.placeholders.is_empty() {
            return value;
        }
        match value {
            Value::Object(members) => {
                let members = members.into_iter();
                let kept =
                    members.filter(|(key, value)| !self.is_ignored(key) && !self.stands_for(value));
                Value::Object(
                    kept.map(|(key, value)| (key, self.cleaned(value)))
                        .collect(),
                )
            }
            Value::Array(values) => {
                let kept = values.into_iter().filter(|value| !self.stands_for(value));
                Value::Array(kept.map(|value| self.cleaned(value)).collect())
            }
            value => value,
        }
    }

    fn is_ignored(&self, key: &str) -> bool {
        self.ignore_keys
            .iter()
            .any(|known| match known.split_once('*') {
                None => key == known,
                Some((start, end)) => {
                    let rest = key.strip_prefix(start);
                    rest.is_some_and(|rest| rest.ends_with(end))
                }
            })
    }

    fn stands_for(&self, value: &Value) -> bool {
        let text = value.as_str();
        text.is_some_and(|text| self.placeholders.iter().any(|known| known == text))
    }
}

/// Regular expressions written as text.
pub(super) mod regex_text {
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
    use super::super::Dialect;

    #[test]
    fn names_that_lead_to_the_next_page_end_in_the_words_for_it() {
        let text = "name = 'x'\ntitle = 'y'\n[pagination]\nnext = ['following shoal']";
        let words = Dialect::parse(text).unwrap().pagination;
        for name in [
            "followingShoal",
            "following_shoal",
            "@list.FollowingShoal",
            "next",
            "fish:nextLink",
            "next_page_token",
        ] {
            assert!(words.is_next(name), "{name}");
        }
        for name in [
            "nextReader",
            "nextLinkText",
            "shoal",
            "context",
            "annext",
            "followingShoals",
        ] {
            assert!(!words.is_next(name), "{name}");
        }
    }

    #[test]
    fn words_that_any_name_ends_in_are_refused() {
        for words in ["", " - "] {
            let text = format!("name = 'x'\ntitle = 'y'\n[pagination]\nnext = ['{words}']");
            let error = Dialect::parse(&text).unwrap_err();
            assert!(error.message.contains("has no letters"), "{error:?}");
        }
    }
}
