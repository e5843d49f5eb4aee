//! Pages that nobody thought of: those of the tests and of the corpus, with bytes, lines,
//! cells and tags of them changed, and parts of different pages put together. Whatever
//! comes out, each stage takes it, and what is written can be read.
//!
//! CONTRIBUTING.md says how to run it at length.
#![cfg(unix)]

mod whole;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use docwright::{
    dialect::Dialect,
    settings::Settings,
    source::{self, Form, Page, decode},
    wall,
};
use fastrand::Rng;
use rayon::ThreadPoolBuilder;
use whole::{Desk, ending};

/// Cases in each run of the tests, where docwright isn't optimised.
const FEW: usize = 60;

/// Cases beside the corpus.
const MANY: usize = 1_000;

/// Pages of a vendor that are read alone.
const SOME: usize = 100;

/// The longest that a page may take, in seconds of the processor, when optimised.
const SLOW: f64 = 0.5;

/// No page grows beyond it, in bytes.
const LONGEST: usize = 200_000;

/// A page to begin with.
struct Seed {
    desk: usize,
    form: Form,
    text: String,
}

/// All pages to begin with, and what they are read with.
#[derive(Default)]
struct Seeds {
    desks: Vec<Desk>,
    all: Vec<Seed>,
}

impl Seeds {
    /// The pages of the project.
    fn own() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut seeds = Self::default();
        seeds.add(&root.join("../../docs-input"), 1);
        seeds.add(&root.join("tests"), 1);
        assert!(seeds.all.len() > 200);
        seeds
    }

    /// Adds each `step`th page below a folder.
    fn add(&mut self, root: &Path, step: usize) {
        let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
            let file = entry.unwrap().into_path();
            let ending = file.extension().unwrap_or_default().to_string_lossy();
            if ["md", "mdx", "html", "txt"].contains(&&*ending) {
                let folder = file.parent().unwrap().to_owned();
                folders.entry(folder).or_default().push(file);
            }
        }
        let mut number = 0;
        for (folder, files) in folders {
            let dialect = dialect(&folder);
            let known = self
                .desks
                .iter()
                .position(|it| it.dialect.name == dialect.name);
            let desk = known.unwrap_or(self.desks.len());
            if known.is_none() {
                self.desks.push(Desk::new(dialect));
            }
            for file in files {
                number += 1;
                if number % step != 0 {
                    continue;
                }
                let page = source::read("page", &file).unwrap();
                let (form, text) = (page.form, page.text);
                self.all.push(Seed { desk, form, text });
            }
        }
    }
}

/// The dialect of pages in a folder.
fn dialect(folder: &Path) -> Dialect {
    if !folder.join("docwright.toml").exists()
        && let Ok(text) = fs::read_to_string(folder.join("dialect.toml"))
    {
        // The cases of `extract` leave out what is the same in all.
        let name = folder.file_name().unwrap().display();
        return Dialect::parse(&format!("name = '{name}'\ntitle = 'Case'\n{text}")).unwrap();
    }
    let above = folder
        .ancestors()
        .find(|it| it.join("docwright.toml").exists());
    let (settings, _) = Settings::for_docs(&[above.unwrap_or(folder).to_owned()]);
    settings.dialect().unwrap()
}

/// The last place between two characters that isn't after `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place between two characters.
fn place(text: &str, rng: &mut Rng) -> usize {
    boundary(text, rng.usize(0..=text.len()))
}

/// Changes one thing.
fn change(text: &mut String, seeds: &Seeds, rng: &mut Rng) {
    match rng.u8(0..8) {
        0 | 1 => change_bytes(text, rng),
        2 => change_parts(text, "\n", rng),
        3 => change_parts(text, "|", rng),
        4 => change_parts(text, "<", rng),
        5 => {
            let at = place(text, rng);
            text.insert_str(at, rng.choice(SCRAPS).unwrap_or(&""));
        }
        6 => {
            // What begins as one page and ends as another.
            let other = &seeds.all[rng.usize(0..seeds.all.len())].text;
            let (end, start) = (place(text, rng), place(other, rng));
            text.truncate(end);
            text.push_str(&other[start..]);
        }
        _ => {
            let (start, end, at) = (place(text, rng), place(text, rng), place(text, rng));
            let part = text[start.min(end)..end.max(start)].to_owned();
            text.insert_str(at, &part);
        }
    }
}

