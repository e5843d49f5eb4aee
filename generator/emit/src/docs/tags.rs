//! Converts tags and references in running text.

use super::markup::{self, Attributes, Piece};
use super::text::{address, code, escape, shown};
use super::write::Writer;

/// Words within a tag.
pub struct Held {
    tag: markup::Tag,
    target: Option<String>,
    pub text: String,
}

impl Writer<'_> {
    /// Adds running text, which may have tags and references in it.
    pub fn running(&mut self, text: &str) {
        for piece in markup::pieces(text) {
            match piece {
                Piece::Words(words) => match &mut self.held {
                    Some(held) => held.text.push_str(&words),
                    None => self.text(&words),
                },
                Piece::Reference(name) => self.reference(name, None),
                Piece::Open(tag, attributes) => self.open(tag, &attributes),
                Piece::Close(tag) => self.close_tag(tag),
            }
        }
    }

    fn open(&mut self, tag: markup::Tag, attributes: &Attributes<'_>) {
        use markup::Tag::{
            Code, Emphasis, Item, Link, List, Nothing, Paragraph, Reference, Strong,
        };
        match tag {
            Paragraph => self.end_paragraph(),
            List => {
                self.end_block();
                self.lists.push(None);
                self.tagged_lists += 1;
            }
            Item => self.start_item(),
            Reference if attributes.is_empty => {
                self.reference(attributes.target.unwrap_or_default(), None);
            }
            Code | Link | Reference if !attributes.is_empty => {
                self.release();
                self.held = Some(Held {
                    tag,
                    target: attributes.target.map(str::to_owned),
                    text: String::new(),
                });
            }
            Strong | Emphasis if !attributes.is_empty && self.held.is_none() => {
                let mark = if tag == Strong { "**" } else { "*" };
                self.word_part(mark);
                self.marks.push(mark);
            }
            Code | Link | Reference | Strong | Emphasis | Nothing => {}
        }
    }

    fn close_tag(&mut self, tag: markup::Tag) {
        use markup::Tag::{
            Code, Emphasis, Item, Link, List, Nothing, Paragraph, Reference, Strong,
        };
        match tag {
            Paragraph => self.end_paragraph(),
            List if self.tagged_lists > 0 => {
                self.tagged_lists -= 1;
                self.end_list();
            }
            Item => self.end_block(),
            Code | Link | Reference => self.release(),
            Strong | Emphasis if self.held.is_none() => {
                if let Some(mark) = self.marks.pop() {
                    self.close(mark);
                }
            }
            List | Strong | Emphasis | Nothing => {}
        }
    }

    /// Writes what was held back for a tag.
    pub fn release(&mut self) {
        let Some(Held { tag, target, text }) = self.held.take() else {
            return;
        };
        match (tag, target) {
            (markup::Tag::Link, Some(target)) if !is_web(&target) => self.text(&text),
            (markup::Tag::Link | markup::Tag::Reference, Some(target)) => {
                self.reference(&target, Some(&text));
            }
            (markup::Tag::Code, _) if !text.trim().is_empty() => self.word_part(&code(&text)),
            _ => self.text(&text),
        }
    }

    /// Refers to a name of the pages, or to an address.
    fn reference(&mut self, target: &str, words: Option<&str>) {
        let words = words.map(str::trim).filter(|words| !words.is_empty());
        if is_web(target) {
            let words = words.map_or_else(|| code(target), escape_all);
            return self.word_part(&format!("[{words}]({})", address(target)));
        }
        // What kind of thing it is (ECMA-334, annex D.4.2); `!` is an error.
        let name = match target.split_once(':') {
            Some((kind, name)) if kind.len() == 1 => name,
            _ => target,
        };
        let name = name.split('(').next().unwrap_or_default();
        let found = (self.lookup)(name);
        let is_name = |text: &&str| {
            text.chars()
                .all(|c| c.is_alphanumeric() || "._".contains(c))
        };
        let short = match &found {
            Some(path) => short(name, path),
            None => name,
        };
        let label = match words.filter(|words| !is_name(words)) {
            Some(words) => escape_all(words),
            None => code(words.unwrap_or(short)),
        };
        match found {
            Some(path) => self.word_part(&format!("[{label}]({path})")),
            None => self.word_part(&label),
        }
    }
}

/// Whether an address is one of the web.
pub fn is_web(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

fn escape_all(words: &str) -> String {
    let words = shown(words);
    let words: Vec<_> = words.split_whitespace().map(escape).collect();
    words.join(" ")
}

/// A name without its namespace: as many parts as the path has after the module.
fn short<'n>(name: &'n str, path: &str) -> &'n str {
    // `crate::module::Type`, followed by a member.
    let parts = path.split("::").count().saturating_sub(2).max(1);
    let start = name.rmatch_indices('.').nth(parts - 1);
    start.map_or(name, |(at, _)| &name[at + 1..])
}
