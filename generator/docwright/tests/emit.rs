//! Pages that generators stumble over become a crate that compiles without a warning and
//! passes its own tests, and those that stand beside the pages.
//!
//! Each folder in `tests/emit` has pages and a test of what is made of them, `uses.rs`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The folders with pages.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit");
    let entries = fs::read_dir(folder).unwrap();
    let mut cases: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// Generates the crate, with the test beside its own, and as a workspace of its own, since
/// it is in the folder of another one. That folder has the dependencies, compiled once.
fn generate(pages: &Path, target: &Path) -> PathBuf {
    let out = target.join("emitted").join(pages.file_name().unwrap());
    fs::create_dir_all(out.join("tests")).unwrap();
    fs::copy(pages.join("uses.rs"), out.join("tests/uses.rs")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_docwright"))
        .args(["generate", "--strict", "--docs"])
        .arg(pages)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(out.join("tests/uses.rs").is_file(), "what is foreign stays");
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    fs::write(out.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    fs::copy(target.join("../Cargo.lock"), out.join("Cargo.lock")).unwrap();
    out
}

#[test]
fn each_folder_of_pages_makes_a_crate_without_a_warning() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let cases = cases();
    assert!(!cases.is_empty());
    for pages in cases {
        let out = generate(&pages, &target);
        let cargo = |arguments: &str| {
            let output = Command::new(env!("CARGO"))
                .args(arguments.split(' '))
                .current_dir(&out)
                .env("CARGO_TARGET_DIR", &target)
                .env("RUSTDOCFLAGS", "-D warnings")
                .output()
                .unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            let stdout = String::from_utf8_lossy(&output.stdout);
            let is_clean = output.status.success() && !stderr.contains("warning:");
            assert!(is_clean, "cargo {arguments}\n{stdout}\n{stderr}");
        };
        cargo("fmt --check");
        cargo("clippy --quiet --all-features --all-targets -- -D warnings");
        cargo("test --quiet --all-features");
        cargo("doc --quiet --no-deps --all-features");
    }
}
