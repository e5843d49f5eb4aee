//! Makes rows and cells of lines.

use super::lines::Line;
use crate::{
    dialect::{ColumnRole, Dialect, TableKind, TableRole},
    document::{Cell, Inline, Piece, Row},
    source::Span,
};

/// A cell whose words aren't complete yet: later lines may go on with them.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    span: Span,
    words: String,
}

impl Draft {
    pub(super) fn new(line: &Line<'_>, start: usize, end: usize) -> Self {
        let part = &line.text[start..end];
        let blanks = part.len() - part.trim_start().len();
        let words = part.trim();
        let start = start + blanks;
        Self {
            span: line.part(start, start + words.len()),
            words: words.to_owned(),
        }
    }

    /// A cell that the line doesn't have, at its end.
    pub(super) fn missing(line: &Line<'_>) -> Self {
        Self::new(line, line.text.len(), line.text.len())
    }

    /// Goes on with more words.
    pub(super) fn push(&mut self, more: &Self) {
        if !self.words.is_empty() && !more.words.is_empty() {
            self.words.push(' ');
        } else if self.words.is_empty() {
            self.span.start = more.span.start;
        }
        self.words.push_str(&more.words);
        self.span.end = more.span.end;
    }

    /// Its words, as they stand on the page.
    pub(super) fn words(&self) -> &str {
        &self.words
    }
}

/// The row that these cells make. What the kind of table says about its
/// columns marks the word for "required" in the descriptions.
pub(super) fn row(dialect: &Dialect, kind: Option<&TableKind>, drafts: Vec<Draft>) -> Row {
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
        }
    };
    Row {
        span: Span { start, end },
        cells: drafts.into_iter().enumerate().map(cell).collect(),
    }
}

/// Plain words, white space folded.
pub(super) fn plain(words: &str) -> Inline {
    let mut pieces = Vec::new();
    push(&mut pieces, &folded(words));
    Inline { pieces }
}

/// Words of a description, with the word for "required" in strong emphasis, as
/// the other forms have it: at the start when a sentence or nothing follows,
/// at the end when it is the last word.
fn marked(words: &str, marker: &str) -> Inline {
    let words = folded(words);
    let mut pieces = Vec::new();
    let at_start = words.strip_prefix(marker).filter(|rest| {
        let starts_sentence = |c: char| c.is_uppercase();
        rest.is_empty() || rest.starts_with(' ') && rest[1..].starts_with(starts_sentence)
    });
    let at_end = words
        .strip_suffix(marker)
        .filter(|rest| rest.ends_with(' '));
    match (at_start, at_end) {
        _ if marker.is_empty() => push(&mut pieces, &words),
        (Some(rest), _) => {
            push_strong(&mut pieces, marker);
            push(&mut pieces, rest);
        }
        (None, Some(rest)) => {
            push(&mut pieces, rest);
            push_strong(&mut pieces, marker);
        }
        (None, None) => push(&mut pieces, &words),
    }
    Inline { pieces }
}

fn push(pieces: &mut Vec<Piece>, words: &str) {
    if !words.is_empty() {
        pieces.push(Piece::Text(words.to_owned()));
    }
}

fn push_strong(pieces: &mut Vec<Piece>, marker: &str) {
    pieces.push(Piece::StrongStart);
    push(pieces, marker);
    pieces.push(Piece::StrongEnd);
}

/// Words with single spaces between them.
fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
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
