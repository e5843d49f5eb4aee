//! Characters that don't show: zero-width ones, soft hyphens, marks of direction
//! and order, control characters. They come from editors and word processors, are
//! no part of any name, and would only keep equal words apart.

use std::borrow::Cow;

/// A character that was left out of a page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The byte of the text before which it stood.
    pub at: u32,
    /// The character.
    pub what: char,
}

/// The text without characters that don't show, and with a plain hyphen for one
/// that doesn't let a line break. `left_out` is told of each.
pub fn shown(text: &str, mut left_out: impl FnMut(usize, char)) -> Cow<'_, str> {
    if !may_hide(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let before = shown.chars().next_back();
        if letter == NO_BREAK_HYPHEN {
            shown.push('-');
        } else if is_hidden(letter) && !joins(letter, before, letters.peek().copied()) {
            left_out(shown.len(), letter);
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

const NO_BREAK_HYPHEN: char = '\u{2011}';

/// Whether there may be anything to leave out; most text is plain.
fn may_hide(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r' | b'\x0c');
    // One pass without a branch.
    let plain = text
        .bytes()
        .fold(true, |plain, byte| plain & is_plain(byte));
    !plain
        && text
            .chars()
            .any(|it| is_hidden(it) || it == NO_BREAK_HYPHEN)
}

/// Whether a character shows nothing and sets nothing apart (Unicode's
/// Default_Ignorable_Code_Point, and its control characters but for white space).
fn is_hidden(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' => false,
        _ => {
            letter.is_control()
                || matches!(letter,
                    '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
                    | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                    | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
                    | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
                    | '\u{e0000}'..='\u{e0fff}')
        }
    }
}

/// Whether a character that doesn't show by itself changes how its neighbours are
/// drawn: joiners in scripts that need them, and the parts of an emoji.
fn joins(letter: char, before: Option<char>, after: Option<char>) -> bool {
    let is_wide = |side: Option<char>| side.is_some_and(|it| !it.is_ascii());
    match letter {
        '\u{200c}' | '\u{200d}' => is_wide(before) && is_wide(after),
        '\u{fe00}'..='\u{fe0f}' => is_wide(before) || after == Some('\u{20e3}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> (String, Vec<(usize, char)>) {
        let mut hidden = Vec::new();
        let words = shown(text, |at, what| hidden.push((at, what))).into_owned();
        (words, hidden)
    }

    #[test]
    fn names_lose_what_does_not_show() {
        let (name, hidden) = words("mast\u{200b}_height\u{ad}");
        assert_eq!(name, "mast_height");
        assert_eq!(hidden, [(4, '\u{200b}'), (11, '\u{ad}')]);
        assert_eq!(words("\u{202e}keel\u{7}\u{feff}").0, "keel");
        assert_eq!(words("sea\u{2011}level").0, "sea-level");
    }

    #[test]
    fn what_joins_letters_or_makes_an_emoji_stays() {
        for text in [
            "می\u{200c}خواهم",
            "👩\u{200d}🚀",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "a\u{a0}b\t\n",
        ] {
            assert_eq!(words(text), (text.to_owned(), Vec::new()));
        }
        assert_eq!(words("a\u{200d}b").0, "ab");
    }
}
