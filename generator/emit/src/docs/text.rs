//! Plain text in Markdown: what has to be escaped, and where.

use std::borrow::Cow;

use super::tags::is_web;
use docwright_model::visible::is_invisible;

/// The first byte of joiners, and of other characters.
const FIRST_OF_JOINERS: u8 = 0xe2;

/// A code span with any text in it.
pub fn code(text: &str) -> String {
    // Joiners are written as entities, which code can't contain.
    let text = text.replace(|c| is_invisible(c) && !c.is_whitespace(), "");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Whether a character shows nothing, or makes its neighbours show in another order,
/// which the compiler refuses in comments.
pub fn is_hidden(c: char) -> bool {
    is_invisible(c) && !is_joiner(c)
}

/// Whether a character changes how its neighbours are drawn, in scripts that need it
/// and within emojis.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The text without what shows nothing.
pub fn shown(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    match text.bytes().all(is_plain) {
        true => Cow::Borrowed(text),
        false => text.chars().filter(|c| !is_hidden(*c)).collect(),
    }
}

/// Escapes a word, so that it is only text; addresses become links.
pub fn escape(word: &str) -> String {
    // Most words need no escaping, and checking bytes is faster than checking characters.
    let may_be_special = |byte| {
        matches!(
            byte,
            b'`' | b'[' | b'~' | b'*' | b'_' | b'\\' | b'<' | b'&' | b':' | FIRST_OF_JOINERS
        )
    };
    if !word.bytes().any(may_be_special) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, link, after)) = next_link(rest) {
        push_escaped(before, &mut out);
        out.push_str(&format!("<{}>", address(link)));
        rest = after;
    }
    push_escaped(rest, &mut out);
    out
}

/// The first address in a word, with the text before and after it.
fn next_link(word: &str) -> Option<(&str, &str, &str)> {
    let is_end = |c: char| matches!(c, '<' | '>' | '"' | '\'' | ')' | ']' | '`' | '\\');
    word.match_indices("http").find_map(|(start, _)| {
        let (before, rest) = word.split_at(start);
        if !is_web(rest) {
            return None;
        }
        let link = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let is_more = link.len() > "https://".len();
        is_more.then(|| (before, link, &rest[link.len()..]))
    })
}

/// Adds words that have no address in them.
fn push_escaped(word: &str, out: &mut String) {
    let chars: Vec<char> = word.chars().collect();
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map_or(' ', |at| chars[at]);
        if is_joiner(c) {
            out.push_str(&format!("&#x{:x};", u32::from(c)));
            continue;
        }
        if is_special(c, before, &chars[index + 1..]) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Whether a character means something between these others (CommonMark 0.31, and the
/// extensions that rustdoc has).
fn is_special(c: char, before: char, after: &[char]) -> bool {
    let next = after.first().copied().unwrap_or(' ');
    match c {
        '`' | '[' | '~' => true,
        // By itself it is no emphasis.
        '*' => !(before == ' ' && next == ' '),
        // Within a word, or alone, it has no meaning.
        '_' => match (before, next) {
            (' ', ' ') => false,
            _ => !(before.is_alphanumeric() && next.is_alphanumeric()),
        },
        // Before a letter it is only a backslash, unless the word ends.
        '\\' => next == ' ' || next.is_ascii_punctuation(),
        '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        // What looks like an entity would be one.
        '&' => {
            after
                .iter()
                .find(|c| !c.is_ascii_alphanumeric() && **c != '#')
                == Some(&';')
        }
        _ => false,
    }
}

/// Escapes what would begin a heading, a list, a quote or a table.
pub fn at_line_start(word: &str) -> String {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_all = |chars: &str| word.chars().all(|c| chars.contains(c));
    let starts = match word.chars().next() {
        Some('#') => is_all("#"),
        Some('-' | '|' | ':') => is_all("-|:"),
        Some('=') => is_all("="),
        Some('+' | '*') => word.len() == 1,
        Some('>') => true,
        Some(first) if first.is_ascii_digit() => matches!(digits, "." | ")"),
        _ => false,
    };
    if !starts {
        return word.to_owned();
    }
    match word.find(['.', ')']) {
        Some(at) if word.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{}\\{}", &word[..at], &word[at..])
        }
        _ => format!("\\{word}"),
    }
}

/// An address as it may stand between angle brackets or parentheses.
pub fn address(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '\\' => "%5C".to_owned(),
            ' ' => "%20".to_owned(),
            c => c.to_string(),
        })
        .collect()
}
