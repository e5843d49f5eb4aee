//! Makes concurrent runs wait for each other, if the system can lock a folder.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

/// Locks a folder until the file is closed, against all other runs.
pub fn alone(folder: &Path) -> io::Result<File> {
    lock(folder, File::lock)
}

/// Locks a folder until the file is closed, against runs that write.
pub fn shared(folder: &Path) -> io::Result<File> {
    lock(folder, File::lock_shared)
}

fn lock(folder: &Path, hold: fn(&File) -> io::Result<()>) -> io::Result<File> {
    loop {
        let file = File::open(folder)?;
        hold(&file)?;
        // The previous owner of the lock may have replaced the folder.
        if is_at(&file, folder)? {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (opened, found) = (file.metadata()?, fs::metadata(path)?);
    Ok((opened.dev(), opened.ino()) == (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> io::Result<bool> {
    fs::metadata(path).map(|_| true)
}
