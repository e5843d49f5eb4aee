//! Bad input: each kind gives a diagnostic with place and advice, the stated
//! exit status, and an output folder that is complete or untouched.

use std::fs;

use super::case::{Case, PAGE, tree};

#[test]
fn a_missing_folder() {
    let case = Case::generated(|_| {});
    case.fails(&["--docs", "nowhere"], "docs-not-readable", "nowhere");
}

#[test]
fn an_empty_folder() {
    let case = Case::generated(|case| {
        fs::create_dir(case.folder.path().join("empty")).unwrap();
        case.write("empty/README.md", "About the pages.\n");
    });
    case.fails(&["--docs", "empty"], "docs-without-pages", "empty");
}

#[test]
fn a_folder_without_operations() {
    let case = Case::generated(|case| case.write("docs/v1Pet_Get.md", "# Pets\n\nWords.\n"));
    case.fails(&[], "docs-without-operations", "docs");
    assert_eq!(case.run(&["lint"]).status, 1);
}

#[test]
fn a_pattern_that_fits_nothing() {
    let case = Case::generated(|case| {
        case.write(
            "docs/docwright.toml",
            "[resources]\ninclude = ['Pet', 'Toys']\n",
        );
    });
    case.fails(&[], "invalid-selection", "docs/docwright.toml:2:19");
}

#[test]
fn a_page_with_a_broken_table() {
    let broken = PAGE.replace("|----------------|------|--------------|\n", "");
    let case = Case::new(&[]);
    case.write("docs/v1Pet_Get.md", &broken);
    case.warns("broken-table", "docs/v1Pet_Get.md:26:1");
}

#[test]
fn a_sample_that_is_not_json() {
    let case = Case::new(&[]);
    case.write("docs/v1Pet_Get.md", &PAGE.replace("\"Rex\",", "\"Rex\""));
    // Where the comma should have been, the next property begins.
    case.warns("sample-not-json", "docs/v1Pet_Get.md:39:3");
}

#[test]
fn two_pages_with_one_operation() {
    let case = Case::new(&[("v1Pet_Twice.md", &PAGE.replace("v1Pet_Get", "v1Pet_Twice"))]);
    let place = case.findings().remove("duplicate-operation").unwrap();
    assert!(place.starts_with("docs/v1Pet_Twice.md:"), "{place}");
    case.warns("duplicate-operation", &place);
    assert_eq!(case.operations(), ["v1Pet_Get"]);
}

#[test]
fn an_unknown_type_word() {
    let case = Case::new(&[]);
    case.write(
        "docs/v1Pet_Get.md",
        &PAGE.replace("| Legs | int32 |", "| Legs | some number |"),
    );
    let place = case.findings().remove("unknown-type-word").unwrap();
    assert!(place.starts_with("docs/v1Pet_Get.md:29:"), "{place}");
    case.warns("unknown-type-word", &place);
    // The property is there all the same, with the type that the sample shows.
    let model = case.run(&["export", "model"]).stdout;
    assert!(
        model.contains(
            "\"name\": \"Legs\",\n          \"type\": \"int32\",\n          \"known\": \"sampled\""
        ),
        "{model}"
    );
}

