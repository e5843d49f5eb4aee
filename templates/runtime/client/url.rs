//! Texts in paths and queries (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::runtime::template::{Part, parts};

/// All but the unreserved characters (section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// As [`SEGMENT`], but leaves what a query may contain (section 3.4) and no form
/// decoder takes for something else, so that `$filter=…` stays readable.
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
pub(super) fn fill(template: &str, values: &[&dyn std::fmt::Display]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    for part in parts(template) {
        match part {
            Part::Literal(text) => path.push_str(text),
            Part::Parameter(name) => {
                let value = values.next().map(ToString::to_string).unwrap_or_default();
                // `%2E%2E` is no way out: URL parsers take it for `..`, too.
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
    fn values_that_lead_elsewhere_are_refused() {
        for value in ["", ".", ".."] {
            let reason = fill("/a/{id}", &[&value]).unwrap_err();
            assert!(reason.contains("path parameter `id`"), "{reason}");
        }
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
    }
}
