//! Combines the events of a description into lines of Markdown.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Lookup;
use super::tags::{Held, is_web};
use super::text::{address, at_line_start, code, escape, is_hidden};

/// How wide a line of a description gets, in characters.
const WIDTH: usize = 80;

/// How many levels of lists are shown as such.
const DEEPEST: usize = 16;

/// Writes lines.
pub struct Writer<'l> {
    pub(super) lookup: Lookup<'l>,
    lines: Vec<String>,
    /// Whether what follows the first paragraph is left out.
    is_short: bool,
    /// The words of the paragraph; lines only break between them.
    words: Vec<String>,
    /// Whether the next text continues the last word.
    glued: bool,
    /// The bullets of the lists that are open: a number, or none.
    pub(super) lists: Vec<Option<u64>>,
    /// How many of these lists were opened by tags.
    pub(super) tagged_lists: usize,
    /// What the next paragraph begins with.
    bullet: Option<String>,
    /// Where links lead that are open.
    links: Vec<String>,
    /// Marks of emphasis that tags have opened.
    pub(super) marks: Vec<&'static str>,
    /// The open tags that words are collected for.
    pub(super) held: Option<Held>,
    /// An HTML block.
    html: Option<String>,
    code_block: bool,
}

impl<'l> Writer<'l> {
    /// For a description.
    pub fn new(lookup: Lookup<'l>) -> Self {
        Self {
            lookup,
            lines: Vec::new(),
            is_short: false,
            words: Vec::new(),
            glued: false,
            lists: Vec::new(),
            tagged_lists: 0,
            bullet: None,
            links: Vec::new(),
            marks: Vec::new(),
            held: None,
            html: None,
            code_block: false,
        }
    }

    /// For the first paragraph, behind a bullet.
    pub fn of_item(bullet: String, lookup: Lookup<'l>) -> Self {
        Self {
            is_short: true,
            lists: vec![None],
            bullet: Some(bullet),
            ..Self::new(lookup)
        }
    }

    /// The lines that were written.
    pub fn into_lines(mut self) -> Vec<String> {
        self.end_block();
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }

    /// Adds what an event says.
    pub fn event(&mut self, event: Event<'_>) {
        if self.is_short && !self.lines.is_empty() {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code_block => self.code_lines(&text),
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.running(&text),
            },
            Event::Code(text) => match &mut self.held {
                Some(held) => held.text.push_str(&text),
                None => self.word_part(&code(&text)),
            },
            Event::SoftBreak | Event::HardBreak => self.running(" "),
            Event::Rule => self.end_block(),
            Event::Text(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.running(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.word_part("*"),
            Tag::Strong => self.word_part("**"),
            Tag::Link { dest_url, .. } => self.open_link(&dest_url),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::CodeBlock(_) => {
                self.end_block();
                let indent = self.indent();
                self.lines.push(format!("{indent}```text"));
                self.code_block = true;
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::Paragraph | Tag::Heading { .. } => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.close("*"),
            TagEnd::Strong => self.close("**"),
            TagEnd::Link => self.close_link(),
            TagEnd::List(_) => self.end_list(),
            TagEnd::CodeBlock => {
                let indent = self.indent();
                self.code_block = false;
                self.lines.push(format!("{indent}```"));
                self.lines.push(String::new());
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.running(&html);
                self.end_paragraph();
            }
            TagEnd::Item => self.end_block(),
            TagEnd::Paragraph => {
                self.mend_heading(false);
                self.end_paragraph();
            }
            TagEnd::Heading(_) => {
                self.mend_heading(true);
                self.end_paragraph();
            }
            _ => {}
        }
    }

    fn open_link(&mut self, target: &str) {
        let is_web = is_web(target);
        self.links.push(if is_web {
            address(target)
        } else {
            String::new()
        });
        if is_web {
            self.word_part("[");
        }
    }

    fn close_link(&mut self) {
        if let Some(link) = self.links.pop().filter(|link| !link.is_empty()) {
            self.close(&format!("]({link})"));
        }
    }

    pub(super) fn start_item(&mut self) {
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

    pub(super) fn end_list(&mut self) {
        self.end_block();
        self.lists.pop();
        if self.lists.is_empty() {
            self.blank();
        }
    }

    fn code_lines(&mut self, text: &str) {
        let indent = self.indent();
        for line in text.lines() {
            // A fence in the code would end the block.
            let line = line.replace("```", "` ` `");
            self.lines
                .push(format!("{indent}{line}").trim_end().to_owned());
        }
    }

    /// Adds words, escaped.
    pub(super) fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.glued = false;
        }
        // Entities can also stand for invisible characters.
        let shown: String = text.chars().filter(|c| !is_hidden(*c)).collect();
        for word in shown.split_whitespace() {
            self.word_part(&escape(word));
            self.glued = false;
        }
        self.glued = !text.ends_with(char::is_whitespace) && !text.is_empty();
    }

    /// Adds to the last word, or begins one.
    pub(super) fn word_part(&mut self, part: &str) {
        match self.words.last_mut() {
            Some(last) if self.glued => last.push_str(part),
            _ => self.words.push(part.to_owned()),
        }
        self.glued = true;
    }

    /// Adds to the last word, even after a space: a closing mark needs it.
    pub(super) fn close(&mut self, part: &str) {
        self.glued = true;
        self.word_part(part);
    }

    /// Makes a heading strong: one of an item would be larger than the item's own. Where
    /// line breaks were lost, its closing `##` (CommonMark 0.31, section 4.2) stands within
    /// the line, and what follows is a paragraph; or what isn't read as a heading begins so.
    fn mend_heading(&mut self, is_heading: bool) {
        let is_mark = |word: &String| word.len() > 1 && word.chars().all(|c| c == '#');
        let is_literal = self.words.first().is_some_and(is_mark);
        if !is_heading && !is_literal {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        if is_literal {
            words.remove(0);
        }
        let rest = words.iter().position(is_mark).map(|at| words.split_off(at));
        if let (Some(first), true) = (words.first_mut(), !self.is_short) {
            first.insert_str(0, "**");
            if let Some(last) = words.last_mut() {
                last.push_str("**");
            }
        }
        self.words = words;
        self.end_paragraph();
        self.words.extend(rest.into_iter().flatten().skip(1));
    }

    /// The indentation of a list's lines; deep levels aren't indented further, because
    /// each level would be longer than the last.
    fn indent(&self) -> String {
        "  ".repeat(self.lists.len().min(DEEPEST))
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.end_block();
        if self.lists.is_empty() {
            self.blank();
        }
    }

    /// Writes the paragraph in lines.
    pub(super) fn end_block(&mut self) {
        self.release();
        while let Some(mark) = self.marks.pop() {
            self.close(mark);
        }
        self.glued = false;
        let words = std::mem::take(&mut self.words);
        if words.is_empty() || self.is_short && !self.lines.is_empty() {
            return;
        }
        let indent = self.indent();
        let mut line = match self.bullet.take() {
            Some(bullet) => {
                let outer = "  ".repeat(self.lists.len().min(DEEPEST).saturating_sub(1));
                format!("{outer}{bullet}")
            }
            None => indent.clone(),
        };
        let mut begins = true;
        let mut width = 0;
        for word in words {
            let room = word.chars().count() + 1;
            if !begins && width + room > WIDTH {
                self.lines
                    .push(std::mem::replace(&mut line, indent.clone()));
                begins = true;
            }
            if begins {
                line.push_str(&at_line_start(&word));
                width = line.chars().count();
            } else {
                line.push(' ');
                line.push_str(&word);
                width += room;
            }
            begins = false;
        }
        self.lines.push(line);
    }
}
