//! Paths of operations, some segments of which mix text and parameters.

use std::borrow::Cow;

use crate::runtime::template::{Part, parts};

/// What a router can't tell apart: it takes a segment as text or as one parameter.
///
/// `/users/{id}`, `/users/{id}.json` and `/users/{id}:suspend` are all `/users/{1}` to it, and
/// the second segment is looked at here.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The parts of each segment that the router takes as one parameter.
    segments: Vec<Vec<Part<'static>>>,
    /// How much text stands in them: the more, the more special is the path.
    pub(super) text: usize,
}

impl Pattern {
    /// The shape of a path for a router, and what the router doesn't look at.
    pub(super) fn new(template: &'static str) -> (String, Self) {
        let mut pattern = Self {
            segments: Vec::new(),
            text: 0,
        };
        let mut shape = String::new();
        for segment in template.strip_prefix('/').unwrap_or(template).split('/') {
            shape.push('/');
            if is_plain(segment) {
                shape.push_str(segment);
                continue;
            }
            let parts: Vec<_> = parts(segment).collect();
            pattern.text += parts.iter().map(text_of).sum::<usize>();
            pattern.segments.push(parts);
            shape.push_str(&format!("{{{}}}", pattern.segments.len()));
        }
        (shape, pattern)
    }

    /// The values of the path's parameters; `None` if it is another path.
    pub(super) fn values<'t>(&self, texts: &'t [String]) -> Option<Cow<'t, [String]>> {
        let is_parameter = |parts: &Vec<Part<'_>>| matches!(parts[..], [Part::Parameter(_)]);
        if self.segments.iter().all(is_parameter) {
            return Some(Cow::Borrowed(texts));
        }
        let mut values = Vec::with_capacity(texts.len());
        for (parts, text) in self.segments.iter().zip(texts) {
            match_segment(parts, text, &mut values)?;
        }
        Some(Cow::Owned(values))
    }
}

/// Whether a router can take a segment as it is. A leading colon or star means something to
/// some routers, and other text comes percent-encoded in one way or another.
fn is_plain(segment: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c);
    segment.chars().all(is_plain) && !segment.starts_with([':', '*'])
}

fn text_of(part: &Part<'_>) -> usize {
    match part {
        Part::Literal(text) => text.len(),
        Part::Parameter(_) => 0,
    }
}

/// Finds the values of the parameters of a segment: each is at least one character, and goes
/// on until the text that comes behind it.
fn match_segment(parts: &[Part<'_>], text: &str, values: &mut Vec<String>) -> Option<()> {
    match parts {
        [] => text.is_empty().then_some(()),
        [Part::Literal(literal), behind @ ..] => {
            match_segment(behind, text.strip_prefix(literal)?, values)
        }
        [Part::Parameter(_)] => {
            values.push(text.to_owned());
            (!text.is_empty()).then_some(())
        }
        [Part::Parameter(_), Part::Literal(literal)] => {
            match_segment(&parts[..1], text.strip_suffix(literal)?, values)
        }
        [Part::Parameter(_), behind @ ..] => {
            let first = text.chars().next()?.len_utf8();
            let end = match behind {
                [Part::Literal(literal), ..] => first + text.get(first..)?.find(literal)?,
                _ => first,
            };
            values.push(text.get(..end)?.to_owned());
            match_segment(behind, text.get(end..)?, values)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_what_a_router_knows() {
        for (template, shape) in [
            ("/a/{id}/b/{name}", "/a/{1}/b/{2}"),
            ("/a", "/a"),
            ("/a/", "/a/"),
            ("/{tenant}/bot{token}/{id}:stop", "/{1}/{2}/{3}"),
            ("/å/:b/boats('x')", "/{1}/{2}/boats('x')"),
            ("/a{b", "/{1}"),
        ] {
            assert_eq!(Pattern::new(template).0, shape);
        }
    }

    #[test]
    fn segments_are_matched_by_their_text() {
        let values = |template, texts: &[&str]| {
            let texts: Vec<_> = texts.iter().map(ToString::to_string).collect();
            let values = Pattern::new(template).1.values(&texts).map(Cow::into_owned);
            values.map(|values| values.join("|"))
        };
        assert_eq!(values("/a/{id}", &["7"]).unwrap(), "7");
        assert_eq!(values("/{id}:stop", &["a:stop:stop"]).unwrap(), "a:stop");
        assert_eq!(values("/bot{token}/{id}", &["botX", "7"]).unwrap(), "X|7");
        assert_eq!(values("/{a}.{b}", &["x.y.z"]).unwrap(), "x|y.z");
        assert_eq!(values("/{a}{b}", &["øyz"]).unwrap(), "ø|yz");
        assert_eq!(values("/boats({id})", &["boats(7)"]).unwrap(), "7");
        assert_eq!(values("/å", &["å"]).unwrap(), "");
        for (template, text) in [
            ("/{id}:stop", ":stop"),
            ("/{id}:stop", "7"),
            ("/bot{token}", "bot"),
            ("/{a}.{b}", "x."),
            ("/å", "a"),
            ("/{a}{b}", "x"),
        ] {
            assert_eq!(values(template, &[text]), None, "{template} {text}");
        }
    }
}
