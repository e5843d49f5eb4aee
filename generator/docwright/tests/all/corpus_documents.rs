//! Compares the forms of real reference pages. The pages are not part of the
//! project: `DOCWRIGHT_CORPUS` names the folder that holds `superoffice/`.
//!
//! `DOCWRIGHT_CORPUS=… cargo test --release --test all corpus_documents:: -- --ignored --nocapture`

use std::path::PathBuf;

use docwright::{
    document::{Block, BlockKind, Document, Inline, Row, read_html, read_markdown},
    source::{self, Page},
};

const CONTENT: [&str; 1] = ["article#_content"];
const SKIP: [&str; 2] = ["div.tooltip", "div.readingtime"];

fn folder(name: &str) -> PathBuf {
    let corpus = std::env::var("DOCWRIGHT_CORPUS").expect("DOCWRIGHT_CORPUS names the corpus");
    PathBuf::from(corpus).join("superoffice").join(name)
}

fn pages(name: &str) -> Vec<Page> {
    let found = source::find(&folder(name)).unwrap();
    let pages = found
        .iter()
        .map(|(path, file)| source::read(path, file).unwrap());
    pages.collect()
}

/// What a document says, one line a block, without spans and markup.
fn plain(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    plain_blocks(&document.blocks, &mut lines);
    lines
}

fn plain_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => lines.push(format!(
                "h{} {} #{}",
                heading.level,
                heading.text.to_plain(),
                heading.anchor
            )),
            BlockKind::Paragraph(text) => lines.push(format!("p {}", text.to_plain())),
            BlockKind::Table(table) => {
                lines.push(format!("header {}", row(table.header.as_ref())));
                lines.extend(table.rows.iter().map(|it| row(Some(it))));
            }
            BlockKind::Code(code) => lines.push(format!("code {} {}", code.info, code.text)),
            BlockKind::List(list) => {
                lines.push(format!("list {} {}", list.ordered, list.items.len()));
                list.items.iter().for_each(|item| plain_blocks(item, lines));
            }
            BlockKind::Quote(inner) => {
                lines.push("quote".into());
                plain_blocks(inner, lines);
            }
            other => lines.push(format!("{other:?}")),
        }
    }
}

fn row(row: Option<&Row>) -> String {
    let cells = row.iter().flat_map(|row| &row.cells);
    let cells: Vec<_> = cells.map(|cell| cell.text.to_plain()).collect();
    cells.join(" | ")
}

#[test]
#[ignore = "needs the corpus"]
fn both_forms_of_every_page_say_the_same() {
    let (markdown, html) = (pages("v10.2.2"), pages("v10.2.2-html"));
    assert_eq!(markdown.len(), html.len());
    let mut unequal = Vec::new();
    for (md, html) in markdown.iter().zip(&html) {
        let from_markdown = plain(&read_markdown(md));
        let from_html = plain(&read_html(html, &CONTENT, &SKIP));
        if from_markdown != from_html {
            let mut pairs = from_markdown.iter().zip(&from_html);
            let first = pairs.find(|(a, b)| a != b);
            unequal.push(&md.path);
            println!(
                "{}\n  md   {:?}\n  html {:?}",
                md.path,
                first.map(|f| f.0),
                first.map(|f| f.1)
            );
            if first.is_none() {
                println!("  lengths {} {}", from_markdown.len(), from_html.len());
            }
        }
    }
    println!(
        "{} of {} equal",
        markdown.len() - unequal.len(),
        markdown.len()
    );
    assert!(
        unequal.is_empty(),
        "{} pages differ: {unequal:#?}",
        unequal.len()
    );
}

/// What is read as Markdown from `to_markdown` says the same as `to_plain`.
#[test]
#[ignore = "needs the corpus"]
fn descriptions_survive_markdown() {
    for folder in ["v10.0.2", "v10.2.1", "v10.2.2"] {
        for page in pages(folder) {
            let document = read_markdown(&page);
            each_inline(&document.blocks, &mut |inline| {
                let markdown = inline.to_markdown();
                let again = Page::new("again.md", source::Form::Markdown, markdown.as_str());
                let again = docwright::document::prose(&read_markdown(&again).blocks);
                assert_eq!(
                    again.plain(),
                    inline.to_plain(),
                    "{} {markdown:?}",
                    page.path
                );
            });
        }
    }
}

fn each_inline(blocks: &[Block], see: &mut impl FnMut(&Inline)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => see(&heading.text),
            BlockKind::Paragraph(text) => see(text),
            BlockKind::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    row.cells.iter().for_each(|cell| see(&cell.text));
                }
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| each_inline(item, see)),
            BlockKind::Quote(inner) => each_inline(inner, see),
            _ => {}
        }
    }
}
