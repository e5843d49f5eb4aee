//! Whether a property has to be there. The field of a struct, the constructor, conversions,
//! and what JSON of the type has to have all go by this.

use std::collections::BTreeMap;
use std::fmt;

use super::types::holds;
use super::{NamedType, Plan};
use docwright_model::{Direction, Property, Type};

/// Whether a property may be absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Presence {
    /// It has to be there, with a value.
    Required,
    /// It may be absent.
    Optional,
    /// It has to be there, but may be `null`.
    Nullable,
}

/// As the macro `object!` says it.
impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Nullable => "nullable",
        })
    }
}

/// Whether a property of a type may be absent.
pub fn presence(
    types: &BTreeMap<&str, NamedType<'_>>,
    named: &NamedType<'_>,
    property: &Property,
) -> Presence {
    // What the server sets is required in responses; a caller has nothing to say about it.
    let is_sent = property.direction != Direction::Response;
    let is_left_out = property.facets.is_read_only() && is_sent;
    // Without a `None` a type that holds itself would never end.
    if !property.required || is_left_out || holds_itself(types, named, property) {
        return Presence::Optional;
    }
    match property.facets.is_nullable() && property.ty != Type::Any {
        true => Presence::Nullable,
        false => Presence::Required,
    }
}

/// Whether a value of a type has another one in it, by this property.
pub fn holds_itself(
    types: &BTreeMap<&str, NamedType<'_>>,
    named: &NamedType<'_>,
    property: &Property,
) -> bool {
    matches!(&property.ty, Type::Named(inner) if holds(types, inner, &named.schema.name))
}

impl Plan<'_> {
    /// Whether a property of a type may be absent.
    pub fn presence(&self, named: &NamedType<'_>, property: &Property) -> Presence {
        presence(&self.types, named, property)
    }

    /// Whether a value of a type has another one in it, by this property: the field needs a box.
    pub fn holds_itself(&self, named: &NamedType<'_>, property: &Property) -> bool {
        holds_itself(&self.types, named, property)
    }
}
