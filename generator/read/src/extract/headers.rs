//! Rows that declare headers: of requests, some of which are parameters, and of responses.

use super::{
    HeaderFact, RowFact, Subject, Walk,
    message::is_token,
    table::{self, RowCells},
};
use crate::{dialect::SectionRole, source::Span};
use docwright_model::{
    Location, Provenance,
    diagnostic::{Diagnostic, Place, rules},
};

/// Headers that are never parameters (OpenAPI Specification 3.1, "Parameter Object"):
/// other parts of the model describe their content.
const NO_PARAMETERS: [&str; 3] = ["Accept", "Authorization", "Content-Type"];

impl Walk<'_> {
    /// A row of a table of headers.
    pub(super) fn header(&mut self, span: Span, cells: &RowCells<'_>) {
        let is_of_response = self.is_of_response();
        if is_of_response || !cells.ty.is_empty() {
            let (_, fact) = self.row_fact(span, cells);
            if is_of_response || self.is_parameter(&fact) {
                return self.enter_header_row(fact, span);
            }
        }
        let words = &self.dialect.headers;
        let is = |known: &Option<String>| {
            let same = |known: &String| known.eq_ignore_ascii_case(&cells.name);
            known.as_ref().is_some_and(same)
        };
        let lists = is(&words.content_type) || is(&words.accept);
        let (description, media_types) = match cells.description {
            Some(cell) if lists => table::split_media_types(cell),
            _ => (self.text(cells), Vec::new()),
        };
        let header = HeaderFact {
            name: cells.name.to_string(),
            description,
            media_types,
            provenance: self.provenance(span, Some(&cells.name)),
        };
        self.enter_header(header, span);
    }

    /// Enters a header whose row is like that of a parameter.
    pub(super) fn enter_header_row(&mut self, mut fact: RowFact, span: Span) {
        let is_of_response = self.is_of_response();
        if !is_of_response && !self.is_parameter(&fact) {
            let header = HeaderFact {
                name: fact.name,
                description: fact.description,
                media_types: Vec::new(),
                provenance: fact.provenance,
            };
            return self.enter_header(header, span);
        }
        let Some(name) = self.header_name(&fact.name, span) else {
            return;
        };
        fact.name = name;
        if is_of_response {
            let status = self.section.status;
            self.bodies.headers.push((status, fact));
        } else if let Some(operation) = self.operation() {
            operation
                .parameters
                .push((Location::Header, fact.sent_as_text()));
        }
    }

    /// Whether a request header is a parameter: the page gives its type, and no other
    /// part of the model describes it.
    fn is_parameter(&self, fact: &RowFact) -> bool {
        let words = &self.dialect.headers;
        let by_dialect = words.credentials.iter().chain(&words.authorization);
        let by_dialect = by_dialect.chain(&words.content_type).chain(&words.accept);
        let mut others = NO_PARAMETERS
            .into_iter()
            .chain(by_dialect.map(String::as_str));
        fact.ty.is_some() && !others.any(|name| name.eq_ignore_ascii_case(&fact.name))
    }

    fn is_of_response(&self) -> bool {
        matches!(
            self.section.role,
            Some(SectionRole::Response | SectionRole::ResponseBody | SectionRole::ResponseHeaders)
        )
    }

    /// A header's name, if it is valid. A value may follow it on the page (`Prefer:
    /// wait`).
    fn header_name(&mut self, written: &str, span: Span) -> Option<String> {
        let name = written.split(':').next().unwrap_or_default().trim();
        if is_token(name) {
            return Some(name.to_owned());
        }
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::new(
                rules::INVALID_HEADER_NAME,
                place,
                format!("found `{written}` where a header name was expected"),
            )
            .help("expected letters, digits and hyphens (RFC 9110, section 5.1); it is left out"),
        );
        None
    }

    fn enter_header(&mut self, mut header: HeaderFact, span: Span) {
        let Some(name) = self.header_name(&header.name, span) else {
            return;
        };
        header.name = name;
        let letters = header.name.to_ascii_lowercase();
        let known = self.headers.entry((self.operations.len(), letters));
        let operation = self.operations.last_mut();
        let Some(operation) = operation.filter(|_| self.subject == Subject::Operation) else {
            return;
        };
        let at = *known.or_insert(operation.headers.len());
        match operation.headers.get_mut(at) {
            Some(known) => {
                let first = known.provenance.clone();
                known.add(header);
                self.repeated_header(span, &first);
            }
            None => operation.headers.push(header),
        }
    }

    fn repeated_header(&mut self, span: Span, first: &Provenance) {
        let place = self.place(span);
        let first = Place::of(first);
        self.diagnostics.push(
            Diagnostic::new(
                rules::REPEATED_ROW,
                place,
                "found a second row for a header in the same table",
            )
            .help("both rows are read as one; merge them on the page")
            .related(first, "the first row"),
        );
    }
}
