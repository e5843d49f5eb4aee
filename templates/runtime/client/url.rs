//! Texts in paths and queries (RFC 3986).

use http::Uri;
use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use super::ParameterValue;
use super::parameter::joined;
use crate::runtime::template::{Part, parts};

/// All characters but the unreserved ones (section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// All but those that a path may contain (section 3.3), and encoded ones.
const PATH: &AsciiSet = &SEGMENT
    .remove(b'!')
    .remove(b'$')
    .remove(b'%')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// Like [`SEGMENT`], without the characters that a query may contain (section 3.4) and that
/// no form decoder interprets, so that `$filter=…` stays readable.
const QUERY: &AsciiSet = &SEGMENT
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b'@');

/// Puts values into a path template.
pub(super) fn fill(template: &str, values: &[&dyn ParameterValue]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    for part in parts(template) {
        match part {
            Part::Literal(text) => path.extend(utf8_percent_encode(text, PATH)),
            Part::Parameter(name) => {
                let value = values
                    .next()
                    .map_or(Ok(String::new()), |it| joined(*it, ','));
                let value = value.map_err(|reason| format!("path parameter `{name}`: {reason}"))?;
                // Encoding doesn't help: URL parsers read `%2E%2E` as `..`, too.
                if matches!(value.as_str(), "" | "." | "..") {
                    return Err(format!(
                        "`{value}` can't be sent as path parameter `{name}`: \
                         it would lead to another resource"
                    ));
                }
                path.extend(utf8_percent_encode(&value, SEGMENT));
            }
        }
    }
    Ok(path)
}

/// Adds a parameter to a query.
pub(super) fn push_query(query: &mut String, name: &str, value: &str) {
    query.push(if query.is_empty() { '?' } else { '&' });
    query.extend(utf8_percent_encode(name, QUERY));
    query.push('=');
    query.extend(utf8_percent_encode(value, QUERY));
}

/// The value of the first parameter of this name in a query.
pub(super) fn query_value(query: &str, name: &str) -> Option<String> {
    let prefix = format!("{}=", utf8_percent_encode(name, QUERY));
    let mut parameters = query.trim_start_matches('?').split('&');
    let value = parameters.find_map(|parameter| parameter.strip_prefix(&prefix))?;
    Some(percent_decode_str(value).decode_utf8().ok()?.into_owned())
}

/// Removes the parameters of this name from a query.
pub(super) fn remove_query(query: &mut String, name: &str) {
    let prefix = format!("{}=", utf8_percent_encode(name, QUERY));
    let parameters = query.trim_start_matches('?').split('&');
    let kept = parameters.filter(|it| !it.is_empty() && !it.starts_with(&prefix));
    let kept: Vec<_> = kept.collect();
    *query = match kept.is_empty() {
        true => String::new(),
        false => format!("?{}", kept.join("&")),
    };
}

