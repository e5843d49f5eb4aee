//! Words and patterns of type cells.

use heck::ToUpperCamelCase;
use regex::Regex;
use serde::{Deserialize, Deserializer, de::Error};

use super::{pattern::Pattern, words::regex_text};
use docwright_model::{Literal, Type};

/// How deep a type cell nests (`array of arrays of …`); a page that nests
/// deeper isn't understood.
pub const DEEPEST: u8 = 8;

/// What a type cell can mean, before evidence from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeWord {
    /// This type; a coarse word may stand for the others as well.
    Scalar {
        /// What it is as long as nothing else is known.
        is: Type,
        /// What it may turn out to be.
        may_be: Vec<Type>,
    },
    /// A JSON object: a named type, a map, or free-form.
    Object,
    /// A JSON array of elements of this type, when it says so.
    Array(Option<Box<TypeWord>>),
    /// A JSON object with arbitrary keys and values of this type.
    Map(Box<TypeWord>),
    /// A value of one of these types.
    Union(Vec<TypeWord>),
    /// A string or an integer that is one of these values.
    Enum(Vec<Literal>),
    /// A value of this type, or `null`.
    Nullable(Box<TypeWord>),
    /// A named type.
    Named(String),
}

/// Words and patterns of type cells.
#[derive(Clone, Debug)]
pub struct TypeWords {
    words: Vec<(String, TypeWord)>,
    /// Words that all dialects share.
    shared: Vec<(String, TypeWord)>,
    nulls: Vec<String>,
    nullable: Vec<Pattern>,
    arrays: Vec<Pattern>,
    patterns: Vec<TypePattern>,
    named: Regex,
}

/// A way to write a type in several words.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TypePattern {
    matches: Pattern,
    is: PatternMeaning,
    #[serde(default = "comma")]
    separator: String,
}

fn comma() -> String {
    ",".to_owned()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PatternMeaning {
    /// A string that is one of `{values}`.
    Enum,
    /// An array of `{type}`.
    Array,
    /// An object whose values are `{type}`.
    Map,
    /// A value of one of `{types}`.
    Union,
    /// What `{type}` says; the words around it say nothing.
    Type,
    /// The type whose name is `{type}`, however it is written.
    Named,
}

/// The `[types]` of a dialect's file.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TypesEntry {
    #[serde(default, deserialize_with = "regex_text::deserialize")]
    named: Option<Regex>,
    #[serde(default, rename = "word")]
    words: Vec<WordEntry>,
    #[serde(default, rename = "pattern")]
    patterns: Vec<TypePattern>,
    #[serde(default)]
    nullable: Vec<Pattern>,
    #[serde(skip)]
    nulls: Vec<String>,
    #[serde(skip)]
    arrays: Vec<Pattern>,
    #[serde(skip)]
    shared: Vec<WordEntry>,
}

/// What dialects share of them.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct SharedTypes {
    /// Words that stand for null.
    null: Vec<String>,
    /// Patterns of what may be null.
    nullable: Vec<Pattern>,
    /// Patterns of arrays.
    array: Vec<Pattern>,
    /// Words of plain types.
    #[serde(rename = "word")]
    words: Vec<WordEntry>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WordEntry {
    words: Vec<String>,
    is: Meaning,
    #[serde(default)]
    may_be: Vec<Type>,
}

/// What a word means: a type of the model, or one of the coarse ones.
#[derive(Clone)]
enum Meaning {
    Object,
    Array,
    Null,
    Type(Type),
}

impl<'de> Deserialize<'de> for Meaning {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Ok(match text.as_str() {
            "object" => Self::Object,
            "array" => Self::Array,
            "null" => Self::Null,
            text => Self::Type(text.parse().map_err(|error| {
                D::Error::custom(format!("{error}; here also object, array or null"))
            })?),
        })
    }
}

impl TypesEntry {
    /// Adds shared words and patterns behind its own.
    pub(super) fn add(&mut self, shared: &SharedTypes) {
        self.nulls.extend(shared.null.iter().cloned());
        self.nullable.extend(shared.nullable.iter().cloned());
        self.arrays.extend(shared.array.iter().cloned());
        self.shared.extend(shared.words.iter().cloned());
    }

