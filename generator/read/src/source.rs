//! Finds pages on disk, detects their form and encoding, and turns byte offsets
//! into lines and columns. Nothing here reads what a page says.

mod hidden;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use hidden::{Hidden, shown};

use docwright_model::Position;

/// The form in which a page came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Markdown with optional front matter.
    Markdown,
    /// Markdown with components (MDX).
    Mdx,
    /// HTML, as served or as saved by a browser.
    Html,
    /// What a text extractor leaves of the page.
    Text,
}

/// A range of bytes in a page's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        let bytes = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: bytes(start),
            end: bytes(end),
        }
    }
}

/// One page's text.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path relative to the docs folder, with `/`.
    pub path: Arc<str>,
    /// Its form.
    pub form: Form,
    /// Its text, without characters that don't show.
    pub text: String,
    /// The characters that were left out, in order, but for a byte order mark.
    pub hidden: Vec<Hidden>,
    /// Where each line starts, in bytes.
    lines: Vec<u32>,
    /// How many characters stand before each block of [`BLOCK`] bytes; empty when
    /// no line is longer than one.
    characters: Vec<u32>,
}

/// Columns of lines up to this long, in bytes, are counted when they are asked for.
const BLOCK: usize = 4096;

impl Page {
    /// A page called `path` with this text.
    pub fn new(path: impl Into<Arc<str>>, form: Form, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let mut hidden = Vec::new();
        let at = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let left_out = |byte, what| hidden.push(Hidden { at: at(byte), what });
        if let Cow::Owned(words) = shown(&text, left_out) {
            text = words;
        }
        // Lines of pages are rarely shorter; collecting would grow time and again.
        let mut lines = Vec::with_capacity(1 + text.len() / 24);
        lines.push(0);
        lines.extend(text.match_indices('\n').map(|(byte, _)| at(byte + 1)));
        let has_long_line = lines.windows(2).any(|it| (it[1] - it[0]) as usize > BLOCK)
            || text.len() - lines.last().map_or(0, |last| *last as usize) > BLOCK;
        let characters = match has_long_line {
            true => characters(text.as_bytes()),
            false => Vec::new(),
        };
        Self {
            path: path.into(),
            form,
            text,
            hidden,
            lines,
            characters,
        }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: u32) -> u32 {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The place of a byte, in the file as it is.
    pub fn position(&self, byte: u32) -> Position {
        let line = self.line(byte);
        let start = self.lines[line as usize - 1];
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX).min(byte);
        let hidden = |to: u32| self.hidden.partition_point(|it| it.at < to);
        let shown = self.count(start as usize, end as usize);
        let hidden = hidden(end.saturating_add(1)).saturating_sub(hidden(start));
        Position {
            line,
            column: u32::try_from(shown + hidden + 1).unwrap_or(u32::MAX),
        }
    }

    /// How many characters begin between two bytes, in no more time than a block
    /// takes.
    fn count(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let within = |from: usize, to: usize| count(bytes.get(from..to).unwrap_or_default());
        let before = |byte: usize| {
            let known = self.characters.get(byte / BLOCK)?;
            Some(*known as usize + within(byte / BLOCK * BLOCK, byte))
        };
        match (before(start), before(end)) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => within(start, end),
        }
    }

    /// The bytes of a line (counted from 1), without its line break.
    pub fn line_span(&self, line: u32) -> Span {
        let index = (line.max(1) as usize - 1).min(self.lines.len() - 1);
        let start = self.lines[index] as usize;
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize);
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + line.len())
    }

    /// The file name without its ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// How many characters begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// How many characters stand before each block of [`BLOCK`] bytes.
fn characters(bytes: &[u8]) -> Vec<u32> {
    let mut before = 0;
    let blocks = bytes.chunks(BLOCK).map(|block| {
        let here = before;
        before += count(block);
        u32::try_from(here).unwrap_or(u32::MAX)
    });
    let mut characters: Vec<_> = blocks.collect();
    // The end of the text may begin a block.
    characters.push(u32::try_from(count(bytes)).unwrap_or(u32::MAX));
    characters
}

