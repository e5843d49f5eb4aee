//! A page's lines, with their places.

use crate::source::Span;

/// One line, without its line break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Where it starts on the page, in bytes.
    start: usize,
    /// The line with all its white space.
    full: &'a str,
    /// The line without white space at its end.
    pub(super) raw: &'a str,
    /// The line without white space at both ends, non-breaking spaces
    /// included.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// The same line with the white space at both ends as part of its text.
    pub(super) fn whole(&self) -> Self {
        Self {
            raw: self.full,
            text: self.full,
            ..*self
        }
    }

    /// Where it starts, white space included.
    pub(super) fn raw_start(&self) -> u32 {
        Span::new(self.start, self.start).start
    }

    /// How far it is indented, in bytes; enough to compare bullets.
    pub(super) fn indent(&self) -> usize {
        self.raw.len() - self.text.len()
    }

    /// Where its text stands.
    pub(super) fn span(&self) -> Span {
        self.part(0, self.text.len())
    }

    /// Where a part of its text stands, in bytes of the text.
    pub(super) fn part(&self, start: usize, end: usize) -> Span {
        let first = self.start + self.indent();
        Span::new(first + start, first + end)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The lines of a page.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 32);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let raw = line.trim_end();
        lines.push(Line {
            start,
            full: line.strip_suffix('\n').unwrap_or(line),
            raw,
            text: raw.trim_start(),
        });
        start += line.len();
    }
    lines
}

/// The words of a line with their places, in bytes of the line.
pub(super) fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = line.as_ptr() as usize;
    line.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}

/// The first word of a text, and what follows it without the blanks between.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    let is_plain = |byte: &u8| byte.is_ascii_graphic();
    let plain = text.bytes().take_while(is_plain).count();
    let end = text[plain..].find(char::is_whitespace);
    let end = end.map_or(text.len(), |end| plain + end);
    let (word, rest) = text.split_at(end);
    (word, rest.trim_start())
}
