//! Samples that are almost JSON: with comments, an ellipsis for omitted parts, trailing
//! commas, or single quotes. These are repaired, and the result must be JSON.

use std::{iter::Peekable, str::Chars};

use serde_json::Value;

/// The value of a sample that is almost JSON.
pub fn read(text: &str) -> Option<Value> {
    serde_json::from_str(&strict(text)).ok()
}

/// The same text as JSON, as far as possible.
fn strict(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\'' => string(c, &mut rest, &mut out),
            '/' if rest.peek() == Some(&'/') => while rest.next_if(|c| *c != '\n').is_some() {},
            '#' => while rest.next_if(|c| *c != '\n').is_some() {},
            '/' if rest.peek() == Some(&'*') => comment(&mut rest),
            '…' => left_out(&mut rest),
            '.' if rest.peek() == Some(&'.') => {
                while rest.next_if_eq(&'.').is_some() {}
                left_out(&mut rest);
            }
            '}' | ']' => {
                let end = out.trim_end().len();
                if out[..end].ends_with(',') {
                    out.truncate(end - 1);
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Copies a string, with double quotes around it.
fn string(quote: char, rest: &mut Peekable<Chars<'_>>, out: &mut String) {
    out.push('"');
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('\'') => out.push('\''),
                Some(c) => out.extend(['\\', c]),
                None => {}
            },
            '"' if quote == '\'' => out.push_str("\\\""),
            c if c == quote => break,
            c => out.push(c),
        }
    }
    out.push('"');
}

fn comment(rest: &mut Peekable<Chars<'_>>) {
    rest.next();
    let mut before = ' ';
    for c in rest.by_ref() {
        if before == '*' && c == '/' {
            break;
        }
        before = c;
    }
}

/// Skips the comma after an omitted part.
fn left_out(rest: &mut Peekable<Chars<'_>>) {
    let mut ahead = rest.clone();
    while ahead.next_if(|c| c.is_whitespace()).is_some() {}
    if ahead.next() == Some(',') {
        *rest = ahead;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_odd_is_taken_away() {
        for (text, value) in [
            ("{ \"a\": 1, }", json!({ "a": 1 })),
            (
                "[ { 'a': 'it\\'s \"b\"' }, ... ]",
                json!([{ "a": "it's \"b\"" }]),
            ),
            (
                "{ // all\n \"a\": [1, 2, …], /* no */ \"b\": \"//…\" }",
                json!({ "a": [1, 2], "b": "//…" }),
            ),
            ("{ ..., \"a\": null }", json!({ "a": null })),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        for text in ["{ \"a\": ... }", "{ a", "<a>", "{ \"a\": 'b }"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
