//! Arguments made ready: one task, with arguments that go together.

use std::path::{Path, PathBuf};

use clap_complete::Shell;
use docwright::{
    Pages, export,
    infer::{PASSES, Pass},
};

use super::args::{
    Args, Command, DiffArgs, DiffFormat, DocsArgs, Export, ExportArgs, FailOn, Format, LintArgs,
    MockArgs, OutputArgs, PagesArgs, SpecVersion, Stage,
};

/// What to do.
#[derive(Debug)]
pub enum Task {
    /// Write the crate.
    Generate(Output),
    /// Compare the crate.
    Check(Output),
    /// Report on the pages.
    Lint {
        docs: Docs,
        format: Format,
        rule: Option<String>,
    },
    /// List the rules of findings.
    LintRules,
    /// Explain a rule of findings.
    LintRule(String),
    /// Show one page.
    Inspect { page: PathBuf, part: Part },
    /// Explain one thing of the API.
    Explain { pages: Pages, target: String },
    /// Compare two APIs.
    Diff(Comparison),
    /// List the rules of comparing.
    DiffRules,
    /// Explain a rule of comparing.
    DiffRule(String),
    /// Write the API in another form.
    Export { docs: Docs, form: Form, to: To },
    /// Serve the samples.
    Mock(Served),
    /// Write a shell's completions.
    Completions(Shell),
    /// Write a manual page.
    Man(Option<String>),
}

/// What to show of a page.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// What a stage makes of it.
    Stage(Stage),
    /// What is known of it after a pass of inference.
    Pass(&'static Pass),
}

/// The pages, and how to judge them.
#[derive(Debug)]
pub struct Docs {
    pub pages: Pages,
    pub strict: bool,
}

/// Two APIs to compare.
#[derive(Debug)]
pub struct Comparison {
    pub old: String,
    pub new: String,
    pub format: DiffFormat,
    pub fail_on: FailOn,
    pub shows_noise: bool,
}

/// Samples to serve.
#[derive(Debug)]
pub struct Served {
    pub docs: Docs,
    pub port: u16,
    pub is_stateful: bool,
}

/// A crate to make from pages.
#[derive(Debug)]
pub struct Output {
    pub docs: Docs,
    pub folder: PathBuf,
}

/// Another form of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    OpenApi(export::SpecVersion),
    Model { plain: bool },
}

/// Where an export goes.
#[derive(Debug)]
pub enum To {
    StandardOutput,
    File(PathBuf),
}

impl Task {
    /// Makes arguments ready.
    ///
    /// # Errors
    /// What doesn't go together, for a person.
    pub fn new(args: Args) -> Result<Self, String> {
        Ok(match args.command {
            None => Self::Generate(output(args.generate)?),
            Some(Command::Generate(args)) => Self::Generate(output(args)?),
            Some(Command::Check(args)) => Self::Check(output(args)?),
            Some(Command::Lint(args)) => lint(args),
            Some(Command::Inspect(args)) => Self::Inspect {
                part: match PASSES
                    .iter()
                    .find(|pass| Some(pass.id) == args.pass.as_deref())
                {
                    Some(pass) => Part::Pass(pass),
                    None => Part::Stage(args.stage),
                },
                page: args.page,
            },
            Some(Command::Explain(args)) => Self::Explain {
                pages: pages(args.pages),
                target: args.target,
            },
            Some(Command::Diff(args)) => diff(args)?,
            Some(Command::Export(args)) => export(args)?,
            Some(Command::Mock(args)) => Self::Mock(mock(args)),
            Some(Command::Completions { shell }) => Self::Completions(shell),
            Some(Command::Man { command }) => Self::Man(command),
        })
    }

    /// The pages that it reads.
    pub fn pages(&self) -> Pages {
        match self {
            Self::Generate(output) | Self::Check(output) => output.docs.pages.clone(),
            Self::Lint { docs, .. } | Self::Export { docs, .. } => docs.pages.clone(),
            Self::Mock(served) => served.docs.pages.clone(),
            Self::Inspect { page, .. } => Pages::of(page),
            Self::Explain { pages, .. } => pages.clone(),
            Self::LintRules
            | Self::LintRule(_)
            | Self::Diff(_)
            | Self::DiffRules
            | Self::DiffRule(_)
            | Self::Completions(_)
            | Self::Man(_) => Pages::default(),
        }
    }
}

fn pages(args: PagesArgs) -> Pages {
    Pages {
        docs: args.docs,
        evidence: args.evidence,
    }
}

fn docs(args: DocsArgs) -> Docs {
    Docs {
        pages: pages(args.pages),
        strict: args.strict,
    }
}

fn output(args: OutputArgs) -> Result<Output, String> {
    let pages = &args.docs.pages;
    for docs in pages.docs.iter().chain(&pages.evidence) {
        if is_within(&args.out, docs) {
            return Err(format!(
                "the output folder {} is inside the pages' folder {}, so its files would be read \
                 as pages; name another folder with --out",
                args.out.display(),
                docs.display()
            ));
        }
    }
    Ok(Output {
        docs: docs(args.docs),
        folder: args.out,
    })
}

fn lint(args: LintArgs) -> Task {
    match args.explain {
        Some(rule) => Task::LintRule(rule),
        None if args.rules => Task::LintRules,
        None => Task::Lint {
            docs: docs(args.docs),
            format: args.format,
            rule: args.rule,
        },
    }
}

fn diff(args: DiffArgs) -> Result<Task, String> {
    match (args.explain, args.old, args.new) {
        (Some(rule), ..) => Ok(Task::DiffRule(rule)),
        (None, Some(old), Some(new)) => Ok(Task::Diff(Comparison {
            old,
            new,
            format: args.format,
            fail_on: args.fail_on,
            shows_noise: args.show_noise,
        })),
        (None, None, None) if args.rules => Ok(Task::DiffRules),
        (None, ..) => Err("name the two APIs to compare: the old one and the new one".to_owned()),
    }
}

fn export(args: ExportArgs) -> Result<Task, String> {
    let form = match (args.what, args.plain) {
        (Export::Model, plain) => Form::Model { plain },
        (Export::Openapi, false) => Form::OpenApi(match args.spec_version {
            SpecVersion::V3_1 => export::SpecVersion::V3_1,
            SpecVersion::V3_0 => export::SpecVersion::V3_0,
        }),
        (Export::Openapi, true) => {
            return Err("--plain can only be used with `export model`".to_owned());
        }
    };
    let to = match args.output {
        Some(file) if file != Path::new("-") => To::File(file),
        _ => To::StandardOutput,
    };
    Ok(Task::Export {
        docs: docs(args.docs),
        form,
        to,
    })
}

fn mock(args: MockArgs) -> Served {
    Served {
        docs: docs(args.docs),
        port: args.port,
        is_stateful: args.stateful,
    }
}

/// Whether `path`, which need not exist, is `folder` or is below it.
fn is_within(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else {
        return false;
    };
    // The part that exists says where the rest will be.
    let real = path
        .ancestors()
        .map(|above| match above.as_os_str().is_empty() {
            true => Path::new("."),
            false => above,
        })
        .find_map(|above| above.canonicalize().ok());
    folder.is_dir() && real.is_some_and(|real| real.starts_with(&folder))
}
