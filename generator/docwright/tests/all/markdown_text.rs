//! What `to_markdown` writes says the same when it is read again.

use docwright::{
    document::{
        Block, BlockKind, Cell, Code, Heading, Inline, List, Piece, Row, Table, prose,
        read_markdown,
    },
    source::{Form, Page, Span},
};
use fastrand::Rng;

fn read_again(markdown: &str) -> String {
    let page = Page::new("again.md", Form::Markdown, markdown);
    prose(&read_markdown(&page).blocks).plain().to_owned()
}

/// Numbers that are the same in every run.
struct Numbers(Rng);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0.usize(..limit)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn words(&mut self) -> String {
        let scraps = [
            "a",
            "word",
            "é",
            " ",
            " ",
            "  ",
            "\n",
            "*",
            "**",
            "_",
            "__",
            "`",
            "``",
            "[",
            "]",
            "(",
            ")",
            "](x)",
            "![",
            "!",
            "<",
            ">",
            "<b>",
            "</",
            "<!--",
            "-->",
            "&",
            "&amp;",
            "&#35;",
            ";",
            "\\",
            "|",
            "-",
            "--",
            "---",
            "- ",
            "+ ",
            "+",
            "#",
            "## ",
            "1.",
            "12) ",
            "0",
            "=",
            "==",
            "~",
            "~~",
            ":",
            ":-",
            "\"",
            "'",
            "\t",
            "\u{a0}",
            "http://x.y",
            "a@b.c",
            "$",
            "{",
            "}",
            "^",
            "snake_case",
            "List<int>",
            "5 * 3",
            ".",
            ",",
            "…",
        ];
        let count = 1 + self.below(6);
        (0..count).map(|_| self.pick(&scraps)).collect()
    }

    fn inline(&mut self, depth: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for _ in 0..=self.below(3) {
            match self.below(if depth < 3 { 9 } else { 5 }) {
                0..=3 => pieces.push(Piece::Text(self.words())),
                4 => pieces.push(Piece::Code(self.words())),
                5 => pieces.push(match self.below(3) {
                    0 => Piece::Break,
                    1 => Piece::Html("<para>".into()),
                    _ => Piece::Html("<see cref=\"T:A&amp;B\">".into()),
                }),
                6 => {
                    pieces.push(Piece::StrongStart);
                    pieces.extend(self.inline(depth + 1));
                    pieces.push(Piece::StrongEnd);
                }
                7 => {
                    pieces.push(Piece::EmphasisStart);
                    pieces.extend(self.inline(depth + 1));
                    pieces.push(Piece::EmphasisEnd);
                }
                _ => {
                    let target = self.pick(&["a.md", "x y", "(a", "<b>", "a\\b", "", "é&amp;"]);
                    pieces.push(Piece::LinkStart(target.into()));
                    pieces.extend(self.inline(depth + 1));
                    pieces.push(Piece::LinkEnd(target.into()));
                }
            }
        }
        pieces
    }

    /// Running text, as a reader makes it.
    fn finished(&mut self) -> Inline {
        let mut inline = Inline::default();
        for piece in self.inline(0) {
            inline.push(piece);
        }
        inline.finish()
    }

    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: usize) -> Block {
        let kind = match self.below(if depth < 3 { 8 } else { 5 }) {
            0 | 1 => BlockKind::Paragraph(self.finished()),
            2 => BlockKind::Heading(Heading {
                level: 2,
                text: self.finished(),
                anchor: String::new(),
            }),
            3 => BlockKind::Code(Code {
                info: "http!".into(),
                text: format!("{}\n", self.words()),
                ..Code::default()
            }),
            4 => BlockKind::Rule,
            5 => BlockKind::Quote(self.blocks(depth + 1)),
            6 => BlockKind::List(List {
                ordered: self.below(2) == 0,
                items: (0..1 + self.below(3))
                    .map(|_| self.blocks(depth + 1))
                    .collect(),
            }),
            _ => BlockKind::Table(Table {
                header: Some(self.row()),
                rows: vec![self.row(), self.row()],
                ..Table::default()
            }),
        };
        let span = Span::default();
        Block { span, kind }
    }

    fn row(&mut self) -> Row {
        let cells = (0..2).map(|_| Cell {
            text: self.finished(),
            ..Cell::default()
        });
        Row {
            cells: cells.collect(),
            ..Row::default()
        }
    }
}

#[test]
fn running_text_says_the_same_when_read_again() {
    let mut numbers = Numbers(Rng::with_seed(7));
    for round in 0..20_000 {
        let inline = numbers.finished();
        let markdown = inline.to_markdown();
        let plain = inline.to_plain();
        assert_eq!(
            read_again(&markdown),
            plain,
            "round {round}: {markdown:?} of {inline:?}"
        );
    }
}

#[test]
fn blocks_say_the_same_when_read_again() {
    let mut numbers = Numbers(Rng::with_seed(11));
    for round in 0..4_000 {
        let blocks = numbers.blocks(0);
        let text = prose(&blocks);
        let plain = text.plain();
        let again = read_again(text.markdown());
        let same = plain.chars().zip(again.chars()).take_while(|(a, b)| a == b);
        let at = same.count();
        let from = |words: &str| {
            words
                .chars()
                .skip(at.saturating_sub(20))
                .take(60)
                .collect::<String>()
        };
        assert!(
            again == plain,
            "round {round}: {:?} became {:?} in\n{}",
            from(plain),
            from(&again),
            text.markdown()
        );
    }
}

#[test]
fn plain_words_stay_as_they_are() {
    for words in [
        "Id of the task.",
        "AssociateId = 0, see a_b_c and 5 * 3 (or 2 - 1); 50% of it!",
        "a < b && c > d",
        "C# and x-y: \"quoted\" 'words'",
        "order 66. Next",
        "{Type.Name} | ~ ^ $select",
    ] {
        assert_eq!(Inline::text(words).to_markdown(), words);
    }
}

#[test]
fn markup_in_words_is_escaped() {
    for (words, markdown) in [
        ("*not emphasis*", "\\*not emphasis\\*"),
        ("List<int32>", "List\\<int32>"),
        ("array[]", "array\\[]"),
        ("&apos;", "\\&apos;"),
        ("# 1", "\\# 1"),
        ("- item", "\\- item"),
        ("1. first", "1\\. first"),
        ("a `tick", "a \\`tick"),
        ("C:\\*", "C:\\\\\\*"),
    ] {
        assert_eq!(Inline::text(words).to_markdown(), markdown);
    }
}
