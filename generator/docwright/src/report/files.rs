//! The files that diagnostics point into.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use docwright_read::{EVIDENCE, Pages, source};

/// A file that a diagnostic points into.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path by which the user can open it.
    pub path: String,
    /// Its text; `None` when it cannot be read (any more).
    pub text: Option<Arc<str>>,
    /// Where each line starts, in bytes: a file may have as many findings as lines.
    starts: Arc<[usize]>,
}

/// The longest line, in bytes, in which words are looked for and underlined. People can't
/// read a longer one, and a page that is a single line may have a finding for each word.
pub const LONGEST_LINE: usize = 4096;

impl Source {
    fn new(path: String, text: Option<Arc<str>>) -> Self {
        let breaks = text.iter().flat_map(|text| text.match_indices('\n'));
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        Self {
            starts: starts.collect(),
            path,
            text,
        }
    }

    /// The line with this number (from 1) and those below it; nothing when there
    /// is no such line.
    pub fn lines(&self, number: u32) -> impl Iterator<Item = &str> {
        let index = (number as usize).checked_sub(1);
        let starts = index.and_then(|index| self.starts.get(index..));
        let starts = starts.unwrap_or_default();
        let ends = starts.iter().skip(1).copied().map(Some).chain([None]);
        starts.iter().zip(ends).filter_map(|(start, end)| {
            let text = self.text.as_deref()?;
            let line = text.get(*start..end.unwrap_or(text.len()))?;
            Some(line.trim_end_matches(['\n', '\r']))
        })
    }
}

/// Finds the files that diagnostics point into: below one of the folders of
/// the docs, else by the path itself. Each is read once.
#[derive(Debug, Default)]
pub struct Files {
    docs: Vec<PathBuf>,
    evidence: Vec<PathBuf>,
    known: Mutex<BTreeMap<String, Source>>,
    listed_docs: OnceLock<BTreeMap<String, PathBuf>>,
    listed_evidence: OnceLock<BTreeMap<String, PathBuf>>,
}

impl Files {
    /// The files of these pages (folders and single pages).
    pub fn new(pages: &Pages) -> Self {
        Self {
            docs: pages.docs.clone(),
            evidence: pages.evidence.clone(),
            known: Mutex::default(),
            listed_docs: OnceLock::new(),
            listed_evidence: OnceLock::new(),
        }
    }

    /// The file that a diagnostic calls `file`.
    pub fn get(&self, file: &str) -> Source {
        if let Some(source) = self.known().get(file) {
            return source.clone();
        }
        let path = self.find(file);
        let text = source::read_file(&path).ok().map(|bytes| {
            let text = source::decode(bytes);
            // Columns are counted without a byte order mark.
            Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text))
        });
        let source = Source::new(path.display().to_string(), text);
        self.known().insert(file.to_owned(), source.clone());
        source
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Source>> {
        // Each entry is complete, even if the thread that held the lock panicked.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path by which the user can open the file that a diagnostic calls
    /// `file`; nothing is read.
    pub fn path(&self, file: &str) -> PathBuf {
        self.find(file)
    }

    fn find(&self, file: &str) -> PathBuf {
        let (roots, name) = match file.strip_prefix(EVIDENCE) {
            Some(name) => (&self.evidence, name),
            None => (&self.docs, file),
        };
        if roots.len() > 1
            && let Some(path) = self.listed(roots).get(file)
        {
            return path.clone();
        }
        let mut candidates = roots.iter().filter_map(|root| match root.is_file() {
            // A single page is called by its name.
            true => (root.file_name()? == name).then(|| root.clone()),
            false => Some(root.join(name)).filter(|path| path.symlink_metadata().is_ok()),
        });
        let found = candidates.next();
        found.unwrap_or_else(|| Path::new(name).to_owned())
    }

    /// The pages of several folders, by what diagnostics call them.
    fn listed(&self, roots: &[PathBuf]) -> &BTreeMap<String, PathBuf> {
        let (listed, prefix) = match roots == self.evidence {
            true => (&self.listed_evidence, EVIDENCE),
            false => (&self.listed_docs, ""),
        };
        listed.get_or_init(|| {
            let found = source::find_all(roots).unwrap_or_default();
            let named = found.pages.into_iter();
            named
                .map(|page| (format!("{prefix}{}", page.name), page.file))
                .collect()
        })
    }
}
