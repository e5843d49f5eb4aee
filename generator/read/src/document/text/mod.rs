//! Reads page text: what a text extractor, or a browser's copy, leaves of a
//! page. Headings look like paragraphs there, a table's row is a line of
//! words, fences and backticks are gone, and the site's navigation stands
//! around it all. The dialect's vocabulary brings the tree back: its headings,
//! column titles, types, and titles of pages.
//!
//! Nothing is dropped. A line that no rule takes is a paragraph; the site's
//! own lines are [`BlockKind::Other`]. Nothing here knows a vendor, and
//! reading takes time in proportion to the page.

mod cells;
mod code;
mod grid;
mod lines;
mod list;
mod row;
mod table;
mod words;

use std::ops::RangeInclusive;

use lines::Line;
use words::Words;

use super::{Block, BlockKind, Document, Heading, Inline, anchor::Anchors};
use crate::{
    dialect::{Dialect, SectionRole},
    source::{Page, Span},
};

/// The widths, in bytes, at which extractors and mail programs wrap lines.
const WRAPPING_WIDTHS: RangeInclusive<usize> = 50..=132;

/// A page has a blank line in fewer lines than this, unless they were dropped.
const LINES_A_BLANK_ONE: usize = 24;

/// Reads a page of text.
pub fn read(page: &Page, dialect: &Dialect) -> Document {
    let mut lines = lines::split(&page.text);
    let end = words::position(&dialect.page.text_end, &lines);
    let tail = lines.split_off(end.unwrap_or(lines.len()));
    let words = Words::new(dialect);
    let mut reader = Reader {
        dialect,
        section: SectionRole::Start,
        anchors: Anchors::default(),
        gaps_are_single: gaps_are_single(&lines),
        blanks_are_lost: false,
        titles: titles(&words, &lines),
        wrapped_at: wrapped_at(&words, &lines),
        words,
        signature_read: false,
        sample_read: false,
        blocks: Vec::new(),
        lines,
    };
    let start = reader.start();
    reader.blanks_are_lost = blanks_are_lost(&reader.words, &reader.lines[start..]);
    reader.push_other(0, start);
    reader.body(start);
    reader.lines = tail;
    reader.push_other(0, reader.lines.len());
    Document {
        meta: Vec::new(),
        blocks: reader.blocks,
        diagnostics: Vec::new(),
    }
}

/// The state of reading one page.
struct Reader<'a> {
    dialect: &'a Dialect,
    words: Words<'a>,
    lines: Vec<Line<'a>>,
    /// The lines that are titles of operations, in order.
    titles: Vec<usize>,
    /// Whether one blank line is what stands between paragraphs.
    gaps_are_single: bool,
    /// Whether an extractor dropped the blank lines, those of samples as well.
    blanks_are_lost: bool,
    /// The length at which lines are wrapped, if they are.
    wrapped_at: Option<usize>,
    /// The section in which the next block stands.
    section: SectionRole,
    /// Whether the operation's signature was read.
    signature_read: bool,
    /// Whether a sample of the operation was read.
    sample_read: bool,
    anchors: Anchors,
    blocks: Vec<Block>,
}

/// The lines that are titles of operations: what fits the dialect's pattern
/// and stands before the operation's request line, with nothing but blank
/// lines and the site's own between them.
fn titles(words: &Words<'_>, lines: &[Line<'_>]) -> Vec<usize> {
    let mut titles = Vec::new();
    // The last line that is neither blank nor chrome, and whether something
    // stood after it.
    let mut before: Option<(usize, bool)> = None;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() || words.is_chrome(line.text) {
            before = before.map(|(at, _)| (at, true));
            continue;
        }
        if let Some((title, apart)) = before
            && words::is_request_line(words.dialect, line.text)
            && words::is_title(words.dialect, lines[title].text)
        {
            // Of two request lines the first is a title when they stand
            // apart; examples stand together, one line below the other.
            let is_request = words::is_request_line(words.dialect, lines[title].text);
            if !is_request || (apart && titles.is_empty()) {
                titles.push(title);
            }
        }
        before = Some((at, false));
    }
    titles
}

/// Whether the blank lines between paragraphs are mostly single ones.
fn gaps_are_single(lines: &[Line<'_>]) -> bool {
    let (mut single, mut wider, mut gap) = (0, 0, 0);
    for line in lines {
        match (line.is_blank(), gap) {
            (true, _) => gap += 1,
            (false, 0) => {}
            (false, 1) => (single, gap) = (single + 1, 0),
            (false, _) => (wider, gap) = (wider + 1, 0),
        }
    }
    wider * 2 < single
}

/// Whether next to no line of a page is blank: an extractor dropped them.
fn blanks_are_lost(words: &Words<'_>, lines: &[Line<'_>]) -> bool {
    let (mut blank, mut all) = (0, 0);
    for line in before_samples(words, lines) {
        blank += usize::from(line.is_blank());
        all += 1;
    }
    blank * LINES_A_BLANK_ONE <= all
}

/// The lines before the samples.
fn before_samples<'l, 'a>(
    words: &Words<'_>,
    lines: &'l [Line<'a>],
) -> impl Iterator<Item = &'l Line<'a>> {
    lines.iter().take_while(|line| {
        let section = words.section(line.text);
        section.is_none_or(|kind| kind.role != SectionRole::Samples)
    })
}

