//! The rules by which the types of slots are decided, and evidence is overruled.

/// What decided a slot's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Type cells or headings say it.
    Cells,
    /// They say it coarsely, and samples make it exact.
    CellsMadeExact,
    /// Rows of their own describe its properties.
    RowsBelow,
    /// Only samples show it.
    Samples,
    /// Samples show just the properties of a documented type.
    SameProperties,
    /// Properties of that name have that type wherever pages say their type.
    SameEverywhere,
    /// Its type cell is wrong, and a type of its own name is documented.
    NamedAfterType,
    /// Its description names an enum.
    DescriptionNamesEnum,
    /// As many cells say one thing as say another, and samples fit just one.
    SamplesBreakTie,
    /// As many cells say one thing as say another, and one type holds both.
    Wider,
    /// Nothing tells, or what tells is contradictory.
    Nothing,
}

impl Rule {
    /// What it says, for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::Cells => "the pages say so",
            Self::CellsMadeExact => "the pages say it coarsely, and samples make it exact",
            Self::RowsBelow => "rows of their own describe its properties",
            Self::Samples => "samples show it, and no page says otherwise",
            Self::SameProperties => "samples show just the properties of that documented type",
            Self::SameEverywhere => "properties of this name have that type wherever pages say it",
            Self::NamedAfterType => {
                "its type cell is wrong, and pages document a type of its own name"
            }
            Self::DescriptionNamesEnum => "its description names that enum",
            Self::SamplesBreakTie => {
                "as many cells say one thing as say another, and the samples fit this one"
            }
            Self::Wider => "cells differ, and this type holds what all of them say",
            Self::Nothing => "nothing tells its type for sure",
        }
    }
}

/// Why samples overruled what cells say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overruled {
    /// A documented type hasn't the properties that samples show.
    OtherProperties,
    /// No page describes the named type, and samples show plain values.
    NotDescribed,
    /// The cell says 32 bits, and a sample needs more.
    BeyondInt32,
    /// A sample needs more than 64 bits.
    BeyondIntegers,
}

impl Overruled {
    /// What it says, for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::OtherProperties => "samples show other properties than that type has",
            Self::NotDescribed => "no page describes that type, and samples show plain values",
            Self::BeyondInt32 => "a sample needs more than 32 bits",
            Self::BeyondIntegers => "a sample needs more than 64 bits",
        }
    }
}
