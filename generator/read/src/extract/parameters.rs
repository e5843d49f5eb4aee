//! Rows that declare parameters and properties: what they are called, whether
//! they are required, and where they travel.

use super::{
    BodyFact, Fate, RowFact, Subject, Term, Walk, bodies::Part, described::Described, nest,
    operation::path_names, table,
};
use crate::{
    dialect::{Pattern, SectionRole, TypeWord, one_name},
    document::{DEEPEST, Inline, Row},
    source::Span,
};
use docwright_model::{
    ArrayStyle, Location,
    diagnostic::{Diagnostic, Place, rules},
};

use super::table::RowCells;

/// Where a row of a table of parameters travels.
enum Travels {
    In(Location),
    Body,
    WholeBody,
    Header,
}

impl Walk<'_> {
    pub(super) fn parameter(&mut self, location: Location, span: Span, cells: &RowCells<'_>) {
        let (_, mut fact) = self.row_fact(span, cells);
        if location == Location::Path && fact.name.contains([' ', '|']) {
            fact.name = one_name(&fact.name);
        }
        self.enter_parameter(location, fact);
    }

    /// Enters a parameter. Brackets behind a name in a query are how its array is written.
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
                format!("found `{cell}` in the column that says where a parameter travels"),
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

    /// Words above a table that say of which property it lists the properties: one that
    /// the body has.
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
                    "found a property of `{}`, which is `{}` and has none",
                    odd.name, odd.type_cell
                ),
            )
            .help(
                "taken as an object; mend the type cell on the page, or [nesting] in the dialect \
                 if the name means something else",
            ),
        );
    }

    /// What a row declares, and how deep it is below the one above.
    pub(super) fn row_fact(&mut self, span: Span, cells: &RowCells<'_>) -> (usize, RowFact) {
        let words = &self.dialect.required;
        let (marked, description, said) = match cells.description {
            Some(text) => self.memo.marked(text, self.dialect),
            None => (false, None, None),
        };
        let nesting = &self.dialect.nesting;
        let signs = cells.name_text.filter(|_| !nesting.indent.is_empty());
        let raw = signs.map(nest::raw).unwrap_or_default();
        let (depth, name) = nest::indent(&raw, nesting);
        let name = match depth {
            0 => &*cells.name,
            _ => name,
        };
        let depth = self.bounded(span, &cells.name, depth.saturating_add(cells.depth));
        let plain = words.name_plain.iter();
        let plain = plain.filter_map(|it| it.captures(name)?.get("name")).next();
        let name = plain.unwrap_or(name);
        let (by_name, name) = affix(name, "name", &words.name_yes, &words.name_no);
        let (by_type, ty) = affix(&cells.ty, "type", &words.type_yes, &words.type_no);
        let plain = || cells.description.map(Inline::plain).unwrap_or_default();
        let says = |patterns: &[Pattern]| {
            !patterns.is_empty() && {
                let plain = plain();
                patterns.iter().any(|it| it.fits(&plain))
            }
        };
        let by_words = match (says(&words.description_no), says(&words.description_yes)) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        let by_cell = self.required_cell(span, cells);
        let of_description = said.as_ref().and_then(|it| it.required);
        let of_section = self.section.required;
        // Who meets no condition need not send it, whatever else is said.
        let by_condition = said.as_ref().filter(|it| it.is_conditional);
        let ways = [
            by_condition.map(|_| false),
            by_cell,
            marked.then_some(true),
            by_name,
            by_type,
            by_words,
            of_description,
            of_section,
            words.default.then_some(true),
        ];
        self.odd_name(name, span);
        let mut fact = RowFact {
            ty: self.type_cell(span, ty),
            type_cell: cells.ty.to_string(),
            link: cells.link.map(str::to_owned),
            required: ways.into_iter().flatten().next(),
            description,
            ..RowFact::named(name, self.provenance(span, Some(name)))
        };
        self.add_said(&mut fact, said.as_deref(), span);
        (depth, fact)
    }

    /// Tells of a name that can't be one: with blanks, or marks that say something else.
    fn odd_name(&mut self, name: &str, span: Span) {
        let is_odd = |c: char| c.is_whitespace() || "*?(){}<>|!,;\"'`†‡§¹²³^".contains(c);
        if !name.contains(is_odd) {
            return;
        }
        let place = self.place(span).words([name]);
        self.diagnostics.push(Diagnostic::new(
            rules::ODD_NAME,
            place,
            format!("found the name `{name}`, which looks like a name and something else"),
        ));
    }

    /// Adds to a row what its type cell and its description say besides.
    fn add_said(&mut self, fact: &mut RowFact, said: Option<&Described>, span: Span) {
        if let Some(said) = said {
            let ty = fact.ty.as_ref();
            fact.facets = said.facets(ty);
            fact.values = said.values(ty, &fact.provenance);
            let unfit = said.unfit(ty);
            if !unfit.is_empty() {
                self.unfit_words(&unfit, &fact.type_cell, span);
            }
            if said.almost_lists() {
                self.almost_values(span);
            }
        }
        if let Some(TypeWord::Nullable(_)) = &fact.ty {
            fact.facets.get_or_insert_default().nullable = Some(true);
        }
    }

    /// A description that says of a value what one of its type can't be or have.
    fn unfit_words(&mut self, what: &[&str], cell: &str, span: Span) {
        let place = self.place(span);
        let what = what.join(" and ");
        let of = match cell {
            "" => "without a type".to_owned(),
            cell => format!("of the type `{cell}`"),
        };
        let found = format!("found {what} in the description of a value {of}; not read");
        self.diagnostics
            .push(Diagnostic::new(rules::WORDS_AGAINST_TYPE, place, found));
    }

    /// A description that introduces values and lists none that are understood.
    fn almost_values(&mut self, span: Span) {
        let place = self.place(span);
        self.diagnostics.push(Diagnostic::new(
            rules::ALMOST_VALUES,
            place,
            "found words that introduce values, but no list that is understood behind them",
        ));
    }

    /// How deep a row is taken to be. What a page nests without end would
    /// overflow the stack of whoever walks it.
    fn bounded(&mut self, span: Span, name: &str, depth: usize) -> usize {
        if nest::nests_too_deep(name, depth, &self.dialect.nesting) {
            let place = self.place(span);
            let message = format!("found a property more than {DEEPEST} levels below another one");
            self.diagnostics.push(
                Diagnostic::new(rules::NESTED_TOO_DEEP, place, message).help(
                    "a row that is deeper is taken to be on the last level, and a name of more \
                     parts to be one name; mend the page",
                ),
            );
        }
        depth.min(DEEPEST)
    }

    fn required_cell(&mut self, span: Span, cells: &RowCells<'_>) -> Option<bool> {
        let cell = cells.required.as_ref()?;
        if cell.is_empty() {
            return Some(false);
        }
        let word = cell.to_lowercase();
        let is = |words: &[String]| words.contains(&word);
        let words = &self.dialect.required;
        match (is(&words.yes), is(&words.no)) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => {
                let place = self.place(span).words([cell]);
                self.survey.add(Term::RequiredCell { words: word }, &place);
                self.diagnostics.push(
                    Diagnostic::new(
                        rules::UNKNOWN_REQUIRED_WORD,
                        place,
                        format!("found `{cell}` in the column that says what is required"),
                    )
                    .help("add it to `yes` or `no` under [required] in the dialect; read as no"),
                );
                Some(false)
            }
        }
    }

    pub(super) fn type_cell(&mut self, span: Span, cell: &str) -> Option<TypeWord> {
        if cell.is_empty() {
            return None;
        }
        let word = self.dialect.types.read(cell);
        if let Some(TypeWord::Named(name)) = &word
            && name == cell
        {
            let place = Place::at(&*self.page.path, self.page.position(span.start));
            let words = name.clone();
            self.survey.add(Term::TypeName { words }, &place);
        }
        if word.is_none() {
            let place = self.place(span).words([cell]);
            let words = cell.to_owned();
            self.survey.add(Term::TypeCell { words }, &place);
            self.diagnostics.push(
                Diagnostic::new(
                    rules::UNKNOWN_TYPE_WORD,
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

/// What a cell's form says of "required", and the cell without it.
fn affix<'c>(
    cell: &'c str,
    placeholder: &str,
    yes: &[Pattern],
    no: &[Pattern],
) -> (Option<bool>, &'c str) {
    for (patterns, is) in [(yes, true), (no, false)] {
        let captured = patterns.iter().find_map(|pattern| {
            let captures = pattern.captures(cell)?;
            captures.get(placeholder)
        });
        if let Some(rest) = captured {
            return (Some(is), rest.trim());
        }
    }
    (None, cell)
}