/// The length at which an extractor wrapped the page's lines: that of the
/// longest before the samples; `None` when no line that long can be the effect
/// of wrapping.
fn wrapped_at(words: &Words<'_>, lines: &[Line<'_>]) -> Option<usize> {
    let lines = before_samples(words, lines);
    let longest = lines.map(|line| line.raw.len()).max()?;
    WRAPPING_WIDTHS.contains(&longest).then_some(longest)
}

impl<'a> Reader<'a> {
    /// The line at which the page begins: behind the line with which the
    /// dialect says that the site's navigation ends; and at the operation's
    /// title, unless something before it is known to be the page's.
    fn start(&self) -> usize {
        let first = self.titles.first().copied();
        let head = &self.lines[..first.unwrap_or(self.lines.len())];
        let start = words::position(&self.dialect.page.text_start, head);
        let start = start.map_or(0, |at| at + 1);
        let is_known = |line: &Line<'_>| {
            self.heading(line).is_some()
                || table::header(self.dialect, self.section, line.text).is_some()
        };
        match first {
            Some(title) if !self.lines[start..title].iter().any(is_known) => title,
            _ => start,
        }
    }

    fn body(&mut self, start: usize) {
        let mut at = start;
        let mut gap = 0;
        while let Some(line) = self.lines.get(at).copied() {
            if line.is_blank() {
                (at, gap) = (at + 1, gap + 1);
                continue;
            }
            at = self.block(at, gap, line);
            gap = 0;
        }
    }

    /// Reads the block that begins with `line`, after `gap` blank lines; says
    /// where it ends.
    fn block(&mut self, at: usize, gap: usize, line: Line<'a>) -> usize {
        if self.is_chrome(&line) {
            let lines = self.lines[at..].iter();
            let end = at + lines.take_while(|line| self.is_chrome(line)).count();
            self.push_other(at, end);
            return end;
        }
        if self.is_title(at) {
            self.section = SectionRole::Start;
            self.signature_read = false;
            self.sample_read = false;
            self.push_heading(1, line.text, &line);
            return at + 1;
        }
        if let Some((level, role)) = self.heading(&line) {
            // Headings within the prose don't end the section it stands in.
            if role != SectionRole::Prose {
                self.section = role;
            }
            self.push_heading(level, line.text, &line);
            return at + 1;
        }
        let read = self.code(at, gap);
        let read = read.or_else(|| self.grid(at));
        let read = read.or_else(|| self.table(at));
        let read = read.or_else(|| self.list(at));
        read.unwrap_or_else(|| self.paragraph(at))
    }

    /// Reads a paragraph: up to a blank line, or a line that opens something
    /// else.
    fn paragraph(&mut self, at: usize) -> usize {
        let mut text = String::new();
        let mut end = at;
        while let Some(line) = self.lines.get(end) {
            if line.is_blank() || (end > at && self.opens_block(end, line)) {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line.text);
            end += 1;
        }
        let span = Span {
            start: self.lines[at].span().start,
            end: self.lines[end - 1].span().end,
        };
        self.blocks.push(Block {
            span,
            kind: BlockKind::Paragraph(Inline::text(&text)),
        });
        end
    }

    /// Whether a line opens a block although no blank line stands before it.
    fn opens_block(&self, at: usize, line: &Line<'_>) -> bool {
        self.is_title(at)
            || self.is_chrome(line)
            || self.is_request_line(line)
            || self.heading(line).is_some()
            || words::item(line.text).is_some()
            || table::header(self.dialect, self.section, line.text).is_some()
            || self.is_grid(at)
    }

    fn is_title(&self, at: usize) -> bool {
        self.titles.binary_search(&at).is_ok()
    }

    fn is_chrome(&self, line: &Line<'_>) -> bool {
        self.words.is_chrome(line.text)
    }

    fn is_request_line(&self, line: &Line<'_>) -> bool {
        words::is_request_line(self.dialect, line.text)
    }

    /// The level and section of a line that is a heading.
    fn heading(&self, line: &Line<'_>) -> Option<(u8, SectionRole)> {
        let kind = self.words.section(line.text)?;
        let level = kind.levels.first().unwrap_or(&kind.level);
        Some((*level.clamp(&1, &6), kind.role))
    }

    fn push_heading(&mut self, level: u8, words: &str, line: &Line<'_>) {
        let text = Inline::text(words);
        let anchor = self.anchors.assign(&text.to_plain());
        self.blocks.push(Block {
            span: line.span(),
            kind: BlockKind::Heading(Heading {
                level,
                text,
                anchor,
            }),
        });
    }

    /// Keeps lines that aren't the page's, when there are any words in them.
    fn push_other(&mut self, start: usize, end: usize) {
        let lines = &self.lines[start..end];
        let mut shown = lines.iter().filter(|line| !line.is_blank());
        let Some(first) = shown.next() else {
            return;
        };
        let last = shown.next_back().unwrap_or(first);
        let words = lines.iter().filter(|line| !line.is_blank());
        let words: Vec<_> = words.map(|line| line.text).collect();
        self.blocks.push(Block {
            span: Span {
                start: first.span().start,
                end: last.span().end,
            },
            kind: BlockKind::Other(words.join("\n")),
        });
    }
}
