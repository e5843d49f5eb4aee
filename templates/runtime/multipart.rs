//! Forms with files in them (`multipart/form-data`, RFC 7578).

use bytes::Bytes;

use super::MediaType;

/// A form with files in it (`multipart/form-data`), as parts in their order.
///
/// The client sends one where an operation has bytes for its body; on the server,
/// `Request::multipart` reads one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Multipart {
    /// The parts.
    pub parts: Vec<Part>,
}

/// One part of a [`Multipart`] form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the form's field.
    pub name: String,
    /// The name of the file; `None` for a part that isn't a file.
    pub file_name: Option<String>,
    /// The media type of the content; `None` for plain text.
    pub media_type: Option<MediaType>,
    /// The value of the field, or the content of the file.
    pub content: Bytes,
}

impl Multipart {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parts.push(Part {
            name: name.into(),
            file_name: None,
            media_type: None,
            content: value.into().into(),
        });
        self
    }

    /// Adds a file: the field's name, the file's, its media type, and its content.
    #[must_use]
    pub fn file(
        mut self,
        name: impl Into<String>,
        file_name: impl Into<String>,
        media_type: impl Into<MediaType>,
        content: impl Into<Bytes>,
    ) -> Self {
        self.parts.push(Part {
            name: name.into(),
            file_name: Some(file_name.into()),
            media_type: Some(media_type.into()),
            content: content.into(),
        });
        self
    }

    /// The first part of this name.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }
}

impl Part {
    /// The content as text; `None` if it isn't UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.content).ok()
    }
}

/// Whether a body of this media type is such a form.
pub(crate) fn is_multipart(media_type: &MediaType) -> bool {
    let essence = media_type.essence();
    essence.eq_ignore_ascii_case("multipart/form-data")
}

#[cfg(feature = "client")]
mod writing {
    use std::collections::hash_map::RandomState;
    use std::hash::{BuildHasher, Hasher};

    use super::{Bytes, MediaType, Multipart, Part};

    impl Multipart {
        /// The form as it is sent, and its media type with the boundary between the parts,
        /// which is random, so that no content has it.
        pub(crate) fn write(&self) -> (MediaType, Bytes) {
            let random = || RandomState::new().build_hasher().finish();
            let boundary = format!("part-{:016x}{:016x}", random(), random());
            let mut body = Vec::new();
            for part in &self.parts {
                body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", head(part)).as_bytes());
                body.extend_from_slice(&part.content);
                body.extend_from_slice(b"\r\n");
            }
            body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
            let media_type = format!("multipart/form-data; boundary={boundary}");
            (MediaType::new(media_type), body.into())
        }
    }

    /// The header fields of a part.
    fn head(part: &Part) -> String {
        let name = quoted(&part.name);
        let mut head = format!("Content-Disposition: form-data; name=\"{name}\"");
        if let Some(file_name) = &part.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        head.push_str("\r\n");
        if let Some(media_type) = &part.media_type {
            let media_type = media_type.as_str().replace(['\r', '\n'], " ");
            head.push_str(&format!("Content-Type: {media_type}\r\n"));
        }
        head
    }

    /// A name as browsers write it (HTML Standard, "Multipart form data").
    fn quoted(name: &str) -> String {
        name.replace('\r', "%0D")
            .replace('\n', "%0A")
            .replace('"', "%22")
    }
}

#[cfg(feature = "server")]
mod reading {
    use super::{Bytes, MediaType, Multipart, Part, is_multipart};

    impl Multipart {
        /// Reads a form.
        ///
        /// # Errors
        /// Says what is wrong with it.
        pub(crate) fn read(media_type: &MediaType, body: &Bytes) -> Result<Self, &'static str> {
            let boundary = media_type.parameter("boundary");
            let boundary = boundary.filter(|it| !it.is_empty() && is_multipart(media_type));
            let boundary = boundary.ok_or("its media type has no boundary")?;
            let separator = format!("\r\n--{boundary}");
            let mut at = match body.strip_prefix(&separator.as_bytes()[2..]) {
                Some(_) => separator.len() - 2,
                // RFC 2046, section 5.1.1: what stands before the first boundary is no part.
                None => {
                    find(body, separator.as_bytes()).ok_or("it has no boundary")? + separator.len()
                }
            };
            let mut form = Self::new();
            loop {
                let rest = &body[at..];
                if rest.starts_with(b"--") {
                    return Ok(form);
                }
                // Blanks may follow a boundary.
                let line = find(rest, b"\r\n").ok_or("it has no end")? + 2;
                let end = find(rest, separator.as_bytes()).ok_or("it has no end")?;
                // A part without a header begins with the empty line.
                let part = body.slice(at + line - 2..at + end);
                form.parts.push(self::part(&part)?);
                at += end + separator.len();
            }
        }
    }

    /// Reads a part, with the end of the line before it.
    fn part(part: &Bytes) -> Result<Part, &'static str> {
        let head = find(part, b"\r\n\r\n").ok_or("a part has no end of its header")?;
        let text = std::str::from_utf8(&part[..head]);
        let text = text.map_err(|_| "the header of a part isn't UTF-8")?;
        let field = |name: &str| {
            text.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let disposition = field("content-disposition").unwrap_or_default();
        let name = parameter(disposition, "name").ok_or("a part has no name")?;
        Ok(Part {
            name,
            file_name: parameter(disposition, "filename"),
            media_type: field("content-type").map(|it| MediaType::new(it.to_owned())),
            content: part.slice(head + 4..),
        })
    }

    /// A parameter of `Content-Disposition`: a word, or a text in quotes.
    fn parameter(field: &str, name: &str) -> Option<String> {
        let (_, mut rest) = field.split_once(';')?;
        loop {
            let (key, behind) = rest.split_once('=')?;
            let behind = behind.trim_start();
            let (value, behind) = match behind.strip_prefix('"') {
                Some(behind) => quoted(behind)?,
                None => {
                    let (word, behind) = behind.split_at(behind.find(';').unwrap_or(behind.len()));
                    (word.to_owned(), behind)
                }
            };
            if key.trim().eq_ignore_ascii_case(name) {
                let value = value.trim().replace("%22", "\"");
                return Some(value.replace("%0D", "\r").replace("%0A", "\n"));
            }
            rest = behind.split_once(';').map_or("", |(_, rest)| rest);
        }
    }

    /// A text in quotes, without its escapes (RFC 9110, section 5.6.4), and what stands behind
    /// it.
    ///
    /// Browsers don't escape a backslash. So one before any other sign stays, as in a path of
    /// Windows, and so does one before the last quote.
    fn quoted(text: &str) -> Option<(String, &str)> {
        let last = text.rfind('"')?;
        let (mut unescaped, mut at) = (String::new(), 0);
        loop {
            let sign = at + text[at..].find(['"', '\\'])?;
            unescaped.push_str(&text[at..sign]);
            let from = &text[sign..];
            if let Some(behind) = from.strip_prefix('"') {
                return Some((unescaped, behind));
            }
            let is_escape = from.starts_with("\\\"") || from.starts_with("\\\\");
            let escaped = usize::from(is_escape && sign + 1 < last);
            at = sign + escaped + 1;
            unescaped.push_str(&text[sign + escaped..at]);
        }
    }

    /// Where bytes are within others.
    fn find(within: &[u8], what: &[u8]) -> Option<usize> {
        within.windows(what.len()).position(|it| it == what)
    }
}

