//! What the dialect's vocabulary says about a single line: a section's
//! heading, the site's chrome, a request line, a status line.

use regex::Regex;

use crate::{
    dialect::{Dialect, Pattern, SectionKind, SectionRole},
    document::text::lines::{Line, first_word},
};

/// A heading names its thing in a few words; with more, a line that happens to
/// begin like one (`Response: what the server says about …`) is prose.
const WORDS_IN_A_HEADING: usize = 4;

/// The dialect's words about lines, each with a cheap look that spares most
/// lines its regular expression.
pub(super) struct Words<'d> {
    pub(super) dialect: &'d Dialect,
    headings: Vec<(&'d str, &'d Pattern, &'d SectionKind)>,
    chrome: Vec<(&'d str, &'d Regex)>,
}

impl<'d> Words<'d> {
    pub(super) fn new(dialect: &'d Dialect) -> Self {
        let headings = dialect.sections.iter().flat_map(|kind| {
            // A pattern of nothing but placeholders would fit every line.
            let patterns = kind.headings.iter();
            let patterns = patterns.filter(|pattern| !pattern.literal_start().is_empty());
            patterns.map(move |pattern| (first_word(pattern.literal_start()).0, pattern, kind))
        });
        Self {
            dialect,
            headings: headings.collect(),
            chrome: with_prefixes(&dialect.page.text_chrome),
        }
    }

    /// The kind of section that this line would open as a heading.
    pub(super) fn section(&self, line: &str) -> Option<&'d SectionKind> {
        let found = self.headings.iter().find(|(start, pattern, kind)| {
            let first = line.as_bytes().get(..start.len());
            first.is_some_and(|first| first.eq_ignore_ascii_case(start.as_bytes()))
                && pattern.captures(line).is_some_and(|captures| {
                    let mut words = captures.words().map(|it| it.split_whitespace().count());
                    kind.role == SectionRole::Prose || words.all(|it| it <= WORDS_IN_A_HEADING)
                })
        });
        found.map(|(_, _, kind)| *kind)
    }

    /// Whether the line is the site's, and not the page's.
    pub(super) fn is_chrome(&self, line: &str) -> bool {
        fits(&self.chrome, line)
    }
}

/// The first line that one of these patterns of whole lines fits.
pub(super) fn position(patterns: &[Regex], lines: &[Line<'_>]) -> Option<usize> {
    let patterns = with_prefixes(patterns);
    lines.iter().position(|line| fits(&patterns, line.text))
}

fn with_prefixes(patterns: &[Regex]) -> Vec<(&str, &Regex)> {
    let patterns = patterns.iter();
    patterns
        .map(|pattern| (literal_prefix(pattern.as_str()), pattern))
        .collect()
}

fn fits(patterns: &[(&str, &Regex)], line: &str) -> bool {
    let mut patterns = patterns.iter();
    patterns.any(|(prefix, pattern)| line.starts_with(prefix) && pattern.is_match(line))
}

/// The literal text with which everything begins that fits a regular
/// expression; empty when there is none, or none that is easy to see.
fn literal_prefix(pattern: &str) -> &str {
    let Some(rest) = pattern.strip_prefix('^') else {
        return "";
    };
    if rest.contains('|') {
        return "";
    }
    let is_literal = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '©' | '•' | '/');
    let end = rest.find(|c| !is_literal(c)).unwrap_or(rest.len());
    // A quantifier after the last letter may make it optional.
    let last = rest[..end].chars().next_back().map_or(0, char::len_utf8);
    if rest[end..].starts_with(['?', '*', '{', '+']) {
        &rest[..end - last]
    } else {
        &rest[..end]
    }
}

/// Whether a line is the first of an HTTP request: a method and a path or URL
/// (RFC 9112, section 3), the version may be missing.
pub(super) fn is_request_line(dialect: &Dialect, line: &str) -> bool {
    let letters = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let (method, rest) = line.split_at(letters);
    let target = rest.trim_start();
    if letters == 0 || target.len() == rest.len() {
        return false;
    }
    let is_target = target.starts_with('/')
        || target.starts_with("http://")
        || target.starts_with("https://")
        || target.starts_with("{/");
    is_target && dialect.method(method).is_some()
}

/// Whether a line is nothing but a path.
pub(super) fn is_path(line: &str) -> bool {
    line.len() > 1 && line.starts_with('/') && !line.contains(char::is_whitespace)
}

/// Whether a line is the first of an HTTP answer (RFC 9112, section 4).
pub(super) fn is_status_line(line: &str) -> bool {
    line.starts_with("HTTP/") && {
        let (_, status) = first_word(line);
        status.len() >= 3 && status.as_bytes()[..3].iter().all(u8::is_ascii_digit)
    }
}

/// Whether a line fits the pattern of a page's title.
pub(super) fn is_title(dialect: &Dialect, line: &str) -> bool {
    dialect.operation.title.iter().any(|pattern| {
        pattern.captures(line).is_some_and(|captures| {
            let one_word = |words: &str| !words.contains(char::is_whitespace);
            let method = captures.get("method");
            method.is_none_or(|method| dialect.method(method).is_some())
                && captures.get("path").is_none_or(one_word)
        })
    })
}

/// What stands after a bullet or an item's number, with whether it was a
/// number; `None` when the line is no item of a list.
pub(super) fn item(line: &str) -> Option<(bool, &str)> {
    let bullets = ['•', '◦', '▪', '‣', '●', '○', '■', '*', '-', '–'];
    let (ordered, rest) = match line.strip_prefix(bullets) {
        Some(rest) => (false, rest),
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &line[digits..];
            if !(1..=3).contains(&digits) {
                return None;
            }
            (true, rest.strip_prefix(['.', ')'])?)
        }
    };
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then_some((ordered, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_start_of_an_expression_is_a_cheap_first_look() {
        assert_eq!(literal_prefix(r"^© "), "© ");
        assert_eq!(literal_prefix(r"^• \d+ minutes?"), "• ");
        assert_eq!(literal_prefix(r"^items?$"), "item");
        assert_eq!(literal_prefix(r"^a|b"), "");
        assert_eq!(literal_prefix(r"a"), "");
    }

    #[test]
    fn items_have_a_bullet_or_a_number() {
        assert_eq!(item("• one"), Some((false, "one")));
        assert_eq!(item("2) two"), Some((true, "two")));
        assert_eq!(item("2026 was"), None);
        assert_eq!(item("-1 for none"), None);
        assert_eq!(item("•"), None);
    }
}
