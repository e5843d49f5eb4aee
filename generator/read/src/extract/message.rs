//! Code blocks that show HTTP: a request line or a status line, header fields,
//! a body (RFC 9112, sections 3 to 6, as pages write it).

/// A message as a sample shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'t> {
    /// The answer's status; `None` for a request or when there is no start
    /// line.
    pub status: Option<u16>,
    /// Header fields, in order.
    pub headers: Vec<(&'t str, &'t str)>,
    /// The body, trimmed; empty when there is none.
    pub body: &'t str,
    /// Where the body starts in the sample, in bytes.
    pub body_start: usize,
}

impl Message<'_> {
    /// The value of a header field; its name's case doesn't matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        let same = |(key, _): &&(&str, &str)| key.eq_ignore_ascii_case(name);
        self.headers.iter().find(same).map(|(_, value)| *value)
    }
}

/// Reads a sample message. A sample without a start line is all body.
pub fn message(text: &str) -> Message<'_> {
    let first = text.lines().next().unwrap_or_default();
    let status = status_line(first);
    if status.is_none() && request_line(first).is_none() {
        return with_body(None, Vec::new(), text, 0);
    }
    let mut headers = Vec::new();
    let mut at = first.len() + 1;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let Some((name, value)) = header_line(line) else {
            break;
        };
        at += line.len();
        headers.push((name, value));
    }
    with_body(status, headers, text, at)
}

fn with_body<'t>(
    status: Option<u16>,
    headers: Vec<(&'t str, &'t str)>,
    text: &'t str,
    at: usize,
) -> Message<'t> {
    let rest = text.get(at..).unwrap_or_default();
    let body = rest.trim();
    let blank = rest.len() - rest.trim_start().len();
    Message {
        status,
        headers,
        body,
        body_start: at + blank,
    }
}

/// The status of `HTTP/1.1 200 OK`.
fn status_line(line: &str) -> Option<u16> {
    let mut words = line.strip_prefix("HTTP/")?.split_whitespace();
    words.nth(1)?.parse().ok()
}

/// Method and target of `GET /path` or `GET https://host/path`, with or without
/// a version behind (RFC 9112, section 3.2).
pub fn request_line(line: &str) -> Option<(&str, &str)> {
    let (method, target) = line.trim().split_once(char::is_whitespace)?;
    let target = target.split_whitespace().next()?;
    let is_method = !method.is_empty() && method.chars().all(|c| c.is_ascii_uppercase());
    let starts = ["/", "http://", "https://"];
    let is_target = starts.iter().any(|start| target.starts_with(start));
    (is_method && is_target).then_some((method, target))
}

/// Name and value of `Name: value` (RFC 9110, section 5.1).
fn header_line(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    is_token(name).then(|| (name, value.trim()))
}

/// Whether this may be a header's name (RFC 9110, section 5.6.2).
pub fn is_token(name: &str) -> bool {
    let is_one = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_headers_and_a_body() {
        let text = "PUT /a/{Id}\nAccept: text/plain\n\n{\n  \"a\": 1\n}\n";
        let message = message(text);
        assert_eq!(message.header("accept"), Some("text/plain"));
        assert_eq!(message.body, "{\n  \"a\": 1\n}");
        assert_eq!(&text[message.body_start..=message.body_start], "{");
    }

    #[test]
    fn a_target_may_be_an_address() {
        let message = message("GET https://api.example.com/a?b=c HTTP/1.1\nAccept: text/plain\n");
        assert_eq!(
            (message.header("accept"), message.body),
            (Some("text/plain"), "")
        );
    }

    #[test]
    fn an_answer_has_a_status() {
        let message = message("HTTP/1.1 204 No Content\n");
        assert_eq!((message.status, message.body), (Some(204), ""));
    }

    #[test]
    fn a_sample_without_a_start_line_is_all_body() {
        let message = message("{ \"a\": 1 }");
        assert_eq!((message.status, message.body), (None, "{ \"a\": 1 }"));
    }
}
