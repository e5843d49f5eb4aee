//! The one gate through which files reach the disk: it writes them, or checks
//! that they are there.
//!
//! Writing is all or nothing. New texts are staged in the output folder, and
//! only when all of them are there do they take their places, by renaming; an
//! error on the way puts back what was. A run that is killed between two
//! renames leaves files that the next run knows as its own, so that running
//! again repairs the tree. Runs at the same time wait for each other where the
//! system can lock a folder.
//!
//! A file is docwright's when [`MANIFEST`] in the output folder lists it. Only
//! such files are replaced or removed; any other file in the way is an error.
//!
//! Nothing here knows what the files say.

mod compare;
mod fileset;
mod swap;

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

pub use compare::{Change, check};
pub use fileset::{FileSet, PathError};

use crate::diagnostic::{Diagnostic, Place, rules};

/// The file that lists what docwright made, in the output folder.
pub const MANIFEST: &str = ".docwright-files";

/// Where new texts wait for their turn, in the output folder.
const STAGE: &str = ".docwright-stage";

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new.
    pub added: Vec<String>,
    /// Files whose text changed.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
}

/// Makes the output folder hold these files. Files that are right already are
/// left alone; files of an earlier run that are no longer made are removed.
///
/// # Errors
/// When the folder or a file cannot be written, or when a file that isn't
/// docwright's is in the way. Then nothing has changed.
pub fn write(out: &Path, files: &FileSet) -> Result<Written, Vec<Diagnostic>> {
    let created = create_folder(out).map_err(|error| vec![not_writable(out, &error)])?;
    let result = write_locked(out, files);
    if result.is_err() {
        for folder in created.iter().rev() {
            // Whoever put something there meanwhile keeps it.
            let _ = fs::remove_dir(folder);
        }
    }
    result
}

fn write_locked(out: &Path, files: &FileSet) -> Result<Written, Vec<Diagnostic>> {
    // Held until the end; a system without locks for folders goes without.
    let lock = fs::File::open(out).and_then(|folder| folder.lock().map(|()| folder));
    let changes = check(out, files)?;
    let done = match changes.is_empty() && !out.join(STAGE).exists() {
        true => Ok(()),
        false => {
            swap::apply(out, &changes).map_err(|(path, error)| vec![not_writable(&path, &error)])
        }
    };
    drop(lock);
    done?;
    let mut written = Written::default();
    for change in changes.into_iter().filter(|change| change.path != MANIFEST) {
        match (change.old, change.new) {
            (None, _) => written.added.push(change.path),
            (Some(_), Some(_)) => written.changed.push(change.path),
            (Some(_), None) => written.removed.push(change.path),
        }
    }
    Ok(written)
}

/// Writes one file whose path the user named: the old text stays until the new
/// one is on disk. A file that holds the text already is left alone.
///
/// # Errors
/// When it cannot be written; then the old text is still there.
pub fn write_file(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let fail = |error: io::Error| Box::new(not_writable(path, &error));
    // A pipe or a device (`/dev/stdout`) is written to, not replaced; so is a
    // file behind a link.
    let is_plain = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    if path.exists() && !is_plain {
        return fs::write(path, text).map_err(fail);
    }
    if is_plain && holds(path, text).is_ok_and(|same| same) {
        return Ok(());
    }
    let name = path.file_name().ok_or_else(|| {
        fail(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it names no file",
        ))
    })?;
    let mut staged = name.to_owned();
    staged.push(".docwright-new");
    let staged = path.with_file_name(staged);
    let written = fs::write(&staged, text).and_then(|()| fs::rename(&staged, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&staged);
        fail(error)
    })
}

/// Whether a file holds just this text. Looking costs less than replacing it.
fn holds(path: &Path, text: &str) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if usize::try_from(file.metadata()?.len()) != Ok(text.len()) {
        return Ok(false);
    }
    let mut part = vec![0; 1 << 16];
    let mut rest = text.as_bytes();
    loop {
        match file.read(&mut part)? {
            0 => return Ok(rest.is_empty()),
            length => match rest.strip_prefix(&part[..length]) {
                Some(behind) => rest = behind,
                None => return Ok(false),
            },
        }
    }
}

/// Creates a folder and those above it; answers which ones it created.
fn create_folder(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = folder
        .ancestors()
        .filter(|above| !above.as_os_str().is_empty())
        .take_while(|above| !above.exists());
    let mut missing: Vec<_> = missing.map(Path::to_owned).collect();
    missing.reverse();
    fs::create_dir_all(folder).inspect_err(|_| {
        for created in missing.iter().rev() {
            let _ = fs::remove_dir(created);
        }
    })?;
    Ok(missing)
}

fn not_writable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("cannot be written: {error}");
    let help = match error.kind() {
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "there is a file where a folder is needed; name another place, or move the file away"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "make it writable, or name another place"
        }
        io::ErrorKind::StorageFull => "make room on the disk, and run again",
        _ => "name another place; nothing was changed",
    };
    let place = Place::file(path.display().to_string());
    Diagnostic::new(rules::OUTPUT_NOT_WRITABLE, place, message).help(help)
}

#[cfg(test)]
mod tests;
