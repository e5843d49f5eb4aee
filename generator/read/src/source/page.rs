//! A page's text, and its byte offsets as lines and columns.

use std::{borrow::Cow, sync::Arc};

use docwright_model::Position;
use memchr::memchr_iter;

use super::{Hidden, shown};

/// The form in which a page came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Markdown with optional front matter.
    Markdown,
    /// Markdown with components (MDX).
    Mdx,
    /// HTML, as served or as saved by a browser.
    Html,
    /// What a text extractor leaves of the page.
    Text,
}

/// A range of bytes in a page's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        let bytes = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: bytes(start),
            end: bytes(end),
        }
    }
}

/// One page's text.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path relative to the docs folder, with `/`.
    pub path: Arc<str>,
    /// Its form.
    pub form: Form,
    /// Its text, without characters that don't show.
    pub text: String,
    /// The characters that were left out, in order, but for a byte order mark.
    pub hidden: Vec<Hidden>,
    /// Where each line starts, in bytes.
    lines: Vec<u32>,
    /// How many characters stand before each block of [`BLOCK`] bytes; empty when
    /// no line is longer than one.
    characters: Vec<u32>,
}

/// Columns of lines up to this long, in bytes, are counted when they are asked for.
const BLOCK: usize = 4096;

impl Page {
    /// A page called `path` with this text.
    pub fn new(path: impl Into<Arc<str>>, form: Form, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let mut hidden = Vec::new();
        let at = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let left_out = |byte, what| hidden.push(Hidden { at: at(byte), what });
        if let Cow::Owned(words) = shown(&text, left_out) {
            text = words;
        }
        // Lines of pages are rarely shorter; collecting would grow time and again.
        let mut lines = Vec::with_capacity(1 + text.len() / 24);
        lines.push(0);
        lines.extend(memchr_iter(b'\n', text.as_bytes()).map(|byte| at(byte + 1)));
        let has_long_line = lines.windows(2).any(|it| (it[1] - it[0]) as usize > BLOCK)
            || text.len() - lines.last().map_or(0, |last| *last as usize) > BLOCK;
        let characters = match has_long_line {
            true => characters(text.as_bytes()),
            false => Vec::new(),
        };
        Self {
            path: path.into(),
            form,
            text,
            hidden,
            lines,
            characters,
        }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: u32) -> u32 {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The place of a byte, in the file as it is.
    pub fn position(&self, byte: u32) -> Position {
        let line = self.line(byte);
        let start = self.lines[line as usize - 1];
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX).min(byte);
        let hidden = |to: u32| self.hidden.partition_point(|it| it.at < to);
        let shown = self.count(start as usize, end as usize);
        let hidden = hidden(end.saturating_add(1)).saturating_sub(hidden(start));
        Position {
            line,
            column: u32::try_from(shown + hidden + 1).unwrap_or(u32::MAX),
        }
    }

    /// How many characters begin between two bytes, in no more time than a block
    /// takes.
    fn count(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let within = |from: usize, to: usize| count(bytes.get(from..to).unwrap_or_default());
        let before = |byte: usize| {
            let known = self.characters.get(byte / BLOCK)?;
            Some(*known as usize + within(byte / BLOCK * BLOCK, byte))
        };
        match (before(start), before(end)) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => within(start, end),
        }
    }

    /// The bytes of a line (counted from 1), without its line break.
    pub fn line_span(&self, line: u32) -> Span {
        let index = (line.max(1) as usize - 1).min(self.lines.len() - 1);
        let start = self.lines[index] as usize;
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize);
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + line.len())
    }

    /// The file name without its ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// How many characters begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// How many characters stand before each block of [`BLOCK`] bytes.
fn characters(bytes: &[u8]) -> Vec<u32> {
    let mut before = 0;
    let blocks = bytes.chunks(BLOCK).map(|block| {
        let here = before;
        before += count(block);
        u32::try_from(here).unwrap_or(u32::MAX)
    });
    let mut characters: Vec<_> = blocks.collect();
    // The end of the text may begin a block.
    characters.push(u32::try_from(count(bytes)).unwrap_or(u32::MAX));
    characters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let page = Page::new("a.md", Form::Markdown, "\u{feff}é1\nx\n");
        assert_eq!(page.text, "é1\nx\n");
        let position = |byte| {
            let Position { line, column } = page.position(byte);
            (line, column)
        };
        assert_eq!(position(0), (1, 1));
        assert_eq!(position(2), (1, 2));
        assert_eq!(position(4), (2, 1));
        assert_eq!(position(6), (3, 1));
        assert_eq!(position(99), (3, 1));
    }

    #[test]
    fn positions_are_those_of_the_file_with_all_that_does_not_show() {
        let page = Page::new("a.md", Form::Markdown, "x\u{200b}\u{ad}yz\n\u{200b}w");
        assert_eq!(page.text, "xyz\nw");
        let column = |byte| page.position(byte).column;
        assert_eq!([0, 1, 2, 4].map(column), [1, 4, 5, 2]);
    }

    #[test]
    fn columns_of_long_lines_are_counted_in_characters() {
        let line = "é1".repeat(BLOCK);
        let page = Page::new("a.md", Form::Markdown, format!("{line}\n{line}"));
        for letter in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK - 1] {
            let bytes = letter / 2 * 3 + letter % 2 * 2;
            for (line, start) in [(1, 0), (2, line.len() + 1)] {
                let position = page.position((start + bytes) as u32);
                assert_eq!((position.line, position.column), (line, letter as u32 + 1));
            }
        }
    }

    #[test]
    fn a_line_has_its_bytes_without_the_break() {
        let page = Page::new("a.md", Form::Markdown, "ab\r\ncd");
        assert_eq!(page.line_span(1), Span::new(0, 2));
        assert_eq!(page.line_span(2), Span::new(4, 6));
    }
}
