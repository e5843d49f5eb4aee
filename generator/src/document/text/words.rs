//! What the dialect's vocabulary says about a single line: a section's
//! heading, the site's chrome, a request line, a status line.

use regex::Regex;

use crate::{
    dialect::{Dialect, Pattern, SectionKind, SectionRole},
    document::text::lines::first_word,
};

/// A heading names its thing in a few words; with more, a line that happens to
/// begin like one (`Response: what the server says about …`) is prose.
const WORDS_IN_A_HEADING: usize = 4;

/// The kind of section that this line would open as a heading.
pub(super) fn section<'d>(dialect: &'d Dialect, line: &str) -> Option<&'d SectionKind> {
    let opens = |kind: &SectionKind, pattern: &Pattern| {
        starts_like(pattern, line)
            && pattern.captures(line).is_some_and(|captures| {
                let short = |words: &&str| words.split_whitespace().count() <= WORDS_IN_A_HEADING;
                kind.role == SectionRole::Prose || captures.values().all(short)
            })
    };
    let mut kinds = dialect.sections.iter();
    kinds.find(|kind| kind.headings.iter().any(|pattern| opens(kind, pattern)))
}

/// Whether `line` begins with the pattern's first word: a cheap look before
/// the regular expression.
fn starts_like(pattern: &Pattern, line: &str) -> bool {
    let literal = first_word(pattern.literal_start()).0.as_bytes();
    let start = line.as_bytes().get(..literal.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(literal))
}

/// A line's words without the hashes of a Markdown heading around them.
pub(super) fn without_hashes(line: &str) -> &str {
    let words = line.trim_start_matches('#');
    if words.len() == line.len() || !words.starts_with(char::is_whitespace) {
        return line;
    }
    let words = words.trim();
    let closed = words.trim_end_matches('#');
    if closed.ends_with(char::is_whitespace) {
        return closed.trim_end();
    }
    words
}

/// Whether one of these patterns of whole lines fits.
pub(super) fn fits_any(patterns: &[Regex], line: &str) -> bool {
    let fits = |pattern: &Regex| {
        line.starts_with(literal_prefix(pattern.as_str())) && pattern.is_match(line)
    };
    patterns.iter().any(fits)
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
    if !line.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let (method, target) = first_word(line);
    let is_target = target.starts_with('/')
        || target.starts_with("http://")
        || target.starts_with("https://")
        || target.starts_with("{/");
    is_target && dialect.method(method).is_some()
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
    dialect.titles.iter().any(|pattern| {
        pattern.captures(line).is_some_and(|captures| {
            let one_word = |words: &&str| !words.contains(char::is_whitespace);
            let method = captures.get("method");
            method.is_none_or(|method| dialect.method(method).is_some())
                && captures.get("path").is_none_or(|path| one_word(&path))
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

    #[test]
    fn hashes_around_a_heading_are_not_its_words() {
        assert_eq!(without_hashes("## Notes: ##"), "Notes:");
        assert_eq!(without_hashes("## Notes: ## more"), "Notes: ## more");
        assert_eq!(without_hashes("#tag"), "#tag");
    }
}
