//! Whatever pages repeat, each stage does work in proportion to it.
//!
//! The work is counted in instructions, by valgrind, at n, 2n, 4n and 8n bytes of a
//! construct, so the machine's speed and what else runs on it don't matter. What is
//! judged is how it grows.
#![cfg(unix)]

mod blocks;
mod callgrind;
mod many;
mod pages;
mod signs;
mod tables;
#[path = "../whole/mod.rs"]
mod whole;

use std::{collections::BTreeMap, env, fs, path::PathBuf, thread};

use callgrind::{Counts, SIZES};
use docwright::{
    dialect::Dialect,
    source::{Form, Page},
};
use pages::Construct;
use rayon::ThreadPoolBuilder;
use whole::{Desk, Read, ending};

/// Work is proportional to the size to the power of less than this. What grows with the
/// square of the size has 2, and what sorts has about 1.15; the allocator and tables of
/// random hashes make up to 0.1 of difference from run to run.
const LIMIT: f64 = 1.3;

/// A stage that takes no more instructions than this for the last 4 kB doesn't grow:
/// tables of random hashes, and what the allocator does, make some difference, now and then
/// of over a million.
const FLAT: u64 = 1_500_000;

/// Names the part of the constructs that a run below valgrind takes, such as `0/2`.
const PART: &str = "DOCWRIGHT_LINEAR_PART";

/// Only constructs whose names have this in them.
const ONLY: &str = "DOCWRIGHT_LINEAR_ONLY";

/// The sizes at which a construct is measured, from n/2 on, which only shows what
/// pages were before.
fn sizes(construct: &Construct) -> [usize; 1 + SIZES] {
    [4, 3, 2, 1, 0].map(|halved| construct.most >> halved)
}

/// The pages with about this many bytes of a construct.
fn pages(construct: &Construct, bytes: usize) -> Vec<Page> {
    let texts = (construct.pages)(bytes).into_iter().enumerate();
    let name = |number| format!("page{number}.{}", ending(construct.form));
    let page = |(number, text)| Page::new(name(number), construct.form, text);
    texts.map(page).collect()
}

/// What is wrong with what is written about a construct at n; nothing, mostly.
fn faults(construct: &Construct, desk: &Desk) -> Vec<String> {
    let [_, bytes, ..] = sizes(construct);
    let pages = pages(construct, bytes);
    let read = desk.read(&pages, &());
    desk.write(&pages, &read, &read, &()).faults()
}

/// Takes a construct of each size through all stages.
fn work(construct: &Construct, desk: &Desk) {
    let mut old: Option<Read> = None;
    for (at, bytes) in sizes(construct).into_iter().enumerate() {
        let pages = pages(construct, bytes);
        old = Some(match old {
            None => desk.read(&pages, &()),
            Some(old) => {
                let watch = callgrind::At(at - 1);
                let new = desk.read(&pages, &watch);
                // Nothing after it knows the form.
                if matches!(construct.form, Form::Markdown | Form::Mdx) {
                    desk.write(&pages, &old, &new, &watch);
                }
                new
            }
        });
    }
}

/// The power of the size to which work grows, whatever it is at least.
fn exponent(counts: &[u64; SIZES]) -> f64 {
    let [first, second, last] = [0, 1, 2].map(|at| counts[at + 1].saturating_sub(counts[at]));
    if last < FLAT {
        return 0.0;
    }
    let doublings = |from: u64| (last as f64 / from.max(1) as f64).log2();
    // A step in between may be a cache that is full, or another way to search.
    doublings(second).min(doublings(first) / 2.0).max(0.0)
}

fn constructs() -> Vec<Construct> {
    let only = env::var(ONLY).unwrap_or_default();
    let all = [
        signs::constructs(),
        tables::constructs(),
        blocks::constructs(),
        many::constructs(),
    ];
    let named = |it: &Construct| it.name.contains(&only);
    all.into_iter().flatten().filter(named).collect()
}

fn superoffice() -> Desk {
    Desk::new(Dialect::built_in("superoffice").unwrap().unwrap())
}

/// What is counted: here, each part of the constructs goes through all stages.
fn below_valgrind(part: &str) {
    let (part, parts) = part.split_once('/').unwrap();
    let (part, parts): (usize, usize) = (part.parse().unwrap(), parts.parse().unwrap());
    let desk = superoffice();
    // One thread does all, on a stack as the program has it.
    let pool = ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20);
    pool.build().unwrap().install(|| {
        for construct in constructs().iter().skip(part).step_by(parts) {
            work(construct, &desk);
            callgrind::next_construct();
        }
    });
}

/// Counts for all constructs, in their order.
fn count() -> Vec<(Construct, Counts)> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("linear");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let parts = thread::available_parallelism().map_or(1, usize::from);
    let mut counted: Vec<std::vec::IntoIter<Counts>> = thread::scope(|scope| {
        let run = |part: usize| {
            let file = folder.join(format!("part{part}"));
            scope.spawn(move || callgrind::run(&file, PART, &format!("{part}/{parts}")))
        };
        let runs: Vec<_> = (0..parts).map(run).collect();
        runs.into_iter()
            .map(|run| run.join().unwrap().into_iter())
            .collect()
    });
    let of = |(at, construct): (usize, Construct)| {
        let counts: Option<Counts> = counted[at % parts].next();
        (construct, counts.expect("each construct is counted"))
    };
    constructs().into_iter().enumerate().map(of).collect()
}

#[test]
#[ignore = "needs valgrind, and a release build"]
fn every_construct_takes_linear_work() {
    if let Ok(part) = env::var(PART) {
        return below_valgrind(&part);
    }
    let desk = superoffice();
    for construct in constructs() {
        let faults = faults(&construct, &desk);
        assert!(faults.is_empty(), "{}: {faults:?}", construct.name);
    }
    let mut found = Vec::new();
    let mut most: BTreeMap<String, (f64, String)> = BTreeMap::new();
    for (construct, counts) in count() {
        assert!(!counts.is_empty(), "{}: nothing is counted", construct.name);
        let grown = counts.iter().map(|(stage, it)| (exponent(it), stage, it));
        let grown = grown.inspect(|(exponent, stage, _)| {
            let known = most.entry((*stage).clone()).or_default();
            if *exponent >= known.0 {
                *known = (*exponent, construct.name.clone());
            }
        });
        let (exponent, stage, counts) = grown.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
        println!("{exponent:.2} {stage:8} {} {counts:?}", construct.name);
        if exponent >= LIMIT {
            found.push(format!("{}: {stage} {exponent:.2}", construct.name));
        }
    }
    for (stage, (exponent, name)) in most {
        println!("{stage}: at most {exponent:.2} ({name})");
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
