//! Paths of operations, some segments of which mix text and parameters.

use std::borrow::Cow;

use http::Uri;

use super::parameter::percent_decoded;
use crate::runtime::template::{self, parts};

/// A part of a segment: a parameter, or text, decoded as the router provides it.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Parameter,
}

/// What a router can't distinguish: to it, a segment is either text or one parameter.
///
/// To the router, `/users/{id}`, `/users/{id}.json` and `/users/{id}:suspend` are all
/// `/users/{1}`; the second segment is matched here.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The parts of each segment that is one parameter to the router.
    segments: Vec<Vec<Part>>,
    /// Length of the text in them: the longer, the more specific is the path.
    pub(super) text: usize,
}

impl Pattern {
    /// The path for the router, and the parts that the router doesn't match.
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
            let parts: Vec<_> = parts(segment).map(part).collect();
            pattern.text += parts.iter().map(text_of).sum::<usize>();
            pattern.segments.push(parts);
            shape.push_str(&format!("{{{}}}", pattern.segments.len()));
        }
        (shape, pattern)
    }

    /// How many parameters the path has to the router.
    pub(super) fn parameters(&self) -> usize {
        self.segments.len()
    }

    /// The values of the path's parameters; `None` if the path doesn't match.
    pub(super) fn values<'t>(&self, texts: &'t [String]) -> Option<Cow<'t, [String]>> {
        let is_parameter = |parts: &Vec<Part>| matches!(parts[..], [Part::Parameter]);
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

/// Whether a router can match a segment literally. A leading colon or star has a meaning in
/// some routers, and other text may be percent-encoded in several ways.
fn is_plain(segment: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c);
    segment.chars().all(is_plain) && !segment.starts_with([':', '*'])
}

/// A part of a template. Its text may be percent-encoded; invalid encoding is kept
/// unchanged.
fn part(part: template::Part<'_>) -> Part {
    match part {
        template::Part::Parameter(_) => Part::Parameter,
        template::Part::Literal(text) => {
            Part::Text(percent_decoded(text).unwrap_or_else(|| text.to_owned()))
        }
    }
}

fn text_of(part: &Part) -> usize {
    match part {
        Part::Text(text) => text.len(),
        Part::Parameter => 0,
    }
}

/// Finds the values of the parameters of a segment: each has at least one character and
/// ends where the text after it begins.
fn match_segment(parts: &[Part], text: &str, values: &mut Vec<String>) -> Option<()> {
    match parts {
        [] => text.is_empty().then_some(()),
        [Part::Text(literal), behind @ ..] => {
            match_segment(behind, text.strip_prefix(literal.as_str())?, values)
        }
        [Part::Parameter] => {
            values.push(text.to_owned());
            (!text.is_empty()).then_some(())
        }
        [Part::Parameter, Part::Text(literal)] => {
            match_segment(&parts[..1], text.strip_suffix(literal.as_str())?, values)
        }
        [Part::Parameter, behind @ ..] => {
            let first = text.chars().next()?.len_utf8();
            let end = match behind {
                [Part::Text(literal), ..] => first + text.get(first..)?.find(literal.as_str())?,
                _ => first,
            };
            values.push(text.get(..end)?.to_owned());
            match_segment(behind, text.get(end..)?, values)
        }
    }
}

/// The URI with plain signs where its path has encoded ones that mean the same: letters,
/// digits and `-._~` (RFC 3986, section 2.3). `None` if there are none.
pub(super) fn normal_form(uri: &Uri) -> Option<Uri> {
    if !uri.path().contains('%') {
        return None;
    }
    let mut pieces = uri.path().split('%');
    let mut path = pieces.next()?.to_owned();
    for piece in pieces {
        let code = piece
            .get(..2)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        let sign = code.map(char::from);
        match sign.filter(|sign| sign.is_ascii_alphanumeric() || "-._~".contains(*sign)) {
            Some(sign) => {
                path.push(sign);
                path.push_str(&piece[2..]);
            }
            None => {
                path.push('%');
                path.push_str(piece);
            }
        }
    }
    if path == uri.path() {
        return None;
    }
    if let Some(query) = uri.query() {
        path.push('?');
        path.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_signs_without_a_meaning_are_plain_in_the_normal_form() {
        for (uri, expected) in [
            ("/%69tems?a=%69", Some("/items?a=%69")),
            ("http://a:1/%7e%2D%2E%5f", Some("http://a:1/~-._")),
            ("/%2569/%2F/%zz/%+1/%6", None),
            ("/%C3%A5/%6f%", Some("/%C3%A5/o%")),
            ("/items?a=%69", None),
        ] {
            let normal = normal_form(&uri.parse().unwrap());
            assert_eq!(
                normal.map(|uri| uri.to_string()).as_deref(),
                expected,
                "{uri}"
            );
        }
    }

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
        assert_eq!(values("/a%20b:{id}", &["a b:7"]).unwrap(), "7");
        assert_eq!(values("/50%/{id}", &["50%", "7"]).unwrap(), "7");
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
