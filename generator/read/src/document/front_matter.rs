//! Reads the front matter of a Markdown page: `key: value` lines between two
//! lines of `---`, as YAML writes simple values. Deeper YAML is kept as words.

/// The entries, and the byte at which the page's text starts; `None` when the
/// page has no front matter.
pub(super) fn read(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            let unquoted = entries
                .into_iter()
                .map(|(key, value)| (key, unquote(&value)))
                .collect();
            return Some((unquoted, at));
        }
        let continues = line.starts_with([' ', '\t']) || line.starts_with("- ");
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if continues {
            let (_, value) = entries.last_mut()?;
            let item = words.strip_prefix("- ");
            let is_scalar_mark = matches!(value.as_str(), "|" | ">" | "|-" | ">-");
            if is_scalar_mark {
                value.clear();
            }
            if !value.is_empty() {
                value.push_str(if item.is_some() { ", " } else { " " });
            }
            value.push_str(&item.map_or_else(|| words.to_owned(), unquote));
        } else {
            // Anything else means that the `---` was a thematic break.
            let (key, value) = words.split_once(':')?;
            let is_separated = value.is_empty() || value.starts_with([' ', '\t']);
            if !is_separated {
                return None;
            }
            entries.push((unquote(key.trim()), value.trim().to_owned()));
        }
    }
    None
}

/// A YAML scalar without its quotes (YAML 1.2, section 7.3).
fn unquote(value: &str) -> String {
    let inside = |quote: char| {
        value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
    };
    if let Some(single) = inside('\'') {
        return single.replace("''", "'");
    }
    let Some(double) = inside('"') else {
        // A comment after the value.
        let end = value.find(" #").unwrap_or(value.len());
        return value[..end].trim_end().to_owned();
    };
    let mut plain = String::with_capacity(double.len());
    let mut letters = double.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Option<Vec<(String, String)>> {
        read(text).map(|(entries, _)| entries)
    }

    #[test]
    fn values_lose_quotes_and_keep_colons() {
        let text =
            "---\r\ntitle: \"GET a: \\\"b\\\"\"\nuid: 'it''s'\nlink: a:b # why\nempty:\n---\nx";
        let (found, start) = read(text).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("title", "GET a: \"b\""),
                ("uid", "it's"),
                ("link", "a:b"),
                ("empty", "")
            ]
        );
        assert_eq!(&text[start..], "x");
    }

    #[test]
    fn lists_and_blocks_become_words() {
        let text = "---\nkeywords:\n  - one\n  - \"two\"\nabout: >\n  some\n  words\n---\n";
        assert_eq!(
            entries(text).unwrap(),
            [
                ("keywords".to_owned(), "one, two".to_owned()),
                ("about".to_owned(), "some words".to_owned())
            ]
        );
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        assert_eq!(entries("---\nSome words.\n---\n"), None);
        assert_eq!(entries("---\ntitle: never closed\n"), None);
        assert_eq!(entries("words\n---\n"), None);
    }
}