/// Characters that URLs can't have, but that links in responses do have.
const LINK: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Resolves a link from a response to `current`, a URL of the server at `base` (RFC 3986,
/// section 5.2).
///
/// # Errors
/// Returns the reason why it isn't followed: it leads to another server, or isn't a link.
pub(super) fn within(base: &str, current: &str, link: &str) -> Result<String, String> {
    let link = utf8_percent_encode(link.trim(), LINK).to_string();
    let origin = origin(base).ok_or("the base URL isn't absolute")?;
    let link = match resolved(current, &link) {
        Some(link) => link,
        None => return Err(format!("`{link}` isn't a link to another page")),
    };
    match self::origin(&link) {
        None => Err(format!("`{link}` isn't a link to another page")),
        Some(other) if other != origin => {
            let (_, host, _) = other;
            Err(format!(
                "the link leads to another server (`{host}`), which isn't called with these credentials"
            ))
        }
        Some(_) => Ok(link),
    }
}

/// The absolute URL of a link; `None` if it leads to `current` itself.
fn resolved(current: &str, link: &str) -> Option<String> {
    let link = link.split('#').next().filter(|link| !link.is_empty())?;
    let end = link.find(['/', '?']).unwrap_or(link.len());
    if link.get(..end)?.contains(':') {
        return Some(link.to_owned());
    }
    let (scheme, _) = current.split_once("://")?;
    if link.starts_with("//") {
        return Some(format!("{scheme}:{link}"));
    }
    let host = base_origin(current);
    let path = current.get(host.len()..)?.split(['?', '#']).next()?;
    if link.starts_with('?') {
        return Some(format!("{host}{path}{link}"));
    }
    let (target, query) = link.split_at(link.find('?').unwrap_or(link.len()));
    let path = match target.starts_with('/') {
        true => target.to_owned(),
        false => format!("{}/{target}", path.rsplit_once('/')?.0),
    };
    Some(format!("{host}{}{query}", without_dots(&path)))
}

/// A path without the segments `.` and `..` (section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(segment) = rest.next() {
        match segment {
            "." | ".." => {
                if segment == ".." {
                    segments.pop();
                }
                if rest.peek().is_none() {
                    segments.push("");
                }
            }
            _ => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

/// Scheme, host and port of a URL (RFC 6454, section 4).
pub(super) fn origin(url: &str) -> Option<(String, String, u16)> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let default = match scheme.as_str() {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let port = uri.port_u16().unwrap_or(default);
    let has_user = uri.authority()?.as_str().contains('@');
    let host = uri.host()?.to_ascii_lowercase();
    (!has_user).then_some((scheme, host, port))
}

/// A URL without its path.
fn base_origin(base: &str) -> &str {
    let after = base.find("://").map_or(0, |at| at + 3);
    let rest = base.get(after..).unwrap_or_default();
    let end = rest.find('/').map_or(base.len(), |at| after + at);
    base.get(..end).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_as_one_segment() {
        for (value, expected) in [
            ("7", "/a/7/b"),
            ("a/b", "/a/a%2Fb/b"),
            ("50%", "/a/50%25/b"),
            ("æ ?#", "/a/%C3%A6%20%3F%23/b"),
            ("a+b;c=d", "/a/a%2Bb%3Bc%3Dd/b"),
            ("{id}", "/a/%7Bid%7D/b"),
            ("...", "/a/.../b"),
        ] {
            assert_eq!(fill("/a/{id}/b", &[&value]).unwrap(), expected);
        }
    }

    #[test]
    fn the_text_of_a_path_is_encoded_where_it_has_to_be() {
        for (template, expected) in [
            ("/a/{id}:stop", "/a/7:stop"),
            ("/boats({id})/å b{", "/boats(7)/%C3%A5%20b%7B"),
            ("/a%20b/bot{token}", "/a%20b/bot7"),
        ] {
            assert_eq!(fill(template, &[&7]).unwrap(), expected);
        }
    }

    #[test]
    fn values_that_lead_elsewhere_are_refused() {
        for value in ["", ".", ".."] {
            let reason = fill("/a/{id}", &[&value]).unwrap_err();
            assert!(reason.contains("path parameter `id`"), "{reason}");
        }
        let reason = fill("/a/{id}", &[&f64::NAN]).unwrap_err();
        assert_eq!(reason, "path parameter `id`: the number isn't finite");
    }

    #[test]
    fn queries_are_readable_and_safe() {
        let mut query = String::new();
        push_query(&mut query, "$filter", "name eq 'A&B' + 1");
        push_query(&mut query, "a=b", "ø#");
        assert_eq!(
            query,
            "?$filter=name%20eq%20'A%26B'%20%2B%201&a%3Db=%C3%B8%23"
        );
        assert_eq!(query_value(&query, "a=b").unwrap(), "ø#");
        assert_eq!(query_value(&query, "filter"), None);
    }

    #[test]
    fn a_parameter_that_comes_once_replaces_the_former() {
        let mut query = String::new();
        for value in ["a", "b"] {
            remove_query(&mut query, "$skip");
            push_query(&mut query, "$skip", value);
            push_query(&mut query, "$top", "1");
            assert_eq!(query, format!("?$skip={value}&$top=1"));
            remove_query(&mut query, "$top");
        }
        remove_query(&mut query, "$skip");
        assert_eq!(query, "");
    }

    #[test]
    fn links_lead_to_the_same_server_only() {
        let base = "https://example.com/tenant";
        let current = "https://example.com/tenant/v1/items?page=1";
        for (link, expected) in [
            ("https://example.com/a?b=c", "https://example.com/a?b=c"),
            ("https://EXAMPLE.com:443/a", "https://EXAMPLE.com:443/a"),
            ("/tenant/a?x=y z", "https://example.com/tenant/a?x=y%20z"),
            ("//example.com/a", "https://example.com/a"),
            ("?page=2", "https://example.com/tenant/v1/items?page=2"),
            ("items?page=2", "https://example.com/tenant/v1/items?page=2"),
            ("./more/2#top", "https://example.com/tenant/v1/more/2"),
            (
                "../v2/items?a=b/../c",
                "https://example.com/tenant/v2/items?a=b/../c",
            ),
            ("../../../..", "https://example.com/"),
            (
                "items?at=12:00",
                "https://example.com/tenant/v1/items?at=12:00",
            ),
        ] {
            assert_eq!(within(base, current, link).unwrap(), expected);
        }
        for (link, reason) in [
            ("https://evil.example/a", "another server (`evil.example`)"),
            ("http://example.com/a", "another server"),
            ("https://example.com:8443/a", "another server"),
            ("//evil.example/a", "another server"),
            ("#top", "isn't a link"),
            ("https://user@example.com/a", "isn't a link"),
            ("javascript:x", "isn't a link"),
            ("", "isn't a link"),
        ] {
            let error = within(base, current, link).unwrap_err();
            assert!(error.contains(reason), "{link}: {error}");
        }
    }
}
