use std::collections::BTreeMap;

use super::*;

pub fn files(entries: &[(&str, &str)]) -> FileSet {
    let mut files = FileSet::new();
    for (path, text) in entries {
        files.insert(*path, *text).unwrap();
    }
    files
}

fn write(out: &Path, files: &FileSet) -> Result<Written, Vec<Diagnostic>> {
    super::write(out, files, "docwright generate")
}

/// All files below a folder, links and empty folders included, by path.
pub fn tree(out: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(out).min_depth(1).into_iter();
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(out).unwrap();
            let text = match entry.file_type() {
                kind if kind.is_file() => fs::read_to_string(entry.path()).unwrap(),
                kind => format!("{kind:?}"),
            };
            (path.to_str().unwrap().to_owned(), text)
        })
        .filter(|(_, text)| !text.contains("is_dir: true"))
        .collect()
}

fn rules(result: Result<Written, Vec<Diagnostic>>) -> Vec<(&'static str, String)> {
    let errors = result.expect_err("it must refuse");
    assert!(errors.iter().all(|error| error.help.is_some()));
    let rule = |error: Diagnostic| (error.rule.id, error.place.file);
    errors.into_iter().map(rule).collect()
}

#[test]
fn a_new_folder_gets_the_files_and_the_list_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a/b");
    let written = write(&out, &files(&[("src/lib.rs", "l"), ("Cargo.toml", "c")])).unwrap();
    assert_eq!(written.added, ["Cargo.toml", "src/lib.rs"]);
    let tree = tree(&out);
    assert_eq!(tree.len(), 3);
    assert_eq!(tree["src/lib.rs"], "l");
    assert!(tree[MANIFEST].ends_with("\nCargo.toml\nsrc/lib.rs\n"));
}

#[test]
fn a_second_run_writes_nothing() {
    let out = tempfile::tempdir().unwrap();
    let files = files(&[("a", "1"), ("b", "2\n")]);
    write(out.path(), &files).unwrap();
    let time = |name: &str| {
        fs::metadata(out.path().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = (time("a"), time(MANIFEST));
    assert_eq!(write(out.path(), &files), Ok(Written::default()));
    assert_eq!(check(out.path(), &files), Ok(vec![]));
    assert_eq!((time("a"), time(MANIFEST)), before);
    fs::write(out.path().join("b"), "2\r\n").unwrap();
    assert_eq!(check(out.path(), &files), Ok(vec![]), "git may write CRLF");
}

#[test]
fn stale_files_go_and_foreign_files_stay() {
    let out = tempfile::tempdir().unwrap();
    write(
        out.path(),
        &files(&[("src/a/x.rs", "x"), ("src/b.rs", "b"), ("c", "c")]),
    )
    .unwrap();
    fs::write(out.path().join("src/mine.rs"), "mine").unwrap();
    let written = write(out.path(), &files(&[("src/b.rs", "B"), ("d", "d")])).unwrap();
    assert_eq!(written.removed, ["c", "src/a/x.rs"]);
    assert_eq!(written.changed, ["src/b.rs"]);
    assert_eq!(written.added, ["d"]);
    let paths: Vec<_> = tree(out.path()).into_keys().collect();
    assert_eq!(paths, [MANIFEST, "d", "src/b.rs", "src/mine.rs"]);
    assert!(
        !out.path().join("src/a").exists(),
        "an empty folder goes, too"
    );
}

#[test]
fn a_foreign_file_in_the_way_is_refused_and_nothing_changes() {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), &files(&[("a", "1")])).unwrap();
    fs::write(out.path().join("b"), "mine").unwrap();
    fs::create_dir(out.path().join("c")).unwrap();
    let before = tree(out.path());
    let wanted = files(&[("a", "2"), ("b", "2"), ("b2", "2"), ("c", "2")]);
    let in_the_way = |name: &str| {
        let path = out.path().join(name).display().to_string();
        ("output-foreign-file", path)
    };
    assert_eq!(
        rules(write(out.path(), &wanted)),
        [in_the_way("b"), in_the_way("c")]
    );
    assert_eq!(tree(out.path()), before);
    let below = files(&[("b/c.rs", "")]);
    assert_eq!(rules(write(out.path(), &below)), [in_the_way("b")]);
    assert_eq!(tree(out.path()), before);
}

#[test]
fn a_file_that_is_right_already_becomes_docwrights() {
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("a"), "1").unwrap();
    write(out.path(), &files(&[("a", "1")])).unwrap();
    write(out.path(), &files(&[("a", "2")])).unwrap();
    assert_eq!(tree(out.path())["a"], "2");
}

#[test]
fn a_list_that_is_not_docwrights_is_a_foreign_file() {
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join(MANIFEST), "a\n").unwrap();
    fs::write(out.path().join("a"), "mine").unwrap();
    let refused = rules(write(out.path(), &files(&[("b", "2")])));
    assert_eq!(refused[0].0, "output-foreign-file");
    assert_eq!(tree(out.path())["a"], "mine");
}