    /// Makes them ready for use.
    pub(super) fn ready(self) -> TypeWords {
        let mut nulls = self.nulls;
        let words = meanings(self.words, &mut nulls);
        let shared = meanings(self.shared, &mut nulls);
        TypeWords {
            words,
            shared,
            nulls,
            nullable: self.nullable,
            arrays: self.arrays,
            patterns: self.patterns,
            named: self
                .named
                .unwrap_or_else(|| Regex::new("^[A-Z][A-Za-z0-9_]*$").expect("is valid")),
        }
    }
}

/// The words of some entries, each with what it means; those for null are `nulls`.
fn meanings(entries: Vec<WordEntry>, nulls: &mut Vec<String>) -> Vec<(String, TypeWord)> {
    let mut words = Vec::new();
    for entry in entries {
        let is = match entry.is {
            Meaning::Object => TypeWord::Object,
            Meaning::Array => TypeWord::Array(None),
            Meaning::Null => {
                nulls.extend(entry.words);
                continue;
            }
            Meaning::Type(is) => TypeWord::Scalar {
                is,
                may_be: entry.may_be,
            },
        };
        words.extend(entry.words.into_iter().map(|word| (word, is.clone())));
    }
    words
}

impl TypeWords {
    /// What a type cell means; `None` for a word that the dialect doesn't
    /// know and that doesn't look like the name of a type.
    pub fn read(&self, cell: &str) -> Option<TypeWord> {
        self.read_within(cell, DEEPEST)
    }

    fn read_within(&self, cell: &str, depth: u8) -> Option<TypeWord> {
        let cell = cell.trim();
        let mut words = self.words.iter().chain(&self.shared);
        if let Some((_, word)) = words.find(|(word, _)| word == cell) {
            return Some(word.clone());
        }
        if let Some(word) = of_media_type(cell) {
            return Some(word);
        }
        let depth = depth.checked_sub(1)?;
        if let Some(inner) = self.without_null(cell, depth) {
            return Some(TypeWord::nullable(inner));
        }
        let mut patterns = self.patterns.iter();
        if let Some(word) = patterns.find_map(|pattern| self.by_pattern(pattern, cell, depth)) {
            return Some(word);
        }
        if let Some(element) = self.element(cell, depth) {
            return Some(TypeWord::Array(Some(Box::new(element))));
        }
        let named = self.named.is_match(cell);
        named.then(|| TypeWord::Named(cell.to_owned()))
    }

    /// What a cell means beside null, where one of the patterns says that null may
    /// stand there as well.
    fn without_null(&self, cell: &str, depth: u8) -> Option<TypeWord> {
        self.nullable.iter().find_map(|pattern| {
            let captures = pattern.captures(cell)?;
            self.read_within(captures.get("type")?, depth)
        })
    }

    /// What the elements of an array are, where words say that a cell means one. Pages
    /// write of several in the plural.
    fn element(&self, cell: &str, depth: u8) -> Option<TypeWord> {
        self.arrays.iter().find_map(|pattern| {
            let captures = pattern.captures(cell)?;
            let element = captures.get("type")?;
            let is_word = |cell: &str| self.words.iter().any(|(word, _)| word == cell);
            let one = element.strip_suffix('s').filter(|one| is_word(one));
            self.read_within(one.unwrap_or(element), depth)
        })
    }

    fn by_pattern(&self, pattern: &TypePattern, cell: &str, depth: u8) -> Option<TypeWord> {
        let captures = pattern.matches.captures(cell)?;
        let parts = |name| {
            let words = captures.get(name).unwrap_or_default();
            let parts = words.split(pattern.separator.as_str()).map(str::trim);
            parts.filter(|part| !part.is_empty())
        };
        let inner = || self.read_within(captures.get("type")?, depth);
        Some(match pattern.is {
            PatternMeaning::Enum => {
                let quotes = ['"', '\'', '`'];
                let (nulls, values): (Vec<_>, Vec<_>) =
                    parts("values").partition(|value| self.is_null(value));
                let values = literals(values.iter().map(|value| value.trim_matches(quotes)));
                match (values.is_empty(), nulls.is_empty()) {
                    (true, _) => return None,
                    (false, true) => TypeWord::Enum(values),
                    (false, false) => TypeWord::nullable(TypeWord::Enum(values)),
                }
            }
            PatternMeaning::Array => TypeWord::Array(Some(Box::new(inner()?))),
            PatternMeaning::Map => TypeWord::Map(Box::new(inner()?)),
            PatternMeaning::Type => inner()?,
            PatternMeaning::Named => {
                let label = type_label(captures.get("type")?);
                // Of nothing but signs, such as a dash, no name is left.
                (!label.is_empty()).then_some(TypeWord::Named(label))?
            }
            PatternMeaning::Union => {
                if parts("types").count() < 2 {
                    return None;
                }
                let (nulls, parts): (Vec<_>, Vec<_>) =
                    parts("types").partition(|part| self.is_null(part));
                let parts = parts.into_iter();
                let mut words: Vec<TypeWord> = parts
                    .map(|part| self.read_within(part, depth))
                    .collect::<Option<_>>()?;
                words.dedup();
                let one = match words.len() {
                    0 => return None,
                    1 => words.remove(0),
                    _ => TypeWord::Union(words),
                };
                match nulls.is_empty() {
                    true => one,
                    false => TypeWord::nullable(one),
                }
            }
        })
    }

