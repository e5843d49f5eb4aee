//! Whatever a page repeats, each stage takes time in proportion.
//!
//! What is measured is the processor's time of one thread, the least of a few runs, at
//! n, 2n, 4n and 8n bytes of a construct, and only how it grows is judged: the
//! machine's speed, and what else runs on it, cancel out. Instructions would say it
//! exactly, but no counter of them is at hand wherever the tests run.
#![cfg(unix)]

mod whole;

use std::collections::BTreeMap;

use docwright::{
    dialect::Dialect,
    source::{Form, Page},
};
use rayon::ThreadPoolBuilder;
use whole::{Desk, ending, processor_time};

/// The bytes of a construct at 8n.
const MOST: usize = if cfg!(debug_assertions) {
    8 << 10
} else {
    64 << 10
};

/// Time that a stage takes for these is proportional to their size to the power of less
/// than this.
const LIMIT: f64 = 1.2;

/// A stage that takes less than this for the most bytes is quick enough, in seconds.
const QUICK: f64 = 0.05;

/// How often something that seems to grow too fast is measured anew.
const RUNS: usize = 4;

/// A construct: its name, the form of its page, and the page with about this many
/// bytes of it.
struct Construct {
    name: String,
    form: Form,
    page: Box<dyn Fn(usize) -> String + Send + Sync>,
}

fn construct(
    name: impl Into<String>,
    form: Form,
    page: impl Fn(usize) -> String + Send + Sync + 'static,
) -> Construct {
    Construct {
        name: name.into(),
        form,
        page: Box::new(page),
    }
}

fn markdown(words: &str, rows: &str) -> String {
    format!(
        "# GET Boat\n\n```http\nGET /api/v1/Boat\n```\n\n{words}\n\n## Response: object\n\n\
         | Response | Description |\n|---|---|\n| 200 | OK |\n\n### Response body: object\n\n\
         | Property Name | Type | Description |\n|---|---|---|\n{rows}\n"
    )
}

fn html(words: &str, rows: &str) -> String {
    format!(
        "<article id=\"_content\"><h1>GET Boat</h1><pre><code class=\"lang-http\">GET /api/v1/Boat\
         </code></pre><p>{words}</p><h2>Response: object</h2><table><tr><th>Response\
         <th>Description<tr><td>200<td>OK</table><h3>Response body: object</h3><table><tr>\
         <th>Property Name<th>Type<th>Description{rows}</table></article>"
    )
}

fn text(words: &str, rows: &str) -> String {
    format!(
        "Show / Hide Table of Contents\nGET Boat\nGET /api/v1/Boat\n{words}\nResponse:object\nOK\n\
         Response body: object\nProperty Name Type Description\n{rows}\n"
    )
}

/// As many of something numbered as make this many bytes.
fn numbered(bytes: usize, one: impl Fn(usize) -> String) -> String {
    let size = one(1000).len();
    (0..bytes / size).map(one).collect()
}

fn nested(bytes: usize, open: &str, close: &str) -> String {
    let depth = bytes / (open.len() + close.len());
    format!("{}x{}", open.repeat(depth), close.repeat(depth))
}

/// Signs that begin something, over and over, wherever words stand in pages of these
/// forms.
fn signs(forms: &[Form]) -> Vec<Construct> {
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
        all.push(construct(name("Markdown"), Form::Markdown, move |n| {
            let (words, cell) = (repeated(n / 4), in_cell(n / 4));
            let row = format!("| a | {cell} | w |\n| b | string | {cell} |\n");
            markdown(&words, &row).replace("body: object", &format!("body: {words}"))
        }));
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
    all.retain(|it| forms.contains(&it.form));
    all
}

/// Tables with much of something.
fn tables() -> Vec<Construct> {
    let row = |n: usize| numbered(n, |at| format!("| N{at} | strange | words |\n"));
    let dense = |n: usize| numbered(n, |at| format!("<tr><td>N{at}<td>strange<td>words"));
    vec![
        construct("rows", Form::Markdown, move |n| markdown("w", &row(n))),
        construct("a table in one line of HTML", Form::Html, move |n| {
            html("w", &dense(n))
        }),
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
        }),
        construct("repeated enum values", Form::Markdown, |n| {
            markdown(
                "w",
                &format!("| a | string | Enum: {}a |\n", "red, blue, ".repeat(n / 11)),
            )
        }),
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
        }),
    ]
}

