//! What the rows of a table declare: parameters, properties, headers, status
//! codes.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Fate, HeaderFact, RowFact, StatusFact, Walk,
    table::{self, KnownTable, RowCells},
};
use crate::{
    diagnostic::Diagnostic,
    dialect::{SectionRole, TableRole},
    document::{Row, Table},
    model::{Location, Text},
    source::Span,
};

/// A media type in running text (RFC 9110, section 8.3.1).
static MEDIA_TYPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[A-Za-z0-9][A-Za-z0-9.+-]*/[A-Za-z0-9*][A-Za-z0-9.+*-]*").expect("is valid")
});

impl Walk<'_> {
    pub(super) fn table(&mut self, table: &Table, span: Span) -> Fate {
        let Some(section) = self.section.role else {
            return Fate::Unknown;
        };
        let dialect = self.dialect;
        let Some(known) = table::kind_of(table, section, dialect) else {
            return self.unknown_table(table, section, span);
        };
        self.unknown_columns(table, &known);
        for row in &table.rows {
            self.row(row, &known);
        }
        match known.kind.role {
            TableRole::PathParameters => Fate::Consumed("path parameters"),
            TableRole::QueryParameters => Fate::Consumed("query parameters"),
            TableRole::Headers => Fate::Consumed("headers"),
            TableRole::Properties => Fate::Consumed("properties"),
            TableRole::Responses => Fate::Consumed("responses"),
            TableRole::Ignored => {
                let reason = known.kind.reason.clone();
                Fate::Ignored(reason.unwrap_or_else(|| "ignored by the dialect".to_owned()))
            }
        }
    }

    fn unknown_table(&mut self, table: &Table, section: SectionRole, span: Span) -> Fate {
        let titles = table.header.as_ref().map(|header| {
            let titles: Vec<_> = header.cells.iter().map(|c| c.text.to_plain()).collect();
            titles.join(" | ")
        });
        let found = match titles {
            Some(titles) => format!("a table with the columns `{titles}`"),
            None => "a table without column titles".to_owned(),
        };
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::warning(
                "unknown-table",
                place,
                format!("found {found}, which the dialect doesn't know in this section"),
            )
            .help(format!(
                "its {} rows are not read; add a [[table]] with `in = [\"{section}\"]` to the \
                 dialect `{}`",
                table.rows.len(),
                self.dialect.name
            )),
        );
        Fate::Unknown
    }

    fn unknown_columns(&mut self, table: &Table, known: &KnownTable<'_>) {
        let Some(header) = &table.header else { return };
        for (cell, role) in header.cells.iter().zip(&known.roles) {
            if role.is_none() {
                let place = self.place(cell.span);
                let title = cell.text.to_plain();
                self.diagnostics.push(
                    Diagnostic::warning(
                        "unknown-column",
                        place,
                        format!("found the column `{title}`, which the dialect doesn't know"),
                    )
                    .help("its cells are not read; add it to the table's `columns` in the dialect"),
                );
                self.ledger.enter("column", &Fate::Unknown);
            }
        }
    }

    fn row(&mut self, row: &Row, known: &KnownTable<'_>) {
        if known.repeats_header(row) {
            return;
        }
        let cells = known.cells(row);
        if !cells.surplus.is_empty() {
            let place = self.place(row.span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "surplus-cells",
                    place,
                    format!(
                        "the row has {} cells, the table {} columns; found behind them: `{}`",
                        row.cells.len(),
                        known.roles.len(),
                        cells.surplus.join(" | ")
                    ),
                )
                .help("expected `\\|` for a bar that belongs to the text"),
            );
        }
        if cells.name.is_empty() {
            let place = self.place(row.span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "row-without-name",
                    place,
                    "found a row whose first cell is blank; it is not read",
                )
                .help("expected the name of a parameter or property, or a status code"),
            );
            return;
        }
        match known.kind.role {
            TableRole::PathParameters => self.parameter(Location::Path, row, &cells),
            TableRole::QueryParameters => self.parameter(Location::Query, row, &cells),
            TableRole::Properties => self.property(row, &cells),
            TableRole::Headers => self.header(row, &cells),
            TableRole::Responses => self.status(row, &cells),
            TableRole::Ignored => {}
        }
    }

    fn parameter(&mut self, location: Location, row: &Row, cells: &RowCells<'_>) {
        let fact = self.row_fact(row, cells);
        if let Some(operation) = self.operations.last_mut() {
            operation.parameters.push((location, fact));
        }
    }

    fn property(&mut self, row: &Row, cells: &RowCells<'_>) {
        let fact = self.row_fact(row, cells);
        let Some(operation) = self.operations.last_mut() else {
            return;
        };
        let body = match self.section.role {
            Some(SectionRole::RequestBody) => operation.request.as_mut(),
            _ => operation.answer.as_mut(),
        };
        if let Some(body) = body {
            body.rows.push(fact);
        }
    }

    fn row_fact(&mut self, row: &Row, cells: &RowCells<'_>) -> RowFact {
        let marker = self.dialect.required.marker.as_deref();
        let (marked, description) = match cells.description {
            Some(text) => table::split_required(text, marker),
            None => (false, None),
        };
        let required = marked || self.required_cell(row, cells);
        RowFact {
            name: cells.name.clone(),
            ty: self.type_cell(row, &cells.ty),
            type_cell: cells.ty.clone(),
            required,
            description,
            provenance: self.provenance(row.span, Some(&cells.name)),
        }
    }

    fn required_cell(&mut self, row: &Row, cells: &RowCells<'_>) -> bool {
        let Some(cell) = &cells.required else {
            return false;
        };
        let word = cell.to_lowercase();
        let is = |words: &[String]| words.contains(&word);
        if !is(&self.dialect.required.yes) && !is(&self.dialect.required.no) {
            let place = self.place(row.span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "unknown-required-word",
                    place,
                    format!("found `{cell}` in the column that says what is required"),
                )
                .help("add it to `yes` or `no` under [required] in the dialect; read as no"),
            );
        }
        is(&self.dialect.required.yes)
    }

    fn type_cell(&mut self, row: &Row, cell: &str) -> Option<crate::dialect::TypeWord> {
        if cell.is_empty() {
            return None;
        }
        let word = self.dialect.types.read(cell);
        if word.is_none() {
            let place = self.place(row.span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "unknown-type-word",
                    place,
                    format!("found the type `{cell}`, which the dialect doesn't know"),
                )
                .help(format!(
                    "expected one of its words or the name of a type; add it to [types] in the \
                     dialect `{}`, or correct this one in corrections.toml",
                    self.dialect.name
                )),
            );
        }
        word
    }

    fn header(&mut self, row: &Row, cells: &RowCells<'_>) {
        let words = &self.dialect.headers;
        let is = |known: &Option<String>| {
            let same = |known: &String| known.eq_ignore_ascii_case(&cells.name);
            known.as_ref().is_some_and(same)
        };
        let text = cells.description.map(crate::document::Inline::to_text);
        let mut media_types = Vec::new();
        let mut description = text.and_then(table::some_text);
        if is(&words.content_type) || is(&words.accept) {
            let plain = description.as_ref().map_or("", Text::plain).to_owned();
            let found = MEDIA_TYPE.find_iter(&plain);
            media_types = found.map(|found| found.as_str().to_owned()).collect();
            // The list is data; what introduces it is the description.
            let start = MEDIA_TYPE.find(&plain).map_or(plain.len(), |m| m.start());
            let words = plain[..start].trim().trim_end_matches(':');
            description = table::some_text(Text::new(words, words));
        }
        let provenance = self.provenance(row.span, Some(&cells.name));
        if let Some(operation) = self.operations.last_mut() {
            operation.headers.push(HeaderFact {
                name: cells.name.clone(),
                description,
                media_types,
                provenance,
            });
        }
    }

    fn status(&mut self, row: &Row, cells: &RowCells<'_>) {
        let Some(status) = cells.name.parse().ok().filter(|s| (100..600).contains(s)) else {
            let place = self.place(row.span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "unknown-status",
                    place,
                    format!("found `{}` where a status code was expected", cells.name),
                )
                .help("expected a number from 100 to 599 (RFC 9110, section 15)"),
            );
            return;
        };
        let description = cells.description.map(crate::document::Inline::to_text);
        let fact = StatusFact {
            status,
            description: description.and_then(table::some_text),
            provenance: self.provenance(row.span, Some(&cells.name)),
        };
        if let Some(operation) = self.operations.last_mut() {
            operation.responses.push(fact);
        }
    }
}
