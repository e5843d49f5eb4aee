//! Running text: words, code spans, emphasis, links and raw markup, and its
//! plain words. Its Markdown is written in `write.rs`.

use std::borrow::Cow;

use super::escape::tag_name;
use docwright_model::Text;

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Words. White space is folded: a run of it is one space, or one `\n`
    /// where the source breaks the line.
    Text(String),
    /// A code span's text.
    Code(String),
    /// The start of strong emphasis.
    StrongStart,
    /// Its end.
    StrongEnd,
    /// The start of emphasis.
    EmphasisStart,
    /// Its end.
    EmphasisEnd,
    /// The start of a link.
    LinkStart(String),
    /// Its end, with the same target.
    LinkEnd(String),
    /// A tag that Markdown has no word for (`<see cref="…">`).
    Html(String),
    /// A line break that the page asks for.
    Break,
}

impl Piece {
    /// Whether it shows anything by itself.
    pub(super) fn is_content(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Code(_) | Self::Html(_))
    }

    /// Whether `self` opens what `other` closes, with nothing in between.
    fn opens(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::StrongStart, Self::StrongEnd)
                | (Self::EmphasisStart, Self::EmphasisEnd)
                | (Self::LinkStart(_), Self::LinkEnd(_))
        )
    }
}

/// Running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

impl Inline {
    /// Plain words.
    pub fn text(words: &str) -> Self {
        // Most words come as they are to be.
        let is_trimmed = !words.starts_with(' ') && !words.ends_with(' ');
        if is_trimmed && !words.is_empty() && comes_folded(words.as_bytes()) {
            return Self {
                pieces: vec![Piece::Text(words.to_owned())],
            };
        }
        let mut inline = Self::default();
        inline.push_text(words);
        inline.finish()
    }

    /// One code span.
    pub fn code(text: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece::Code(text.into())],
        }
    }

    /// Where its first link leads.
    pub fn link(&self) -> Option<&str> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::LinkStart(target) => Some(target.as_str()),
            _ => None,
        })
    }

    /// Whether there is nothing to show: no word, no code, no tag.
    pub fn is_empty(&self) -> bool {
        !self.pieces.iter().any(Piece::is_content)
    }

    /// Adds words, folding white space (as HTML does: space, tab, line feed,
    /// form feed, carriage return).
    pub fn push_text(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            fold_onto(last, words);
        } else {
            let mut text = String::with_capacity(words.len());
            fold_onto(&mut text, words);
            if self.pieces.is_empty() {
                // Most running text is one piece.
                self.pieces.reserve_exact(1);
            }
            self.pieces.push(Piece::Text(text));
        }
    }

    /// Adds a code span; line breaks in it are spaces, as in CommonMark.
    pub fn push_code(&mut self, text: &str) {
        if !text.is_empty() {
            // Hardly any code span goes over a line's end.
            let text = match text.contains(['\n', '\r']) {
                false => text.to_owned(),
                true => text.replace("\r\n", "\n").replace(['\n', '\r'], " "),
            };
            self.pieces.push(Piece::Code(text));
        }
    }

    /// Adds a piece that isn't words. The end of something that holds nothing
    /// takes its start away instead.
    pub fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Text(words) => self.push_text(&words),
            Piece::Code(text) => self.push_code(&text),
            end if self.pieces.last().is_some_and(|last| last.opens(&end)) => {
                self.pieces.pop();
            }
            other => self.pieces.push(other),
        }
    }

    /// The text with white space and breaks removed at both ends, and white
    /// space removed around breaks.
    #[must_use]
    pub fn finish(mut self) -> Self {
        if let [Piece::Text(only)] = self.pieces.as_mut_slice() {
            only.truncate(only.trim_end_matches([' ', '\n']).len());
            let leading = only.len() - only.trim_start_matches([' ', '\n']).len();
            only.drain(..leading);
            self.pieces
                .retain(|piece| *piece != Piece::Text(String::new()));
            return self;
        }
        let mut done = Self::default();
        // White space is due to be dropped until something shows.
        let mut at_start = true;
        for piece in self.pieces {
            match piece {
                Piece::Text(text) if at_start => {
                    let text = text.trim_start_matches([' ', '\n']);
                    at_start = text.is_empty();
                    done.push_text(text);
                }
                Piece::Break => {
                    done.trim_end();
                    if !at_start {
                        done.pieces.push(Piece::Break);
                    }
                    at_start = true;
                }
                piece => {
                    at_start &= !piece.is_content();
                    done.push(piece);
                }
            }
        }
        done.trim_end();
        while let Some(last) = done.pieces.iter().rposition(|piece| *piece == Piece::Break) {
            if done.pieces[last..].iter().any(Piece::is_content) {
                break;
            }
            done.pieces.remove(last);
            done.trim_end();
        }
        done
    }

    /// Drops white space after the last thing that shows.
    fn trim_end(&mut self) {
        for at in (0..self.pieces.len()).rev() {
            match &mut self.pieces[at] {
                Piece::Text(text) => {
                    text.truncate(text.trim_end_matches([' ', '\n']).len());
                    if !text.is_empty() {
                        return;
                    }
                    self.pieces.remove(at);
                }
                Piece::Code(_) | Piece::Html(_) | Piece::Break => return,
                _ => {}
            }
        }
    }

    /// The words only: tags dropped, white space of all kinds folded to single
    /// spaces, trimmed.
    pub fn to_plain(&self) -> String {
        self.plain().into_owned()
    }

    /// The same, borrowed where they stand like that.
    pub fn plain(&self) -> Cow<'_, str> {
        match self.pieces.as_slice() {
            [] => Cow::Borrowed(""),
            [Piece::Text(words)] if is_folded(words, &PRINTABLE) => Cow::Borrowed(words),
            _ => {
                let mut plain = String::new();
                self.plain_onto(&mut plain);
                Cow::Owned(plain)
            }
        }
    }

    /// Adds the plain words to `plain`, which is folded already.
    pub(super) fn plain_onto(&self, plain: &mut String) {
        let mut space = !plain.is_empty();
        for piece in &self.pieces {
            match piece {
                Piece::Text(words) | Piece::Code(words) => words_onto(plain, words, &mut space),
                Piece::Break => space = true,
                _ => {}
            }
        }
    }

    /// Whether all that it shows is struck out (`<del>`, `<s>`).
    pub fn is_struck_out(&self) -> bool {
        let mut depth = 0_usize;
        let mut shows = false;
        for piece in &self.pieces {
            match piece {
                Piece::Html(tag) => match tag_name(tag).map(|name| (name, tag.starts_with("</"))) {
                    Some(("del" | "s" | "strike", false)) => depth += 1,
                    Some(("del" | "s" | "strike", true)) => depth = depth.saturating_sub(1),
                    _ => {}
                },
                Piece::Text(words) | Piece::Code(words) if !words.trim().is_empty() => {
                    if depth == 0 {
                        return false;
                    }
                    shows = true;
                }
                _ => {}
            }
        }
        shows
    }

    /// Whether the last words end with this character.
    pub fn ends_with(&self, last: char) -> bool {
        let mut pieces = self.pieces.iter().rev();
        let last_words = pieces.find_map(|piece| match piece {
            Piece::Text(words) | Piece::Code(words) => {
                Some(words.trim_end()).filter(|words| !words.is_empty())
            }
            _ => None,
        });
        last_words.is_some_and(|words| words.ends_with(last))
    }

    /// The description that these words make.
    pub fn to_text(&self) -> Text {
        match self.only_words() {
            Some(words) => Text::from(words),
            None => Text::new(self.to_markdown(), self.to_plain()),
        }
    }

    /// The words of running text that is the same as Markdown and as plain
    /// words, as most is: folded, without markup and without a character that
    /// Markdown could take for markup.
    pub(super) fn only_words(&self) -> Option<&str> {
        let [Piece::Text(words)] = self.pieces.as_slice() else {
            return None;
        };
        let starts = words.starts_with(|first: char| first.is_ascii_alphabetic());
        (starts && is_folded(words, &NO_MARKS)).then_some(words)
    }
}

