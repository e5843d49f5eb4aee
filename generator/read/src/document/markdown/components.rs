//! Finds the components of MDX in a page, so that what stands between and in them can
//! be read as Markdown.
//!
//! A component's tag has a capital (`<Route method="GET">`) and begins a line. HTML's
//! own elements stay with CommonMark's rules, and so does a tag without its end.

use std::{cell::OnceCell, ops::Range};

use memchr::memchr;

use super::tags::{Tag, tag};
use crate::document::html::is_block_tag;

/// How many components may be open at once.
const MOST_OPEN: usize = 32;

/// What ends a comment of HTML, and one of MDX.
const HTML_END: &str = "-->";
const MDX_END: &str = "*/}";

/// A part of a page, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Markdown(Range<usize>),
    /// Lines of code that import or export, and comments in braces.
    Code(Range<usize>),
    Component {
        name: String,
        attributes: Vec<(String, String)>,
        span: Range<usize>,
        inner: Vec<Part>,
    },
}

/// A component whose end tag is still to come.
struct Open {
    name: String,
    attributes: Vec<(String, String)>,
    start: usize,
    parts: Vec<Part>,
    /// Where the Markdown begins that belongs to no part yet.
    at: usize,
}

/// The parts of a page from byte `start` on.
pub(super) fn parts(text: &str, start: usize, is_mdx: bool) -> Vec<Part> {
    let page = Open {
        name: String::new(),
        attributes: Vec::new(),
        start,
        parts: Vec::new(),
        at: start,
    };
    let mut scan = Scan {
        text,
        is_mdx,
        last: [(HTML_END, OnceCell::new()), (MDX_END, OnceCell::new())],
        open: vec![page],
    };
    scan.lines(start);
    while scan.open.len() > 1 {
        scan.give_up();
    }
    let mut parts = Vec::new();
    if let Some(mut page) = scan.open.pop() {
        page.parts.push(Part::Markdown(page.at..text.len()));
        parts = page.parts;
    }
    parts
}

