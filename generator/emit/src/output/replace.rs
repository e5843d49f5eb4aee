//! Replaces files one by one, in a folder that also contains other files.
//!
//! An error restores the old files. A killed run leaves a crate that reports it: first,
//! [`ROOT`] is replaced by a text that doesn't compile, and the real file is written
//! last.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Change, INTERRUPTED, MANIFEST, ROOT,
    compare::{manifest_of, read_manifest},
    disk,
};

/// Where it failed, and why.
pub type Failure = (PathBuf, io::Error);

/// A step that can be undone.
enum Step {
    /// An empty folder was made.
    Made(PathBuf),
    /// A folder was put where none was, with all that is in it.
    Moved { path: PathBuf, staged: PathBuf },
    /// A file was put where none was.
    Added(PathBuf),
    /// A file was replaced or taken away; its old text is kept there.
    Kept { path: PathBuf, kept: PathBuf },
}

/// When a file changes. Until the end a text that doesn't compile stands at
/// [`ROOT`], and until close to it a wider manifest lists old and new files.
/// Cargo reads the crate's own manifest at any time, even of a crate that
/// doesn't compile: the files that it names are there while it names them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    MakesRoom,
    Comes,
    CrateManifest,
    Goes,
    Manifest,
    Root,
}

/// Makes these changes below `out`, in the folder `stage`, which is below it,
/// too. `repair` is the command that does so again.
///
/// # Errors
/// The path that could not be written. Then everything is as before.
pub fn apply(out: &Path, stage: &Path, changes: &[Change], repair: &str) -> Result<(), Failure> {
    disk::create_folder(stage).map_err(|error| (stage.to_owned(), error))?;
    let mut run = Run {
        out,
        stage,
        steps: Vec::new(),
    };
    let done = run.stage(changes).and_then(|()| run.all(changes, repair));
    if done.is_err() {
        while let Some(step) = run.steps.pop() {
            take_back(step);
        }
    }
    // A remaining stage does no harm; the next run removes it.
    let _ = clear(stage);
    done
}

/// Removes the stage.
///
/// # Errors
/// When it can't be removed, as when it isn't docwright's or holds files that
/// aren't.
pub fn clear(stage: &Path) -> io::Result<()> {
    if !disk::has_folder(stage)? {
        return Ok(());
    }
    for folder in ["new", "old"] {
        disk::remove_tree(&stage.join(folder))?;
    }
    for file in ["manifest", "root"] {
        disk::remove_file_if_there(&stage.join(file))?;
    }
    disk::remove_folder(stage)
}

struct Run<'a> {
    out: &'a Path,
    stage: &'a Path,
    steps: Vec<Step>,
}

