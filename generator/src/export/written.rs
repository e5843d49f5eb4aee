//! JSON that is written in pieces: the parts of a long document know nothing of
//! each other, and are written on all cores.

use std::io;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{
    Serializer,
    ser::{Formatter, PrettyFormatter},
};

/// How long the text of an operation usually is, in bytes.
const USUAL: usize = 8 << 10;

/// How many members of a list are written in one go.
const CHUNK: usize = 32;

/// Text that is JSON already, as it stands `depth` objects deep in a document.
/// It is in pieces: a document is made of thousands, and is put together once.
pub struct Written(Vec<String>);

impl Written {
    /// Writes a value for its place `depth` objects deep.
    ///
    /// # Errors
    /// Those of the JSON writer.
    pub fn new(value: &impl Serialize, depth: usize) -> serde_json::Result<Self> {
        let mut text = Vec::with_capacity(USUAL);
        write(value, depth, &mut text)?;
        Ok(Self(vec![utf8(text)]))
    }

    /// Writes a list for its place `depth` objects deep.
    ///
    /// # Errors
    /// Those of the JSON writer.
    pub fn list(values: &[impl Serialize + Sync], depth: usize) -> serde_json::Result<Self> {
        if values.is_empty() {
            return Self::new(&[(); 0], depth);
        }
        let indent = "  ".repeat(depth);
        let written = values.par_chunks(CHUNK).map(|values| {
            let mut text = Vec::with_capacity(values.len() * USUAL);
            for value in values {
                text.extend_from_slice(b",\n  ");
                text.extend_from_slice(indent.as_bytes());
                write(value, depth + 1, &mut text)?;
            }
            Ok(utf8(text))
        });
        let mut pieces = written.collect::<serde_json::Result<Vec<String>>>()?;
        // Nothing stands before the first.
        if let Some(first) = pieces.first_mut() {
            first.replace_range(..1, "[");
        }
        pieces.push(format!("\n{indent}]"));
        Ok(Self(pieces))
    }

    /// An object of members that are written one object deeper than `depth`.
    ///
    /// # Errors
    /// Those of the JSON writer.
    pub fn object<'k>(
        members: impl IntoIterator<Item = (&'k str, Self)>,
        depth: usize,
    ) -> serde_json::Result<Self> {
        let mut pieces = vec!["{".to_owned()];
        let indent = "  ".repeat(depth);
        for (at, (key, Self(member))) in members.into_iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let key = serde_json::to_string(key)?;
            pieces.push(format!("{comma}\n{indent}  {key}: "));
            pieces.extend(member);
        }
        pieces.push(match pieces.len() {
            1 => "}".to_owned(),
            _ => format!("\n{indent}}}"),
        });
        Ok(Self(pieces))
    }

    /// The text, with a line break at its end.
    pub fn into_text(mut self) -> String {
        self.0.push("\n".to_owned());
        self.0.concat()
    }
}

/// Adds a value for its place `depth` objects or lists deep.
fn write(value: &impl Serialize, depth: usize, text: &mut Vec<u8>) -> serde_json::Result<()> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        // The formatter counts how deep it is, which is all that matters here.
        let opened = formatter.begin_object(&mut io::sink());
        opened.map_err(serde_json::Error::io)?;
    }
    value.serialize(&mut Serializer::with_formatter(text, formatter))
}

/// The text that the JSON writer wrote: it writes UTF-8 only.
fn utf8(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_as_if_they_stood_in_the_whole() {
        let many: Vec<_> = (0..2 * CHUNK).collect();
        let whole = serde_json::json!({
            "a": { "b \"c\"": { "d": [true, {}] } }, "e": {}, "f": [], "g": many,
        });
        let part = Written::new(&serde_json::json!({ "d": [true, {}] }), 2).unwrap();
        let a = Written::object([("b \"c\"", part)], 1).unwrap();
        let e = Written::object([], 1).unwrap();
        let f = Written::list(&many[..0], 1).unwrap();
        let g = Written::list(&many, 1).unwrap();
        let written = Written::object([("a", a), ("e", e), ("f", f), ("g", g)], 0).unwrap();
        assert_eq!(
            written.into_text(),
            serde_json::to_string_pretty(&whole).unwrap() + "\n"
        );
    }
}
