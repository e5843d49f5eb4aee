//! What samples show: the kinds of JSON values at one place, merged over all samples. The
//! values themselves aren't kept, so that random samples with the same shape give the
//! same result.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil;
use serde_json::Value;

use docwright_model::Type;

/// The kinds of values, as the bits of [`Shape::bits`].
pub const BOOLEAN: u8 = 1;
/// Whole numbers.
pub const INTEGER: u8 = 2;
/// Numbers with a fraction.
pub const FRACTION: u8 = 4;
/// Strings.
pub const STRING: u8 = 8;
/// Arrays.
pub const ARRAY: u8 = 16;
/// Objects.
pub const OBJECT: u8 = 32;
/// `null`, which isn't a kind of value, but can stand for any.
pub const NULL: u8 = 64;

/// The kinds of values at one place. Nested shapes are shared until one of them changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// `null` was there.
    pub nulls: bool,
    /// `true` or `false` was there.
    pub booleans: bool,
    /// Whole numbers were there.
    pub integers: Option<Integers>,
    /// Numbers with a fraction were there.
    pub fractions: bool,
    /// Whether there were strings, and what all of them look like.
    pub strings: Option<StringKind>,
    /// Whether there were arrays, and the shape of all their elements.
    pub elements: Option<Arc<Shape>>,
    /// Objects were there.
    pub object: Option<Arc<Object>>,
}

/// How large whole numbers were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integers {
    /// All within 32 bits.
    Small,
    /// Some beyond.
    Large,
    /// Some even beyond 64 bits.
    Huge,
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

/// Objects at one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Keys in the order of their first appearance, with their shapes.
    pub keys: IndexMap<String, Shape>,
    /// Whether objects that belong together had different keys, as rows of a
    /// free-form table do.
    pub ragged: bool,
}

impl Object {
    /// The keys alone.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// What the values of all keys show together.
    pub fn values(&self) -> Shape {
        let mut values = Shape::default();
        for shape in self.keys.values() {
            values.merge(shape);
        }
        values
    }

    /// The index of a key that is number `guess` in a similar object.
    fn position(&self, guess: usize, key: &str) -> Option<usize> {
        match self.keys.get_index(guess) {
            Some((there, _)) if there == key => Some(guess),
            _ => self.keys.get_index_of(key),
        }
    }

    /// Whether both have just the same keys.
    fn has_keys_of(&self, other: &Self) -> bool {
        let mut keys = other.names().enumerate();
        self.keys.len() == other.keys.len()
            && keys.all(|(at, key)| self.position(at, key).is_some())
    }

    /// Adds what another object shows; returns whether that was new.
    fn merge(&mut self, other: &Self) -> bool {
        let (mine, theirs) = (self.keys.len(), other.keys.len());
        let (mut common, mut news) = (0, false);
        for (at, (name, shape)) in other.keys.iter().enumerate() {
            match self.position(at, name) {
                Some(at) => {
                    common += 1;
                    news |= self.keys[at].merge(shape);
                }
                None => {
                    self.keys.insert(name.clone(), shape.clone());
                    news = true;
                }
            }
        }
        // Two versions of a type share most of their keys; rows of different tables
        // don't. An object without keys proves nothing.
        let blank = mine == 0 || theirs == 0;
        let alike = blank || 2 * common >= mine + theirs - common;
        let ragged = other.ragged || !alike;
        news |= ragged && !self.ragged;
        self.ragged |= ragged;
        news
    }
}

