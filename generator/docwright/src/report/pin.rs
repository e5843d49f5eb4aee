//! Looks up the quoted words of findings in the files, so that carets are below these
//! words.

use std::ops::Range;

use super::{Files, LONGEST_LINE};
use docwright_model::diagnostic::{Diagnostic, Place};

/// How many lines something that one place names may take, such as a row of an
/// HTML table.
const LINES: usize = 12;

/// Moves the place of each finding to the words that it quotes. Where the words
/// don't stand there as they are, the place stays.
pub fn pin(diagnostics: &mut [Diagnostic], files: &Files) {
    for diagnostic in diagnostics {
        pin_place(&mut diagnostic.place, files);
        for (place, _) in &mut diagnostic.related {
            pin_place(place, files);
        }
    }
}

fn pin_place(place: &mut Place, files: &Files) {
    let words = std::mem::take(&mut place.words);
    if words.is_empty() || place.line == 0 {
        return;
    }
    let source = files.get(&place.file);
    let lines = source.lines(place.line).take(LINES);
    let lines = lines.take_while(|line| line.len() <= LONGEST_LINE);
    let skipped = place.column.saturating_sub(1) as usize;
    if let Some((line, column, width)) = find(lines, skipped, &words) {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        place.line = place.line.saturating_add(number(line));
        place.column = number(column).saturating_add(1);
        place.width = number(width);
    }
}

/// The place of the last word: the line, the column and the width in characters, all
/// counted from 0.
fn find<'l>(
    lines: impl Iterator<Item = &'l str>,
    skipped: usize,
    words: &[String],
) -> Option<(usize, usize, usize)> {
    let (last, before) = words.split_last()?;
    let mut before = before.iter();
    let mut word = before.next().unwrap_or(last);
    let mut left = words.len();
    for (number, line) in lines.enumerate() {
        if number > 0 && begins_anew(line) {
            return None;
        }
        let mut from = match number {
            0 => byte(line, skipped),
            _ => 0,
        };
        while let Some(at) = whole(line, from, word) {
            left -= 1;
            if left == 0 {
                let column = line[..at.start].chars().count();
                return Some((number, column, line[at].chars().count()));
            }
            from = at.end;
            word = before.next().unwrap_or(last);
        }
    }
    None
}

/// Whether a line begins another row of a table, or ends this one.
fn begins_anew(line: &str) -> bool {
    let line = line.trim_start();
    ["|", "<tr", "</tr"].iter().any(|it| line.starts_with(it))
}

/// Where the word stands in the line, as a whole word, from this byte on.
fn whole(line: &str, from: usize, word: &str) -> Option<Range<usize>> {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    let starts = line.get(from..)?.char_indices().map(|(at, _)| from + at);
    let mut found = starts.filter_map(|at| Some(at..at + written(&line[at..], word)?));
    found.find(|at| {
        let (before, after) = (&line[..at.start], &line[at.end..]);
        let joined = |own: Option<char>, other: Option<char>| {
            own.is_some_and(joins) && other.is_some_and(joins)
        };
        !joined(word.chars().next(), before.chars().next_back())
            && !joined(word.chars().next_back(), after.chars().next())
    })
}

/// How many bytes the word takes where a line begins with it. Markdown may have a
/// backslash before a mark.
fn written(line: &str, word: &str) -> Option<usize> {
    let mut rest = line;
    for c in word.chars() {
        if c.is_ascii_punctuation() && c != '\\' {
            rest = rest.strip_prefix('\\').unwrap_or(rest);
        }
        rest = rest.strip_prefix(c)?;
    }
    Some(line.len() - rest.len())
}

/// Where the character with this number (from 0) begins, in bytes.
fn byte(line: &str, character: usize) -> usize {
    let mut starts = line.char_indices().map(|(at, _)| at);
    starts.nth(character).unwrap_or(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &[&str]) -> Option<(usize, usize, usize)> {
        let words: Vec<_> = words.iter().map(|it| (*it).to_owned()).collect();
        find(text.lines(), 0, &words)
    }

    #[test]
    fn the_last_word_is_meant() {
        let row = "| Größe | größe of int | Größe in cm. |\n| Name | string | |";
        assert_eq!(found(row, &["Größe"]), Some((0, 2, 5)));
        assert_eq!(found(row, &["Größe", "größe of int"]), Some((0, 10, 12)));
        assert_eq!(found("| int | int | |", &["int", "int"]), Some((0, 8, 3)));
        // The next row is another one.
        assert_eq!(found(row, &["Größe", "string"]), None);
        assert_eq!(found("| interim | print |", &["int"]), None);
    }

    #[test]
    fn marks_of_markdown_are_no_part_of_a_word() {
        assert_eq!(found("| boat\\_id | int |", &["boat_id"]), Some((0, 2, 8)));
        assert_eq!(found("GET /fleet\\{key\\}/x", &["{key}"]), Some((0, 10, 7)));
        assert_eq!(found("GET /fleet{key}s", &["{key}"]), Some((0, 10, 5)));
    }

    #[test]
    fn a_row_of_html_has_several_lines() {
        let row = "<tr><td>group</td>\n<td><p>String</p></td>\n</tr>\n<tr><td>a</td>\n<td>b</td>";
        assert_eq!(found(row, &["group", "String"]), Some((1, 7, 6)));
        assert_eq!(found(row, &["group", "b"]), None);
    }
}
