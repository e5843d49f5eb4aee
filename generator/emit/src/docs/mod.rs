//! Descriptions of pages as rustdoc.
//!
//! A description is Markdown from an untrusted page. It is parsed as Markdown and written
//! again, so that rustdoc only shows the text: no HTML, no links but those to the web and
//! to what the crate has, no tests in code blocks, no bare addresses. `markup` reads the
//! tags of documentation comments, `tags` converts them, `text` escapes, and `write`
//! makes the lines.

mod markup;
mod tags;
mod text;
mod write;

use std::fmt;

use pulldown_cmark::{Parser, TextMergeStream};

pub use text::{address, code};
use write::Writer;

/// The Rust path of a dotted name of the pages, if the crate has it.
pub type Lookup<'l> = &'l dyn Fn(&str) -> Option<String>;

/// Knows no names.
pub fn nothing(_: &str) -> Option<String> {
    None
}

/// Doc comments, as a template prints them.
pub struct Docs {
    start: &'static str,
    lines: Vec<String>,
}

impl fmt::Display for Docs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A line must stay one line: a second one could become code.
        let lines = self.lines.iter().flat_map(|line| line.split(['\n', '\r']));
        for line in lines {
            match line.is_empty() {
                true => writeln!(f, "{}", self.start)?,
                false => writeln!(f, "{} {line}", self.start)?,
            }
        }
        Ok(())
    }
}

/// Doc comments for lines of Markdown that are safe already.
pub fn comments(lines: impl Into<Vec<String>>) -> Docs {
    Docs {
        start: "///",
        lines: lines.into(),
    }
}

/// Inner doc comments, for a file.
pub fn inner(lines: impl Into<Vec<String>>) -> Docs {
    Docs {
        start: "//!",
        lines: lines.into(),
    }
}

/// A link to what the crate has, by its name on the pages.
pub fn link(name: &str, path: &str) -> String {
    format!("[{}]({path})", code(name))
}

/// The lines of a description.
pub fn lines(markdown: &str, lookup: Lookup<'_>) -> Vec<String> {
    write(Writer::new(lookup), markdown)
}

/// The first paragraph as an item of a list, after its subject; nothing if the
/// description doesn't begin with a paragraph.
pub fn item(about: &str, markdown: &str, lookup: Lookup<'_>) -> Vec<String> {
    write(Writer::of_item(format!("- {about}: "), lookup), markdown)
}

/// The lines of the first paragraph; none if the description doesn't begin with one.
pub fn opening(markdown: &str, lookup: Lookup<'_>) -> Vec<String> {
    let lines = lines(markdown, lookup);
    // Half of a code block or of a list would be worse than nothing.
    let is_block = |line: &String| line.trim_start().starts_with(['`', '-']);
    match lines.first() {
        Some(first) if !is_block(first) => {
            lines.into_iter().take_while(|l| !l.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

fn write(mut writer: Writer<'_>, markdown: &str) -> Vec<String> {
    let markdown = text::shown(markdown);
    for event in TextMergeStream::new(Parser::new(&markdown)) {
        writer.event(event);
    }
    writer.into_lines()
}

#[cfg(test)]
mod tests;
