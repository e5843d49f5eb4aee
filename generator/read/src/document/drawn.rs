//! Tables that are drawn with `+`, `-` and `|`, as Pandoc and reStructuredText have
//! them: a border above and below each row, `=` below the titles.

use std::ops::Range;

/// A cell: its parts on each line of its row, in bytes of the line.
pub(super) type DrawnCell = Vec<(usize, Range<usize>)>;

/// A row, and the lines that it takes.
pub(super) struct DrawnRow {
    pub(super) lines: Range<usize>,
    pub(super) cells: Vec<DrawnCell>,
}

/// A table as it is drawn.
pub(super) struct Drawn {
    /// How many columns it has.
    pub(super) columns: usize,
    /// How many of its rows are titles.
    pub(super) titles: usize,
    pub(super) rows: Vec<DrawnRow>,
}

/// Whether a line is the border above a row.
pub(super) fn is_border(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2
        && line.starts_with('+')
        && line.ends_with('+')
        && line.contains(['-', '='])
        && line.bytes().all(|byte| b"+-=:".contains(&byte))
}

/// Reads the table that these lines draw; `None` when they don't fit together.
pub(super) fn read(lines: &[&str]) -> Option<Drawn> {
    let mut edges: Vec<usize> = Vec::new();
    for line in lines.iter().filter(|line| is_border(line)) {
        edges.extend(line.trim().match_indices('+').map(|(at, _)| at));
    }
    edges.sort_unstable();
    edges.dedup();
    let mut drawn = Drawn {
        columns: edges.len().saturating_sub(1),
        titles: 0,
        rows: Vec::new(),
    };
    let mut first = None;
    for (at, line) in lines.iter().enumerate() {
        if is_border(line) {
            if let Some(first) = first.filter(|first| *first < at) {
                let cells = cells(&lines[first..at], first, &edges)?;
                drawn.rows.push(DrawnRow {
                    lines: first..at,
                    cells,
                });
            }
            if line.contains('=') {
                drawn.titles = drawn.rows.len();
            }
            first = Some(at + 1);
        } else if first.is_none() {
            return None;
        }
    }
    // The last line is the border below the last row.
    (first == Some(lines.len()) && !drawn.rows.is_empty()).then_some(drawn)
}

/// The cells of a row that takes these lines, the first of which is line `number`.
fn cells(lines: &[&str], number: usize, edges: &[usize]) -> Option<Vec<DrawnCell>> {
    // A cell may span columns: an edge counts where every line has a bar.
    let mut shared: Option<Vec<usize>> = None;
    let mut parts = Vec::with_capacity(lines.len());
    for line in lines {
        let bars = bars(line, edges)?;
        let at: Vec<usize> = bars.iter().map(|(edge, _)| *edge).collect();
        shared = Some(match shared {
            None => at,
            Some(known) => known
                .into_iter()
                .filter(|it| at.binary_search(it).is_ok())
                .collect(),
        });
        parts.push(bars);
    }
    let shared = shared?;
    let mut cells = vec![DrawnCell::new(); shared.len().checked_sub(1)?];
    for (offset, bars) in parts.iter().enumerate() {
        let mut bytes = bars
            .iter()
            .filter(|(edge, _)| shared.binary_search(edge).is_ok());
        let mut before = bytes.next()?.1;
        for (cell, (_, at)) in cells.iter_mut().zip(bytes) {
            cell.push((number + offset, before + 1..*at));
            before = *at;
        }
    }
    Some(cells)
}

/// The edges at which a line has a bar, each with the bar's byte. Where wide letters
/// shift them, as many bars as edges do.
fn bars(line: &str, edges: &[usize]) -> Option<Vec<(usize, usize)>> {
    let blanks = line.len() - line.trim_start().len();
    let text = line.trim();
    if !text.starts_with('|') || !text.ends_with('|') {
        return None;
    }
    let mut bars = Vec::new();
    let mut edge = edges.iter().peekable();
    for (column, (byte, letter)) in text.char_indices().enumerate() {
        if edge.next_if(|it| **it == column).is_some() {
            match letter {
                '|' => bars.push((column, blanks + byte)),
                // A border within the row: a cell over several rows.
                '+' => return None,
                _ => {}
            }
        }
    }
    let ends_at_last = bars
        .last()
        .is_some_and(|(_, byte)| byte + 1 == blanks + text.len());
    if ends_at_last && bars.len() > 1 {
        return Some(bars);
    }
    let all: Vec<_> = text
        .match_indices('|')
        .map(|(byte, _)| blanks + byte)
        .collect();
    (all.len() == edges.len()).then(|| edges.iter().copied().zip(all).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(usize, Vec<Vec<String>>)> {
        let lines: Vec<_> = text.lines().collect();
        let drawn = read(&lines)?;
        let cell = |cell: &DrawnCell| {
            let parts = cell
                .iter()
                .map(|(line, part)| lines[*line][part.clone()].trim());
            parts
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join("/")
        };
        let rows = drawn
            .rows
            .iter()
            .map(|row| row.cells.iter().map(cell).collect());
        Some((drawn.titles, rows.collect()))
    }

    #[test]
    fn rows_take_lines_and_cells_span_columns() {
        let text = "+----+-----+\n| A  | B   |\n+====+=====+\n| ä  | two |\n|    | 2   |\n+----+-----+\n| wide     |\n+----+-----+";
        let (titles, rows) = shown(text).unwrap();
        assert_eq!(titles, 1);
        assert_eq!(rows, [vec!["A", "B"], vec!["ä", "two/2"], vec!["wide"]]);
    }

    #[test]
    fn wide_letters_shift_the_bars() {
        let (_, rows) = shown("+----+----+\n| 船 | b  |\n+----+----+").unwrap();
        assert_eq!(rows, [vec!["船", "b"]]);
    }

    #[test]
    fn what_does_not_fit_is_no_table() {
        for text in [
            "+--+\n| a |\n| b\n+--+",
            "+--+--+\n| a | b |\n",
            "+--+--+\n|a +--+\n|  |b |\n+--+--+",
            "+--+\n+--+",
            "+--+",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
