//! What the dialect doesn't know, for the person who writes it: a list of each
//! kind, and entries to paste into the dialect's file.

use super::{Files, counted};
use docwright_model::{diagnostic::Place, visible};
use docwright_read::advice::Advice;

/// How many of a kind are listed; the entries are for all of them.
const LISTED: usize = 20;

/// The lists, and below them the entries. Empty when all is known.
pub fn vocabulary(advice: &[Advice], dialect: &str, sources: &Files) -> String {
    if advice.is_empty() {
        return String::new();
    }
    let mut text = format!("What the dialect `{dialect}` doesn't know, the most frequent first:\n");
    for kind in advice {
        text.push_str(&format!("\n{}\n", kind.title));
        for item in kind.items.iter().take(LISTED) {
            let place = shown(&item.place, sources);
            let words = visible::text(&item.words).replace('\n', " ");
            let note = visible::text(&item.note).replace('\n', " ");
            text.push_str(&format!("{:>7}  {words}  ({note}) {place}\n", item.count));
        }
        if kind.items.len() > LISTED {
            let more = counted(kind.items.len() - LISTED, "more kind");
            text.push_str(&format!("         and {more}\n"));
        }
    }
    text.push_str(
        "\nEntries for the dialect's file. They are guesses: check the roles, and which headings\n\
         should be `ignored`. A file can have a table in single brackets, such as [operation],\n\
         only once: add its keys to the existing one. The first matching entry applies, so put\n\
         broad patterns last. docs/DIALECTS.md explains each key. Then run lint again.\n",
    );
    for kind in advice.iter().filter(|kind| !kind.entries.trim().is_empty()) {
        text.push_str(&format!("\n# --- {}\n\n", kind.title));
        text.push_str(visible::text(&kind.entries).trim_end());
        text.push('\n');
    }
    text.push('\n');
    text
}

fn shown(place: &Place, sources: &Files) -> String {
    let path = sources.get(&place.file).path;
    let path = visible::text(&path);
    format!("{path}:{}:{}", place.line, place.column)
}
