//! Arguments as typed. Nothing here looks at files.

use std::{path::PathBuf, sync::LazyLock};

use clap::{
    Args as Group, Parser, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser},
};
use clap_complete::Shell;
use docwright::{infer::PASSES, model::FORMAT};

const ABOUT: &str = "\
Turns API reference pages into a Rust crate: types, header constants, a client, a server stub and \
the tests for them.

Without a command, docwright generates `generated/` from `docs-input/`. It reads Markdown (.md), \
HTML (.html) and page text (.txt) files in the folder and its subfolders, except the folder's own \
README.md. Two files beside the pages are optional:

  docwright.toml    the crate's name and version, the dialect (the vendor's vocabulary), and \
where the pages are published
  corrections.toml  corrections of mistakes on the pages, each with a reason and a source

The output folder is a complete crate. Files that are no longer generated are removed; files that \
docwright didn't create stay. The new crate replaces the old one in one step. If the folder holds \
other files, or the system doesn't support that, files are replaced one by one: an error restores \
the old files, and after a killed run the crate doesn't compile and states why, until docwright \
runs again.";

const AFTER: &str = "\
Examples:
  docwright                                    generate `generated/` from `docs-input/`
  docwright check                              check that `generated/` is up to date (for CI)
  docwright lint --docs pages                  list mistakes and gaps of the pages
  docwright explain Pet.Kind                   explain the type of this property
  docwright generate --docs pages --out crate  generate a crate from other pages
  docwright diff old-pages docs-input          show what changed in the API
  docwright diff main docs-input               show what changed since the branch `main`
  docwright export openapi -o openapi.json     write the API as an OpenAPI document
  docwright mock --port 4000                   serve the samples, to test callers against

Exit status:
  0  success
  1  a check failed: `check` found the output out of date, `lint` found errors, `diff` has
     findings selected by --fail-on, or there are warnings and --strict is given
  2  could not run: wrong usage, unusable input, or output that can't be written

The result goes to standard output, everything else to standard error.";

/// The version of docwright, and that of the model that it writes into `api.json`.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (model format {FORMAT})", env!("CARGO_PKG_VERSION")));

/// Turns API reference pages into a Rust crate
#[derive(Debug, Parser)]
#[command(
    name = "docwright",
    version = VERSION.as_str(),
    long_about = ABOUT,
    after_help = AFTER,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub generate: OutputArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the crate (the default command)
    ///
    /// Either all files are written or none. After an error (a mistake in the settings or the
    /// corrections, a file in the way that docwright didn't create, a full disk), the output
    /// folder is unchanged (exit status 2).
    Generate(OutputArgs),
    /// Check that the generated crate is up to date
    ///
    /// Prints the differences as a unified diff; the exit status is 1 if there are any. Writes
    /// nothing.
    Check(OutputArgs),
    /// List mistakes and gaps of the pages, and what docwright doesn't understand
    ///
    /// At the end are the counts per rule and the ledger: how many blocks of the pages
    /// (headings, tables, samples, …) were read, left out by a rule of the dialect, or unknown.
    Lint(LintArgs),
    /// Show how docwright reads one page
    Inspect(InspectArgs),
    /// Explain how a type, property, parameter or operation was inferred
    ///
    /// Prints the decision, the evidence with its places on the pages, the overruled evidence, and
    /// the findings and corrections about it. TARGET is written as in corrections.toml:
    ///
    ///   Pet                      a type
    ///   Pet.Kind                 a property
    ///   v1Pet_Get                an operation, also as `GET /api/v1/Pet/{id}`
    ///   v1Pet_Get:query.limit    a parameter
    ///   v1Pet_Get:request        the request body
    ///   v1Pet_Get:response.200   a response body
    #[command(verbatim_doc_comment)]
    Explain(ExplainArgs),
    /// Compare two APIs: what changed, and what it means for callers
    ///
    /// Compares requests and responses, not the text of the pages: changes of samples,
    /// descriptions, order and wording are counted but hidden. Each finding has a rule, a verdict
    /// for the wire (breaking, risky, compatible) and one for Rust, and its places on both sides.
    /// docs/DIFF.md lists the rules and the keys of the JSON report.
    Diff(DiffArgs),
    /// Write the API in another format
    Export(ExportArgs),
    /// Serve the documented samples on this computer, for clients in any language
    ///
    /// Nothing needs to be compiled. Each request is checked against the pages: path, query,
    /// required headers, media types and body. A valid request gets the documented sample as its
    /// response, or a value made from the type if there is no sample; an invalid request gets an
    /// error that states what is wrong (problem details, RFC 9457). Credentials are not checked.
    /// The header `Prefer: code=404` selects the documented response 404.
    ///
    /// Prints its address to standard output, and a line for each request to standard error.
    /// docs/MOCK.md has the details.
    Mock(MockArgs),
    /// Write shell completions for the commands and options of docwright
    ///
    /// For bash: docwright completions bash > ~/.local/share/bash-completion/completions/docwright
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page of docwright or of one of its commands
    ///
    /// To read it: docwright man lint | man -l -
    Man {
        /// The command
        command: Option<String>,
    },
}

/// The pages.
#[derive(Debug, Group)]
pub struct PagesArgs {
    /// A folder of pages, or a single page; repeat it to read several as one API
    ///
    /// A folder may contain docwright.toml and corrections.toml. A single page uses the settings
    /// of the nearest folder above it, and no corrections.
    #[arg(long, value_name = "PATH", default_value = "docs-input")]
    pub docs: Vec<PathBuf>,
    /// More pages, such as an older version: they only help to infer the types of the --docs
    /// pages
    #[arg(long, value_name = "PATH")]
    pub evidence: Vec<PathBuf>,
}

