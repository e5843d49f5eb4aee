//! Diagnostics for a person: the source line with the finding underlined, and help.
//! They contain colours, which the caller removes where they aren't supported.

use std::collections::BTreeSet;

use annotate_snippets::{
    AnnotationKind, Element, Group as Section, Level, Origin, Padding, Renderer, Snippet,
};

use super::{Fault, Files, LONGEST_LINE, by_rule, counted, faults, word};
use docwright_model::{
    diagnostic::{Diagnostic, Group, Place, Severity},
    visible,
};
use docwright_read::extract::Ledger;

/// How many faults of a rule are shown, and how many places and entries of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// All.
    All,
    /// This many; the others are counted.
    Few(usize),
}

impl Limit {
    /// How many of so many are shown. Hiding a single one would take as many
    /// lines as showing it.
    fn of(self, count: usize) -> usize {
        match self {
            Self::Few(few) if count > few + 1 => few,
            _ => count,
        }
    }
}

/// The faults that the diagnostics report, in their order. `more` returns the hint how to see
/// all faults of a rule, for rules that have too many.
pub fn findings(
    diagnostics: &[Diagnostic],
    files: &Files,
    limit: Limit,
    more: impl Fn(&str) -> String,
) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    let mut entered = BTreeSet::new();
    let faults = faults(diagnostics);
    let same = |a: &Fault<'_>, b: &Fault<'_>| {
        (a.first.severity, a.first.rule) == (b.first.severity, b.first.rule)
    };
    for of_rule in faults.chunk_by(same) {
        let Some(Fault { first, .. }) = of_rule.first() else {
            continue;
        };
        let shown = limit.of(of_rule.len());
        let hidden = of_rule.len() - shown;
        let more = more(first.rule.id);
        if hidden > 0 && first.rule.group == Group::Repetitions {
            let message = folded(of_rule, files, &more);
            let title = level(first.severity).primary_title(message);
            let group = Section::with_title(title.id(first.rule.id));
            text.push_str(&renderer.render(&[group]));
            text.push_str("\n\n");
            continue;
        }
        for fault in &of_rule[..shown] {
            text.push_str(&renderer.render(&groups(fault.first, files)));
            text.push('\n');
            text.push_str(&places(fault, files, limit));
            text.push_str(&entries(fault, limit, &mut entered));
            text.push('\n');
        }
        if hidden > 0 {
            let message = format!("{hidden} more of [{}]; {more}", first.rule);
            let group = Section::with_title(level(first.severity).primary_title(message));
            text.push_str(&renderer.render(&[group]));
            text.push_str("\n\n");
        }
    }
    text
}

