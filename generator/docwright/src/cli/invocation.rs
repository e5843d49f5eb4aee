//! Commands as the user would type them, for advice that can be pasted.

use std::path::Path;

use docwright::Pages;

/// The command that writes `folder` from these docs.
pub fn generate(pages: &Pages, folder: &Path) -> String {
    let mut words = with_pages(pages);
    if folder != Path::new("generated") {
        words.extend(["--out".to_owned(), quoted(folder)]);
    }
    // Without any words it is what docwright does by itself.
    match (is_run_by_cargo(), words.is_empty()) {
        (true, true) => "cargo run".to_owned(),
        _ => command("generate", words),
    }
}

/// The command that reports on these docs; with a rule, on all that it finds.
pub fn lint(pages: &Pages, rule: Option<&str>) -> String {
    let mut words = with_pages(pages);
    if let Some(rule) = rule {
        words.extend(["--rule".to_owned(), rule.to_owned()]);
    }
    command("lint", words)
}

/// The command that writes the model of these docs.
pub fn export_model(pages: &Pages) -> String {
    let mut words = vec!["model".to_owned()];
    words.extend(with_pages(pages));
    command("export", words)
}

fn command(name: &str, words: Vec<String>) -> String {
    let program = match is_run_by_cargo() {
        true => "cargo run --",
        false => "docwright",
    };
    let mut all = vec![program.to_owned(), name.to_owned()];
    all.extend(words);
    all.join(" ")
}

/// Whether this process is one of `cargo run`: Cargo sets this variable for
/// what it runs (the Cargo book, "Environment variables").
fn is_run_by_cargo() -> bool {
    std::env::var_os("CARGO").is_some()
}

fn with_pages(pages: &Pages) -> Vec<String> {
    let mut words = Vec::new();
    if pages.docs != [Path::new("docs-input")] {
        for path in &pages.docs {
            words.extend(["--docs".to_owned(), quoted(path)]);
        }
    }
    for path in &pages.evidence {
        words.extend(["--evidence".to_owned(), quoted(path)]);
    }
    words
}

/// A path as a word of a POSIX shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@".contains(c);
    match !text.is_empty() && text.chars().all(plain) {
        true => text,
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_words_of_a_shell() {
        assert_eq!(quoted(Path::new("docs/v10.2")), "docs/v10.2");
        assert_eq!(quoted(Path::new("my docs")), "'my docs'");
        assert_eq!(quoted(Path::new("it's $HOME")), r"'it'\''s $HOME'");
    }

    #[test]
    fn what_is_the_default_is_not_typed() {
        let typed = |docs: &[&str], evidence: &[&str]| {
            let pages = Pages {
                docs: docs.iter().map(Into::into).collect(),
                evidence: evidence.iter().map(Into::into).collect(),
            };
            with_pages(&pages).join(" ")
        };
        assert_eq!(typed(&["docs-input"], &[]), "");
        assert_eq!(typed(&["docs-input"], &["old"]), "--evidence old");
        assert_eq!(
            typed(&["docs-input", "b"], &[]),
            "--docs docs-input --docs b"
        );
    }
}