/// The pages, and how to judge them.
#[derive(Debug, Group)]
pub struct DocsArgs {
    #[command(flatten)]
    pub pages: PagesArgs,
    /// Treat warnings as errors: nothing is written, and the exit status is 1
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Group)]
pub struct OutputArgs {
    #[command(flatten)]
    pub docs: DocsArgs,
    /// The folder of the generated crate
    #[arg(long, value_name = "DIR", default_value = "generated")]
    pub out: PathBuf,
}

#[derive(Debug, Group)]
pub struct LintArgs {
    #[command(flatten)]
    pub docs: DocsArgs,
    /// `text` for people, `json` for programs (one document; see docs/LINT.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Show all findings of this rule, and no others
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,
    /// List the rules; no pages are read
    #[arg(long, conflicts_with_all = ["rule", "explain"])]
    pub rules: bool,
    /// Explain a rule: what it finds, what that means and what to do; no pages are read
    #[arg(long, value_name = "ID", conflicts_with = "rule")]
    pub explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Debug, Group)]
pub struct InspectArgs {
    /// The page
    pub page: PathBuf,
    /// What to show of it
    #[arg(long, value_enum, default_value_t = Stage::Facts)]
    pub stage: Stage,
    /// Stop after this pass of inference, and show the evidence and decisions so far
    #[arg(long, value_name = "PASS", conflicts_with = "stage", value_parser = pass_ids())]
    pub pass: Option<String>,
}

#[derive(Debug, Group)]
pub struct ExplainArgs {
    /// What to explain: `Pet`, `Pet.Kind`, `v1Pet_Get`, `v1Pet_Get:query.limit`, …
    pub target: String,
    #[command(flatten)]
    pub pages: PagesArgs,
}

/// The passes of inference as values of an option, with what they do.
fn pass_ids() -> PossibleValuesParser {
    let passes = PASSES.iter();
    PossibleValuesParser::new(passes.map(|pass| PossibleValue::new(pass.id).help(pass.does)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// Headings, tables, code and text, in the same form for Markdown, HTML and text
    Document,
    /// The facts that they state, in the terms of the dialect
    Facts,
    /// The API model made from this page alone, as JSON
    Model,
}

#[derive(Debug, Group)]
pub struct DiffArgs {
    /// The old API: a folder of pages, a page, a model (api.json), REV:PATH of the git
    /// repository, or REV for its docs-input
    #[arg(required_unless_present_any = ["rules", "explain"])]
    pub old: Option<String>,
    /// The new API, named in the same way
    #[arg(required_unless_present_any = ["rules", "explain"])]
    pub new: Option<String>,
    /// `text` for a terminal, `markdown` for a comment on a pull request, `html` for a
    /// web page, `json` for programs (see docs/DIFF.md), `github` for annotations of a workflow
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// Which findings make the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Never)]
    pub fail_on: FailOn,
    /// Also show the differences that are hidden by default
    #[arg(long)]
    pub show_noise: bool,
    /// List the rules and their verdicts
    #[arg(long, exclusive = true)]
    pub rules: bool,
    /// Explain a rule: what it finds, and the reasons for its verdicts
    #[arg(long, value_name = "RULE", exclusive = true)]
    pub explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    Text,
    Markdown,
    Html,
    Json,
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Findings that are breaking on the wire, or an unreliable comparison
    Breaking,
    /// All findings that aren't waived
    Any,
    /// None
    Never,
}

#[derive(Debug, Group)]
pub struct ExportArgs {
    /// What to write
    #[arg(value_enum)]
    pub what: Export,
    #[command(flatten)]
    pub docs: DocsArgs,
    /// The file to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// (openapi) The version of the OpenAPI Specification to follow
    #[arg(long, value_enum, value_name = "VERSION", default_value_t = SpecVersion::V3_1)]
    pub spec_version: SpecVersion,
    /// (model) Leave out provenance and markup, so that the output doesn't depend on the form of
    /// the pages
    #[arg(long)]
    pub plain: bool,
}

#[derive(Debug, Group)]
pub struct MockArgs {
    #[command(flatten)]
    pub docs: DocsArgs,
    /// The port on 127.0.0.1; 0 for any free one
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,
    /// Store bodies until the mock stops: GET returns what was PUT on the same path, and 404 after
    /// a DELETE
    #[arg(long)]
    pub stateful: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Export {
    /// An OpenAPI document (JSON): version 3.1, or 3.0 with --spec-version 3.0
    Openapi,
    /// docwright's own model, as in the crate's api.json
    Model,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SpecVersion {
    /// 3.1.1
    #[value(name = "3.1")]
    V3_1,
    /// 3.0.3, for tools that can't read 3.1
    #[value(name = "3.0")]
    V3_0,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_options_are_those_of_generate() {
        let args = Args::parse_from(["docwright", "--docs", "a", "--docs", "b", "--strict"]);
        assert!(args.command.is_none());
        assert_eq!(
            args.generate.docs.pages.docs,
            [PathBuf::from("a"), "b".into()]
        );
        assert!(args.generate.docs.strict);
        assert_eq!(args.generate.out, PathBuf::from("generated"));
    }
}
