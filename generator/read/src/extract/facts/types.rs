//! What pages say of types by themselves.

use super::{BodyFact, SampleFact};
use crate::dialect::TypeWord;
use docwright_model::{Literal, Provenance, Text};

/// A type that a page documents by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeFact {
    /// Its properties; the label is its name as the heading writes it.
    pub body: BodyFact,
    /// The values of an enum, in page order.
    pub values: Vec<ValueFact>,
    /// Whether the values are flags: bits of an integer.
    pub flags: bool,
    /// What it is another name for.
    pub alias: Option<TypeWord>,
    /// The type from which it is derived, as the page writes it.
    pub base: Option<String>,
    /// The members of a union, in page order.
    pub members: Vec<MemberFact>,
    /// The property whose value distinguishes the members.
    pub discriminator: Option<String>,
    /// Where the page states that callers should stop using it.
    pub deprecated: Option<Provenance>,
    /// Samples of such a value.
    pub samples: Vec<SampleFact>,
}

impl TypeFact {
    /// Decides the kind of the values: integers if all of them are.
    pub fn settle(&mut self) {
        let integers = self.values.iter().map(|it| integer(&it.value.text()));
        let integers: Option<Vec<(i64, bool)>> = integers.collect();
        if let Some(integers) = integers.filter(|it| !it.is_empty()) {
            self.flags = integers.iter().any(|(_, is_shift)| *is_shift);
            for (fact, (value, _)) in self.values.iter_mut().zip(integers) {
                fact.value = value.into();
            }
        }
        // A type that lists properties isn't an alias.
        if !self.body.rows.is_empty() || !self.values.is_empty() {
            self.alias = None;
        }
    }

    /// A type of which only the heading is known.
    pub fn new(body: BodyFact) -> Self {
        Self {
            body,
            values: Vec::new(),
            flags: false,
            alias: None,
            base: None,
            members: Vec::new(),
            discriminator: None,
            deprecated: None,
            samples: Vec::new(),
        }
    }
}

/// A documented member of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberFact {
    /// Its type.
    pub ty: TypeWord,
    /// The discriminator's value that stands for it.
    pub tag: Option<String>,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A documented value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueFact {
    /// The value.
    pub value: Literal,
    /// Its name on the page, if that isn't the value itself.
    pub name: Option<String>,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A value that is written as an integer, `0x10` and `1 << 4` included, and whether it
/// is written as a shift.
fn integer(text: &str) -> Option<(i64, bool)> {
    let plain = |text: &str| {
        let text = text.trim();
        match text.strip_prefix("0x") {
            Some(digits) => i64::from_str_radix(digits, 16).ok(),
            None => text.parse().ok(),
        }
    };
    match text.split_once("<<") {
        Some((base, by)) => {
            let by = plain(by).and_then(|by| u32::try_from(by).ok());
            let value = plain(base)?.checked_shl(by?)?;
            Some((value, true))
        }
        None => Some((plain(text)?, false)),
    }
}