#[test]
fn a_correction_that_does_not_apply() {
    let correction = "[[correction]]\ntarget = \"Pet.Legs\"\nexpect = \"string\"\nset = \"int64\"\n\
                      reason = \"Some have many.\"\nsource = \"A centipede.\"\n";
    let case = Case::generated(|case| case.write("docs/corrections.toml", correction));
    case.fails(&[], "correction-outdated", "docs/corrections.toml:3:10");
    let run = case.run(&["lint"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.contains("`expect = \"int32\"`"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("\"string\"\n  |          ^^^^^^^^"),
        "{}",
        run.stdout
    );

    case.write(
        "docs/corrections.toml",
        &correction.replace("\"string\"", "\"int32\""),
    );
    assert_eq!(case.run(&["generate", "--strict"]).status, 0);
    assert!(
        case.run(&["export", "model"])
            .stdout
            .contains("\"type\": \"int64\"")
    );
    // One page is read as it is.
    let page = ["export", "model", "--docs", "docs/v1Pet_Get.md"];
    assert!(case.run(&page).stdout.contains("\"type\": \"int32\""));
}

#[test]
fn a_correction_in_the_second_of_two_folders() {
    let correction = "[[correction]]\ntarget = \"Pet.Arms\"\nexpect = \"string\"\n\
                      set = \"int64\"\nreason = \"r\"\nsource = \"s\"\n";
    let case = Case::generated(|case| {
        fs::create_dir(case.folder.path().join("more")).unwrap();
        case.write("more/corrections.toml", correction);
        case.write("docs/corrections.toml", "");
        case.write(
            "more/v1Pet_List.md",
            &PAGE.replace("v1Pet_Get", "v1Pet_List").replace("/{id}", ""),
        );
    });
    let place = "more/corrections.toml:2:10";
    case.fails(
        &["--docs", "docs", "--docs", "more"],
        "correction-without-target",
        place,
    );
}

#[test]
fn settings_with_a_mistake() {
    let case = Case::generated(|case| case.write("docs/docwright.toml", "[crate]\nnme = 'a'\n"));
    case.fails(&[], "invalid-settings", "docs/docwright.toml:2:1");
    case.write("docs/docwright.toml", "[docs]\ndialect = 'none.toml'\n");
    case.fails(&[], "invalid-dialect", "docs/docwright.toml:2:11");
}

#[test]
fn an_output_folder_with_a_foreign_file_in_the_way() {
    let case = Case::new(&[]);
    fs::create_dir(case.out()).unwrap();
    case.write("out/api.json", "mine");
    case.write("out/notes.md", "mine");
    case.fails(&[], "output-foreign-file", "out/api.json");
    fs::remove_file(case.out().join("api.json")).unwrap();
    assert_eq!(case.run(&["generate"]).status, 0);
    assert_eq!(fs::read(case.out().join("notes.md")).unwrap(), b"mine");
}

#[test]
fn an_output_folder_that_is_a_file() {
    let case = Case::new(&[("../out", "mine")]);
    case.fails(&[], "output-not-writable", "out");
    case.fails(
        &["--out", "out/deeper"],
        "output-not-writable",
        "out/deeper",
    );
}

/// `/proc` takes no new folders, not even from root.
#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_cannot_be_written() {
    let case = Case::new(&[]);
    let out = "/proc/self/docwright";
    case.fails(&["--out", out], "output-not-writable", out);
}

/// As a user; root may write anyway, and then the tree is complete.
#[cfg(unix)]
#[test]
fn an_output_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt;

    let case = Case::generated(|case| {
        case.write("docs/v1Pet_Get.md", &PAGE.replace("| Legs |", "| Feet |"));
    });
    let set = |mode| fs::set_permissions(case.out(), fs::Permissions::from_mode(mode)).unwrap();
    let before = tree(&case.out());
    set(0o555);
    let run = case.run(&["generate"]);
    set(0o755);
    match run.status {
        0 => assert_eq!(case.run(&["check"]).status, 0),
        status => {
            assert_eq!(status, 2, "{}", run.stderr);
            assert!(
                run.stderr.contains("[output-not-writable]"),
                "{}",
                run.stderr
            );
            assert_eq!(tree(&case.out()), before);
        }
    }
}

#[test]
fn an_output_folder_among_the_pages() {
    let case = Case::new(&[]);
    let before = tree(case.folder.path());
    for out in ["docs", "docs/crate", "docs/../docs/a/b"] {
        let run = case.run(&["generate", "--out", out]);
        assert_eq!(run.status, 2, "{out}");
        assert!(run.stderr.contains("--out"), "{}", run.stderr);
    }
    assert_eq!(tree(case.folder.path()), before);
}

