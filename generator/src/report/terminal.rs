//! Diagnostics for a person: the line with what is meant underlined, and what
//! to do. Made with colours; whoever prints it takes them out where they don't
//! belong.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet,
};

use super::{Files, Source, by_rule, count, counted, word};
use crate::{
    diagnostic::{Diagnostic, Place, Severity},
    extract::Ledger,
};

/// How many diagnostics of a rule are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// All.
    All,
    /// This many; the others are counted.
    PerRule(usize),
}

/// The diagnostics, which are in order, one below the other. `more` says how
/// to see all of a rule that has too many.
pub fn findings(
    diagnostics: &[Diagnostic],
    files: &Files,
    limit: Limit,
    more: impl Fn(&str) -> String,
) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    for rule in diagnostics.chunk_by(|a, b| (a.severity, a.rule) == (b.severity, b.rule)) {
        let shown = match limit {
            Limit::All => rule.len(),
            // Hiding a single one would take as many lines as showing it.
            Limit::PerRule(n) if rule.len() <= n + 1 => rule.len(),
            Limit::PerRule(n) => n,
        };
        for diagnostic in &rule[..shown] {
            text.push_str(&renderer.render(&groups(diagnostic, files)));
            text.push('\n');
            // Without a frame, so that it can be copied as it is.
            for line in diagnostic.suggestion.iter().flat_map(|entry| entry.lines()) {
                text.push_str(&format!("    {}\n", harmless(line)));
            }
            text.push('\n');
        }
        let hidden = rule.len() - shown;
        if hidden > 0 {
            let id = rule[0].rule.id;
            let message = format!("{hidden} more of [{id}]; {}", more(id));
            let group = Group::with_title(level(rule[0].severity).primary_title(message));
            text.push_str(&renderer.render(&[group]));
            text.push_str("\n\n");
        }
    }
    text
}

/// A line per rule with the number of its diagnostics, the worst first; then
/// one with the totals. Empty when there are no diagnostics.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for (severity, rule, n) in by_rule(diagnostics) {
        let word = word(severity);
        text.push_str(&format!("{n:>7}  {word:<7}  {rule}\n"));
    }
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let totals = severities.map(|it| (count(diagnostics, it), word(it)));
    let totals = totals.iter().filter(|(n, _)| *n > 0);
    let totals: Vec<_> = totals.map(|(n, word)| counted(*n, word)).collect();
    text.push_str(&totals.join(", "));
    text.push('\n');
    text
}

/// What became of the blocks of the pages: a line per kind, then the totals,
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
            text.push_str(&format!("{n:>7}  {fate:<8}  {}\n", harmless(what)));
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

fn groups<'a>(diagnostic: &'a Diagnostic, files: &Files) -> Vec<Group<'a>> {
    let title = level(diagnostic.severity).primary_title(&*diagnostic.message);
    let place = &diagnostic.place;
    let mut group = title.id(diagnostic.rule.id).element(snippet(place, files));
    if let Some(help) = &diagnostic.help {
        group = group
            .element(Padding)
            .element(Level::HELP.message(harmless(help)));
    }
    let mut groups = vec![group];
    for (place, word) in &diagnostic.related {
        let title = Level::NOTE.secondary_title(&**word);
        let element = snippet(place, files);
        groups.push(title.element(element));
    }
    if diagnostic.suggestion.is_some() {
        let title = Level::HELP.secondary_title("an entry for corrections.toml that settles it:");
        groups.push(Group::with_title(title));
    }
    groups
}

/// The line of a place with its part underlined; the path alone when there is
/// no such line.
fn snippet(place: &Place, files: &Files) -> Element<'static> {
    let Source { path, text } = files.get(&place.file);
    let path = harmless(&path);
    let line = place.line.checked_sub(1).map(|above| above as usize);
    let line = text
        .as_deref()
        .zip(line)
        .and_then(|(text, n)| text.lines().nth(n));
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
    Snippet::source(line.to_owned())
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

/// Text of which no character steers the terminal or turns the direction of
/// writing. The renderer sees to titles and source lines, but not to the rest.
pub fn harmless(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => '\n',
        '\t' => '\t',
        c if c.is_control() => '\u{fffd}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}
