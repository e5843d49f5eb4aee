//! Shows characters that could mislead a reader or steer a terminal: control characters,
//! marks of direction, zero-width characters. All text that docwright writes goes through
//! one of these functions, wherever it comes from: pages, file names, arguments, models.
//!
//! Applying a function to its own result doesn't change it again.

use std::borrow::Cow;

/// Whether a character steers a terminal, turns the direction of writing, or shows
/// nothing. Line feeds and tabs are white space like any other.
pub fn is_invisible(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        _ => {
            c.is_control()
                || matches!(c,
                    '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
                    | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
                    | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
                    | '\u{e0000}'..='\u{e00ff}')
        }
    }
}

/// Text for people, with `\u{202e}` in place of such a character.
pub fn text(text: &str) -> Cow<'_, str> {
    replaced(text, |c, out| out.extend(c.escape_default()))
}

/// A JSON document that says the same in characters that show. They stand in its
/// strings only, where each has an escape.
pub fn json(text: &str) -> Cow<'_, str> {
    replaced(text, |c, out| {
        // Between the values a carriage return is white space.
        if c == '\r' {
            return out.push(c);
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    })
}

/// The same as [`text`], for text that docwright has coloured: its codes stay.
pub fn styled(styled: &str) -> Cow<'_, str> {
    if find(styled).is_none() {
        return Cow::Borrowed(styled);
    }
    let mut out = String::with_capacity(styled.len());
    let mut rest = styled;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&text(&rest[..at]));
        let length = style(&rest[at..]);
        match length {
            0 => out.push_str("\\u{1b}"),
            _ => out.push_str(&rest[at..at + length]),
        }
        rest = &rest[at + length.max(1)..];
    }
    out.push_str(&text(rest));
    Cow::Owned(out)
}

/// How long the code for a style (ECMA-48, section 8.3.117) is that begins a text; 0
/// when none does.
fn style(text: &str) -> usize {
    let Some(inner) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let is_part = |c: char| c.is_ascii_digit() || c == ';';
    match inner.find(|c| !is_part(c)) {
        Some(end) if inner[end..].starts_with('m') => "\u{1b}[".len() + end + "m".len(),
        _ => 0,
    }
}

/// The place of the first invisible character. Nearly all bytes are plain, and documents
/// have many megabytes of them, so that they are looked at by the piece.
fn find(text: &str) -> Option<usize> {
    const PIECE: usize = 64;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    // One pass without a branch.
    let all_plain = |piece: &[u8]| piece.iter().fold(true, |all, byte| all & is_plain(byte));
    let mut from = 0;
    loop {
        let pieces = text.as_bytes()[from..].chunks_exact(PIECE);
        from += PIECE * pieces.take_while(|piece| all_plain(piece)).count();
        from += text[from..].bytes().position(|byte| !is_plain(&byte))?;
        let special = text[from..].chars().next()?;
        if is_invisible(special) {
            return Some(from);
        }
        from += special.len_utf8();
    }
}

fn replaced(text: &str, mut show: impl FnMut(char, &mut String)) -> Cow<'_, str> {
    let Some(first) = find(text) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    let (before, rest) = text.split_at(first);
    out.push_str(before);
    for c in rest.chars() {
        match is_invisible(c) {
            true => show(c, &mut out),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_escaped() {
        assert_eq!(text("a\u{202e}b\u{200b}\x07\u{9b}2K\r\n\t"), {
            "a\\u{202e}b\\u{200b}\\u{7}\\u{9b}2K\\r\n\t"
        });
        assert!(matches!(text("Größe ❤\u{fe0f} 船\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_says_the_same() {
        let value = serde_json::json!({ "k\u{200d}": "\u{7f}\u{9b}\u{202e}\u{e0041}\n\u{1b}" });
        for document in [
            serde_json::to_string(&value),
            serde_json::to_string_pretty(&value),
        ] {
            let document = document.unwrap();
            let shown = json(&document);
            assert!(!shown.contains(is_invisible), "{shown}");
            let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
            assert_eq!(read, value);
        }
    }

    #[test]
    fn only_codes_of_styles_stay() {
        let red = "\u{1b}[1;31m";
        let given = format!("{red}bad\u{202e}\u{1b}[0m \u{1b}[2J\u{1b}]0;title\u{7}\u{1b}");
        let shown =
            format!("{red}bad\\u{{202e}}\u{1b}[0m \\u{{1b}}[2J\\u{{1b}}]0;title\\u{{7}}\\u{{1b}}");
        assert_eq!(styled(&given), shown);
        assert_eq!(styled(&shown), shown);
    }
}
