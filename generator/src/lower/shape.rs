//! What samples show: the kinds of JSON values that stood at one place, merged
//! over all samples. Values themselves are forgotten, so that random samples
//! of one shape give one result.

use std::collections::BTreeSet;

use jiff::civil;
use serde_json::Value;

/// The kinds of values at one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// `true` or `false` was there.
    pub booleans: bool,
    /// Whole numbers were there.
    pub integers: Option<Integers>,
    /// Numbers with a fraction were there.
    pub fractions: bool,
    /// Strings were there.
    pub strings: Option<Strings>,
    /// Arrays were there; the shape of all their elements.
    pub elements: Option<Box<Shape>>,
    /// Objects were there.
    pub object: Option<Object>,
}

/// How large whole numbers were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integers {
    /// All within 32 bits.
    Small,
    /// Some beyond.
    Large,
}

/// What strings looked like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strings {
    /// All strings so far are of this kind.
    pub kind: StringKind,
    /// The different strings, as long as they are few: to compare them with an
    /// enum's values.
    pub seen: BTreeSet<String>,
}

/// The kinds of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringKind {
    /// A date and a time, with or without an offset.
    DateTime,
    /// A date.
    Date,
    /// Anything else.
    Other,
}

/// Objects at one place: keys in the order of their first appearance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Keys and what stood there.
    pub keys: Vec<(String, Shape)>,
    /// Whether objects that belong together had different keys, as rows of a
    /// free-form table do.
    pub ragged: bool,
}

impl Object {
    /// The keys alone.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(name, _)| name.as_str())
    }

    /// The keys, sorted.
    pub fn key_set(&self) -> BTreeSet<&str> {
        self.names().collect()
    }

    fn merge(&mut self, other: Self) {
        let theirs = other.key_set();
        let mine = self.key_set();
        let common = mine.intersection(&theirs).count();
        // Two versions of a type share most of their keys; rows of different
        // tables don't. An object without keys tells nothing.
        let blank = mine.is_empty() || theirs.is_empty();
        let alike = blank || 2 * common >= mine.union(&theirs).count();
        self.ragged |= other.ragged || !alike;
        for (name, shape) in other.keys {
            match self.keys.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => known.merge(shape),
                None => self.keys.push((name, shape)),
            }
        }
    }
}

/// How many different strings a [`Strings`] remembers.
const STRINGS_SEEN: usize = 16;

impl Shape {
    /// The shape of one value.
    pub fn of(value: &Value) -> Self {
        let mut shape = Self::default();
        match value {
            Value::Null => {}
            Value::Bool(_) => shape.booleans = true,
            Value::Number(number) => match number.as_i64() {
                Some(whole) if i32::try_from(whole).is_ok() => {
                    shape.integers = Some(Integers::Small);
                }
                Some(_) => shape.integers = Some(Integers::Large),
                None if number.is_u64() => shape.integers = Some(Integers::Large),
                None => shape.fractions = true,
            },
            Value::String(text) => {
                shape.strings = Some(Strings {
                    kind: string_kind(text),
                    seen: BTreeSet::from([text.clone()]),
                });
            }
            Value::Array(values) => {
                let mut elements = Self::default();
                for value in values {
                    elements.merge_neighbour(Self::of(value));
                }
                shape.elements = Some(Box::new(elements));
            }
            Value::Object(map) => {
                let keys = map
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::of(value)));
                shape.object = Some(Object {
                    keys: keys.collect(),
                    ragged: false,
                });
            }
        }
        shape
    }

    /// Whether nothing but `null` was there.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what another sample shows at the same place.
    pub fn merge(&mut self, other: Self) {
        self.booleans |= other.booleans;
        self.integers = self.integers.max(other.integers);
        self.fractions |= other.fractions;
        match (&mut self.strings, other.strings) {
            (Some(mine), Some(theirs)) => {
                if mine.kind != theirs.kind {
                    mine.kind = StringKind::Other;
                }
                mine.seen.extend(theirs.seen);
                while mine.seen.len() > STRINGS_SEEN {
                    mine.seen.pop_last();
                }
            }
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
        match (&mut self.elements, other.elements) {
            (Some(mine), Some(theirs)) => mine.merge(*theirs),
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
        match (&mut self.object, other.object) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
    }

    /// Adds the next element of the same array: elements of one type have the
    /// same keys, rows of a free-form table need not.
    fn merge_neighbour(&mut self, other: Self) {
        let differ = match (&self.object, &other.object) {
            (Some(mine), Some(theirs)) if mine.keys.is_empty() || theirs.keys.is_empty() => false,
            (Some(mine), Some(theirs)) => mine.key_set() != theirs.key_set(),
            _ => false,
        };
        self.merge(other);
        if let Some(object) = &mut self.object {
            object.ragged |= differ;
        }
    }

    /// How many kinds of values were there: more than one is no type.
    pub fn kinds(&self) -> usize {
        [
            self.booleans,
            self.integers.is_some() || self.fractions,
            self.strings.is_some(),
            self.elements.is_some(),
            self.object.is_some(),
        ]
        .iter()
        .filter(|there| **there)
        .count()
    }
}

/// What a string looks like. An empty string tells nothing, and counts as
/// anything else.
fn string_kind(text: &str) -> StringKind {
    let separated = matches!(text.as_bytes().get(10), Some(b'T' | b't'));
    if separated && (is_instant(text) || text.parse::<civil::DateTime>().is_ok()) {
        StringKind::DateTime
    } else if text.len() == 10 && text.parse::<civil::Date>().is_ok() {
        StringKind::Date
    } else {
        StringKind::Other
    }
}

/// Whether `text` is a date-time with an offset (RFC 3339, section 5.6).
fn is_instant(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn date_times_come_with_and_without_an_offset() {
        let kind = |text| string_kind(text);
        for text in [
            "2025-05-09T17:54:08.6793184+02:00",
            "0001-01-01T00:00:00",
            "2025-05-09T17:54:08Z",
        ] {
            assert_eq!(kind(text), StringKind::DateTime, "{text}");
        }
        assert_eq!(kind("2025-05-09"), StringKind::Date);
        for text in ["", "20250509", "588904", "17:54", "2025-13-01"] {
            assert_eq!(kind(text), StringKind::Other, "{text}");
        }
    }

    #[test]
    fn elements_with_other_keys_are_rows_of_a_free_form_table() {
        let elements = |value| Shape::of(&value).elements.unwrap().object.unwrap();
        assert!(!elements(json!([{"a": 1}, {"a": 2}])).ragged);
        assert!(elements(json!([{"a": 1}, {"a": 2, "b": 3}])).ragged);
    }

    #[test]
    fn values_are_forgotten() {
        let mut one = Shape::of(&json!({"a": 1, "b": [null, 2.5]}));
        let two = Shape::of(&json!({"a": 7, "b": [0.5]}));
        assert_eq!(one, two);
        one.merge(two.clone());
        assert_eq!(one, two);
    }
}