/// What nests, and what there may be many of.
fn blocks() -> Vec<Construct> {
    let mut all = Vec::new();
    for (name, open, close) in [
        ("quotes", "> ", ""),
        ("lists", "- ", ""),
        ("brackets", "[", "]"),
        ("parentheses", "(", ")"),
        ("emphasis", "*a **b ", "** *"),
        ("generics", "List<", ">"),
        ("code", "`` ", " ``"),
        ("tags", "<b>", "</b>"),
    ] {
        all.push(construct(
            format!("nested {name}"),
            Form::Markdown,
            move |n| markdown(&nested(n, open, close), ""),
        ));
    }
    for tag in [
        "div",
        "ul><li",
        "blockquote",
        "b",
        "table><tr><td",
        "details",
        "svg",
        "dl><dd",
    ] {
        let close = tag
            .rsplit('<')
            .map(|part| format!("</{}>", part.trim_end_matches('>')));
        let (open, close) = (format!("<{tag}>"), close.collect::<String>());
        all.push(construct(format!("nested {open}"), Form::Html, move |n| {
            html(&nested(n, &open, &close), "")
        }));
    }
    for (name, open, close) in [("arrays", "[", "]"), ("objects", "{\"a\":", "}")] {
        all.push(construct(
            format!("a sample of nested {name}"),
            Form::Markdown,
            move |n| sample(&nested(n, open, close).replace('x', "1")),
        ));
    }
    let one_line = |name: &str, one: &'static str| {
        construct(name, Form::Markdown, move |n| {
            markdown(&one.repeat(n / one.len()), "")
        })
    };
    all.extend([
        one_line("headings", "## Same\n\n"),
        one_line("paragraphs", "words\n\n"),
        one_line("rules", "---\n\n"),
        one_line("fences", "```json\n{\n```\n\n"),
        one_line("open fences", "```\n~~~\n"),
        one_line("calls", "```http\nGET /api/v1/Boat\n```\n\n"),
        one_line("list items", "- a\n"),
        one_line("comments", "<!-- a -->\n\n"),
        one_line("definitions", "a\n: b\n\n"),
        one_line("breaks", "a\\\n"),
    ]);
    all.extend([
        construct("list items in steps", Form::Markdown, |n| {
            let depth = (n as f64).sqrt() as usize / 2;
            markdown(
                &(0..depth)
                    .map(|at| format!("{}- a\n", "  ".repeat(at)))
                    .collect::<String>(),
                "",
            )
        }),
        construct("footnotes", Form::Markdown, |n| {
            markdown(
                &numbered(n, |at| format!("a[^{at}]\n\n[^{at}]: words\n\n")),
                "",
            )
        }),
        construct("references", Form::Markdown, |n| {
            markdown(&numbered(n, |at| format!("[a{at}]\n\n[a{at}]: b\n\n")), "")
        }),
        construct("components", Form::Mdx, |n| {
            markdown(
                &numbered(n, |at| format!("<Tab{at} a=\"b\">\nc\n</Tab{at}>\n\n")),
                "",
            )
        }),
        construct("open components", Form::Mdx, |n| {
            markdown(&"<Tab>\n\n".repeat(n / 7), "")
        }),
        construct("expressions", Form::Mdx, |n| {
            markdown(&"{a\n\n".repeat(n / 4), "")
        }),
        construct("front matter", Form::Markdown, |n| {
            let keys = numbered(n, |at| format!("k{at}: v\n"));
            format!("---\n{keys}---\n\n{}", markdown("w", ""))
        }),
        construct("segments of a path", Form::Markdown, |n| {
            markdown("w", "").replace("v1/Boat", &format!("v1{}", "/a".repeat(n / 2)))
        }),
        construct("parameters of a path", Form::Markdown, |n| {
            let path = numbered(n, |at| format!("/{{a{at}}}"));
            markdown("w", "").replace("v1/Boat", &format!("v1{path}"))
        }),
        construct("keys of a sample", Form::Markdown, |n| {
            sample(&format!(
                "{{{}\"z\": 1}}",
                numbered(n, |at| format!("\"k{at}\": 1, "))
            ))
        }),
        construct("elements of a sample", Form::Markdown, |n| {
            sample(&format!("[{}{{}}]", "{\"a\": 1}, ".repeat(n / 10)))
        }),
        construct("odd elements of a sample", Form::Markdown, |n| {
            sample(&format!(
                "[{}{{}}]",
                numbered(n, |at| format!("{{\"a{at}\": 1}}, "))
            ))
        }),
        construct("a sample with commas", Form::Markdown, |n| {
            sample(&format!("[{}]", ",".repeat(n)))
        }),
        construct("a sample with an open string", Form::Markdown, |n| {
            sample(&format!("{{\"a\": {}", "\"\\\"".repeat(n / 3)))
        }),
        construct("samples", Form::Markdown, |n| {
            markdown("w", "")
                + &"## Sample response\n\n```http_\nHTTP/1.1 200 OK\n\n{ \"a\": 1 }\n```\n\n"
                    .repeat(n / 65)
        }),
        construct("header fields of a sample", Form::Markdown, |n| {
            sample("{}").replace(
                "200 OK\n",
                &format!("200 OK\n{}", numbered(n, |at| format!("X-A{at}: b\n"))),
            )
        }),
        construct("lines of page text", Form::Text, |n| {
            text(&"words\n".repeat(n / 6), "")
        }),
        construct("blank lines of page text", Form::Text, |n| {
            text(&"a\n\n".repeat(n / 3), "")
        }),
        construct("bullets of page text", Form::Text, |n| {
            text(&"• a\n".repeat(n / 6), "")
        }),
        construct("tabs of page text", Form::Text, |n| {
            text(&"a\tb\tc\n".repeat(n / 6), "")
        }),
        construct("braces of page text", Form::Text, |n| {
            text("w", "") + &"{\n".repeat(n / 2)
        }),
        construct("end tags", Form::Html, |n| html(&"</p>".repeat(n / 4), "")),
        construct("attributes", Form::Html, |n| {
            html(&format!("<i{}>", numbered(n, |at| format!(" a{at}"))), "")
        }),
        construct("comments of HTML", Form::Html, |n| {
            html(&"<!-- a -->".repeat(n / 10), "")
        }),
        construct("hidden characters", Form::Markdown, |n| {
            markdown(&"a\u{200b}".repeat(n / 4), "")
        }),
    ]);
    all
}

