//! Compares the files of a run with those on disk, and checks whether something is in the
//! way. Nothing here writes.

use std::{borrow::Cow, collections::BTreeSet, fs, io, path::Path};

use rayon::prelude::*;
use similar::TextDiff;

use super::{FileSet, INTERRUPTED, MANIFEST, ROOT, fileset::is_safe};
use docwright_model::diagnostic::{Diagnostic, Place, Rule, rules};

/// The manifest's first line; a file without it is no manifest.
const MANIFEST_HEAD: &str =
    "# Made by docwright, which replaces and removes the files in this list and no others.";

/// A file that isn't as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// Its path within the output folder.
    pub path: String,
    /// What it holds; `None` when there is no such file.
    pub old: Option<Vec<u8>>,
    /// What it should hold; `None` when it should go.
    pub new: Option<Cow<'a, str>>,
}

impl Change<'_> {
    /// Whether a run that was killed stopped the crate from compiling here.
    pub fn is_interruption(&self) -> bool {
        self.path == ROOT && self.old.as_deref().is_some_and(is_interruption)
    }

    /// The change as a unified diff, with `a/` and `b/` before the path below
    /// `out`, as git has it.
    pub fn diff(&self, out: &Path) -> String {
        let old = String::from_utf8_lossy(self.old.as_deref().unwrap_or_default());
        let new = self.new.as_deref().unwrap_or_default();
        let path = out.join(&self.path);
        let path = path.strip_prefix("/").unwrap_or(&path).display();
        let name = |side: &str, is_there: bool| match is_there {
            true => format!("{side}/{path}"),
            false => "/dev/null".to_owned(),
        };
        let (a, b) = (name("a", self.old.is_some()), name("b", self.new.is_some()));
        let diff = TextDiff::from_lines(&*old, new);
        let body = diff.unified_diff().header(&a, &b).to_string();
        match body.is_empty() {
            // An empty file that comes or goes.
            true => format!("--- {a}\n+++ {b}\n"),
            false => body,
        }
    }
}

/// What has to change for the output folder to hold these files, by path;
/// nothing when it does.
///
/// # Errors
/// When a file that isn't docwright's is in the way, or when the folder cannot
/// be read.
pub fn changes<'a>(out: &Path, files: &'a FileSet) -> Result<Vec<Change<'a>>, Vec<Diagnostic>> {
    check_folder(out).map_err(|error| vec![*error])?;
    let ours = read_manifest(out).map_err(|error| vec![*error])?;
    let manifest = manifest(files);
    let wanted = files.iter().map(|(path, text)| (path, Cow::Borrowed(text)));
    let wanted: Vec<_> = wanted.chain([(MANIFEST, Cow::Owned(manifest))]).collect();
    let found: Vec<_> = wanted
        .par_iter()
        .map(|(path, _)| read(out, path, &ours))
        .collect();

    let (mut changes, mut errors) = (Vec::new(), Vec::new());
    for ((path, text), found) in wanted.into_iter().zip(found) {
        let is_ours = path == MANIFEST || ours.contains(path);
        match found {
            Ok(old) if old.as_deref().is_some_and(|old| same(old, &text)) => {}
            Ok(Some(old)) if !(is_ours || path == ROOT && is_interruption(&old)) => {
                errors.push(foreign(&out.join(path)))
            }
            Ok(old) => changes.push(Change {
                path: path.to_owned(),
                old,
                new: Some(text),
            }),
            Err(error) => errors.push(*error),
        }
    }
    for path in ours.iter().filter(|path| files.get(path).is_none()) {
        // What can't be read as a plain file (it is now a folder or a link) isn't what
        // docwright created.
        if let Ok(Some(old)) = read(out, path, &ours) {
            changes.push(Change {
                path: path.clone(),
                old: Some(old),
                new: None,
            });
        }
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    errors.sort();
    errors.dedup();
    if errors.is_empty() {
        Ok(changes)
    } else {
        Err(errors)
    }
}

