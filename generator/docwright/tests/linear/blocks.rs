//! What nests, and what there may be many of within a page.

use docwright::source::Form;

use super::pages::{Construct, construct, html, markdown, nested, numbered, sample, text};

pub fn constructs() -> Vec<Construct> {
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
        let nested = construct(format!("nested {open}"), Form::Html, move |n| {
            html(&nested(n, &open, &close), "")
        });
        // Beyond 512 levels, tags are left out.
        all.push(nested.at_most(64 << 10));
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
        })
        .at_most(32 << 10),
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
        })
        // Beyond 4 kB, a tag is left out.
        .at_most(64 << 10),
        construct("comments of HTML", Form::Html, |n| {
            html(&"<!-- a -->".repeat(n / 10), "")
        }),
        construct("hidden characters", Form::Markdown, |n| {
            markdown(&"a\u{200b}".repeat(n / 4), "")
        }),
    ]);
    all
}
