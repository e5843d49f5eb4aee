//! What the output does to the disk: one function for each action, so that the
//! tests can kill a run before each of them.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

#[cfg(not(test))]
use self::nothing as about_to_act;
#[cfg(test)]
use super::kills::about_to_act;

#[cfg(not(test))]
fn nothing() {}

/// Whether there is a folder; anything else of its name is an error.
pub fn has_folder(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(true),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Creates a folder where there is nothing.
pub fn create_folder(path: &Path) -> io::Result<()> {
    about_to_act();
    fs::create_dir(path)
}

/// Creates a folder and those above it.
pub fn create_folders(path: &Path) -> io::Result<()> {
    about_to_act();
    fs::create_dir_all(path)
}

/// Writes a new file; one that is there already is an error.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    about_to_act();
    let mut file = fs::File::create_new(path)?;
    about_to_act();
    file.write_all(text.as_bytes())
}

/// Gives a file a second name.
pub fn link(from: &Path, to: &Path) -> io::Result<()> {
    about_to_act();
    fs::hard_link(from, to)
}

/// Moves a file or a folder; a file that has the name already is replaced.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    about_to_act();
    fs::rename(from, to)
}

/// Removes a file.
pub fn remove_file(path: &Path) -> io::Result<()> {
    about_to_act();
    fs::remove_file(path)
}

/// Removes a file; one that isn't there is removed already.
pub fn remove_file_if_there(path: &Path) -> io::Result<()> {
    match remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes an empty folder.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    about_to_act();
    fs::remove_dir(path)
}

/// Removes a folder and all that is in it; one that isn't there is removed
/// already.
pub fn remove_tree(path: &Path) -> io::Result<()> {
    about_to_act();
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives each of two folders the name of the other, in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    about_to_act();
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Moves a file to a name that nothing has yet.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    about_to_act();
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}
