//! What a row declares: its name, its type, whether it is required, and the facts in its
//! description.

use super::{
    RowFact, Term, Walk,
    described::{Described, describe},
    nest,
    table::{self, RowCells},
};
use crate::{
    dialect::{Pattern, TypeWord},
    document::{DEEPEST, Inline},
    source::Span,
};
use docwright_model::diagnostic::{Diagnostic, Place, rules};

impl Walk<'_> {
    /// What a row declares, and its depth below the row above.
    pub(super) fn row_fact(&mut self, span: Span, cells: &RowCells<'_>) -> (usize, RowFact) {
        let words = &self.dialect.required;
        let (marked, description) = match cells.description {
            Some(cell) => table::split_required(cell, words.marker.as_deref()),
            None => (false, None),
        };
        let said = cells.description;
        let said = said.and_then(|cell| describe(cell, &self.dialect.wordings));
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
        // It is optional if the condition isn't met, so it isn't required, even if it is
        // marked as required.
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
        self.add_said(&mut fact, said.as_ref(), span);
        (depth, fact)
    }

    /// Reports a name with spaces or marks, which can't be part of it.
    fn odd_name(&mut self, name: &str, span: Span) {
        let is_odd = |c: char| c.is_whitespace() || "*?(){}<>|!,;\"'`†‡§¹²³^".contains(c);
        if !name.contains(is_odd) {
            return;
        }
        let place = self.place(span).words([name]);
        self.diagnostics.push(Diagnostic::new(
            rules::ODD_NAME,
            place,
            format!("found the name `{name}`, which seems to contain more than a name"),
        ));
    }

    /// Adds the facts in a row's type cell and description.
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

    /// Reports a description that contradicts the type of the value.
    fn unfit_words(&mut self, what: &[&str], cell: &str, span: Span) {
        let place = self.place(span);
        let what = what.join(" and ");
        let of = match cell {
            "" => "without a type".to_owned(),
            cell => format!("of the type `{cell}`"),
        };
        let found = format!("found {what} in the description of a value {of}; ignored");
        self.diagnostics
            .push(Diagnostic::new(rules::WORDS_AGAINST_TYPE, place, found));
    }

    /// Reports a description that introduces values, but lists none that are understood.
    fn almost_values(&mut self, span: Span) {
        let place = self.place(span);
        self.diagnostics.push(Diagnostic::new(
            rules::ALMOST_VALUES,
            place,
            "found words that introduce values, but the list after them isn't understood",
        ));
    }

    /// The depth of a row, which is limited, because walking unlimited nesting would
    /// overflow the stack.
    fn bounded(&mut self, span: Span, name: &str, depth: usize) -> usize {
        if nest::nests_too_deep(name, depth, &self.dialect.nesting) {
            let place = self.place(span);
            let message = format!("found a property nested more than {DEEPEST} levels deep");
            self.diagnostics.push(
                Diagnostic::new(rules::NESTED_TOO_DEEP, place, message).help(
                    "deeper rows are read as rows of the last level, and names with more parts as \
                     a single name; fix the page",
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
                        format!("found `{cell}` in the column that states what is required"),
                    )
                    .help(
                        "add it to `yes` or `no` under [required] in the dialect; until then it \
                           means no",
                    ),
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
                    "expected a word that the dialect knows or the name of a type; add it to \
                     [types] in the dialect `{}`, or correct this one in corrections.toml",
                    self.dialect.name
                )),
            );
        }
        word
    }
}

/// Whether the form of a cell states "required", and the cell without that.
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
