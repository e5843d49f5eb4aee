//! What all reports show, ready to be read: verdicts and places as words. It
//! is the JSON report, too; a change that could break its readers changes
//! [`FORMAT`].

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Bump, Diff, Finding, Noise, NoiseKind, RustImpact, Size, Suggestion, Wire, rules::Group,
};
use docwright_model::{Direction, Provenance};

/// The version of the JSON report's form.
pub const FORMAT: u32 = 1;

/// What a report needs to know about one side besides its API.
pub trait Origin {
    /// What the user called it.
    fn name(&self) -> &str;

    /// The path by which the user can open a page; `None` if the page isn't available.
    fn file(&self, page: &str) -> Option<String>;

    /// Where a place is published, when that is known.
    fn link(&self, place: &Provenance) -> Option<String>;
}

/// What a report needs besides the differences.
pub struct Context<'a> {
    /// The old API.
    pub old: &'a dyn Origin,
    /// The new API.
    pub new: &'a dyn Origin,
    /// Whether what was hidden is shown.
    pub shows_noise: bool,
}

/// What all reports show.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct View {
    /// [`FORMAT`].
    pub format: u32,
    /// The old API.
    pub old: SideView,
    /// The new API.
    pub new: SideView,
    /// How many findings there are.
    pub counts: Counts,
    /// How many differences were hidden, by kind; kinds without any are left
    /// out.
    pub hidden: BTreeMap<NoiseKind, usize>,
    /// The generated crate's next version.
    pub version: VersionView,
    /// The findings: those about an unreliable comparison first, then the worst first.
    pub findings: Vec<FindingView>,
    /// What was hidden, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise: Option<Vec<NoiseView>>,
}

/// One API.
#[derive(Debug, Serialize)]
pub struct SideView {
    /// What the user called it.
    pub name: String,
    /// How much there is in it.
    #[serde(flatten)]
    pub size: Size,
}

/// How many findings there are.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// Breaking, not waived.
    pub breaking: usize,
    /// Risky, not waived.
    pub risky: usize,
    /// Compatible, not waived.
    pub compatible: usize,
    /// Waived, whatever they are.
    pub waived: usize,
}

/// The generated crate's next version.
#[derive(Debug, Serialize)]
pub struct VersionView {
    /// The part that has to grow.
    pub bump: Bump,
    /// The version it had.
    pub old: String,
    /// The version it should have.
    pub new: String,
    /// The fingerprints of the findings that force it.
    pub because: Vec<String>,
    /// How many docs corrections force it, because Rust types change.
    pub corrections: usize,
}

/// One finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FindingView {
    /// The rule's id.
    pub rule: &'static str,
    /// Whether it is about the comparison itself, and comes first.
    #[serde(skip)]
    pub is_about_reading: bool,
    /// What a waiver names.
    pub fingerprint: String,
    /// What changed, in a line.
    pub headline: String,
    /// What changed.
    pub subject: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// The verdict on the wire.
    pub wire: Wire,
    /// The verdict for Rust.
    pub rust: RustImpact,
    /// Which way the data travels.
    pub direction: Direction,
    /// Why the verdicts are what they are.
    pub why: &'static str,
    /// The reason of the waiver, if there is one.
    pub waived: Option<String>,
    /// The resources it reaches.
    pub resources: Vec<String>,
    /// The operations it reaches.
    pub operations: Vec<OperationView>,
    /// Where the old pages say it.
    pub old_places: Vec<PlaceView>,
    /// Where the new pages say it.
    pub new_places: Vec<PlaceView>,
}

/// An operation that a finding reaches.
#[derive(Debug, Serialize)]
pub struct OperationView {
    /// Its uid.
    pub uid: String,
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// In which messages of it.
    #[serde(rename = "in")]
    pub direction: Direction,
}

/// Where pages say something.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// The page, within the docs.
    pub page: String,
    /// The heading above.
    pub heading: Option<String>,
    /// The first cell of the row.
    pub row: Option<String>,
    /// The path by which the user can open the page, if it is available.
    pub file: Option<String>,
    /// The line in it.
    pub line: Option<u32>,
    /// The column in it.
    pub column: Option<u32>,
    /// Where it is published, when that is known.
    pub link: Option<String>,
}

/// One difference that was hidden.
#[derive(Debug, Serialize)]
pub struct NoiseView {
    /// Its kind.
    pub kind: NoiseKind,
    /// What differs.
    pub subject: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// Where.
    pub place: Option<PlaceView>,
}

