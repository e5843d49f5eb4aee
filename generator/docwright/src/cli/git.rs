//! Files of a revision, by the `git` on this machine. Nothing of the
//! repository is changed, and no work tree is needed.

use std::{
    io::Write,
    path::{Component, Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A path of a revision, as files.
#[derive(Debug)]
pub struct Checkout {
    /// The folder that holds the files; it goes with this value.
    _folder: tempfile::TempDir,
    /// The file or folder that was asked for.
    pub path: PathBuf,
}

/// The commit that a word means, if it means one: `A...B` is where the two parted, as
/// `git diff` takes it.
pub fn commit(revision: &str) -> Result<String, String> {
    if let Some((one, other)) = revision.split_once("...") {
        let or_head = |name: &str| commit(if name.is_empty() { "HEAD" } else { name });
        let output = run(&["merge-base", &or_head(one)?, &or_head(other)?])?;
        return match output.status.success() {
            true => Ok(text(&output.stdout)),
            false => Err(format!("`{one}` and `{other}` have no commit in common")),
        };
    }
    let name = format!("{revision}^{{commit}}");
    let output = run(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &name,
    ])?;
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => {
            let inside = run(&["rev-parse", "--git-dir"])?;
            Err(match inside.status.success() {
                true => format!("git has no revision `{revision}`"),
                false => "this folder is not in a git repository".to_owned(),
            })
        }
    }
}

/// Writes the files at a path (relative to the current folder, as in `git
/// show REV:./PATH`) of a commit to a folder that goes away.
///
/// # Errors
/// When there is nothing at the path, or the files cannot be had or written.
pub fn checkout(commit: &str, path: &str) -> Result<Checkout, String> {
    let path = path
        .strip_prefix("./")
        .unwrap_or(path)
        .trim_end_matches('/');
    let listing = run(&["ls-tree", "-r", "-z", commit, "--", path])?;
    if !listing.status.success() {
        return Err(format!("git: {}", text(&listing.stderr)));
    }
    let entries = entries(&String::from_utf8_lossy(&listing.stdout));
    if entries.is_empty() {
        return Err(format!("there is no `{path}` in that revision"));
    }
    let folder = tempfile::tempdir()
        .map_err(|error| format!("cannot create a temporary folder: {error}"))?;
    let contents = contents(&entries)?;
    for ((_, name), content) in entries.iter().zip(contents) {
        let name = Path::new(name);
        // Git refuses such names; a repository that was tampered with may not.
        if !name
            .components()
            .all(|it| matches!(it, Component::Normal(_)))
        {
            continue;
        }
        let file = folder.path().join(name);
        let written = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        let written = written.and_then(|()| std::fs::write(&file, content));
        written.map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    Ok(Checkout {
        path: folder.path().join(path),
        _folder: folder,
    })
}

/// The regular files of a listing, as (object, path). Links and submodules
/// have no content of their own.
fn entries(listing: &str) -> Vec<(String, String)> {
    let entries = listing.split('\0').filter_map(|entry| {
        let (meta, path) = entry.split_once('\t')?;
        let mut meta = meta.split(' ');
        let (mode, kind, object) = (meta.next()?, meta.next()?, meta.next()?);
        (kind == "blob" && mode.starts_with("100")).then(|| (object.to_owned(), path.to_owned()))
    });
    entries.collect()
}

/// The contents of objects, all by one process.
fn contents(entries: &[(String, String)]) -> Result<Vec<Vec<u8>>, String> {
    let failed = |error: std::io::Error| format!("git cat-file: {error}");
    let mut child = Command::new("git")
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let input = child.stdin.take();
    let names: String = entries
        .iter()
        .map(|(object, _)| format!("{object}\n"))
        .collect();
    // From another thread, because git stops reading until its output is read.
    let writer =
        std::thread::spawn(move || input.map_or(Ok(()), |mut it| it.write_all(names.as_bytes())));
    let output = child.wait_with_output().map_err(failed)?.stdout;
    writer
        .join()
        .map_err(|_| "git cat-file: cannot write to it".to_owned())?
        .map_err(failed)?;
    let mut rest = &output[..];
    let mut contents = Vec::with_capacity(entries.len());
    for _ in entries {
        contents.push(next_content(&mut rest).ok_or("git cat-file: an object is missing")?);
    }
    Ok(contents)
}

/// Takes `<object> blob <size>\n<content>\n` off the front.
fn next_content(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let content = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(content)
}

fn run(arguments: &[&str]) -> Result<Output, String> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    output.map_err(|error| format!("cannot run git: {error}"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