/// The form that a file's name promises; `None` for a file that is no page.
fn form_of(path: &Path) -> Option<Form> {
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

/// What is below a folder: pages as (path within the docs, file), and what
/// can't be read, by path.
#[derive(Debug, Default)]
struct Below {
    pages: BTreeSet<(String, PathBuf)>,
    unreadable: Vec<(String, ReadError)>,
}

/// Lists the pages below `root` (a folder, or one page), sorted by path, as
/// (path within the docs, file). Hidden files and folders are passed over, and
/// so is a folder's own `README.md`: it speaks about the pages.
///
/// # Errors
/// When `root` or something below it cannot be read.
pub fn find(root: &Path) -> Result<Vec<(String, PathBuf)>, ReadError> {
    let below = look_below(root)?;
    match below.unreadable.into_iter().next() {
        Some((_, error)) => Err(error),
        None => Ok(below.pages.into_iter().collect()),
    }
}

/// The same, with what can't be read.
///
/// # Errors
/// When `root` itself cannot be read.
fn look_below(root: &Path) -> Result<Below, ReadError> {
    let mut below = Below::default();
    if !root.is_dir() {
        let at_root = |error| ReadError {
            path: root.to_owned(),
            error,
        };
        is_plain(root).map_err(at_root)?;
        let name = root.file_name().unwrap_or_default().to_string_lossy();
        below.pages.insert((name.into_owned(), root.to_owned()));
        return Ok(below);
    }
    let entries = walkdir::WalkDir::new(root)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let (path, depth) = (error.path().unwrap_or(root).to_owned(), error.depth());
                let loops = || io::Error::other("the link leads back to a folder above it");
                let error = error.into_io_error().unwrap_or_else(loops);
                let error = ReadError { path, error };
                if depth == 0 {
                    return Err(error);
                }
                below
                    .unreadable
                    .push((name_below(&error.path, root), error));
                continue;
            }
        };
        let own_readme = entry.depth() == 1 && entry.file_name() == "README.md";
        if entry.file_type().is_dir() || form_of(entry.path()).is_none() || own_readme {
            continue;
        }
        let name = name_below(entry.path(), root);
        let path = entry.into_path();
        match is_plain(&path) {
            Ok(()) => drop(below.pages.insert((name, path))),
            Err(error) => below.unreadable.push((name, ReadError { path, error })),
        }
    }
    Ok(below)
}

fn name_below(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts = relative.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// A page that [`find_all`] listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path within the docs.
    pub name: String,
    /// Its file.
    pub file: PathBuf,
    /// Whether it was named by itself, not found in a folder.
    pub single: bool,
}

/// What [`find_all`] lists.
#[derive(Debug, Default)]
pub struct Listing {
    /// The pages, by path.
    pub pages: Vec<Found>,
    /// Links that lead nowhere, folders that can't be opened, pipes and the
    /// like, each with its path within the docs.
    pub unreadable: Vec<(String, ReadError)>,
}

/// Lists the pages of several folders and single pages as those of one
/// reference, sorted by path. Where two have the same path, the name of the
/// folder stands before it, or all of the folder's path.
///
/// # Errors
/// When one of the folders or single pages cannot be read. Something in a
/// folder that can't be read is listed as such.
pub fn find_all(roots: &[PathBuf]) -> Result<Listing, ReadError> {
    let mut pages: BTreeMap<PathBuf, (String, &Path)> = BTreeMap::new();
    let mut unreadable = Vec::new();
    for root in roots {
        let below = look_below(root)?;
        unreadable.extend(below.unreadable);
        for (name, file) in below.pages {
            pages.entry(file).or_insert((name, root));
        }
    }
    Ok(Listing {
        pages: told_apart(pages),
        unreadable,
    })
}