/// A link that leads nowhere, a loop of links, and a pipe that nobody writes to:
/// each costs itself.
#[cfg(unix)]
#[test]
fn what_is_not_a_file_costs_no_page() {
    use std::os::unix::fs::symlink;
    let case = Case::new(&[]);
    let docs = case.docs();
    symlink("nowhere.md", docs.join("lost.md")).unwrap();
    symlink("nowhere", docs.join("older")).unwrap();
    fs::create_dir(docs.join("deep")).unwrap();
    symlink("..", docs.join("deep/up")).unwrap();
    let pipe = docs.join("pipe.md");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, 0o600.into()).unwrap();
    for file in ["docwright.toml", "corrections.toml"] {
        rustix::fs::mkfifoat(rustix::fs::CWD, docs.join(file), 0o600.into()).unwrap();
    }
    let run = case.run(&["generate"]);
    assert_eq!(run.status, 2, "settings that can't be read: {}", run.stderr);
    assert!(
        run.stderr.contains("is a pipe, a socket or a device"),
        "{}",
        run.stderr
    );
    for file in ["docwright.toml", "corrections.toml"] {
        fs::remove_file(docs.join(file)).unwrap();
    }
    let run = case.run(&["lint", "--rule", "unreadable-page"]);
    for name in ["lost.md", "older", "deep/up", "pipe.md"] {
        assert!(
            run.stdout.contains(&format!("docs/{name}\n")),
            "{name}: {}",
            run.stdout
        );
    }
    assert_eq!(case.run(&["generate"]).status, 0);
    assert_eq!(case.operations(), ["v1Pet_Get"]);
    for words in [["inspect", "docs/pipe.md"], ["lint", "--docs=docs/pipe.md"]] {
        let run = case.run(&words);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("[docs-not-readable]"), "{}", run.stderr);
    }
}

#[test]
fn a_page_in_utf_16_is_read() {
    let case = Case::new(&[]);
    let model = case.run(&["export", "model"]).stdout;
    let units = format!("\u{feff}{PAGE}");
    let units = units.encode_utf16();
    for bytes in [
        units.clone().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        units.flat_map(u16::to_be_bytes).collect(),
    ] {
        fs::write(case.docs().join("v1Pet_Get.md"), bytes).unwrap();
        assert_eq!(case.run(&["export", "model"]).stdout, model);
    }
}

/// Ten thousand levels of names, and rows that are deeper and deeper.
#[test]
fn names_that_nest_without_end_are_a_finding() {
    let deep = vec!["a"; 10_000].join(".");
    let row = format!("| {deep} | int32 | Deep. |\n");
    let page = PAGE.replace("| Legs |", &format!("{row}| Legs |"));
    let case = Case::new(&[("v1Deep_Get.md", &page.replace("Pet", "Deep"))]);
    assert_eq!(case.run(&["generate"]).status, 0);
    let dialect = "[nesting]\nseparator = \".\"\n";
    let shipped = include_str!("../../../../read/dialects/superoffice.toml");
    assert!(!shipped.contains("[nesting]"));
    case.write("docs/own.toml", &format!("{shipped}\n{dialect}"));
    case.write("docs/docwright.toml", "[docs]\ndialect = \"own.toml\"\n");
    assert!(case.findings().contains_key("nested-too-deep"));
    assert_eq!(case.run(&["generate"]).status, 0);
}

/// `lint` looks for words that the dialect may lack at each level of a type.
#[test]
fn a_type_that_nests_beyond_all_measure() {
    let case = Case::new(&[]);
    let deep = format!("| Legs | {}thing |", "array of ".repeat(10_000));
    case.write(
        "docs/v1Pet_Get.md",
        &PAGE.replace("| Legs | int32 |", &deep),
    );
    case.warns("unknown-type-word", "docs/v1Pet_Get.md:29:1");
}
