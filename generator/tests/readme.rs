//! The README's Rust is compiled: each of its blocks stands word for word in
//! the generated crate's README, whose blocks are doctests of that crate.

use std::{fs, path::Path};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The fenced Rust blocks of a Markdown text, without lines that rustdoc hides.
fn rust_blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block: Option<Vec<&str>> = None;
    for line in markdown.lines() {
        match &mut block {
            None if line.starts_with("```rust") => block = Some(Vec::new()),
            None => {}
            Some(_) if line == "```" => {
                let lines = block.take().unwrap_or_default();
                blocks.push(lines.join("\n").trim().to_owned());
            }
            Some(_) if line == "#" || line.starts_with("# ") => {}
            Some(lines) => lines.push(line),
        }
    }
    blocks
}

#[test]
fn the_readmes_examples_are_compiled_with_the_generated_crate() {
    let compiled = rust_blocks(&read("generated/README.md"));
    let shown = rust_blocks(&read("README.md"));
    assert!(
        shown.len() >= 2,
        "an example of the client and one of the server"
    );
    for block in shown {
        assert!(
            compiled.contains(&block),
            "this block of README.md isn't in generated/README.md:\n{block}\n\n\
             there are:\n{}",
            compiled.join("\n\n"),
        );
    }
}

#[test]
fn the_generated_readme_is_a_doctest() {
    let root = read("generated/src/lib.rs");
    assert!(root.contains("include_str!(\"../README.md\")"), "{root}");
}
