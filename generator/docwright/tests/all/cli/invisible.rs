//! Characters that steer a terminal, turn the direction of writing or show nothing:
//! whoever brings them, no command shows them as they are, and no file has them.

use std::fs;

use docwright::visible::is_invisible;

use super::case::{Case, PAGE, tree};

/// All of them (of the many tags, a few), in front of a letter, so that none is white
/// space at an end.
fn all() -> String {
    let tags = ['\u{e0001}', '\u{e0041}', '\u{e007f}'];
    let all = ('\u{1}'..'\u{e0000}').chain(tags);
    let all = all.filter(|c| is_invisible(*c));
    all.flat_map(|c| ['a', c]).chain(['z']).collect()
}

/// The same as references of HTML, which nothing leaves out before a page is parsed.
fn references() -> String {
    let letters = all();
    let letters = letters.chars();
    letters.map(|c| format!("&#x{:x};", u32::from(c))).collect()
}

/// The same in a JSON string of ASCII letters.
fn escapes() -> String {
    let string = serde_json::to_string(&all()).unwrap();
    let shown = docwright::visible::json(&string);
    shown.trim_matches('"').to_owned()
}

fn html(title: &str, words: &str) -> String {
    format!(
        "<article id=\"_content\"><h1>GET Toy</h1><p>{words}</p>\
         <pre><code class=\"lang-http\">GET /api/v1/Toy</code></pre>\
         <h2>Query String Parameters</h2><table><tr><th>Parameter Name<th>Type<th>Description\
         <tr><td>{title}<td>string{words}<td>{words}</table>\
         <h2>Response: object</h2><table><tr><th>Response<th>Description<tr><td>200<td>{words}\
         </table><h3>Response body: object</h3><table><tr><th>Property Name<th>Type\
         <th>Description<tr><td>{title}<td>string<td>{words}<tr><td>x<td>what{words}<td>w\
         </table><h2>Sample response</h2><pre><code class=\"lang-http_\">HTTP/1.1 200 OK\n\
         Content-Type: application/json; charset=utf-8\n\n{{ \"{title}\": \"{}\", \"{}\": 1 }}\
         </code></pre></article>",
        escapes(),
        escapes(),
    )
}

/// Pages in each form with all characters wherever words stand.
fn case() -> Case {
    let (raw, references) = (all(), references());
    let words = format!("Words {raw} می\u{200c}خواهم 👩\u{200d}🚀 {references} end `{raw}`");
    let page = PAGE.replace("Finds a pet.", &words);
    let page = page.replace("What it answers to.", &words);
    let page = page.replace("| Legs | int32 |", &format!("| Legs{raw} | in{raw}t32 |"));
    let page = page.replace("\"Rex\"", &format!("\"{}\"", escapes()));
    let page = page.replace(
        "## Sample",
        &format!("## Odd {words}\n\n- {words}\n\n## Sample"),
    );
    let case = Case::new(&[
        ("toy.html", &html("Name", &format!("{raw}{references}"))),
        ("v1Pet_Get.md", &page),
        (
            "v1Pet_Text.txt",
            &page.replace("Pet", "Cat").replace("| ", ""),
        ),
        (
            "v1Pet_List.mdx",
            &page.replace("v1Pet_Get", "v1Pet_List").replace("/{id}", ""),
        ),
    ]);
    case.write(
        "docs/od\u{202e}d\u{200b}\u{7}\u{1b}[2J.md",
        &page.replace("/Pet", "/Odd"),
    );
    case.write("docs/\u{9b}2J\u{85}\u{feff}.md", "# x\n\n| a\n");
    case
}

fn assert_visible(what: &str, text: &str) {
    let at = text.find(is_invisible);
    let around = at.map(|at| text[at..].chars().take(20).collect::<String>());
    assert_eq!(around.map(|it| format!("{it:?}")), None, "{what}");
}

