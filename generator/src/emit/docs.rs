//! The pages' words as rustdoc.
//!
//! A description is Markdown from an untrusted page. It is read as such and written
//! anew, so that rustdoc shows the words and finds nothing else in them: no HTML, no
//! links to items, no tests in code blocks, no bare addresses.

use proc_macro2::TokenStream;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};
use quote::quote;

/// How wide a line of a description gets, in characters.
const WIDTH: usize = 80;

/// Doc attributes for lines of Markdown that are safe already.
pub fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Inner doc attributes, for a file.
pub fn inner(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    quote!(#(#![doc = #lines])*)
}

/// A code span with any text in it.
pub fn code(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The lines of a description.
pub fn lines(markdown: &str) -> Vec<String> {
    let mut writer = Writer::default();
    let markdown: String = markdown.chars().filter(|c| !is_hidden(*c)).collect();
    for event in TextMergeStream::new(Parser::new(&markdown)) {
        writer.event(event);
    }
    writer.end_block();
    while writer.lines.last().is_some_and(String::is_empty) {
        writer.lines.pop();
    }
    writer.lines
}

/// The first paragraph, on one line.
pub fn summary(markdown: &str) -> String {
    let lines = lines(markdown);
    let first: Vec<_> = lines
        .iter()
        .map(String::as_str)
        .take_while(|l| !l.is_empty())
        .collect();
    first.join(" ")
}

/// The lines of the first paragraph; none where the description begins with something else.
pub fn opening(markdown: &str) -> Vec<String> {
    let lines = lines(markdown);
    // Half of a code block or of a list would be worse than nothing.
    let is_block = |line: &String| line.trim_start().starts_with(['`', '-']);
    match lines.first() {
        Some(first) if !is_block(first) => {
            lines.into_iter().take_while(|l| !l.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a character shows nothing, or makes its neighbours show in another order,
/// which the compiler refuses in comments.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The words of the paragraph; they are only parted between each other.
    words: Vec<String>,
    /// Whether the next text goes on with the last word.
    glued: bool,
    /// The bullets of the lists that are open: a number, or none.
    lists: Vec<Option<u64>>,
    /// What the next paragraph begins with.
    bullet: Option<String>,
    /// Where links lead that are open.
    links: Vec<String>,
    code_block: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code_block => {
                let indent = self.indent();
                for line in text.lines() {
                    // A fence in the code would end the block.
                    let line = line.replace("```", "` ` `");
                    self.lines
                        .push(format!("{indent}{line}").trim_end().to_owned());
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.word(code(&text)),
            Event::SoftBreak | Event::HardBreak => self.glued = false,
            Event::Rule => self.end_block(),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::FootnoteReference(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.word_part("*"),
            Tag::Strong => self.word_part("**"),
            Tag::Link { dest_url, .. } => {
                let is_web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                self.links.push(if is_web {
                    address(&dest_url)
                } else {
                    String::new()
                });
                if is_web {
                    self.word_part("[");
                }
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                let bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let bullet = format!("{number}. ");
                        *number += 1;
                        bullet
                    }
                    _ => "- ".to_owned(),
                };
                self.bullet = Some(bullet);
            }
            Tag::CodeBlock(_) => {
                self.end_block();
                let indent = self.indent();
                self.lines.push(format!("{indent}```text"));
                self.code_block = true;
            }
            Tag::Paragraph | Tag::Heading { .. } => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.close("*"),
            TagEnd::Strong => self.close("**"),
            TagEnd::Link => {
                if let Some(link) = self.links.pop().filter(|link| !link.is_empty()) {
                    self.close(&format!("]({link})"));
                }
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
                if self.lists.is_empty() {
                    self.lines.push(String::new());
                }
            }
            TagEnd::CodeBlock => {
                let indent = self.indent();
                self.code_block = false;
                self.lines.push(format!("{indent}```"));
                self.lines.push(String::new());
            }
            TagEnd::Item => self.end_block(),
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.end_block();
                if self.lists.is_empty() {
                    self.lines.push(String::new());
                }
            }
            _ => {}
        }
    }

    /// Adds running text, escaped.
    fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.glued = false;
        }
        for word in text.split_whitespace() {
            self.word_part(&escape(word));
            self.glued = false;
        }
        self.glued = !text.ends_with(char::is_whitespace) && !text.is_empty();
    }

    fn word(&mut self, word: String) {
        self.word_part(&word);
    }

    /// Adds to the last word, or begins one.
    fn word_part(&mut self, part: &str) {
        match self.words.last_mut() {
            Some(last) if self.glued => last.push_str(part),
            _ => self.words.push(part.to_owned()),
        }
        self.glued = true;
    }

    /// Adds to the last word, even after a space: a closing mark needs it.
    fn close(&mut self, part: &str) {
        self.glued = true;
        self.word_part(part);
    }

    fn indent(&self) -> String {
        "  ".repeat(self.lists.len())
    }

    /// Writes the paragraph in lines.
    fn end_block(&mut self) {
        self.glued = false;
        let words = std::mem::take(&mut self.words);
        if words.is_empty() {
            return;
        }
        let indent = self.indent();
        let mut line = match self.bullet.take() {
            Some(bullet) => {
                let outer = "  ".repeat(self.lists.len().saturating_sub(1));
                format!("{outer}{bullet}")
            }
            None => indent.clone(),
        };
        let mut begins = true;
        for word in words {
            if !begins && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.lines
                    .push(std::mem::replace(&mut line, indent.clone()));
                begins = true;
            }
            if begins {
                line.push_str(&at_line_start(word));
            } else {
                line.push(' ');
                line.push_str(&word);
            }
            begins = false;
        }
        self.lines.push(line);
    }
}