/// A fault that pages repeat many times, in one line.
fn folded(faults: &[Fault<'_>], files: &Files, more: &str) -> String {
    let mut findings = faults.iter().flat_map(Fault::findings);
    let example = findings.next().map(|it| path(&it.place, files));
    format!(
        "{}: {} times, such as {}; {more}",
        faults.first().map_or("", |it| it.first.rule.meaning),
        1 + findings.count(),
        example.unwrap_or_default(),
    )
}

/// Where else the same fault was found, a line each.
fn places(fault: &Fault<'_>, files: &Files, limit: Limit) -> String {
    let places = fault.other_places();
    if places.is_empty() {
        return String::new();
    }
    let shown = limit.of(places.len());
    let mut text = format!("  the same at {}:\n", counted(places.len(), "other place"));
    for place in &places[..shown] {
        text.push_str(&format!("    {}\n", path(place, files)));
    }
    if shown < places.len() {
        text.push_str(&format!("    and {} more\n", places.len() - shown));
    }
    text
}

/// The entries for `corrections.toml` that fix a fault; those that were shown
/// before are not repeated. Without a frame, so that they can be copied as they
/// are.
fn entries(fault: &Fault<'_>, limit: Limit, entered: &mut BTreeSet<String>) -> String {
    let all = fault.entries();
    let new = all.iter();
    let new: Vec<_> = new
        .filter(|it| entered.insert(it.target.to_owned()))
        .collect();
    let mut text = String::new();
    if new.is_empty() {
        if let [only] = &all[..] {
            let target = visible::text(only.target);
            text.push_str(&format!("  the entry for `{target}` above fixes it\n"));
        }
        return text;
    }
    let shown = limit.of(new.len());
    text.push_str(match new.len() {
        1 => "  an entry for corrections.toml that fixes it (fill in the source):\n",
        _ => "  entries for corrections.toml that fix it (fill in the sources):\n",
    });
    for entry in &new[..shown] {
        for line in entry.text.lines() {
            text.push_str(&format!("    {}\n", visible::text(line)));
        }
        text.push('\n');
    }
    if shown < new.len() {
        text.push_str(&format!("    and {} more\n", new.len() - shown));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A place in one word, as terminals make links of it.
fn path(place: &Place, files: &Files) -> String {
    let path = files.path(&place.file).display().to_string();
    let path = visible::text(&path).into_owned();
    match (place.line, place.column) {
        (0, _) => path,
        (line, 0) => format!("{path}:{line}"),
        (line, column) => format!("{path}:{line}:{column}"),
    }
}

/// A line per rule with the number of its faults, the worst first; then one with
/// the totals. Empty when there are no diagnostics.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let faults = faults(diagnostics);
    let mut text = String::new();
    for count in by_rule(&faults) {
        let word = word(count.severity);
        let places = match count.findings == count.faults {
            true => String::new(),
            false => format!(", at {} places", count.findings),
        };
        text.push_str(&format!(
            "{:>7}  {word:<7}  {}{places}\n",
            count.faults, count.rule
        ));
    }
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let totals = severities.map(|it| {
        let of = faults.iter().filter(|fault| fault.first.severity == it);
        (of.count(), word(it))
    });
    let totals = totals.iter().filter(|(n, _)| *n > 0);
    let totals: Vec<_> = totals.map(|(n, word)| counted(*n, word)).collect();
    text.push_str(&totals.join(", "));
    text.push('\n');
    text
}

/// What happened to the blocks of the pages: a line per kind, then the totals,
/// which add up to all blocks.
pub fn ledger(ledger: &Ledger) -> String {
    let fates = [
        ("read", &ledger.consumed),
        ("left out", &ledger.ignored),
        ("unknown", &ledger.unknown),
    ];
    let mut text = String::new();
    for (fate, counts) in fates {
        for (what, n) in counts {
            text.push_str(&format!("{n:>7}  {fate:<8}  {}\n", visible::text(what)));
        }
    }
    let totals = fates.map(|(fate, counts)| format!("{} {fate}", counts.values().sum::<usize>()));
    let blocks = counted(ledger.total(), "block");
    text.push_str(&format!("{blocks}: {}\n", totals.join(", ")));
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn groups<'a>(diagnostic: &'a Diagnostic, files: &Files) -> Vec<Section<'a>> {
    let title = level(diagnostic.severity).primary_title(visible::text(&diagnostic.message));
    let place = &diagnostic.place;
    let mut group = title.id(diagnostic.rule.id).element(snippet(place, files));
    if let Some(help) = &diagnostic.help {
        group = group
            .element(Padding)
            .element(Level::HELP.message(visible::text(help)));
    }
    let mut groups = vec![group];
    for (place, word) in &diagnostic.related {
        let title = Level::NOTE.secondary_title(visible::text(word));
        let element = snippet(place, files);
        groups.push(title.element(element));
    }
    groups
}

/// The line of a place with the finding underlined; only the path when there is
/// no such line, or when it is too long to read.
fn snippet(place: &Place, files: &Files) -> Element<'static> {
    let source = files.get(&place.file);
    let path = visible::text(&source.path).into_owned();
    let mut lines = source.lines(place.line);
    let line = lines.next().filter(|line| line.len() <= LONGEST_LINE);
    let Some(line) = line else {
        let mut origin = Origin::path(path);
        if place.line > 0 {
            origin = origin.line(place.line as usize);
            if place.column > 0 {
                origin = origin.char_column(place.column as usize);
            }
        }
        return origin.into();
    };
    let range = match place.column {
        0 => 0..line.len(),
        column => {
            let start = byte(line, column - 1);
            start..byte(line, (column - 1).saturating_add(place.width.max(1))).max(start)
        }
    };
    let parts = [
        &line[..range.start],
        &line[range.clone()],
        &line[range.end..],
    ];
    let [before, meant, after] = parts.map(visible::text);
    let range = before.len()..before.len() + meant.len();
    Snippet::source([before, meant, after].concat())
        .path(path)
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(range))
        .into()
}

/// Where the character with this number (from 0) begins, in bytes.
fn byte(line: &str, character: u32) -> usize {
    let mut starts = line.char_indices().map(|(at, _)| at);
    starts.nth(character as usize).unwrap_or(line.len())
}