#[test]
fn a_list_with_paths_that_lead_elsewhere_removes_nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &files(&[("a", "1")])).unwrap();
    fs::write(folder.path().join("precious"), "p").unwrap();
    let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap();
    let precious = folder.path().join("precious");
    let evil = format!(
        "{manifest}../precious\n{}\n<<<<<<< HEAD\n",
        precious.display()
    );
    fs::write(out.join(MANIFEST), evil).unwrap();
    write(&out, &files(&[("a", "2")])).unwrap();
    assert_eq!(fs::read_to_string(precious).unwrap(), "p");
}

#[test]
fn an_output_that_is_a_file_or_below_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    for out in [file.clone(), file.join("out"), file.join("out/deeper")] {
        let refused = rules(write(&out, &files(&[("a", "1")])));
        assert_eq!(refused[0].0, "output-not-writable");
        assert!(check(&out, &files(&[])).is_err());
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let (out, elsewhere) = (folder.path().join("out"), folder.path().join("elsewhere"));
    fs::create_dir(&out).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("lib.rs"), "mine").unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("src")).unwrap();
    std::os::unix::fs::symlink(elsewhere.join("lib.rs"), out.join("a")).unwrap();
    let refused = rules(write(
        &out,
        &files(&[("a", ""), ("src/lib.rs", ""), ("src/new.rs", "")]),
    ));
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused.iter().all(|(rule, _)| *rule == "output-link"));
    assert_eq!(tree(&elsewhere).len(), 1);
    assert_eq!(tree(&elsewhere)["lib.rs"], "mine");

    // The output folder itself may be a link: that is the user's choice.
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    write(&link, &files(&[("b", "1")])).unwrap();
    assert_eq!(tree(&elsewhere)["b"], "1");
}

#[test]
fn a_failure_halfway_puts_everything_back() {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), &files(&[("a", "1"), ("gone", "g")])).unwrap();
    fs::write(out.path().join("mine"), "mine").unwrap();
    fs::create_dir(out.path().join("z")).unwrap();
    fs::write(out.path().join("z/mine"), "mine").unwrap();
    let before = tree(out.path());
    let wanted = files(&[("a", "2"), ("new/b", "2"), ("y", "2")]);
    let mut changes = check(out.path(), &wanted).unwrap();
    // A folder that came into being after the comparison.
    let y = changes
        .iter_mut()
        .find(|change| change.path == "y")
        .unwrap();
    y.path = "z".to_owned();
    let stage = out.path().join(STAGE);
    let (path, _) = replace::apply(out.path(), &stage, &changes, "").unwrap_err();
    assert_eq!(path, out.path().join("z"));
    assert_eq!(tree(out.path()), before);
    assert!(!out.path().join("new").exists());
}

#[test]
fn what_a_killed_run_left_is_repaired() {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), &files(&[("a", "1")])).unwrap();
    // As if the run had been killed after it put `b` there: the wider list
    // stands, and so does the stage.
    let manifest = fs::read_to_string(out.path().join(MANIFEST)).unwrap();
    fs::write(out.path().join(MANIFEST), format!("{manifest}b\nc\n")).unwrap();
    fs::write(out.path().join("b"), "half").unwrap();
    fs::create_dir_all(out.path().join(STAGE).join("new")).unwrap();
    fs::write(out.path().join(STAGE).join("new/b"), "x").unwrap();
    write(out.path(), &files(&[("a", "1"), ("b", "2")])).unwrap();
    let paths: Vec<_> = tree(out.path()).into_keys().collect();
    assert_eq!(paths, [MANIFEST, "a", "b"]);
}

#[test]
fn runs_at_the_same_time_leave_one_of_their_trees() {
    let out = tempfile::tempdir().unwrap();
    let sets: Vec<FileSet> = (0..4)
        .map(|run| {
            let own = format!("own-{run}");
            let text = run.to_string();
            files(&[("a", &text), ("b", &text), (&own, &text)])
        })
        .collect();
    std::thread::scope(|scope| {
        for set in &sets {
            scope.spawn(|| {
                for _ in 0..10 {
                    write(out.path(), set).unwrap();
                }
            });
        }
    });
    let fresh = |set: &&FileSet| check(out.path(), set) == Ok(vec![]);
    assert_eq!(sets.iter().filter(fresh).count(), 1);
    assert_eq!(tree(out.path()).len(), 4);
}

#[test]
fn what_differs_is_shown_as_a_unified_diff() {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), &files(&[("a", "1\n2\n"), ("gone", "g\n")])).unwrap();
    let wanted = files(&[("a", "1\n3\n"), ("new", "n\n")]);
    let changes = check(out.path(), &wanted).unwrap();
    let diffs: Vec<_> = changes
        .iter()
        .filter(|change| change.path != MANIFEST)
        .map(|change| change.diff(Path::new("generated")))
        .collect();
    assert_eq!(
        diffs,
        [
            "--- a/generated/a\n+++ b/generated/a\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n",
            "--- a/generated/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-g\n",
            "--- /dev/null\n+++ b/generated/new\n@@ -0,0 +1 @@\n+n\n",
        ]
    );
}

