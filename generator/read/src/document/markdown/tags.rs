//! Reads the tag of a component: a name, and attributes whose values are strings or
//! expressions in braces.

/// The longest tag that is read, in bytes: more is no markup of a person's.
const LONGEST_TAG: usize = 4096;

/// A tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) is_end: bool,
    pub(super) closes_itself: bool,
}

impl Tag {
    /// An end tag with this name.
    pub(super) fn end(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            is_end: true,
            ..Self::default()
        }
    }
}

/// The tag at the start of `text`, and its length.
pub(super) fn tag(text: &str) -> Option<(Tag, usize)> {
    let mut end = text.len().min(LONGEST_TAG);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut rest = text.strip_prefix('<')?;
    let mut tag = Tag::default();
    if let Some(behind) = rest.strip_prefix('/') {
        (tag.is_end, rest) = (true, behind);
    }
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-.:".contains(letter);
    tag.name = take(&mut rest, is_name)?.to_owned();
    loop {
        let blanks = rest.len() - rest.trim_start().len();
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('>') {
            return Some((tag, text.len() - behind.len()));
        }
        if let Some(behind) = rest.strip_prefix("/>") {
            tag.closes_itself = true;
            return Some((tag, text.len() - behind.len()));
        }
        if blanks == 0 || tag.is_end {
            return None;
        }
        if rest.starts_with('{') {
            // `{...others}` names no attribute.
            braces(&mut rest)?;
            continue;
        }
        let name = take(&mut rest, is_name)?.to_owned();
        let mut value = String::new();
        if let Some(behind) = rest.trim_start().strip_prefix('=') {
            rest = behind.trim_start();
            value = self::value(&mut rest)?;
        }
        tag.attributes.push((name, value));
    }
}

fn value(rest: &mut &str) -> Option<String> {
    match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let (value, behind) = rest[1..].split_once(quote)?;
            *rest = behind;
            Some(value.to_owned())
        }
        '{' => {
            let value = braces(rest)?.trim();
            let quoted = ['"', '\'', '`'].iter().find_map(|quote| {
                let inner = value.strip_prefix(*quote)?.strip_suffix(*quote)?;
                (!inner.contains(*quote)).then_some(inner)
            });
            Some(quoted.unwrap_or(value).to_owned())
        }
        _ => None,
    }
}

/// Takes an expression in braces; gives back what is in them.
fn braces<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = *rest;
    let mut depth = 0_usize;
    let mut quote = None;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    *rest = &text[at + 1..];
                    return Some(&text[1..at]);
                }
            }
            _ => {}
        }
    }
    None
}

/// Takes a word of these letters, at least one.
fn take<'t>(rest: &mut &'t str, is: impl Fn(char) -> bool) -> Option<&'t str> {
    let end = rest.find(|letter| !is(letter)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    *rest = behind;
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_strings_or_expressions() {
        let text = "<Route method=\"GET\" items={['a', {b: \"}\"}]}\n  path={'/boats'} open {...more} /> x";
        let (tag, length) = tag(text).unwrap();
        let attributes = tag.attributes.iter();
        let attributes: Vec<_> = attributes.map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            attributes,
            [
                ("method", "GET"),
                ("items", "['a', {b: \"}\"}]"),
                ("path", "/boats"),
                ("open", "")
            ]
        );
        assert!(tag.closes_itself && &text[length..] == " x");
    }

    #[test]
    fn what_is_no_tag_is_none() {
        for text in [
            "<>", "< A>", "<A", "<A b=>", "<A b={", "</A b>", "<A\"b\">", "A>",
        ] {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
