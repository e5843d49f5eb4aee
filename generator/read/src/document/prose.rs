//! Makes one description of several blocks: Markdown that shows as the page
//! does, and its plain words.

use super::{Block, BlockKind, Inline, List, Row, Table, inline::words_onto};
use docwright_model::Text;

/// The description that these blocks make. In Markdown, blocks are set apart
/// by blank lines; in the plain words by a space, without the markers of lists
/// and the borders of tables.
pub fn prose(blocks: &[Block]) -> Text {
    let mut markdown = String::new();
    write_blocks(blocks, &mut markdown);
    let mut plain = String::new();
    plain_blocks(blocks, &mut plain);
    Text::new(markdown, plain)
}

fn plain_blocks(blocks: &[Block], plain: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => heading.text.plain_onto(plain),
            BlockKind::Paragraph(text) => text.plain_onto(plain),
            BlockKind::Table(table) => plain_table(table, plain),
            BlockKind::Code(code) => words_onto(plain, &code.text, &mut true),
            BlockKind::List(list) => {
                for item in &list.items {
                    plain_blocks(item, plain);
                }
            }
            BlockKind::Quote(inner) | BlockKind::Footnote(inner) => plain_blocks(inner, plain),
            BlockKind::Component(component) => plain_blocks(&component.children, plain),
            BlockKind::Rule => {}
            BlockKind::Other(text) => words_onto(plain, text, &mut true),
        }
    }
}

fn plain_table(table: &Table, plain: &mut String) {
    if let Some(caption) = &table.caption {
        plain_blocks(std::slice::from_ref(caption), plain);
    }
    let rows = table.header.iter().chain(&table.rows);
    for cell in rows.flat_map(|row| &row.cells) {
        cell.text.plain_onto(plain);
        cell.tables.iter().for_each(|it| plain_table(it, plain));
    }
}

/// Writes blocks, a blank line between them, no line break at the end.
fn write_blocks(blocks: &[Block], out: &mut String) {
    // A list directly after a list would continue it.
    let mut second_list = false;
    let mut after_list = false;
    for block in blocks {
        let mut written = String::new();
        let is_list = matches!(block.kind, BlockKind::List(_));
        second_list = is_list && after_list && !second_list;
        write_block(&block.kind, second_list, &mut written);
        if written.is_empty() {
            continue;
        }
        after_list = is_list;
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&written);
    }
}

fn write_block(kind: &BlockKind, second_list: bool, out: &mut String) {
    match kind {
        BlockKind::Heading(heading) => {
            let words = heading.text.to_markdown().replace("\\\n", "<br>");
            if !words.is_empty() {
                for _ in 0..heading.level.clamp(1, 6) {
                    out.push('#');
                }
                out.push(' ');
                out.push_str(&closed_heading(words));
            }
        }
        BlockKind::Paragraph(text) => out.push_str(&text.to_markdown()),
        BlockKind::Table(table) => write_table(table, out),
        BlockKind::Code(code) => {
            let fence = fence(&code.text);
            let info = code.info.replace(['`', '\n', '\r'], "");
            out.push_str(&format!("{fence}{info}\n{}", code.text));
            if !code.text.ends_with('\n') && !code.text.is_empty() {
                out.push('\n');
            }
            out.push_str(&fence);
        }
        BlockKind::List(list) => write_list(list, second_list, out),
        BlockKind::Quote(inner) => {
            let mut quoted = String::new();
            write_blocks(inner, &mut quoted);
            indent(&quoted, "> ", "> ", out);
        }
        BlockKind::Component(component) => write_blocks(&component.children, out),
        BlockKind::Footnote(inner) => write_blocks(inner, out),
        BlockKind::Rule => out.push_str("***"),
        BlockKind::Other(text) => out.push_str(&Inline::text(text).to_markdown()),
    }
}

/// A heading's words; hashes at their end would be read as closing it.
fn closed_heading(mut words: String) -> String {
    let end = words.trim_end_matches('#').len();
    if end < words.len() && (end == 0 || words[..end].ends_with(' ')) {
        words.insert(end, '\\');
    }
    words
}

fn write_list(list: &List, second: bool, out: &mut String) {
    let bullet = if second { "*" } else { "-" };
    for (number, item) in (1..).zip(&list.items) {
        let mut written = String::new();
        write_blocks(item, &mut written);
        if number > 1 {
            let before = &list.items[number - 2];
            let tight = before.len() <= 1 && item.len() <= 1;
            out.push_str(if tight { "\n" } else { "\n\n" });
        }
        let marker = match (list.ordered, second) {
            (true, false) => format!("{number}. "),
            (true, true) => format!("{number}) "),
            (false, _) => format!("{bullet} "),
        };
        indent(&written, &marker, &" ".repeat(marker.len()), out);
    }
}

/// Writes lines, `first` before the first and `others` before the others;
/// blank lines get no trailing white space.
fn indent(lines: &str, first: &str, others: &str, out: &mut String) {
    for (number, line) in lines.split('\n').enumerate() {
        let prefix = if number == 0 { first } else { others };
        if number > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() {
            prefix.trim_end()
        } else {
            prefix
        });
        out.push_str(line);
    }
}

/// A fence that the code cannot close.
fn fence(code: &str) -> String {
    let longest = code
        .lines()
        .map(|line| line.trim_start())
        .map(|line| line.bytes().take_while(|byte| *byte == b'`').count())
        .max()
        .unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

fn write_table(table: &Table, out: &mut String) {
    if let Some(caption) = &table.caption {
        write_blocks(std::slice::from_ref(caption), out);
        out.push('\n');
    }
    let rows = || table.header.iter().chain(&table.rows);
    let columns = rows().map(|row| row.cells.len()).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    let mut write_row = |cells: Vec<String>| {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push('|');
        for column in 0..columns {
            let cell = cells.get(column).map_or("", String::as_str);
            out.push_str(&format!(" {cell} |"));
        }
    };
    write_row(table.header.as_ref().map(row_words).unwrap_or_default());
    write_row(vec!["---".to_owned(); columns]);
    for row in &table.rows {
        write_row(row_words(row));
    }
}

fn row_words(row: &Row) -> Vec<String> {
    let cells = row.cells.iter().map(|cell| {
        let mut words = cell.text.to_markdown();
        // Markdown has no tables in cells.
        for table in &cell.tables {
            let mut inner = String::new();
            plain_table(table, &mut inner);
            words.push(' ');
            words.push_str(&Inline::text(&inner).to_markdown());
        }
        cell_escaped(words.trim())
    });
    cells.collect()
}

/// A cell stands on one line, and pipes would end it.
fn cell_escaped(cell: &str) -> String {
    cell.replace("\\\n", "<br>").replace('|', "\\|")
}
