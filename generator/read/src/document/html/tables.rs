//! Reads tables: captions, title rows with and without `thead`, feet, cells that
//! span, tables in cells.

use scraper::ElementRef;

use super::{
    blocks::Reader,
    elements::{Kind, attribute},
};
use crate::document::{Block, BlockKind, Cell, DEEPEST, Inline, Piece, Row, RowKind, Table};

/// A cell that reaches into the rows below: its column, how many rows are
/// left, and what it says.
struct Hanging {
    column: usize,
    rows: usize,
    cell: Cell,
}

impl Hanging {
    /// What hangs below a cell in this column that spans rows; tables in it aren't repeated.
    fn below(cell: &Cell, column: usize, rows: usize) -> Self {
        let cell = Cell {
            tables: Vec::new(),
            ..cell.clone()
        };
        Self { column, rows, cell }
    }
}

/// A row, and how its cells were written.
struct Drawn {
    row: Row,
    /// Whether all its own cells are titles.
    titles: bool,
    /// Whether one of its own cells spans rows or columns.
    spans: bool,
    /// Whether it has one cell, which spans columns.
    single: bool,
}

impl Drawn {
    /// How many columns it needs: what a single cell spans may be any number.
    fn columns(&self) -> usize {
        if self.single { 1 } else { self.row.cells.len() }
    }
}

impl<'a> Reader<'a> {
    /// Notes a table's headings, and whether it stands in a cell of another one:
    /// in that case it is read with that cell.
    pub(super) fn note_table(&mut self, table: ElementRef<'a>) {
        let around = || table.ancestors().filter_map(ElementRef::wrap);
        let depth = around().filter(|it| Kind::of(it.value().name()) == Kind::Table);
        let nearest = around().find(|it| matches!(it.value().name(), "td" | "th" | "table"));
        if let Some(cell) = nearest.filter(|it| it.value().name() != "table")
            && depth.count() < DEEPEST
            && !self.is_layout(table)
        {
            let owner = cell.ancestors().filter_map(ElementRef::wrap);
            let mut owner = owner.filter(|it| Kind::of(it.value().name()) == Kind::Table);
            if owner.next().is_some_and(|owner| !self.is_layout(owner)) {
                self.apart.insert(table.id());
                self.inner.entry(cell.id()).or_default().push(table);
            }
        }
    }

    /// A table, with its caption.
    pub(super) fn table(&self, table: ElementRef<'a>) -> Option<Table> {
        let mut caption: Option<Block> = None;
        // A page cannot make a table much larger than its own text is.
        let mut budget =
            4096 + self.span(table).end.saturating_sub(self.span(table).start) as usize;
        let (mut head, mut body, mut foot) = (Vec::new(), Vec::new(), Vec::new());
        let mut loose = Vec::new();
        for part in table.child_elements() {
            match part.value().name() {
                "tr" => loose.push(part),
                name @ ("thead" | "tbody" | "tfoot") => {
                    body.append(&mut self.rows(std::mem::take(&mut loose), &mut budget));
                    let rows = self.rows(rows_of(part), &mut budget);
                    match name {
                        "thead" if body.is_empty() => head.extend(rows),
                        "tfoot" => foot.extend(rows),
                        _ => body.extend(rows),
                    }
                }
                "caption" => self.caption(part, &mut caption),
                _ => {}
            }
        }
        body.append(&mut self.rows(loose, &mut budget));
        if body.is_empty() && head.len() < 2 {
            body.append(&mut foot);
        }
        let table = finished(caption, head, body, foot);
        (table.header.is_some() || !table.rows.is_empty() || table.caption.is_some())
            .then_some(table)
    }

    fn caption(&self, part: ElementRef<'a>, caption: &mut Option<Block>) {
        let text = self.phrase(part);
        match caption {
            _ if text.is_empty() => {}
            Some(Block {
                kind: BlockKind::Paragraph(words),
                ..
            }) => {
                words.push(Piece::Break);
                words.pieces.extend(text.pieces);
            }
            _ => {
                *caption = Some(Block {
                    span: self.span(part),
                    kind: BlockKind::Paragraph(text),
                });
            }
        }
    }

