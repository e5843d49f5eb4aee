//! The rules by which the model may overrule a fact. Facts are counted by the ids of
//! these rules.

/// A rule by which facts are overruled.
#[derive(Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Kebab-case, such as `exact-word`.
    pub id: &'static str,
    /// What happens to the fact, in one line.
    pub meaning: &'static str,
}

macro_rules! resolutions {
    ($($name:ident = $id:literal: $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub(super) const $name: &Resolution = &Resolution { id: $id, meaning: $meaning };
        )*
        /// All of them.
        pub const RESOLUTIONS: &[&Resolution] = &[$($name),*];
    };
}

resolutions! {
    CORRECTED = "corrected":
        "an entry in corrections.toml states something else";
    NOT_SELECTED = "not-selected":
        "docwright.toml leaves the operation out";
    OTHER_CELLS = "other-cells":
        "other type cells of the same property are more exact or more numerous";
    SAMPLES = "samples":
        "samples show the type more exactly than the cell";
    REQUIRED_ELSEWHERE = "required-elsewhere":
        "a property is required if one row states it, even if another row denies it";
    LISTS_PROPERTIES = "lists-properties":
        "a type whose properties are listed is an object, not a union";
    PLACEHOLDERS = "placeholders":
        "rows for arbitrary keys make a map";
    OTHER_WORDS = "other-words":
        "the description from another place is used";
    REPEATED_WORDS = "repeated-words":
        "a description that only repeats another one is left out";
    NULL_SAMPLE = "null-sample":
        "a sample `null`, where no body is documented, means no body";
    MATCHED_TYPE = "matched-type":
        "a name above a table with the properties of another type stands for that type";
}
