//! What the description of a row states about its value: listed values, default, limits,
//! null. The phrases come from the dialect.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use regex::{Captures, Match};
use serde_json::{Number, Value};

use super::{RowFacets, ValueFact};
use crate::{
    dialect::{Meaning, TypeWord, Wordings, bare, literals, values_of},
    document::{Inline, Piece},
};
use docwright_model::{ArrayStyle, Literal, Provenance, Range, Type};

/// What a description states, independent of the type of the value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// Whether the value is required, if stated.
    pub required: Option<bool>,
    /// Whether it is required under some condition only.
    pub is_conditional: bool,
    /// Whether it introduces a list of values.
    pub lists: bool,
    values: Vec<String>,
    default: Option<String>,
    range: Option<Range<String>>,
    length: Option<Range<String>>,
    items: Option<Range<String>>,
    pattern: Option<String>,
    style: Option<ArrayStyle>,
    /// Whether limits have another unit than the value.
    other_unit: bool,
    nullable: Option<bool>,
    deprecated: bool,
    read_only: bool,
    write_only: bool,
}

/// Reads a description; `None` if it states nothing of this.
pub fn describe(cell: &Inline, wordings: &[Arc<Wordings>]) -> Option<Described> {
    let text = marked(cell);
    let candidates = wordings.iter().map(|it| it.candidates(&text));
    let candidates: Vec<_> = candidates.filter(|it| !it.is_empty()).collect();
    if candidates.is_empty() {
        return None;
    }
    let mut said = Described::default();
    let mut is_below = false;
    for sentence in sentences(&text) {
        let line = sentence.trim_end_matches([BREAK, '.']).trim();
        if std::mem::take(&mut is_below) && is_set_apart(line) {
            said.default.get_or_insert_with(|| line.to_owned());
        }
        for part in std::iter::once(sentence).chain(in_parentheses(sentence)) {
            let found = candidates.iter().flat_map(|it| it.read(part));
            let found: Vec<_> = found.collect();
            // `Default value` on a line of its own gives no default called `value`.
            if found
                .iter()
                .any(|(means, _)| *means == Meaning::DefaultBelow)
            {
                is_below = true;
                continue;
            }
            let units = found.iter().filter(|(means, _)| *means == Meaning::Unit);
            let units = units.filter_map(|(_, captures)| captures.name("value"));
            let units: BTreeSet<usize> = units.map(|it| it.start()).collect();
            for (means, captures) in found {
                let counts_else = |name| {
                    let number: Option<Match<'_>> = captures.name(name);
                    number.is_some_and(|it| units.contains(&it.start()))
                };
                if means == Meaning::Range && (counts_else("min") || counts_else("max")) {
                    said.other_unit = true;
                } else {
                    said.add(means, &captures);
                }
            }
        }
    }
    (said != Described::default()).then_some(said)
}

impl Described {
    /// Adds what a phrase states; the first statement counts.
    fn add(&mut self, means: Meaning, captures: &Captures<'_>) {
        let get = |name| captures.name(name).map(|it| it.as_str());
        match means {
            Meaning::Values => {
                let (list, plain) = match (get("values"), get("words")) {
                    (Some(list), _) => (list, false),
                    (None, list) => (list.unwrap_or_default(), true),
                };
                let (nulls, values): (Vec<_>, Vec<_>) = values_of(list, plain)
                    .into_iter()
                    .partition(|it| it == "null");
                if self.values.is_empty() && values.len() > 1 {
                    self.values = values;
                    if !nulls.is_empty() {
                        self.nullable.get_or_insert(true);
                    }
                }
            }
            Meaning::Lists => self.lists = true,
            Meaning::Default => {
                let value = get("value").or(get("word"));
                self.default = self.default.take().or(value.map(str::to_owned));
            }
            Meaning::Range => add_limits(&mut self.range, captures),
            Meaning::Length => add_limits(&mut self.length, captures),
            Meaning::Items => add_limits(&mut self.items, captures),
            Meaning::Pattern => {
                let pattern = get("pattern").map(bare).filter(|it| is_expression(it));
                let pattern = pattern.map(str::to_owned);
                self.pattern = self.pattern.take().or(pattern);
            }
            Meaning::CommaSeparated => self.style = self.style.or(Some(ArrayStyle::Comma)),
            Meaning::SpaceSeparated => self.style = self.style.or(Some(ArrayStyle::Space)),
            Meaning::PipeSeparated => self.style = self.style.or(Some(ArrayStyle::Pipe)),
            Meaning::Deprecated => self.deprecated = true,
            Meaning::ReadOnly => self.read_only = true,
            Meaning::WriteOnly => self.write_only = true,
            Meaning::Nullable => {
                self.nullable.get_or_insert(true);
            }
            // "Can't be null" contains the words "be null".
            Meaning::NotNull => self.nullable = Some(false),
            Meaning::Required => {
                self.required.get_or_insert(true);
            }
            Meaning::Condition => self.is_conditional = true,
            Meaning::Unit | Meaning::DefaultBelow => {}
            Meaning::Optional => {
                self.required.get_or_insert(false);
            }
        }
    }

