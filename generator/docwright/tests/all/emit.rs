//! Pages that generators stumble over become a crate that compiles without a warning and
//! passes its own tests, and those that stand beside the pages. Its examples run against the
//! mock of the pages. (What clippy and rustdoc say of it, `.ci/run` asks.)
//!
//! Each folder in `tests/emit` has pages and a test of what is made of them, `uses.rs`. What
//! is made of `seeds` is checked in, in `tests/emitted/seeds`, to be read like any code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use docwright::{Pages, Project};
use walkdir::WalkDir;

use crate::expect;

const WORKSPACE: &str = include_str!("../../../emit/src/tests/workspace.toml");

/// Generates the crate, with the test beside its own, and as a workspace of its own. The
/// folder of docwright's workspace has its dependencies, compiled once.
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
    fs::write(out.join("Cargo.toml"), manifest + WORKSPACE).unwrap();
    fs::copy(target.join("../Cargo.lock"), out.join("Cargo.lock")).unwrap();
    out
}

/// Starts the mock of the pages and hands its address over; gives a line for each request.
fn with_mock(pages: &Path, run: impl FnOnce(&str)) -> String {
    let mut mock = Command::new(env!("CARGO_BIN_EXE_docwright"))
        .args(["mock", "--port", "0", "--docs"])
        .arg(pages)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    let output = mock.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut address).unwrap();
    let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(address.trim())));
    mock.kill().unwrap();
    let mut log = String::new();
    let mut lines = mock.stderr.take().unwrap();
    lines.read_to_string(&mut log).unwrap();
    mock.wait().unwrap();
    assert!(run.is_ok(), "{log}");
    log
}

#[test]
fn each_folder_of_pages_makes_a_crate_without_a_warning() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let mut ran = BTreeSet::new();
    for pages in expect::cases("emit") {
        let out = generate(&pages, &target);
        let cargo = |arguments: &str| {
            let output = Command::new(env!("CARGO"))
                .args(arguments.split(' '))
                .current_dir(&out)
                .env("CARGO_TARGET_DIR", &target)
                // As the workspace builds its dependencies, which need not be built again.
                .env("CARGO_PROFILE_DEV_DEBUG", "none")
                // Compiled once; what would help to compile it again takes half as long again.
                .env("CARGO_INCREMENTAL", "0")
                .output()
                .unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            let stdout = String::from_utf8_lossy(&output.stdout);
            let is_clean = output.status.success() && !stderr.contains("warning:");
            assert!(is_clean, "cargo {arguments}\n{stdout}\n{stderr}");
        };
        cargo("fmt --check");
        cargo("test --quiet --all-features --test *");
        cargo("test --quiet --all-features --doc");
        let examples = ["client", "tour"];
        let examples = examples.map(|name| (name, out.join(format!("examples/{name}.rs"))));
        let log = with_mock(&pages, |address| {
            for (example, _) in examples.iter().filter(|(_, file)| file.is_file()) {
                ran.insert(*example);
                cargo(&format!(
                    "run --quiet --all-features --example {example} -- {address}"
                ));
            }
        });
        // The first line says what is there.
        let mut requests = log.lines().skip(1);
        assert!(requests.all(|line| line.starts_with('2')), "{log}");
    }
    assert_eq!(ran, BTreeSet::from(["client", "tour"]));
}

/// The files that are the same in every crate (the library code), follow from the others (the
/// crate's own tests) or are tested elsewhere (the model) aren't checked in.
#[test]
fn what_is_made_of_a_whole_api_is_checked_in() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let pages = Pages {
        docs: vec![tests.join("emit/seeds")],
        evidence: Vec::new(),
    };
    let emitted = Project::load(&pages).unwrap().emit().unwrap();
    let folder = tests.join("emitted/seeds");
    let there = WalkDir::new(&folder).into_iter().filter_map(Result::ok);
    let there = there.filter(|entry| entry.file_type().is_file());
    // What is there and isn't made has to go.
    let mut found: BTreeMap<PathBuf, Option<String>> =
        there.map(|entry| (entry.into_path(), None)).collect();
    let left_out = ["src/runtime/", "tests/", "api.json"];
    for (path, text) in emitted.files.iter() {
        if left_out.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        // Cargo would take a manifest for that of a package.
        let path = path.replace("Cargo.toml", "Cargo.toml.expected");
        found.insert(folder.join(path), Some(text.to_owned()));
    }
    expect::files(found);
}
