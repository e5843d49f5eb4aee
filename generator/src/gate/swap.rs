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
    /// A folder was made.
    Made(PathBuf),
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

/// The staged text of the change with this number.
fn staged(stage: &Path, number: usize) -> PathBuf {
    stage.join(format!("new-{number}"))
}

fn write_stage(stage: &Path, changes: &[Change]) -> Result<(), Failure> {
    let changes = changes.par_iter().enumerate();
    changes.try_for_each(|(number, change)| match &change.new {
        Some(text) => {
            let path = staged(stage, number);
            fs::write(&path, text.as_bytes()).map_err(|error| (path, error))
        }
        None => Ok(()),
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
    for (number, change) in numbered {
        let path = out.join(&change.path);
        let at_path = |error| (path.clone(), error);
        if change.new.is_some() {
            make_folders(&path, steps).map_err(at_path)?;
        }
        let kept = stage.join(format!("old-{number}"));
        let step = match keep(&path, &kept).map_err(at_path)? {
            true => Step::Kept {
                path: path.clone(),
                kept,
            },
            false => Step::Added(path.clone()),
        };
        match change.new {
            Some(_) => fs::rename(staged(stage, number), &path).map_err(at_path)?,
            None => fs::remove_file(&path).map_err(at_path)?,
        }
        steps.push(step);
    }
    Ok(())
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

fn make_folders(path: &Path, steps: &mut Vec<Step>) -> io::Result<()> {
    let above = path.ancestors().skip(1);
    let missing: Vec<_> = above.take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        steps.push(Step::Made(folder.to_owned()));
    }
    Ok(())
}

/// Undoes a step as well as the system allows: the error that led here is what
/// the user has to know.
fn take_back(step: Step) {
    let _ = match step {
        Step::Made(folder) => fs::remove_dir(folder),
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
