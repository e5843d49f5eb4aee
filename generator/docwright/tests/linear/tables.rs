//! Tables with much of something.

use docwright::source::Form;

use super::pages::{Construct, construct, html, markdown, numbered, text};

pub fn constructs() -> Vec<Construct> {
    let row = |n: usize| numbered(n, |at| format!("| N{at} | strange | words |\n"));
    let dense = |n: usize| numbered(n, |at| format!("<tr><td>N{at}<td>strange<td>words"));
    vec![
        construct("rows", Form::Markdown, move |n| markdown("w", &row(n))),
        construct("a table in one line of HTML", Form::Html, move |n| {
            html("w", &dense(n))
        })
        .at_most(32 << 10),
        construct(
            "a table in one line of Markdown",
            Form::Markdown,
            move |n| {
                let table = dense(n);
                markdown(
                    &format!("<table><tr><th>Property Name<th>Type<th>Description{table}</table>"),
                    "",
                )
            },
        ),
        construct("rows of page text", Form::Text, |n| {
            text("w", &numbered(n, |at| format!("N{at} string words\n")))
        }),
        construct("one row of page text over many lines", Form::Text, |n| {
            text("w", &format!("a string {}", "words\n".repeat(n / 6)))
        }),
        construct("a long line of page text", Form::Text, |n| {
            text("w", &numbered(n, |at| format!("N{at} string words ")))
        }),
        construct("columns", Form::Markdown, |n| {
            let cells = |word: &str| format!("|{}\n", format!(" {word} |").repeat(n / 12));
            markdown(&(cells("a") + &cells("-") + &cells("b")), "")
        }),
        construct("columns of HTML", Form::Html, |n| {
            let row = |cell: &str| format!("<tr>{}", cell.repeat(n / 10));
            html(
                &format!("<table>{}{}</table>", row("<th>a"), row("<td>b")),
                "",
            )
        }),
        construct("surplus cells", Form::Markdown, |n| {
            markdown("w", &format!("| a | string |{}\n", " b |".repeat(n / 4)))
        }),
        construct("spans", Form::Html, |n| {
            html(
                "w",
                &"<tr><td rowspan=9>a<td colspan=9>b<td>c".repeat(n / 38),
            )
        }),
        construct("a drawn table", Form::Markdown, |n| {
            let rule = "+------+------+\n";
            let rows = numbered(n, |at| format!("| N{at:<4} | text |\n{rule}"));
            markdown(
                &format!("{rule}| Name | Type |\n{}{rows}", rule.replace('-', "=")),
                "",
            )
        }),
        construct("a wide drawn table", Form::Text, |n| {
            let rule = format!("{}+\n", "+--".repeat(n / 12));
            let row = format!("{}|\n", "|a ".repeat(n / 12));
            text(&format!("{rule}{row}{rule}{row}{rule}"), "")
        }),
        construct("enum values", Form::Markdown, |n| {
            let values = numbered(n, |at| format!("`v{at}`, "));
            markdown("w", &format!("| a | string | One of: {values}`z`. |\n"))
        })
        // Some kB on, a search by automaton gives up, once.
        .at_most(64 << 10),
        construct("repeated enum values", Form::Markdown, |n| {
            markdown(
                "w",
                &format!("| a | string | Enum: {}a |\n", "red, blue, ".repeat(n / 11)),
            )
        })
        // Likewise.
        .at_most(64 << 10),
        construct("enum values of page text", Form::Text, |n| {
            text(
                "w",
                &format!("a string Enum: {}\n", numbered(n, |at| format!("v{at}, "))),
            )
        }),
        construct("one name in all rows", Form::Markdown, |n| {
            markdown("w", &"| a | string | w |\n".repeat(n / 19))
        }),
        construct("dotted names", Form::Markdown, |n| {
            markdown(
                "w",
                &numbered(n, |at| format!("| a.b{at}.c | string | w |\n")),
            )
        }),
        construct("deep dots", Form::Markdown, |n| {
            markdown("w", &format!("| {}z | string | w |\n", "a.".repeat(n / 2)))
        }),
        construct("types", Form::Markdown, |n| {
            markdown(
                "w",
                &numbered(n, |at| format!("| a{at} | Boat{at} | w |\n")),
            )
        }),
        construct("statuses", Form::Markdown, |n| {
            let rows = numbered(n, |at| format!("| {} | OK |\n", 200 + at % 100));
            markdown("w", "").replace("| 200 | OK |\n", &rows)
        })
        .at_most(32 << 10),
    ]
}
