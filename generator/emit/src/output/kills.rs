//! Kills a run before each of its actions on the disk. Afterwards the output folder is
//! the old one, the new one, or a crate that doesn't compile and states why; the next run
//! completes it.

use std::{
    env,
    path::Path,
    process::Command,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    tests::{files, tree},
    *,
};

/// Before which action the process ends itself, counted from 0.
static KILLED_AT: LazyLock<Option<usize>> =
    LazyLock::new(|| env::var("KILLED_AT").ok()?.parse().ok());
static ACTIONS: AtomicUsize = AtomicUsize::new(0);

/// What [`disk`] calls before each action.
pub fn about_to_act() {
    if let Some(at) = *KILLED_AT
        && ACTIONS.fetch_add(1, Ordering::Relaxed) == at
    {
        let own = rustix::process::getpid();
        let _ = rustix::process::kill_process(own, rustix::process::Signal::KILL);
        unreachable!("the signal can't be caught");
    }
}

fn old() -> FileSet {
    files(&[
        ("Cargo.toml", "old, names tests/gone.rs"),
        ("README.md", "same"),
        ("src/gone/mod.rs", "old"),
        ("src/lib.rs", "old"),
        ("src/pets.rs", "old"),
        ("src/room", "old"),
        ("tests/gone.rs", "old"),
    ])
}

/// `src/room` is a folder, `src/lib.rs` is as it was.
fn new() -> FileSet {
    files(&[
        ("Cargo.toml", "new, names tests/new.rs"),
        ("README.md", "same"),
        ("src/lib.rs", "old"),
        ("src/new/mod.rs", "new"),
        ("src/new/pets.rs", "new"),
        ("src/pets.rs", "new"),
        ("src/room/mod.rs", "new"),
        ("tests/new.rs", "new"),
    ])
}

/// The same with another root.
fn newer() -> FileSet {
    let mut newer = FileSet::new();
    for (path, text) in new().iter() {
        let text = if path == ROOT { "new" } else { text };
        newer.insert(path, text).unwrap();
    }
    newer
}

/// The run that is killed, in a process of its own.
#[test]
fn run_that_is_killed() {
    if let Ok(out) = env::var("KILLED_OUT") {
        let files = if env::var("KILLED_NEWER").is_ok() {
            newer()
        } else {
            new()
        };
        write(Path::new(&out), &files, "docwright generate").unwrap();
    }
}

/// Kills an update before its n-th action; `false` when it had fewer.
fn is_killed(out: &Path, at: usize, is_newer: bool) -> bool {
    let mut run = Command::new(env::current_exe().unwrap());
    run.args(["--exact", "output::kills::run_that_is_killed"]);
    run.env("KILLED_OUT", out).env("KILLED_AT", at.to_string());
    if is_newer {
        run.env("KILLED_NEWER", "1");
    }
    let ended = run.output().unwrap();
    assert!(
        ended.status.success() || ended.status.code().is_none(),
        "{ended:?}"
    );
    ended.status.code().is_none()
}

/// The files of a set as they are on disk.
fn on_disk(files: &FileSet) -> Vec<(String, String)> {
    let mut all: Vec<_> = files
        .iter()
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect();
    all.push((MANIFEST.to_owned(), compare::manifest(files)));
    all.sort();
    all
}

/// The tree without what isn't docwright's, and without what waits in a stage.
fn of_docwright(out: &Path) -> Vec<(String, String)> {
    let others = [STAGE, "target", "Cargo.lock"];
    let is_ours = |path: &str| !others.iter().any(|other| path.starts_with(other));
    tree(out)
        .into_iter()
        .filter(|(path, _)| is_ours(path))
        .collect()
}

/// Kills updates from `old` to `files` at each action, and says how many left
/// the old tree, the new one, and one that says that it is neither.
fn kill_at_each(has_foreign: bool, is_newer: bool) -> [usize; 3] {
    let (old, new) = (old(), if is_newer { newer() } else { new() });
    let mut counts = [0; 3];
    for at in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        write(&out, &old, "").unwrap();
        if has_foreign {
            fs::create_dir(out.join("target")).unwrap();
            fs::write(out.join("target/mine"), "mine").unwrap();
        }
        let was_killed = is_killed(&out, at, is_newer);
        let found = of_docwright(&out);
        let root = fs::read_to_string(out.join(ROOT)).unwrap();
        if !was_killed {
            assert_eq!(found, on_disk(&new));
            return counts;
        }
        let is_stopped = root.starts_with(INTERRUPTED);
        let state = match (found == on_disk(&old), found == on_disk(&new), is_stopped) {
            (true, ..) => 0,
            (_, true, _) => 1,
            (_, _, true) => 2,
            _ => panic!("killed at {at}: {found:#?}"),
        };
        counts[state] += 1;
        if is_stopped {
            assert!(
                root.contains("to repair it, run `docwright generate`"),
                "{root}"
            );
            let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
            let test = manifest.split("names ").nth(1).unwrap();
            assert!(out.join(test).exists(), "Cargo can't read {manifest:?}");
            let changes = check(&out, &new).unwrap();
            assert!(changes.iter().any(Change::is_interruption));
        }
        write(&out, &new, "").unwrap();
        assert_eq!(of_docwright(&out), on_disk(&new), "after {at}");
        assert_eq!(check(&out, &new), Ok(vec![]));
        assert!(!out.join(STAGE).exists() && !out.join("src/gone").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        if has_foreign {
            assert_eq!(fs::read_to_string(out.join("target/mine")).unwrap(), "mine");
        }
    }
    unreachable!("an update ends")
}

#[test]
fn a_folder_of_docwrights_own_is_the_old_or_the_new_one() {
    let [old, new, stopped] = kill_at_each(false, false);
    assert!(
        old > 15 && new > 10 && stopped == 0,
        "{old} {new} {stopped}"
    );
}

#[test]
fn a_folder_with_other_files_says_when_it_is_neither() {
    for is_newer in [false, true] {
        let [old, new, stopped] = kill_at_each(true, is_newer);
        assert!(old > 15 && new > 3 && stopped > 15, "{old} {new} {stopped}");
    }
}

/// Kills a run, and then the one that repairs the tree.
#[test]
fn a_repair_that_is_killed_is_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &old(), "").unwrap();
    fs::write(out.join("Cargo.lock"), "mine").unwrap();
    let mut stopped = 0;
    let kills = (0..).take_while(|at| {
        let was_killed = is_killed(&out, *at, true);
        let root = fs::read_to_string(out.join(ROOT)).unwrap();
        // Once it is stopped, it stays so until it is the new one.
        assert!(root != "old" || stopped == 0);
        stopped += usize::from(root.starts_with(INTERRUPTED));
        was_killed
    });
    assert!(kills.count() > 30 && stopped > 5, "{stopped}");
    assert_eq!(of_docwright(&out), on_disk(&newer()));
    assert_eq!(check(&out, &newer()), Ok(vec![]));
}

/// Compiling it shows what happened and what to do.
#[test]
fn what_stops_a_crate_from_compiling_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("lib.rs");
    fs::write(
        &root,
        replace::interrupted("docwright generate --docs 'a \"b\"'"),
    )
    .unwrap();
    let mut rustc = Command::new(env::var("RUSTC").unwrap_or("rustc".to_owned()));
    rustc.args(["--crate-type", "lib", "--emit", "metadata", "--out-dir"]);
    let ended = rustc.arg(folder.path()).arg(&root).output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success());
    assert!(said.contains("docwright was interrupted"), "{said}");
    assert!(
        said.contains("run `docwright generate --docs 'a \"b\"'`"),
        "{said}"
    );
}
