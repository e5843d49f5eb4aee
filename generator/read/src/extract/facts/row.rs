//! What rows declare: parameters, properties and response headers.

use crate::{dialect::TypeWord, extract::ValueFact};
use docwright_model::{ArrayStyle, Facet, Facets, Provenance, QueryKind, Range, Text};

/// A row that declares a parameter or a property.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFact {
    /// The name on the wire.
    pub name: String,
    /// What the type cell means; `None` when it is blank or not understood.
    pub ty: Option<TypeWord>,
    /// The type cell's words.
    pub type_cell: String,
    /// Where the type cell's link leads.
    pub link: Option<String>,
    /// Whether a value is stated to be required or optional; `None` if nothing is stated.
    pub required: Option<bool>,
    /// The description, without the mark.
    pub description: Option<Text>,
    /// What its description also states about the value.
    pub facets: Option<Box<RowFacets>>,
    /// The values that the description lists, in its order.
    pub values: Vec<ValueFact>,
    /// The properties of its value, or of the value's elements, from nested rows.
    pub rows: Vec<RowFact>,
    /// Where it stands.
    pub provenance: Provenance,
}

impl RowFact {
    /// A row of which only the name is known.
    pub fn named(name: impl Into<String>, provenance: Provenance) -> Self {
        Self {
            name: name.into(),
            ty: None,
            type_cell: String::new(),
            link: None,
            required: None,
            description: None,
            facets: None,
            values: Vec::new(),
            rows: Vec::new(),
            provenance,
        }
    }

    /// The row of a value that is sent as text: a null in its type cell is one of the
    /// words that can be sent.
    #[must_use]
    pub(in crate::extract) fn sent_as_text(mut self) -> Self {
        let was_null = matches!(self.ty, Some(TypeWord::Nullable(_)));
        self.ty = self.ty.map(TypeWord::sent_as_text);
        let is_null = matches!(self.ty, Some(TypeWord::Nullable(_)));
        if let (true, false, Some(facets)) = (was_null, is_null, &mut self.facets) {
            facets.nullable = None;
        }
        self
    }

    /// Whether the page states that it is required.
    pub fn is_required(&self) -> bool {
        self.required == Some(true)
    }

    /// What its description states about the value, in the form of the model.
    pub fn documented(&self) -> Facets {
        let Some(said) = &self.facets else {
            return Facets::default();
        };
        said.documented(&self.provenance)
    }
}

/// What a row states about its value besides its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowFacets {
    /// Whether it may be `null`.
    pub nullable: Option<bool>,
    /// What the server takes when it is absent.
    pub default: Option<serde_json::Value>,
    /// Limits of a number.
    pub range: Option<Range<serde_json::Number>>,
    /// Limits of a string's length.
    pub length: Option<Range<u64>>,
    /// Limits of how many elements an array has.
    pub items: Option<Range<u64>>,
    /// A regular expression that a string matches.
    pub pattern: Option<String>,
    /// How an array is written in a query string.
    pub style: Option<ArrayStyle>,
    /// Whether callers should stop using it.
    pub deprecated: Option<bool>,
    /// Whether it only travels in responses.
    pub read_only: Option<bool>,
    /// Whether it only travels in requests.
    pub write_only: Option<bool>,
    /// The language in which a query parameter of this name is written.
    pub query_language: Option<QueryKind>,
}

impl RowFacets {
    fn documented(&self, place: &Provenance) -> Facets {
        fn facet<T: Clone>(value: &Option<T>, place: &Provenance) -> Option<Facet<T>> {
            let value = value.clone()?;
            Some(Facet::documented(value, place.clone()))
        }
        Facets {
            nullable: facet(&self.nullable, place),
            default: facet(&self.default, place),
            range: facet(&self.range, place),
            length: facet(&self.length, place),
            items: facet(&self.items, place),
            pattern: facet(&self.pattern, place),
            deprecated: facet(&self.deprecated, place),
            read_only: facet(&self.read_only, place),
            write_only: facet(&self.write_only, place),
            query_language: facet(&self.query_language, place),
        }
    }
}
