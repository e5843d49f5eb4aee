//! Puts changed files into their places, all of them or none.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Change, MANIFEST, STAGE,
    compare::{manifest_of, read_manifest},
};

/// Where it failed, and why.
type Failure = (PathBuf, io::Error);

/// A step that was taken and can be taken back.
enum Step {
    /// A folder was put where none was, with all that is in it.
    Moved { path: PathBuf, staged: PathBuf },
    /// A file was put where none was.
    Added(PathBuf),
    /// A file was replaced or taken away; its old text is kept there.
    Kept { path: PathBuf, kept: PathBuf },
}

/// Makes these changes below `out`.
///
/// # Errors
/// The path that could not be written. Then all is as before.
pub(super) fn apply(out: &Path, changes: &[Change]) -> Result<(), Failure> {
    let stage = out.join(STAGE);
    let at_stage = |error| (stage.clone(), error);
    clear(&stage).map_err(at_stage)?;
    fs::create_dir(&stage).map_err(at_stage)?;
    let mut steps = Vec::new();
    let done = write_stage(&stage, changes).and_then(|()| swap(out, &stage, changes, &mut steps));
    if done.is_err() {
        for step in steps.into_iter().rev() {
            take_back(step);
        }
    }
    // What remains in the stage is of no use; the next run clears it, too.
    let _ = clear(&stage);
    if done.is_ok() {
        remove_empty_folders(out, changes);
    }
    done
}

fn clear(stage: &Path) -> io::Result<()> {
    match fs::remove_dir_all(stage) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Where a file or folder of the output is staged.
fn staged(stage: &Path, path: &str) -> PathBuf {
    stage.join("new").join(path)
}

/// Writes the new texts as they will stand in the output, so that a folder that
/// isn't there yet takes its place at once.
fn write_stage(stage: &Path, changes: &[Change]) -> Result<(), Failure> {
    let new = changes.iter().filter_map(|change| {
        let text = change.new.as_ref()?;
        Some((staged(stage, &change.path), text))
    });
    let new: Vec<_> = new.collect();
    let folders: BTreeSet<_> = new.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
    }
    new.into_par_iter().try_for_each(|(path, text)| {
        fs::write(&path, text.as_bytes()).map_err(|error| (path, error))
    })
}

fn swap(
    out: &Path,
    stage: &Path,
    changes: &[Change],
    steps: &mut Vec<Step>,
) -> Result<(), Failure> {
    claim(out, stage, changes, steps)?;
    // Files that go make room first. The manifest comes last: until then the
    // wider list of `claim` stands.
    let is_manifest = |change: &Change| change.path == MANIFEST;
    let order = |change: &Change| (is_manifest(change), change.new.is_some());
    let mut numbered: Vec<_> = changes.iter().enumerate().collect();
    numbered.sort_by_key(|(_, change)| order(change));
    let mut moved = None;
    for (number, change) in numbered {
        let is_below = |folder: &str| Path::new(&change.path).starts_with(folder);
        if moved.is_some_and(is_below) {
            continue;
        }
        let missing = change.new.as_ref().and(missing_folder(out, &change.path));
        if let Some(folder) = missing {
            let (path, staged) = (out.join(folder), staged(stage, folder));
            fs::rename(&staged, &path).map_err(|error| (path.clone(), error))?;
            steps.push(Step::Moved { path, staged });
            moved = Some(folder);
            continue;
        }
        let path = out.join(&change.path);
        let at_path = |error| (path.clone(), error);
        let kept = stage.join(format!("old-{number}"));
        let step = match change.old.is_some() && keep(&path, &kept).map_err(at_path)? {
            true => Step::Kept {
                path: path.clone(),
                kept,
            },
            false => Step::Added(path.clone()),
        };
        match change.new {
            Some(_) => fs::rename(staged(stage, &change.path), &path).map_err(at_path)?,
            None => fs::remove_file(&path).map_err(at_path)?,
        }
        steps.push(step);
    }
    Ok(())
}

/// The outermost folder of a path that isn't there yet.
fn missing_folder<'p>(out: &Path, path: &'p str) -> Option<&'p str> {
    let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.find(|folder| !out.join(folder).exists())
}

/// Lists the files that are and those that will be docwright's, so that a run
/// after one that was killed knows all of them.
fn claim(
    out: &Path,
    stage: &Path,
    changes: &[Change],
    steps: &mut Vec<Step>,
) -> Result<(), Failure> {
    let path = out.join(MANIFEST);
    let at_path = |error| (path.clone(), error);
    let ours = read_manifest(out).unwrap_or_default();
    let new = changes.iter().map(|change| change.path.as_str());
    let new = new.filter(|path| *path != MANIFEST);
    let all: BTreeSet<&str> = ours.iter().map(String::as_str).chain(new).collect();
    let wider = stage.join("claim");
    fs::write(&wider, manifest_of(all.into_iter())).map_err(at_path)?;
    let kept = stage.join("old-claim");
    let step = match keep(&path, &kept).map_err(at_path)? {
        true => Step::Kept {
            path: path.clone(),
            kept,
        },
        false => Step::Added(path.clone()),
    };
    fs::rename(&wider, &path).map_err(at_path)?;
    steps.push(step);
    Ok(())
}

/// Keeps a second name of a file, or a copy; `false` when there is no file.
fn keep(path: &Path, kept: &Path) -> io::Result<bool> {
    let linked = fs::hard_link(path, kept).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Err(error),
        _ => fs::copy(path, kept).map(drop),
    });
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Undoes a step as well as the system allows: the error that led here is what
/// the user has to know.
fn take_back(step: Step) {
    let _ = match step {
        Step::Moved { path, staged } => fs::rename(path, staged),
        Step::Added(path) => fs::remove_file(path),
        Step::Kept { path, kept } => fs::rename(kept, path),
    };
}

/// Removes the folders that became empty because their last file went.
fn remove_empty_folders(out: &Path, changes: &[Change]) {
    for change in changes.iter().filter(|change| change.new.is_none()) {
        let mut folder = Path::new(&change.path).parent();
        while let Some(path) = folder.filter(|path| !path.as_os_str().is_empty()) {
            if fs::remove_dir(out.join(path)).is_err() {
                break;
            }
            folder = path.parent();
        }
    }
}
