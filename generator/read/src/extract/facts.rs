//! What one page says: raw, untyped beyond what its own words mean, each fact
//! with the place where it stands. Nothing here knows other pages.

use std::sync::Arc;

use crate::{
    dialect::TypeWord,
    extract::{Ledger, Survey},
};
use docwright_model::{
    ArrayStyle, Direction, Facet, Facets, Literal, Location, Provenance, Range, Status, Text,
    diagnostic::Diagnostic,
};

/// The facts of one page.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// The page's path within the docs.
    pub page: Arc<str>,
    /// The operations that it documents, in page order.
    pub operations: Vec<OperationFacts>,
    /// The types that it documents, whatever operations use them.
    pub types: Vec<TypeFact>,
    /// Where it says that the API is served.
    pub servers: Vec<ServerFact>,
    /// What became of each block.
    pub ledger: Ledger,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
    /// The same, counted by what the dialect lacks.
    pub survey: Survey,
}

/// A documented base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFact {
    /// The URL; it may have parameters in braces.
    pub url: String,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// The facts about one operation.
#[derive(Clone, Debug)]
pub struct OperationFacts {
    /// The uid that the page says or that its file name is.
    pub uid: Option<String>,
    /// What the heading above calls it, such as `List boats`.
    pub name: Option<String>,
    /// The method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Method and path as the page's title has them.
    pub title: Option<TitleFact>,
    /// The prose about the operation.
    pub description: Option<Text>,
    /// Where the page says that callers should stop using it.
    pub deprecated: Option<Provenance>,
    /// Parameters, in page order; of headers only those of which the page gives a
    /// type or more.
    pub parameters: Vec<(Location, RowFact)>,
    /// Request headers, in page order.
    pub headers: Vec<HeaderFact>,
    /// The request's body, one for each group of media types in which it has a type
    /// of its own; the first is the main one.
    pub requests: Vec<BodyFact>,
    /// Responses, each with its status, in page order.
    pub responses: Vec<ResponseFact>,
    /// A response's body that belongs to none of them: the page documents no status
    /// of success that may have it.
    pub stray_response: Option<BodyFact>,
    /// Descriptions of bodies that give another type, and aren't taken.
    pub set_aside: Vec<(Direction, BodyFact)>,
    /// Sample messages.
    pub samples: Vec<SampleFact>,
    /// Where the operation is declared.
    pub provenance: Provenance,
}

/// Method and path of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleFact {
    /// The method, abbreviations resolved.
    pub method: String,
    /// The path, often without its prefix.
    pub path: String,
    /// Where it stands.
    pub provenance: Provenance,
}

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
    /// Whether a value is required, or stated not to be; `None` where nothing says.
    pub required: Option<bool>,
    /// The description, without the mark.
    pub description: Option<Text>,
    /// What its words state about the value besides.
    pub facets: Option<Box<RowFacets>>,
    /// The values that the description lists, in its order.
    pub values: Vec<ValueFact>,
    /// The properties of its value, or of the value's elements, that rows of
    /// their own describe.
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

    /// The row of a value that travels as text: a null that its type cell lists is one of
    /// the words that may be sent.
    #[must_use]
    pub(super) fn sent_as_text(mut self) -> Self {
        let was_null = matches!(self.ty, Some(TypeWord::Nullable(_)));
        self.ty = self.ty.map(TypeWord::sent_as_text);
        let is_null = matches!(self.ty, Some(TypeWord::Nullable(_)));
        if let (true, false, Some(facets)) = (was_null, is_null, &mut self.facets) {
            facets.nullable = None;
        }
        self
    }

    /// Whether the page says that it must be there.
    pub fn is_required(&self) -> bool {
        self.required == Some(true)
    }

    /// What its words state about the value, as the model has it.
    pub fn documented(&self) -> Facets {
        let Some(said) = &self.facets else {
            return Facets::default();
        };
        said.documented(&self.provenance)
    }
}

/// What a row's words state about its value, beside its type.
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
        }
    }
}

/// A documented request header.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderFact {
    /// Its name.
    pub name: String,
    /// The page's words, without the media types.
    pub description: Option<Text>,
    /// The media types that the words list.
    pub media_types: Vec<String>,
    /// Where it stands.
    pub provenance: Provenance,
}

impl HeaderFact {
    /// Adds what another row of the same header says.
    pub fn add(&mut self, other: Self) {
        self.description = match (self.description.take(), other.description) {
            (Some(a), Some(b)) if a != b => Some(Text::new(
                format!("{} {}", a.markdown(), b.markdown()),
                format!("{} {}", a.plain(), b.plain()),
            )),
            (a, b) => a.or(b),
        };
        self.media_types.extend(other.media_types);
    }
}