    /// Whether a table only lays the page out: what it holds is more than cells
    /// could.
    pub(super) fn is_layout(&self, table: ElementRef<'_>) -> bool {
        matches!(attribute(table, "role"), Some("presentation" | "none"))
            || self.around_headings.contains(&table.id())
    }

    /// The rows of a part of a table, which no cell spans beyond. `budget` is how
    /// many bytes may be repeated for cells that span.
    fn rows(
        &self,
        elements: impl IntoIterator<Item = ElementRef<'a>>,
        budget: &mut usize,
    ) -> Vec<Drawn> {
        let mut rows = Vec::new();
        let mut hanging: Vec<Hanging> = Vec::new();
        for element in elements {
            let drawn = self.row(element, &mut hanging, budget);
            if !drawn.row.cells.is_empty() {
                rows.push(drawn);
            }
        }
        rows
    }

    fn row(
        &self,
        element: ElementRef<'a>,
        hanging: &mut Vec<Hanging>,
        budget: &mut usize,
    ) -> Drawn {
        let mut cells: Vec<Cell> = Vec::new();
        let mut due = std::mem::take(hanging).into_iter().peekable();
        let mut own = cells_of(element);
        let (mut count, mut spans, mut titles, mut wide) = (0, false, true, false);
        let is_below = due.peek().is_some();
        loop {
            if let Some(above) = due.next_if(|above| above.column <= cells.len()) {
                cells.push(above.cell.clone());
                hang(hanging, above, budget);
                continue;
            }
            let Some(cell) = own.next() else { break };
            let (rows, columns) = (spanned(cell, "rowspan"), spanned(cell, "colspan"));
            count += 1;
            spans |= rows > 1 || columns > 1;
            wide |= columns > 1;
            titles &= cell.value().name() == "th";
            let read = self.cell(cell);
            if rows > 1 {
                hang(hanging, Hanging::below(&read, cells.len(), rows), budget);
            }
            widen(&mut cells, read, columns, budget);
        }
        // Cells that hang to the right of a short row.
        for above in due {
            let blanks = above.column.saturating_sub(cells.len());
            if let Some(left) = budget.checked_sub(16 * blanks) {
                *budget = left;
                cells.extend(std::iter::repeat_n(Cell::default(), blanks));
                cells.push(above.cell.clone());
            }
            hang(hanging, above, budget);
        }
        let span = self.span(element);
        Drawn {
            row: Row {
                span,
                cells,
                ..Row::default()
            },
            titles: titles && count > 0,
            spans,
            single: count == 1 && wide && !is_below,
        }
    }

    fn cell(&self, cell: ElementRef<'a>) -> Cell {
        let inner = self.inner.get(&cell.id());
        let inner = inner.into_iter().flatten();
        Cell {
            span: self.span(cell),
            text: self.phrase(cell),
            tables: inner.filter_map(|table| self.table(*table)).collect(),
        }
    }
}

/// Adds a cell, and blank ones for the columns that it spans besides.
fn widen(cells: &mut Vec<Cell>, cell: Cell, columns: usize, budget: &mut usize) {
    let blank = Cell {
        span: cell.span,
        ..Cell::default()
    };
    cells.push(cell);
    let blanks = (columns - 1).min(*budget / 16);
    *budget -= 16 * blanks;
    cells.extend(std::iter::repeat_n(blank, blanks));
}

/// Lets a cell hang into the next row, as long as there are rows and bytes left.
fn hang(hanging: &mut Vec<Hanging>, mut above: Hanging, budget: &mut usize) {
    let size = 16 + above.cell.text.pieces.len() * 16 + shown(&above.cell.text);
    above.rows -= 1;
    if above.rows > 0
        && let Some(left) = budget.checked_sub(size)
    {
        *budget = left;
        hanging.push(above);
    }
}

/// About how many bytes running text holds.
fn shown(text: &Inline) -> usize {
    let pieces = text.pieces.iter().map(|piece| match piece {
        Piece::Text(words) | Piece::Code(words) | Piece::Html(words) => words.len(),
        Piece::LinkStart(target) | Piece::LinkEnd(target) => target.len(),
        _ => 0,
    });
    pieces.sum()
}