impl Shape {
    /// The shape of one value.
    pub fn of(value: &Value) -> Self {
        let mut shape = Self::default();
        match value {
            Value::Null => shape.nulls = true,
            Value::Bool(_) => shape.booleans = true,
            Value::Number(number) => match number.as_i64() {
                Some(whole) if i32::try_from(whole).is_ok() => {
                    shape.integers = Some(Integers::Small);
                }
                Some(_) => shape.integers = Some(Integers::Large),
                None if number.is_u64() => shape.integers = Some(Integers::Huge),
                None => shape.fractions = true,
            },
            Value::String(text) => shape.strings = Some(string_kind(text)),
            Value::Array(values) => {
                let mut elements = Self::default();
                for value in values {
                    elements.merge_neighbour(&Self::of(value));
                }
                shape.elements = Some(Arc::new(elements));
            }
            Value::Object(map) => {
                let keys = map
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::of(value)));
                shape.object = Some(Arc::new(Object {
                    keys: keys.collect(),
                    ragged: false,
                }));
            }
        }
        shape
    }

    /// Whether nothing but `null` was there.
    pub fn is_blank(&self) -> bool {
        self.bits() & !NULL == 0
    }

    /// The objects, or else the objects in arrays.
    pub fn some_object(&self) -> Option<&Arc<Object>> {
        let elements = self.elements.as_ref();
        self.object
            .as_ref()
            .or_else(|| elements.and_then(|it| it.object.as_ref()))
    }

    /// Whether there were objects, or objects in arrays.
    pub fn holds_objects(&self) -> bool {
        let elements = self.elements.as_ref();
        self.object.is_some() || elements.is_some_and(|it| it.holds_objects())
    }

    /// Adds what another sample shows at the same place; returns whether that was new.
    pub fn merge(&mut self, other: &Self) -> bool {
        let strings = match (self.strings, other.strings) {
            (Some(mine), Some(theirs)) if mine != theirs => Some(StringKind::Other),
            (mine, theirs) => mine.or(theirs),
        };
        let news = other.nulls && !self.nulls
            || other.booleans && !self.booleans
            || other.integers > self.integers
            || other.fractions && !self.fractions
            || strings != self.strings;
        self.nulls |= other.nulls;
        self.booleans |= other.booleans;
        self.integers = self.integers.max(other.integers);
        self.fractions |= other.fractions;
        self.strings = strings;
        let elements = merge_shared(&mut self.elements, other.elements.as_ref(), Self::merge);
        let object = merge_shared(&mut self.object, other.object.as_ref(), Object::merge);
        news || elements || object
    }

    /// Adds the next element of the same array: elements of one type have the
    /// same keys, rows of a free-form table need not.
    fn merge_neighbour(&mut self, other: &Self) {
        let differ = match (&self.object, &other.object) {
            (Some(mine), Some(theirs)) if mine.keys.is_empty() || theirs.keys.is_empty() => false,
            (Some(mine), Some(theirs)) => !mine.has_keys_of(theirs),
            _ => false,
        };
        self.merge(other);
        if differ && let Some(object) = &mut self.object {
            Arc::make_mut(object).ragged = true;
        }
    }

    /// The kinds of values that were there.
    pub fn bits(&self) -> u8 {
        let kinds = [
            (self.nulls, NULL),
            (self.booleans, BOOLEAN),
            (self.integers.is_some(), INTEGER),
            (self.fractions, FRACTION),
            (self.strings.is_some(), STRING),
            (self.elements.is_some(), ARRAY),
            (self.object.is_some(), OBJECT),
        ];
        let there = kinds.iter().filter(|(there, _)| *there);
        there.fold(0, |bits, (_, bit)| bits | bit)
    }

    /// The kinds of values, in words.
    pub fn words(&self) -> String {
        let words = [
            (self.booleans, "true or false"),
            (self.fractions, "numbers with a fraction"),
            (self.integers.is_some() && !self.fractions, "whole numbers"),
            (self.strings.is_some(), "strings"),
            (self.elements.is_some(), "arrays"),
            (self.object.is_some(), "objects"),
        ];
        let there = words.iter().filter(|(there, _)| *there);
        let there: Vec<_> = there.map(|(_, word)| *word).collect();
        there.join(" and ")
    }

    /// How many kinds of values there were: more than one is not a type.
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

/// Merges `theirs`, without copying what is equal; returns whether it was new.
fn merge_shared<T: Clone>(
    mine: &mut Option<Arc<T>>,
    theirs: Option<&Arc<T>>,
    merge: fn(&mut T, &T) -> bool,
) -> bool {
    match (mine, theirs) {
        (_, None) => false,
        (Some(mine), Some(theirs)) if Arc::ptr_eq(mine, theirs) => false,
        (Some(mine), Some(theirs)) => merge(Arc::make_mut(mine), theirs),
        (none, Some(theirs)) => {
            *none = Some(Arc::clone(theirs));
            true
        }
    }
}

/// The kinds of values that can be of a type.
pub fn kinds_of(ty: &Type) -> u8 {
    match ty {
        Type::Any => u8::MAX,
        Type::String | Type::DateTime | Type::Date | Type::Binary => STRING,
        Type::Boolean => BOOLEAN,
        Type::Int32 | Type::Int64 => INTEGER,
        Type::Double => INTEGER | FRACTION,
        Type::Array(_) => ARRAY,
        Type::Map(_) => OBJECT,
        Type::Nullable(inner) => kinds_of(inner),
        // Enums are strings, other named types objects.
        Type::Named(_) => OBJECT | STRING,
    }
}

/// What a string looks like. An empty string proves nothing, and counts as other text.
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
        let elements = |value| Shape::of(&value).elements.unwrap().object.clone().unwrap();
        assert!(!elements(json!([{"a": 1}, {"a": 2}])).ragged);
        assert!(elements(json!([{"a": 1}, {"a": 2, "b": 3}])).ragged);
    }

    #[test]
    fn merging_says_whether_it_learnt_something() {
        let mut one = Shape::of(&json!({"a": {"b": 1}}));
        let other = Shape::of(&json!({"a": {"b": 2, "c": null}}));
        assert!(one.merge(&other));
        assert!(!one.merge(&other));
        // The shared part doesn't change for the other shape.
        assert_eq!(other, Shape::of(&json!({"a": {"b": 3, "c": null}})));
    }

    #[test]
    fn values_are_forgotten() {
        let mut one = Shape::of(&json!({"a": 1, "b": [null, 2.5]}));
        let two = Shape::of(&json!({"a": 7, "b": [0.5, null]}));
        assert_eq!(one, two);
        assert!(!one.merge(&two));
        assert_eq!(one, two);
    }

    #[test]
    fn null_is_known_apart_from_what_else_was_there() {
        let shape = Shape::of(&json!([null, 1]));
        let elements = shape.elements.unwrap();
        assert!(elements.nulls && elements.kinds() == 1);
        assert!(Shape::of(&json!(null)).is_blank());
    }

    #[test]
    fn numbers_are_small_large_or_beyond_all_integers() {
        let size = |value| Shape::of(&value).integers;
        assert_eq!(size(json!(7)), Some(Integers::Small));
        assert_eq!(size(json!(2_147_483_648_u32)), Some(Integers::Large));
        assert_eq!(size(json!(u64::MAX)), Some(Integers::Huge));
    }
}
