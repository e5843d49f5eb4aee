//! Code blocks of page text. Fences are gone; what is left to know code by is
//! HTTP itself (request and status lines), JSON's and XML's first signs, the
//! section, and blank lines: an extractor keeps those of preformatted text.

use super::{Reader, words};
use crate::{
    dialect::{CodeRole, SectionRole},
    document::{Block, BlockKind, Code},
};

/// What a code block of the section of samples begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Request,
    Status,
    Body,
}

impl Reader<'_> {
    /// Reads the code block that begins at line `at`, when one does; says
    /// where it ends. `gap` is the number of blank lines before it.
    pub(super) fn code(&mut self, at: usize, gap: usize) -> Option<usize> {
        if self.section == SectionRole::Samples {
            return self.sample(at);
        }
        let line = &self.lines[at];
        if self.is_request_line(line) && !(self.signature_read && self.is_apart(gap)) {
            let role = if self.section == SectionRole::Start && !self.signature_read {
                self.signature_read = true;
                CodeRole::Signature
            } else {
                CodeRole::QueryExamples
            };
            let is_more = |line: &&super::Line<'_>| self.is_request_line(line);
            let lines = self.lines[at..].iter().take_while(is_more).count();
            self.push_code(at, at + lines, &[role, CodeRole::Ignored]);
            return Some(at + lines);
        }
        let after = self.lines.get(at + 1).map_or("", |line| line.text);
        let is_alone = after.is_empty() || words::item(after).is_some();
        if words::is_path(line.text) && is_alone {
            self.push_code(at, at + 1, &[CodeRole::Signature, CodeRole::Ignored]);
            return Some(at + 1);
        }
        let is_table = || self.is_grid(at) || self.is_header(line);
        if is_json(line.text) || self.is_apart(gap) && !is_table() {
            let lines = self.lines[at..].iter();
            let end = at + lines.take_while(|line| !line.is_blank()).count();
            self.push_code(at, end, &[CodeRole::Ignored]);
            return Some(end);
        }
        None
    }

    /// Whether a gap of blank lines is one more than this page has between
    /// paragraphs: the second is preformatted text's own first line.
    fn is_apart(&self, gap: usize) -> bool {
        gap > 1 && self.gaps_are_single
    }

    /// Reads a sample message: to the next heading, to the answer that follows
    /// a request, or to the page's end.
    fn sample(&mut self, at: usize) -> Option<usize> {
        let first = self.starts_sample(at)?;
        let mut end = at + 1;
        let mut next = at + 1;
        while let Some(line) = self.lines.get(next) {
            let after_blank = self.lines[next - 1].is_blank() || self.blanks_are_lost;
            if self.is_title(next) || self.is_chrome(line) {
                break;
            }
            if after_blank && !line.is_blank() {
                let other = match self.starts_sample(next) {
                    Some(Start::Status) => first == Start::Request,
                    Some(Start::Request) => first == Start::Status,
                    _ => false,
                };
                if other || self.heading(line).is_some() {
                    break;
                }
            }
            next += 1;
            if !line.is_blank() {
                end = next;
            }
        }
        let role = match first {
            Start::Request => CodeRole::RequestSample,
            Start::Status => CodeRole::ResponseSample,
            Start::Body if self.sample_read => CodeRole::ResponseSample,
            Start::Body => CodeRole::RequestSample,
        };
        self.sample_read = true;
        self.push_code(at, end, &[role]);
        Some(end)
    }

    fn starts_sample(&self, at: usize) -> Option<Start> {
        let line = &self.lines[at];
        if self.is_request_line(line) {
            return Some(Start::Request);
        }
        if words::is_status_line(line.text) {
            return Some(Start::Status);
        }
        let is_body = line.text.starts_with(['{', '[', '<', '"', '-'])
            || line.text.starts_with(|c: char| c.is_ascii_digit());
        is_body.then_some(Start::Body)
    }

    /// Adds a code block with the info string that the dialect has for the
    /// first of these roles in this section.
    fn push_code(&mut self, start: usize, end: usize, roles: &[CodeRole]) {
        let mut text = String::new();
        for line in &self.lines[start..end] {
            if line.raw.contains('\u{a0}') {
                // Browsers copy indentation as non-breaking spaces.
                let blanks = line.raw[..line.indent()].chars().count();
                text.extend(std::iter::repeat_n(' ', blanks));
                text.push_str(line.text);
            } else {
                text.push_str(line.raw);
            }
            text.push('\n');
        }
        let kinds = &self.dialect.codes;
        let of_role = |role: &CodeRole| {
            let mut kinds = kinds.iter();
            kinds.find(|kind| kind.role == *role && kind.stands_in(self.section))
        };
        let kind = roles.iter().find_map(of_role);
        let info = kind.and_then(|kind| {
            // Examples in the prose are JSON, or have no language to name.
            let unnamed = kind.role == CodeRole::Ignored && !is_json(self.lines[start].text);
            let mut infos = kind.info.iter();
            infos.find(|info| !unnamed || info.is_empty())
        });
        let (first, last) = (&self.lines[start], &self.lines[end - 1]);
        let mut span = first.span();
        span.start = first.raw_start();
        span.end = last.span().end;
        self.blocks.push(Block {
            span,
            kind: BlockKind::Code(Code {
                info: info.cloned().unwrap_or_default(),
                text,
                start: span.start,
                facts: None,
            }),
        });
    }
}

/// Whether a line begins like a JSON object or array, and not like a word in
/// braces.
fn is_json(line: &str) -> bool {
    let Some(inner) = line.strip_prefix(['{', '[']) else {
        return false;
    };
    let inner = inner.trim_start();
    inner.is_empty() || inner.starts_with(['"', '{', '['])
}
