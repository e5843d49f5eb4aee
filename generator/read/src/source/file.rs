//! Reads files: their form by their name, their encoding by their first bytes.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Form, Page};

/// The form that a file's name promises; `None` for a file that is no page.
pub(super) fn form_of(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" => Some(Form::Markdown),
        "mdx" => Some(Form::Mdx),
        "html" | "htm" => Some(Form::Html),
        "txt" | "text" => Some(Form::Text),
        _ => None,
    }
}

/// What went wrong with a file or folder.
#[derive(Debug)]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

/// Reads one page that [`find`](super::find) listed: UTF-8, or UTF-16 that begins with its mark.
/// Other bytes are read as U+FFFD.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &str, file: &Path) -> Result<Page, ReadError> {
    let bytes = read_file(file).map_err(|error| ReadError {
        path: file.to_owned(),
        error,
    })?;
    let form = form_of(file).unwrap_or(Form::Text);
    Ok(Page::new(path, form, decode(bytes)))
}

/// Reads a file. A pipe, a socket or a device may keep its reader waiting for
/// ever, so that none of them is opened.
///
/// # Errors
/// When it cannot be read, or isn't a plain file.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    is_plain(path)?;
    fs::read(path)
}

/// An error for what isn't a plain file.
pub(super) fn is_plain(path: &Path) -> io::Result<()> {
    let kind = fs::metadata(path)?.file_type();
    match (kind.is_file(), kind.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder")),
        _ => {
            let message = "is a pipe, a socket or a device";
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
    }
}

/// The text of a file: UTF-16 where its byte order mark says so, else UTF-8.
/// What is neither is read as U+FFFD.
pub fn decode(bytes: Vec<u8>) -> String {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some([0xff, 0xfe]) => u16::from_le_bytes,
        Some([0xfe, 0xff]) => u16::from_be_bytes,
        _ => {
            return String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        }
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let text = text.map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER));
    let half = rest.iter().map(|_| char::REPLACEMENT_CHARACTER);
    text.chain(half).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_be_utf_16() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        for (mark, bytes) in [
            ([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xfe, 0xff], u16::to_be_bytes),
        ] {
            let words = "# Bōat 🚤\n".encode_utf16().flat_map(bytes);
            fs::write(&file, mark.into_iter().chain(words).collect::<Vec<_>>()).unwrap();
            assert_eq!(read("a.md", &file).unwrap().text, "# Bōat 🚤\n");
        }
    }
}
