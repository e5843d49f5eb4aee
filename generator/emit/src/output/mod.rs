//! Writes the files of a run to the output folder, or checks that they are
//! there. Nothing else writes there.
//!
//! A folder in which all files are docwright's is replaced as a whole, in one step
//! (`exchange`). If it contains other files, or the system doesn't support that, files
//! are replaced one by one (`replace`): an error restores the old files, and a killed run
//! leaves a crate that doesn't compile and states why. The next run repairs it.
//! Concurrent runs wait for each other if the system can lock a folder.
//!
//! A file is docwright's when [`MANIFEST`] in the output folder lists it. Only
//! such files are replaced or removed; any other file in the way is an error.
//!
//! Nothing here knows the content of the files.

mod compare;
mod disk;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod exchange;
mod file;
mod fileset;
mod lock;
mod replace;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use compare::Change;
pub use file::write_file;
pub use fileset::{FileSet, PathError};

use docwright_model::diagnostic::{Diagnostic, Place, rules};

/// The file that lists what docwright made, in the output folder.
pub const MANIFEST: &str = ".docwright-files";

/// The staging folder for new files: a folder with this name in the output folder, or
/// beside it with this ending.
const STAGE: &str = ".docwright-stage";

/// Where a crate begins; without this file it doesn't compile.
const ROOT: &str = "src/lib.rs";

/// The first line of [`ROOT`] while files are replaced.
const INTERRUPTED: &str = "// docwright was interrupted while it updated this crate.";

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

/// What has to change for the output folder to hold these files, by path;
/// nothing when it does.
///
/// # Errors
/// When a file that isn't docwright's is in the way, or when the folder cannot
/// be read.
pub fn check<'a>(out: &Path, files: &'a FileSet) -> Result<Vec<Change<'a>>, Vec<Diagnostic>> {
    let _lock = lock::shared(out);
    compare::changes(out, files)
}

/// Makes the output folder hold these files. Files that are right already are
/// left alone; files of an earlier run that are no longer made are removed.
/// `repair` is the command that writes them; people see it when the run is
/// killed halfway.
///
/// # Errors
/// When the folder or a file cannot be written, or when a file that isn't
/// docwright's is in the way. Then nothing has changed.
pub fn write(out: &Path, files: &FileSet, repair: &str) -> Result<Written, Vec<Diagnostic>> {
    let mut created = Vec::new();
    // Held until the end; without it on systems that can't lock folders.
    let _lock = loop {
        created.extend(create_folder(out).map_err(|error| vec![not_writable(out, &error)])?);
        match lock::alone(out) {
            // The run that had made the folder failed, and took it away again.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            lock => break lock,
        }
    };
    let result = write_locked(out, files, repair);
    if result.is_err() {
        for folder in created.iter().rev() {
            // Files that were added there meanwhile are kept.
            let _ = fs::remove_dir(folder);
        }
    }
    result
}

fn write_locked(out: &Path, files: &FileSet, repair: &str) -> Result<Written, Vec<Diagnostic>> {
    let changes = compare::changes(out, files)?;
    let stage = out.join(STAGE);
    replace::clear(&stage).map_err(|error| vec![not_cleared(&stage, &error)])?;
    if changes.is_empty() {
        exchange::clear_left_over(out);
    } else if exchange::apply(out, files, &changes).is_err() {
        replace::apply(out, &stage, &changes, repair)
            .map_err(|(path, error)| vec![not_writable(&path, &error)])?;
    }
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

/// Creates a folder and those above it, and returns those that it created.
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

fn not_cleared(stage: &Path, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => {
            let message = "is docwright's folder for unfinished files, but contains others";
            let help = "move it away; docwright removes only what it made";
            let place = Place::file(stage.display().to_string());
            Diagnostic::new(rules::OUTPUT_FOREIGN_FILE, place, message).help(help)
        }
        _ => not_writable(stage, error),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod exchange {
    //! Used on systems that can't exchange folders.

    use super::*;

    pub fn apply(_: &Path, _: &FileSet, _: &[Change]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn clear_left_over(_: &Path) {}
}

#[cfg(test)]
mod kills;
#[cfg(test)]
mod tests;
