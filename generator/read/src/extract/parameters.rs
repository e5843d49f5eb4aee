//! Rows that declare parameters and properties: where they are sent, and what they are
//! part of. [`super::declared`] reads the content of a row.

use super::{
    BodyFact, Fate, RowFact, Subject, Term, Walk, bodies::Part, nest, operation::path_names, table,
};
use crate::{
    dialect::{SectionRole, TypeWord, one_name},
    document::Row,
    source::Span,
};
use docwright_model::{
    ArrayStyle, Location, Type,
    diagnostic::{Diagnostic, rules},
};

use super::table::RowCells;

/// Where the parameter of a row is sent.
enum Travels {
    In(Location),
    Body,
    WholeBody,
    Header,
}

/// Whether any text may be a value.
fn is_text(fact: &RowFact) -> bool {
    let ty = match &fact.ty {
        Some(TypeWord::Nullable(inner)) => Some(&**inner),
        ty => ty.as_ref(),
    };
    let is_string =
        |it: &TypeWord| matches!(it, TypeWord::Scalar { is, .. } if *is == Type::String);
    fact.values.is_empty() && ty.is_none_or(is_string)
}

impl Walk<'_> {
    pub(super) fn parameter(&mut self, location: Location, span: Span, cells: &RowCells<'_>) {
        let (_, mut fact) = self.row_fact(span, cells);
        if location == Location::Path && fact.name.contains([' ', '|']) {
            fact.name = one_name(&fact.name);
        }
        self.enter_parameter(location, fact);
    }

    /// Enters a parameter. Brackets after a query parameter's name show how its array is
    /// written.
    fn enter_parameter(&mut self, location: Location, mut fact: RowFact) {
        if location == Location::Query
            && let Some(name) = fact.name.strip_suffix("[]").filter(|name| !name.is_empty())
        {
            fact.name = name.to_owned();
            fact.ty = Some(match fact.ty.take() {
                Some(list @ TypeWord::Array(_)) => list,
                element => TypeWord::Array(element.map(Box::new)),
            });
            fact.facets.get_or_insert_default().style = Some(ArrayStyle::Brackets);
        }
        if location == Location::Query
            && is_text(&fact)
            && let Some(language) = self.dialect.query_language(&fact.name)
        {
            fact.facets.get_or_insert_default().query_language = Some(language);
        }
        if let Some(operation) = self.operation() {
            operation.parameters.push((location, fact.sent_as_text()));
        }
    }

    /// A row of a table that lists parameters of all kinds.
    pub(super) fn any_parameter(&mut self, span: Span, cells: &RowCells<'_>) {
        let said = self.location_cell(span, cells);
        let (depth, mut fact) = self.row_fact(span, cells);
        let dialect = self.dialect;
        let nesting = &dialect.nesting;
        let Some(operation) = self.operation() else {
            return;
        };
        // `:id` and `id` are one name.
        for written in &dialect.operation.path_parameters {
            if let Some((before, after)) = written.split_once("{name}")
                && let Some(name) = fact.name.strip_prefix(before)
                && let Some(name) = name.strip_suffix(after)
            {
                fact.name = name.to_owned();
            }
        }
        let in_path = path_names(&operation.path).any(|name| name == fact.name);
        let has_body = !matches!(
            operation.method.as_str(),
            "GET" | "HEAD" | "DELETE" | "OPTIONS" | "TRACE"
        );
        let travels = said.unwrap_or(match (in_path, has_body) {
            (true, _) => Travels::In(Location::Path),
            (false, true) => Travels::Body,
            (false, false) => Travels::In(Location::Query),
        });
        let odd = match travels {
            Travels::In(location) => {
                self.enter_parameter(location, fact);
                None
            }
            Travels::Header => {
                self.enter_header_row(fact, span);
                None
            }
            Travels::WholeBody if depth == 0 => {
                let body = BodyFact {
                    label: fact.name,
                    type_label: fact.type_cell,
                    description: fact.description,
                    rows: fact.rows,
                    is_optional: fact.required == Some(false),
                    ..BodyFact::at(fact.provenance)
                };
                self.open_body(Part::Request(None), body);
                None
            }
            Travels::Body | Travels::WholeBody => {
                let depth = match travels {
                    Travels::WholeBody => depth - 1,
                    _ => depth,
                };
                let place = || BodyFact::at(fact.provenance.clone());
                let body = self.bodies.request.get_or_insert_with(place);
                nest::enter(&mut body.rows, fact, depth, nesting)
            }
        };
        self.below_a_scalar(odd, span);
    }

    fn location_cell(&mut self, span: Span, cells: &RowCells<'_>) -> Option<Travels> {
        let cell = cells.location.as_ref().filter(|cell| !cell.is_empty())?;
        let word = cell.to_lowercase();
        let words = &self.dialect.locations;
        let is = |known: &Vec<String>| known.contains(&word);
        if is(&words.path) {
            return Some(Travels::In(Location::Path));
        }
        if is(&words.query) {
            return Some(Travels::In(Location::Query));
        }
        if is(&words.cookie) {
            return Some(Travels::In(Location::Cookie));
        }
        if is(&words.body) {
            return Some(Travels::Body);
        }
        if is(&words.whole_body) {
            return Some(Travels::WholeBody);
        }
        if is(&words.header) {
            return Some(Travels::Header);
        }
        let place = self.place(span).words([cell]);
        let term = Term::LocationCell { words: word };
        self.survey.add(term, &place);
        self.diagnostics.push(
            Diagnostic::new(
                rules::UNKNOWN_LOCATION_WORD,
                place,
                format!("found `{cell}` in the column that states the location of a parameter"),
            )
            .help("add it to a list under [locations] in the dialect"),
        );
        None
    }

    pub(super) fn property(&mut self, span: Span, cells: &RowCells<'_>) {
        let (depth, fact) = self.row_fact(span, cells);
        let nesting = &self.dialect.nesting;
        let role = self.section.role;
        let caption = self.caption.clone();
        let provenance = self.provenance(span, None);
        let empty = || BodyFact::at(provenance);
        let body = match role {
            _ if self.own_type().is_some() => self.own_type().map(|ty| &mut ty.body),
            _ if self.operation().is_none() => None,
            Some(SectionRole::RequestBody | SectionRole::RequestSample) => {
                let part = self.request_part();
                Some(self.bodies.of(part).get_or_insert_with(empty))
            }
            _ => {
                let part = self.response_part();
                Some(self.bodies.of(part).get_or_insert_with(empty))
            }
        };
        let odd = match body {
            Some(body) => match caption.and_then(|name| nest::find(&mut body.rows, &name)) {
                Some(parent) => nest::enter_below(parent, fact, depth, nesting),
                None => nest::enter(&mut body.rows, fact, depth, nesting),
            },
            None => None,
        };
        self.below_a_scalar(odd, span);
    }

    /// The body that rows of properties belong to here.
    fn own_body(&mut self) -> Option<&mut BodyFact> {
        if self.own_type().is_some() {
            return self.own_type().map(|ty| &mut ty.body);
        }
        let part = match self.section.role {
            Some(SectionRole::RequestBody | SectionRole::RequestSample) => self.request_part(),
            _ => self.response_part(),
        };
        self.bodies.of(part).as_mut()
    }

    /// Text above a table that names a property of the body, whose properties the table
    /// lists.
    pub(super) fn caption(&mut self, plain: &str) -> Option<Fate> {
        let captions = &self.dialect.nesting.captions;
        if self.subject == Subject::Page {
            return None;
        }
        let mut names = captions
            .iter()
            .filter_map(|it| it.captures(plain)?.get("name"));
        let name = names.find(|name| {
            let body = self.own_body();
            body.is_some_and(|body| nest::find(&mut body.rows, name).is_some())
        })?;
        self.caption = Some(name.to_owned());
        Some(Fate::Consumed("caption"))
    }

    /// A row whose type has no properties, with properties below it.
    fn below_a_scalar(&mut self, odd: Option<RowFact>, span: Span) {
        let Some(odd) = odd else { return };
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::new(
                rules::PROPERTIES_OF_A_SCALAR,
                place,
                format!(
                    "found a property of `{}`, but its type `{}` has none",
                    odd.name, odd.type_cell
                ),
            )
            .help(
                "reading it as an object; fix the type cell on the page, or [nesting] in the \
                 dialect if the name means something else",
            ),
        );
    }

    /// A table that lists methods and paths.
    pub(super) fn signature_table(&mut self, rows: &[Row], known: &table::KnownTable<'_>) -> Fate {
        let words = &self.dialect.operation;
        let cells = rows.iter().map(|row| (row, known.cells(row)));
        let routes: Vec<_> = cells
            .filter_map(|(row, cells)| Some((row.span, words.route(&cells.method, &cells.path)?)))
            .collect();
        let Some((span, _)) = routes.first() else {
            return Fate::Unknown;
        };
        let span = *span;
        self.begin(routes.into_iter().map(|(_, route)| route).collect(), span);
        Fate::Consumed("signature")
    }
}