fn sample(json: &str) -> String {
    let head = markdown("w", "| a | string | w |\n");
    format!(
        "{head}\n## Sample response\n\n```http_\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
         {json}\n```\n"
    )
}

/// Adds how long each stage takes for this many bytes, if that is less than is known.
fn measure(
    construct: &Construct,
    desk: &Desk,
    bytes: usize,
    least: &mut BTreeMap<&'static str, f64>,
) {
    let name = format!("page.{}", ending(construct.form));
    let page = |bytes| Page::new(&*name, construct.form, (construct.page)(bytes));
    let old = desk.read(&page(bytes / 2), |_| ());
    let page = page(bytes);
    let mut before = processor_time();
    let mut done = |stage| {
        let now = processor_time();
        let known = least.entry(stage).or_insert(f64::MAX);
        *known = known.min(now - before);
        before = processor_time();
    };
    let new = desk.read(&page, &mut done);
    let faults = desk.write(&page, &old, &new, &mut done).faults();
    assert!(faults.is_empty(), "{}: {faults:?}", construct.name);
}

/// The power of the size to which time grows, as a line through the logarithms has it.
fn exponent(times: &[f64; 4]) -> f64 {
    // The logarithms of 1, 2, 4 and 8 to the base of 2, around their mean.
    let sizes = [-1.5, -0.5, 0.5, 1.5];
    let steps = sizes.iter().zip(times);
    steps
        .map(|(size, time)| size * time.max(1e-9).log2())
        .sum::<f64>()
        / 5.0
}

/// Stages whose time grows too fast, with the exponent.
fn too_fast(construct: &Construct, desk: &Desk) -> Vec<String> {
    let mut times = [const { BTreeMap::new() }; 4];
    measure(construct, desk, MOST, &mut times[3]);
    if times[3].values().all(|time| *time < QUICK) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for _ in 0..RUNS {
        for (at, least) in times.iter_mut().enumerate() {
            measure(construct, desk, MOST >> (3 - at), least);
        }
        let stages = times[3].iter().filter(|(_, time)| **time >= QUICK);
        let grown = stages.map(|(stage, _)| {
            let of_stage = [0, 1, 2, 3].map(|at| times[at][stage]);
            (*stage, exponent(&of_stage), of_stage)
        });
        // A step in between may be a cache that is full, or another way to search.
        let grows_on = |times: &[f64; 4]| (times[3] / times[2]).log2() >= LIMIT;
        let grown = grown.filter(|(_, it, times)| *it >= LIMIT && grows_on(times));
        found = grown
            .map(|(stage, exponent, times)| {
                format!("{}: {stage} {exponent:.2} {times:.3?}", construct.name)
            })
            .collect();
        if found.is_empty() {
            return found;
        }
    }
    println!("{}", found.join("\n"));
    found
}

fn assert_linear(constructs: Vec<Construct>) {
    let only = std::env::var("LINEAR").unwrap_or_default();
    let desk = Desk::new(Dialect::built_in("superoffice").unwrap().unwrap());
    // One thread does all, so that its time is all there is.
    let pool = ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20);
    let found: Vec<_> = pool.build().unwrap().install(|| {
        let named = constructs.iter().filter(|it| it.name.contains(&only));
        named
            .flat_map(|construct| too_fast(construct, &desk))
            .collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn signs_over_and_over_take_linear_time() {
    assert_linear(signs(&[Form::Markdown]));
}

#[test]
#[ignore = "needs the corpus's release build: it is slow without optimisation"]
fn signs_in_all_forms_take_linear_time() {
    assert_linear(signs(&[Form::Markdown, Form::Html, Form::Text]));
}

#[test]
fn tables_take_linear_time() {
    assert_linear(tables());
}

#[test]
fn blocks_take_linear_time() {
    assert_linear(blocks());
}
