//! Replaces the whole output folder in one step: the new tree is written beside it, and
//! the two exchange names. If the run is killed, the output folder is the old or the new
//! one.
//!
//! This requires that all files in the folder are docwright's. Files that are added
//! meanwhile move to the new folder.

use std::{
    collections::BTreeSet,
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use rustix::fs::{Access, access};
use walkdir::{DirEntry, WalkDir};

use super::{
    Change, FileSet, MANIFEST, STAGE,
    compare::{is_manifest, manifest, read_manifest},
    disk, lock,
};

/// The manifest of an incomplete tree.
const NEW_MANIFEST: &str = ".docwright-files.new";

/// Makes `out` hold these files.
///
/// # Errors
/// If that isn't possible in one step; then nothing has changed.
pub fn apply(out: &Path, files: &FileSet, changes: &[Change]) -> io::Result<()> {
    let out = out.canonicalize()?;
    let stage = stage_of(&out).ok_or(io::ErrorKind::Unsupported)?;
    clear(&stage, &out)?;
    if is_stood_in(&out) || !is_docwrights_alone(&out)? {
        return Err(io::ErrorKind::Unsupported.into());
    }
    // A write-protected folder isn't replaced.
    access(&out, Access::WRITE_OK)?;
    disk::create_folder(&stage)?;
    // A run that opens the folder right after the exchange waits until the rest is done.
    let lock = lock::alone(&stage);
    let done = build(&out, &stage, files, changes).and_then(|()| disk::exchange(&stage, &out));
    // A remaining tree does no harm; the next run removes it.
    let _ = clear(&stage, &out);
    drop(lock);
    done
}

/// Removes what a killed run left beside the output folder. What can't be removed does no
/// harm.
pub fn clear_left_over(out: &Path) {
    let Ok(out) = out.canonicalize() else { return };
    if let Some(stage) = stage_of(&out) {
        let _ = clear(&stage, &out);
    }
}

/// Where the new tree is made: beside the output folder, on the same disk.
fn stage_of(out: &Path) -> Option<PathBuf> {
    let name = out.file_name()?.to_str()?;
    Some(out.with_file_name(format!(".{name}{STAGE}")))
}

/// Whether this process works in the folder: otherwise its working folder, and that of
/// the shell that started it, would no longer have a name.
fn is_stood_in(out: &Path) -> bool {
    let current = std::env::current_dir().and_then(|folder| folder.canonicalize());
    current.is_ok_and(|current| current.starts_with(out))
}

/// Whether all that is in the folder is listed in its manifest.
fn is_docwrights_alone(out: &Path) -> io::Result<bool> {
    let ours = read_manifest(out).map_err(|_| io::ErrorKind::InvalidData)?;
    let folders: BTreeSet<&str> = ours.iter().flat_map(|path| folders_of(path)).collect();
    for entry in WalkDir::new(out).min_depth(1) {
        let entry = entry?;
        let path = below(&entry, out);
        let is_ours = match entry.file_type() {
            kind if kind.is_dir() => folders.contains(&*path),
            kind => kind.is_file() && (path == MANIFEST || ours.contains(&path)),
        };
        if !is_ours {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The folders in which a file is, from the outermost on.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn below(entry: &DirEntry, folder: &Path) -> String {
    let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    path.to_string_lossy().into_owned()
}

/// Makes the new tree. Files that are right already keep their time: they are
/// the same files under a second name.
fn build(out: &Path, stage: &Path, files: &FileSet, changes: &[Change]) -> io::Result<()> {
    let (old, new) = (fs::metadata(out)?, fs::metadata(stage)?);
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    // The manifest comes first, complete: it states which files may be removed again.
    let first = stage.join(NEW_MANIFEST);
    disk::write_new(&first, &manifest(files))?;
    disk::rename(&first, &stage.join(MANIFEST))?;
    let folders: BTreeSet<&str> = files
        .iter()
        .flat_map(|(path, _)| folders_of(path))
        .collect();
    for folder in folders {
        disk::create_folder(&stage.join(folder))?;
    }
    let changed = changes.iter().filter(|change| change.new.is_some());
    let changed: BTreeSet<&str> = changed.map(|change| &*change.path).collect();
    let files: Vec<_> = files.iter().collect();
    files.into_par_iter().try_for_each(|(path, text)| {
        let staged = stage.join(path);
        match changed.contains(path) {
            true => disk::write_new(&staged, text),
            false => disk::link(&out.join(path), &staged),
        }
    })?;
    fs::set_permissions(stage, old.permissions())
}

/// Removes a tree that docwright made, file by file as its manifest lists them.
/// Anything else in it moves to `out`.
///
/// # Errors
/// When there is something that isn't docwright's, and it can't move.
fn clear(stage: &Path, out: &Path) -> io::Result<()> {
    if !disk::has_folder(stage)? {
        return Ok(());
    }
    let [first, last] = [NEW_MANIFEST, MANIFEST].map(|name| stage.join(name));
    let names = fs::read_dir(stage)?.map(|entry| Ok(entry?.file_name()));
    let names: Vec<_> = names.collect::<io::Result<_>>()?;
    let is_new = names.iter().all(|name| name == NEW_MANIFEST);
    if !is_new && !is_manifest(&last) {
        // Another folder that happens to have this name.
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let ours = read_manifest(stage).map_err(|_| io::ErrorKind::InvalidData)?;
    for entry in WalkDir::new(stage).min_depth(1).contents_first(true) {
        let entry = entry?;
        let path = below(&entry, stage);
        if entry.file_type().is_dir() {
            // A folder that isn't empty contains something that couldn't be moved.
            let _ = disk::remove_folder(entry.path());
        } else if entry.file_type().is_file() && ours.contains(&path) {
            disk::remove_file(entry.path())?;
        } else if ![MANIFEST, NEW_MANIFEST].contains(&&*path) {
            let to = entry.path().strip_prefix(stage).unwrap_or(entry.path());
            let to = out.join(to);
            to.parent().map_or(Ok(()), disk::create_folders)?;
            disk::rename_new(entry.path(), &to)?;
        }
    }
    for path in [first, last] {
        disk::remove_file_if_there(&path)?;
    }
    disk::remove_folder(stage)
}