    /// Whether it introduces a list of values that isn't understood.
    pub fn almost_lists(&self) -> bool {
        self.lists && self.values.is_empty()
    }

    /// What this states about a value of a type. What doesn't fit the type is left out.
    pub fn facets(&self, ty: Option<&TypeWord>) -> Option<Box<RowFacets>> {
        let kind = Kind::of(ty);
        let facets = RowFacets {
            nullable: self.nullable,
            default: self.default.as_deref().and_then(|it| kind.value(it)),
            range: self
                .range
                .as_ref()
                .filter(|_| kind.is_number())
                .and_then(numbers),
            length: self
                .length
                .as_ref()
                .filter(|_| kind.is_text())
                .and_then(counts),
            items: self
                .items
                .as_ref()
                .filter(|_| kind == Kind::Array)
                .and_then(counts),
            pattern: self.pattern.clone().filter(|_| kind.is_text()),
            style: self.style.filter(|_| kind == Kind::Array),
            deprecated: self.deprecated.then_some(true),
            read_only: self.read_only.then_some(true),
            write_only: self.write_only.then_some(true),
            query_language: None,
        };
        (facets != RowFacets::default()).then(|| Box::new(facets))
    }

    /// What it states that doesn't fit the type.
    pub fn unfit(&self, ty: Option<&TypeWord>) -> Vec<&'static str> {
        let facets = self.facets(ty).unwrap_or_default();
        let kind = Kind::of(ty);
        let none = Provenance::default();
        let is_bound = facets.range.is_some() || facets.length.is_some() || facets.items.is_some();
        // The same number may be a limit of the value's own length.
        let counts_own = facets.length.is_some() || facets.items.is_some();
        let default = self.default.as_deref().map(bare);
        let default = default.filter(|it| !NOTHING.contains(it));
        let are_booleans = self.values.iter().all(|it| it == "true" || it == "false");
        // A boolean is always true or false.
        let lists_none = self.values.is_empty() || (kind == Kind::Boolean && are_booleans);
        let has_limits = self.range.is_some() || self.length.is_some() || self.items.is_some();
        let unfit = [
            (default.is_some() && facets.default.is_none(), "a default"),
            (has_limits && !is_bound, "limits"),
            (self.other_unit && !counts_own, "limits with a unit"),
            (
                self.pattern.is_some() && facets.pattern.is_none(),
                "a pattern",
            ),
            (!lists_none && self.values(ty, &none).is_empty(), "values"),
        ];
        let unfit = unfit.into_iter().filter(|(is_unfit, _)| *is_unfit);
        unfit.map(|(_, what)| what).collect()
    }

    /// The values that it lists, for a type that may have them.
    pub fn values(&self, ty: Option<&TypeWord>, place: &Provenance) -> Vec<ValueFact> {
        let of_elements = match ty.map(TypeWord::without_null) {
            Some(TypeWord::Array(element)) => element.as_deref(),
            ty => ty,
        };
        let are_booleans = self.values.iter().all(|it| it == "true" || it == "false");
        let values: Vec<Literal> = match Kind::of(of_elements) {
            Kind::Text => self.values.iter().map(|it| it.as_str().into()).collect(),
            Kind::Unknown if !are_booleans => {
                self.values.iter().map(|it| it.as_str().into()).collect()
            }
            Kind::Integer => match literals(self.values.iter().map(String::as_str)) {
                values if matches!(values.first(), Some(Literal::Integer(_))) => values,
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let fact = |value| ValueFact {
            value,
            name: None,
            description: None,
            provenance: place.clone(),
        };
        values.into_iter().map(fact).collect()
    }
}

/// The facts about the value in a type cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    Array,
    /// Nothing says.
    Unknown,
    Other,
}

