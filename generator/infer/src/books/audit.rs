//! Walks through the facts of all pages and looks each up in the model.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use super::{
    Books, Kind, Outcome,
    judge::{Element, RowUse, judge},
    lookup::Lookup,
    resolution::{self as by, Resolution},
};
use docwright_model::{
    Api, Direction, EnumValue, Location, Operation, Parameter, Provenance, Response, Shape, Status,
    Text, Type, diagnostic::Diagnostic,
};
use docwright_read::{
    dialect::Dialect,
    extract::{OperationFacts, PageFacts, RowFact, SampleFact},
};

/// What changed the model after inference.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changed<'a> {
    /// Whether settings leave operations out.
    pub selects: bool,
    /// The targets of the corrections that were applied.
    pub corrected: &'a [String],
}

/// The books of all facts of these pages, compared with the resulting model and the
/// findings.
pub fn audit(
    pages: &[PageFacts],
    api: &Api,
    diagnostics: &[Diagnostic],
    dialect: &Dialect,
    changed: Changed<'_>,
) -> Books {
    let mut audit = Audit {
        lookup: Lookup::new(api, diagnostics, changed.corrected),
        dialect,
        selects: changed.selects,
        fixed: None,
        rows: Vec::new(),
        books: Books::default(),
    };
    for page in pages {
        for server in &page.servers {
            let found = api.servers.iter().any(|it| it.url == server.url);
            let words = || format!("the server `{}`", server.url);
            audit.enter(Kind::Server, &server.provenance, found, None, words);
        }
        for facts in &page.operations {
            audit.operation(facts);
        }
        for fact in &page.types {
            audit.named_type(fact);
        }
    }
    let Audit {
        lookup,
        rows,
        mut books,
        ..
    } = audit;
    judge(&rows, &lookup, &mut books);
    books
}

/// The walk through the facts.
pub(super) struct Audit<'a> {
    pub(super) lookup: Lookup<'a>,
    pub(super) dialect: &'a Dialect,
    pub(super) selects: bool,
    /// The outcome of all facts of the current operation or type, if it is the same for
    /// all.
    pub(super) fixed: Option<Outcome>,
    rows: Vec<RowUse<'a>>,
    books: Books,
}

impl<'a> Audit<'a> {
    pub(super) fn enter(
        &mut self,
        kind: Kind,
        place: &Provenance,
        found: bool,
        overruled: Option<&'static Resolution>,
        words: impl FnOnce() -> String,
    ) {
        let outcome = self.fixed.unwrap_or_else(|| match found {
            true => Outcome::InModel,
            false => match (self.lookup.reported(place, kind), overruled) {
                (Some(rule), _) => Outcome::Reported(rule),
                (None, Some(resolution)) => Outcome::Overruled(resolution),
                (None, None) => Outcome::Unaccounted,
            },
        });
        self.books.enter(kind, outcome, place, words);
    }

    fn operation(&mut self, facts: &'a OperationFacts) {
        let operation = self.lookup.operation(facts);
        let operation = operation.filter(|it| it.provenance.as_ref() == Some(&facts.provenance));
        self.fixed = match operation {
            Some(_) => None,
            None => Some(
                match self.lookup.reported(&facts.provenance, Kind::Operation) {
                    Some(rule) => Outcome::Reported(rule),
                    None if self.selects => Outcome::Overruled(by::NOT_SELECTED),
                    None => Outcome::Unaccounted,
                },
            ),
        };
        let place = &facts.provenance;
        let name = || format!("the operation `{} {}`", facts.method, facts.path);
        self.enter(Kind::Operation, place, operation.is_some(), None, name);
        if let Some(title) = &facts.title {
            let found = title.method == facts.method && ends_with(&facts.path, &title.path);
            let words = || format!("the title `{} {}`", title.method, title.path);
            self.enter(Kind::Title, &title.provenance, found, None, words);
        }
        let description = operation.and_then(|it| it.description.as_ref());
        self.description(facts.description.as_ref(), description, place, None);
        if let Some(place) = &facts.deprecated {
            let found = operation.is_some_and(|it| it.deprecated);
            self.enter(Kind::Deprecated, place, found, None, name);
        }
        self.parameters(facts, operation);
        self.headers(facts, operation);
        self.requests(facts, operation);
        self.responses(facts, operation);
        for (_, body) in &facts.set_aside {
            let of_operation = self.fixed;
            // The finding is about the heading, and accounts for what stands below it.
            let rule = self.lookup.reported(&body.provenance, Kind::Body);
            self.fixed = of_operation.or(rule.map(Outcome::Reported));
            self.body(body, None, Direction::Both, None);
            self.fixed = of_operation;
        }
        for sample in &facts.samples {
            self.sample(sample, operation);
        }
        self.fixed = None;
    }

    pub(super) fn description(
        &mut self,
        fact: Option<&Text>,
        model: Option<&Text>,
        place: &Provenance,
        overruled: Option<&'static Resolution>,
    ) {
        let Some(fact) = fact else { return };
        let found = model == Some(fact);
        self.enter(Kind::Description, place, found, overruled, || {
            format!("the description `{}`", beginning(fact.plain()))
        });
    }

