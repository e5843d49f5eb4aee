//! The rules by which a fact may be overruled: the model says something else for
//! a good reason. Each has an id, so that sums can be given by it.

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
        "type cells of the same property elsewhere are more exact, or more of them agree";
    SAMPLES = "samples":
        "samples show the type more exactly than the cell";
    REQUIRED_ELSEWHERE = "required-elsewhere":
        "a property is required where one row says so, though another says that it isn't";
    LISTS_PROPERTIES = "lists-properties":
        "a type that lists its properties is an object, not one of several types";
    PLACEHOLDERS = "placeholders":
        "rows that stand for arbitrary keys make a map";
    OTHER_WORDS = "other-words":
        "an element has one description: another place's is used";
    REPEATED_WORDS = "repeated-words":
        "words that only repeat another description are left out";
    NULL_SAMPLE = "null-sample":
        "a sample that prints `null` where no body is documented has no body";
    MATCHED_TYPE = "matched-type":
        "a name that heads a table of another type's properties is that type";
}
