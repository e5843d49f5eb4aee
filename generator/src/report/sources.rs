//! The files that diagnostics point into.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// A file that a diagnostic points into.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path by which the user can open it.
    pub path: String,
    /// Its text; `None` when it cannot be read (any more).
    pub text: Option<Arc<str>>,
}

/// Finds the files that diagnostics point into: below one of the folders of
/// the docs, else by the path itself. Each is read once.
#[derive(Debug, Default)]
pub struct Sources {
    docs: Vec<PathBuf>,
    known: RefCell<BTreeMap<String, Source>>,
}

impl Sources {
    /// The files of these docs (folders and single pages).
    pub fn new(docs: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            docs: docs.into_iter().collect(),
            known: RefCell::default(),
        }
    }

    /// The file that a diagnostic calls `file`.
    pub fn get(&self, file: &str) -> Source {
        if let Some(source) = self.known.borrow().get(file) {
            return source.clone();
        }
        let path = self.find(file);
        let text = match path.is_file() {
            true => fs::read(&path).ok(),
            false => None,
        };
        let text = text.map(|bytes| {
            let text = String::from_utf8_lossy(&bytes);
            // Columns are counted without a byte order mark.
            Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text))
        });
        let source = Source {
            path: path.display().to_string(),
            text,
        };
        let mut known = self.known.borrow_mut();
        known.insert(file.to_owned(), source.clone());
        source
    }

    fn find(&self, file: &str) -> PathBuf {
        let candidates = self.docs.iter().filter_map(|docs| match docs.is_file() {
            // A single page is called by its name.
            true => (docs.file_name()? == file).then(|| docs.clone()),
            false => Some(docs.join(file)).filter(|path| path.exists()),
        });
        let found = candidates.into_iter().next();
        found.unwrap_or_else(|| Path::new(file).to_owned())
    }
}
