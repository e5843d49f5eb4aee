//! Advice about the words in cells: types, and what is required.

use std::collections::{BTreeMap, BTreeSet};

use super::{Advice, Item, hints::HINTS, list, quoted};
use crate::extract::{Survey, Term};

/// A way in which types are written in several words: how it is told, and the
/// entry for it.
fn pattern(cell: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let lower = cell.to_lowercase();
    let two = |separator: &str| cell.split(separator).filter(|it| !it.is_empty()).count() > 1;
    if lower.starts_with("array of ") {
        Some(("array of {type}", "array", ""))
    } else if lower.starts_with("list of ") {
        Some(("list of {type}", "array", ""))
    } else if lower.starts_with("array<") || lower.starts_with("list<") {
        Some(("array<{type}>", "array", ""))
    } else if lower.starts_with("array[") {
        Some(("array[{type}]", "array", ""))
    } else if lower.starts_with("map of ") {
        Some(("map of {type}", "map", ""))
    } else if cell.ends_with("[]") {
        Some(("{type}[]", "array", ""))
    } else if lower.starts_with("enum:") {
        Some(("Enum: {values}", "enum", ","))
    } else if lower.starts_with("one of:") {
        Some(("one of: {values}", "enum", ","))
    } else if lower.ends_with(" objects") {
        Some(("{type} objects", "named", ""))
    } else if lower.ends_with(" object") {
        Some(("{type} object", "named", ""))
    } else if two(" or ") {
        Some(("{types}", "union", " or "))
    } else if two(" | ") {
        Some(("{types}", "union", " | "))
    } else if two("|") {
        Some(("{types}", "union", "|"))
    } else if two("/") {
        Some(("{types}", "union", "/"))
    } else {
        None
    }
}

/// Words behind a pattern's, which the dialect may not know either.
fn parts(cell: &str, separator: &str) -> Vec<String> {
    let lower = cell.to_lowercase();
    let starts = ["array of ", "list of ", "map of "];
    if let Some(start) = starts.iter().find(|start| lower.starts_with(**start)) {
        return vec![cell[start.len()..].to_owned()];
    }
    let text = cell.trim_end_matches("[]");
    match separator {
        "" | "," => vec![text.to_owned()],
        separator => text.split(separator).map(str::to_owned).collect(),
    }
}

/// A pattern with the rank by which patterns stand, from the outermost in.
type Ranked = (Option<usize>, &'static str, &'static str, &'static str);

/// The words and patterns of a cell, its parts' included. A part that is no
/// known word is the name of a type, or told when the pattern is there.
fn collect(
    cell: &str,
    whole: bool,
    words: &mut BTreeMap<&'static str, BTreeSet<String>>,
    patterns: &mut BTreeSet<Ranked>,
) {
    let cell = cell.trim();
    let known = HINTS.type_word(cell);
    match (known, pattern(cell)) {
        (None, Some((matches, is, separator))) => {
            let rank = ["array", "map", "enum", "union", "named"];
            let rank = rank.iter().position(|it| *it == is);
            patterns.insert((rank, matches, is, separator));
            if !matches!(is, "enum" | "named") {
                for part in parts(cell, separator) {
                    collect(&part, false, words, patterns);
                }
            }
        }
        (known, _) if known.is_some() || whole => {
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
                (words, "taken as the name of a type; ")
            }
            _ => continue,
        };
        let guess = match pattern(cell) {
            Some((matches, is, _)) => format!("`{matches}`, {is}"),
            None => format!("`{}`", HINTS.type_word(cell).unwrap_or("any")),
        };
        collect(cell, true, &mut words, &mut patterns);
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
