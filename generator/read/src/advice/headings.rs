//! Advice about headings, operations and pages.

use std::collections::{BTreeMap, BTreeSet};

use super::{Advice, Item, hints::HINTS, list, quoted};
use crate::{
    dialect::{self, Dialect, SectionRole},
    extract::{Below, Met, Survey, Term},
};

/// How many headings of one kind are written out; more are one pattern.
const FEW: usize = 3;

/// A heading of so many words is a sentence.
const SENTENCE: usize = 8;

/// The words by which a heading is known: those before a colon.
fn stem(words: &str) -> &str {
    words
        .split_once(':')
        .map_or(words, |(stem, _)| stem.trim_end())
}

/// The role that a heading lets guess.
pub fn role(words: &str, below: Below) -> SectionRole {
    let hint = HINTS.heading(stem(words));
    // Request lines stand in samples, too.
    let samples = [
        SectionRole::QueryParameters,
        SectionRole::Headers,
        SectionRole::Samples,
        SectionRole::RequestSample,
        SectionRole::ResponseSample,
    ];
    if let Some(role) =
        hint.filter(|role| samples.contains(role) && (below.table || below.code || below.signature))
    {
        return role;
    }
    if below.signature {
        return SectionRole::Operation;
    }
    // Its properties may stand below a heading of their own.
    if words.to_lowercase().ends_with(" object") {
        return SectionRole::Type;
    }
    match hint {
        Some(SectionRole::Type) if !below.table => SectionRole::Prose,
        Some(role) if below.table || below.code => role,
        Some(
            role @ (SectionRole::Response | SectionRole::ResponseBody | SectionRole::RequestBody),
        ) => role,
        _ if below.table && words.split_whitespace().count() < SENTENCE => SectionRole::Type,
        _ => SectionRole::Prose,
    }
}

/// A heading with the words that differ as placeholders.
fn pattern(words: &str, role: SectionRole) -> String {
    if role == SectionRole::Operation {
        return "{title}".to_owned();
    }
    let status = words
        .split_whitespace()
        .find(|it| dialect::status_of(it).is_some());
    if let Some(status) = status {
        let code = status.trim_end_matches([':', ',', '.']);
        let before = words.split(code).next().unwrap_or_default();
        // The reason phrase behind it belongs to the status.
        return format!("{before}{{status}}");
    }
    if role == SectionRole::Type && words.to_lowercase().ends_with(" object") {
        let start = if words.to_lowercase().starts_with("the ") {
            "The "
        } else {
            ""
        };
        return format!("{start}{{type}} object");
    }
    match words.split_once(':') {
        Some((before, _)) => {
            let name = match role {
                SectionRole::RequestBody => "name?",
                SectionRole::Response | SectionRole::ResponseBody | SectionRole::Type => "type?",
                _ => "text?",
            };
            format!("{}: {{{name}}}", before.trim_end())
        }
        None => words.to_owned(),
    }
}

/// The word that is a status code.
fn status_of(words: &str) -> Option<&str> {
    words
        .split_whitespace()
        .find(|it| it.len() >= 3 && dialect::status_of(it).is_some())
}

/// Headings that begin with a method: the word, and whether it is one.
fn method_of<'w>(words: &'w str, dialect: &Dialect) -> Option<(&'w str, bool)> {
    let (first, rest) = words.split_once(char::is_whitespace)?;
    let shouts = first.len() > 2 && first.chars().all(|c| c.is_ascii_uppercase());
    let one = !rest.trim().contains(char::is_whitespace) && rest.contains(['/', '{']);
    let known = dialect.method(first).is_some();
    (known || (shouts && one)).then_some((first, known))
}

/// How operations are written.
pub fn operations(survey: &Survey, dialect: &Dialect) -> Advice {
    let (met, methods) = signatures(survey, dialect);
    let mut items = Vec::new();
    let mut keys = BTreeMap::new();
    for ((key, pattern), seen) in met {
        let note = match key {
            "title" => "headings above a method and a path",
            "headings" => "headings that are a method and a path",
            _ => "paragraphs or lists that are a method and a path",
        };
        items.push(Item {
            count: seen.count,
            words: pattern.to_owned(),
            note: note.to_owned(),
            place: seen.place,
        });
        keys.entry(key).or_insert_with(Vec::new).push(pattern);
    }
    let mut entries = String::from("[operation]\n");
    for (key, patterns) in keys {
        entries.push_str(&format!("{key} = {}\n", list(patterns)));
    }
    entries.push_str(&abbreviations(&methods));
    Advice {
        title: "operations",
        items,
        entries,
    }
}

