//! Makes running text and HTML of pulldown-cmark's events.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    document::{Inline, Piece, html::is_void},
    source::{Span, shown},
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
    // Marks of footnotes are no words.
    let shown = events.filter(|event| !matches!(event, Event::FootnoteReference(_)));
    // A component that closes itself holds nothing; HTML doesn't know that of it.
    let closed = shown.cloned().map(|event| match event {
        Event::InlineHtml(tag) if tag.ends_with("/>") => match self_closed(&tag) {
            Some(tag) => Event::InlineHtml(tag.into()),
            None => Event::InlineHtml(tag),
        },
        event => event,
    });
    pulldown_cmark::html::push_html(&mut html, closed);
    html
}

/// The tag of a component that closes itself, and its end tag.
fn self_closed(tag: &str) -> Option<String> {
    let inner = tag.strip_prefix('<')?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    let name = &inner[..inner.find(|letter| !is_name(letter))?];
    let is_component = name.starts_with(|first: char| first.is_ascii_uppercase());
    (is_component && !is_void(&name.to_ascii_lowercase())).then(|| format!("{tag}</{name}>"))
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

/// Running text without tags. `hidden` is told of each character that doesn't show:
/// those that are written as such are left out already.
pub(super) fn inline<'e>(
    events: impl Iterator<Item = &'e Event<'e>>,
    hidden: impl Fn(char),
) -> Inline {
    let mut inline = Inline::default();
    let mut targets: Vec<String> = Vec::new();
    for event in events {
        match event {
            Event::Text(words) => inline.push_text(&shown(words, |_, what| hidden(what))),
            Event::Code(code) => inline.push_code(code),
            Event::SoftBreak => inline.push_text("\n"),
            Event::HardBreak => inline.push(Piece::Break),
            Event::Start(Tag::Strong) => inline.push(Piece::StrongStart),
            Event::End(TagEnd::Strong) => inline.push(Piece::StrongEnd),
            Event::Start(Tag::Strikethrough) => inline.push(Piece::Html("<del>".into())),
            Event::End(TagEnd::Strikethrough) => inline.push(Piece::Html("</del>".into())),
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

/// Takes the id off a heading's end: `Boats {#boats}`, `Boats {: #boats .new}`.
pub(super) fn heading_id(text: &mut Inline) -> Option<String> {
    let Some(Piece::Text(words)) = text.pieces.last_mut() else {
        return None;
    };
    let (before, marks) = words.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    let marks = marks.strip_prefix(':').unwrap_or(marks);
    let is_mark = |it: &str| it.len() > 1 && it.starts_with(['#', '.']) || it.contains('=');
    let apart = before.is_empty() || before.ends_with(char::is_whitespace);
    if !apart || !marks.split_whitespace().all(is_mark) {
        return None;
    }
    let mut ids = marks
        .split_whitespace()
        .filter_map(|it| it.strip_prefix('#'));
    let id = ids.next()?.to_owned();
    let length = before.trim_end().len();
    words.truncate(length);
    *text = std::mem::take(text).finish();
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_headings_are_no_parameters_of_paths() {
        let read = |words: &str| {
            let mut text = Inline::text(words);
            let id = heading_id(&mut text);
            (text.to_plain(), id)
        };
        assert_eq!(read("Find {#find}"), ("Find".into(), Some("find".into())));
        assert_eq!(
            read("Find {: #a .b c=d}"),
            ("Find".into(), Some("a".into()))
        );
        for title in [
            "GET /boats/{id}",
            "GET /boats {id}",
            "x{#y}",
            "{}",
            "a {.b}",
        ] {
            assert_eq!(read(title), (title.to_owned(), None));
        }
    }
}
