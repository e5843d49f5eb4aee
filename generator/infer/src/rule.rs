//! The rules that decide the types of slots and overrule evidence.

/// What decided a slot's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Type cells or headings state it.
    Cells,
    /// They state a broad type, and samples narrow it.
    CellsMadeExact,
    /// Its properties have rows of their own.
    RowsBelow,
    /// Only samples show it.
    Samples,
    /// Samples show just the properties of a documented type.
    SameProperties,
    /// Properties of that name have that type wherever pages state one.
    SameEverywhere,
    /// Its type cell is wrong, and a type with its name is documented.
    NamedAfterType,
    /// Its description names an enum.
    DescriptionNamesEnum,
    /// Two types are in equally many cells, and the samples fit just one.
    SamplesBreakTie,
    /// Two types are in equally many cells, and one type includes both.
    Wider,
    /// There is no evidence, or it is contradictory.
    Nothing,
}

impl Rule {
    /// The rule in words, for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::Cells => "the pages state it",
            Self::CellsMadeExact => "the pages state a broad type, which samples narrow",
            Self::RowsBelow => "its properties have rows of their own",
            Self::Samples => "samples show it, and no page states another type",
            Self::SameProperties => "samples show exactly the properties of this documented type",
            Self::SameEverywhere => {
                "all properties with this name have this type where pages state one"
            }
            Self::NamedAfterType => {
                "its type cell is wrong, and pages document a type with the property's name"
            }
            Self::DescriptionNamesEnum => "its description names that enum",
            Self::SamplesBreakTie => {
                "equally many cells state two types, and the samples fit this one"
            }
            Self::Wider => "the cells differ, and this type includes all of their types",
            Self::Nothing => "there is no conclusive evidence for its type",
        }
    }
}

/// Why samples overruled type cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overruled {
    /// The documented type doesn't have the properties that samples show.
    OtherProperties,
    /// No page describes the named type, and samples show plain values.
    NotDescribed,
    /// The cell states 32 bits, and a sample needs more.
    BeyondInt32,
    /// A sample needs more than 64 bits.
    BeyondIntegers,
}

impl Overruled {
    /// The rule in words, for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::OtherProperties => "samples show properties that this type doesn't have",
            Self::NotDescribed => "no page describes that type, and samples show plain values",
            Self::BeyondInt32 => "a sample needs more than 32 bits",
            Self::BeyondIntegers => "a sample needs more than 64 bits",
        }
    }
}