#[test]
fn one_file_that_is_right_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.json");
    let written = || fs::metadata(&path).unwrap().modified().unwrap();
    write_file(&path, "1").unwrap();
    let first = written();
    write_file(&path, "1").unwrap();
    assert_eq!(written(), first);
    write_file(&path, "2").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "2");
}

#[test]
fn one_file_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.json");
    write_file(&path, "1").unwrap();
    write_file(&path, "2").unwrap();
    assert_eq!(
        tree(folder.path()),
        BTreeMap::from([("api.json".into(), "2".into())])
    );
    let error = write_file(&folder.path().join("none/api.json"), "1").unwrap_err();
    assert_eq!(error.rule.id, "output-not-writable");
    assert!(write_file(folder.path(), "1").is_err());
}

/// Files of one name, of somebody else, where docwright puts its own.
#[test]
fn files_of_others_in_a_stage_stay() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    write(&out, &files(&[("a", "1"), ("b", "1")])).unwrap();
    let beside = folder.path().join(format!(".out{STAGE}"));
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("mine"), "mine").unwrap();
    write(&out, &files(&[("a", "2"), ("b", "2")])).unwrap();
    assert_eq!(tree(&beside)["mine"], "mine");
    assert_eq!(tree(&out)["b"], "2");

    let within = out.join(STAGE);
    fs::create_dir(&within).unwrap();
    fs::write(within.join("mine"), "mine").unwrap();
    let refused = rules(write(&out, &files(&[("a", "3")])));
    assert_eq!(
        refused,
        [("output-foreign-file", within.display().to_string())]
    );
    assert_eq!(tree(&within)["mine"], "mine");
    assert_eq!(tree(&out)["a"], "2");
}

/// What somebody wrote into the old folder while it was replaced.
#[test]
fn a_file_of_others_in_a_folder_that_was_replaced_moves_to_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (out, old) = (
        folder.path().join("out"),
        folder.path().join(format!(".out{STAGE}")),
    );
    write(&old, &files(&[("a", "1"), ("src/b", "1")])).unwrap();
    fs::create_dir(old.join("notes")).unwrap();
    for path in ["notes/mine", "src/mine"] {
        fs::write(old.join(path), "mine").unwrap();
    }
    write(&out, &files(&[("a", "2")])).unwrap();
    assert!(!old.exists());
    let paths: Vec<_> = tree(&out).into_keys().collect();
    assert_eq!(paths, [MANIFEST, "a", "notes/mine", "src/mine"]);
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_are_right_keep_their_time_when_the_folder_is_replaced() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let id = |path: &Path| fs::metadata(path).unwrap().ino();
    write(&out, &files(&[("a", "1"), ("b", "1")])).unwrap();
    let before = (id(&out), id(&out.join("a")));
    write(&out, &files(&[("a", "1"), ("b", "2")])).unwrap();
    assert_ne!(id(&out), before.0, "the folder is another one");
    assert_eq!(id(&out.join("a")), before.1);
    fs::write(out.join("mine"), "mine").unwrap();
    let folder = id(&out);
    write(&out, &files(&[("a", "1"), ("b", "3")])).unwrap();
    assert_eq!(id(&out), folder, "a folder with files of others stays");
}

#[cfg(unix)]
#[test]
fn one_file_is_not_written_through_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "mine").unwrap();
    symlink(&file, &link).unwrap();
    // Where an earlier docwright put what it was about to write.
    let staged = folder.path().join("api.json.docwright-new");
    symlink(&file, &staged).unwrap();
    assert_eq!(write_file(&link, "1").unwrap_err().rule.id, "output-link");
    let api = folder.path().join("api.json");
    write_file(&api, "1").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert!(fs::symlink_metadata(&staged).unwrap().is_symlink());
    fs::set_permissions(&api, fs::Permissions::from_mode(0o640)).unwrap();
    write_file(&api, "2").unwrap();
    assert_eq!(
        fs::metadata(&api).unwrap().permissions().mode() & 0o777,
        0o640
    );
    write_file(Path::new("/dev/null"), "1").unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn one_file_that_is_written_by_many_at_once_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.json");
    let texts: Vec<_> = (0..4).map(|run| run.to_string().repeat(1 << 16)).collect();
    std::thread::scope(|scope| {
        for text in &texts {
            scope.spawn(|| {
                for _ in 0..20 {
                    write_file(&path, text).unwrap();
                    let found = fs::read_to_string(&path).unwrap();
                    assert!(texts.contains(&found), "{} bytes", found.len());
                }
            });
        }
    });
    assert_eq!(tree(folder.path()).len(), 1);
}