/// Escapes a word, so that it is only text; addresses become links.
fn escape(word: &str) -> String {
    if let Some(start) = word.find("https://").or_else(|| word.find("http://")) {
        let (before, rest) = word.split_at(start);
        let is_end = |c: char| matches!(c, '<' | '>' | '"' | '\'' | ')' | ']' | '`' | '\\');
        let (link, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        let kept = link.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let after = format!("{}{after}", &link[kept.len()..]);
        if kept.len() > "https://".len() {
            return format!("{}<{}>{}", escape(before), address(kept), escape(&after));
        }
    }
    let mut out = String::with_capacity(word.len());
    let chars: Vec<char> = word.chars().collect();
    for (index, &c) in chars.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let (before, after) = (beside(index.checked_sub(1)), beside(Some(index + 1)));
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' | '$' => true,
            // Within a word it means nothing.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after.is_ascii_alphabetic() || after == '#',
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes what would begin a heading, a list or a quote.
fn at_line_start(word: String) -> String {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let starts = match word.chars().next() {
        Some('#') => word.trim_start_matches('#').is_empty(),
        Some('-' | '+' | '=') => true,
        Some(first) if first.is_ascii_digit() => matches!(digits, "." | ")"),
        _ => false,
    };
    if !starts {
        return word;
    }
    match word.find(['.', ')']) {
        Some(at) if word.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{}\\{}", &word[..at], &word[at..])
        }
        _ => format!("\\{word}"),
    }
}

/// An address as it may stand between angle brackets or parentheses.
pub fn address(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '\\' => "%5C".to_owned(),
            ' ' => "%20".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(markdown: &str) -> String {
        lines(markdown).join("\n")
    }

    #[test]
    fn words_stay_words() {
        for (page, docs) in [
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
            ("[Pet] and [0]", "\\[Pet\\] and \\[0\\]"),
            ("snake_case _x", "snake_case \\_x"),
            (
                "Array<Item> & </para> &amp;lt;",
                "Array\\<Item\\> & \\</para\\> \\&lt;",
            ),
            ("see https://a.b/c.", "see <https://a.b/c>."),
            ("(http://a.b)", "(<http://a.b>)"),
            ("5 * 3 ~ a | b", "5 \\* 3 \\~ a \\| b"),
            ("1\\. is no list", "1\\. is no list"),
            ("\\# no heading", "\\# no heading"),
            ("\\- no list", "\\- no list"),
        ] {
            assert_eq!(one(page), docs, "{page}");
        }
    }

    #[test]
    fn blocks_stay_blocks() {
        let page = "First.\n\nSecond:\n\n- one\n- two `x`\n\n1. a\n2. b\n\n# Heading";
        let docs = "First.\n\nSecond:\n\n- one\n- two `x`\n\n1. a\n2. b\n\nHeading";
        assert_eq!(one(page), docs);
    }

    #[test]
    fn the_opening_is_a_paragraph_and_never_half_a_block() {
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
        let lines = lines(&"word - ".repeat(20));
        assert!(
            lines.iter().all(|line| line.chars().count() <= WIDTH),
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
        let hostile = "\"]; fn main() {} #[doc = \"\n*/ }} {{ x }} \u{202e}";
        let docs = attributes(&lines(hostile));
        let file: syn::File = syn::parse_str(&format!("{docs} struct A;")).unwrap();
        assert_eq!(file.items.len(), 1);
    }
}