struct Scan<'t> {
    text: &'t str,
    is_mdx: bool,
    /// Where the last comment of each kind ends, if there is one; found when the first
    /// begins, as most pages have none.
    last: [(&'static str, OnceCell<Option<usize>>); 2],
    /// The page, and the components around the line that is read.
    open: Vec<Open>,
}

impl Scan<'_> {
    fn lines(&mut self, start: usize) {
        let mut at = start;
        let mut fence: Option<(u8, usize)> = None;
        // Whether a component may begin: it doesn't interrupt a paragraph.
        let mut may_begin = true;
        while at < self.text.len() {
            let end = self.line_end(at);
            let line = self.text[at..end].trim();
            if let Some((sign, length)) = fence {
                let run = line.bytes().take_while(|byte| *byte == sign).count();
                if run >= length && run == line.len() {
                    (fence, may_begin) = (None, true);
                }
                at = end;
                continue;
            }
            fence = fence_of(line);
            let from = at + (self.text[at..end].len() - self.text[at..end].trim_start().len());
            if line.starts_with("<!--") {
                at = self.behind(from, HTML_END).unwrap_or(end).max(end);
                continue;
            }
            if self.is_mdx
                && let Some(end) = self.code(from, line, may_begin)
            {
                at = end;
                continue;
            }
            let next = (line.starts_with('<') && (may_begin || line.starts_with("</")))
                .then(|| self.tags(at, from))
                .flatten();
            may_begin = next.is_some() || line.is_empty() || line.starts_with(['#', '|', '<', '`']);
            if next.is_none()
                && let Some((inner, behind)) = self.end_of_line(at, end)
            {
                self.close(inner, behind);
                may_begin = true;
            }
            at = next.unwrap_or(end);
        }
    }

    /// The end of the line on which `mark` comes after byte `from`.
    fn behind(&self, from: usize, mark: &str) -> Option<usize> {
        let (_, last) = self.last.iter().find(|(known, _)| *known == mark)?;
        let last = last.get_or_init(|| self.text.rfind(mark));
        last.filter(|last| *last >= from)?;
        let found = self.text.get(from..)?.find(mark)?;
        Some(self.line_end(from + found))
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        memchr(b'\n', rest).map_or(self.text.len(), |length| from + length + 1)
    }

    /// Reads lines of code that MDX runs, up to a blank one, or a comment; says where
    /// they end.
    fn code(&mut self, from: usize, line: &str, may_begin: bool) -> Option<usize> {
        let is_code = may_begin && (line.starts_with("import ") || line.starts_with("export "));
        let end = if is_code {
            let mut end = self.line_end(from);
            while self.text[end..]
                .lines()
                .next()
                .is_some_and(|it| !it.trim().is_empty())
            {
                end = self.line_end(end);
            }
            end
        } else if line.starts_with("{/*") {
            self.behind(from, MDX_END)?
        } else {
            return None;
        };
        let open = self.open.last_mut()?;
        open.parts.push(Part::Markdown(open.at..from));
        open.parts.push(Part::Code(from..end));
        open.at = end;
        Some(end)
    }

    /// Reads the tags at the start of a line that has nothing else, from byte `from`
    /// on; says where the line ends. The line begins at byte `line`.
    fn tags(&mut self, line: usize, from: usize) -> Option<usize> {
        let mut at = from;
        let mut tags: Vec<(Tag, Range<usize>)> = Vec::new();
        loop {
            let (tag, length) = tag(&self.text[at..])?;
            if !self.is_component(&tag.name) {
                return None;
            }
            let opens = !tag.is_end && !tag.closes_itself;
            let name = tag.name.clone();
            tags.push((tag, at..at + length));
            at += length;
            let end = self.line_end(at);
            let rest = &self.text[at..end];
            if rest.trim().is_empty() {
                break;
            }
            if opens && let Some(inner) = end_tag(rest, &name) {
                // The element stands on one line.
                let close = Tag::end(&name);
                tags.push((close, at + inner.start..at + inner.end));
                break;
            }
            match rest.trim_start().starts_with('<') {
                true => at += rest.len() - rest.trim_start().len(),
                // Words on the line of the first tag go on below it.
                false if opens && self.ends_below(end, &name) => break,
                false => return None,
            }
        }
        for (number, (tag, place)) in tags.into_iter().enumerate() {
            let start = if number == 0 { line } else { place.start };
            match (tag.is_end, tag.closes_itself) {
                (true, _) => self.close(place.start, place.end),
                (false, closes_itself) => {
                    if self.begin(tag, start, place.end) && closes_itself {
                        self.close(place.end, place.end);
                    }
                }
            }
        }
        Some(self.line_end(at))
    }

    /// Whether an element that has words on the line of its tag ends soon below it.
    fn ends_below(&self, from: usize, name: &str) -> bool {
        let below = self.text[from..].lines().take(MOST_OPEN);
        let mut below = below.take_while(|line| !line.trim().is_empty());
        below.any(|line| end_tag(line, name).is_some())
    }

    /// The end tag of the component around, at the end of a line: where it begins
    /// and ends.
    fn end_of_line(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let around = self.open.last().filter(|_| self.open.len() > 1)?;
        let inner = end_tag(&self.text[at..end], &around.name)?;
        Some((at + inner.start, at + inner.end))
    }

    /// Whether a tag's name is a component's. On a page of Markdown, HTML's elements in
    /// capitals aren't.
    fn is_component(&self, name: &str) -> bool {
        let is_capital = name.starts_with(|first: char| first.is_ascii_uppercase());
        let is_mixed = name.contains(|letter: char| letter.is_ascii_lowercase());
        is_capital && (self.is_mdx || is_mixed && !is_block_tag(name))
    }

    /// Begins a component; whether it does, for not too many may be open.
    fn begin(&mut self, tag: Tag, start: usize, inner: usize) -> bool {
        let begins = self.open.len() <= MOST_OPEN;
        if begins {
            self.open.push(Open {
                name: tag.name,
                attributes: tag.attributes,
                start,
                parts: Vec::new(),
                at: inner,
            });
        }
        begins
    }

    /// Ends the innermost component that is called like the tag at these bytes.
    fn close(&mut self, inner: usize, end: usize) {
        let tag = self.text.get(inner..end).unwrap_or_default();
        let name = tag.trim_start_matches("</").trim_end_matches('>').trim();
        let is_own = |open: &Open| inner == end || open.name == name;
        let Some(at) = self.open.iter().skip(1).rposition(is_own) else {
            return;
        };
        while self.open.len() > at + 2 {
            self.give_up();
        }
        let (Some(mut own), Some(around)) = (self.open.pop(), self.open.last_mut()) else {
            return;
        };
        own.parts.push(Part::Markdown(own.at..inner));
        around.parts.push(Part::Markdown(around.at..own.start));
        around.parts.push(Part::Component {
            name: own.name,
            attributes: own.attributes,
            span: own.start..end,
            inner: own.parts,
        });
        around.at = end;
    }

    /// Makes what is around take over a component that has no end.
    fn give_up(&mut self) {
        let (Some(own), Some(around)) = (self.open.pop(), self.open.last_mut()) else {
            return;
        };
        let before = around.at;
        if own.parts.is_empty() {
            return;
        }
        around.at = own.at;
        around.parts.extend(
            own.parts
                .into_iter()
                .enumerate()
                .map(|(number, part)| match part {
                    Part::Markdown(range) if number == 0 => Part::Markdown(before..range.end),
                    part => part,
                }),
        );
    }
}

/// The sign and length of a code fence that a line begins.
fn fence_of(line: &str) -> Option<(u8, usize)> {
    let sign = *line
        .as_bytes()
        .first()
        .filter(|byte| b"`~".contains(byte))?;
    let length = line.bytes().take_while(|byte| *byte == sign).count();
    // A fence of backticks has none behind it.
    let is_fence = length > 2 && (sign == b'~' || !line[length..].contains('`'));
    is_fence.then_some((sign, length))
}

/// The end tag with this name at the end of a line.
fn end_tag(line: &str, name: &str) -> Option<Range<usize>> {
    let words = line.trim_end();
    let start = words
        .strip_suffix('>')?
        .trim_end()
        .strip_suffix(name)?
        .strip_suffix("</")?;
    Some(start.len()..words.len())
}

#[cfg(test)]
mod tests;