/// Methods and paths by the dialect's key and pattern for them, and words that seem to be
/// methods.
type Signatures<'s> = (
    BTreeMap<(&'static str, &'static str), Met>,
    BTreeSet<&'s str>,
);

fn signatures<'s>(survey: &'s Survey, dialect: &Dialect) -> Signatures<'s> {
    let mut methods = BTreeSet::new();
    let mut met: BTreeMap<(&str, &str), Met> = BTreeMap::new();
    for (term, seen) in &survey.terms {
        let (key, pattern) = match term {
            Term::Heading { words, below, .. } => match method_of(words, dialect) {
                Some((word, known)) => {
                    if !known {
                        methods.insert(word);
                    }
                    let key = if below.signature { "title" } else { "headings" };
                    (key, "{method} {path}")
                }
                None => continue,
            },
            Term::Signature { more: true } => ("paragraphs", "{method} {path} {text}"),
            Term::Signature { more: false } => ("paragraphs", "{method} {path}"),
            _ => continue,
        };
        let entry = met.entry((key, pattern));
        let entry = entry.or_insert_with(|| Met {
            count: 0,
            ..seen.clone()
        });
        entry.count += seen.count;
    }
    (met, methods)
}

/// The dialect's entry for methods that pages abbreviate; nothing without such.
fn abbreviations(methods: &BTreeSet<&str>) -> String {
    if methods.is_empty() {
        return String::new();
    }
    let full = |word: &str| {
        let mut all = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].into_iter();
        all.find(|method| method.starts_with(word)).unwrap_or("GET")
    };
    let methods: Vec<_> = methods
        .iter()
        .map(|word| format!("{word} = {}", quoted(full(word))))
        .collect();
    format!("methods = {{ {} }}\n", methods.join(", "))
}

/// Sections of one role.
#[derive(Default)]
struct Group {
    patterns: BTreeMap<String, usize>,
    levels: BTreeSet<u8>,
}

/// Headings of one role and pattern, with their levels and their words.
type Seen<'s> = (Met, BTreeSet<u8>, BTreeSet<&'s str>);

/// What headings open.
pub fn sections(survey: &Survey, dialect: &Dialect) -> Advice {
    let (mut items, groups) = grouped(headings(survey, dialect));
    let mut entries = section_entries(groups);
    leads(survey, &mut items, &mut entries);
    let words = survey.terms.get(&Term::WordsWithoutOperation);
    items.extend(words.map(|seen| Item {
        count: seen.count,
        words: "words above no operation".to_owned(),
        note: "give the heading above them the role `introduction` or `ignored`".to_owned(),
        place: seen.place.clone(),
    }));
    Advice {
        title: "headings",
        items,
        entries,
    }
}

/// The headings that are no operations, by the role that they seem to have.
fn headings<'s>(
    survey: &'s Survey,
    dialect: &Dialect,
) -> BTreeMap<(SectionRole, String), Seen<'s>> {
    let mut met: BTreeMap<(SectionRole, String), Seen<'_>> = BTreeMap::new();
    for (term, seen) in &survey.terms {
        let Term::Heading {
            words,
            level,
            below,
        } = term
        else {
            continue;
        };
        if method_of(words, dialect).is_some() {
            continue;
        }
        let role = match role(words, *below) {
            SectionRole::Prose if *level == 1 => SectionRole::Introduction,
            role => role,
        };
        let pattern = match role {
            SectionRole::Introduction => "{text}".to_owned(),
            role => pattern(words, role),
        };
        let entry = met.entry((role, pattern));
        let empty = || {
            (
                Met {
                    count: 0,
                    ..seen.clone()
                },
                BTreeSet::new(),
                BTreeSet::new(),
            )
        };
        let (sum, levels, variants) = entry.or_insert_with(empty);
        sum.count += seen.count;
        levels.insert(*level);
        variants.insert(words);
    }
    met
}

