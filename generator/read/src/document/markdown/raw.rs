//! Reads blocks of HTML in Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{
    Reader,
    phrases::{open_boxes, raw, rendered},
};
use crate::{
    document::{
        Block, facts,
        html::{self, Origin},
    },
    source::Span,
};

/// How many events an HTML block may look ahead for its end.
const LOOK_AHEAD: usize = 1024;

impl Reader<'_, '_> {
    /// Reads an HTML block. When it leaves a list or table open that a later
    /// block closes, all up to there is one piece of HTML.
    pub(super) fn html_block(&mut self, blocks: &mut Vec<Block>) {
        let first = self.at;
        let end = self.end_of(first);
        let span = self.span_of(first..end);
        let mut html = raw(&self.events[first..end]);
        self.at = end;
        if let Some(facts) = facts::of_comment(&html) {
            self.facts = Some((facts, end));
            return;
        }
        let open = self.open_boxes(first..end);
        if open > 0
            && let Some(end) = self.closing_block(end, open)
        {
            self.at = end;
            let events = self.events[first..end].iter();
            html = rendered(events.map(|(event, _)| event));
        }
        let verbatim = self.source(span) == html;
        let origin = if verbatim {
            Origin::Slice(span.start)
        } else {
            Origin::Made(self.trimmed(self.span_of(first..self.at)))
        };
        let read = html::read_part(&html, origin, self.anchors, self.notes);
        blocks.extend(read);
    }

    /// The event after the end of the block that starts at `start`.
    fn end_of(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, (event, _)) in self.events[start..].iter().enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return start + offset + 1;
            }
        }
        self.events.len()
    }

    /// The event after the HTML block, in the same container, that closes as
    /// many boxes as are open.
    fn closing_block(&self, from: usize, mut open: i32) -> Option<usize> {
        let mut at = from;
        while at < self.events.len().min(from + LOOK_AHEAD) {
            match &self.events[at].0 {
                Event::End(_) => return None,
                Event::Start(Tag::HtmlBlock) => {
                    let end = self.end_of(at);
                    open += self.open_boxes(at..end);
                    if open <= 0 {
                        return Some(end);
                    }
                    at = end;
                }
                _ => at = self.end_of(at),
            }
        }
        None
    }

    fn open_boxes(&self, block: Range<usize>) -> i32 {
        let open = |(event, _): &(Event<'_>, Span)| match event {
            Event::Html(text) => open_boxes(text),
            _ => 0,
        };
        self.events[block].iter().map(open).sum()
    }
}