#[cfg(all(test, feature = "client", feature = "server"))]
mod tests {
    use super::*;

    fn read(boundary: &str, body: &'static str) -> Result<Multipart, &'static str> {
        let media_type = format!("multipart/form-data; boundary={boundary}");
        Multipart::read(
            &MediaType::new(media_type),
            &Bytes::from_static(body.as_bytes()),
        )
    }

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let png = MediaType::from_static("image/png");
        let form = Multipart::new()
            .text("note", "two\r\nlines: ä")
            .text("", "")
            .file(
                "a\"b",
                "a; name=\"b\".png",
                png,
                &b"\r\n--part-\0\xff\r\n"[..],
            );
        let (media_type, body) = form.write();
        assert!(is_multipart(&media_type));
        assert_eq!(Multipart::read(&media_type, &body), Ok(form.clone()));
        assert_eq!(
            form.part("note").unwrap().as_text(),
            Some("two\r\nlines: ä")
        );
        assert_eq!(form.parts[2].as_text(), None);
        let none = Multipart::new().write();
        assert_eq!(Multipart::read(&none.0, &none.1), Ok(Multipart::new()));
    }

    #[test]
    fn forms_of_others_are_read() {
        let body = "words before\r\n--x  \r\ncontent-disposition: form-data; name=a\r\n\r\n1\
                    \r\n--x\r\nContent-Type: text/csv\r\n\
                    Content-Disposition: form-data; filename=\"b.csv\"; name=\"b\"\r\n\r\n\
                    \r\n--x--\r\nwords behind";
        let csv = MediaType::from_static("text/csv");
        let expected = Multipart::new().text("a", "1").file("b", "b.csv", csv, "");
        assert_eq!(read("\"x\"", body), Ok(expected));
    }

    #[test]
    fn quoted_names_are_unescaped() {
        for (written, expected) in [
            (r#""a\"b.txt""#, r#"a"b.txt"#),
            (r#""a%22b.txt""#, r#"a"b.txt"#),
            (r#""a\\b.txt""#, r"a\b.txt"),
            (r#""\\""#, r"\"),
            (r#""C:\new\a.txt""#, r"C:\new\a.txt"),
            // As browsers write it, who escape no backslash.
            (r#""a\""#, r"a\"),
            (r#""a;\" name=b""#, r#"a;" name=b"#),
            (r"a\b", r"a\b"),
        ] {
            let body = format!(
                "--x\r\nContent-Disposition: form-data; name=\"n\"; filename={written}\r\n\r\n\
                 \r\n--x--"
            );
            let media_type = MediaType::from_static("multipart/form-data; boundary=x");
            let form = Multipart::read(&media_type, &Bytes::from(body)).unwrap();
            let found = form.part("n").unwrap().file_name.as_deref();
            assert_eq!(found, Some(expected), "{written}");
        }
    }

    #[test]
    fn long_names_take_linear_time() {
        let many = "\\".repeat(1 << 20);
        let body =
            format!("--x\r\nContent-Disposition: form-data; name=\"{many}\"\r\n\r\n\r\n--x--");
        let media_type = MediaType::from_static("multipart/form-data; boundary=x");
        let form = Multipart::read(&media_type, &Bytes::from(body)).unwrap();
        assert_eq!(form.parts[0].name.len(), 1 << 19);
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for (body, reason) in [
            ("", "it has no boundary"),
            ("--y\r\n\r\n\r\n--y--", "it has no boundary"),
            (
                "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
                "it has no end",
            ),
            ("--x", "it has no end"),
            ("--x\r\n\r\n1\r\n--x--", "a part has no name"),
            ("--x\r\nA: b\r\n--x--", "a part has no end of its header"),
        ] {
            assert_eq!(read("x", body), Err(reason), "{body:?}");
        }
        assert!(read("", "--\r\n").is_err());
        let json = MediaType::from_static("application/json; boundary=x");
        assert!(Multipart::read(&json, &Bytes::from_static(b"--x--")).is_err());
    }
}
