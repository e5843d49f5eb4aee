//! Page text becomes the same tree as the other forms.
//!
//! `tests/text/<case>/input.txt` is a page with one trap, `expected.txt` the
//! tree. The last tests compare the forms of real reference pages, which aren't
//! part of the project:
//!
//! `DOCWRIGHT_CORPUS=… cargo test --release --test all text:: -- --ignored --nocapture`

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use docwright::{
    dialect::Dialect,
    document::{Block, BlockKind, Document, Row, read_markdown, read_text},
    source::{self, Form, Page},
};

use crate::expect;

fn dialect() -> Dialect {
    Dialect::built_in("superoffice").unwrap().unwrap()
}

/// What a document says, a few lines a block, without places and markup; the
/// site's own lines left out, which only page text has.
fn plain(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    plain_blocks(&document.blocks, &mut lines);
    lines
}

fn plain_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let (words, anchor) = (heading.text.to_plain(), &heading.anchor);
                lines.push(format!("h{} {words} #{anchor}", heading.level));
            }
            BlockKind::Paragraph(text) => lines.push(format!("p {}", text.to_plain())),
            BlockKind::Table(table) => {
                lines.push(format!("header {}", row(table.header.as_ref())));
                lines.extend(table.rows.iter().map(|it| row(Some(it))));
            }
            // Blank lines at a code block's ends are gone in page text.
            BlockKind::Code(code) => {
                lines.push(format!("code {}\n{}", code.info, code.text.trim()));
            }
            BlockKind::List(list) => {
                lines.push(format!("list {} {}", list.ordered, list.items.len()));
                list.items.iter().for_each(|item| plain_blocks(item, lines));
            }
            BlockKind::Quote(inner) | BlockKind::Footnote(inner) => {
                lines.push(block.kind.name().into());
                plain_blocks(inner, lines);
            }
            BlockKind::Component(component) => plain_blocks(&component.children, lines),
            BlockKind::Rule => lines.push("rule".into()),
            BlockKind::Other(_) => {}
        }
    }
}

fn row(row: Option<&Row>) -> String {
    let cells = row.iter().flat_map(|row| &row.cells);
    let cells: Vec<_> = cells.map(|cell| cell.text.to_plain()).collect();
    cells.join(" | ")
}

fn corpus(name: &str) -> Vec<Page> {
    let corpus = std::env::var("DOCWRIGHT_CORPUS").expect("DOCWRIGHT_CORPUS names the corpus");
    let folder = PathBuf::from(corpus).join("superoffice").join(name);
    let found = source::find(&folder).unwrap();
    let pages = found
        .iter()
        .map(|(path, file)| source::read(path, file).unwrap());
    pages.collect()
}

/// Whether a page describes an operation: it says so in its title.
fn is_operation(document: &Document, dialect: &Dialect) -> bool {
    document.blocks.iter().any(|block| match &block.kind {
        BlockKind::Heading(heading) if heading.level == 1 => {
            let words = heading.text.to_plain();
            let (method, path) = words.split_once(' ').unwrap_or_default();
            dialect.method(method).is_some() && !path.contains(' ')
        }
        _ => false,
    })
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/text")
}

fn text_page(folder: &Path) -> Page {
    let text = fs::read_to_string(folder.join("input.txt")).unwrap();
    Page::new("input.txt", Form::Text, text)
}

fn cases() -> Vec<PathBuf> {
    expect::cases("text")
}

#[test]
fn each_trap_gives_the_tree_beside_it() {
    let dialect = dialect();
    expect::files(cases().into_iter().map(|case| {
        let page = text_page(&case);
        let found = read_text(&page, &dialect).dump(&page);
        (case.join("expected.txt"), found)
    }));
}

#[test]
fn the_first_page_in_text_says_what_it_says_in_markdown() {
    let dialect = dialect();
    let text = text_page(&folder().join("first-page"));
    let file = folder().join("../../../../docs-input/v1Batch_StartBatchJob.md");
    let markdown = Page::new("a.md", Form::Markdown, fs::read_to_string(file).unwrap());
    let expected = plain(&read_markdown(&markdown));
    assert_eq!(plain(&read_text(&text, &dialect)), expected);
    assert!(expected.len() > 40, "{expected:#?}");
}

/// The words of every line of a page are in its tree, in the page's order, or
/// in a place of their own as part of a table's borders.
#[test]
fn no_word_is_dropped() {
    let dialect = dialect();
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    for case in cases() {
        let page = text_page(&case);
        let mut words = Vec::new();
        all_words(&read_text(&page, &dialect).blocks, &mut words);
        // The numbers of items are what the list makes of them.
        let numbered = page.text.lines().map(|line| {
            let line = line.trim_start();
            let item = line.trim_start_matches(|c: char| c.is_ascii_digit());
            item.strip_prefix(". ").unwrap_or(line)
        });
        let written: String = numbered.map(letters).collect();
        assert_eq!(letters(&words.concat()), written, "{}", case.display());
    }
}

