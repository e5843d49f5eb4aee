//! Pages are untrusted input: whatever they hold, reading them ends soon,
//! never panics, and loses no words.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use docwright::{
    dialect::Dialect,
    document::{Document, prose, read_html, read_markdown, read_text},
    source::{Form, Page},
};
use fastrand::Rng;

const SEED: [(&str, Form); 4] = [
    (include_str!("../document/seed/input.md"), Form::Markdown),
    (include_str!("../document/components/input.mdx"), Form::Mdx),
    (include_str!("../document/seed/input.html"), Form::Html),
    (include_str!("../text/first-page/input.txt"), Form::Text),
];

fn read(text: &str, form: Form) -> Document {
    let page = Page::new("page", form, text);
    let document = match form {
        Form::Html => read_html(&page, &["article#_content"], &["div.tooltip"]),
        Form::Text => read_text(&page, dialect()),
        Form::Markdown | Form::Mdx => read_markdown(&page),
    };
    // What follows the reading must be as robust.
    document.dump(&page);
    prose(&document.blocks);
    document
}

fn dialect() -> &'static Dialect {
    static DIALECT: LazyLock<Dialect> =
        LazyLock::new(|| Dialect::built_in("superoffice").unwrap().unwrap());
    &DIALECT
}

fn words(text: &str, form: Form) -> String {
    prose(&read(text, form).blocks).plain().to_owned()
}

#[test]
fn mutated_pages_are_read_without_a_panic() {
    let scraps = [
        "<",
        ">",
        "</",
        "<table>",
        "</table>",
        "<tr>",
        "<td",
        "</p>",
        "<pre>",
        "<!--",
        "-->",
        "&",
        "&#x0;",
        "&amp;apos;",
        "\"",
        "`",
        "```",
        "|",
        "|--|",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        "- ",
        "1. ",
        "> ",
        "#",
        "<ul><li>",
        "<b>",
        "<a href='",
        "<template>",
        "<svg>",
        "<select>",
        "<![CDATA[",
        "\0",
        "\u{feff}",
        "é",
        "\u{202e}",
        "---\n",
        "<body id=x>",
        "<plaintext>",
        "<frameset>",
        "colspan=9999999",
        "[x](",
        "![",
        "\\",
    ];
    // The same in every run.
    let mut numbers = Rng::with_seed(1);
    for round in 0..400 {
        for (seed, form) in SEED {
            let mut text = seed.to_owned();
            for _ in 0..=round % 12 {
                let mut at = numbers.usize(..text.len());
                let way = numbers.usize(..4);
                if way == 0 {
                    at = at.max(200).min(text.len());
                }
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                match way {
                    0 => text.truncate(at),
                    1 => {
                        let mut end = (at + numbers.usize(..80)).min(text.len());
                        while !text.is_char_boundary(end) {
                            end -= 1;
                        }
                        text.replace_range(at..end.max(at), "");
                    }
                    _ => text.insert_str(at, scraps[numbers.usize(..scraps.len())]),
                }
                text.push(' ');
            }
            read(&text, form);
        }
    }
}

/// Every page of a few signs is read.
#[test]
fn pages_of_a_few_signs_are_read_without_a_panic() {
    let signs = [
        "|",
        "\n",
        "\t",
        "+-+",
        "|--",
        "a",
        " ",
        "\\",
        "<",
        "<A>",
        "</A>",
        "`",
        "{",
        ": ",
        "[^a]",
        "<table>",
        "<td rowspan=0>",
        "é",
        "\u{200b}",
    ];
    let mut pages = vec![String::new()];
    let mut longest = pages.clone();
    for _ in 0..3 {
        let longer = longest
            .iter()
            .flat_map(|page| signs.map(|sign| format!("{page}{sign}")));
        longest = longer.collect();
        pages.extend_from_slice(&longest);
    }
    for page in pages {
        for (_, form) in SEED {
            read(&page, form);
        }
    }
}

/// Each is some hundred kilobytes of what makes careless readers slow or overflow
/// their stack.
#[test]
fn hostile_pages_are_read_in_linear_time() {
    let n = 40_000;
    let attributes = |count: usize| (0..count).map(|at| format!(" a{at}")).collect::<String>();
    let fonts = |count: usize| {
        (0..count)
            .map(|at| format!("<font size={at}>"))
            .collect::<String>()
    };
    let tag_pairs = |tag: &str| {
        format!(
            "{}end{}",
            format!("<{tag}>").repeat(n),
            format!("</{tag}>").repeat(n)
        )
    };
    let mut pages: Vec<(&str, String, Form)> = vec![
        ("divs", tag_pairs("div"), Form::Html),
        ("lists", "<ul><li>".repeat(n) + "end", Form::Html),
        ("quotes", tag_pairs("blockquote"), Form::Html),
        ("unknown tags", tag_pairs("para"), Form::Html),
        ("bold", tag_pairs("b"), Form::Html),
        ("spans", tag_pairs("span"), Form::Html),
        ("tables", "<table><tr><td>".repeat(n) + "end", Form::Html),
        (
            "formatting",
            fonts(n / 5) + &"<p>x".repeat(n) + "end",
            Form::Html,
        ),
        (
            "adoption",
            "<b><i><a>x<p>".repeat(n / 4) + "end",
            Form::Html,
        ),
        ("attributes", format!("<p{}>end", attributes(n)), Form::Html),
        (
            "bodies",
            (0..n).map(|at| format!("<body a{at}>")).collect::<String>() + "end",
            Form::Html,
        ),
        (
            "columns",
            "<table><tr>".to_owned()
                + &"<td rowspan=1000 colspan=1000>x".repeat(n / 5)
                + "<tr>".repeat(n).as_str()
                + "<td>end",
            Form::Html,
        ),
        ("end tags", "</p>".repeat(n) + "end", Form::Html),
        ("headings", "<h2>Same".repeat(n) + "end", Form::Html),
        ("loose text", "a<br>".repeat(n) + "end", Form::Html),
        ("less than", "< ".repeat(n) + "end", Form::Html),
    ];
    for (name, piece) in [
        ("markdown quotes", ">"),
        ("markdown lists", "- "),
        ("markdown stars", "*a "),
        ("markdown star runs", "**"),
        ("markdown brackets", "["),
        ("markdown links", "[a](b"),
        ("markdown backticks", "`a``"),
        ("markdown tables", "|a\n|-\n"),
        ("markdown raw lists", "<ul>\n\n"),
        ("markdown raw tags", "x <b> "),
        ("markdown cells", "|"),
        ("markdown comments", "<!---->"),
        ("markdown headings", "# a\n"),
        ("markdown breaks", "a\\\n"),
        ("markdown entities", "&#0;&"),
    ] {
        pages.push((name, piece.repeat(n / 3) + "\n\nend", Form::Markdown));
    }
    for (name, text, form) in pages {
        let start = Instant::now();
        let words = words(&text, form);
        let took = start.elapsed();
        println!("{name}: {took:.1?}");
        assert!(words.contains("end"), "{name} lost its end");
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    }
}