impl Kind {
    fn of(ty: Option<&TypeWord>) -> Self {
        match ty {
            None => Self::Unknown,
            Some(TypeWord::Nullable(inner)) => Self::of(Some(inner)),
            Some(TypeWord::Scalar { is, .. }) => match is {
                Type::String => Self::Text,
                Type::Int32 | Type::Int64 => Self::Integer,
                Type::Double => Self::Number,
                Type::Boolean => Self::Boolean,
                _ => Self::Other,
            },
            Some(TypeWord::Enum(values)) => match values.first() {
                Some(Literal::Integer(_)) => Self::Integer,
                _ => Self::Text,
            },
            Some(TypeWord::Array(_)) => Self::Array,
            Some(_) => Self::Other,
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }

    fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Unknown)
    }

    /// A value as JSON; `None` when it can't be one of this kind.
    fn value(self, written: &str) -> Option<Value> {
        let value = bare(written);
        if NOTHING.contains(&value) {
            return None;
        }
        let json = || serde_json::from_str::<Value>(value).ok();
        match self {
            Self::Text => Some(Value::String(value.to_owned())),
            Self::Integer => json().filter(|it| it.is_i64()),
            Self::Number => json().filter(Value::is_number),
            Self::Boolean => json().filter(Value::is_boolean),
            Self::Unknown => {
                let is_plain = |it: &Value| it.is_number() || it.is_boolean();
                Some(json().filter(is_plain).unwrap_or_else(|| value.into()))
            }
            Self::Array | Self::Other => None,
        }
    }
}

/// Defaults that are no value.
const NOTHING: [&str; 5] = ["", "null", "nil", "none", "None"];

/// Whether code is a regular expression, not a name or format.
fn is_expression(code: &str) -> bool {
    let signs = ["^", "$", "[", "\\", ".*", ".+", "/"];
    signs.iter().any(|sign| code.contains(sign))
}

fn add_limits(limits: &mut Option<Range<String>>, captures: &Captures<'_>) {
    let digits = |name| {
        let digits: String = captures.name(name)?.as_str().replace(['`', ',', '_'], "");
        Some(digits)
    };
    let exact = digits("exact");
    let (minimum, maximum) = (digits("min").or(exact.clone()), digits("max").or(exact));
    let limits = limits.get_or_insert(Range {
        minimum: None,
        maximum: None,
    });
    limits.minimum = limits.minimum.take().or(minimum);
    limits.maximum = limits.maximum.take().or(maximum);
}

/// Limits as numbers, unless they contradict each other.
fn numbers(range: &Range<String>) -> Option<Range<Number>> {
    let number = |limit: &Option<String>| limit.as_ref().and_then(|it| it.parse::<Number>().ok());
    let (minimum, maximum) = (number(&range.minimum), number(&range.maximum));
    let value = |limit: &Option<Number>| limit.as_ref().and_then(Number::as_f64);
    let odd = value(&minimum)
        .zip(value(&maximum))
        .is_some_and(|(min, max)| min > max);
    let any = minimum.is_some() || maximum.is_some();
    (any && !odd).then_some(Range { minimum, maximum })
}

fn counts(range: &Range<String>) -> Option<Range<u64>> {
    let count = |limit: &Option<String>| limit.as_ref().and_then(|it| it.parse::<u64>().ok());
    let (minimum, maximum) = (count(&range.minimum), count(&range.maximum));
    let odd = minimum.zip(maximum).is_some_and(|(min, max)| min > max);
    let any = minimum.is_some() || maximum.is_some();
    (any && !odd).then_some(Range { minimum, maximum })
}

/// What stands for a line break that ends a sentence.
const BREAK: char = '\u{2029}';

/// The words of a description with its code between backticks.
fn marked(cell: &Inline) -> Cow<'_, str> {
    if let [Piece::Text(words)] = cell.pieces.as_slice() {
        return Cow::Borrowed(words);
    }
    let mut out = String::new();
    for piece in &cell.pieces {
        match piece {
            Piece::Text(words) => out.push_str(words),
            Piece::Code(code) => out.extend(["`", &code.replace('`', "'"), "`"]),
            Piece::Break => out.push(BREAK),
            Piece::Html(_) => out.push(' '),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Whether a line is a value: code, a number, `true` or `false`.
fn is_set_apart(line: &str) -> bool {
    let inner = line.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    inner.is_some_and(|it| !it.contains('`')) || serde_json::from_str::<Value>(line).is_ok()
}

/// The sentences of a description. A full stop within code, or before a small letter
/// or a digit (`max. 20`), ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut in_code) = (0, false);
    for (at, c) in text.char_indices() {
        let ends = match c {
            '`' => {
                in_code = !in_code;
                false
            }
            BREAK => true,
            '.' | '!' | '?' if !in_code => {
                let rest = &text[at + 1..];
                let next = rest.trim_start().chars().next();
                rest.starts_with(char::is_whitespace)
                    && next.is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit())
            }
            _ => false,
        };
        if ends {
            found.push(text[from..at + c.len_utf8()].trim());
            from = at + c.len_utf8();
        }
    }
    found.push(text[from..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// What stands in parentheses.
fn in_parentheses(sentence: &str) -> impl Iterator<Item = &str> {
    let parts = sentence.split('(').skip(1);
    parts.filter_map(|part| part.split_once(')').map(|(inner, _)| inner))
}

#[cfg(test)]
mod tests;
