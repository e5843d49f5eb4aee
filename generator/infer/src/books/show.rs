//! Shows the books: as a table for people, as sums for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Books, Kind, RESOLUTIONS, Sums};

/// The sums for people: a line for each kind, the reasons for overruled facts, then the
/// totals.
pub fn text(books: &Books) -> String {
    let mut text =
        String::from("facts           in the model  overruled   reported  unaccounted\n");
    let line = |what: &str, sums: Sums| {
        format!(
            "{what:<14} {:>13} {:>10} {:>10} {:>12}\n",
            sums.in_model, sums.overruled, sums.reported, sums.unaccounted
        )
    };
    for kind in Kind::ALL {
        if let Some(sums) = books.kinds.get(&kind) {
            text.push_str(&line(kind.words(), *sums));
        }
    }
    let sums = books.sums();
    text.push_str(&line("all", sums));
    let overruled = RESOLUTIONS.iter().filter_map(|it| {
        let count = books.overruled.get(it.id)?;
        Some(format!("{count:>7}  overruled  {}\n", it.meaning))
    });
    text.extend(overruled);
    text.push_str(&format!(
        "{} facts: {} in the model, {} overruled, {} reported, {} unaccounted\n",
        sums.total(),
        sums.in_model,
        sums.overruled,
        sums.reported,
        sums.unaccounted
    ));
    text
}

/// The sums, for a program.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report<'a> {
    all: Sums,
    kinds: &'a BTreeMap<Kind, Sums>,
    overruled_by: &'a BTreeMap<&'static str, usize>,
    reported_by: &'a BTreeMap<&'static str, usize>,
}

impl<'a> Report<'a> {
    /// The sums of these books.
    pub fn new(books: &'a Books) -> Self {
        Self {
            all: books.sums(),
            kinds: &books.kinds,
            overruled_by: &books.overruled,
            reported_by: &books.reported,
        }
    }
}
