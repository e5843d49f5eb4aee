use super::*;

/// What a crate with pets has.
fn pets(name: &str) -> Option<String> {
    let path = match name {
        "Zoo.Pet" => "crate::pet::Pet",
        "Zoo.Pet.Legs" => "field@crate::pet::Pet::legs",
        _ => return None,
    };
    Some(path.to_owned())
}

fn one(markdown: &str) -> String {
    lines(markdown, &pets).join("\n")
}

fn all_are(cases: &[(&str, &str)]) {
    for (page, docs) in cases {
        assert_eq!(one(page), *docs, "{page}");
    }
}

#[test]
fn words_stay_words() {
    all_are(&[
        ("Plain words.", "Plain words."),
        (
            "The `Name` of *it*, **Required**",
            "The `Name` of *it*, **Required**",
        ),
        (
            "a [link](https://a.b/c_d) there",
            "a [link](https://a.b/c_d) there",
        ),
        ("an [item](Vec::new) there", "an item there"),
        ("[Pet] and [0]", "\\[Pet] and \\[0]"),
        ("snake_case _x", "snake_case \\_x"),
        (
            "Array<Item> & &unknown; T <T>",
            "Array\\<Item> & \\&unknown; T \\<T>",
        ),
        ("see https://a.b/c.", "see <https://a.b/c>."),
        ("(http://a.b)", "(<http://a.b>)"),
        ("5 * 3 ~ a | b $c #d <= 0", "5 * 3 \\~ a | b $c #d <= 0"),
        ("1\\. is no list", "1\\. is no list"),
        ("\\# no heading", "\\# no heading"),
        ("\\- no list", "\\- no list"),
        ("\\> no quote", "\\> no quote"),
        ("\\-1 or C:\\path", "-1 or C:\\path"),
    ]);
}

#[test]
fn blocks_stay_blocks() {
    let page = "First.\n\nSecond:\n\n- one\n- two `x`\n\n1. a\n2. b\n\n# Heading";
    let docs = "First.\n\nSecond:\n\n- one\n- two `x`\n\n1. a\n2. b\n\n**Heading**";
    assert_eq!(one(page), docs);
}

#[test]
fn tags_become_markdown() {
    all_are(&[
        ("One. <para>Two.</para> Three.", "One.\n\nTwo.\n\nThree."),
        ("<para>One.</para>", "One."),
        ("One.<br/>Two.\\<p/>Three.", "One.\n\nTwo.\n\nThree."),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("x <UL><LI>one<LI>two</UL> y", "x\n- one\n- two\n\ny"),
        (
            "the <c>a b</c>, <b>b</b>, <i>c</i>",
            "the `a b`, **b**, *c*",
        ),
        ("a <b>b", "a **b**"),
        (
            "<a href=\"https://a.b\">the <b>site</b></a>",
            "[the site](https://a.b)",
        ),
        ("<a name='top'>Top</a>, <a href='x()'>x</a>", "Top, x"),
    ]);
}

#[test]
fn entities_are_characters_however_often_they_were_escaped() {
    all_are(&[
        ("it&apos;s", "it's"),
        ("it\\&apos;s", "it's"),
        ("it&amp;apos;s &amp;amp;lt;b&#62;", "it's \\<b>"),
        ("un&#8238;seen &amp;#8238;", "unseen"),
    ]);
}

#[test]
fn references_lead_to_what_the_crate_has() {
    let cases = [
        ("<see cref=\"T:Zoo.Pet\"/>", "[`Pet`](crate::pet::Pet)"),
        ("{Zoo.Pet}", "[`Pet`](crate::pet::Pet)"),
        (
            "{Zoo.Pet.Legs}",
            "[`Pet.Legs`](field@crate::pet::Pet::legs)",
        ),
        (
            "<see cref=\"P:Zoo.Pet.Legs\">its legs</see>.",
            "[its legs](field@crate::pet::Pet::legs).",
        ),
        ("<see cref=\"T:Zoo.Owner\">Owner</see>", "`Owner`"),
        ("<see cref=\"T:Zoo.IKeeper\">the keeper</see>", "the keeper"),
        (
            "<see cref=\"!:Legs\">Legs</see>, {Zoo.Toy}",
            "`Legs`, `Zoo.Toy`",
        ),
        (
            "<see langword=\"null\"/> <paramref name=\"id\"/>",
            "`null` `id`",
        ),
        ("/pets/{id} or { 'a': 1.5 }", "/pets/{id} or { 'a': 1.5 }"),
    ];
    all_are(&cases);
}

#[test]
fn headings_that_lost_their_line_breaks_are_headings() {
    all_are(&[
        ("## Beware: ## It bites.", "**Beware:**\n\nIt bites."),
        ("\\## Signs: ##\n\nNext.", "**Signs:**\n\nNext."),
    ]);
}

#[test]
fn an_item_is_the_first_paragraph() {
    let item = |markdown| item("`pet`", markdown, &nothing).join("\n");
    assert_eq!(item("A pet.\n\nIt has legs."), "- `pet`: A pet.");
    assert_eq!(item("A pet. <para>It has legs.</para>"), "- `pet`: A pet.");
    assert_eq!(item(""), "");
    let long = item(&"word ".repeat(20));
    assert!(long.contains("\n  word"), "{long}");
}

#[test]
fn the_opening_is_a_paragraph_and_never_half_a_block() {
    let opening = |markdown| opening(markdown, &nothing);
    assert_eq!(opening("One\ntwo.\n\nThree."), ["One two."]);
    assert!(opening("```\nlet x = 1;\n\nlet y = 2;\n```").is_empty());
    assert!(opening("- one\n- two").is_empty());
    assert!(opening("").is_empty());
}

#[test]
fn code_is_never_a_test() {
    let page = "```\nlet x = 1;\n```\n\n    indented\n\n```rust\npanic!()\n```";
    let docs = "```text\nlet x = 1;\n```\n\n```text\nindented\n```\n\n```text\npanic!()\n```";
    assert_eq!(one(page), docs);
}

#[test]
fn long_lines_are_broken_between_words() {
    let lines = lines(&"word - ".repeat(20), &nothing);
    assert!(
        lines.iter().all(|line| line.chars().count() <= 80),
        "{lines:?}"
    );
    assert!(
        lines.iter().all(|line| !line.starts_with("- ")),
        "{lines:?}"
    );
}

#[test]
fn code_spans_hold_anything() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b``c"), "``` a`b``c ```");
    assert_eq!(code(""), "`  `");
}

#[test]
fn no_text_leaves_its_doc_comment() {
    let hostile = "\"]; fn main() {} #[doc = \"\n*/ }} {{ x }} \u{202e} <see cref=\"`](x)\"/>";
    // Neither when it is written anew, nor as it came.
    for lines in [
        lines(hostile, &pets),
        vec![hostile.to_owned(), "a\rfn b() {}".to_owned()],
    ] {
        let docs = comments(lines).to_string();
        let file: syn::File = syn::parse_str(&format!("{docs} struct A;")).unwrap();
        assert_eq!(file.items.len(), 1);
    }
}