/// Pages by path, named so that no two have the same name.
fn told_apart(pages: BTreeMap<PathBuf, (String, &Path)>) -> Vec<Found> {
    let plain = counted(pages.values().map(|(name, _)| name.clone()));
    let are_apart = plain.len() == pages.len();
    let folder = |root: &Path| match root.is_file() {
        true => root.parent().map(Path::to_owned).unwrap_or_default(),
        false => root.to_owned(),
    };
    let last = |name: &str, root: &Path| {
        let folder = folder(root);
        let last = folder.file_name().unwrap_or_default().to_string_lossy();
        format!("{last}/{name}")
    };
    let whole = |name: &str, root: &Path| {
        let folder = folder(root);
        let parts = folder.iter().map(|part| part.to_string_lossy());
        let parts: Vec<_> = parts.filter(|part| part != "/").collect();
        format!("{}/{name}", parts.join("/"))
    };
    let by_folder = match are_apart {
        true => BTreeMap::new(),
        false => counted(pages.values().map(|(name, root)| last(name, root))),
    };
    let mut found: Vec<Found> = pages
        .into_iter()
        .map(|(file, (name, root))| {
            let single = file == root;
            let is_one = |counts: &BTreeMap<_, _>, name: &str| counts.get(name) == Some(&1);
            let name = match are_apart || is_one(&plain, &name) {
                true => name,
                false if is_one(&by_folder, &last(&name, root)) => last(&name, root),
                false => whole(&name, root),
            };
            Found { name, file, single }
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn counted(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

/// Reads one page that [`find`] listed: UTF-8, or UTF-16 that begins with its mark.
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

fn is_plain(path: &Path) -> io::Result<()> {
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

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let page = Page::new("a.md", Form::Markdown, "\u{feff}é1\nx\n");
        assert_eq!(page.text, "é1\nx\n");
        let position = |byte| {
            let Position { line, column } = page.position(byte);
            (line, column)
        };
        assert_eq!(position(0), (1, 1));
        assert_eq!(position(2), (1, 2));
        assert_eq!(position(4), (2, 1));
        assert_eq!(position(6), (3, 1));
        assert_eq!(position(99), (3, 1));
    }

    #[test]
    fn positions_are_those_of_the_file_with_all_that_does_not_show() {
        let page = Page::new("a.md", Form::Markdown, "x\u{200b}\u{ad}yz\n\u{200b}w");
        assert_eq!(page.text, "xyz\nw");
        let column = |byte| page.position(byte).column;
        assert_eq!([0, 1, 2, 4].map(column), [1, 4, 5, 2]);
    }

    #[test]
    fn columns_of_long_lines_are_counted_in_characters() {
        let line = "é1".repeat(BLOCK);
        let page = Page::new("a.md", Form::Markdown, format!("{line}\n{line}"));
        for letter in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK - 1] {
            let bytes = letter / 2 * 3 + letter % 2 * 2;
            for (line, start) in [(1, 0), (2, line.len() + 1)] {
                let position = page.position((start + bytes) as u32);
                assert_eq!((position.line, position.column), (line, letter as u32 + 1));
            }
        }
    }

    #[test]
    fn pages_of_one_name_are_told_apart_by_their_folders() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["a/x/1.md", "a/x/2.md", "b/1.md", "c/a/x/1.md"] {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), "").unwrap();
        }
        let names = |roots: &[&str]| {
            let roots: Vec<_> = roots.iter().map(|root| at(root)).collect();
            let found = find_all(&roots).unwrap();
            let names = found.pages.into_iter().map(|it| it.name);
            names.collect::<Vec<_>>()
        };
        assert_eq!(names(&["a/x", "b"]), ["2.md", "b/1.md", "x/1.md"]);
        assert_eq!(names(&["b", "a/x"]), names(&["a/x", "b"]));
        assert_eq!(names(&["b", "b/1.md"]), ["1.md"]);
        let deep = names(&["a/x", "c/a/x"]);
        assert!(
            deep[1].ends_with("/a/x/1.md") && deep[2].ends_with("/c/a/x/1.md"),
            "{deep:?}"
        );
    }

    #[test]
    fn a_line_has_its_bytes_without_the_break() {
        let page = Page::new("a.md", Form::Markdown, "ab\r\ncd");
        assert_eq!(page.line_span(1), Span::new(0, 2));
        assert_eq!(page.line_span(2), Span::new(4, 6));
    }
}
