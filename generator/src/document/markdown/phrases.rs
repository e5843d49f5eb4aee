//! Makes running text and HTML of pulldown-cmark's events.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    document::{Inline, Piece},
    source::Span,
};

/// Splits the source of a row at its pipes.
pub(super) fn split_cells(row: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    row.split(move |letter| {
        let ends = letter == '|' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    })
}

pub(super) fn needs_html<'e>(mut events: impl Iterator<Item = &'e Event<'e>>) -> bool {
    events.any(|event| {
        matches!(
            event,
            Event::InlineHtml(_) | Event::Start(Tag::Image { .. })
        )
    })
}

pub(super) fn rendered<'e>(events: impl Iterator<Item = &'e Event<'e>>) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.cloned());
    html
}

/// The text of an HTML block.
pub(super) fn raw(events: &[(Event<'_>, Span)]) -> String {
    let mut html = String::new();
    for (event, _) in events {
        if let Event::Html(text) | Event::Text(text) = event {
            html.push_str(text);
        }
    }
    html
}

/// How many lists and tables a piece of HTML opens and doesn't close; less
/// than 0 when it closes more.
pub(super) fn open_boxes(html: &str) -> i32 {
    let mut open = 0;
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let (step, name) = match tag.strip_prefix('/') {
            Some(name) => (-1, name),
            None => (1, tag),
        };
        let is_box = ["table", "ul", "ol", "dl"].iter().any(|name_of_box| {
            let start = name.as_bytes().get(..name_of_box.len());
            let after = name.as_bytes().get(name_of_box.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(name_of_box.as_bytes()))
                && after.is_none_or(|after| !after.is_ascii_alphanumeric() && *after != b'-')
        });
        open += if is_box { step } else { 0 };
    }
    open
}

/// Running text without tags.
pub(super) fn inline<'e>(events: impl Iterator<Item = &'e Event<'e>>) -> Inline {
    let mut inline = Inline::default();
    let mut targets: Vec<String> = Vec::new();
    for event in events {
        match event {
            Event::Text(words) => inline.push_text(words),
            Event::Code(code) => inline.push_code(code),
            Event::SoftBreak => inline.push_text("\n"),
            Event::HardBreak => inline.push(Piece::Break),
            Event::Start(Tag::Strong) => inline.push(Piece::StrongStart),
            Event::End(TagEnd::Strong) => inline.push(Piece::StrongEnd),
            Event::Start(Tag::Emphasis) => inline.push(Piece::EmphasisStart),
            Event::End(TagEnd::Emphasis) => inline.push(Piece::EmphasisEnd),
            Event::Start(Tag::Link { dest_url, .. }) => {
                targets.push(dest_url.to_string());
                inline.push(Piece::LinkStart(dest_url.to_string()));
            }
            Event::End(TagEnd::Link) => {
                let target = targets.pop().unwrap_or_default();
                inline.push(Piece::LinkEnd(target));
            }
            _ => {}
        }
    }
    inline.finish()
}
