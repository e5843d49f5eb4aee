//! The files that a run makes, before any of them is on disk.
//!
//! Nothing here touches the disk.

use std::{collections::BTreeMap, fmt};

/// A tree of text files, by path. Paths are relative to the output folder,
/// with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
    /// The paths in lower case, because some file systems ignore case.
    folded: BTreeMap<String, String>,
}

impl FileSet {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When the path could lead out of the output folder or isn't portable, or
    /// when there is a file of that name already (letter case aside).
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<(), PathError> {
        let path = path.into();
        if !is_safe(&path) {
            return Err(PathError::Unsafe { path });
        }
        let folded = path.to_lowercase();
        if let Some(by) = self.folded.get(&folded) {
            let by = by.clone();
            return Err(PathError::Taken { path, by });
        }
        self.folded.insert(folded, path.clone());
        self.files.insert(path, text.into());
        Ok(())
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths and texts, by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (&**path, &**text))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Whether a path stays below the folder that it is relative to, on every
/// system: names joined by `/`, none of them empty, `.` or `..`, without
/// backslashes, colons (drives, streams) and control characters.
pub(super) fn is_safe(path: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !path.contains(odd)
        && path
            .split('/')
            .all(|name| !matches!(name, "" | "." | "..") && !name.ends_with(['.', ' ']))
}

/// Why a file cannot be in a [`FileSet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// The path could lead out of the output folder, or isn't portable.
    Unsafe {
        /// The path.
        path: String,
    },
    /// Two files would have one name.
    Taken {
        /// The path.
        path: String,
        /// The file that has the name already.
        by: String,
    },
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe { path } => {
                write!(
                    f,
                    "`{}` is not inside the output folder",
                    path.escape_debug()
                )
            }
            Self::Taken { path, by } => {
                write!(
                    f,
                    "`{path}` and `{by}` would be the same file on systems that ignore letter case"
                )
            }
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_out_by_path() {
        let mut files = FileSet::new();
        files.insert("src/lib.rs", "b").unwrap();
        files.insert("Cargo.toml", "a").unwrap();
        let paths: Vec<_> = files.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["Cargo.toml", "src/lib.rs"]);
        assert_eq!(files.get("src/lib.rs"), Some("b"));
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_refused() {
        let mut files = FileSet::new();
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "src/../../a",
            "src//a",
            "./a",
            "src/",
            "C:a",
            "a\\b",
            "a\n",
            "con.",
        ] {
            let path = path.to_owned();
            assert_eq!(
                files.insert(path.clone(), ""),
                Err(PathError::Unsafe { path })
            );
        }
        assert!(files.is_empty());
    }

    #[test]
    fn names_that_differ_in_case_only_are_one_file_on_some_systems() {
        let mut files = FileSet::new();
        files.insert("tests/samples/GetA.json", "1").unwrap();
        let error = files.insert("tests/samples/Geta.json", "2").unwrap_err();
        assert!(error.to_string().contains("tests/samples/GetA.json"));
        assert_eq!(files.get("tests/samples/GetA.json"), Some("1"));
    }
}