/// The table of these rows: finds its titles, and what stands over its whole width.
fn finished(
    mut caption: Option<Block>,
    mut head: Vec<Drawn>,
    mut body: Vec<Drawn>,
    foot: Vec<Drawn>,
) -> Table {
    // Without a head, the first rows of titles are one, below words about them all.
    if head.iter().all(|row| row.single) {
        let words = body.iter().take_while(|row| row.single).count();
        let rest = body.iter().skip(words);
        let titles = rest.take_while(|row| row.titles && !row.single).count();
        if titles > 0 && words + titles < body.len() {
            head.extend(body.drain(..words + titles));
        }
    }
    let width = |rows: &[Drawn]| rows.iter().map(Drawn::columns).max();
    let columns = width(&head).filter(|columns| *columns > 1);
    let columns = columns.or(width(&body)).unwrap_or(0);
    let is_spanning = |row: &Drawn| row.single && columns > 1 && row.row.cells.len() >= columns;
    // Title rows go on as long as a cell spans: the titles below it are still to come.
    let mut head = head.into_iter().peekable();
    let mut header = None;
    let mut rows = Vec::new();
    while let Some(drawn) = head.next() {
        if is_spanning(&drawn) {
            rows.push((RowKind::Spanning, drawn));
            continue;
        }
        let goes_on = drawn.spans && head.peek().is_some();
        header = Some(drawn.row);
        if !goes_on {
            break;
        }
    }
    rows.extend(head.chain(body).map(|row| (RowKind::Cells, row)));
    rows.extend(foot.into_iter().map(|row| (RowKind::Foot, row)));
    let rows = rows.into_iter().map(|(kind, drawn)| {
        let kind = match is_spanning(&drawn) {
            true => RowKind::Spanning,
            false => kind,
        };
        trimmed(Row { kind, ..drawn.row }, columns)
    });
    let mut rows: Vec<Row> = rows.collect();
    if caption.is_none() && rows.first().is_some_and(|it| it.kind == RowKind::Spanning) {
        caption = Some(words_of(rows.remove(0)));
    }
    Table {
        caption: caption.map(Box::new),
        header,
        rows,
    }
}

/// The words of a row over the whole width, as a paragraph.
fn words_of(row: Row) -> Block {
    let text = row.cells.into_iter().next().map(|cell| cell.text);
    Block {
        span: row.span,
        kind: BlockKind::Paragraph(text.unwrap_or_default()),
    }
}

/// The row without what its last cell spans beyond the table's columns; over the
/// whole width one cell is enough.
fn trimmed(mut row: Row, columns: usize) -> Row {
    let columns = match row.kind {
        RowKind::Spanning => 1,
        _ => columns,
    };
    while row.cells.len() > columns && row.cells.last().is_some_and(|cell| cell.text.is_empty()) {
        row.cells.pop();
    }
    row
}

fn rows_of<'t>(part: ElementRef<'t>) -> impl Iterator<Item = ElementRef<'t>> {
    part.child_elements()
        .filter(|row| row.value().name() == "tr")
}

fn cells_of<'t>(row: ElementRef<'t>) -> impl Iterator<Item = ElementRef<'t>> {
    row.child_elements()
        .filter(|cell| matches!(cell.value().name(), "td" | "th"))
}

/// A `colspan` or `rowspan`; the limits are HTML's. A `rowspan` of 0 goes on to the
/// end of the table's part.
fn spanned(cell: ElementRef<'_>, name: &str) -> usize {
    let digits = |value: &str| value.bytes().take_while(u8::is_ascii_digit).count();
    let value = attribute(cell, name).map(str::trim);
    // What stands behind the digits doesn't count (`100%`).
    match value.and_then(|value| value[..digits(value)].parse().ok()) {
        Some(0) if name == "rowspan" => usize::from(u16::MAX),
        value => value.unwrap_or(1).clamp(1, 1000),
    }
}
