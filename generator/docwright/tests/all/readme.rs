//! The README's Rust is compiled: as doctests of a crate that depends on the
//! generated one and is made in the target folder. docwright can't depend on
//! the generated crate itself: whoever renames that in `docwright.toml` could
//! no longer run docwright.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const LIBRARY: &str = "#![doc = include_str!(\"../README.md\")]\n";

/// The name of the package in a manifest.
fn package_name(manifest: &toml::Table) -> &str {
    let name = manifest["package"]["name"].as_str();
    name.expect("is a text")
}

/// All features of a package.
fn features(manifest: &toml::Table) -> Vec<&String> {
    let features = manifest["features"].as_table();
    features.expect("is a table").keys().collect()
}

#[test]
fn the_readmes_examples_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().expect("is there");
    let generated = root.join("generated");
    let manifest = fs::read_to_string(generated.join("Cargo.toml")).expect("is there");
    let manifest: toml::Table = manifest.parse().expect("is TOML");
    let readme = fs::read_to_string(root.join("README.md")).expect("is there");
    assert!(
        readme.matches("```rust").count() >= 2,
        "an example of the client and one of the server"
    );

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(folder.join("src")).expect("is writable");
    fs::write(folder.join("src/lib.rs"), LIBRARY).expect("is writable");
    fs::write(folder.join("README.md"), readme).expect("is writable");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("is writable");
    let features = features(&manifest);
    // Features and debug information are those of the workspace, whose dependencies need
    // not be built again.
    let manifest = format!(
        "[package]\nname = \"readme\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{} = {{ path = {generated:?}, features = {features:?} }}\n\n\
         [profile.dev]\ndebug = \"none\"\n\n{}",
        package_name(&manifest),
        include_str!("../../../emit/src/tests/workspace.toml"),
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("is writable");

    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--doc", "--offline", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