#[test]
fn no_command_shows_them_as_they_are() {
    let case = case();
    let odd = "docs/od\u{202e}d\u{200b}\u{7}\u{1b}[2J.md";
    let model = case.run(&["export", "model"]).stdout;
    let value: serde_json::Value = serde_json::from_str(&model).unwrap();
    assert!(
        value["operations"].as_array().unwrap().len() >= 3,
        "{model}"
    );
    // A model that others wrote may have them as they are.
    let plain = serde_json::to_string(&value).unwrap();
    let plain = plain.replace(
        "\"legs\"",
        &format!("\"le{}gs\"", "\u{202e}\u{1b}[31m\u{200b}"),
    );
    let plain = plain.replace("int32", &format!("in\u{9b}{}", "t32"));
    case.write("old.json", &plain);
    case.write("docs2.md", PAGE);
    let commands: &[&[&str]] = &[
        &["generate"],
        &["check"],
        &["check", "--out", "nowhere"],
        &["lint"],
        &["lint", "--format", "json"],
        &["lint", "--rule", "unknown-type-word"],
        &["lint", "--rule", "no\u{202e}ne"],
        &["lint", "--explain", "no\u{200b}ne"],
        &["lint", "--no\u{202e}ne"],
        &["inspect", odd],
        &["inspect", "--stage", "facts", odd],
        &["inspect", "--stage", "model", odd],
        &["inspect", "docs/toy.html"],
        &["inspect", "--stage", "facts", "docs/toy.html"],
        &["inspect", "--pass", "shapes\u{202e}", "docs/toy.html"],
        &["export", "openapi"],
        &["export", "openapi", "--spec-version", "3.0"],
        &["export", "model", "--plain"],
        &["export", "model", "-o", "no\u{202e}folder/x.json"],
        &["generate", "--docs", "no\u{202e}where\u{1b}[2J"],
        &["diff", "no\u{202e}where", "docs"],
        &["diff", "docs2.md", "docs"],
        &[
            "diff",
            "docs2.md",
            "docs",
            "--format",
            "html",
            "--show-noise",
        ],
        &[
            "diff",
            "docs2.md",
            "docs",
            "--format",
            "markdown",
            "--show-noise",
        ],
        &[
            "diff",
            "docs2.md",
            "docs",
            "--format",
            "json",
            "--show-noise",
        ],
        &["diff", "docs2.md", "docs", "--format", "github"],
        &["diff", "docs2.md", odd, "--show-noise"],
        &["diff", "old.json", "docs", "--show-noise"],
        &["diff", "docs", "--explain", "no\u{202e}ne"],
        &["diff", "--explain", "no\u{202e}ne"],
        &["no\u{202e}ne"],
    ];
    for words in commands {
        let run = case.run(words);
        assert_visible(&format!("{words:?}, result"), &run.stdout);
        assert_visible(&format!("{words:?}, talk"), &run.stderr);
        if words.contains(&"json") {
            serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap();
        }
    }
}

#[test]
fn no_file_has_them_as_they_are() {
    let case = case();
    assert_eq!(case.run(&["generate"]).status, 0);
    assert_eq!(case.run(&["check"]).status, 0);
    for words in [["model", "a.json"], ["openapi", "b.json"]] {
        let run = case.run(&["export", words[0], "-o", words[1]]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let text = fs::read_to_string(case.folder.path().join(words[1])).unwrap();
        assert_visible(words[1], &text);
    }
    let mut files = 0;
    for (path, content) in tree(&case.out()) {
        files += 1;
        let path = path.display().to_string();
        assert_visible("name of a file", &path);
        let content = content.unwrap_or_default();
        assert_visible(&path, &String::from_utf8_lossy(&content));
    }
    assert!(files > 10);
    // What scripts and emojis need is an entity in comments.
    let operations = fs::read_to_string(case.out().join("src/pet/operations.rs")).unwrap();
    assert!(operations.contains("می&#x200c;خواهم"), "{operations}");
}