fn change_bytes(text: &mut String, rng: &mut Rng) {
    let mut bytes = std::mem::take(text).into_bytes();
    for _ in 0..rng.usize(1..8) {
        let at = rng.usize(0..=bytes.len());
        match rng.u8(0..3) {
            0 => bytes.insert(at, rng.u8(..)),
            1 if at < bytes.len() => bytes[at] = rng.u8(..),
            _ => drop(bytes.drain(at..(at + rng.usize(0..40)).min(bytes.len()))),
        }
    }
    *text = decode(bytes);
}

/// Takes out, doubles or moves what stands between separators.
fn change_parts(text: &mut String, separator: &str, rng: &mut Rng) {
    let mut parts: Vec<&str> = text.split(separator).collect();
    for _ in 0..rng.usize(1..4) {
        let [at, to] = [(); 2].map(|()| rng.usize(0..parts.len()));
        match rng.u8(0..3) {
            0 if parts.len() > 1 => drop(parts.remove(at)),
            1 => parts.insert(to, parts[at]),
            _ => parts.swap(at, to),
        }
    }
    *text = parts.join(separator);
}

/// What means something to one of the forms, to JSON or to Rust.
const SCRAPS: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=3 colspan=2>",
    "<th>",
    "</p>",
    "<ul><li>",
    "<pre>",
    "<code>",
    "<template>",
    "<svg>",
    "<select>",
    "<details>",
    "<br>",
    "<!--",
    "-->",
    "&lt;",
    "&#x202e;",
    "\u{202e}",
    "\u{200b}",
    "\u{1b}[2J",
    "\u{feff}",
    "\r\n",
    "\t",
    "    ",
    "\n\n",
    "```\n",
    "```json\n",
    "~~~",
    "|--|--|\n",
    "| a | b |\n",
    "+--+--+\n",
    "- ",
    "1. ",
    "> ",
    "## ",
    "# GET x\n",
    "GET /a/{b}\n",
    "/{a}/{a}",
    "{a|b}",
    "[x](",
    "![",
    "[^1]",
    "\\",
    "\"",
    "'",
    "`",
    "*/",
    "//",
    "///",
    "#[",
    "\"#",
    "r#",
    "{{",
    "}}",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "-1e999",
    "1.0",
    "self",
    "gen",
    "Self",
    "crate",
    "type",
    "Vec<T>",
    "array of ",
    "array",
    "integer",
    "string",
    "boolean",
    "object",
    "enum",
    "Main",
    "Lib",
    "Option",
    "0",
    "_",
    "é",
    "船",
    "🚤",
    "a.b.c",
    "Required",
    "Deprecated",
    "HTTP/1.1 200 OK\n",
    "Content-Type: application/json\n\n",
    "200",
    "default",
    "---\n",
    "<Tabs>\n",
    "import x from 'y'\n",
    "\0",
    "\u{85}",
    "İ",
    "ß",
];