impl Run<'_> {
    /// Where a file or folder of the output is staged.
    fn staged(&self, path: &str) -> PathBuf {
        self.stage.join("new").join(path)
    }

    /// Writes the new texts as they will stand in the output, so that a folder
    /// that isn't there yet takes its place at once.
    fn stage(&self, changes: &[Change]) -> Result<(), Failure> {
        let new = changes.iter().filter_map(|change| {
            let text = change.new.as_ref()?;
            Some((self.staged(&change.path), text))
        });
        let new: Vec<_> = new.collect();
        let folders: BTreeSet<_> = new.iter().filter_map(|(path, _)| path.parent()).collect();
        for folder in folders {
            disk::create_folders(folder).map_err(|error| (folder.to_owned(), error))?;
        }
        new.into_par_iter().try_for_each(|(path, text)| {
            disk::write_new(&path, text).map_err(|error| (path, error))
        })
    }

    fn all(&mut self, changes: &[Change], repair: &str) -> Result<(), Failure> {
        if let [change] = changes
            && change.old.is_some()
            && change.new.is_some()
        {
            // One file alone is replaced in one step.
            let path = self.out.join(&change.path);
            let staged = self.staged(&change.path);
            return disk::rename(&staged, &path).map_err(|error| (path, error));
        }
        let old = self.stage.join("old");
        disk::create_folder(&old).map_err(|error| (old, error))?;
        self.block(changes, repair)?;
        self.claim(changes)?;
        let needed = names_needed(changes);
        let mut ordered: Vec<_> = changes.iter().enumerate().collect();
        ordered.sort_by_cached_key(|(_, change)| turn(change, &needed));
        let mut moved = None;
        for (number, change) in ordered {
            let is_below = |folder: &str| Path::new(&change.path).starts_with(folder);
            if moved.is_some_and(is_below) {
                continue;
            }
            let missing = change.new.as_ref();
            let missing = missing.and(missing_folder(self.out, &change.path));
            if let Some(folder) = missing {
                self.move_folder(folder)?;
                moved = Some(folder);
                continue;
            }
            if change.path == MANIFEST {
                self.remove_empty_folders();
            }
            let new = change.new.as_ref().map(|_| self.staged(&change.path));
            self.put(new, self.out.join(&change.path), &number.to_string())?;
        }
        self.unblock(changes)
    }

    /// Puts a text that doesn't compile where the crate begins.
    fn block(&mut self, changes: &[Change], repair: &str) -> Result<(), Failure> {
        let path = self.out.join(ROOT);
        let is_new = changes.iter().any(|change| change.path == ROOT);
        if !is_new && !path.exists() {
            return Ok(());
        }
        let text = self.stage.join("root");
        disk::write_new(&text, &interrupted(repair)).map_err(|error| (text.clone(), error))?;
        let folder = path.parent().unwrap_or(self.out).to_owned();
        if !folder.exists() {
            disk::create_folder(&folder).map_err(|error| (folder.clone(), error))?;
            self.steps.push(Step::Made(folder));
        }
        self.put(Some(text), path, "root")
    }

    /// Puts back what [`Self::block`] took away, unless something new has
    /// taken its place.
    fn unblock(&self, changes: &[Change]) -> Result<(), Failure> {
        let (kept, path) = (self.stage.join("old/root"), self.out.join(ROOT));
        let is_changed = changes.iter().any(|change| change.path == ROOT);
        match !is_changed && kept.exists() {
            true => disk::rename(&kept, &path).map_err(|error| (path, error)),
            false => Ok(()),
        }
    }

    /// Lists the files that are and those that will be docwright's, so that a
    /// run after one that was killed knows all of them.
    fn claim(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let ours = read_manifest(self.out).unwrap_or_default();
        let new = changes.iter().map(|change| change.path.as_str());
        let new = new.filter(|path| *path != MANIFEST);
        let all: BTreeSet<&str> = ours.iter().map(String::as_str).chain(new).collect();
        let wider = self.stage.join("manifest");
        let text = manifest_of(all.into_iter());
        disk::write_new(&wider, &text).map_err(|error| (wider.clone(), error))?;
        self.put(Some(wider), self.out.join(MANIFEST), "manifest")
    }

    /// Puts a file into its place, or takes the one there away, and keeps what
    /// was there under a name of its own.
    fn put(&mut self, new: Option<PathBuf>, path: PathBuf, name: &str) -> Result<(), Failure> {
        let kept = self.stage.join("old").join(name);
        let at_path = |error| (path.clone(), error);
        let was_there = keep(&path, &kept).map_err(at_path)?;
        match new {
            Some(new) => disk::rename(&new, &path).map_err(at_path)?,
            None => disk::remove_file(&path).map_err(at_path)?,
        }
        self.steps.push(match was_there {
            true => Step::Kept { path, kept },
            false => Step::Added(path),
        });
        Ok(())
    }

    fn move_folder(&mut self, folder: &str) -> Result<(), Failure> {
        let (path, staged) = (self.out.join(folder), self.staged(folder));
        disk::rename(&staged, &path).map_err(|error| (path.clone(), error))?;
        self.steps.push(Step::Moved { path, staged });
        Ok(())
    }

    /// Removes the folders that became empty because their last file went, in
    /// this run or in one that was killed.
    fn remove_empty_folders(&self) {
        let listed = read_manifest(self.out).unwrap_or_default();
        for path in listed.iter().filter(|path| !self.out.join(path).exists()) {
            let mut folder = Path::new(path).parent();
            while let Some(path) = folder.filter(|path| !path.as_os_str().is_empty()) {
                if disk::remove_folder(&self.out.join(path)).is_err() {
                    break;
                }
                folder = path.parent();
            }
        }
    }
}

/// The text that stands at [`ROOT`] while other files are replaced.
pub fn interrupted(repair: &str) -> String {
    let message = format!(
        "docwright was interrupted while it updated this crate, so that some files are old and \
         some are new; to repair it, run `{repair}`"
    );
    format!("{INTERRUPTED}\ncompile_error!({message:?});\n")
}

/// The names of new files and of their folders, in small letters: some systems
/// don't tell case apart.
fn names_needed(changes: &[Change]) -> BTreeSet<String> {
    let new = changes.iter().filter(|change| change.new.is_some());
    let new = new.map(|change| change.path.to_lowercase());
    new.flat_map(|path| {
        let folders = path.match_indices('/').map(|(at, _)| path[..at].to_owned());
        let folders: Vec<_> = folders.collect();
        folders.into_iter().chain([path])
    })
    .collect()
}

fn turn(change: &Change, needed: &BTreeSet<String>) -> Turn {
    match (&*change.path, change.new.is_some()) {
        (MANIFEST, _) => Turn::Manifest,
        (ROOT, _) => Turn::Root,
        ("Cargo.toml", true) => Turn::CrateManifest,
        (_, true) => Turn::Comes,
        (path, false) if needed.contains(&path.to_lowercase()) => Turn::MakesRoom,
        (_, false) => Turn::Goes,
    }
}

/// The outermost folder of a path that isn't there yet.
fn missing_folder<'p>(out: &Path, path: &'p str) -> Option<&'p str> {
    let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.find(|folder| !out.join(folder).exists())
}

/// Keeps a second name of a file, or a copy; `false` when there is no file.
fn keep(path: &Path, kept: &Path) -> io::Result<bool> {
    let linked = disk::link(path, kept).or_else(|error| match error.kind() {
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
        Step::Made(folder) => disk::remove_folder(&folder),
        Step::Moved { path, staged } => disk::rename(&path, &staged),
        Step::Added(path) => disk::remove_file(&path),
        Step::Kept { path, kept } => {
            // The folder went when it became empty.
            let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
            folder.and_then(|()| disk::rename(&kept, &path))
        }
    };
}
