//! Compiles emitted crates, in docwright's own target folder with its lock file and all
//! features, so that the dependencies are those of the workspace, compiled once.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::FileSet;

/// A crate on the disk.
pub struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

impl Crate {
    /// Writes the files of a crate.
    pub fn write(name: &str, emitted: &FileSet) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let target = root.join("target");
        let folder = target.join("emitted").join(name);
        let mut files = FileSet::new();
        for (path, text) in emitted.iter() {
            let workspace = match path {
                "Cargo.toml" => include_str!("workspace.toml"),
                _ => "",
            };
            files.insert(path, format!("{text}{workspace}")).unwrap();
        }
        crate::output::write(&folder, &files, "docwright generate").unwrap();
        std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder, target }
    }

    /// Runs what tests its crates on their own. (The unit tests of the library code are the
    /// same in every crate; those of the crate in the repository are run. What clippy and
    /// rustdoc say of these crates, `.ci/run` asks.)
    pub fn test(&self) {
        self.test_without_docs();
        self.cargo(&["test", "--quiet", "--all-features", "--doc"]);
    }

    /// The same, but the examples in its docs.
    pub fn test_without_docs(&self) {
        self.cargo(&["test", "--quiet", "--all-features", "--test", "*"]);
    }

    /// Runs cargo, which is to succeed without a warning.
    pub fn cargo(&self, arguments: &[&str]) {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // As the workspace builds its dependencies, which need not be built again.
            .env("CARGO_PROFILE_DEV_DEBUG", "none")
            // Compiled once; what would help to compile it again takes half as long again.
            .env("CARGO_INCREMENTAL", "0");
        let output = command.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        let stdout = String::from_utf8_lossy(&output.stdout);
        let is_clean = output.status.success() && !stderr.contains("warning:");
        assert!(is_clean, "cargo {arguments:?}\n{stdout}\n{stderr}");
    }
}
