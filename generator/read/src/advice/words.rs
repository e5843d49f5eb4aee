//! Advice about the words in cells: types, and what is required.

use std::collections::{BTreeMap, BTreeSet};

use super::{Advice, Item, hints::HINTS, list, quoted};
use crate::{
    dialect::DEEPEST_TYPE,
    extract::{Survey, Term},
};

/// Ways in which types are written in several words: what stands before the
/// words of interest and behind them, the pattern, and what it is.
const FORMS: [(&str, &str, &str, &str); 20] = [
    ("array of ", "", "array of {type}", "array"),
    ("list of ", "", "list of {type}", "array"),
    ("collection of ", "", "collection of {type}", "array"),
    ("array<", ">", "array<{type}>", "array"),
    ("list<", ">", "list<{type}>", "array"),
    ("array[", "]", "array[{type}]", "array"),
    ("array(", ")", "array({type})", "array"),
    ("collection(", ")", "collection({type})", "array"),
    ("map of ", "", "map of {type}", "map"),
    ("map<string, ", ">", "map<string, {type}>", "map"),
    ("", "[]", "{type}[]", "array"),
    ("", " array", "{type} array", "array"),
    ("", " collection", "{type} collection", "array"),
    ("", " list", "{type} list", "array"),
    ("enum:", "", "Enum: {values}", "enum"),
    ("one of:", "", "one of: {values}", "enum"),
    ("?", "", "?{type}", "type"),
    ("nullable ", "", "nullable {type}", "type"),
    ("", " objects", "{type} objects", "named"),
    ("", " object", "{type} object", "named"),
];

/// What stands between the types of a union.
const SEPARATORS: [&str; 4] = [" or ", " | ", "|", "/"];

/// A way to write types that a cell follows: its pattern, what it is, the
/// separator, and the words within, which the dialect may not know either.
type Form<'c> = (&'static str, &'static str, &'static str, Vec<&'c str>);

fn form(cell: &str) -> Option<Form<'_>> {
    let lower = cell.to_ascii_lowercase();
    let within = |start: &str, end: &str| {
        let inner = lower.strip_prefix(start)?.strip_suffix(end)?;
        (!inner.trim().is_empty()).then(|| &cell[start.len()..start.len() + inner.len()])
    };
    let simple = FORMS.iter().find_map(|(start, end, matches, is)| {
        let inner = within(start, end)?;
        Some((*matches, *is, "", vec![inner]))
    });
    simple.or_else(|| {
        SEPARATORS.iter().find_map(|separator| {
            let parts: Vec<_> = cell.split(separator).filter(|it| !it.is_empty()).collect();
            (parts.len() > 1).then_some(("{types}", "union", *separator, parts))
        })
    })
}

/// A pattern with the rank by which patterns stand, from the outermost in.
type Ranked = (Option<usize>, &'static str, &'static str, &'static str);

/// The words and patterns of a cell, and of its parts down to some depth. A part that is
/// no known word is the name of a type, or told when the pattern is there.
fn collect(
    cell: &str,
    depth: u8,
    words: &mut BTreeMap<&'static str, BTreeSet<String>>,
    patterns: &mut BTreeSet<Ranked>,
) {
    // Nothing deeper is read, whatever the dialect says.
    if depth >= DEEPEST_TYPE {
        return;
    }
    let cell = cell.trim();
    let known = HINTS.type_word(cell);
    match (known, form(cell)) {
        (None, Some((matches, is, separator, parts))) => {
            let rank = ["array", "map", "enum", "union", "type", "named"];
            let rank = rank.iter().position(|it| *it == is);
            patterns.insert((rank, matches, is, separator));
            if !matches!(is, "enum" | "named") {
                for part in parts {
                    collect(part, depth + 1, words, patterns);
                }
            }
        }
        (known, _) if known.is_some() || depth == 0 => {
            let is = known.unwrap_or("any");
            words.entry(is).or_default().insert(cell.to_owned());
        }
        _ => {}
    }
}

/// Type cells.
pub fn types(survey: &Survey) -> Advice {
    let mut items = Vec::new();
    let mut words = BTreeMap::new();
    let mut patterns = BTreeSet::new();
    for (term, seen) in &survey.terms {
        let (cell, note) = match term {
            Term::TypeCell { words } => (words, ""),
            Term::TypeName { words } if HINTS.type_word(words).is_some() => {
                (words, "read as the name of a type; ")
            }
            _ => continue,
        };
        let guess = match form(cell) {
            Some((matches, is, ..)) => format!("`{matches}`, {is}"),
            None => format!("`{}`", HINTS.type_word(cell).unwrap_or("any")),
        };
        collect(cell, 0, &mut words, &mut patterns);
        items.push(Item {
            count: seen.count,
            words: cell.clone(),
            note: format!("{note}{guess}?"),
            place: seen.place.clone(),
        });
    }
    let mut entries = String::new();
    for (is, words) in words {
        let words = list(words.iter().map(String::as_str));
        entries.push_str(&format!(
            "[[types.word]]\nwords = {words}\nis = {}\n\n",
            quoted(is)
        ));
    }
    for (_, matches, is, separator) in patterns {
        entries.push_str(&format!(
            "[[types.pattern]]\nmatches = {}\nis = {}\n",
            quoted(matches),
            quoted(is)
        ));
        if is == "union" {
            entries.push_str(&format!("separator = {}\n", quoted(separator)));
        }
        entries.push('\n');
    }
    Advice {
        title: "type cells",
        items,
        entries,
    }
}

/// Cells that say what is required.
pub fn required(survey: &Survey) -> Advice {
    let mut items = Vec::new();
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for (term, seen) in &survey.terms {
        let Term::RequiredCell { words } = term else {
            continue;
        };
        let is_yes = HINTS.is_yes(words);
        let side = if is_yes { &mut yes } else { &mut no };
        side.push(words.as_str());
        items.push(Item {
            count: seen.count,
            words: words.clone(),
            note: format!("`{}`?", if is_yes { "yes" } else { "no" }),
            place: seen.place.clone(),
        });
    }
    Advice {
        title: "cells that say what is required",
        items,
        entries: format!("[required]\nyes = {}\nno = {}\n", list(yes), list(no)),
    }
}

/// Cells that say where parameters travel.
pub fn locations(survey: &Survey) -> Advice {
    let mut items = Vec::new();
    let mut entries = String::from("[locations]\n");
    for (term, seen) in &survey.terms {
        let Term::LocationCell { words } = term else {
            continue;
        };
        let all = ["path", "query", "header", "body"];
        let found = all.iter().find(|it| words.contains(**it));
        let found = found.copied().unwrap_or("body");
        entries.push_str(&format!("{found} = {}\n", list([words.as_str()])));
        items.push(Item {
            count: seen.count,
            words: words.clone(),
            note: format!("`{found}`?"),
            place: seen.place.clone(),
        });
    }
    Advice {
        title: "cells that say where parameters travel",
        items,
        entries,
    }
}
