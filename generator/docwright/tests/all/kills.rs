//! Kills docwright while it updates a crate, at many different moments.
//! Whenever that happens, the crate is the old one, the new one, or doesn't
//! compile and says why; the next run makes it the new one, and no file of
//! somebody else is lost.
//!
//! `output/kills.rs` does the same before each single action on the disk; here
//! it is the program as people run it.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

const KILLS: u32 = 24;

/// More than that many runs that end before they are killed are a fault of the
/// test.
const RUNS: u32 = 240;

/// The first line of the crate that says so.
const INTERRUPTED: &str = "// docwright was interrupted";

type Tree = BTreeMap<PathBuf, Vec<u8>>;

struct Case {
    folder: tempfile::TempDir,
    has_foreign: bool,
    old: Tree,
    new: Tree,
}

impl Case {
    fn new(has_foreign: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let resources = ["Boat", "Crew", "Dock", "Lamp", "Pier", "Rope"];
        for (docs, gone) in [("old", 5), ("new", 0)] {
            let docs = folder.path().join(docs);
            fs::create_dir(&docs).unwrap();
            for (at, name) in resources.iter().enumerate().filter(|(at, _)| *at != gone) {
                let property = if gone == 0 && at % 2 == 0 {
                    "Age"
                } else {
                    "Size"
                };
                let page = page(name, property);
                fs::write(docs.join(format!("v1{name}_Get.md")), page).unwrap();
            }
        }
        let mut case = Self {
            folder,
            has_foreign,
            old: Tree::new(),
            new: Tree::new(),
        };
        for docs in ["new", "old"] {
            let ended = case.command("generate", docs).output().unwrap();
            assert!(ended.status.success(), "{}", words(&ended));
            let tree = tree(&case.out());
            match docs {
                "new" => case.new = tree,
                _ => case.old = tree,
            }
        }
        assert_ne!(case.old, case.new);
        case
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn command(&self, name: &str, docs: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        command.args([name, "--docs", docs, "--out", "out"]);
        command.current_dir(self.folder.path());
        command
    }

    /// Puts the old tree there, and a file of somebody else beside it.
    fn restore(&self) {
        fs::remove_dir_all(self.out()).unwrap();
        for (path, text) in &self.old {
            let path = self.out().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        if self.has_foreign {
            fs::write(self.out().join("src/mine.rs"), "mine").unwrap();
        }
    }

    /// Whether a run is at work on the output folder.
    fn is_being_written(&self) -> bool {
        let stage = match self.has_foreign {
            true => self.out().join(".docwright-stage"),
            false => self.folder.path().join(".out.docwright-stage"),
        };
        stage.exists()
    }

    /// Starts an update, and kills it so long after it began to write; `false`
    /// when it had ended.
    fn is_killed(&self, after: Duration) -> bool {
        let mut command = self.command("generate", "new");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut run = command.spawn().unwrap();
        while !self.is_being_written() && run.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        let start = Instant::now();
        while start.elapsed() < after {
            std::hint::spin_loop();
        }
        run.kill().unwrap();
        run.wait().unwrap().signal().is_some()
    }

    /// How long a whole run writes.
    fn window(&self) -> Duration {
        self.restore();
        let mut run = self.command("generate", "new").spawn().unwrap();
        while !self.is_being_written() && run.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        let start = Instant::now();
        run.wait().unwrap();
        start.elapsed()
    }

    /// Looks at what a killed run left, and runs again.
    fn judge(&self) -> &'static str {
        let found = tree(&self.out());
        let root = fs::read_to_string(self.out().join("src/lib.rs")).unwrap();
        let state = match (found == self.old, found == self.new) {
            (true, _) => "old",
            (_, true) => "new",
            _ => {
                assert!(root.starts_with(INTERRUPTED), "a mixed tree: {root}");
                assert!(root.contains("compile_error!"), "{root}");
                assert!(root.contains("generate --docs new --out out`"), "{root}");
                let check = self.command("check", "new").output().unwrap();
                assert_eq!(check.status.code(), Some(1), "{}", words(&check));
                let said = words(&check);
                assert!(said.contains("a run was interrupted"), "{said}");
                "stopped"
            }
        };
        let again = self.command("generate", "new").output().unwrap();
        assert!(again.status.success(), "{}", words(&again));
        assert_eq!(tree(&self.out()), self.new, "after a {state} tree");
        assert!(!self.is_being_written(), "a stage is left");
        if self.has_foreign {
            let mine = fs::read_to_string(self.out().join("src/mine.rs"));
            assert_eq!(mine.unwrap(), "mine");
        }
        state
    }
}

fn words(ended: &Output) -> String {
    String::from_utf8_lossy(&ended.stderr).into_owned()
}

fn page(name: &str, property: &str) -> String {
    format!(
        "# GET {name}\n\n```http\nGET /api/v1/{name}\n```\n\nFinds it.\n\n\
         ## Response: {name}\n\n| Response | Description |\n|---|---|\n| 200 | OK |\n\n\
         ### Response body: {name}\n\n| Property Name | Type | Description |\n|---|---|---|\n\
         | Name | string | Its name. |\n| {property} | int32 | A number. |\n"
    )
}

/// The files below a folder, but for those of somebody else and those that wait
/// in a stage.
fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    let files = entries
        .map(Result::unwrap)
        .filter(|it| it.file_type().is_file());
    let files = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_owned();
        (path, fs::read(entry.path()).unwrap())
    });
    files
        .filter(|(path, _)| !path.starts_with(".docwright-stage") && !path.ends_with("mine.rs"))
        .collect()
}

fn kill_at_many_moments(has_foreign: bool) {
    let case = Case::new(has_foreign);
    let mut window = case.window();
    let mut states: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut kills, mut runs) = (0, 0);
    while kills < KILLS / 2 {
        runs += 1;
        assert!(runs < RUNS, "{kills} of {runs} runs were killed");
        case.restore();
        // All over the time in which it writes, by the golden ratio.
        let part = f64::from(runs) * 0.618_033_988_749;
        if case.is_killed(window.mul_f64(part.fract())) {
            kills += 1;
            *states.entry(case.judge()).or_default() += 1;
        } else {
            // The machine had more to do when it was measured.
            window = window.mul_f64(0.9);
        }
    }
    println!("{kills} kills in {runs} runs of {window:?}: {states:?}");
}

#[test]
fn a_killed_run_leaves_the_old_crate_or_the_new_one() {
    kill_at_many_moments(false);
}

#[test]
fn a_killed_run_beside_other_files_leaves_no_mixture_that_compiles() {
    kill_at_many_moments(true);
}