/// A documented body.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyFact {
    /// What the heading calls it: a parameter's name on requests, a type on
    /// responses. Empty when it doesn't.
    pub label: String,
    /// The type that the heading gives besides, as it writes it; empty when it
    /// doesn't.
    pub type_label: String,
    /// The prose below the heading.
    pub description: Option<Text>,
    /// The table of properties.
    pub rows: Vec<RowFact>,
    /// Whether words say that it is an array of what label and rows describe.
    pub is_array: bool,
    /// Where words say that the body is an object around what they describe, the property
    /// that holds it: it is the only row, and the object may have others.
    pub envelope: Option<String>,
    /// The media types that the page gives just this body, with their parameters.
    pub media_types: Vec<String>,
    /// Where it is declared.
    pub provenance: Provenance,
}

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
    /// The types of which a value is one, in page order.
    pub members: Vec<MemberFact>,
    /// The property whose value tells the members apart.
    pub discriminator: Option<String>,
    /// Where the page says that callers should stop using it.
    pub deprecated: Option<Provenance>,
    /// Samples of such a value.
    pub samples: Vec<SampleFact>,
}

impl TypeFact {
    /// Settles what the values are: integers where all of them are.
    pub fn settle(&mut self) {
        let integers = self.values.iter().map(|it| integer(&it.value.text()));
        let integers: Option<Vec<(i64, bool)>> = integers.collect();
        if let Some(integers) = integers.filter(|it| !it.is_empty()) {
            self.flags = integers.iter().any(|(_, is_shift)| *is_shift);
            for (fact, (value, _)) in self.values.iter_mut().zip(integers) {
                fact.value = value.into();
            }
        }
        // What lists its properties is no other name for something.
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
    /// What the page calls it, where that isn't the value itself.
    pub name: Option<String>,
    /// The page's words.
    pub description: Option<Text>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseFact {
    /// Its status.
    pub status: Status,
    /// The page's words.
    pub description: Option<Text>,
    /// Its body.
    pub body: Option<BodyFact>,
    /// Its headers, in page order.
    pub headers: Vec<RowFact>,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A sample message.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleFact {
    /// Request or response.
    pub direction: Direction,
    /// The response's status.
    pub status: Option<Status>,
    /// Its header fields.
    pub headers: Vec<(String, String)>,
    /// Its body; `None` when there is none, or none that is JSON.
    pub body: Option<Arc<serde_json::Value>>,
    /// Where it stands.
    pub provenance: Provenance,
}

impl SampleFact {
    /// Whether it is no response that tells of an error.
    pub fn is_success(&self) -> bool {
        self.status.is_none_or(Status::is_success)
    }
}

impl ResponseFact {
    /// A response of which only the status is known.
    pub fn of(status: Status, provenance: Provenance) -> Self {
        Self {
            status,
            description: None,
            body: None,
            headers: Vec::new(),
            provenance,
        }
    }
}

impl OperationFacts {
    /// The main description of the request's body.
    pub fn request(&self) -> Option<&BodyFact> {
        self.requests.first()
    }

    /// The body of the first response of success that has one, or the one that no
    /// status has.
    pub fn response(&self) -> Option<&BodyFact> {
        let mut of_success = self.responses.iter().filter(|it| it.status.is_success());
        let body = of_success.find_map(|it| it.body.as_ref());
        body.or(self.stray_response.as_ref())
    }

    /// The main body of one side.
    pub fn body(&self, direction: Direction) -> Option<&BodyFact> {
        match direction {
            Direction::Response => self.response(),
            _ => self.request(),
        }
    }
}

impl BodyFact {
    /// A body of which only its place is known.
    pub fn at(provenance: Provenance) -> Self {
        Self {
            label: String::new(),
            type_label: String::new(),
            description: None,
            rows: Vec::new(),
            is_array: false,
            envelope: None,
            media_types: Vec::new(),
            provenance,
        }
    }

    /// The type that its heading gives, as it writes it: of a response, what it
    /// calls it.
    pub fn said(&self) -> &str {
        match self.type_label.is_empty() {
            true => &self.label,
            false => &self.type_label,
        }
    }

    /// Whether nothing says of what it consists.
    pub fn is_bare(&self) -> bool {
        self.rows.is_empty() && self.label.is_empty() && self.type_label.is_empty()
    }
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