    /// The words that stand for types, for readers that must find a type cell
    /// in a line.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// Whether a word says that there is nothing.
    pub fn is_null(&self, word: &str) -> bool {
        self.nulls.iter().any(|null| null == word)
    }

    /// Whether some word stands for this type or may.
    pub fn knows(&self, ty: &Type) -> bool {
        self.words.iter().any(|(_, word)| match word {
            TypeWord::Scalar { is, may_be } => is == ty || may_be.contains(ty),
            _ => false,
        })
    }

    /// The literal words with which a pattern of several words begins
    /// (`Enum:`), for the same purpose.
    pub fn pattern_starts(&self) -> impl Iterator<Item = &str> {
        let literals = self.patterns.iter().map(|p| p.matches.literal_start());
        literals.filter(|literal| !literal.is_empty())
    }

    /// The separator of an enum's values where `start` is the pattern's
    /// literal start.
    pub fn separator(&self, start: &str) -> Option<&str> {
        let found = self
            .patterns
            .iter()
            .find(|p| p.matches.literal_start() == start && p.is == PatternMeaning::Enum);
        found.map(|p| p.separator.as_str())
    }

    /// Whether `word` looks like the name of a type.
    pub fn is_named(&self, word: &str) -> bool {
        self.named.is_match(word)
    }
}

impl TypeWord {
    /// A value of this type, or `null`.
    pub fn nullable(inner: Self) -> Self {
        match inner {
            Self::Nullable(_) => inner,
            inner => Self::Nullable(Box::new(inner)),
        }
    }

    /// The word of a value that travels as text, as one in a URL does: there the null of a
    /// list of values is a word like the others.
    pub fn sent_as_text(self) -> Self {
        match self {
            Self::Nullable(inner) => match *inner {
                Self::Enum(mut values) => {
                    values.push(Literal::from("null"));
                    Self::Enum(values)
                }
                inner => Self::nullable(inner),
            },
            Self::Array(Some(element)) => Self::Array(Some(Box::new(element.sent_as_text()))),
            word => word,
        }
    }

    /// The word without null.
    pub fn without_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            word => word,
        }
    }
}

/// What a value of a media type is, where a cell gives one for a type (RFC 6838): any JSON
/// value, text, or bytes.
fn of_media_type(cell: &str) -> Option<TypeWord> {
    let (kind, subtype) = cell.split_once('/')?;
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
    if subtype.is_empty() || !subtype.chars().all(is_token) {
        return None;
    }
    let is_json = subtype == "json" || subtype.ends_with("+json");
    let is = match kind {
        "application" if is_json => Type::Any,
        "text" => Type::String,
        "application" | "audio" | "font" | "image" | "model" | "multipart" | "video" => {
            Type::Binary
        }
        _ => return None,
    };
    Some(TypeWord::Scalar {
        is,
        may_be: Vec::new(),
    })
}

/// Values as they go over the wire: integers where all of them are, else strings.
pub fn literals<'v>(values: impl Iterator<Item = &'v str> + Clone) -> Vec<Literal> {
    let integers: Option<Vec<i64>> = values.clone().map(|it| it.parse().ok()).collect();
    match integers {
        Some(integers) => integers.into_iter().map(Literal::Integer).collect(),
        None => values.map(Literal::from).collect(),
    }
}

/// The name of a type that pages write as words: `merge request` and `Merge
/// request` are `MergeRequest`; a name in one capitalised word stays as it is.
pub fn type_label(words: &str) -> String {
    let words = words.trim();
    let one = words.chars().all(char::is_alphanumeric);
    if one && words.starts_with(char::is_uppercase) {
        return words.to_owned();
    }
    words.to_upper_camel_case()
}