    fn parameters(&mut self, facts: &'a OperationFacts, operation: Option<&'a Operation>) {
        let mut by_name: BTreeMap<_, Vec<&Parameter>> = BTreeMap::new();
        for it in operation.map_or(&[][..], |it| &it.parameters) {
            let known = by_name.entry((it.location, it.name.as_str()));
            known.or_default().push(it);
        }
        for (location, row) in &facts.parameters {
            let named = by_name.get(&(*location, row.name.as_str()));
            let named = named.map_or(&[][..], Vec::as_slice);
            let own = |it: &&&Parameter| it.provenance.as_ref() == Some(&row.provenance);
            let found = named.iter().find(own).or(named.first()).copied();
            let element = found.zip(operation).map(|(it, operation)| Element {
                key: format!("{}:{}.{}", operation.uid, location.word(), row.name),
                ty: &it.ty,
                known: it.known,
                required: it.required,
                facets: &it.facets,
                description: it.description.as_ref(),
            });
            self.row(
                Kind::Parameter,
                row,
                element,
                None,
                *location == Location::Path,
            );
        }
    }

    fn headers(&mut self, facts: &'a OperationFacts, operation: Option<&'a Operation>) {
        let of_operation = operation.map_or(&[][..], |it| &it.headers);
        let of_operation: HashSet<&str> = of_operation.iter().map(String::as_str).collect();
        for fact in &facts.headers {
            let listed = of_operation.contains(fact.name.as_str());
            let words = || format!("the header `{}`", fact.name);
            self.enter(Kind::Header, &fact.provenance, listed, None, words);
            let known = self.lookup.headers.get(fact.name.as_str());
            let description = known.and_then(|it| it.description.as_ref());
            let overruled = description.map(|_| by::OTHER_WORDS);
            let (text, place) = (fact.description.as_ref(), &fact.provenance);
            self.description(text, description, place, overruled);
            if !fact.media_types.is_empty() {
                let found = operation.is_some_and(|it| {
                    let request = it.request.as_ref().map(|body| &body.media_types);
                    it.accepts == fact.media_types || request == Some(&fact.media_types)
                });
                let words = || format!("the media types {}", fact.media_types.join(", "));
                self.enter(Kind::MediaTypes, place, found, None, words);
            }
        }
    }

    pub(super) fn property(
        &mut self,
        row: &'a RowFact,
        scope: Option<&'a Type>,
        corrected: Option<&'static Resolution>,
    ) {
        let element = self.element(row, scope);
        let open = scope.filter(|ty| self.lookup.is_open(ty));
        let overruled = corrected.or(open.map(|_| by::PLACEHOLDERS));
        self.row(Kind::Property, row, element, overruled, false);
    }

    /// The property that a row of a type is about.
    pub(super) fn element(&self, row: &RowFact, scope: Option<&Type>) -> Option<Element<'a>> {
        let (schema, property) = self.lookup.property(scope?, &row.name)?;
        Some(Element {
            key: format!("{}.{}", schema.name, property.name),
            ty: &property.ty,
            known: property.known,
            required: property.required,
            facets: &property.facets,
            description: property.description.as_ref(),
        })
    }

    pub(super) fn row(
        &mut self,
        kind: Kind,
        row: &'a RowFact,
        element: Option<Element<'a>>,
        overruled: Option<&'static Resolution>,
        always_required: bool,
    ) {
        let ty = element.as_ref().map(|it| it.ty);
        self.rows.push(RowUse {
            kind,
            row,
            element,
            overruled,
            fixed: self.fixed,
            always_required,
        });
        for inner in &row.rows {
            self.property(inner, ty, overruled.filter(|it| *it == by::CORRECTED));
        }
    }

    fn sample(&mut self, fact: &SampleFact, operation: Option<&Operation>) {
        let found = fact.body.is_none() || operation.is_some_and(|it| has_body(it, fact));
        let words = || "a body for the sample".to_owned();
        let is_null = fact.body.as_ref().is_some_and(|body| body.is_null());
        let overruled = is_null.then_some(by::NULL_SAMPLE);
        self.enter(Kind::Sample, &fact.provenance, found, overruled, words);
    }
}

/// Whether the model has a body that the sample belongs to.
fn has_body(operation: &Operation, sample: &SampleFact) -> bool {
    if sample.direction == Direction::Request {
        return operation.request.is_some();
    }
    let status = |it: &&Response| match sample.status {
        Some(status) => it.status == status,
        None => Status::is_success(it.status),
    };
    let mut responses = operation.responses.iter().filter(status);
    responses.any(|it| it.body.is_some())
}

/// The values of the enums among these shapes, by their text.
pub(super) fn enum_values<'a>(
    shapes: impl IntoIterator<Item = &'a Shape>,
) -> HashMap<Cow<'a, str>, &'a EnumValue> {
    let values = shapes.into_iter().flat_map(|shape| match shape {
        Shape::Values(values) | Shape::Flags(values) => values.as_slice(),
        _ => &[],
    });
    values.map(|it| (it.value.text(), it)).collect()
}

fn ends_with(path: &str, title: &str) -> bool {
    let path = path.to_lowercase();
    let title = title.trim_start_matches('/').to_lowercase();
    path == title || path.ends_with(&format!("/{title}"))
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    const FEW: usize = 40;
    let mut short: String = text.chars().take(FEW).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace('\n', " ")
}
