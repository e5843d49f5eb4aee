//! Valgrind's callgrind: the instructions that each stage takes for each size.
//!
//! It writes, for each function, what those it calls have cost. A function for each
//! stage, called by one for each size, makes a count of its own for each of both; and
//! a function that ends a construct makes callgrind write a file.

use std::{
    collections::{BTreeMap, HashMap},
    env,
    ffi::OsString,
    fs,
    hint::black_box,
    path::Path,
    process::Command,
};

use super::whole::Watch;

pub const SIZES: usize = 4;

/// Instructions of a construct: of each stage, at n, 2n, 4n and 8n.
pub type Counts = BTreeMap<String, [u64; SIZES]>;

type Work<'a> = &'a mut dyn FnMut();

/// Functions that do the same, and a list of them. The words at the end keep the
/// compiler from making them one.
macro_rules! functions {
    ($list:ident: $kind:ty, $arguments:tt $call:expr, $($name:ident)*) => {
        const $list: &[(&str, $kind)] = &[$((stringify!($name), $name)),*];
        $(
            #[inline(never)]
            fn $name $arguments {
                $call;
                black_box(stringify!($name));
            }
        )*
    };
}

type Stage = fn(Work<'_>);

functions!(STAGES: Stage, (work: Work<'_>) work(),
    document extract infer books lint export emit diff);
functions!(AT: fn(Stage, Work<'_>), (stage: Stage, work: Work<'_>) stage(work),
    at_n at_2n at_4n at_8n);

/// Stages at one of the sizes.
pub struct At(pub usize);

impl Watch for At {
    fn stage(&self, name: &'static str, work: Work<'_>) {
        let (_, stage) = STAGES.iter().find(|it| it.0 == name).expect("a stage");
        AT[self.0].1(*stage, work);
    }
}

/// Callgrind writes a file when it is called.
#[inline(never)]
pub fn next_construct() {
    black_box("the next one");
}

/// Runs the test that this is once more, below valgrind, and reads the counts of one
/// construct after the other.
pub fn run(file: &Path, variable: &str, value: &str) -> Vec<Counts> {
    let mut out = OsString::from("--callgrind-out-file=");
    out.push(file);
    let ended = Command::new("valgrind")
        .args(["--tool=callgrind", "--dump-before=*next_construct*"])
        .arg(out)
        .arg(env::current_exe().unwrap())
        .arg("--ignored")
        .env(variable, value)
        .output()
        .expect("valgrind can be run");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    let file = |number| format!("{}.{number}", file.display());
    let dumps = (1..).map_while(|number| fs::read_to_string(file(number)).ok());
    dumps.map(|dump| counts(&dump)).collect()
}

/// The counts in a file. Names stand in it once, each with a number in front.
fn counts(dump: &str) -> Counts {
    let mut names = HashMap::new();
    let mut counts = Counts::new();
    let (mut caller, mut called) = ("", "");
    let mut lines = dump.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("fn=") {
            caller = self::name(name, &mut names);
        } else if let Some(name) = line.strip_prefix("cfn=") {
            called = self::name(name, &mut names);
        } else if line.starts_with("calls=") {
            let cost = lines.next().and_then(|line| line.split(' ').nth(1));
            let size = AT.iter().position(|(name, _)| caller == *name);
            let stage = STAGES.iter().find(|(name, _)| called == *name);
            if let (Some(size), Some((stage, _)), Some(cost)) = (size, stage, cost) {
                counts.entry((*stage).to_owned()).or_default()[size] +=
                    cost.parse::<u64>().expect("a number");
            }
        }
    }
    counts
}

/// The last part of the name that a line of the file has, if it is one of this module.
fn name<'a>(line: &'a str, names: &mut HashMap<&'a str, &'a str>) -> &'a str {
    let (number, name) = line.split_once(' ').unwrap_or((line, ""));
    if !name.is_empty() {
        let own = name.strip_prefix("linear::callgrind::").unwrap_or_default();
        names.insert(number, own);
    }
    names[number]
}