/// How much of the processor's time this thread has had, in seconds. Unlike time on
/// the clock, it doesn't pass while other processes run.
fn processor_time() -> f64 {
    use rustix::time::{ClockId, clock_gettime};
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// What goes wrong with a page, and how long it takes.
fn try_page(seed: &Seed, text: &str, seeds: &Seeds) -> (Vec<String>, f64) {
    let desk = &seeds.desks[seed.desk];
    let name = format!("page.{}", ending(seed.form));
    let start = processor_time();
    let outputs = wall::guard(|| {
        let page = [Page::new(&*name, seed.form, text)];
        let new = desk.read(&page, &());
        let old = [Page::new(&*name, seed.form, seed.text.as_str())];
        let old = desk.read(&old, &());
        desk.write(&page, &old, &new, &())
    });
    let took = processor_time() - start;
    let mut faults = match outputs {
        Ok(outputs) => outputs.faults(),
        Err(panic) => vec![format!("a panic: {panic}")],
    };
    if took > SLOW && !cfg!(debug_assertions) {
        faults.push(format!("it took {took:.2} s"));
    }
    (faults, took)
}

/// Tries many pages; those with a fault are kept in a folder.
fn fuzz(seeds: &Seeds, cases: usize, number: u64) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    let mut rng = Rng::with_seed(number);
    let (mut slowest, mut wrong): (f64, _) = (0.0, Vec::new());
    for case in 0..cases {
        let seed = &seeds.all[rng.usize(0..seeds.all.len())];
        let mut text = seed.text.clone();
        for _ in 0..rng.usize(1..6) {
            change(&mut text, seeds, &mut rng);
            text.truncate(boundary(&text, LONGEST));
        }
        // What overflows the stack leaves nothing else behind.
        let current = folder.join(format!("current.{}", ending(seed.form)));
        fs::write(&current, &text).unwrap();
        let (faults, took) = try_page(seed, &text, seeds);
        slowest = slowest.max(took);
        if !faults.is_empty() {
            let dialect = &seeds.desks[seed.desk].dialect.name;
            let kept = folder.join(format!("{number}-{case}-{dialect}.{}", ending(seed.form)));
            fs::rename(&current, &kept).unwrap();
            wrong.push(format!("{}: {}", kept.display(), faults.join("; ")));
            println!("{}", wrong[wrong.len() - 1]);
        }
        if case % 10_000 == 9_999 {
            println!(
                "{} pages, {} with faults, the slowest {slowest:.2} s",
                case + 1,
                wrong.len()
            );
        }
    }
    println!(
        "{cases} pages, {} with faults, the slowest {slowest:.2} s",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// On a stack as the program has it.
fn with_stack(work: impl FnOnce() + Send) {
    let pool = ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20);
    pool.build().unwrap().install(work);
}

#[test]
fn a_few_mutated_pages_go_through_all_stages() {
    with_stack(|| fuzz(&Seeds::own(), FEW, 1));
}

/// Real pages, each without the others that would help to read it.
#[test]
#[ignore = "needs the corpus"]
fn real_pages_go_through_all_stages_alone() {
    let corpus = std::env::var("DOCWRIGHT_CORPUS").expect("DOCWRIGHT_CORPUS names the corpus");
    let mut seeds = Seeds::default();
    for vendor in fs::read_dir(corpus).unwrap() {
        let vendor = vendor.unwrap().path();
        let files = walkdir::WalkDir::new(&vendor).into_iter().count();
        seeds.add(&vendor, files.div_ceil(SOME));
    }
    with_stack(|| {
        let tried = seeds
            .all
            .iter()
            .map(|seed| try_page(seed, &seed.text, &seeds));
        let faults: Vec<_> = tried.flat_map(|(faults, _)| faults).collect();
        println!(
            "{} pages, each alone, {} faults",
            seeds.all.len(),
            faults.len()
        );
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

#[test]
#[ignore = "needs the corpus"]
fn many_mutated_pages_go_through_all_stages() {
    let variable = |name: &str| std::env::var(name).ok();
    let number = |name: &str| variable(name).map(|it| it.parse::<u64>().expect("is a number"));
    let cases = number("DOCWRIGHT_FUZZ_PAGES").map_or(MANY, |it| it as usize);
    let mut seeds = Seeds::own();
    if let Some(corpus) = variable("DOCWRIGHT_CORPUS") {
        seeds.add(Path::new(&corpus), 9);
    }
    wall::silence_panics();
    with_stack(|| fuzz(&seeds, cases, number("DOCWRIGHT_FUZZ_SEED").unwrap_or(2)));
}