/// Checks that the output folder is one, or isn't there yet.
fn check_folder(out: &Path) -> Result<(), Box<Diagnostic>> {
    match fs::metadata(out) {
        Ok(found) if !found.is_dir() => {
            let message = "is a file, expected a folder for the generated crate";
            let help = "name another folder with `--out`, or move the file away";
            let rule = rules::OUTPUT_NOT_A_FOLDER;
            Err(Box::new(diagnostic(rule, out, message, help)))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Box::new(not_readable(out, &error))),
    }
}

/// Whether a file's bytes are this text; a version control system may have
/// changed the line breaks.
fn same(old: &[u8], new: &str) -> bool {
    old == new.as_bytes()
        || std::str::from_utf8(old).is_ok_and(|old| {
            old.contains("\r\n") && !new.contains('\r') && old.replace("\r\n", "\n") == new
        })
}

/// Whether a file's text is the one that stops the crate from compiling.
fn is_interruption(text: &[u8]) -> bool {
    text.starts_with(INTERRUPTED.as_bytes())
}

/// The manifest of these files.
pub fn manifest(files: &FileSet) -> String {
    manifest_of(files.iter().map(|(path, _)| path))
}

/// The manifest of these paths, which are in order.
pub fn manifest_of<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{MANIFEST_HEAD}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Whether a file is a manifest, as its first line says.
pub fn is_manifest(path: &Path) -> bool {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    is_file && fs::read(path).is_ok_and(|text| text.starts_with(MANIFEST_HEAD.as_bytes()))
}

/// The paths that the manifest lists. Lines that are no path within the folder
/// (the marks of a merge conflict, say) don't count.
pub fn read_manifest(out: &Path) -> Result<BTreeSet<String>, Box<Diagnostic>> {
    let bytes = match read(out, MANIFEST, &BTreeSet::new()) {
        Ok(None) => return Ok(BTreeSet::new()),
        Ok(Some(bytes)) => bytes,
        Err(error) => return Err(error),
    };
    let text = String::from_utf8_lossy(&bytes);
    if !text.lines().any(|line| line == MANIFEST_HEAD) {
        return Err(Box::new(foreign(&out.join(MANIFEST))));
    }
    let paths = text
        .lines()
        .filter(|line| is_safe(line) && *line != MANIFEST);
    Ok(paths.map(str::to_owned).collect())
}

/// A file below the output folder; `None` when there is none. A file of `ours`
/// that stands where its folder is to be makes room.
fn read(
    out: &Path,
    path: &str,
    ours: &BTreeSet<String>,
) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
    let mut at = out.to_owned();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        at.push(name);
        let found = match fs::symlink_metadata(&at) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Box::new(not_readable(&at, &error))),
        };
        let is_last = names.peek().is_none();
        if found.is_symlink() {
            let message = "is a symbolic link, which may lead out of the output folder";
            let help = "remove the link; docwright writes plain files and folders only";
            return Err(Box::new(diagnostic(rules::OUTPUT_LINK, &at, message, help)));
        }
        if !is_last && found.is_file() && is_listed(&at, out, ours) {
            return Ok(None);
        }
        if is_last != found.is_file() || !is_last && !found.is_dir() {
            return Err(Box::new(foreign(&at)));
        }
    }
    let bytes = fs::read(&at).map_err(|error| Box::new(not_readable(&at, &error)))?;
    Ok(Some(bytes))
}

fn is_listed(path: &Path, out: &Path, ours: &BTreeSet<String>) -> bool {
    let below = path.strip_prefix(out).ok().and_then(Path::to_str);
    below.is_some_and(|below| ours.contains(below))
}

fn foreign(path: &Path) -> Diagnostic {
    let message = "is in the way, and wasn't created by docwright";
    let help = format!(
        "move it away or name another folder with `--out`; docwright replaces only files that \
         `{MANIFEST}` in the output folder lists"
    );
    diagnostic(rules::OUTPUT_FOREIGN_FILE, path, message, &help)
}

fn not_readable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("cannot be read: {error}");
    let help = "name another folder with `--out`, or make this one readable";
    diagnostic(rules::OUTPUT_NOT_READABLE, path, &message, help)
}

fn diagnostic(rule: &'static Rule, path: &Path, message: &str, help: &str) -> Diagnostic {
    let place = Place::file(path.display().to_string());
    Diagnostic::new(rule, place, message).help(help)
}
