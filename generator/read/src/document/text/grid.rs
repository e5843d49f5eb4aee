//! Tables whose cells an extractor sets apart by a sign: `| a | b |`,
//! `a | b |`, or tab characters, as a browser copies them. Blank cells are
//! still there, and a cell may go on over lines.

use super::{Reader, cells, cells::Draft, lines::Line, table};
use crate::{dialect::TableKind, document::Row};

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Tab,
    /// And whether a row begins and ends with one.
    Pipe {
        first: bool,
        last: bool,
    },
}

impl Sign {
    /// The sign in a line; `None` when it has none.
    fn of(text: &str) -> Option<Self> {
        if text.contains('\t') {
            return Some(Self::Tab);
        }
        let first = text.starts_with('|');
        let last = text.ends_with('|');
        let is_pipe = text.contains('|') && (first || last || text.contains(" | "));
        is_pipe.then_some(Self::Pipe { first, last })
    }

    /// The line as this sign splits it: a tab at its end is one.
    fn line<'a>(self, line: &Line<'a>) -> Line<'a> {
        match self {
            Self::Tab => line.whole(),
            Self::Pipe { .. } => *line,
        }
    }

    /// The cells of a line, in bytes of its text.
    fn cells(self, text: &str) -> Vec<(usize, usize)> {
        let mut cells = Vec::new();
        let mut start = 0;
        let mut escaped = false;
        let sign = if self == Self::Tab { '\t' } else { '|' };
        for (at, c) in text.char_indices() {
            if c == sign && !escaped {
                cells.push((start, at));
                start = at + 1;
            }
            escaped = c == '\\' && !escaped;
        }
        cells.push((start, text.len()));
        cells
    }

    /// The cells of a whole row: the borders are no cells.
    fn row(self, text: &str) -> Vec<(usize, usize)> {
        let mut cells = self.cells(text);
        if self != Self::Tab {
            if text.ends_with('|') && cells.len() > 1 {
                cells.pop();
            }
            if text.starts_with('|') {
                cells.remove(0);
            }
        }
        cells
    }

    /// Whether `line` goes on with the row of the line `before` it.
    fn continues(self, before: &str, line: &str) -> bool {
        match self {
            Self::Tab => !line.contains('\t'),
            Self::Pipe { first: true, .. } => !line.starts_with('|'),
            Self::Pipe { last, .. } => !line.contains('|') || (last && !before.ends_with('|')),
        }
    }
}

/// Whether a cell is one of those that set a header apart in Markdown.
fn is_delimiter(cell: &str) -> bool {
    let dashes = cell.trim().trim_start_matches(':').trim_end_matches(':');
    dashes.len() > 1 && dashes.bytes().all(|byte| byte == b'-')
}

fn is_delimiter_row(text: &str) -> bool {
    text.contains("--")
        && Sign::of(text).is_some_and(|sign| {
            let cells = sign.row(text);
            cells
                .iter()
                .all(|(start, end)| is_delimiter(&text[*start..*end]))
        })
}

impl<'a> Reader<'a> {
    /// Whether the line begins a table with signs between its cells.
    pub(super) fn is_grid(&self, at: usize) -> bool {
        let text = self.lines[at].text;
        let Some(sign) = Sign::of(text) else {
            return false;
        };
        let next = self.lines.get(at + 1);
        let next = next.map_or("", |line| sign.line(line).text);
        let is_bordered = match sign {
            Sign::Tab => true,
            Sign::Pipe { first, last } => first || last,
        };
        let columns = sign.row(text).len();
        (is_bordered && Sign::of(next) == Some(sign) && sign.row(next).len() == columns)
            || is_delimiter_row(next)
            || self.grid_kind(sign, text).is_some()
    }

