//! Writes one file whose path the user named.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};

use super::not_writable;
use docwright_model::diagnostic::{Diagnostic, Place, rules};

/// Writes one file: the old text stays until the new one is on disk, and two
/// runs at the same time leave the text of one of them. A file that holds the
/// text already is left alone. No link is followed, but for those of the
/// system to this process's streams (`/dev/stdout`).
///
/// # Errors
/// When it cannot be written; then the old text is still there.
pub fn write_file(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let fail = |error: io::Error| Box::new(not_writable(path, &error));
    let is_stream = ["/dev", "/proc"]
        .iter()
        .any(|above| path.starts_with(above));
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() && !is_stream => Err(Box::new(link(path))),
        Ok(found) if found.is_file() => {
            if holds(path, text).is_ok_and(|same| same) {
                return Ok(());
            }
            replace(path, text, Some(found.permissions())).map_err(fail)
        }
        // A pipe or a device is written to, not replaced.
        Ok(_) => fs::write(path, text).map_err(fail),
        Err(_) => replace(path, text, None).map_err(fail),
    }
}

/// Replaces a file with these permissions, or creates a new one.
fn replace(path: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let Some(name) = path.file_name() else {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it names no file",
        ));
    };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".docwright-").suffix(".new");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let folder = folder.unwrap_or(Path::new("."));
    let mut staged = builder.tempfile_in(folder)?;
    staged.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        staged.as_file().set_permissions(permissions)?;
    }
    staged.persist(folder.join(name))?;
    Ok(())
}

/// Whether a file has exactly this text. Checking is cheaper than replacing it.
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

fn link(path: &Path) -> Diagnostic {
    let message = "is a symbolic link, expected a file or nothing";
    let help = "name the file that it points to, or remove the link";
    let place = Place::file(path.display().to_string());
    Diagnostic::new(rules::OUTPUT_LINK, place, message).help(help)
}
