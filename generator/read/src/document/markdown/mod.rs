//! Reads Markdown (CommonMark 0.31 with GFM's tables, footnotes and strikethrough,
//! and lists of definitions) and MDX into a [`Document`].
//!
//! HTML within Markdown is read by the HTML reader, so that it means the same
//! as on the published page: an HTML block becomes the blocks that a browser
//! sees in it, and running text that holds tags is rendered and read again.
//! Components are found before Markdown is read; what stands in them is Markdown.

mod components;
mod phrases;
mod raw;
mod reader;
mod tables;
mod tags;

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use self::{components::Part, reader::Reader};
use super::{
    Block, BlockKind, Component, Document,
    anchor::Anchors,
    front_matter,
    notes::{Note, Notes},
    relocate::relocate,
};
use crate::source::{Form, Page, Span};

/// What is read beyond CommonMark. Ids of headings aren't left to the parser: it
/// takes the last parameter of a path (`# GET /boats/{id}`) for one.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// The same for this text. The parser takes each line that begins with a colon for a
/// definition, but a page without `: ` has other things there.
fn options(text: &str) -> Options {
    let mut has_definitions = false;
    let mut colons = text.match_indices(':').map(|(at, _)| at);
    let is_other = |at: usize| {
        let line = text[..at].trim_end_matches(' ');
        let begins_line = line.is_empty() || line.ends_with('\n');
        let is_mark = begins_line && at - line.len() < 4;
        let is_definition = text[at + 1..].starts_with([' ', '\t']);
        has_definitions |= is_mark && is_definition;
        is_mark && !is_definition
    };
    if colons.any(is_other) {
        return OPTIONS;
    }
    match has_definitions {
        true => OPTIONS.union(Options::ENABLE_DEFINITION_LIST),
        false => OPTIONS,
    }
}

/// Reads a page. It never fails: any text is Markdown.
pub fn read(page: &Page) -> Document {
    let (meta, start) = front_matter::read(&page.text).unwrap_or_default();
    let mut whole = Whole {
        text: &page.text,
        is_mdx: page.form == Form::Mdx,
        anchors: Anchors::default(),
        notes: Notes::default(),
    };
    let parts = components::parts(&page.text, start, whole.is_mdx);
    let mut blocks = Vec::new();
    whole.parts(&parts, 0, &mut blocks);
    Document {
        meta,
        diagnostics: whole.notes.into_diagnostics(page, &blocks),
        blocks,
    }
}

/// A page that is being read.
struct Whole<'a> {
    text: &'a str,
    is_mdx: bool,
    anchors: Anchors,
    notes: Notes,
}

impl Whole<'_> {
    /// Reads parts of the page, `depth` components deep.
    fn parts(&mut self, parts: &[Part], depth: usize, blocks: &mut Vec<Block>) {
        for part in parts {
            match part {
                Part::Markdown(range) if depth == 0 => {
                    self.markdown(self.text, range.clone(), blocks);
                }
                Part::Markdown(range) => self.indented(range.clone(), blocks),
                Part::Code(range) => {
                    let words = self.text[range.clone()].trim();
                    blocks.push(Block {
                        span: Span::new(range.start, range.start + words.len()),
                        kind: BlockKind::Other(words.to_owned()),
                    });
                }
                Part::Component {
                    name,
                    attributes,
                    span,
                    inner,
                } => {
                    let mut children = Vec::new();
                    self.parts(inner, depth + 1, &mut children);
                    let start = self.text[span.clone()].trim_start();
                    let span = Span::new(span.end - start.len(), span.end);
                    let heading = self.text[span.end as usize..].strip_prefix('\n');
                    if !self.is_mdx && heading.is_some_and(|line| line.starts_with('#')) {
                        let note = Note::ComponentAboveHeading(name.clone());
                        self.notes.add(span, note);
                    }
                    let kind = BlockKind::Component(Component {
                        name: name.clone(),
                        attributes: attributes.clone(),
                        children,
                    });
                    blocks.push(Block { span, kind });
                }
            }
        }
    }

    /// Reads Markdown at these bytes of `text`.
    fn markdown(&mut self, text: &str, range: Range<usize>, blocks: &mut Vec<Block>) {
        let part = &text[range.clone()];
        if part.trim().is_empty() {
            return;
        }
        let mut events = Vec::with_capacity(part.len() / 8);
        for (event, place) in Parser::new_ext(part, options(part)).into_offset_iter() {
            let span = Span::new(place.start + range.start, place.end + range.start);
            events.push((event, span));
        }
        let mut reader = Reader {
            text,
            events,
            at: 0,
            facts: None,
            anchors: &mut self.anchors,
            notes: &self.notes,
        };
        reader.blocks(0, blocks);
    }

    /// Reads Markdown in a component. Where its lines are indented, they aren't code for
    /// that.
    fn indented(&mut self, range: Range<usize>, blocks: &mut Vec<Block>) {
        let part = &self.text[range.clone()];
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        // What stands on the line of the tag isn't indented.
        let after_tag = !self.text[..range.start].ends_with('\n');
        let lines = || part.split_inclusive('\n').skip(usize::from(after_tag));
        let words = lines().filter(|line| !line.trim().is_empty());
        let common = words.map(indent).min().unwrap_or(0);
        if common == 0 {
            return self.markdown(self.text, range, blocks);
        }
        let mut text = String::with_capacity(part.len());
        // Where each line begins, in the text that is read and on the page.
        let mut starts: Vec<(u32, u32)> = Vec::new();
        let mut at = range.start;
        for (number, line) in part.split_inclusive('\n').enumerate() {
            let dropped = match number == 0 && after_tag {
                true => 0,
                false => common.min(indent(line)),
            };
            let start = Span::new(text.len(), at + dropped);
            starts.push((start.start, start.end));
            text.push_str(&line[dropped..]);
            at += line.len();
        }
        let mut read = Vec::new();
        let end = text.len();
        self.markdown(&text, 0..end, &mut read);
        relocate(&mut read, &|byte| {
            let next = starts.partition_point(|(start, _)| *start <= byte);
            let line = next.checked_sub(1).and_then(|last| starts.get(last));
            line.map_or(byte, |(start, page)| page + (byte - start))
        });
        blocks.append(&mut read);
    }
}