fn all_words(blocks: &[Block], words: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => words.push(heading.text.to_plain()),
            BlockKind::Paragraph(text) => words.push(text.to_plain()),
            BlockKind::Table(table) => {
                words.extend(
                    table
                        .header
                        .iter()
                        .chain(&table.rows)
                        .map(|it| row(Some(it))),
                );
            }
            BlockKind::Code(code) => words.push(code.text.clone()),
            BlockKind::List(list) => list.items.iter().for_each(|item| all_words(item, words)),
            BlockKind::Quote(inner) | BlockKind::Footnote(inner) => all_words(inner, words),
            BlockKind::Component(component) => all_words(&component.children, words),
            BlockKind::Rule => {}
            BlockKind::Other(text) => words.push(text.clone()),
        }
    }
}

/// Wherever a page is cut off, it is read, and each block, row and cell stands
/// within the page.
#[test]
fn a_page_cut_off_anywhere_is_read() {
    let dialect = dialect();
    for case in cases().iter().filter(|case| !case.ends_with("first-page")) {
        let whole = text_page(case).text;
        for (end, _) in whole.char_indices() {
            let page = Page::new("cut.txt", Form::Text, &whole[..end]);
            let document = read_text(&page, &dialect);
            for block in &document.blocks {
                let place = block.span.start as usize..block.span.end as usize;
                assert!(page.text.get(place).is_some(), "{block:?}");
            }
        }
    }
}

/// A cell's place is where its words are.
#[test]
fn cells_stand_where_their_words_are() {
    let dialect = dialect();
    for case in cases() {
        let page = text_page(&case);
        let document = read_text(&page, &dialect);
        let tables = document
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Table(table) => Some(table),
                _ => None,
            });
        for row in tables.flat_map(|table| table.header.iter().chain(&table.rows)) {
            for cell in &row.cells {
                let place = cell.span.start as usize..cell.span.end as usize;
                let there = page.text[place].replace("\\|", "|");
                let there: Vec<_> = there.split_whitespace().collect();
                assert_eq!(cell.text.to_plain(), there.join(" "), "{}", case.display());
            }
        }
    }
}

/// Megabytes of one line after the other take a moment, not minutes.
#[test]
fn long_pages_take_time_in_proportion() {
    let dialect = dialect();
    let lines = [
        "Response",
        "Property Name Type Description",
        "Property Name Odd Type Description",
        "GET /api/v1/Boat",
        "| a | b |",
        "| a |---| ",
        "|--|",
        "a | b |",
        "a\tb",
        "Id int32 words",
        "Id Enum: A, B, C",
        "Some words that go on.",
        "Some tooltip text!",
        "{",
        "Required",
        "",
    ];
    let start = "GET /api/v1/Boat\n\nResponse body: Boat\n\nProperty Name Type Description\n";
    let columns: String = (0..20_000)
        .map(|indent| format!("{:1$}• x\n", "", indent % 500))
        .collect();
    let one_line = format!("Id Enum: {}", "A, ".repeat(100_000));
    let flat = "| Property Name | Type | |--|--| ".repeat(10_000);
    let repeated = lines.map(|line| format!("{line}\n").repeat(20_000));
    let pairs = lines.map(|line| format!("{line}\n\nSample request\n\n").repeat(5_000));
    for body in repeated
        .iter()
        .chain(&pairs)
        .chain([&columns, &one_line, &flat])
    {
        let begun = Instant::now();
        let page = Page::new("long.txt", Form::Text, format!("{start}{body}"));
        assert!(!read_text(&page, &dialect).blocks.is_empty());
        let took = begun.elapsed();
        assert!(
            took.as_secs() < 10,
            "{took:?} for {:?}",
            &body[..body.len().min(60)]
        );
    }
}

#[test]
#[ignore = "needs the corpus"]
fn page_text_of_every_operation_says_what_its_markdown_says() {
    let dialect = dialect();
    let (markdown, text) = (corpus("v10.2.2"), corpus("v10.2.2-text"));
    assert_eq!(markdown.len(), text.len());
    let (mut equal, mut operations, mut others) = (0, 0, (0, 0));
    for (markdown, text) in markdown.iter().zip(&text) {
        assert_eq!(markdown.stem(), text.stem());
        let document = read_markdown(markdown);
        let expected = plain(&document);
        let found = plain(&read_text(text, &dialect));
        if !is_operation(&document, &dialect) {
            others.0 += 1;
            others.1 += usize::from(expected == found);
            continue;
        }
        operations += 1;
        if expected == found {
            equal += 1;
            continue;
        }
        let mut pairs = expected.iter().zip(&found);
        let first = pairs.find(|(a, b)| a != b);
        println!(
            "{} ({} and {} lines)\n  md   {:?}\n  text {:?}",
            text.path,
            expected.len(),
            found.len(),
            first.map(|pair| pair.0),
            first.map(|pair| pair.1)
        );
    }
    println!("{equal} of {operations} operations are equal");
    println!("{} of {} other pages are equal", others.1, others.0);
    assert_eq!(equal, operations);
}
