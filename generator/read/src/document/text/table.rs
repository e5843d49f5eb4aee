//! Tables of page text: which line is a header, and which lines below it are
//! its rows.
//!
//! A row is a line that fits the table's kind. A line that doesn't fit goes on
//! with the row before: nothing is dropped. Which of the two it is where both
//! would do, the width of the page's lines tells: an extractor that wraps lines
//! does so where the next word would have made a line too long.

use super::{
    Reader, cells,
    cells::Draft,
    lines::{Line, first_word, words},
    row::{self, Fit},
};
use crate::{
    dialect::{Dialect, SectionRole, TableKind},
    document::{Block, BlockKind, Row, Table},
    source::Span,
};

/// A header row with one unknown title among known ones has no more words.
const WORDS_IN_A_HEADER: usize = 10;

/// The kind of table of which this line is the header row: of the kinds that
/// stand in this section, or else of any.
pub(super) fn header<'d>(
    dialect: &'d Dialect,
    section: SectionRole,
    line: &str,
) -> Option<&'d TableKind> {
    let here = |kind: &&TableKind| kind.stands_in(section);
    let kinds = dialect.tables.iter();
    let mut fitting = kinds.filter(|kind| title_cells(kind, line).is_some());
    let first = fitting.next()?;
    if here(&first) {
        return Some(first);
    }
    Some(fitting.find(here).unwrap_or(first))
}

/// The places of the kind's column titles, when the line consists of them.
fn title_cells(kind: &TableKind, line: &str) -> Option<Vec<(usize, usize)>> {
    // Most lines need no closer look than at their first letter.
    let begins = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    if begins(line) != begins(&kind.columns.first()?.1) && line.starts_with(|c: char| c.is_ascii())
    {
        return None;
    }
    let mut found = words(line);
    let mut cells = Vec::new();
    for (_, title) in &kind.columns {
        let mut cell: Option<(usize, usize)> = None;
        for word in title.split_whitespace() {
            let (at, here) = found.next()?;
            if !same_word(word, here) {
                return None;
            }
            cell = Some((cell.map_or(at, |(start, _)| start), at + here.len()));
        }
        cells.push(cell?);
    }
    found.next().is_none().then_some(cells)
}

fn same_word(title: &str, word: &str) -> bool {
    title.eq_ignore_ascii_case(word)
        || (!title.is_ascii() && title.to_lowercase() == word.to_lowercase())
}

impl<'a> Reader<'a> {
    /// Whether a line has the titles of a table that the dialect knows.
    pub(super) fn is_header(&self, line: &Line<'_>) -> bool {
        header(self.dialect, self.section, line.text).is_some()
    }

    /// Reads the table whose header is the line `at`, when it is one; says
    /// where it ends.
    pub(super) fn table(&mut self, at: usize) -> Option<usize> {
        let line = self.lines[at];
        if let Some(kind) = header(self.dialect, self.section, line.text) {
            return Some(self.known_table(at, kind));
        }
        let next = self.lines.get(at + 1).filter(|next| !next.is_blank())?;
        let titles = unknown_header(self.dialect, self.section, &line)?;
        if self.opens_block(at + 1, next) {
            return None;
        }
        Some(self.unknown_table(at, titles))
    }

    fn known_table(&mut self, at: usize, kind: &'a TableKind) -> usize {
        let line = &self.lines[at];
        let titles = title_cells(kind, line.text).unwrap_or_default();
        let titles = titles
            .iter()
            .map(|(start, end)| Draft::new(line, *start, *end));
        let header = cells::row(self.dialect, None, titles.collect());
        let mut rows: Vec<Vec<Draft<'_>>> = Vec::new();
        let mut next = at + 1;
        while let Some(line) = self.lines.get(next).filter(|line| !line.is_blank()) {
            if self.ends_table(next, line) {
                break;
            }
            let first = rows.first().and_then(|row| row.first()).map(Draft::words);
            let fitting = row::split(self.dialect, kind, line.text);
            let fitting = fitting.filter(|(fit, cells)| {
                let last = cells.last().map_or("", |cell| &line.text[cell.clone()]);
                first.is_none_or(|first| self.is_row(next, first, *fit, last))
            });
            match (fitting, rows.last_mut()) {
                (Some((_, cells)), _) => {
                    let drafts = cells.into_iter();
                    rows.push(
                        drafts
                            .map(|cell| Draft::new(line, cell.start, cell.end))
                            .collect(),
                    );
                }
                (None, Some(last)) => {
                    if let Some(cell) = last.last_mut() {
                        cell.push(&Draft::new(line, 0, line.text.len()));
                    }
                }
                (None, None) => break,
            }
            next += 1;
        }
        let rows = rows.into_iter();
        let rows = rows.map(|drafts| cells::row(self.dialect, Some(kind), drafts));
        let rows = rows.collect();
        self.push_table(at, next, Some(header), rows);
        next
    }