/// ASCII that shows, and the space.
const PRINTABLE: [bool; 256] = printable(b"");

/// The same without what Markdown could take for markup.
const NO_MARKS: [bool; 256] = printable(b"\\`[]*~_<&!");

const fn printable(without: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = b' ';
    while byte < 0x7f {
        table[byte as usize] = true;
        byte += 1;
    }
    let mut at = 0;
    while at < without.len() {
        table[without[at] as usize] = false;
        at += 1;
    }
    table
}

/// Whether words consist of these bytes, with one space between any two of
/// them and none at the ends.
fn is_folded(words: &str, bytes: &[bool; 256]) -> bool {
    let mut after_space = true;
    let folded = words.bytes().all(|byte| {
        let twice = byte == b' ' && after_space;
        after_space = byte == b' ';
        bytes[usize::from(byte)] && !twice
    });
    folded && !after_space
}

/// Adds words to folded words; `space` says whether white space is due before
/// the next word.
pub(super) fn words_onto(plain: &mut String, words: &str, space: &mut bool) {
    if is_folded(words, &PRINTABLE) {
        if *space && !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(words);
        *space = false;
        return;
    }
    if words.starts_with(char::is_whitespace) {
        *space = true;
    }
    for (at, word) in words.split_whitespace().enumerate() {
        if (at > 0 || *space) && !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
        *space = false;
    }
    if words.ends_with(char::is_whitespace) {
        *space = true;
    }
}

/// Adds `words` to `text`, a run of white space as one space, or as one `\n`
/// when it breaks the line.
fn fold_onto(text: &mut String, words: &str) {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c');
    // Most words come folded.
    let after_space = text.is_empty() || text.ends_with([' ', '\n']);
    if !(after_space && words.starts_with(' ')) && comes_folded(words.as_bytes()) {
        text.push_str(words);
        return;
    }
    let mut rest = words;
    while !rest.is_empty() {
        let spaces = rest.bytes().take_while(|byte| is_space(byte)).count();
        if spaces > 0 {
            let breaks = rest[..spaces].contains('\n');
            match text.as_bytes().last() {
                Some(b'\n') => {}
                Some(b' ') if breaks => {
                    text.pop();
                    text.push('\n');
                }
                Some(b' ') => {}
                _ => text.push(if breaks { '\n' } else { ' ' }),
            }
            rest = &rest[spaces..];
        }
        let word = rest.bytes().take_while(|byte| !is_space(byte)).count();
        text.push_str(&rest[..word]);
        rest = &rest[word..];
    }
}

/// Whether all white space in words is single spaces. All bytes are looked at,
/// many at a time, whatever the first of them are.
fn comes_folded(words: &[u8]) -> bool {
    let rest = words.get(1..).unwrap_or_default();
    let twice = words.iter().zip(rest);
    let twice = twice.fold(false, |found, (a, b)| found | ((*a == b' ') & (*b == b' ')));
    let other = words
        .iter()
        .fold(false, |found, byte| found | (*byte < b' '));
    !twice & !other
}

#[cfg(test)]
mod tests;