    /// The kind of table of which a line with signs is the header.
    fn grid_kind(&self, sign: Sign, text: &str) -> Option<&'a TableKind> {
        let cells = sign.row(text);
        let titles: Vec<_> = cells
            .iter()
            .map(|(start, end)| text[*start..*end].trim())
            .collect();
        let kind = table::header(self.dialect, self.section, &titles.join(" "))?;
        (kind.columns.len() == titles.len()).then_some(kind)
    }

    /// Reads the table with signs between its cells that begins at line `at`,
    /// when one does; says where it ends.
    pub(super) fn grid(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = self.flat_grid(at) {
            return Some(end);
        }
        if !self.is_grid(at) {
            return None;
        }
        let line = self.lines[at];
        let sign = Sign::of(line.text)?;
        let line = sign.line(&line);
        let kind = self.grid_kind(sign, line.text);
        let next = self.lines.get(at + 1).map_or("", |line| line.text);
        let marked = is_delimiter_row(next);
        let has_header = marked || kind.is_some() || self.has_title(sign, line.text);
        let titles = drafts(&line, &sign.row(line.text));
        let columns = has_header.then_some(titles.len());
        let header = has_header.then(|| cells::row(self.dialect, None, titles));
        let first = at + usize::from(has_header) + usize::from(marked);
        let (end, rows) = self.grid_rows(first, sign, columns, kind);
        self.push_table(at, end, header, rows);
        Some(end)
    }

    /// Whether a cell is the title of a column that the dialect knows.
    fn has_title(&self, sign: Sign, text: &str) -> bool {
        let columns = || self.dialect.tables.iter().flat_map(|kind| &kind.columns);
        let cells = sign.row(text);
        let mut cells = cells.iter().map(|(start, end)| text[*start..*end].trim());
        cells.any(|cell| columns().any(|(_, title)| title.eq_ignore_ascii_case(cell)))
    }

    fn grid_rows(
        &self,
        first: usize,
        sign: Sign,
        columns: Option<usize>,
        kind: Option<&TableKind>,
    ) -> (usize, Vec<Row>) {
        let mut rows: Vec<Vec<Draft<'_>>> = Vec::new();
        let mut next = first;
        while let Some(line) = self.lines.get(next).filter(|line| !line.is_blank()) {
            let opens = Sign::of(line.text).is_none()
                && (self.is_request_line(line) || self.heading(line).is_some());
            let is_header = || self.grid_kind(sign, line.text).is_some();
            if opens || self.is_title(next) || self.is_chrome(line) || is_header() {
                break;
            }
            let before = next.checked_sub(1).map_or("", |last| self.lines[last].text);
            let line = &sign.line(line);
            let goes_on = sign.continues(before, line.text);
            match rows.last_mut().filter(|_| goes_on) {
                Some(last) => {
                    // A sign at the end of the line before began a cell.
                    if before.ends_with('|') && columns.is_some_and(|it| last.len() < it) {
                        last.extend(last.last().map(Draft::after));
                    }
                    go_on(last, drafts(line, &sign.cells(line.text)), line.text);
                }
                None => rows.push(drafts(line, &sign.row(line.text))),
            }
            next += 1;
        }
        let rows = rows.into_iter().map(|mut row| {
            fill(&mut row, columns.unwrap_or(0));
            cells::row(self.dialect, kind, row)
        });
        (next, rows.collect())
    }

    /// Reads a whole Markdown table in one line, as a page shows one that its
    /// own renderer didn't understand: `| A | B | |---|---| | a | b |`. The
    /// delimiters tell how many cells a row has; between rows is a blank cell.
    fn flat_grid(&mut self, at: usize) -> Option<usize> {
        let line = self.lines[at];
        let text = line.text;
        if !text.starts_with('|') || !text.contains("|--") && !text.contains("| --") {
            return None;
        }
        let sign = Sign::of(text)?;
        let cells = sign.row(text);
        let cell = |index: usize| {
            cells
                .get(index)
                .map(|(start, end)| text[*start..*end].trim())
        };
        let delimits = |index: &usize| cell(*index).is_some_and(is_delimiter);
        let first = (0..cells.len()).find(delimits)?;
        let columns = (first..cells.len()).take_while(delimits).count();
        // The titles, and the blank cell behind them.
        if first != columns + 1 || !cell(columns)?.is_empty() {
            return None;
        }
        let stride = columns + 1;
        let separated = (columns..cells.len()).step_by(stride);
        if !separated.clone().all(|index| cell(index) == Some("")) {
            return None;
        }
        let part = |index: usize| {
            let end = (index + columns).min(cells.len());
            let mut row = drafts(&line, &cells[index..end]);
            fill(&mut row, columns);
            row
        };
        let titles = part(0);
        let words: Vec<_> = titles.iter().map(Draft::words).collect();
        let kind = table::header(self.dialect, self.section, &words.join(" "));
        let header = cells::row(self.dialect, None, titles);
        let starts = (2 * stride..cells.len()).step_by(stride);
        let rows = starts.map(|index| cells::row(self.dialect, kind, part(index)));
        let rows = rows.collect();
        self.push_table(at, at + 1, Some(header), rows);
        Some(at + 1)
    }
}

fn drafts<'a>(line: &Line<'a>, cells: &[(usize, usize)]) -> Vec<Draft<'a>> {
    let cells = cells.iter();
    cells
        .map(|(start, end)| Draft::new(line, *start, *end).unescaped())
        .collect()
}

/// Adds blank cells at a row's end, up to the number of columns.
fn fill(row: &mut Vec<Draft<'_>>, columns: usize) {
    while row.len() < columns
        && let Some(blank) = row.last().map(Draft::after)
    {
        row.push(blank);
    }
}

/// Adds the cells of a line to the row that it goes on with: the first to the
/// row's last cell, the others behind it.
fn go_on<'a>(row: &mut Vec<Draft<'a>>, mut more: Vec<Draft<'a>>, text: &str) {
    if text.ends_with('|') {
        more.pop();
    }
    let mut more = more.into_iter();
    if let (Some(last), Some(first)) = (row.last_mut(), more.next()) {
        last.push(&first);
    }
    row.extend(more);
}
