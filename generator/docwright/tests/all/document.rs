//! The readers of pages, case by case: each folder of `tests/document` holds a
//! page in one or more forms, and beside each what is read from it. Where a
//! page comes in several forms, the trees are equal.

use std::path::{Path, PathBuf};

use docwright::{
    document::{Block, BlockKind, Document, Table, read_html, read_markdown},
    source::{self, Form, Page, Span},
};

use crate::expect;

const CONTENT: [&str; 1] = ["article#_content"];
const SKIP: [&str; 2] = ["div.tooltip", "div.readingtime"];

fn read(page: &Page) -> Document {
    match page.form {
        Form::Html => read_html(page, &CONTENT, &SKIP),
        _ => read_markdown(page),
    }
}

fn cases() -> Vec<PathBuf> {
    expect::cases("document")
}

/// The pages of a case, Markdown first.
fn inputs(case: &Path) -> Vec<Page> {
    let inputs = ["input.md", "input.mdx", "input.html"].map(|name| (name, case.join(name)));
    let present = inputs.into_iter().filter(|(_, file)| file.exists());
    present
        .map(|(name, file)| source::read(name, &file).unwrap())
        .collect()
}

#[test]
fn every_case_reads_as_expected() {
    let mut found = Vec::new();
    for case in cases() {
        for page in inputs(&case) {
            let file = case.join(page.path.replace("input.", "expected.") + ".txt");
            let document = read(&page);
            let findings = document.diagnostics.iter().map(|it| {
                let (line, column) = (it.place.line, it.place.column);
                format!("{}:{line}:{column} {}\n", it.rule.id, it.message)
            });
            let dump = document.dump(&page) + &findings.collect::<String>();
            found.push((file, dump));
        }
    }
    assert!(found.len() >= 10, "only {} pages were found", found.len());
    expect::files(found);
}

#[test]
fn the_forms_of_a_page_are_equal_trees() {
    let mut compared = 0;
    for case in cases() {
        let mut trees = inputs(&case).into_iter().map(|page| {
            let mut blocks = read(&page).blocks;
            forget_places(&mut blocks);
            blocks
        });
        if let (Some(markdown), Some(html)) = (trees.next(), trees.next()) {
            assert_eq!(markdown, html, "{}", case.display());
            compared += 1;
        }
    }
    assert!(compared >= 4, "only {compared} pages came in two forms");
}

fn forget_places(blocks: &mut [Block]) {
    for block in blocks {
        block.span = Span::default();
        match &mut block.kind {
            BlockKind::Table(table) => forget_places_of_table(table),
            BlockKind::Code(code) => code.start = 0,
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| forget_places(item)),
            BlockKind::Quote(inner) | BlockKind::Footnote(inner) => forget_places(inner),
            BlockKind::Component(component) => forget_places(&mut component.children),
            _ => {}
        }
    }
}

fn forget_places_of_table(table: &mut Table) {
    if let Some(caption) = &mut table.caption {
        forget_places(std::slice::from_mut(caption));
    }
    for row in table.header.iter_mut().chain(&mut table.rows) {
        row.span = Span::default();
        for cell in &mut row.cells {
            cell.span = Span::default();
            cell.tables.iter_mut().for_each(forget_places_of_table);
        }
    }
}

/// The bytes of code, headings and cells are where the tree says.
#[test]
fn spans_point_at_the_source() {
    for case in cases() {
        for page in inputs(&case) {
            check_spans(&read(&page).blocks, &page, 0, page.text.len() as u32);
        }
    }
}

fn check_spans(blocks: &[Block], page: &Page, from: u32, to: u32) {
    for block in blocks {
        let Span { start, end } = block.span;
        assert!(from <= start && start <= end && end <= to, "{block:#?}");
        let source = &page.text[start as usize..end as usize];
        match &block.kind {
            BlockKind::Heading(heading) => {
                let words = heading.text.to_plain();
                // Some characters are written by their numbers, some don't show.
                assert!(
                    source.contains('&') || source.contains(words.split(' ').next().unwrap()),
                    "{source}"
                );
            }
            BlockKind::Code(code) => {
                let first = page.text[code.start as usize..].chars().next();
                let expected = code.text.chars().next();
                let escaped = matches!(first, Some('&' | '<'));
                assert!(
                    first == expected || escaped || code.text.is_empty(),
                    "{code:?}"
                );
            }
            BlockKind::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    assert!(start <= row.span.start && row.span.end <= end, "{row:#?}");
                    for cell in &row.cells {
                        assert!(cell.span.start <= cell.span.end && cell.span.end <= end);
                    }
                }
            }
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| check_spans(item, page, start, end)),
            BlockKind::Quote(inner) | BlockKind::Footnote(inner) => {
                check_spans(inner, page, start, end);
            }
            BlockKind::Component(component) => check_spans(&component.children, page, start, end),
            _ => {}
        }
    }
}
