//! Finds pages on disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use super::file::{ReadError, form_of, is_plain};

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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
}
