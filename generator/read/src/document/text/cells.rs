//! Makes rows and cells of lines.

use std::borrow::Cow;

use super::lines::Line;
use crate::{
    dialect::{ColumnRole, Dialect, TableKind, TableRole},
    document::{Cell, Inline, Piece, Row},
    source::Span,
};

/// A cell whose words aren't complete yet: later lines may go on with them.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    span: Span,
    words: Cow<'a, str>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(line: &Line<'a>, start: usize, end: usize) -> Self {
        let part = &line.text[start..end];
        let blanks = part.len() - part.trim_start().len();
        let words = part.trim();
        let start = start + blanks;
        Self {
            span: line.part(start, start + words.len()),
            words: Cow::Borrowed(words),
        }
    }

    /// A blank cell behind this one.
    pub(super) fn after(&self) -> Self {
        Self {
            span: Span {
                start: self.span.end,
                end: self.span.end,
            },
            words: Cow::Borrowed(""),
        }
    }

    /// The cell with `\|` as the pipe that it stands for in a table of pipes.
    pub(super) fn unescaped(mut self) -> Self {
        if self.words.contains("\\|") {
            self.words = Cow::Owned(self.words.replace("\\|", "|"));
        }
        self
    }

    /// Goes on with more words.
    pub(super) fn push(&mut self, more: &Draft<'_>) {
        if !self.words.is_empty() && !more.words.is_empty() {
            self.words.to_mut().push(' ');
        } else if self.words.is_empty() {
            self.span.start = more.span.start;
        }
        self.words.to_mut().push_str(&more.words);
        self.span.end = more.span.end;
    }

    /// Its words, as they stand on the page.
    pub(super) fn words(&self) -> &str {
        &self.words
    }
}

/// The row that these cells make. What the kind of table says about its
/// columns marks the word for "required" in the descriptions.
pub(super) fn row(dialect: &Dialect, kind: Option<&TableKind>, drafts: Vec<Draft<'_>>) -> Row {
    let start = drafts.first().map_or(0, |cell| cell.span.start);
    let end = drafts.last().map_or(start, |cell| cell.span.end);
    let marks = kind.filter(|kind| kind.role != TableRole::Responses);
    let cell = |(index, draft): (usize, Draft)| {
        let column = marks.and_then(|kind| kind.columns.get(index));
        let described = column.is_some_and(|(role, _)| *role == ColumnRole::Description);
        let marker = dialect.required.marker.as_deref().filter(|_| described);
        Cell {
            span: draft.span,
            text: marked(&draft.words, marker.unwrap_or_default()),
            ..Cell::default()
        }
    };
    Row {
        span: Span { start, end },
        cells: drafts.into_iter().enumerate().map(cell).collect(),
        ..Row::default()
    }
}

/// Words of a description, with the word for "required" in strong emphasis, as
/// the other forms have it: at the start when a sentence or nothing follows,
/// at the end when it is the last word.
fn marked(words: &str, marker: &str) -> Inline {
    if marker.is_empty() {
        return Inline::text(words);
    }
    let at_start = words.strip_prefix(marker).filter(|rest| {
        let after = rest.trim_start();
        rest.is_empty() || after.len() < rest.len() && after.starts_with(char::is_uppercase)
    });
    let at_end = words.strip_suffix(marker);
    let at_end = at_end.filter(|rest| rest.ends_with(char::is_whitespace));
    let mut inline = Inline::default();
    let strong = [
        Piece::StrongStart,
        Piece::Text(marker.to_owned()),
        Piece::StrongEnd,
    ];
    match (at_start, at_end) {
        (Some(rest), _) => {
            strong.into_iter().for_each(|piece| inline.push(piece));
            inline.push_text(rest);
        }
        (None, Some(rest)) => {
            inline.push_text(rest);
            strong.into_iter().for_each(|piece| inline.push(piece));
        }
        (None, None) => inline.push_text(words),
    }
    inline.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> String {
        let pieces = marked(words, "Required").pieces.into_iter();
        let shown = pieces.map(|piece| match piece {
            Piece::Text(text) => text,
            _ => "**".to_owned(),
        });
        shown.collect()
    }

    #[test]
    fn required_is_a_mark_at_either_end_of_a_description_only() {
        assert_eq!(shown("Required"), "**Required**");
        assert_eq!(shown("Required The key."), "**Required** The key.");
        assert_eq!(shown("The key. Required"), "The key. **Required**");
        assert_eq!(shown("Required by the law."), "Required by the law.");
        assert_eq!(shown("Required, mostly."), "Required, mostly.");
        assert_eq!(shown("NotRequired"), "NotRequired");
        assert_eq!(shown("It is Required now"), "It is Required now");
    }
}