/// An item for each pattern, and the patterns of each role.
fn grouped(
    met: BTreeMap<(SectionRole, String), Seen<'_>>,
) -> (Vec<Item>, BTreeMap<SectionRole, Group>) {
    let mut items = Vec::new();
    let mut groups: BTreeMap<SectionRole, Group> = BTreeMap::new();
    for ((role, pattern), (seen, levels, variants)) in met {
        let examples: Vec<_> = variants.iter().take(FEW).copied().collect();
        let note = match variants.len() {
            1 if examples[0] == pattern => String::new(),
            n if n > FEW => format!("{n} of them, such as `{}`", examples.join("`, `")),
            _ => format!("`{}`", examples.join("`, `")),
        };
        // A name behind a colon that is always the same is no placeholder.
        let words = match (variants.len(), pattern.contains("{text?}")) {
            (1, true) => examples[0].to_owned(),
            _ => pattern,
        };
        let group = groups.entry(role).or_default();
        group.levels.extend(levels);
        group.patterns.insert(words.clone(), seen.count);
        items.push(Item {
            count: seen.count,
            words,
            note: format!("`{role}`? {note}").trim_end().to_owned(),
            place: seen.place,
        });
    }
    (items, groups)
}

/// The dialect's entries for sections.
fn section_entries(groups: BTreeMap<SectionRole, Group>) -> String {
    // Patterns of nothing but a placeholder take what the others leave.
    let broad =
        |role: &SectionRole| matches!(role, SectionRole::Operation | SectionRole::Introduction);
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(role, _)| (broad(role), *role == SectionRole::Prose));
    let mut entries = String::new();
    for (role, group) in groups {
        entries.push_str(&format!(
            "[[section]]\nrole = {}\n",
            quoted(&role.to_string())
        ));
        if broad(&role) {
            let levels: Vec<_> = group.levels.iter().map(u8::to_string).collect();
            entries.push_str(&format!("levels = [{}]\n", levels.join(", ")));
        }
        let mut patterns: Vec<_> = group.patterns.into_iter().collect();
        patterns.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let patterns = list(patterns.iter().map(|(pattern, _)| pattern.as_str()));
        entries.push_str(&format!("headings = {patterns}\n\n"));
    }
    entries
}

/// Paragraphs that say what comes next.
fn leads(survey: &Survey, items: &mut Vec<Item>, entries: &mut String) {
    let mut groups: BTreeMap<SectionRole, Vec<String>> = BTreeMap::new();
    for (term, seen) in &survey.terms {
        let Term::Lead { words, below } = term else {
            continue;
        };
        let role = role(words, *below);
        if role == SectionRole::Prose {
            continue;
        }
        let pattern = match words.strip_suffix(':') {
            Some(stem) if !stem.contains(':') && status_of(stem).is_none() => words.clone(),
            _ => pattern(words, role),
        };
        items.push(Item {
            count: seen.count,
            words: pattern.clone(),
            note: format!("`{role}`? a paragraph"),
            place: seen.place.clone(),
        });
        let patterns = groups.entry(role).or_default();
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    let mut first = String::new();
    for (role, patterns) in groups {
        first.push_str(&format!(
            "[[section]]\nrole = {}\nparagraph = true\nheadings = {}\n\n",
            quoted(&role.to_string()),
            list(patterns.iter().map(String::as_str))
        ));
    }
    entries.insert_str(0, &first);
}

/// Pages that declare nothing.
pub fn pages(survey: &Survey) -> Advice {
    let mut items = Vec::new();
    let mut entries = String::new();
    for (term, seen) in &survey.terms {
        let Term::Page { stem, hopeful } = term else {
            continue;
        };
        let note = match hopeful {
            true => "it has tables or paths: is it an operation, or a `type`?",
            false => "does it describe anything of the API?",
        };
        items.push(Item {
            count: seen.count,
            words: stem.clone(),
            note: note.to_owned(),
            place: seen.place.clone(),
        });
        if *hopeful {
            continue;
        }
        entries.push_str(&format!(
            "[[page.ignore]]\nstem = {}\nreason = \"describes nothing of the API\"\n\n",
            quoted(&format!("^{}$", regex::escape(stem).replace("\\-", "-")))
        ));
    }
    Advice {
        title: "pages without an operation or a type",
        items,
        entries,
    }
}
