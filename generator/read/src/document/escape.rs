//! What CommonMark would read as markup, piece by piece: openers of blocks,
//! entities, link destinations, tags.

/// The byte to escape when a word at the start of a line would open a block
/// (CommonMark 0.31, chapters 4 and 5); `last` when it is all of its line.
pub(super) fn block_marker(word: &str, last: bool) -> Option<usize> {
    let bytes = word.as_bytes();
    let only = |allowed: &[u8]| bytes.iter().all(|byte| allowed.contains(byte));
    match bytes.first()? {
        b'#' if only(b"#") => Some(0),
        b'>' => Some(0),
        b'+' if bytes.len() == 1 => Some(0),
        // A bullet, a thematic break, a setext underline, a table's rule.
        b'-' | b'|' | b':' if only(b"-|:") => Some(0),
        b'=' if last && only(b"=") => Some(0),
        b'0'..=b'9' => {
            let digits = bytes
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let ends = digits + 1 == bytes.len() && matches!(bytes[digits], b'.' | b')');
            ends.then_some(digits)
        }
        _ => None,
    }
}

/// Whether `&` before `rest` might start an entity or a character reference,
/// when `rest` may go on.
pub(super) fn is_entity(rest: &str, goes_on: bool) -> bool {
    let name = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let length = name.count();
    rest.as_bytes()
        .get(length)
        .map_or(goes_on, |byte| length > 0 && *byte == b';')
}

/// A link's target as CommonMark's link destination.
pub(super) fn destination(target: &str) -> String {
    let mut written = String::with_capacity(target.len());
    let mut angle = target.is_empty();
    for letter in target.chars() {
        match letter {
            '\n' | '\r' => written.push(' '),
            '\0' => {}
            '<' | '>' | '\\' | '(' | ')' => {
                written.push('\\');
                written.push(letter);
            }
            '&' => written.push_str("&amp;"),
            _ => {
                angle |= letter.is_whitespace() || letter.is_control();
                written.push(letter);
            }
        }
    }
    if angle {
        format!("<{written}>")
    } else {
        written
    }
}

/// The name of a tag that CommonMark reads as inline HTML: one start tag with
/// quoted values, or one end tag.
pub(super) fn tag_name(tag: &str) -> Option<&str> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let end = inner.find([' ', '\t', '\n']).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(end);
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if tag.starts_with("</") && !rest.trim().is_empty() {
        return None;
    }
    while !rest.trim_start().is_empty() {
        let attribute = rest.strip_prefix(' ')?.trim_start_matches(' ');
        let length = attribute.bytes().take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-')
        });
        let length = length.count();
        if !attribute.starts_with(|first: char| first.is_ascii_alphabetic() || "_:".contains(first))
        {
            return None;
        }
        rest = &attribute[length..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let (inside, after) = value.split_once('"')?;
            if inside.contains(['\n', '\r']) {
                return None;
            }
            rest = after;
        }
    }
    is_name.then_some(name)
}
