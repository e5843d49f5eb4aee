//! What docs/TEMPLATES.md tells people to edit is there.

use std::{fs, path::Path};

#[test]
fn what_the_document_edits_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let document = read("docs/TEMPLATES.md");
    let edits = [
        (
            "templates/types/object.rs.askama",
            "#[derive(Clone, PartialEq)]",
        ),
        (
            "templates/resource/client.rs.askama",
            "impl<'a> {{ client }}<'a> {",
        ),
        ("generator/emit/src/resource/mod.rs", "FILES"),
    ];
    for (file, text) in edits {
        assert!(document.contains(file), "{file}");
        assert!(document.contains(text), "{text}");
        assert!(read(file).contains(text), "{file} has no `{text}`");
    }
    // The table names each folder and file of the templates.
    for entry in fs::read_dir(root.join("templates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".askama");
        let is_named = document.contains(&name) || document.contains(&format!("`{stem}/`"));
        assert!(is_named, "the table has no {name}");
    }
}
