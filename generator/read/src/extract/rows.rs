//! What the rows of a table declare: parameters, properties, headers, status
//! codes.

use std::borrow::Cow;

use super::{
    BodyFact, Fate, ResponseFact, Subject, Term, ValueFact, Walk, Within,
    bodies::Part,
    sentences::name_body,
    table::{self, KnownTable, RowCells},
};
use crate::{
    dialect::{ColumnRole, SectionRole, TableRole, status_of},
    document::{Cell, Inline, Row, RowKind, Table},
    source::Span,
};
use docwright_model::{
    Location, Text,
    diagnostic::{Diagnostic, rules},
};

impl Walk<'_> {
    pub(super) fn table(&mut self, table: &Table, span: Span) -> Fate {
        let Some(section) = self.section.role else {
            self.survey_table(table, span);
            return Fate::Unknown;
        };
        let dialect = self.dialect;
        let Some(known) = table::kind_of(table, section, dialect) else {
            return self.unknown_table(table, section, span);
        };
        self.unknown_columns(table, &known);
        match known.kind.role {
            TableRole::Operations => self.signature_table(&table.rows, &known),
            TableRole::Ignored => {
                let reason = known.kind.reason.clone();
                Fate::Ignored(reason.unwrap_or_else(|| "ignored by the dialect".to_owned()))
            }
            role => match self.fate_of_rows(role) {
                Fate::Unknown => self.unknown_table(table, section, span),
                Fate::Ignored(reason) => Fate::Ignored(reason),
                fate @ Fate::Consumed(_) => {
                    self.without_types(role, &known, span);
                    for row in &table.rows {
                        self.row(row, &known);
                    }
                    self.caption = None;
                    fate
                }
            },
        }
    }

    /// Reports a table of parameters without the usual column for types: it may list
    /// something else.
    fn without_types(&mut self, role: TableRole, known: &KnownTable<'_>, span: Span) {
        let is_one = matches!(role, TableRole::PathParameters | TableRole::QueryParameters);
        let title = known
            .kind
            .columns
            .iter()
            .find(|(it, _)| *it == ColumnRole::Type);
        let Some((_, title)) = title.filter(|_| is_one) else {
            return;
        };
        if known.roles.contains(&Some(ColumnRole::Type)) {
            return;
        }
        let place = self.place(span);
        self.diagnostics.push(Diagnostic::new(
            rules::COLUMN_MISSING,
            place,
            format!(
                "found a table without the column `{title}` that other tables of its kind have"
            ),
        ));
    }

    /// What happens to rows of this role here: they need an operation, a body or a type
    /// that they belong to.
    pub(super) fn fate_of_rows(&self, role: TableRole) -> Fate {
        let (what, of_types) = match role {
            TableRole::Parameters => ("parameters", false),
            TableRole::PathParameters => ("path parameters", false),
            TableRole::QueryParameters => ("query parameters", false),
            TableRole::Headers => ("headers", false),
            TableRole::Properties => ("properties", true),
            TableRole::Responses => ("responses", false),
            TableRole::Values => ("values", true),
            TableRole::Operations | TableRole::Ignored => return Fate::Unknown,
        };
        match self.subject {
            Subject::Operation if role != TableRole::Values => Fate::Consumed(what),
            Subject::Type(_) if of_types => Fate::Consumed(what),
            _ => Fate::Unknown,
        }
    }

    /// The current section, for the survey.
    pub(super) fn within(&mut self) -> Within {
        let below = self.below();
        if let Some(heading) = self.survey_lead() {
            return Within::Unknown { heading, below };
        }
        match self.section.role {
            Some(role) => Within::Role(role),
            None => Within::Unknown {
                heading: self
                    .section
                    .heading
                    .as_deref()
                    .unwrap_or_default()
                    .to_owned(),
                below,
            },
        }
    }

    fn survey_table(&mut self, table: &Table, span: Span) {
        let columns = table.rows.iter().map(|row| row.cells.len()).max();
        let titles = table::titles(table.header.as_ref());
        let term = Term::Table {
            columns: columns.unwrap_or(titles.len()),
            titles,
            section: self.within(),
        };
        let place = self.place(span);
        self.survey.add(term, &place);
    }

    fn unknown_table(&mut self, table: &Table, section: SectionRole, span: Span) -> Fate {
        self.survey_table(table, span);
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
            Diagnostic::new(
                rules::UNKNOWN_TABLE,
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
                let term = Term::Column {
                    title: title.clone(),
                    titles: table::titles(Some(header)),
                    section: self.within(),
                };
                self.survey.add(term, &place);
                self.diagnostics.push(
                    Diagnostic::new(
                        rules::UNKNOWN_COLUMN,
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
        if matches!(row.kind, RowKind::Spanning | RowKind::Foot) {
            return self.words_in_table(row);
        }
        let mut cells = known.cells(row);
        for (cell, role) in row.cells.iter().zip(&known.roles) {
            match role {
                Some(ColumnRole::Name) => self.underscored(cell, &mut cells.name),
                Some(ColumnRole::Type) => self.underscored(cell, &mut cells.ty),
                _ => {}
            }
        }
        if !cells.surplus.is_empty() {
            let place = self.place(row.span);
            self.diagnostics.push(
                Diagnostic::new(
                    rules::SURPLUS_CELLS,
                    place,
                    format!(
                        "the row has {} cells, the table {} columns; the other cells: `{}`",
                        row.cells.len(),
                        known.roles.len(),
                        cells.surplus.join(" | ")
                    ),
                )
                .help("write `\\|` for a `|` in the text; only the first cell is read"),
            );
        }
        self.nested_tables(row);
        self.declare(known.kind.role, row.span, &cells);
    }

    /// Restores underscores around words of a name or a type, which Markdown reads as
    /// emphasis. Cells with other markup aren't changed.
    fn underscored(&self, cell: &Cell, words: &mut Cow<'_, str>) {
        let span = cell.span;
        let raw = self.page.text.get(span.start as usize..span.end as usize);
        let raw = raw.unwrap_or_default().trim().trim_matches('|').trim();
        let is_plain = !raw.contains(['`', '[', '*', '\\', '&', '<', '|']);
        if raw.contains("__") && is_plain && raw.replace("__", "") == words.replace("__", "") {
            *words = Cow::Owned(raw.to_owned());
        }
    }

    /// Words in a table that are no row of it.
    fn words_in_table(&mut self, row: &Row) {
        let words = table::titles(Some(row)).join(" ");
        let what = match row.kind {
            RowKind::Foot => "in the table's footer",
            _ => "across the whole table",
        };
        let place = self.place(row.span);
        let finding = format!("found text {what}, which is not read: `{}`", words.trim());
        self.diagnostics
            .push(Diagnostic::new(rules::WORDS_IN_TABLE, place, finding));
        self.ledger.enter("words in a table", &Fate::Unknown);
    }

    fn nested_tables(&mut self, row: &Row) {
        for cell in row.cells.iter().filter(|cell| !cell.tables.is_empty()) {
            let place = self.place(cell.span);
            let rows = cell.tables.iter().map(|table| table.rows.len());
            let rows: usize = rows.sum();
            self.diagnostics.push(Diagnostic::new(
                rules::NESTED_TABLE,
                place,
                format!("found a table in a table's cell; its {rows} rows are not read"),
            ));
            self.ledger.enter("nested table", &Fate::Unknown);
        }
    }

    /// Enters what a table's row or a list's item declares.
    pub(super) fn declare(&mut self, role: TableRole, span: Span, cells: &RowCells<'_>) {
        self.only_words = false;
        if cells.name_text.is_some_and(Inline::is_struck_out) {
            let place = self.place(span);
            let found = format!("`{}` is struck out on the page; it is ignored", cells.name);
            self.diagnostics
                .push(Diagnostic::new(rules::STRUCK_OUT_NAME, place, found));
            return;
        }
        if cells.name.is_empty() {
            let place = self.place(span);
            self.diagnostics.push(
                Diagnostic::new(
                    rules::ROW_WITHOUT_NAME,
                    place,
                    "found a row whose first cell is blank; it is not read",
                )
                .help("expected the name of a parameter or property, or a status code"),
            );
            return;
        }
        match role {
            TableRole::Parameters => self.any_parameter(span, cells),
            TableRole::PathParameters => self.parameter(Location::Path, span, cells),
            TableRole::QueryParameters => self.parameter(Location::Query, span, cells),
            TableRole::Properties => self.property(span, cells),
            TableRole::Headers => self.header(span, cells),
            TableRole::Responses => self.status(span, cells),
            TableRole::Values => self.value(span, cells),
            TableRole::Operations | TableRole::Ignored => {}
        }
    }

    /// A value of the enum that the page is about.
    fn value(&mut self, span: Span, cells: &RowCells<'_>) {
        let fact = ValueFact {
            value: cells.name.as_ref().into(),
            name: cells.label.clone(),
            description: self.text(cells),
            provenance: self.provenance(span, Some(&cells.name)),
        };
        if let Some(ty) = self.own_type() {
            ty.values.push(fact);
        }
    }

    /// The description of a row, if it has one.
    pub(super) fn text(&self, cells: &RowCells<'_>) -> Option<Text> {
        table::some_text(cells.description?.to_text())
    }

    fn status(&mut self, span: Span, cells: &RowCells<'_>) {
        let Some(status) = status_of(&cells.name) else {
            let place = self.place(span);
            self.diagnostics.push(
                Diagnostic::new(
                    rules::UNKNOWN_STATUS,
                    place,
                    format!("found `{}` where a status code was expected", cells.name),
                )
                .help("expected a number from 100 to 599 (RFC 9110, section 15)"),
            );
            return;
        };
        let fact = ResponseFact {
            description: self.text(cells),
            ..ResponseFact::of(status, self.provenance(span, Some(&cells.name)))
        };
        let answer = match self.dialect.types.is_null(&cells.ty) {
            true => None,
            false => self.type_cell(span, &cells.ty),
        };
        if self.operation().is_some() && answer.is_some() {
            let place = fact.provenance.clone();
            let known = self.bodies.response.as_ref().map(BodyFact::said);
            let is_other = known.is_some_and(|known| !known.is_empty() && known != cells.ty);
            let part = match status.is_success() && !is_other {
                true => Part::Response(None),
                false => Part::Response(Some(status)),
            };
            name_body(self.bodies.of(part), &cells.ty, place);
        }
        let Some(operation) = self.operation() else {
            return;
        };
        // A heading may have named it before: then the row repeats and extends it, and it
        // was the first one.
        let mut known = operation.responses.iter_mut();
        let known = known.find(|it| it.status == status);
        match known.filter(|it| it.provenance.row.is_none()) {
            Some(known) => {
                let description = fact.description.or_else(|| known.description.take());
                *known = ResponseFact {
                    description,
                    ..fact
                };
            }
            None => operation.responses.push(fact),
        }
    }
}
