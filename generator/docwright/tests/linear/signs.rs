//! Signs that begin something, over and over.

use docwright::source::Form;

use super::pages::{Construct, construct, html, markdown, text};

/// Signs that begin something, over and over, wherever words stand in a page.
pub fn constructs() -> Vec<Construct> {
    let pieces = [
        "<",
        "{",
        "&",
        "[a](<",
        "`",
        "`a``",
        "*",
        "*a ",
        "*a_ ",
        "_a",
        "**a",
        "[",
        "![",
        "](",
        "]",
        "<b>",
        "</b>",
        "<a ",
        "<a \"",
        "<a href='",
        "<!--",
        "&amp;",
        "&lt;",
        "&#",
        "\\",
        "\\<",
        "> ",
        "- ",
        "~",
        "https://a<",
        "{a.b} ",
        "$",
        "^",
        "\"",
        "'",
        "(",
        "é",
        "a.",
        "a ",
        "one of ",
        "array of ",
        "default: ",
        "e.g. ",
        "List<",
        "[^a]",
        "<br>",
        "+--",
        "=",
        ":",
        "<![CDATA[",
        "x;",
        "a, ",
        "`a`, ",
        "| ",
        "\t",
    ];
    let mut all = Vec::new();
    for piece in pieces {
        let repeated = move |n: usize| piece.repeat(n / piece.len());
        let cell = piece.replace('|', "\\|");
        let in_cell = move |n: usize| cell.repeat(n / cell.len());
        let name = |form: &str| format!("{piece:?} in {form}");
        let in_markdown = construct(name("Markdown"), Form::Markdown, move |n| {
            let (words, cell) = (repeated(n / 4), in_cell(n / 4));
            let row = format!("| a | {cell} | w |\n| b | string | {cell} |\n");
            markdown(&words, &row).replace("body: object", &format!("body: {words}"))
        });
        // A finding shows the line below it, but for one of more than 4 kB.
        let is_type = piece == "array of ";
        all.push(match is_type {
            true => in_markdown.at_most(32 << 10),
            false => in_markdown,
        });
        all.push(construct(name("HTML"), Form::Html, move |n| {
            let words = repeated(n / 3);
            html(
                &words,
                &format!("<tr><td>a<td>{words}<td>w<tr><td>b<td>string<td>{words}"),
            )
        }));
        all.push(construct(name("page text"), Form::Text, move |n| {
            let words = repeated(n / 3);
            text(&words, &format!("a {words} w\nb string {words}\n"))
        }));
    }
    all
}
