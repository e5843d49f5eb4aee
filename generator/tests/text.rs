//! Page text becomes the same tree as the other forms.
//!
//! `tests/text/<case>/input.txt` is a page with one trap, `expected.txt` the
//! tree; `DOCWRIGHT_BLESS=1` writes what is read now. The last tests compare
//! the forms of real reference pages, which aren't part of the project:
//!
//! `DOCWRIGHT_CORPUS=… cargo test --release --test text -- --ignored --nocapture`

use std::{fs, path::PathBuf, time::Instant};

use docwright::{
    dialect::Dialect,
    document::{Block, BlockKind, Document, Row, read_markdown, read_text},
    source::{self, Form, Page},
};

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
            BlockKind::Quote(inner) => {
                lines.push("quote".into());
                plain_blocks(inner, lines);
            }
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
            if expected != found {
                let f = expected.iter().zip(&found).find(|(a, b)| a != b);
                println!(
                    "OTHER {} {} {} {:?}",
                    text.path,
                    expected.len(),
                    found.len(),
                    f
                );
            }
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
    assert!(equal >= 1290, "{equal} of {operations}");
}

#[test]
#[ignore = "needs the corpus"]
fn time_to_read_page_text() {
    let dialect = dialect();
    let pages = corpus("v10.2.2-text");
    for _ in 0..5 {
        let start = Instant::now();
        let blocks = pages
            .iter()
            .map(|page| read_text(page, &dialect).blocks.len());
        let blocks: usize = blocks.sum();
        println!(
            "{} pages, {blocks} blocks: {:.1?}",
            pages.len(),
            start.elapsed()
        );
    }
}