    /// Whether a line that fits as a row is one, and not the rest of the cell
    /// before. `first` is the name of the table's first row, `last` what would
    /// be the last cell of this one.
    fn is_row(&self, at: usize, first: &str, fit: Fit, last: &str) -> bool {
        let Some(width) = self.wrapped_at else {
            return true;
        };
        let line = self.lines[at].text;
        let in_sentence =
            line.starts_with(char::is_lowercase) && first.starts_with(char::is_uppercase);
        let before = self.lines[at - 1].raw.len();
        let had_room = before + 1 + first_word(line).0.len() <= width;
        match fit {
            Fit::Sure => had_room || !in_sentence,
            Fit::Likely => !in_sentence,
            Fit::Doubtful => !in_sentence && (had_room || last.starts_with(char::is_uppercase)),
        }
    }

    /// A table with a column that the dialect doesn't know: nothing says where
    /// its cells end, so each row is one cell, for a person to look at.
    fn unknown_table(&mut self, at: usize, titles: Vec<Draft<'_>>) -> usize {
        let header = cells::row(self.dialect, None, titles);
        let mut rows = Vec::new();
        let mut next = at + 1;
        while let Some(line) = self.lines.get(next).filter(|line| !line.is_blank()) {
            if self.ends_table(next, line) {
                break;
            }
            let whole = Draft::new(line, 0, line.text.len());
            rows.push(cells::row(self.dialect, None, vec![whole]));
            next += 1;
        }
        self.push_table(at, next, Some(header), rows);
        next
    }

    pub(super) fn push_table(
        &mut self,
        start: usize,
        end: usize,
        header: Option<Row>,
        rows: Vec<Row>,
    ) {
        let first = self.lines[start].span().start;
        let last = self.lines[end - 1].span().end;
        self.blocks.push(Block {
            span: Span {
                start: first,
                end: last,
            },
            kind: BlockKind::Table(Table {
                caption: None,
                header,
                rows,
            }),
        });
    }

    /// Whether the line is no row of the table above it.
    fn ends_table(&self, at: usize, line: &Line<'_>) -> bool {
        if self.is_title(at) || self.is_chrome(line) || self.is_request_line(line) {
            return true;
        }
        if header(self.dialect, self.section, line.text).is_some() {
            return true;
        }
        // A property may be called like a section (`Response`): one word is a
        // row unless the next line is one of a section.
        self.heading(line).is_some_and(|(_, role)| {
            let after = self.lines.get(at + 1).map_or("", |line| line.text);
            let is_name = line.text.chars().all(char::is_alphanumeric);
            let is_apart = after.is_empty() || self.blanks_are_lost;
            header(self.dialect, role, after).is_some() || (!is_name && is_apart)
        })
    }
}

/// The titles of a line that begins and ends with the titles of a kind of
/// table in this section, and has unknown words between them.
fn unknown_header<'a>(
    dialect: &Dialect,
    section: SectionRole,
    line: &Line<'a>,
) -> Option<Vec<Draft<'a>>> {
    let found: Vec<_> = words(line.text).take(WORDS_IN_A_HEADER + 1).collect();
    if found.len() > WORDS_IN_A_HEADER {
        return None;
    }
    let here = dialect.tables.iter();
    let mut here = here.filter(|kind| kind.stands_in(section));
    here.find_map(|kind| {
        let titles: Vec<_> = kind
            .columns
            .iter()
            .map(|(_, title)| title.as_str())
            .collect();
        let places = loose_cells(&titles, &found)?;
        Some(
            places
                .iter()
                .map(|(start, end)| Draft::new(line, *start, *end))
                .collect(),
        )
    })
}

/// The places of these titles in a line's words, unknown words between them as
/// titles of their own; the first must begin the line and the last end it.
fn loose_cells(titles: &[&str], found: &[(usize, &str)]) -> Option<Vec<(usize, usize)>> {
    let mut cells = Vec::new();
    let mut at = 0;
    for (index, title) in titles.iter().enumerate() {
        let title: Vec<_> = title.split_whitespace().collect();
        let matches = |at: usize| {
            let here = found.get(at..at + title.len());
            here.is_some_and(|here| here.iter().zip(&title).all(|((_, a), b)| same_word(a, b)))
        };
        let place = (at..found.len()).find(|at| matches(*at))?;
        if title.is_empty() || (index == 0 && place != 0) {
            return None;
        }
        if place > at {
            let (last, word) = found[place - 1];
            cells.push((found[at].0, last + word.len()));
        }
        at = place + title.len();
        let (last, word) = found[at - 1];
        cells.push((found[place].0, last + word.len()));
    }
    (at == found.len() && titles.len() > 1).then_some(cells)
}