impl View {
    /// Makes differences ready to be shown.
    pub fn new(diff: &Diff, suggestion: &Suggestion, context: &Context) -> Self {
        let hidden = NoiseKind::ALL.map(|kind| (kind, diff.count_noise(kind)));
        let noise = diff.noise.iter().map(|it| noise(it, context.new));
        let because = suggestion.because.iter();
        Self {
            format: FORMAT,
            old: SideView {
                name: context.old.name().to_owned(),
                size: diff.old,
            },
            new: SideView {
                name: context.new.name().to_owned(),
                size: diff.new,
            },
            counts: Counts {
                breaking: diff.count(Wire::Breaking),
                risky: diff.count(Wire::Risky),
                compatible: diff.count(Wire::Compatible),
                waived: diff
                    .findings
                    .iter()
                    .filter(|it| it.waived.is_some())
                    .count(),
            },
            hidden: hidden.into_iter().filter(|(_, count)| *count > 0).collect(),
            version: VersionView {
                bump: suggestion.bump,
                old: suggestion.old.clone(),
                new: suggestion.new.clone(),
                because: because.map(|at| diff.findings[*at].fingerprint()).collect(),
                corrections: suggestion.corrections,
            },
            findings: diff
                .findings
                .iter()
                .map(|it| finding(it, context))
                .collect(),
            noise: context.shows_noise.then(|| noise.collect()),
        }
    }
}

impl PlaceView {
    fn new(place: &Provenance, side: &dyn Origin) -> Self {
        let text = |it: &Option<std::sync::Arc<str>>| it.as_deref().map(str::to_owned);
        Self {
            page: place.page.to_string(),
            heading: text(&place.heading),
            row: text(&place.row),
            file: side.file(&place.page),
            line: place.position.map(|it| it.line),
            column: place.position.map(|it| it.column),
            link: side.link(place),
        }
    }

    /// The file with line and column, or the page.
    pub fn file_line(&self) -> String {
        let file = self.file.as_ref().unwrap_or(&self.page);
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
            _ => file.clone(),
        }
    }

    /// Heading and row, as far as they are known.
    pub fn within(&self) -> String {
        let mut text = String::new();
        if let Some(heading) = &self.heading {
            text.push_str(&format!(", “{heading}”"));
        }
        if let Some(row) = &self.row {
            text.push_str(&format!(", row {row}"));
        }
        text
    }
}

impl FindingView {
    /// The operations it affects, in a line: the first few, and how many more.
    pub fn reach(&self, few: usize) -> Option<String> {
        let shown = self.operations.iter().take(few);
        let shown: Vec<_> = shown
            .map(|it| format!("{} {}", it.method, it.path))
            .collect();
        let more = self.operations.len().saturating_sub(few);
        match (shown.is_empty(), more) {
            (true, _) => None,
            (_, 0) => Some(shown.join(", ")),
            _ => Some(format!("{} and {more} more", shown.join(", "))),
        }
    }

    /// The direction of the data, in words.
    pub fn messages(&self) -> &'static str {
        match self.direction {
            Direction::Request => "requests",
            Direction::Response => "responses",
            Direction::Both => "requests and responses",
        }
    }
}

fn finding(finding: &Finding, context: &Context) -> FindingView {
    let places = |places: &[Provenance], side: &dyn Origin| {
        let views = places.iter().map(|it| PlaceView::new(it, side));
        views.collect::<Vec<_>>()
    };
    FindingView {
        rule: finding.rule.id,
        is_about_reading: finding.rule.group == Group::Reading,
        fingerprint: finding.fingerprint(),
        headline: finding.headline(),
        subject: finding.subject.clone(),
        old: finding.old.clone(),
        new: finding.new.clone(),
        wire: finding.wire,
        rust: finding.rust,
        direction: finding.direction,
        why: finding.rule.why,
        waived: finding.waived.clone(),
        resources: finding.resources().into_iter().map(str::to_owned).collect(),
        operations: finding
            .operations
            .iter()
            .map(|it| OperationView {
                uid: it.uid.clone(),
                method: it.method.clone(),
                path: it.path.clone(),
                direction: it.direction,
            })
            .collect(),
        old_places: places(&finding.old_places, context.old),
        new_places: places(&finding.new_places, context.new),
    }
}

fn noise(noise: &Noise, side: &dyn Origin) -> NoiseView {
    NoiseView {
        kind: noise.kind,
        subject: noise.subject.clone(),
        old: noise.old.clone(),
        new: noise.new.clone(),
        place: noise.place.as_ref().map(|it| PlaceView::new(it, side)),
    }
}
